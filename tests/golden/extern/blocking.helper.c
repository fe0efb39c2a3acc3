#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include "slow.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

struct port {
    char name[8];
};

static port ports[] = {{"zero"}, {"one"}, {"two"}};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;
static int met;
static bool is_free;

port *port_of(int number)
{
    return &ports[number];
}

int slow_add(int a, int b)
{
    usleep(2000);
    return a + b;
}

bool slow_is_even(int n)
{
    usleep(1000);
    return n % 2 == 0;
}

size_t slow_read(port *p, char *bytes, size_t length)
{
    usleep(1000);
    size_t n = strlen(p->name);
    memcpy(bytes, p->name, n < length ? n : length);
    return n;
}

const char *slow_name(const port *p)
{
    usleep(1000);
    return p ? p->name : NULL;
}

double slow_mean(const double *values, int length)
{
    double sum = 0;
    for (int i = 0; i < length; i++)
        sum += values[i];
    return sum / length;
}

void slow_sort(int *values, int length, int *swaps)
{
    *swaps = 0;
    for (int i = 0; i < length; i++)
        for (int j = i + 1; j < length; j++)
            if (values[j] < values[i]) {
                int other = values[i];
                values[i] = values[j];
                values[j] = other;
                ++*swaps;
            }
}

port *slow_open(const char *name)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(ports[i].name, name) == 0)
            return &ports[i];
    return NULL;
}

void slow_nothing(void)
{
    usleep(1000);
}

size_t slow_large(void)
{
    return (size_t)-1;
}

long slow_trace(const int rows[][2], int count, const char *job, int result)
{
    long sum = (long)strlen(job) + result;
    for (int i = 0; i < count; i++)
        sum += rows[i][i];
    return sum;
}

void meet(void)
{
    pthread_mutex_lock(&lock);
    met++;
    pthread_cond_broadcast(&news);
    while (met % 2 != 0)
        pthread_cond_wait(&news, &lock);
    pthread_mutex_unlock(&lock);
}

int held(int n)
{
    pthread_mutex_lock(&lock);
    while (!is_free)
        pthread_cond_wait(&news, &lock);
    pthread_mutex_unlock(&lock);
    return n;
}

void let_go(void)
{
    pthread_mutex_lock(&lock);
    is_free = true;
    pthread_cond_broadcast(&news);
    pthread_mutex_unlock(&lock);
}
