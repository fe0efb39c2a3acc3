/* arena: memory in large blocks that are filled from the front, and the table of interned names. Called by every
 * stage. */
#include "arena.h"

#include "text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ARENA_BLOCK_SIZE
#define ARENA_BLOCK_SIZE (256 * 1024)
#endif

enum { BLOCK_SIZE = ARENA_BLOCK_SIZE, ALIGNMENT = _Alignof(max_align_t), FIRST_BUCKETS = 1024 /* a power of two */ };

struct block {
    struct block *previous;
    size_t size;
    _Alignas(max_align_t) unsigned char bytes[];
};

/* Blocks that are given back together. */
struct region {
    struct block *block; /* the newest */
    size_t used;         /* of the newest */
};

struct name {
    struct name *next; /* in its bucket */
    uint32_t hash;
    size_t length;
    char text[];
};

static struct {
    struct region lasting, passing;
    struct region apart, names; /* lasting, too: their cache lines hold nothing else */
    bool is_passing;       /* between arena_begin and arena_end */
    struct name **buckets;
    size_t bucket_count, name_count;
    struct text formatted; /* what arena_printf is writing */
} arena;

_Noreturn void arena_out_of_memory(void)
{
    fputs("cspc: error: out of memory\n", stderr);
    exit(1);
}

static void add_block(struct region *region, size_t size)
{
    struct block *block = size <= SIZE_MAX - sizeof *block ? calloc(1, sizeof *block + size) : NULL;
    if (!block)
        arena_out_of_memory();
    block->previous = region->block;
    block->size = size;
    region->block = block;
    region->used = 0;
}

static void *take(struct region *region, size_t size, size_t alignment)
{
    size_t begin = (region->used + alignment - 1) & ~(alignment - 1);
    if (!region->block || begin > region->block->size || size > region->block->size - begin) {
        add_block(region, size > BLOCK_SIZE ? size : BLOCK_SIZE);
        begin = 0;
    }
    region->used = begin + size;
    return region->block->bytes + begin;
}

void *arena_aligned(size_t size, size_t alignment)
{
    return take(arena.is_passing ? &arena.passing : &arena.lasting, size, alignment);
}

void *arena_alloc(size_t size)
{
    return arena_aligned(size, ALIGNMENT);
}

void *arena_keep(size_t size)
{
    return take(&arena.lasting, size, ALIGNMENT);
}

void *arena_apart(size_t size)
{
    return take(&arena.apart, size, ALIGNMENT);
}

/* All blocks down to one that stays. */
static void free_blocks(struct region *region, const struct block *last)
{
    while (region->block != last) {
        struct block *block = region->block;
        region->block = block->previous;
        region->used = block->previous ? block->previous->size : 0;
        free(block);
    }
}

void arena_begin(void)
{
    arena.is_passing = true;
}

/* The first block stays, for the next time. */
void arena_end(void)
{
    struct region *region = &arena.passing;
    const struct block *first = BLOCK_SIZE ? region->block : NULL;
    while (first && first->previous)
        first = first->previous;
    free_blocks(region, first);
    if (first)
        memset(region->block->bytes, 0, region->used);
    region->used = 0;
    arena.is_passing = false;
}

/* FNV-1a. */
static uint32_t hash_of(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

static void grow_table(void)
{
    size_t count = arena.bucket_count ? arena.bucket_count * 2 : FIRST_BUCKETS;
    struct name **buckets = KEEP_ARRAY(struct name *, count);
    for (size_t i = 0; i < arena.bucket_count; i++)
        for (struct name *name = arena.buckets[i], *next; name; name = next) {
            next = name->next;
            struct name **bucket = &buckets[name->hash & (count - 1)];
            name->next = *bucket;
            *bucket = name;
        }
    arena.buckets = buckets;
    arena.bucket_count = count;
}

const char *arena_name(const char *text, size_t length)
{
    if (arena.name_count >= arena.bucket_count)
        grow_table();
    uint32_t hash = hash_of(text, length);
    struct name **bucket = &arena.buckets[hash & (arena.bucket_count - 1)];
    for (struct name *name = *bucket; name; name = name->next)
        if (name->hash == hash && name->length == length && memcmp(name->text, text, length) == 0)
            return name->text;
    struct name *name = take(&arena.names, sizeof *name + length + 1, _Alignof(struct name));
    *name = (struct name){.next = *bucket, .hash = hash, .length = length};
    memcpy(name->text, text, length);
    *bucket = name;
    arena.name_count++;
    return name->text;
}

const char *arena_printf(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_clear(&arena.formatted);
    text_format_list(&arena.formatted, format, arguments);
    va_end(arguments);
    text_add(&arena.formatted, "", 1);
    return memcpy(arena_alloc(arena.formatted.length), arena.formatted.bytes, arena.formatted.length);
}

void arena_release(void)
{
    free_blocks(&arena.lasting, NULL);
    free_blocks(&arena.apart, NULL);
    free_blocks(&arena.names, NULL);
    free_blocks(&arena.passing, NULL);
    text_free(&arena.formatted);
    memset(&arena, 0, sizeof arena);
}
