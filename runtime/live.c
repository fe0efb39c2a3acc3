/* live: where the processes of a running program are, when somebody asks by a signal, or when nothing has moved for as long
 * as --watch says (language.md § 10). Called by main.c and idle.c.
 *
 * A signal may come between any two instructions, while a report needs every process to be at a point. So the handler only
 * asks for the attention of the loop that runs the steps. */
#include "world.h"

static void tell(csp_scheduler *S, const char *why)
{
    csp_report_live(S, why);
    csp_stream_flush(S);
}

void csp_live_answer(csp_scheduler *S)
{
    if (!S->world->is_asked)
        return;
    S->world->is_asked = 0;
    tell(S, "where the processes are");
}

void csp_live_ask(void *scheduler)
{
    csp_scheduler *S = scheduler;
    S->world->is_asked = 1;
    S->attention = 1;
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
