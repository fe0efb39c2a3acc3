/* path: names of files and folders. Called by parse.c, home.c and what builds programs. */
#ifndef PATH_H
#define PATH_H

#include <stdbool.h>

bool path_exists(const char *path);
/* Whether both lead to one regular file. */
bool path_is_same(const char *a, const char *b);
/* What stands behind the last slash. */
const char *path_name(const char *path);
/* The folder of a file: "." where the path names none. */
const char *path_folder(const char *path);
/* A relative path, seen from a folder. Each ../ in front of it takes a name off the folder, which has no links in it.
 */
const char *path_from(const char *folder, const char *path);
/* The file of a command, as the shell finds it; NULL: there is none. */
const char *path_of_command(const char *name);

#endif
