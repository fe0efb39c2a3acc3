/* arena: all the memory of one compilation, given back at once.
 *
 * The compiler builds its trees, uses them and exits; nothing is freed one by one. Only the machines of a process are
 * given back as soon as they are written down. Names are interned here too, so that two equal names are the same
 * pointer. Called by every stage. */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

/* Zeroed memory, aligned for any type, valid until arena_release(), or the arena_end() of an arena_begin() before it.
 * Never NULL: where the machine has no more, cspc says so and exits with status 1. */
void *arena_alloc(size_t size);
/* For what needs no more than that alignment. */
void *arena_aligned(size_t size, size_t alignment);
/* Valid until arena_release() in any case, as names are. */
void *arena_keep(size_t size);
/* … beside each other: for what is walked again and again without what hangs on it. */
void *arena_apart(size_t size);
/* What is allocated between the two is given back, but for what is kept. They do not nest. */
void arena_begin(void);
void arena_end(void);

/* Says that there is no more memory, and exits with status 1. */
_Noreturn void arena_out_of_memory(void);

/* The one copy of a text; equal texts give equal pointers. The copy is NUL-terminated. */
const char *arena_name(const char *text, size_t length);

/* printf into the arena. */
const char *arena_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Gives everything back, interned names too. */
void arena_release(void);

#define NEW(type) ((type *)arena_aligned(sizeof(type), _Alignof(type)))
#define NEW_ARRAY(type, n) ((type *)arena_aligned((n) * sizeof(type), _Alignof(type)))
#define APART(type) ((type *)arena_apart(sizeof(type)))
#define KEEP(type) ((type *)arena_keep(sizeof(type)))
#define KEEP_ARRAY(type, n) ((type *)arena_keep((n) * sizeof(type)))

#endif
