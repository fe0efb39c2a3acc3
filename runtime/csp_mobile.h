/* csp_mobile: ends that may outlive their channel (language.md § 5): kept in variables, sent in messages, handed to
 * spawned processes. Included by csp.h.
 *
 * cspc finds out which channels these ends may belong to. Such a channel lies in a cell of the pool in place of its
 * block's frame; every other channel stays where it was and costs nothing. A cell has a generation, and its memory
 * serves as nothing but a cell for ever: an end names the cell and the generation that it was made for, and where that
 * is over the end leads to csp_gone, a poisoned channel. So an old end is never dangling, nobody counts references, and
 * a channel that is never sent anywhere takes two words as before.
 *
 * The 64 bits of an end:   generation (31) | distance of the cell from S->cells, in 16 bytes (32) | 0
 *                          address of a channel in a frame                                       | 1
 * A channel in a frame gets an end only where that cannot outlive it. All bits 0 is the end that is not connected. */
#ifndef CSP_MOBILE_H
#define CSP_MOBILE_H

#include "csp.h"

typedef struct csp_end {
    uint64_t handle;
} csp_end;

typedef struct csp_cell {
    uint32_t generation; /* the one that its ends must have; below 2^31 */
    uint32_t bytes;      /* of the block, a multiple of 16 */
    csp_channel channel; /* … or the beginning of a csp_buffer, whose ring lies behind it */
} csp_cell;

/* A poisoned channel; never written, since poison changes nothing there. */
extern csp_channel csp_gone;

static inline csp_end csp_end_to(csp_channel *c)
{
    return (csp_end){(uint64_t)(uintptr_t)c | 1};
}

static inline csp_channel *csp_channel_of(csp_scheduler *S, csp_end end)
{
    if (end.handle & 1)
        return (csp_channel *)(uintptr_t)(end.handle - 1);
    csp_cell *cell = (csp_cell *)(void *)(S->cells + 16 * (uint64_t)(uint32_t)(end.handle >> 1));
    return cell->generation == end.handle >> 33 ? &cell->channel : &csp_gone;
}

/* Both are ends of one channel. */
static inline bool csp_same_end(csp_end a, csp_end b)
{
    return a.handle == b.handle;
}

/* New channels, `count` of them, in cells; capacity 0: rendezvous, else buffers for messages of `size` bytes. Out of
 * memory is a run-time error at `place`. */
void csp_cells_take(csp_scheduler *S, csp_place place, csp_end *ends, size_t count, uint32_t capacity, size_t size);
/* Their block ends: whoever waits meets poison, all ends of these channels lead to csp_gone, the cells are free. Does
 * nothing for ends that are zero, and leaves them zero. */
void csp_cells_give(csp_scheduler *S, csp_end *ends, size_t count);

/* Element i of an array parameter of ends that may be mobile; see csp_end_at in csp_check.h for those that are not. Such
 * a csp_ends has stride 0 where it is an array of csp_end. */
static inline csp_end csp_mobile_at(csp_scheduler *S, csp_place place, csp_ends ends, int64_t i, const char *name)
{
    size_t at = csp_index(S, place, i, ends.length, name);
    if (ends.stride == 0)
        return ((csp_end *)ends.base)[at];
    return csp_end_to((csp_channel *)(void *)((char *)ends.base + at * (size_t)ends.stride));
}

#endif
