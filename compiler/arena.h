/* arena: all the memory of one compilation, given back at once.
 *
 * The compiler builds its trees, uses them and exits; nothing is freed one by one. Names are interned here too, so
 * that two equal names are the same pointer. Called by every stage. */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

/* Zeroed memory, aligned for any type, valid until arena_release(). Never NULL: where the machine has no more, cspc
 * says so and exits with status 1. */
void *arena_alloc(size_t size);

/* The one copy of a text; equal texts give equal pointers. The copy is NUL-terminated. */
const char *arena_name(const char *text, size_t length);

/* printf into the arena. */
const char *arena_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

_Noreturn void arena_out_of_memory(void);

/* Gives everything back, interned names too. */
void arena_release(void);

#define NEW(type) ((type *)arena_alloc(sizeof(type)))
#define NEW_ARRAY(type, n) ((type *)arena_alloc((n) * sizeof(type)))

#endif
