/* hash: a number for contents, so that what is equal is known again. Called by what keeps built programs. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct hash {
    uint64_t value;
};

struct hash hash_begin(void);
void hash_bytes(struct hash *hash, const void *bytes, size_t count);
/* A text with its end, so that "a" "bc" is not "ab" "c". */
void hash_text(struct hash *hash, const char *text);
/* All that can be read from a stream; a file, which may not be there. */
void hash_stream(struct hash *hash, FILE *from);
void hash_file(struct hash *hash, const char *path);

#endif
