/* timer: instants that processes wait for, in a pairing heap whose nodes lie in the frames of those processes.
 *
 * Starting is one comparison; the earliest is the root; taking out one, as an alt does that was served in time, is
 * cheap. Equal instants come in the order of starting. An instant of INT64_MAX never comes, and is not in the heap: who
 * waits for nothing else waits for ever, which a deadlock report shall say. Called by csp.h's users, alt.c and idle.c. */
#include "world.h"

static bool earlier(const csp_timer *a, const csp_timer *b)
{
    return a->time < b->time || (a->time == b->time && a->order < b->order);
}

/* Makes one heap of two; either may be empty. The later root becomes the other's first child. */
static csp_timer *meld(csp_timer *a, csp_timer *b)
{
    if (!a || !b)
        return a ? a : b;
    if (earlier(b, a)) {
        csp_timer *later = a;
        a = b;
        b = later;
    }
    b->previous = a;
    b->sibling = a->child;
    if (b->sibling)
        b->sibling->previous = b;
    a->child = b;
    return a;
}

/* Makes one heap of siblings: in pairs from the first to the last, then all together from the last to the first. */
static csp_timer *meld_siblings(csp_timer *first)
{
    csp_timer *pairs = NULL, *heap = NULL;
    while (first) {
        csp_timer *a = first, *b = first->sibling;
        first = b ? b->sibling : NULL;
        a->sibling = NULL;
        if (b)
            b->sibling = NULL;
        csp_timer *pair = meld(a, b);
        pair->sibling = pairs;
        pairs = pair;
    }
    while (pairs) {
        csp_timer *pair = pairs;
        pairs = pair->sibling;
        pair->sibling = NULL;
        heap = meld(heap, pair);
    }
    return heap;
}

/* Cuts a timer that is not the root, with all below it, out of the heap. */
static void cut(csp_timer *t)
{
    if (t->previous->child == t)
        t->previous->child = t->sibling;
    else
        t->previous->sibling = t->sibling;
    if (t->sibling)
        t->sibling->previous = t->previous;
}

void csp_timer_start(csp_scheduler *S, csp_timer *timer, int64_t instant)
{
    timer->time = instant;
    if (instant == INT64_MAX) {
        timer->process = NULL;
        return;
    }
    timer->order = S->timer_order++;
    timer->child = timer->sibling = timer->previous = NULL;
    S->timers = meld(S->timers, timer);
    S->timers->previous = NULL;
    csp_watch(S);
}

void csp_timer_stop(csp_scheduler *S, csp_timer *timer)
{
    if (!timer->process)
        return;
    timer->process = NULL;
    csp_timer *below = meld_siblings(timer->child);
    if (timer == S->timers) {
        S->timers = below;
    } else {
        cut(timer);
        S->timers = meld(S->timers, below);
    }
    if (S->timers)
        S->timers->previous = NULL;
}

bool csp_sleep(csp_scheduler *S, csp_process *self, csp_timer *timer, int64_t instant)
{
    if (instant <= csp_now(S)) {
        csp_ready(S, self);
        return false;
    }
    timer->process = self;
    timer->alt = NULL;
    csp_timer_start(S, timer, instant);
    return false;
}

void csp_timer_fire(csp_scheduler *S, int64_t now)
{
    while (S->timers && S->timers->time <= now) {
        csp_timer *t = S->timers;
        csp_process *process = t->process;
        csp_timer_stop(S, t);
        if (t->alt)
            csp_alt_timeout(S, t->alt, now);
        else
            csp_ready(S, process);
    }
}

int64_t csp_deadline(csp_scheduler *S, int64_t duration)
{
    int64_t now = csp_now(S);
    return duration > INT64_MAX - now ? INT64_MAX : now + duration;
}
