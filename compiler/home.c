/* home: where the files that belong to cspc are: beside it, as in the build folder, or where they are installed, seen
 * from there. So what is installed may be moved as a whole. Called by main, options.c, cc.c and run.c. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "home.h"

#include "arena.h"
#include "path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *folder = CSPC_BIN;

/* No standard says how a program finds its own file: Linux shows it, elsewhere the name by which it was called has to
 * do. */
static const char *own_file(const char *argv0)
{
    static const char shown[] = "/proc/self/exe";
    return path_exists(shown) ? shown : path_of_command(argv0);
}

void home_find(const char *argv0)
{
    const char *file = own_file(argv0);
    char *path = file ? realpath(file, NULL) : NULL; /* kept: it is asked for as long as cspc runs */
    if (path)
        *strrchr(path, '/') = '\0';
    folder = !path ? CSPC_BIN : *path ? path : "/";
}

/* `near` is seen from cspc's own folder, `far` too, where it is installed. */
static const char *find(const char *near, const char *far)
{
    const char *path = path_from(folder, near);
    return path_exists(path) ? path : path_from(folder, far);
}

const char *home_library(void)
{
    return path_folder(find("std", CSPC_TO_DATA "/std"));
}

const char *home_headers(void)
{
    return path_folder(find("include/csp.h", CSPC_TO_INCLUDE "/csp.h"));
}

const char *home_debugger(void)
{
    return find("gdb/csp-gdb.py", CSPC_TO_DATA "/gdb/csp-gdb.py");
}

const char *home_archive(void)
{
    return find("libcsp.a", CSPC_TO_LIB "/libcsp.a");
}
