/* cc: the C compiler of the system, and its command lines. Called by run.c. */
#ifndef CC_H
#define CC_H

#include "hash.h"
#include "options.h"

struct cc {
    const char *name;   /* as the user says it: $CC, or cc */
    const char *file;   /* of its first word; NULL: there is none */
    const char **words; /* with what stands in front of the files, a NULL behind */
    int count;
    const struct options *options; /* of cspc: what else is linked */
};

/* Headers are looked for beside all sources that have been read. */
struct cc cc_find(const struct options *options);
/* Everything that the result of cc_build comes from, c being the generated C; headers too, where `has_headers`. */
void cc_hash(const struct cc *cc, struct hash *hash, const char *c, bool has_headers);
/* Compiles c and links it to `program`; false where that fails, which the C compiler has explained. */
bool cc_build(const struct cc *cc, const char *c, const char *program);

#endif
