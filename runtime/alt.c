/* alt: chooses among guards.
 *
 * An alt first looks whether a guard is ready, from the one where its turn begins, and takes it. Only where none is does
 * it stand in the queues of all its guards' channels; the first partner, end or instant that comes takes one of them and
 * withdraws the others. So an alt that finds partners waiting costs no queueing at any number of guards. The guards, the
 * timer and the alt lie in the frame of the process. Called by generated code, channel.c, barrier.c and timer.c. */
#include "world.h"

/* ---- the guards of one evaluation ---- */

void csp_alt_begin(csp_alt *alt, csp_process *self, csp_guard *guards)
{
    alt->process = self;
    alt->guards = guards;
    alt->count = 0;
    alt->taken = -1;
    alt->standing = NULL;
    alt->timer.process = NULL;
    alt->timer.alt = alt;
}

static csp_guard *add(csp_alt *alt, enum csp_guard_kind kind, int which)
{
    csp_guard *g = &alt->guards[alt->count++];
    g->alt = alt;
    g->kind = (uint8_t)kind;
    g->which = (uint16_t)which;
    g->channel = NULL;
    return g;
}

static csp_guard *add_channel(csp_alt *alt, enum csp_guard_kind kind, int which, csp_channel *c, enum csp_node_kind node)
{
    csp_guard *g = add(alt, kind, which);
    g->channel = c;
    g->node.kind = (uint8_t)node;
    return g;
}

void csp_guard_closed(csp_alt *alt)
{
    add(alt, CSP_GUARD_CLOSED, 0);
}

void csp_guard_receive(csp_alt *alt, int which, csp_channel *c, void *message, size_t size)
{
    csp_guard *g = add_channel(alt, CSP_GUARD_RECEIVE, which, c, CSP_ALT_RECEIVING);
    g->message = message;
    g->size = (uint32_t)size;
    g->of.held = NULL;
}

void csp_guard_receive_held(csp_alt *alt, int which, csp_channel *c, void *message, size_t size, csp_held *held)
{
    csp_guard_receive(alt, which, c, message, size);
    *held = (csp_held){NULL, NULL, NULL, NULL};
    alt->guards[alt->count - 1].of.held = held;
}

void csp_guard_send(csp_alt *alt, int which, csp_channel *c, const void *message, size_t size)
{
    csp_guard *g = add_channel(alt, CSP_GUARD_SEND, which, c, CSP_ALT_SENDING);
    g->message = (void *)message;
    g->size = (uint32_t)size;
    g->of.held = NULL;
}

void csp_guard_ended(csp_alt *alt, int which, csp_channel *c, bool writing_end)
{
    csp_guard *g = add_channel(alt, CSP_GUARD_ENDED, which, c, CSP_ALT_ENDED);
    g->writing_end = writing_end;
}

void csp_guard_time(csp_alt *alt, int which, int64_t instant)
{
    add(alt, CSP_GUARD_TIME, which)->of.time = instant;
}

void csp_guard_skip(csp_alt *alt, int which)
{
    add(alt, CSP_GUARD_SKIP, which);
}

void csp_guard_sync(csp_alt *alt, int which, csp_barrier *b, bool is_member)
{
    csp_guard *g = add(alt, CSP_GUARD_SYNC, which);
    g->node.kind = CSP_ALT_SYNCING;
    g->of.barrier = b;
    g->writing_end = is_member;
}

static bool uses_channel(const csp_guard *g)
{
    return g->channel != NULL;
}

static bool communicates(const csp_guard *g)
{
    return g->kind == CSP_GUARD_RECEIVE || g->kind == CSP_GUARD_SEND;
}

static bool writes(const csp_guard *g)
{
    return g->kind == CSP_GUARD_SEND || (g->kind == CSP_GUARD_ENDED && g->writing_end);
}

/* A `sync` guard of a member of its barrier: for all others there is nobody to wait for. */
static bool is_seated(const csp_guard *g)
{
    return g->kind == CSP_GUARD_SYNC && g->writing_end;
}

static enum csp_node_kind direction(const csp_guard *g)
{
    return g->kind == CSP_GUARD_SEND ? CSP_SENDING : CSP_RECEIVING;
}

/* ---- the order of looking ----
 * for (i = first(alt), n = 0; n < alt->count; n++, i = after(alt, i)) */

/* How many guards from i on stand: loops over the others pass over them. */
static int32_t standing_from(const csp_alt *alt, int32_t i)
{
    const csp_standing *s = alt->standing;
    return s && i >= s->first && i < s->first + s->count ? s->first + s->count - i : 0;
}

/* … and how many of these are not ready for certain. */
static int32_t idle_from(const csp_alt *alt, int32_t i)
{
    return standing_from(alt, i) ? csp_standing_next(alt->standing, i) - i : 0;
}

