/* actor: processes for the tests of the runtime that do what a table says and log what happens to them.
 *
 *     a!5   a has sent 5            a?5   a has received 5        a.    a has slept or yielded
 *     a[1]  a's alt took guard 1    a[1]?5  … which received 5    a*    a has met the end of a channel; it goes on
 *     a|    a has passed a barrier
 *
 * A network lives in virtual time, in a scheduler of its own. */
#ifndef ACTOR_H
#define ACTOR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "csp_host.h"
#include "world.h"

enum action_kind { DONE, SEND, RECEIVE, CLOSE, POISON, ALT, PRI_ALT, SLEEP, SLEEP_UNTIL, YIELD, RELEASE, SYNC, LEAVE };
enum { GUARDS_MOST = 6, ACTORS_MOST = 16 };

struct guard_text {
    enum csp_guard_kind kind;
    void *channel;     /* or barrier */
    int64_t value;     /* to send, an instant, for ENDED whether it asks as a writer, for RECEIVE whether it is a `??`, for
                        * SYNC whether it is a member */
};

struct action {
    enum action_kind kind;
    void *channel;     /* or barrier */
    int64_t value;     /* to send, how long to sleep, the number of guards, of the guard to release, or for SYNC whether it
                        * is a member */
    const struct guard_text *guards;
};

struct actor {
    csp_process process;
    char name;
    const struct action *action;
    int32_t x, next;
    int32_t messages[GUARDS_MOST];
    csp_alt alt;
    csp_guard guards[GUARDS_MOST];
    csp_held helds[GUARDS_MOST];
    csp_timer timer;
};

struct network {
    csp_scheduler *S;
    void *memory;
    char log[4096];
    size_t logged;
    bool quiet;        /* nothing is logged */
    int actors;
    struct actor actor[ACTORS_MOST];
};

static struct network *network_of(csp_scheduler *S)
{
    return S->world->leave_context;
}

static void __attribute__((format(printf, 2, 3))) actor_log(struct network *n, const char *format, ...)
{
    if (n->quiet)
        return;
    va_list arguments;
    va_start(arguments, format);
    n->logged += (size_t)vsnprintf(n->log + n->logged, sizeof n->log - n->logged, format, arguments);
    va_end(arguments);
}

static void actor_receive_guard(struct actor *a, int i, const struct guard_text *g)
{
    if (g->value)
        csp_guard_receive_held(&a->alt, i, g->channel, &a->messages[i], 4, &a->helds[i]);
    else
        csp_guard_receive(&a->alt, i, g->channel, &a->messages[i], 4);
}

static bool actor_alt(csp_scheduler *S, struct actor *a)
{
    csp_alt_begin(&a->alt, &a->process, a->guards);
    for (int i = 0; i < a->action->value; i++) {
        const struct guard_text *g = &a->action->guards[i];
        a->messages[i] = (int32_t)g->value;
        switch (g->kind) {
        case CSP_GUARD_CLOSED: csp_guard_closed(&a->alt); break;
        case CSP_GUARD_RECEIVE: actor_receive_guard(a, i, g); break;
        case CSP_GUARD_SEND: csp_guard_send(&a->alt, i, g->channel, &a->messages[i], 4); break;
        case CSP_GUARD_ENDED: csp_guard_ended(&a->alt, i, g->channel, g->value != 0); break;
        case CSP_GUARD_TIME: csp_guard_time(&a->alt, i, g->value); break;
        case CSP_GUARD_SKIP: csp_guard_skip(&a->alt, i); break;
        case CSP_GUARD_SYNC: csp_guard_sync(&a->alt, i, g->channel, g->value != 0); break;
        }
    }
    csp_place place = CSP_PLACE(0, 7, 9);
    return a->action->kind == ALT ? csp_alt_select(S, &a->alt, &a->next, place) : csp_alt_select_pri(S, &a->alt, place);
}

/* True where the actor goes on at once. */
static bool actor_do(csp_scheduler *S, struct actor *a)
{
    const struct action *action = a->action;
    csp_process *self = &a->process;
    int64_t extra = 1;
    switch (action->kind) {
    case CLOSE: csp_close(S, action->channel); return true;
    case POISON: csp_poison(S, action->channel); return true;
    case ALT:
    case PRI_ALT: return actor_alt(S, a);
    case SLEEP: return csp_sleep(S, self, &a->timer, csp_deadline(S, action->value));
    case SLEEP_UNTIL: return csp_sleep(S, self, &a->timer, action->value);
    case YIELD: csp_ready(S, self); return false;
    case RELEASE: csp_release(S, &a->helds[action->value]); return true;
    case SYNC: return csp_sync(S, self, action->channel, action->value != 0);
    case LEAVE: csp_barrier_leave(S, action->channel, &extra); return true;
    case SEND: case RECEIVE: case DONE: break;
    }
    return true;
}

