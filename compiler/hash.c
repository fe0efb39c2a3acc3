/* hash: a number for contents, by FNV-1a. It keeps apart what differs by accident, not what somebody makes to be
 * mistaken. Called by what keeps built programs. */
#include "hash.h"

#include <string.h>

struct hash hash_begin(void)
{
    return (struct hash){0xcbf29ce484222325u};
}

void hash_bytes(struct hash *hash, const void *bytes, size_t count)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < count; i++)
        hash->value = (hash->value ^ byte[i]) * 0x100000001b3u;
}

void hash_text(struct hash *hash, const char *text)
{
    hash_bytes(hash, text, strlen(text) + 1);
}

void hash_stream(struct hash *hash, FILE *from)
{
    char block[16 * 1024];
    uint64_t length = 0;
    for (size_t count; (count = fread(block, 1, sizeof block, from)) > 0; length += count)
        hash_bytes(hash, block, count);
    hash_bytes(hash, &length, sizeof length);
}

void hash_file(struct hash *hash, const char *path)
{
    FILE *file = fopen(path, "rb");
    hash_text(hash, file ? "a file" : "none");
    if (!file)
        return;
    hash_stream(hash, file);
    fclose(file);
}
