/* main: runs a whole program as a process of the operating system. Called by the generated main function. */
#include "csp_host.h"
#include "port.h"
#include "world.h"

enum { STATUS_ARGUMENTS = 2, STATUS_DEADLOCK = 3 };

static int say(int descriptor, const char *text, int status)
{
    csp_port_write(descriptor, text, strlen(text));
    return status;
}

/* Runs main to its end; false: everything waits for ever. */
static bool run(csp_scheduler *S)
{
    for (;;) {
        csp_run(S);
        if (S->world->ended)
            return true;
        if (!csp_idle(S))
            return false;
    }
}

int csp_main(const csp_program *program, int argc, char **argv)
{
    char message[1024];
    struct csp_options options = {.watch = 0};
    size_t size;
    void *memory = csp_port_reserve(&size);
    csp_scheduler *S = memory ? csp_host_create(memory, size, program, false) : NULL;
    if (!S)
        return say(CSP_STDERR, "error: out of memory\n", 1);
    void *frame = csp_host_main(S);
    if (!csp_arguments_read(program, argc, argv, frame, &options, message, sizeof message))
        return say(CSP_STDERR, message, STATUS_ARGUMENTS);
    if (options.help) {
        csp_arguments_usage(program, message, sizeof message);
        return say(CSP_STDOUT, message, 0);
    }
    if (options.virtual_time) {
        S->world->virtual_time = true;
        S->world->clock = 0;
    }
    S->world->watch_after = options.watch;
    csp_port_on_quit(csp_live_ask, S);
    if (options.trace)
        csp_trace_begin(S, options.trace);
    bool ended = run(S);
    csp_stream_flush(S);
    if (!S->world->jobs.under_way)
        csp_host_end(S);
    csp_trace_end(S, ended ? "main" : "a deadlock");
    if (ended)
        return 0;
    csp_report_deadlock(S);
    csp_leave(S, STATUS_DEADLOCK);
}
