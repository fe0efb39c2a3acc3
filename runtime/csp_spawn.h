/* csp_spawn: processes that their parent does not wait for, and how they are joined (language.md § 4). Included by csp.h.
 *
 * A group lies in the frame of the process that joins it and lists the spawned processes that still run. Each has its
 * frame in the pool, behind a header; when it ends the header's own step takes it out of the list, leaves the barriers
 * that it was given, and gives the block back. */
#ifndef CSP_SPAWN_H
#define CSP_SPAWN_H

#include "csp.h"

/* A barrier that a spawned process was given; lies behind its frame. */
typedef struct csp_enrolled {
    csp_barrier *barrier;
    struct csp_enrolled *next;
} csp_enrolled;

/* In front of the frame of a spawned process. */
typedef struct csp_spawned {
    csp_process end;               /* the frame's parent: its step runs when the process has ended */
    struct csp_group *group;
    struct csp_spawned *previous, *next;
    const csp_kind *kind;          /* of the frame */
    csp_enrolled *barriers;
    size_t bytes;                  /* of the whole block */
    csp_place place;               /* of the spawn, for reports */
} csp_spawned;

typedef struct csp_group {
    csp_spawned *first, *last;     /* those that run, in the order of their start */
    csp_process *joining;          /* waits for the list to become empty; NULL: nobody yet */
} csp_group;

static inline void csp_group_begin(csp_group *group)
{
    *group = (csp_group){NULL, NULL, NULL};
}

/* A frame of that kind, zero-filled, and `extra` bytes behind it for copies of arrays and for barriers. The caller sets
 * the parameters, then calls csp_spawn_start. Out of memory is a run-time error at `place`. */
void *csp_spawn(csp_scheduler *S, csp_place place, csp_group *group, const csp_kind *kind, size_t extra);
void csp_spawn_start(csp_scheduler *S, csp_process *frame);

/* Copies that lie at *tail, which moves on: an array; an array of ends, which becomes one of csp_end. What follows is
 * aligned to 8 bytes again, so `extra` holds csp_spawn_room of each. */
#define CSP_SPAWN_ROOM(bytes) (((size_t)(bytes) + 7) & ~(size_t)7)
void *csp_spawn_copy(char **tail, const void *array, size_t bytes);
csp_ends csp_spawn_ends(char **tail, csp_ends ends);
/* The process becomes a member of the barrier. Takes sizeof(csp_enrolled) at *tail. */
csp_seat csp_spawn_seat(csp_process *frame, char **tail, csp_barrier *barrier);

/* Waits for all of the group: true where none runs; false: the process must CSP_WAIT, and is made runnable when the last
 * has ended. Where csp_group_begin was not come to, the group must be zero. */
bool csp_join(csp_process *self, csp_group *group);

#endif
