/* The benches with POSIX threads: a rendezvous is a mutex and three condition variables. The name of the program says
 * which, NAME or NAME.SIZE; the argument is the count. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sender puts its message down where there is room, and waits until it is taken. Channels of an alt share the mutex and
 * `arrived`. */
struct channel {
    pthread_mutex_t *mutex;
    pthread_cond_t *arrived, room, taken;
    enum { EMPTY, FULL, TAKEN } state;
    int message;
};

/* All that is needed, for one that takes part in an alt together with others or for one alone. */
struct meeting {
    pthread_mutex_t mutex;
    pthread_cond_t arrived;
};

static void *take(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (!memory)
        exit(1);
    return memory;
}

static struct meeting *new_meeting(void)
{
    struct meeting *m = take(1, sizeof *m);
    pthread_mutex_init(&m->mutex, NULL);
    pthread_cond_init(&m->arrived, NULL);
    return m;
}

static void begin(struct channel *c, struct meeting *m)
{
    c->mutex = &m->mutex;
    c->arrived = &m->arrived;
    pthread_cond_init(&c->room, NULL);
    pthread_cond_init(&c->taken, NULL);
}

static struct channel *channels(int count)
{
    struct channel *c = take((size_t)count, sizeof *c);
    for (int i = 0; i < count; i++)
        begin(&c[i], new_meeting());
    return c;
}

static void put(struct channel *c, int message)
{
    pthread_mutex_lock(c->mutex);
    while (c->state != EMPTY)
        pthread_cond_wait(&c->room, c->mutex);
    c->state = FULL;
    c->message = message;
    pthread_cond_signal(c->arrived);
    while (c->state != TAKEN)
        pthread_cond_wait(&c->taken, c->mutex);
    c->state = EMPTY;
    pthread_cond_signal(&c->room);
    pthread_mutex_unlock(c->mutex);
}

static int taken_from(struct channel *c)
{
    c->state = TAKEN;
    pthread_cond_signal(&c->taken);
    return c->message;
}

static int get(struct channel *c)
{
    pthread_mutex_lock(c->mutex);
    while (c->state != FULL)
        pthread_cond_wait(c->arrived, c->mutex);
    int message = taken_from(c);
    pthread_mutex_unlock(c->mutex);
    return message;
}

/* From any of several, beginning behind the one that was taken last. */
static int get_any(struct channel *c, int count, int *next)
{
    int i = *next, looked = 0;
    pthread_mutex_lock(c->mutex);
    while (c[i].state != FULL) {
        i = (i + 1) % count;
        if (++looked % count == 0)
            pthread_cond_wait(c->arrived, c->mutex);
    }
    *next = (i + 1) % count;
    int message = taken_from(&c[i]);
    pthread_mutex_unlock(c->mutex);
    return message;
}

/* ---- processes ---- */

struct process {
    struct channel *in, *out, *out2;
    int n;
};

static pthread_t start(void *(*body)(void *), struct process *p)
{
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 64 * 1024);
    if (pthread_create(&thread, &attributes, body, p) != 0) {
        fprintf(stderr, "no more threads\n");
        exit(1);
    }
    pthread_attr_destroy(&attributes);
    return thread;
}

static struct process *process(struct channel *in, struct channel *out, struct channel *out2, int n)
{
    struct process *p = take(1, sizeof *p);
    *p = (struct process){in, out, out2, n};
    return p;
}

static void *prefix(void *self)
{
    struct process *p = self;
    put(p->out, p->n);
    for (;;)
        put(p->out, get(p->in));
    return NULL;
}

static void *delta(void *self)
{
    struct process *p = self;
    for (;;) {
        int x = get(p->in);
        put(p->out, x);
        put(p->out2, x);
    }
    return NULL;
}

static void *send_once(void *self)
{
    struct process *p = self;
    put(p->out, p->n);
    return NULL;
}

static void *par_delta(void *self)
{
    struct process *p = self, left = {NULL, p->out, NULL, 0}, right = {NULL, p->out2, NULL, 0};
    for (;;) {
        left.n = right.n = get(p->in);
        pthread_t a = start(send_once, &left), b = start(send_once, &right);
        pthread_join(a, NULL);
        pthread_join(b, NULL);
    }
    return NULL;
}

static void *succ(void *self)
{
    struct process *p = self;
    for (;;)
        put(p->out, get(p->in) + 1);
    return NULL;
}

static void *producer(void *self)
{
    struct process *p = self;
    for (int i = 0; i < p->n; i++)
        put(p->out, i);
    return NULL;
}

static void *for_ever(void *self)
{
    struct process *p = self;
    for (;;)
        put(p->out, 1);
    return NULL;
}

static void *nothing(void *self)
{
    return self;
}

/* ---- the benches ---- */

static long long consume(struct channel *in, int n)
{
    long long sum = 0;
    for (int i = 0; i < n; i++)
        sum += get(in);
    return sum;
}

static long long commstime(int n, void *(*delta)(void *))
{
    struct channel *c = channels(4);
    start(prefix, process(&c[2], &c[0], NULL, 0));
    start(delta, process(&c[0], &c[1], &c[3], 0));
    start(succ, process(&c[1], &c[2], NULL, 0));
    return consume(&c[3], n);
}

static long long prodcons(int n)
{
    struct channel *c = channels(1);
    start(producer, process(NULL, c, NULL, n));
    return consume(c, n);
}

static long long ring(int n, int size)
{
    struct channel *c = channels(size);
    for (int i = 1; i < size; i++)
        start(succ, process(&c[i - 1], &c[i], NULL, 0));
    int token = 0;
    for (int i = 0; i < n; i++) {
        put(&c[0], token + 1);
        token = get(&c[size - 1]);
    }
    return token;
}

static long long alt_all(int n, int size)
{
    struct channel *c = take((size_t)size, sizeof *c);
    struct meeting *all = new_meeting();
    int next = 0;
    long long sum = 0;
    for (int i = 0; i < size; i++)
        begin(&c[i], all);
    for (int i = 0; i < size; i++)
        start(for_ever, process(NULL, &c[i], NULL, 0));
    for (int i = 0; i < n; i++)
        sum += get_any(c, size, &next);
    return sum;
}

static long long spawn_each(int n)
{
    for (int i = 0; i < n; i++)
        pthread_join(start(nothing, NULL), NULL);
    return n;
}

static long long run(const char *name, int n, int size)
{
    return strcmp(name, "commstime") == 0    ? commstime(n, delta)
           : strcmp(name, "pardelta") == 0   ? commstime(n, par_delta)
           : strcmp(name, "prodcons") == 0   ? prodcons(n)
           : strcmp(name, "ring") == 0       ? ring(n, size)
           : strcmp(name, "alt_all") == 0    ? alt_all(n, size)
           : strcmp(name, "spawn_each") == 0 ? spawn_each(n)
                                             : -1;
}

int main(int argc, char **argv)
{
    char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0], *dot = strchr(name, '.');
    if (argc != 2)
        return 2;
    if (dot)
        *dot = '\0';
    printf("%lld\n", run(name, atoi(argv[1]), dot ? atoi(dot + 1) : 0));
    exit(0); /* with all threads that wait for ever */
}
