#ifndef WAITING_H
#define WAITING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

static pthread_mutex_t waiting_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t waiting_news = PTHREAD_COND_INITIALIZER;
static int waiting_met;
static bool waiting_free;

static inline int nap(int milliseconds)
{
    usleep((useconds_t)milliseconds * 1000);
    return milliseconds;
}

/* Returns when somebody else has called it, too. */
static inline void meet(void)
{
    pthread_mutex_lock(&waiting_lock);
    waiting_met++;
    pthread_cond_broadcast(&waiting_news);
    while (waiting_met % 2 != 0)
        pthread_cond_wait(&waiting_news, &waiting_lock);
    pthread_mutex_unlock(&waiting_lock);
}

/* Blocks until somebody calls let_go. */
static inline int held(int n)
{
    pthread_mutex_lock(&waiting_lock);
    while (!waiting_free)
        pthread_cond_wait(&waiting_news, &waiting_lock);
    pthread_mutex_unlock(&waiting_lock);
    return n;
}

static inline void let_go(void)
{
    pthread_mutex_lock(&waiting_lock);
    waiting_free = true;
    pthread_cond_broadcast(&waiting_news);
    pthread_mutex_unlock(&waiting_lock);
}

static inline size_t most(void)
{
    return (size_t)-1;
}

#endif
