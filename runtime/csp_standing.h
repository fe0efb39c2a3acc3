/* csp_standing: an alt that comes round again and listens to the same array of channels. Included by csp.h.
 *
 * Setting up, enabling and withdrawing a guard for each channel each time costs the more the more channels there are. So
 * these guards stay where they are, at the end of the queues of their channels, for as long as the process lives; whoever
 * makes one ready while the alt is not waiting notes that in a set, and the alt looks at these only. */
#ifndef CSP_STANDING_H
#define CSP_STANDING_H

#include "csp.h"

/* A set of numbers below `count`: a bit each, and above each 64 words a word that says which of them are not 0, up to a
 * single one. */
typedef struct csp_bits {
    uint64_t *words;
    int32_t count;
} csp_bits;

/* A set of so many is a single word. */
#define CSP_BITS_SMALL 64

/* In the frame. All zero: nothing stands, and there is no memory yet. */
typedef struct csp_standing {
    csp_alt alt;
    csp_guard *guards;     /* of the alt: `room` of them */
    csp_channel *base;     /* the channel of the first that stands; NULL: none does */
    csp_bits maybe;        /* of those that stand: which may be ready. One that is not in it is not */
    int64_t low;           /* the counter of the first */
    int32_t room, first, count;
    bool waits;            /* the alt does */
    bool is_pooled;
    uint64_t small;        /* the words of a small set */
} csp_standing;

/* The first evaluation; other ranges than last time. For the functions below. */
void csp_standing_first(csp_standing *standing, csp_process *self, csp_guard *guards, int64_t count);
void csp_guards_move(csp_standing *standing, int which, csp_channel *base, csp_ends ends, int32_t count, void *message, size_t size);

/* Begins an evaluation, as csp_alt_begin does. `guards` has room for all guards of the alt, at most CSP_BITS_SMALL. */
static inline void csp_standing_begin(csp_standing *standing, csp_process *self, csp_guard *guards, int64_t count)
{
    if (standing->guards != guards)
        csp_standing_first(standing, self, guards, count);
    standing->alt.count = 0;
    standing->alt.taken = -1;
}

/* The same for high - low guards that stand and so many others, which are in the pool as long as their number stays. */
void csp_standing_begin_pooled(csp_scheduler *S, csp_place place, csp_standing *standing, csp_process *self, int64_t others,
                               int64_t low, int64_t high);
/* Guards that receive from ends[low] … ends[high - 1]. They go on standing where they are the same as before. */
static inline void csp_guards_stand(csp_standing *standing, int which, csp_ends ends, int64_t low, int64_t high, void *message,
                                    size_t size)
{
    int32_t count = high > low ? (int32_t)(high - low) : 0;
    csp_channel *base = (csp_channel *)(void *)((char *)ends.base + low * ends.stride);
    if (standing->base != base || standing->count != count)
        csp_guards_move(standing, which, base, ends, count, message, size);
    standing->low = low;
    standing->alt.count += count;
}

/* The channels begin anew: nothing stands there. */
void csp_standing_forget(csp_standing *standing);
/* Nothing stands any more, and memory of the pool goes back. */
void csp_standing_end(csp_scheduler *S, csp_standing *standing);

/* The counter of the guard that was taken, if it is one of those that stand. */
static inline int64_t csp_standing_counter(const csp_standing *standing)
{
    return standing->low + standing->alt.taken - standing->first;
}

#endif
