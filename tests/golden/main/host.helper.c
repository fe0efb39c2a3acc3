#include "csp_host.h"

#include <stdio.h>

extern const csp_program host_program;

struct point {
    int32_t x, y;
};

static _Alignas(64) char memory[300 * 1024];

static void receive_all(csp_scheduler *S, csp_channel *out)
{
    csp_host_run(S);
    for (struct point p; csp_host_receive(S, out, &p, sizeof p); csp_host_run(S))
        printf("host: %d %d\n", (int)p.x, (int)p.y);
}

int main(void)
{
    if (csp_host_create(memory, 64, &host_program, true))
        return 1;
    csp_scheduler *S = csp_host_create(memory, sizeof memory, &host_program, true);
    csp_host_main(S);
    if (!csp_host_argument(S, "name", "Ada") || !csp_host_argument(S, "factor", "10"))
        return 2;
    if (csp_host_argument(S, "factor", "ten") || csp_host_argument(S, "in", "1") || csp_host_argument(S, "nobody", "1"))
        return 3;
    if (csp_host_channel(S, "name") || csp_host_channel(S, "nobody") || csp_host_channel(S, "stdin"))
        return 4;
    csp_channel *in = csp_host_channel(S, "in"), *out = csp_host_channel(S, "out");
    csp_host_run(S);
    csp_end giver;
    if (csp_host_send(S, in, &(struct point){0, 0}, sizeof(struct point)) ||
        !csp_host_receive(S, csp_host_channel(S, "givers"), &giver, sizeof giver))
        return 5;
    csp_host_run(S);
    csp_host_send(S, csp_channel_of(S, giver), &(struct point){7, 7}, sizeof(struct point));
    receive_all(S, out);
    csp_host_clock(S, csp_host_deadline(S));
    receive_all(S, out);
    for (int32_t i = 3; i <= 4; i++) {
        struct point p = {i, i + 1};
        if (!csp_host_send(S, in, &p, sizeof p))
            return 6;
        receive_all(S, out);
    }
    fflush(stdout);
    csp_close(S, in);
    return csp_host_run(S) == CSP_HOST_ENDED ? 0 : 7;
}
