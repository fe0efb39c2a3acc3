/* The C program around doorbell.csp. It needs no operating system: an interrupt would set what next_edge() tells, and
 * instead of jumping to the next instant the loop would sleep until then. */
#include "csp_host.h"

#include <inttypes.h>
#include <stdio.h>

extern const csp_program doorbell_program; /* by the name of the file: doorbell.csp */

static const struct edge {
    int64_t at; /* ms */
    bool down;
} edges[] = {{1000, true}, {1050, false}, {4000, true}, {5200, false}, {8000, true}, {13000, false}};

enum { EDGES = sizeof edges / sizeof edges[0], MS = 1000000 };

/* All that the processes ever take; the buffers of the three standard streams are most of it. */
static _Alignas(64) char memory[256 * 1024];

/* Lets the processes run, and does what they ask for, until all of them wait. */
static bool go_on(csp_scheduler *S, csp_channel *bell)
{
    enum csp_host_state state = csp_host_run(S);
    for (bool on; csp_host_receive(S, bell, &on, sizeof on); state = csp_host_run(S))
        printf("%5" PRId64 " ms: bell %s\n", csp_now(S) / MS, on ? "on" : "off");
    return state != CSP_HOST_ENDED;
}

int main(void)
{
    csp_scheduler *S = csp_host_create(memory, sizeof memory, &doorbell_program, true);
    if (!S)
        return 1;
    csp_host_main(S);
    csp_channel *button = csp_host_channel(S, "button"), *bell = csp_host_channel(S, "bell");
    go_on(S, bell);
    for (int next = 0; next < EDGES; go_on(S, bell)) {
        int64_t edge = edges[next].at * MS, deadline = csp_host_deadline(S);
        csp_host_clock(S, edge < deadline ? edge : deadline);
        if (edge < deadline)
            csp_host_send(S, button, &edges[next++].down, sizeof(bool)); /* lost where nobody waits for it */
    }
    csp_close(S, button);
    while (go_on(S, bell))
        csp_host_clock(S, csp_host_deadline(S));
    return 0;
}
