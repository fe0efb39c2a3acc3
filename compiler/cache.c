/* cache: the folder of programs that have been built, $XDG_CACHE_HOME/cspc or ~/.cache/cspc. A program is one file,
 * which is built in a folder of its own and moved to its name when it is whole; the time of its last use is that of the
 * file. Where nothing can be kept the program stays in its folder, which is a temporary one then. Called by run.c. */
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

enum { MOST_KEPT = 200 };

/* ---- the folders ---- */

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

/* A new folder; NULL where there can be none. */
static const char *make_work(const char *where)
{
    const char *pattern = arena_printf("%s/cspc-XXXXXX", where);
    return mkdtemp(strcpy(arena_alloc(strlen(pattern) + 1), pattern));
}

struct cache cache_open(void)
{
    const char *folder = folder_of_user(), *work = NULL, *temporary = getenv("TMPDIR");
    if (folder) {
        make_folder(folder);
        work = is_safe(folder) ? make_work(folder) : NULL;
    }
    if (work)
        return (struct cache){folder, work};
    return (struct cache){NULL, make_work(temporary && *temporary ? temporary : "/tmp")};
}

const char *cache_path(const struct cache *cache, const char *name)
{
    return path_from(cache->folder ? cache->folder : cache->work, name);
}

bool cache_has(const struct cache *cache, const char *path)
{
    return cache->folder && utimensat(AT_FDCWD, path, NULL, 0) == 0;
}

/* ---- what goes ---- */

struct entry {
    const char *path;
    struct timespec when;
};

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* What is in a folder, and how much. */
static struct entry *read_folder(const char *folder, int *count)
{
    struct dirent **found;
    *count = scandir(folder, &found, is_visible, NULL);
    if (*count < 0)
        *count = 0;
    else if (*count == 0)
        free(found);
    struct entry *entries = NEW_ARRAY(struct entry, (size_t)*count + 1);
    for (int i = 0; i < *count; i++) {
        struct stat status = {0};
        entries[i].path = path_from(folder, found[i]->d_name);
        if (stat(entries[i].path, &status) == 0)
            entries[i].when = status.st_mtim;
        free(found[i]);
    }
    if (*count > 0)
        free(found);
    return entries;
}

static void remove_folder(const char *folder)
{
    int count;
    struct entry *entries = read_folder(folder, &count);
    for (int i = 0; i < count; i++)
        remove(entries[i].path);
    rmdir(folder);
}

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->when.tv_sec != b->when.tv_sec)
        return a->when.tv_sec < b->when.tv_sec ? 1 : -1;
    return a->when.tv_nsec < b->when.tv_nsec ? 1 : a->when.tv_nsec > b->when.tv_nsec ? -1 : 0;
}

/* Also folders in which a cspc was interrupted. Others may do the same at the same time: that something has gone is no
 * error. */
static void remove_old(const struct cache *cache)
{
    int count;
    struct entry *entries = read_folder(cache->folder, &count);
    qsort(entries, (size_t)count, sizeof *entries, compare);
    for (int i = MOST_KEPT; i < count; i++)
        if (remove(entries[i].path) != 0)
            remove_folder(entries[i].path);
}

bool cache_keep(const struct cache *cache, const char *file, const char *path)
{
    if (rename(file, path) != 0)
        return false;
    if (cache->folder)
        remove_old(cache);
    return true;
}

void cache_close(const struct cache *cache)
{
    remove_folder(cache->work);
}
