/* cache: the folder of programs that have been built, so that they need not be built again. Called by run.c. */
#ifndef CACHE_H
#define CACHE_H

#include <stdbool.h>

struct cache {
    const char *folder; /* of what is kept; NULL: nothing is */
    const char *work;   /* a folder of this cspc alone, to build in; NULL: there can be none */
};

struct cache cache_open(void);
/* Where a program of that name is kept; whether it is. */
const char *cache_path(const struct cache *cache, const char *name);
bool cache_has(const struct cache *cache, const char *path);
/* Keeps a file that has been built in the work folder under that path; old ones go. */
bool cache_keep(const struct cache *cache, const char *file, const char *path);
/* Removes the work folder with all that is in it. */
void cache_close(const struct cache *cache);

#endif
