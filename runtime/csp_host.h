/* csp_host: for a C program that runs a compiled one inside itself and owns the loop. csp_main is such a program.
 *
 *     csp_scheduler *S = csp_host_create(memory, sizeof memory, &program, false);
 *     csp_host_main(S);
 *     csp_channel *events = csp_host_channel(S, "events"); // process main(?int events), compiled with --no-main
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

/* Makes main's process and returns its frame. Its parameters have their defaults, 0 where there is none; what the program
 * calls stdin, stdout and stderr is connected; other ends lead to a channel of their own each, for csp_host_channel. */
void *csp_host_main(csp_scheduler *S);

/* Behind csp_host_main, before the first csp_host_run: gives main's parameter of that name a value, as it would be typed
 * on a command line (a string's text must stay where it is); false: there is no such parameter, or it is no such value. */
bool csp_host_argument(csp_scheduler *S, const char *name, const char *text);

/* The channel behind main's end of that name, whose other end is the host's, for csp_host_send where main receives, for
 * csp_host_receive where it sends, for csp_close and csp_poison; NULL: there is no such end. Behind csp_host_main. */
csp_channel *csp_host_channel(csp_scheduler *S, const char *name);

/* Runs all that can run, and moves what the streams take and give without blocking. */
enum csp_host_state csp_host_run(csp_scheduler *S);

/* Before the memory of a scheduler is used otherwise, of one whose program calls blocking functions and has not ended:
 * waits for those under way, and ends the threads. csp_host_run does so when main has ended. */
void csp_host_end(csp_scheduler *S);

/* From now on the host owns the clock: what csp_now gives is this instant until the next call, which names no earlier
 * one. Processes go on in the next csp_host_run. */
void csp_host_clock(csp_scheduler *S, int64_t now);

/* The next instant that somebody waits for, on the clock of csp_now; INT64_MAX: none. */
int64_t csp_host_deadline(csp_scheduler *S);

/* Hands a message of the channel's type to a process that waits for it, or takes one from a process that waits to send;
 * false: none waits. The process goes on in the next csp_host_run. */
bool csp_host_send(csp_scheduler *S, csp_channel *c, const void *message, size_t size);
bool csp_host_receive(csp_scheduler *S, csp_channel *c, void *message, size_t size);

/* What to do in place of exit when the program has failed. It must not return: longjmp. Blocking calls under
 * way are waited for first. The scheduler is of no use afterwards; its memory is the host's again. */
void csp_host_on_leave(csp_scheduler *S, void (*leave)(void *context, int status), void *context);

#endif
