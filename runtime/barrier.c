/* barrier: who is a member, who has come, and letting them go on (language.md § 4).
 *
 * Those who have come stand in one queue, processes and guards of waiting alts. An alt puts all its guards there in one go,
 * so those on one barrier stand side by side, and a look at the neighbours tells whether the alt has been counted.
 * Called by generated code and alt.c. */
#include "world.h"

static csp_guard *guard_of(csp_node *n)
{
    return n && n->kind == CSP_ALT_SYNCING ? (csp_guard *)n : NULL;
}

/* ---- the queue ---- */

static void append(csp_barrier *b, csp_node *n)
{
    n->next = NULL;
    if (b->first)
        b->last->next = n;
    else
        b->first = n;
    b->last = n;
}

static bool belongs_to(csp_node *n, const csp_alt *alt)
{
    return guard_of(n) && guard_of(n)->alt == alt;
}

void csp_barrier_enable(csp_guard *guard)
{
    csp_barrier *b = guard->of.barrier;
    guard->previous = b->first ? b->last : NULL;
    append(b, &guard->node);
    if (!belongs_to(guard->previous, guard->alt))
        b->arrived++;
}

void csp_barrier_withdraw(csp_guard *guard)
{
    csp_barrier *b = guard->of.barrier;
    csp_node *next = guard->node.next, *previous = b->first == &guard->node ? NULL : guard->previous;
    if (previous)
        previous->next = next;
    else
        b->first = next;
    if (guard_of(next))
        guard_of(next)->previous = previous;
    if (!next)
        b->last = previous;
    if (!belongs_to(previous, guard->alt) && !belongs_to(next, guard->alt))
        b->arrived--;
}

/* ---- coming ---- */

bool csp_barrier_ready(const csp_barrier *b)
{
    return b->arrived + 1 >= b->members;
}

void csp_barrier_complete(csp_scheduler *S, csp_barrier *b)
{
    while (b->first) {
        csp_guard *guard = guard_of(b->first);
        csp_process *came = guard ? guard->alt->process : (csp_process *)b->first;
        if (CSP_UNLIKELY(S->trace))
            csp_trace_sync(S, came);
        if (guard) {
            csp_alt_met(S, guard);
        } else {
            b->first = b->first->next;
            b->arrived--;
            came->node.kind = CSP_RECEIVING; /* a report is to see that it has left */
        }
        csp_ready(S, came);
    }
}

bool csp_sync(csp_scheduler *S, csp_process *self, csp_barrier *b, bool is_member)
{
    if (!is_member)
        return true;
    if (csp_barrier_ready(b)) {
        if (CSP_UNLIKELY(S->trace))
            csp_trace_sync(S, self);
        csp_barrier_complete(S, b);
        return true;
    }
    self->node.kind = CSP_SYNCING;
    append(b, &self->node);
    b->arrived++;
    return false;
}

/* ---- members ---- */

int64_t csp_barrier_enter(csp_barrier *b, int64_t branches, bool is_member)
{
    int64_t extra = branches - is_member;
    if (extra > 0)
        b->members = (int32_t)(b->members + extra);
    return extra;
}

static void free_unused(csp_scheduler *S, csp_barrier *b)
{
    if (b->is_given && b->members == 0)
        csp_pool_give(S, b, 1, sizeof *b);
}

void csp_barrier_leave(csp_scheduler *S, csp_barrier *b, int64_t *extra)
{
    if (*extra <= 0)
        return;
    --*extra;
    b->members--;
    if (b->arrived == b->members)
        csp_barrier_complete(S, b);
    free_unused(S, b);
}

/* ---- in the pool ---- */

csp_barrier *csp_barrier_take(csp_scheduler *S, csp_place place)
{
    csp_barrier *b = csp_pool_take(S, place, 1, sizeof *b);
    csp_barrier_begin(b);
    b->is_pooled = true;
    return b;
}

void csp_barrier_give(csp_scheduler *S, csp_barrier *b)
{
    if (!b)
        return;
    b->is_given = b->is_pooled;
    free_unused(S, b);
}
