/* timer: instants that processes wait for, in a radix heap (Ahuja, Mehlhorn, Orlin and Tarjan, 1990), whose lists lie in
 * the frames of those processes.
 *
 * Time never goes back, so what matters of an instant is the highest digit in which it differs from the last one that
 * came, to the base of 16: list d + 16 * n holds those that differ first in digit n, where they have d, and every list is
 * earlier than the next. Those that are due are in list 0. When the first list that is used is reached its timers move to
 * lower ones, each at most once for every digit. Starting and stopping are a step each. Equal instants are always in one list, and so come in the order of starting. An instant of
 * INT64_MAX never comes, and is in no list: who waits for nothing else waits for ever, which a deadlock report shall say.
 * Called by csp.h's users, alt.c, process.c and idle.c. */
#include "world.h"

/* The number of the highest bit that is set. */
static int highest(uint64_t bits)
{
#ifdef __GNUC__
    return 63 - __builtin_clzll(bits);
#else
    int n = 0;
    while (bits >>= 1)
        n++;
    return n;
#endif
}

static int list_of(const struct csp_timers *timers, const csp_timer *t)
{
    if (t->time <= timers->past)
        return 0;
    int digit = highest((uint64_t)(t->time ^ timers->past)) / 4;
    return 16 * digit + (int)(t->time >> 4 * digit & 15);
}

/* The first list that is used; -1: none. */
static int first_used(const struct csp_timers *timers)
{
    for (int word = 0; word < 4; word++)
        if (timers->used[word])
            return 64 * word + highest(timers->used[word] & -timers->used[word]);
    return -1;
}

static void set_used(struct csp_timers *timers, int n, bool used)
{
    uint64_t bit = (uint64_t)1 << n % 64;
    timers->used[n / 64] = used ? timers->used[n / 64] | bit : timers->used[n / 64] & ~bit;
}

/* Behind the others of its list, which is a circle. */
static void insert(struct csp_timers *timers, csp_timer *t)
{
    int n = list_of(timers, t);
    csp_timer *first = timers->first[n];
    if (!first) {
        t->next = t->previous = t;
        timers->first[n] = timers->earliest[n] = t;
        set_used(timers, n, true);
        return;
    }
    t->next = first;
    t->previous = first->previous;
    t->previous->next = first->previous = t;
    if (timers->earliest[n] && t->time < timers->earliest[n]->time)
        timers->earliest[n] = t;
}

static void take_out(struct csp_timers *timers, csp_timer *t)
{
    int n = list_of(timers, t);
    t->next->previous = t->previous;
    t->previous->next = t->next;
    if (timers->earliest[n] == t)
        timers->earliest[n] = NULL;
    if (timers->first[n] != t)
        return;
    timers->first[n] = t->next == t ? NULL : t->next;
    if (!timers->first[n])
        set_used(timers, n, false);
}

/* The first of the earliest; NULL: there is none. */
static csp_timer *earliest(struct csp_timers *timers)
{
    int n = first_used(timers);
    if (n < 0)
        return NULL;
    if (timers->earliest[n])
        return timers->earliest[n];
    csp_timer *first = timers->first[n], *found = first;
    for (csp_timer *t = first->next; t != first; t = t->next)
        if (t->time < found->time)
            found = t;
    return timers->earliest[n] = found;
}

/* No timer of list n is earlier. */
static int64_t bound(const struct csp_timers *timers, int n)
{
    return n == 0 ? timers->past : ((timers->past >> n / 16 * 4 | 15) - 15 + n % 16) << n / 16 * 4;
}

/* That instant has come, and nothing is earlier: what is in the first list that is used moves to lower ones. */
static void reach(struct csp_timers *timers, int64_t instant)
{
    int n = first_used(timers);
    csp_timer *first = timers->first[n], *t = first, *next;
    timers->first[n] = NULL;
    set_used(timers, n, false);
    timers->past = instant;
    do {
        next = t->next;
        insert(timers, t);
        t = next;
    } while (t != first);
}

void csp_timer_start(csp_scheduler *S, csp_timer *timer, int64_t instant)
{
    timer->time = instant;
    if (instant == INT64_MAX) {
        timer->process = NULL;
        return;
    }
    insert(&S->world->timers, timer);
    csp_watch(S);
}

void csp_timer_stop(csp_scheduler *S, csp_timer *timer)
{
    if (!timer->process)
        return;
    timer->process = NULL;
    take_out(&S->world->timers, timer);
}

int64_t csp_timer_next(csp_scheduler *S)
{
    const csp_timer *t = earliest(&S->world->timers);
    return t ? t->time : INT64_MAX;
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

static void fire(csp_scheduler *S, csp_timer *t, int64_t now)
{
    csp_process *process = t->process;
    csp_timer_stop(S, t);
    if (t->alt)
        csp_alt_timeout(S, t->alt, now);
    else
        csp_ready(S, process);
}

/* Where the first list may hold something that is due it is looked at, and gone through no second time: either its
 * earliest is due, or all of it is later than now. */
void csp_timer_fire(csp_scheduler *S, int64_t now)
{
    struct csp_timers *timers = &S->world->timers;
    for (int n; (n = first_used(timers)) >= 0 && bound(timers, n) <= now;) {
        if (!timers->first[0]) {
            int64_t next = earliest(timers)->time;
            reach(timers, next < now ? next : now);
        }
        while (timers->first[0])
            fire(S, timers->first[0], now);
    }
}

int64_t csp_deadline(csp_scheduler *S, int64_t duration)
{
    int64_t now = csp_now(S);
    return duration > INT64_MAX - now ? INT64_MAX : now + duration;
}
