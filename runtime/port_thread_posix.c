/* port_thread_posix: the port's threads for POSIX systems: jobs run beside the scheduler, whose thread hands them over and
 * takes them back.
 *
 * Everything is in one block of memory behind one lock. A byte lies in the pipe exactly while jobs that are done wait to be
 * taken, so that a scheduler asleep in csp_port_wait wakes up. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "csp.h"
#include "port.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/select.h>
#include <unistd.h>

enum { THREADS_MOST = 16 };

struct queue {
    csp_job *first, *last;
};

struct threads {
    pthread_mutex_t lock;
    pthread_cond_t work, news; /* there is something to run, or nothing ever again; a job is done */
    struct queue waiting, done;
    int waiting_count;
    int idle;                  /* threads that run no job */
    int count;
    bool ending;
    int pipe[2];
    pthread_t thread[THREADS_MOST];
};

static void put(struct queue *q, csp_job *job)
{
    job->next = NULL;
    if (q->first)
        q->last->next = job;
    else
        q->first = job;
    q->last = job;
}

/* ---- on the threads ---- */

static void finish(struct threads *t, csp_job *job)
{
    bool first = !t->done.first;
    put(&t->done, job);
    while (first && write(t->pipe[1], "", 1) < 0 && errno == EINTR)
        ;
    pthread_cond_signal(&t->news);
}

/* Called and left with the lock held. */
static void run_next(struct threads *t)
{
    csp_job *job = t->waiting.first;
    t->waiting.first = job->next;
    t->waiting_count--;
    t->idle--;
    pthread_mutex_unlock(&t->lock);
    job->run(job->data);
    pthread_mutex_lock(&t->lock);
    t->idle++;
    finish(t, job);
}

static void *work(void *threads)
{
    struct threads *t = threads;
    pthread_mutex_lock(&t->lock);
    while (!t->ending) {
        if (t->waiting.first)
            run_next(t);
        else
            pthread_cond_wait(&t->work, &t->lock);
    }
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

/* ---- on the scheduler's thread ---- */

size_t csp_port_threads_size(void)
{
    return sizeof(struct threads);
}

/* A copy that pselect knows, and that does not take the place of a standard stream which was closed. -1: none. */
static int move_out_of_the_way(int descriptor)
{
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    close(descriptor);
    if (copy < FD_SETSIZE && (copy < 0 || fcntl(copy, F_SETFL, O_NONBLOCK) == 0))
        return copy;
    close(copy);
    return -1;
}

static int open_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return errno;
    for (int i = 0; i < 2; i++)
        ends[i] = move_out_of_the_way(ends[i]);
    if (ends[0] >= 0 && ends[1] >= 0)
        return 0;
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0)
            close(ends[i]);
    }
    return EMFILE;
}

int csp_port_threads_begin(void *threads, int *wake)
{
    struct threads *t = threads;
    int error = open_pipe(t->pipe);
    if (error)
        return error;
    *wake = t->pipe[0];
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->work, NULL);
    pthread_cond_init(&t->news, NULL);
    return 0;
}

/* Signals are for the threads of the host. */
static int add_thread(struct threads *t)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&t->thread[t->count], NULL, work, t);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error)
        return error;
    t->count++;
    t->idle++;
    return 0;
}

/* Jobs may wait for each other, so none waits for a thread while there can be another thread. */
int csp_port_threads_run(void *threads, csp_job *job)
{
    struct threads *t = threads;
    int error = 0;
    pthread_mutex_lock(&t->lock);
    put(&t->waiting, job);
    if (++t->waiting_count > t->idle && t->count < THREADS_MOST)
        error = add_thread(t);
    bool stuck = error && t->count == 0;
    pthread_cond_signal(&t->work);
    pthread_mutex_unlock(&t->lock);
    return stuck ? error : 0;
}

csp_job *csp_port_threads_done(void *threads, bool wait)
{
    struct threads *t = threads;
    char byte;
    pthread_mutex_lock(&t->lock);
    while (wait && !t->done.first)
        pthread_cond_wait(&t->news, &t->lock);
    csp_job *job = t->done.first;
    t->done.first = NULL;
    while (job && read(t->pipe[0], &byte, 1) < 0 && errno == EINTR)
        ;
    pthread_mutex_unlock(&t->lock);
    return job;
}

void csp_port_threads_end(void *threads)
{
    struct threads *t = threads;
    pthread_mutex_lock(&t->lock);
    t->ending = true;
    pthread_cond_broadcast(&t->work);
    pthread_mutex_unlock(&t->lock);
    for (int i = 0; i < t->count; i++)
        pthread_join(t->thread[i], NULL);
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->work);
    pthread_cond_destroy(&t->news);
    close(t->pipe[0]);
    close(t->pipe[1]);
}
