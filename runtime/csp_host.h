/* csp_host: for a C program that runs a compiled one inside itself and owns the loop. csp_main is such a program.
 *
 *     csp_scheduler *S = csp_host_create(memory, sizeof memory, &program, false);
 *     csp_host_main(S);
 *     while (csp_host_run(S) != CSP_HOST_ENDED)
 *         … sleep until csp_host_deadline(S), or hand in an event with csp_host_send …
 *
 * Nothing is global: a program can have many schedulers, each used by one thread at a time. */
#ifndef CSP_HOST_H
#define CSP_HOST_H

#include "csp.h"

enum csp_host_state {
    CSP_HOST_ENDED,  /* main has */
    CSP_HOST_WAITS,  /* for an instant, a stream of the system, or a blocking call */
    CSP_HOST_BLOCKED /* only an event from the host can make it go on */
};

/* A scheduler in memory that is zero-filled, aligned for any type, and holds all that the program ever takes; NULL where
 * it is too small (the buffers of the streams alone take 200 KB). */
csp_scheduler *csp_host_create(void *memory, size_t size, const csp_program *program, bool virtual_time);

/* Makes main's process. Returns its frame, for the caller to set its parameters before the first csp_host_run; what the
 * program calls stdin, stdout and stderr is connected. */
void *csp_host_main(csp_scheduler *S);

/* Runs all that can run, and moves what the streams take and give without blocking. */
enum csp_host_state csp_host_run(csp_scheduler *S);

/* Before the memory of a scheduler is used otherwise, of one whose program calls blocking functions and has not ended:
 * waits for those under way, and ends the threads. csp_host_run does so when main has ended. */
void csp_host_end(csp_scheduler *S);

/* The next instant that somebody waits for, on the clock of csp_now; INT64_MAX: none. */
int64_t csp_host_deadline(csp_scheduler *S);

/* Hands a message to a process that waits for it, or takes one from a process that waits to send; false: none waits. */
bool csp_host_send(csp_scheduler *S, csp_channel *c, const void *message, size_t size);
bool csp_host_receive(csp_scheduler *S, csp_channel *c, void *message, size_t size);

/* What to do in place of exit when the program has failed. It must not return: longjmp. Blocking calls under
 * way are waited for first. The scheduler is of no use afterwards; its memory is the host's again. */
void csp_host_on_leave(csp_scheduler *S, void (*leave)(void *context, int status), void *context);

#endif