/* The number of guards may be another than when the alt looked last. */
static int32_t first(const csp_alt *alt)
{
    return alt->next && *alt->next < alt->count ? *alt->next : 0;
}

static int32_t after(const csp_alt *alt, int32_t i)
{
    return i + 1 == alt->count ? 0 : i + 1;
}

/* Guard `found` was ready, and `taken`, most often the same, is what the alt has done. */
static void settle(csp_alt *alt, int32_t found, int32_t taken)
{
    if (alt->next)
        *alt->next = after(alt, found);
    alt->taken = taken;
}

/* The index of an open `ended` guard for the same channel as guard i, which is taken in its place; -1: none. */
static int32_t ended_guard(const csp_alt *alt, int32_t i)
{
    if (alt->guards[i].kind == CSP_GUARD_ENDED)
        return i;
    for (int32_t k = standing_from(alt, 0); k < alt->count; k += 1 + standing_from(alt, k + 1)) {
        if (alt->guards[k].kind == CSP_GUARD_ENDED && alt->guards[k].channel == alt->guards[i].channel)
            return k;
    }
    return -1;
}

/* Guard i is on a channel that has ended. True where that raises poison: no `ended` guard stands for it. */
static bool settle_end(csp_alt *alt, int32_t i)
{
    int32_t ended = ended_guard(alt, i);
    settle(alt, i, ended >= 0 ? ended : i);
    if (ended < 0)
        alt->process->node.poisoned = 1;
    return ended < 0;
}

/* ---- a ready guard ---- */

static bool is_ready(csp_scheduler *S, const csp_guard *g)
{
    switch ((enum csp_guard_kind)g->kind) {
    case CSP_GUARD_RECEIVE:
    case CSP_GUARD_SEND:
        return csp_channel_ready(S, g->channel, direction(g)) || csp_channel_ended(g->channel, writes(g));
    case CSP_GUARD_ENDED:
        csp_channel_ready(S, g->channel, CSP_RECEIVING); /* a device finds out that its end has come when it is asked */
        return csp_channel_ended(g->channel, writes(g));
    case CSP_GUARD_TIME:
        return g->of.time <= csp_now(S);
    case CSP_GUARD_SKIP:
        return true;
    case CSP_GUARD_SYNC:
        return !is_seated(g) || csp_barrier_ready(g->of.barrier);
    case CSP_GUARD_CLOSED:
        break;
    }
    return false;
}

/* The index of the guard to take at once; -1: none is ready. The one place that chooses among ready guards. */
static int32_t choose(csp_scheduler *S, const csp_alt *alt, csp_place place)
{
    bool open = alt->standing && alt->standing->count > 0;
    for (int32_t i = first(alt), n = 0, idle; n < alt->count; n++, i = after(alt, i)) {
        if ((idle = idle_from(alt, i))) {
            n += idle - 1, i += idle - 1;
            continue;
        }
        csp_guard *g = &alt->guards[i];
        if (uses_channel(g) && g->channel->first->kind == CSP_UNCONNECTED)
            csp_fail(S, place, "a guard uses an end that is not connected");
        if (is_ready(S, g))
            return i;
        if (standing_from(alt, i))
            csp_standing_unready(g);
        open = open || g->kind != CSP_GUARD_CLOSED;
    }
    if (!open)
        csp_fail(S, place, "this alt has no open guard, and would wait for ever");
    return -1;
}

/* Communicates through guard i, if its channel has not ended instead. */
static enum csp_meeting communicate(csp_scheduler *S, csp_alt *alt, int32_t i)
{
    const csp_guard *g = &alt->guards[i];
    struct csp_party party = {alt->process, g->message, g->size, g->of.held, direction(g)};
    enum csp_meeting meeting = csp_channel_meet_as(S, g->channel, &party);
    if (meeting != CSP_NOBODY)
        settle(alt, i, i);
    return meeting;
}

/* Takes the ready guard i. What is no communication lets the others run first (language.md § 11). */
static bool take(csp_scheduler *S, csp_alt *alt, int32_t i)
{
    csp_guard *g = &alt->guards[i];
    enum csp_meeting meeting = communicates(g) ? communicate(S, alt, i) : CSP_NOBODY;
    if (meeting != CSP_NOBODY)
        return meeting == CSP_MET;
    if (!uses_channel(g))
        settle(alt, i, i);
    else if (settle_end(alt, i))
        return true;
    if (is_seated(g)) {
        csp_barrier_complete(S, g->of.barrier);
        return true;
    }
    csp_ready(S, alt->process);
    return false;
}

/* ---- waiting ---- */

