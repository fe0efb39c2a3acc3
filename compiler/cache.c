/* cache: the folder of programs that have been built, $XDG_CACHE_HOME/cspc or ~/.cache/cspc. A program is one file,
 * which gets its name only when it is whole; the time of its last use is that of the file. Where there can be no such
 * folder there is a temporary one, for one program. Called by run.c. */
#include "cache.h"

#include "arena.h"
#include "path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 200 };

/* ---- the folder ---- */

static const char *folder_of_user(void)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache && cache[0] == '/')
        return arena_printf("%s/cspc", cache);
    return home && home[0] == '/' ? arena_printf("%s/.cache/cspc", home) : NULL;
}

/* With the folders that it lies in. */
static void make_folder(const char *path)
{
    if (mkdir(path, 0700) != 0 && errno == ENOENT && strcmp(path_folder(path), path) != 0) {
        make_folder(path_folder(path));
        mkdir(path, 0700);
    }
}

/* What others may write must not be run. */
static bool is_safe(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
           !(status.st_mode & (S_IWGRP | S_IWOTH)) && access(path, W_OK | X_OK) == 0;
}

static struct cache temporary(void)
{
    const char *where = getenv("TMPDIR");
    const char *pattern = arena_printf("%s/cspc-XXXXXX", where && *where ? where : "/tmp");
    return (struct cache){mkdtemp(strcpy(arena_alloc(strlen(pattern) + 1), pattern)), true};
}

struct cache cache_open(void)
{
    const char *folder = folder_of_user();
    if (folder)
        make_folder(folder);
    return folder && is_safe(folder) ? (struct cache){folder, false} : temporary();
}

/* ---- files in it ---- */

const char *cache_new_file(const struct cache *cache, const char *ending)
{
    return arena_printf("%s/new-%ld%s", cache->folder, (long)getpid(), ending);
}

const char *cache_path(const struct cache *cache, const char *name)
{
    return arena_printf("%s/%s", cache->folder, name);
}

bool cache_has(const struct cache *cache, const char *path)
{
    return !cache->is_temporary && utimensat(AT_FDCWD, path, NULL, 0) == 0;
}

/* ---- what goes ---- */

struct used {
    const char *path;
    struct timespec when;
};

static int compare(const void *left, const void *right)
{
    const struct used *a = left, *b = right;
    if (a->when.tv_sec != b->when.tv_sec)
        return a->when.tv_sec < b->when.tv_sec ? 1 : -1;
    return a->when.tv_nsec < b->when.tv_nsec ? 1 : a->when.tv_nsec > b->when.tv_nsec ? -1 : 0;
}

static int is_file(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Others may do the same at the same time: that a file has gone is no error. */
static void remove_old(const struct cache *cache)
{
    struct dirent **entries;
    int count = scandir(cache->folder, &entries, is_file, NULL);
    if (count < 0)
        return;
    struct used *used = NEW_ARRAY(struct used, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        struct stat status = {0};
        used[i].path = cache_path(cache, entries[i]->d_name);
        if (stat(used[i].path, &status) == 0)
            used[i].when = status.st_mtim;
        free(entries[i]);
    }
    free(entries);
    qsort(used, (size_t)count, sizeof *used, compare);
    for (int i = MOST_FILES; i < count; i++)
        remove(used[i].path);
}

bool cache_keep(const struct cache *cache, const char *file, const char *path)
{
    if (rename(file, path) != 0)
        return false;
    if (!cache->is_temporary)
        remove_old(cache);
    return true;
}
