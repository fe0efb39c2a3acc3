/* live: where the processes of a running program are, when somebody asks by a signal, or when nothing has moved for as long
 * as --watch says (language.md § 10). Called by main.c and idle.c.
 *
 * A signal may come between any two instructions, while a report needs every process to be at a point. So the handler only
 * puts a process of the runtime's own in front of the run queue. That is one store to S->first, which the interrupted code
 * may be about to overwrite; then it is lost, and nothing is damaged; so the port comes again until it has been served. */
#include "world.h"

static void tell(csp_scheduler *S, const char *why)
{
    csp_report_live(S, why);
    csp_stream_flush(S);
}

static void asked_step(csp_scheduler *S, csp_process *self)
{
    (void)self;
    csp_live_answer(S);
    CSP_SWITCH_TO(csp_next(S));
}

void csp_live_answer(csp_scheduler *S)
{
    if (!S->world->is_asked)
        return;
    S->world->is_asked = 0;
    tell(S, "where the processes are");
}

static bool is_queued(const csp_scheduler *S, const csp_process *process)
{
    enum { MOST = 1000000 };
    int count = 0;
    for (const csp_node *n = S->first; n && count < MOST; n = n->next, count++)
        if (n == &process->node)
            return true;
    return count == MOST;
}

bool csp_live_ask(void *scheduler, bool again)
{
    csp_scheduler *S = scheduler;
    struct csp_world *w = S->world;
    if (again && !w->is_asked)
        return false;
    w->is_asked = 1;
    if (S->first && !is_queued(S, &w->asked)) {
        csp_begin(&w->asked, asked_step, NULL);
        w->asked.node.next = S->first;
        S->first = &w->asked.node;
    }
    return true;
}

/* ---- --watch ---- */

int64_t csp_live_timeout(const csp_scheduler *S, int64_t still, int64_t timeout)
{
    const struct csp_world *w = S->world;
    bool is_watched = w->watch_after && !w->has_told;
    int64_t left = w->watch_after - still;
    return is_watched && (timeout < 0 || left < timeout) ? left : timeout;
}

void csp_live_still(csp_scheduler *S, int64_t still)
{
    struct csp_world *w = S->world;
    if (!w->watch_after || w->has_told || still < w->watch_after)
        return;
    w->has_told = true;
    tell(S, "nothing has moved for a while");
}
