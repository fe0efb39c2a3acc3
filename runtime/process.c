/* process: the loop that runs processes until none can run, and the few processes that are the runtime's own.
 *
 * Where steps end in tail calls, a step that the loop calls comes back only where nothing is runnable, where something asks
 * for attention, or from the end of main; where they do not, from each switch. Both kinds of code can be linked into one
 * program. Called by main.c and csp_host.h's users. */
#include "csp_host.h"
#include "port.h"
#include "world.h"

/* The parent of main goes on: main has ended, and with it everything. */
static void root_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    (void)self;
    CSP_LEAVE();
    S->world->ended = true;
}

/* See channel.c. */
static void blame_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    (void)self;
    CSP_LEAVE();
    S->running = S->world->blamed;
    csp_fail(S, csp_report_place(S, S->running), "this end is not connected to a channel");
}

/* ---- the slow paths of CSP_SEND and CSP_RECEIVE, for steps that end in tail calls ---- */

void csp_send_on(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    if (csp_channel_wait_behind(S->channel, self, CSP_SENDING))
        CSP_GO_ON();
    const char *message = (const char *)self + self->node.message;
    if (CSP_ASK(csp_send(S, self, S->channel, message, S->size)))
        CSP_SWITCH_TO(self);
    CSP_GO_ON();
}

void csp_receive_on(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    char *message = (char *)self + self->node.message;
    struct csp_device *device = (struct csp_device *)S->channel;
    if (S->channel->first == &csp_device_end && device->at < device->end) {
        *message = *device->at++;
        CSP_SWITCH_TO(self);
    }
    if (csp_channel_wait_behind(S->channel, self, CSP_RECEIVING))
        CSP_GO_ON();
    if (CSP_ASK(csp_receive(S, self, S->channel, message, S->size)))
        CSP_SWITCH_TO(self);
    CSP_GO_ON();
}

void csp_run(csp_scheduler *S)
{
    if (S->trace) {
        csp_trace_run(S);
        return;
    }
    while (!S->world->ended) {
        if (S->attention)
            csp_attend(S);
        csp_process *p = csp_next(S);
        if (!p)
            return;
        p->step(S, p, S->first, S->last);
    }
}

/* All distances of cells are counted from the one that an all-zero end names; it is never taken or given. */
static void nowhere_begin(csp_scheduler *S)
{
    char *nowhere = S->world->nowhere;
    S->cells = nowhere + -(uintptr_t)nowhere % 16;
    csp_cell *cell = (csp_cell *)(void *)S->cells;
    cell->generation = 0;
    cell->channel = csp_nowhere;
}

csp_scheduler *csp_host_create(void *memory, size_t size, const csp_program *program, bool virtual_time)
{
    struct home {
        csp_scheduler scheduler;
        struct csp_world world;
    } *home = memory;
    if (size < sizeof *home)
        return NULL;
    csp_scheduler *S = &home->scheduler;
    struct csp_world *w = S->world = &home->world;
    S->program = program;
    S->open = (csp_node *)&csp_open;
    csp_begin(&w->root, root_step, NULL);
    csp_begin(&w->blame, blame_step, NULL);
    w->virtual_time = virtual_time;
    w->clock = virtual_time ? 0 : csp_port_clock();
    w->stack_limit = csp_port_stack_limit();
    csp_pool_begin(&w->pool, home + 1, size - sizeof *home);
    nowhere_begin(S);
    csp_stream_begin(S);
    return S;
}

enum csp_host_state csp_host_run(csp_scheduler *S)
{
    struct csp_world *w = S->world;
    w->stack_limit = csp_port_stack_limit(); /* of the thread that runs it now */
    do {
        csp_timer_fire(S, csp_now(S));
        csp_run(S);
        if (w->jobs.under_way)
            w->jobs.come_back(S, false);
        csp_stream_poll(S, 0);
    } while (S->first && !w->ended);
    if (w->ended) {
        csp_host_end(S);
        csp_stream_flush(S);
        return CSP_HOST_ENDED;
    }
    return csp_timers_any(&w->timers) || w->jobs.under_way || csp_stream_awaited(S) ? CSP_HOST_WAITS : CSP_HOST_BLOCKED;
}

void csp_host_end(csp_scheduler *S)
{
    if (S->world->jobs.threads)
        S->world->jobs.end(S);
}

void csp_host_clock(csp_scheduler *S, int64_t now)
{
    S->world->virtual_time = true;
    S->world->clock = now;
}

int64_t csp_host_deadline(csp_scheduler *S)
{
    return csp_timer_next(S);
}

bool csp_host_send(csp_scheduler *S, csp_channel *c, const void *message, size_t size)
{
    return csp_channel_meet(S, c, CSP_SENDING, (void *)message, size);
}

bool csp_host_receive(csp_scheduler *S, csp_channel *c, void *message, size_t size)
{
    return csp_channel_meet(S, c, CSP_RECEIVING, message, size);
}

void csp_host_on_leave(csp_scheduler *S, void (*leave)(void *context, int status), void *context)
{
    S->world->leave = leave;
    S->world->leave_context = context;
}
