/* hand: what hand-written C reaches: stackless processes, synchronous channels that any process may use, one FIFO run
 * queue. Each program is compiled in two forms:
 *
 *     one function    all processes in one function, a switch of process is a computed goto, the ends of the run queue
 *                     are local variables
 *     trampoline      a function per process, which a loop calls (with HAND_TRAMPOLINE)
 *
 * In both the second to come copies the message and goes on; the first is appended to the run queue. Frames are reached
 * by pointer, as where the same code serves many processes. A program defines what its frames hold besides (HAND_FIELDS:
 * `x` is the message) and includes this; then come
 *
 *     PROCESSES(P(first) P(other))     the names of all processes
 *     PROCESS(first) … END             one for each; `first` begins, and ends the program with STOP
 *     END_PROCESSES
 *
 * In a process `self` is its frame, all else is lost where it waits. hand_count is the argument, SIZE what a program is
 * compiled for. Needs GNU C. */
#ifndef HAND_H
#define HAND_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#if __GNUC__ >= 12 && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wdangling-pointer" /* a label is none */
#endif

struct frame {
    struct frame *next;
    void *resume; /* the label where it goes on */
#ifdef HAND_TRAMPOLINE
    void (*step)(struct frame *self);
#endif
    HAND_FIELDS
};

struct channel {
    struct frame *first, *last; /* who waits, all to send or all to receive */
    int sending;
};

static int hand_count;

#ifndef SIZE
#define SIZE 1
#endif

/* ---- memory, filled with 0 ---- */

static inline void *hand_take(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (!memory)
        exit(1);
    return memory;
}

static struct frame *hand_spare; /* frames that were given back, and of each chunk those not yet taken */

static inline struct frame *hand_frame(void)
{
    enum { CHUNK = 1024 };
    if (!hand_spare) {
        struct frame *chunk = hand_take(CHUNK, sizeof *chunk);
        for (int i = 0; i < CHUNK; i++) {
            chunk[i].next = hand_spare;
            hand_spare = &chunk[i];
        }
    }
    struct frame *f = hand_spare;
    hand_spare = f->next;
    return f;
}

static inline void hand_give(struct frame *f)
{
    f->next = hand_spare;
    hand_spare = f;
}

/* ---- the two forms ----
 * BEGIN: the process is to begin at its beginning. SWITCH: go on with the next process. RUN: with this one. */

#ifdef __clang__
#define HAND_FUNCTION static __attribute__((noinline, unused)) void
#else
#define HAND_FUNCTION static __attribute__((noinline, noclone, unused)) void /* for its labels to be where they are */
#endif
HAND_FUNCTION hand_run(struct frame *self);

#ifdef HAND_TRAMPOLINE
static struct frame *head, *tail;
static bool hand_running;
#define P(name) HAND_FUNCTION name(struct frame *self);
#define PROCESSES(names) names
#define PROCESS(name)                                                                                                  \
    HAND_FUNCTION name(struct frame *self)                                                                             \
    {                                                                                                                  \
        void *resume = self->resume ? self->resume : &&beginning;                                                      \
        goto *resume;                                                                                                  \
    beginning:;
#define END                                                                                                            \
    SWITCH();                                                                                                          \
    }
#define END_PROCESSES
#define BEGIN(p, name) ((p)->step = name, (p)->resume = NULL)
#define SWITCH() return
#define RUN(p)                                                                                                         \
    do {                                                                                                               \
        struct frame *to = (p);                                                                                        \
        if (!head)                                                                                                     \
            tail = to;                                                                                                 \
        to->next = head;                                                                                               \
        head = to;                                                                                                     \
        return;                                                                                                        \
    } while (0)
#define STOP()                                                                                                         \
    do {                                                                                                               \
        hand_running = false;                                                                                          \
        return;                                                                                                        \
    } while (0)
