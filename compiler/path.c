/* path: names of files and folders. Called by parse.c, home.c and what builds programs. */
#include "path.h"

#include "arena.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool path_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool path_is_same(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && S_ISREG(first.st_mode) &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_printf("%.*s", (int)(slash - path), path);
}

const char *path_from(const char *folder, const char *path)
{
    if (path[0] == '/')
        return path;
    for (; strncmp(path, "../", 3) == 0; path += 3)
        folder = path_folder(folder);
    return arena_printf("%s/%s", strcmp(folder, "/") == 0 ? "" : folder, path);
}

static bool is_command(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

const char *path_of_command(const char *name)
{
    const char *folders = getenv("PATH");
    if (strchr(name, '/'))
        return is_command(name) ? name : NULL;
    while (folders && *name) {
        size_t length = strcspn(folders, ":");
        const char *path = arena_printf("%.*s/%s", (int)length, folders, name);
        if (is_command(length ? path : name))
            return length ? path : name;
        folders = folders[length] ? folders + length + 1 : NULL;
    }
    return NULL;
}