static void actor_done(csp_scheduler *S, struct actor *a)
{
    struct network *n = network_of(S);
    if (a->process.node.poisoned) {
        a->process.node.poisoned = 0;
        actor_log(n, "%c* ", a->name);
        return;
    }
    switch (a->action->kind) {
    case SEND: actor_log(n, "%c!%d ", a->name, (int)a->x); break;
    case RECEIVE: actor_log(n, "%c?%d ", a->name, (int)a->x); break;
    case ALT:
    case PRI_ALT:
        actor_log(n, "%c[%d]", a->name, csp_alt_which(&a->alt));
        if (a->alt.guards[a->alt.taken].kind == CSP_GUARD_RECEIVE)
            actor_log(n, "?%d", (int)a->messages[a->alt.taken]);
        actor_log(n, " ");
        break;
    case SYNC: actor_log(n, "%c| ", a->name); break;
    case SLEEP:
    case SLEEP_UNTIL:
    case YIELD: actor_log(n, "%c. ", a->name); break;
    default: break;
    }
}

static void actor_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct actor *a = (struct actor *)self;
    if (self->node.resume == 1)
        goto resumed;
    for (; a->action->kind != DONE; a->action++) {
        csp_channel *c = a->action->channel;
        a->x = (int32_t)a->action->value;
        if (a->action->kind == SEND)
            CSP_SEND(1, c, &a->x);
        else if (a->action->kind == RECEIVE)
            CSP_RECEIVE(1, c, &a->x);
        else if (!CSP_ASK(actor_do(S, a)))
            CSP_WAIT(1);
resumed:
        actor_done(S, a);
    }
    CSP_END();
}

static const char *const network_files[] = {"test.csp"};
static const csp_kind network_kind = {"main", CSP_PLACE(0, 1, 1), actor_step, sizeof(struct actor), 0, NULL, 0, NULL, 0, NULL};
static const csp_program network_program = {"test", network_files, &network_kind, NULL, 0, {-1, -1, -1}};

enum { NETWORK_MEMORY = 1 << 20 };

static inline struct network *network_new(void)
{
    struct network *n = calloc(1, sizeof *n);
    n->memory = calloc(1, NETWORK_MEMORY);
    n->S = csp_host_create(n->memory, NETWORK_MEMORY, &network_program, true);
    n->S->world->leave_context = n;
    n->S->world->root.node.message = 1000000;
    return n;
}

static inline void network_free(struct network *n)
{
    free(n->memory);
    free(n);
}

/* Adds an actor, called a, b, c … in this order. */
static inline struct actor *network_add(struct network *n, const struct action *actions)
{
    struct actor *a = &n->actor[n->actors];
    a->name = (char)('a' + n->actors++);
    a->action = actions;
    csp_start(n->S, &a->process, actor_step, &n->S->world->root);
    return a;
}

/* Runs until everything waits; timers do not fire. Returns what was logged since the last time. */
static inline const char *network_run(struct network *n)
{
    static char log[sizeof n->log];
    csp_run(n->S);
    memcpy(log, n->log, n->logged + 1);
    n->logged = 0;
    n->log[0] = '\0';
    return log;
}

#define ACTIONS(...) ((const struct action[]){__VA_ARGS__, {DONE, NULL, 0, NULL}})
#define GUARDS(...) sizeof((const struct guard_text[]){__VA_ARGS__}) / sizeof(struct guard_text), \
                    (const struct guard_text[]){__VA_ARGS__}
#define send(c, value) {SEND, c, value, NULL}
#define receive(c) {RECEIVE, c, 0, NULL}
#define close_(c) {CLOSE, c, 0, NULL}
#define poison(c) {POISON, c, 0, NULL}
#define yield_() {YIELD, NULL, 0, NULL}
#define hold(c) pri_alt(on_hold(c))
#define release() {RELEASE, NULL, 0, NULL}
#define release_of(guard) {RELEASE, NULL, guard, NULL}
#define sync_(b) {SYNC, b, 1, NULL}
#define sync_outside(b) {SYNC, b, 0, NULL}
#define leave_(b) {LEAVE, b, 0, NULL}
#define alt(...) {ALT, NULL, GUARDS(__VA_ARGS__)}
#define pri_alt(...) {PRI_ALT, NULL, GUARDS(__VA_ARGS__)}
#define on_receive(c) {CSP_GUARD_RECEIVE, c, 0}
#define on_hold(c) {CSP_GUARD_RECEIVE, c, 1}
#define on_sync(b) {CSP_GUARD_SYNC, b, 1}
#define on_sync_outside(b) {CSP_GUARD_SYNC, b, 0}
#define on_send(c, value) {CSP_GUARD_SEND, c, value}
#define on_ended(c) {CSP_GUARD_ENDED, c, 0}
#define on_ended_for_writers(c) {CSP_GUARD_ENDED, c, 1}
#define on_time(instant) {CSP_GUARD_TIME, NULL, instant}
#define on_skip() {CSP_GUARD_SKIP, NULL, 0}
#define on_false() {CSP_GUARD_CLOSED, NULL, 0}

#endif
