/* commstime_reference: what hand-written C reaches on commstime with sequential delta: stackless processes, synchronous
 * channels that any process may use, one FIFO run queue. Two forms:
 *
 *     one function    all processes in one function, a switch of process is a computed goto, the ends of the run queue
 *                     are local variables
 *     trampoline      a function per process, which a loop calls
 *
 * In both the second to come copies the message and goes on; the first is appended to the run queue. Frames are reached
 * by pointer, as where the same code serves many processes. Prints nanoseconds a communication, one form a line. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct frame;
struct channel {
    struct frame *first, *last; /* who waits, all to send or all to receive */
    int sending;
};

/* One shape for all, so that both forms are the same but for how they switch. */
struct frame {
    struct frame *next;
    void *resume; /* one function: the label */
    void (*step)(struct frame *self);
    int point;    /* trampoline: the resume point */
    int x, n;
    struct channel *in, *out1, *out2;
};

/* ---- one function ---- */

#define READY(p)                                                                                                       \
    do {                                                                                                               \
        (p)->next = NULL;                                                                                              \
        if (head)                                                                                                      \
            tail->next = (p);                                                                                          \
        else                                                                                                           \
            head = (p);                                                                                                \
        tail = (p);                                                                                                    \
    } while (0)

#define WAIT(c, is_sending, label)                                                                                     \
    do {                                                                                                               \
        self->next = NULL;                                                                                             \
        if ((c)->first)                                                                                                \
            (c)->last->next = self;                                                                                    \
        else                                                                                                           \
            (c)->first = self;                                                                                         \
        (c)->last = self;                                                                                              \
        (c)->sending = is_sending;                                                                                     \
        self->resume = &&label;                                                                                        \
        self = head;                                                                                                   \
        head = self->next;                                                                                             \
        goto *self->resume;                                                                                            \
    } while (0)

#define SEND(c, label)                                                                                                 \
    do {                                                                                                               \
        struct frame *other = (c)->first;                                                                              \
        if (!other || (c)->sending)                                                                                    \
            WAIT(c, 1, label);                                                                                         \
        (c)->first = other->next;                                                                                      \
        other->x = self->x;                                                                                            \
        READY(other);                                                                                                  \
    label:;                                                                                                            \
    } while (0)

#define RECEIVE(c, label)                                                                                              \
    do {                                                                                                               \
        struct frame *other = (c)->first;                                                                              \
        if (!other || !(c)->sending)                                                                                   \
            WAIT(c, 0, label);                                                                                         \
        (c)->first = other->next;                                                                                      \
        self->x = other->x;                                                                                            \
        READY(other);                                                                                                  \
    label:;                                                                                                            \
    } while (0)

static void connect(struct frame f[4], struct channel c[4], int n)
{
    memset(f, 0, 4 * sizeof *f);
    memset(c, 0, 4 * sizeof *c);
    f[0].in = &c[2], f[0].out1 = &c[0];
    f[1].in = &c[0], f[1].out1 = &c[1], f[1].out2 = &c[3];
    f[2].in = &c[1], f[2].out1 = &c[2];
    f[3].in = &c[3], f[3].n = n;
}

static __attribute__((noinline)) double one_function(struct frame f[4], struct channel c[4], int n)
{
    struct frame *head = NULL, *tail = NULL, *self;
    void *labels[] = {&&prefix, &&seq_delta, &&succ, &&consumer};
    int64_t start = now();
    connect(f, c, n);
    for (int i = 0; i < 4; i++) {
        f[i].resume = labels[i];
        READY(&f[i]);
    }
    self = head;
    head = self->next;
    goto *self->resume;

prefix:
    self->x = 0;
    SEND(self->out1, sent_first);
    for (;;) {
        RECEIVE(self->in, prefix_received);
        SEND(self->out1, prefix_sent);
    }
seq_delta:
    for (;;) {
        RECEIVE(self->in, delta_received);
        SEND(self->out1, delta_sent_1);
        SEND(self->out2, delta_sent_2);
    }
succ:
    for (;;) {
        RECEIVE(self->in, succ_received);
        self->x++;
        SEND(self->out1, succ_sent);
    }
consumer:
    while (self->n--)
        RECEIVE(self->in, consumed);
    return (double)(now() - start) / (4.0 * n);
}

/* ---- trampoline ---- */

static struct frame *head, *tail;
static int running;

static int wait_in(struct channel *c, struct frame *self, int sending, int point)
{
    self->next = NULL;
    if (c->first)
        c->last->next = self;
    else
        c->first = self;
    c->last = self;
    c->sending = sending;
    self->point = point;
    return 0;
}

static inline int send(struct channel *c, struct frame *self, int point)
{
    struct frame *other = c->first;
    if (!other || c->sending)
        return wait_in(c, self, 1, point);
    c->first = other->next;
    other->x = self->x;
    READY(other);
    return 1;
}

static inline int receive(struct channel *c, struct frame *self, int point)
{
    struct frame *other = c->first;
    if (!other || !c->sending)
        return wait_in(c, self, 0, point);
    c->first = other->next;
    self->x = other->x;
    READY(other);
    return 1;
}

static void prefix_step(struct frame *self)
{
    switch (self->point) {
    case 1: goto sent_first;
    case 2: goto received;
    case 3: goto sent;
    }
    self->x = 0;
    if (!send(self->out1, self, 1))
        return;
sent_first:
    for (;;) {
        if (!receive(self->in, self, 2))
            return;
received:
        if (!send(self->out1, self, 3))
            return;
sent:;
    }
}

static void seq_delta_step(struct frame *self)
{
    switch (self->point) {
    case 1: goto received;
    case 2: goto sent_1;
    case 3: goto sent_2;
    }
    for (;;) {
        if (!receive(self->in, self, 1))
            return;
received:
        if (!send(self->out1, self, 2))
            return;
sent_1:
        if (!send(self->out2, self, 3))
            return;
sent_2:;
    }
}

static void succ_step(struct frame *self)
{
    switch (self->point) {
    case 1: goto received;
    case 2: goto sent;
    }
    for (;;) {
        if (!receive(self->in, self, 1))
            return;
received:
        self->x++;
        if (!send(self->out1, self, 2))
            return;
sent:;
    }
}

static void consumer_step(struct frame *self)
{
    switch (self->point) {
    case 1: goto received;
    }
    while (self->n--) {
        if (!receive(self->in, self, 1))
            return;
received:;
    }
    running = 0;
}

static double trampoline(struct frame f[4], struct channel c[4], int n)
{
    static void (*const steps[])(struct frame *) = {prefix_step, seq_delta_step, succ_step, consumer_step};
    int64_t start = now();
    connect(f, c, n);
    head = tail = NULL;
    for (int i = 0; i < 4; i++) {
        f[i].step = steps[i];
        READY(&f[i]);
    }
    for (running = 1; running;) {
        struct frame *self = head;
        head = self->next;
        self->step(self);
    }
    return (double)(now() - start) / (4.0 * n);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 10000000;
    struct frame *f = malloc(4 * sizeof *f);
    struct channel *c = malloc(4 * sizeof *c);
    if (!f || !c)
        return 1;
    printf("%.3f\n", one_function(f, c, n));
    printf("%.3f\n", trampoline(f, c, n));
    free(f);
    free(c);
    return 0;
}
