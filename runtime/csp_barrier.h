/* csp_barrier: barriers and their members (language.md § 4). Included by csp.h.
 *
 * A barrier counts its members and those who have come; the last to come lets all go on. A member that runs a par is
 * stood in for by the branches that mention the barrier: csp_barrier_enter gives each of them a seat, one of which is
 * the member's own, so that the number of seats never falls short in between. */
#ifndef CSP_BARRIER_H
#define CSP_BARRIER_H

#include "csp.h"

typedef struct csp_barrier {
    csp_node *first, *last; /* who has come, first to last: processes, and `sync` guards of waiting alts; first NULL: none */
    int32_t members;
    int32_t arrived;        /* processes that have come; an alt counts once, however many of its guards stand here */
    bool is_pooled;         /* made by csp_barrier_take */
    bool is_given;          /* … and its block has ended: free when the last member leaves */
} csp_barrier;

/* A parameter `barrier b`: which one, and whether the process that has it is a member. */
typedef struct csp_seat {
    csp_barrier *barrier;
    bool is_member;
} csp_seat;

static inline void csp_barrier_begin(csp_barrier *b)
{
    *b = (csp_barrier){NULL, NULL, 0, 0, false, false};
}

/* A barrier that may be handed to spawned processes, which may outlive its block: it lies in the pool. */
csp_barrier *csp_barrier_take(csp_scheduler *S, csp_place place);
/* Its block ends. Does nothing for NULL. */
void csp_barrier_give(csp_scheduler *S, csp_barrier *b);

/* So many branches that mention b are about to start; is_member: the process that starts them is one itself. Returns
 * how many seats more there are now: what csp_barrier_leave counts down. */
int64_t csp_barrier_enter(csp_barrier *b, int64_t branches, bool is_member);
/* One of these branches has ended. The last seat of a member's par goes back to the member, all others are gone; where
 * all who are left have come, they go on. */
void csp_barrier_leave(csp_scheduler *S, csp_barrier *b, int64_t *extra);

/* sync b: true where the process goes on at once: it came last, or is no member; false: it stands in the queue, and
 * must CSP_WAIT. */
bool csp_sync(csp_scheduler *S, csp_process *self, csp_barrier *b, bool is_member);
/* The guard `sync b`: ready where all others have come. Waiting in an alt counts as having come. */
void csp_guard_sync(csp_alt *alt, int which, csp_barrier *b, bool is_member);

#endif
