/* cache: the folder of programs that have been built, so that they need not be built again. Called by run.c. */
#ifndef CACHE_H
#define CACHE_H

#include <stdbool.h>

/* Where programs are built. */
struct cache {
    const char *folder; /* NULL: there is none, and no temporary one either */
    bool is_temporary;  /* nothing is kept */
};

struct cache cache_open(void);
/* The path of a new file; no other cspc has the same. */
const char *cache_new_file(const struct cache *cache, const char *ending);
/* Where the program of that name is kept; whether it is. */
const char *cache_path(const struct cache *cache, const char *name);
bool cache_has(const struct cache *cache, const char *path);
/* Keeps a file that has been built under that path; old ones go. */
bool cache_keep(const struct cache *cache, const char *file, const char *path);

#endif