#else
#define PROCESSES(names)                                                                                               \
    HAND_FUNCTION hand_run(struct frame *self)                                                                         \
    {                                                                                                                  \
        struct frame *head = NULL, *tail = NULL;                                                                       \
        goto first;
#define PROCESS(name)                                                                                                  \
    name:                                                                                                              \
    __attribute__((unused));                                                                                           \
    {
#define END                                                                                                            \
    SWITCH();                                                                                                          \
    }
#define END_PROCESSES }
#define BEGIN(p, name) ((p)->resume = &&name)
#define SWITCH()                                                                                                       \
    do {                                                                                                               \
        self = head;                                                                                                   \
        head = self->next;                                                                                             \
        goto *self->resume;                                                                                            \
    } while (0)
#define RUN(p)                                                                                                         \
    do {                                                                                                               \
        self = (p);                                                                                                    \
        goto *self->resume;                                                                                            \
    } while (0)
#define STOP() return
#endif

/* ---- processes ---- */

#define READY(p)                                                                                                       \
    do {                                                                                                               \
        struct frame *one = (p);                                                                                       \
        one->next = NULL;                                                                                              \
        if (head)                                                                                                      \
            tail->next = one;                                                                                          \
        else                                                                                                           \
            head = one;                                                                                                \
        tail = one;                                                                                                    \
    } while (0)

#define START(p, name)                                                                                                 \
    do {                                                                                                               \
        BEGIN(p, name);                                                                                                \
        READY(p);                                                                                                      \
    } while (0)

#define WAIT()                                                                                                         \
    do {                                                                                                               \
        __label__ resumed;                                                                                             \
        self->resume = &&resumed;                                                                                      \
        SWITCH();                                                                                                      \
    resumed:;                                                                                                          \
    } while (0)

#define YIELD()                                                                                                        \
    do {                                                                                                               \
        READY(self);                                                                                                   \
        WAIT();                                                                                                        \
    } while (0)

/* The process has ended; the last of its parent's `children` makes that go on. */
#define LEAVE_TO(the_parent)                                                                                           \
    do {                                                                                                               \
        struct frame *up = (the_parent);                                                                               \
        if (--up->children == 0)                                                                                       \
            RUN(up);                                                                                                   \
        SWITCH();                                                                                                      \
    } while (0)

/* ---- communication ---- */

#define QUEUE(c, is_sending)                                                                                           \
    do {                                                                                                               \
        self->next = NULL;                                                                                             \
        if ((c)->first)                                                                                                \
            (c)->last->next = self;                                                                                    \
        else                                                                                                           \
            (c)->first = self;                                                                                         \
        (c)->last = self;                                                                                              \
        (c)->sending = is_sending;                                                                                     \
    } while (0)

#define COMMUNICATE(c, is_sending, copy)                                                                               \
    do {                                                                                                               \
        __label__ done;                                                                                                \
        struct channel *on = (c);                                                                                      \
        struct frame *other = on->first;                                                                               \
        if (!other || on->sending == is_sending) {                                                                     \
            QUEUE(on, is_sending);                                                                                     \
            self->resume = &&done;                                                                                     \
            SWITCH();                                                                                                  \
        }                                                                                                              \
        on->first = other->next;                                                                                       \
        copy;                                                                                                          \
        READY(other);                                                                                                  \
    done:;                                                                                                             \
    } while (0)

#define SEND(c) COMMUNICATE(c, 1, other->x = self->x)
#define RECEIVE(c) COMMUNICATE(c, 0, self->x = other->x)

int main(int argc, char **argv)
{
    hand_count = argc > 1 ? atoi(argv[1]) : 0;
    hand_run(hand_take(1, sizeof(struct frame)));
    return 0;
}

#ifdef HAND_TRAMPOLINE
P(first)

HAND_FUNCTION hand_run(struct frame *self)
{
    BEGIN(self, first);
    hand_running = true;
    for (;;) {
        self->step(self);
        if (!hand_running)
            return;
        self = head;
        head = self->next;
    }
}
#endif

#endif
