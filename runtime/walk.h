/* walk: from frame to frame, for reports. Called by report.c and deadlock.c.
 *
 * What a frame is its parent knows: the kinds of the frames that run while it waits at its resume point, and where its
 * groups of spawned processes lie. So everything is found from main's frame downwards. A walk does not recurse, since
 * processes may be nested deep. */
#ifndef CSP_WALK_H
#define CSP_WALK_H

#include "world.h"

/* A frame and what it is. That of main has neither `started` nor `spawned`. */
struct position {
    csp_process *frame;
    const csp_kind *kind;
    const csp_point *started;  /* where its parent waits for it */
    const csp_children *group; /* of that point, to which it belongs */
    csp_spawned *spawned;      /* its header, if it was spawned */
    int64_t index;             /* in the group; if it was spawned: of the csp_group among those of its parent's kind */
};

/* Where it waits; NULL: it has ended, or is not one of the program's. A running process has left the point it waited at
 * last, so who asks about that one must not look below it. */
const csp_point *csp_walk_point(const struct position *p);

/* The frames of a group, one behind the other, and how many there are. */
char *csp_walk_frames(csp_process *parent, const csp_children *group, int64_t *count);

/* The way from main to the frame that a walk has come to. A walk visits each frame before those below it. */
struct walk {
    struct position *way;
    size_t depth, room;
};

/* At main, in that memory. */
struct walk csp_walk_begin(csp_scheduler *S, void *memory, size_t size);
/* Goes on to the next frame: below, else beside, else beside one above. False: that was the last. */
bool csp_walk_on(struct walk *walk);
/* The same among the frames below the one at that depth of the way. The way down to it stays as it is. */
bool csp_walk_on_below(struct walk *walk, size_t depth);

static inline const struct position *csp_walk_here(const struct walk *walk)
{
    return &walk->way[walk->depth - 1];
}

#endif
