/* idle: the clock, and the events from outside: instants that come, input, room for output, blocking calls that return.
 *
 * While nothing is runnable, csp_idle waits for them. While something is, a process of the runtime's own, `watch`, stands
 * in the run queue as long as there is anything to look at, and looks each so many turns; where there is nothing it
 * costs nothing. How many turns follows from how long they took, so that events are seen within a fraction of a
 * millisecond and looking costs next to nothing.
 *
 * Under virtual time nothing comes by itself: input is read when somebody asks for it, and the clock stands still while
 * anything is runnable or a blocking call is under way, then jumps to the next deadline. So runs repeat exactly. */
#include "port.h"
#include "world.h"

enum { LOOK_SELDOM = 4096, LOOK_SOON = 20000, LOOK_LATE = 100000, FLUSH_LATE = 10000000 /* nanoseconds */ };

int64_t csp_now(csp_scheduler *S)
{
    return S->world->virtual_time ? S->world->clock : csp_port_clock() - S->world->clock;
}

/* ---- while processes run ---- */

static bool something_to_watch(csp_scheduler *S)
{
    struct csp_world *w = S->world;
    return csp_timers_any(&w->timers) || w->jobs.under_way || w->input.asked || csp_stream_awaited(S) || w->output.whole > w->output.sent
        || w->errors.whole > w->errors.sent;
}

static void look(csp_scheduler *S)
{
    struct csp_world *w = S->world;
    int64_t now = csp_now(S);
    csp_timer_fire(S, now);
    if (w->jobs.under_way)
        w->jobs.come_back(S, false);
    if (w->input.asked || csp_stream_awaited(S) || now - w->flushed > FLUSH_LATE) {
        csp_stream_poll(S, 0);
        w->flushed = now;
    }
    if (now - w->looked > LOOK_LATE && w->look_every > 1)
        w->look_every /= 2;
    else if (now - w->looked < LOOK_SOON && w->look_every < LOOK_SELDOM)
        w->look_every *= 2;
    w->look_in = w->look_every;
    w->looked = now;
}

static void watch_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    if (--S->world->look_in == 0)
        CSP_OUT(look(S));
    if (csp_head && something_to_watch(S))
        CSP_READY(&self->node);
    else
        S->world->watching = false;
    CSP_GO_ON();
}

void csp_watch(csp_scheduler *S)
{
    struct csp_world *w = S->world;
    if (w->watching || w->virtual_time)
        return;
    w->watching = w->begins_to_watch = true;
    S->attention = 1;
}

void csp_attend(csp_scheduler *S)
{
    struct csp_world *w = S->world;
    S->attention = 0;
    csp_live_answer(S);
    if (!w->begins_to_watch)
        return;
    w->begins_to_watch = false;
    if (!w->look_in)
        w->look_in = w->look_every = 1;
    csp_begin(&w->watch, watch_step, NULL);
    csp_ready(S, &w->watch);
}

/* ---- while none can ---- */

/* Timers are left only by processes that wait for them, so firing them makes some process runnable. */
static bool jump(csp_scheduler *S)
{
    struct csp_jobs *jobs = &S->world->jobs;
    csp_stream_flush(S);
    if (jobs->under_way)
        jobs->come_back(S, true);
    if (S->first)
        return true;
    int64_t next = csp_timer_next(S);
    if (next == INT64_MAX)
        return false;
    csp_live_still(S, next - S->world->clock);
    S->world->clock = next;
    csp_timer_fire(S, S->world->clock);
    return true;
}

bool csp_idle(csp_scheduler *S)
{
    S->world->has_told = false;
    csp_live_answer(S);
    if (S->world->virtual_time)
        return jump(S);
    struct csp_jobs *jobs = &S->world->jobs;
    int64_t since = csp_now(S);
    while (!S->first) {
        int64_t now = csp_now(S);
        csp_live_answer(S);
        csp_live_still(S, now - since);
        csp_timer_fire(S, now);
        if (jobs->under_way)
            jobs->come_back(S, false);
        if (S->first)
            break;
        int64_t next = csp_timer_next(S);
        if (next == INT64_MAX && !jobs->under_way && !csp_stream_awaited(S)) {
            csp_stream_flush(S);
            return false;
        }
        csp_stream_poll(S, csp_live_timeout(S, now - since, next == INT64_MAX ? -1 : next - now));
        S->world->flushed = now;
    }
    csp_watch(S);
    return true;
}