static void enable(csp_scheduler *S, csp_alt *alt)
{
    int64_t earliest = INT64_MAX;
    if (alt->standing)
        csp_standing_enable(alt->standing);
    for (int32_t i = standing_from(alt, 0); i < alt->count; i += 1 + standing_from(alt, i + 1)) {
        csp_guard *g = &alt->guards[i];
        if (uses_channel(g))
            csp_channel_enable(g);
        else if (is_seated(g))
            csp_barrier_enable(g);
        else if (g->kind == CSP_GUARD_TIME && g->of.time < earliest)
            earliest = g->of.time;
    }
    alt->timer.process = alt->process;
    csp_timer_start(S, &alt->timer, earliest);
}

static void withdraw(csp_scheduler *S, csp_alt *alt)
{
    if (alt->standing)
        csp_standing_withdraw(alt->standing);
    for (int32_t i = standing_from(alt, 0); i < alt->count; i += 1 + standing_from(alt, i + 1)) {
        csp_guard *g = &alt->guards[i];
        if (uses_channel(g))
            csp_channel_withdraw(g);
        else if (is_seated(g))
            csp_barrier_withdraw(g);
    }
    csp_timer_stop(S, &alt->timer);
}

/* What is tried first where it is the turn of those that stand: most often somebody waits to send there. */
static bool take_standing(csp_scheduler *S, csp_alt *alt)
{
    const csp_standing *s = alt->standing;
    int32_t i = first(alt);
    if (!s || i < s->first || i >= s->first + s->count)
        return false;
    i = csp_standing_next(s, i);
    if (i == s->first + s->count || !csp_channel_receive_plain(S, &alt->guards[i]))
        return false;
    settle(alt, i, i);
    return true;
}

static CSP_APART bool select_otherwise(csp_scheduler *S, csp_alt *alt, csp_place place)
{
    int32_t i = choose(S, alt, place);
    if (i >= 0)
        return take(S, alt, i);
    enable(S, alt);
    return false;
}

static bool select_guard(csp_scheduler *S, csp_alt *alt, csp_place place)
{
    return take_standing(S, alt) || select_otherwise(S, alt, place);
}

/* … and has it told where the choice is made. */
static CSP_COLD bool select_traced(csp_scheduler *S, csp_alt *alt, csp_place place)
{
    csp_trace_alt(S, place);
    bool goes_on = select_guard(S, alt, place);
    if (alt->taken >= 0)
        csp_trace_choice(S, alt);
    csp_trace_alt(S, 0);
    return goes_on;
}

bool csp_alt_select(csp_scheduler *S, csp_alt *alt, int32_t *next, csp_place place)
{
    alt->next = next;
    return CSP_UNLIKELY(S->trace) ? select_traced(S, alt, place) : select_guard(S, alt, place);
}

bool csp_alt_select_pri(csp_scheduler *S, csp_alt *alt, csp_place place)
{
    alt->next = NULL;
    return CSP_UNLIKELY(S->trace) ? select_traced(S, alt, place) : select_guard(S, alt, place);
}

/* ---- what a waiting alt meets ---- */

static void trace(csp_scheduler *S, const csp_alt *alt)
{
    if (CSP_UNLIKELY(S->trace))
        csp_trace_choice(S, alt);
}

void csp_alt_met(csp_scheduler *S, csp_guard *guard)
{
    csp_alt *alt = guard->alt;
    int32_t i = (int32_t)(guard - alt->guards);
    withdraw(S, alt);
    settle(alt, i, i);
    trace(S, alt);
}

/* The guard that meets the end of that guard's channel: the first of the others there, else this one if it stands; -1: none. */
static int32_t guard_at_end(const csp_alt *alt, const csp_guard *guard, bool drained)
{
    for (int32_t i = first(alt), n = 0; n < alt->count; n++, i = after(alt, i)) {
        const csp_guard *g = &alt->guards[i];
        int32_t standing = standing_from(alt, i);
        if (standing)
            n += standing - 1, i += standing - 1;
        else if (g->channel == guard->channel && (drained || writes(g)))
            return i;
    }
    int32_t number = (int32_t)(guard - alt->guards);
    return standing_from(alt, number) && drained ? number : -1;
}

bool csp_alt_end(csp_scheduler *S, csp_guard *guard, bool drained)
{
    csp_alt *alt = guard->alt;
    int32_t i = guard_at_end(alt, guard, drained);
    if (i < 0)
        return false;
    withdraw(S, alt);
    csp_ready(S, alt->process);
    settle_end(alt, i);
    trace(S, alt);
    return true;
}

void csp_alt_timeout(csp_scheduler *S, csp_alt *alt, int64_t now)
{
    for (int32_t i = first(alt), n = 0; n < alt->count; n++, i = after(alt, i)) {
        const csp_guard *g = &alt->guards[i];
        int32_t standing = standing_from(alt, i);
        if (standing) {
            n += standing - 1, i += standing - 1;
            continue;
        }
        if (g->kind == CSP_GUARD_TIME && g->of.time <= now) {
            withdraw(S, alt);
            csp_ready(S, alt->process);
            settle(alt, i, i);
            trace(S, alt);
            return;
        }
    }
}
