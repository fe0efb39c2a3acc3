/* blocking: calls that block, on threads of the port (language.md § 9).
 *
 * A job is handed to the port's threads when it begins; those that are done come back through csp_idle and `watch`, like
 * all events from outside. Under virtual time, where runs repeat, they come back one by one in the order in which they
 * were begun: a process that waits for a job stands in no queue, so its node links it into the list of that order, and
 * its message is the job. Programs that never block have none of this linked in: idle.c calls through the world.
 * Called by generated code. */
#include "port.h"
#include "world.h"

static csp_job *job_of(csp_node *n)
{
    return (csp_job *)(void *)((char *)n + n->message);
}

static void append(struct csp_jobs *jobs, csp_process *self, const csp_job *job)
{
    self->node.message = (int32_t)((const char *)job - (const char *)self);
    self->node.next = NULL;
    if (jobs->first)
        jobs->last->next = &self->node;
    else
        jobs->first = &self->node;
    jobs->last = &self->node;
}

static void come_back_in_order(csp_scheduler *S, bool wait)
{
    struct csp_jobs *jobs = &S->world->jobs;
    csp_node *n = jobs->first;
    const csp_job *oldest = job_of(n);
    do {
        for (csp_job *job = csp_port_threads_done(jobs->threads, wait && !oldest->done); job; job = job->next)
            job->done = 1;
    } while (wait && !oldest->done);
    if (!oldest->done)
        return;
    jobs->first = n->next;
    jobs->under_way--;
    csp_ready_node(S, n);
}

static void come_back(csp_scheduler *S, bool wait)
{
    struct csp_jobs *jobs = &S->world->jobs;
    csp_job *next;
    for (csp_job *job = csp_port_threads_done(jobs->threads, wait); job; job = next) {
        next = job->next;
        jobs->under_way--;
        csp_ready(S, job->process);
    }
}

static void end_threads(csp_scheduler *S)
{
    void *threads = S->world->jobs.threads;
    csp_port_threads_end(threads);
    csp_pool_give(S, threads, 1, csp_port_threads_size());
    S->world->jobs = (struct csp_jobs){.threads = NULL};
}

static void begin_threads(csp_scheduler *S)
{
    struct csp_jobs *jobs = &S->world->jobs;
    void *threads = csp_pool_take(S, 0, 1, csp_port_threads_size());
    if (csp_port_threads_begin(threads, &jobs->wake) != 0)
        csp_fail(S, 0, "the system has no means left for blocking calls");
    jobs->threads = threads;
    jobs->come_back = S->world->virtual_time ? come_back_in_order : come_back;
    jobs->end = end_threads;
}

void csp_block(csp_scheduler *S, csp_process *self, csp_job *job, void (*run)(void *data), void *data)
{
    struct csp_jobs *jobs = &S->world->jobs;
    if (!jobs->threads)
        begin_threads(S);
    *job = (csp_job){NULL, self, run, data, 0};
    if (S->world->virtual_time)
        append(jobs, self, job);
    jobs->under_way++;
    if (csp_port_threads_run(jobs->threads, job) != 0)
        csp_fail(S, 0, "the system has no thread left for blocking calls");
    csp_watch(S);
}
