/* A C program that runs inside.csp inside itself. */
#include "csp_host.h"

static _Alignas(16) unsigned char memory[1 << 20];
extern const csp_program inside_program;

int main(void)
{
    csp_scheduler *S = csp_host_create(memory, sizeof memory, &inside_program, false);
    if (!S)
        return 1;
    csp_host_main(S);
    return csp_host_run(S) == CSP_HOST_ENDED ? 0 : 1;
}
