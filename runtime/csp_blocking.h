/* csp_blocking: calls of C functions that block, on another thread while the other processes go on (language.md § 9).
 * Included by csp.h.
 *
 * The job lies in the frame of the process that waits for it. Only `run` happens on the other thread, and it touches
 * nothing but `data`; the scheduler looks at the job again when it is done. Under virtual time jobs come back in the
 * order in which they were begun, when nothing else can run, so that runs repeat. */
#ifndef CSP_BLOCKING_H
#define CSP_BLOCKING_H

#include "csp.h"

typedef struct csp_job {
    struct csp_job *next;   /* of the port's queues */
    csp_process *process;
    void (*run)(void *data);
    void *data;
    int done;               /* of the port */
} csp_job;

/* The process must CSP_WAIT; it is made runnable when run(data) has returned. */
void csp_block(csp_scheduler *S, csp_process *self, csp_job *job, void (*run)(void *data), void *data);

#endif
