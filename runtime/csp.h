/* csp: all that a program compiled by cspc needs of its runtime.
 *
 * A process is a frame: a csp_process header, then its parameters and the locals that live across a wait. One function,
 * its step, runs it from its resume point to the next wait. There are no stacks: a step that must wait leaves its frame
 * in a queue and goes to the next runnable process. One scheduler is single-threaded; two schedulers share nothing.
 *
 * The fast paths of generated code are in csp_step.h and csp_check.h, the slow ones in channel.c, alt.c, timer.c, process.c …;
 * what fewer programs need is in the other headers that this one includes at its end. */
#ifndef CSP_H
#define CSP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* How a step goes on with another process: a tail call where the compiler is sure to make one, so that a switch of
 * process is one indirect jump; else back to the loop that called the step. Code of both forms can be linked into one
 * program. Define CSP_TRAMPOLINE to do without tail calls; gcc before 15 needs that at -Og, which never makes them. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(CSP_TRAMPOLINE)
#define CSP_TAIL_CALLS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define CSP_TAIL_CALLS 0
#endif
#endif
#if !defined(CSP_TAIL_CALLS) && defined(__has_attribute)
#if __has_attribute(musttail)
#define CSP_TAIL_CALLS 1
#define CSP_MUSTTAIL 1
#endif
#endif
#if !defined(CSP_TAIL_CALLS) && defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#define CSP_TAIL_CALLS 1
#pragma GCC optimize("optimize-sibling-calls") /* which -O1 and -Og leave out */
#endif
#ifndef CSP_TAIL_CALLS
#define CSP_TAIL_CALLS 0
#endif

/* Stands at the top of generated code. What a program compares, ignores or never starts and whether it recurses for ever is
 * between it and cspc; the C compiler need not say so again. */
#if defined(__clang__)
#define CSP_GENERATED_CODE                                                                                             \
    _Pragma("clang diagnostic ignored \"-Woverlength-strings\"")                                                        \
    _Pragma("clang diagnostic ignored \"-Wunused-result\"")                                                            \
    _Pragma("clang diagnostic ignored \"-Wunused-const-variable\"")                                                    \
    _Pragma("clang diagnostic ignored \"-Wtautological-compare\"")                                                     \
    _Pragma("clang diagnostic ignored \"-Winfinite-recursion\"")
#elif defined(__GNUC__) && __GNUC__ >= 12
#define CSP_GENERATED_CODE                                                                                             \
    _Pragma("GCC diagnostic ignored \"-Woverlength-strings\"")                                                          \
    _Pragma("GCC diagnostic ignored \"-Wunused-result\"")                                                              \
    _Pragma("GCC diagnostic ignored \"-Wunused-const-variable\"")                                                      \
    _Pragma("GCC diagnostic ignored \"-Wtautological-compare\"")                                                       \
    _Pragma("GCC diagnostic ignored \"-Wtype-limits\"")                                                                \
    _Pragma("GCC diagnostic ignored \"-Winfinite-recursion\"")
#elif defined(__GNUC__)
#define CSP_GENERATED_CODE                                                                                             \
    _Pragma("GCC diagnostic ignored \"-Woverlength-strings\"")                                                          \
    _Pragma("GCC diagnostic ignored \"-Wunused-result\"")                                                              \
    _Pragma("GCC diagnostic ignored \"-Wunused-const-variable\"")                                                      \
    _Pragma("GCC diagnostic ignored \"-Wtautological-compare\"")                                                       \
    _Pragma("GCC diagnostic ignored \"-Wtype-limits\"")
#else
#define CSP_GENERATED_CODE
#endif

#ifdef __GNUC__
#define CSP_COLD __attribute__((cold))
#define CSP_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#else
#define CSP_COLD
#define CSP_UNLIKELY(condition) (condition)
#endif

typedef struct csp_scheduler csp_scheduler;
typedef struct csp_process csp_process;
typedef struct csp_node csp_node;
typedef struct csp_channel csp_channel;
typedef struct csp_kind csp_kind;

/* The run queue, first to last; the first is NULL where it is empty. It is in these parameters while a step runs, and so in
 * registers from one process to the next; in S->first and S->last for all other functions. */
#define CSP_QUEUE csp_node *csp_head, csp_node *csp_tail

/* Runs a process from its resume point until it waits or ends. */
typedef void csp_step(csp_scheduler *S, csp_process *self, CSP_QUEUE);

/* ---- processes ---- */

/* What a node in a queue is. The last seven end a channel's queue: they are constants, never linked behind one another. */
enum csp_node_kind {
    CSP_RECEIVING,         /* a process that waits to receive; up to ALT_SENDING what is even receives */
    CSP_SENDING,           /* a process that waits to send */
    CSP_RECEIVING_SLOWLY,  /* the same where the fast path is to pass them by: while all is traced … */
    CSP_SENDING_SLOWLY,    /* … and on a channel that has been closed since, or has a buffer */
    CSP_ALT_RECEIVING,     /* a guard of a process that waits in an alt */
    CSP_ALT_SENDING,
    CSP_ALT_ENDED,         /* an `ended` guard: waits behind all others for the channel's end */
    CSP_ALT_STANDING,      /* a guard that stays there while its process does other things; see csp_standing.h */
    CSP_SYNCING,           /* a process that waits at a barrier */
    CSP_ALT_SYNCING,       /* a `sync` guard */
    CSP_OPEN,              /* end of the queue of a channel in use */
    CSP_OPEN_SLOWLY,       /* … while all is traced: the fast path passes it by */
    CSP_DEVICE,            /* … of one that leads out of the program, such as stdin: see struct csp_device in world.h */
    CSP_BUFFERED,          /* … of one with a buffer, be it empty or not: see csp_buffer.h */
    CSP_CLOSED,            /* … of a closed one: no more sends */
    CSP_POISONED,          /* … of a poisoned one: the end, now */
    CSP_UNCONNECTED        /* … of the end that is connected to nothing: using it is a run-time error */
};

/* A place in a queue: of the run queue, or of one channel. */
struct csp_node {
    csp_node *next;
    int32_t message;  /* while waiting on a channel: where the message is, in bytes from this node.
                       * while waiting for called processes or branches: how many still run */
    uint16_t resume;  /* resume point: 0 is the beginning */
    uint8_t kind;     /* enum csp_node_kind, while in a channel's queue */
    uint8_t poisoned; /* a wait met the end of its channel; taken back by the handler */
};

/* The header of every frame: 32 bytes on a 64-bit machine. */
struct csp_process {
    csp_node node;         /* first, so that a node of a plain process is the process */
    csp_step *step;
    csp_process *parent;   /* goes on when this one and its siblings have ended */
};

#define CSP_DONE UINT16_MAX /* the resume point of a process that has ended */

/* ---- channels ---- */

/* Two words. The queue holds processes that all wait to send or all wait to receive (only an alt that waits in both
 * directions may stand alone with both), then `ended` and standing guards, then one of the constants below. */
struct csp_channel {
    csp_node *first;
    csp_node *last;   /* the last that waits to communicate; meaningless where none does. The fast path writes it only
                       * where `first` is csp_open; on other channels channel.c keeps marks in its low bits */
};

extern const csp_node csp_open, csp_open_slowly, csp_device_end, csp_device_end_slowly, csp_buffered, csp_closed, csp_poisoned,
    csp_unconnected;
/* What an end is before it is connected. Never written, since every use of it is an error; not const only because an end
 * is a csp_channel *. */
extern csp_channel csp_nowhere;

/* A channel of a host, which is not traced. */
static inline void csp_channel_begin(csp_channel *c)
{
    c->first = (csp_node *)&csp_open;
    c->last = NULL;
}

static inline void csp_channels_begin(csp_channel *c, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csp_channel_begin(c + i);
}

/* Array parameters of ends: either an array of channels (stride is the size of a channel, or of a csp_buffer) or, stride
 * 0, an array of csp_end. */
typedef struct csp_ends {
    void *base;
    int32_t length;
    int32_t stride;
} csp_ends;

/* ---- text ---- */

/* Immutable; lives for ever. `at` may be NULL where length is 0, else a NUL stands behind the last byte. */
typedef struct csp_string {
    const char *at;
    int32_t length;
} csp_string;

/* A literal: CSP_STRING("hello"). */
#define CSP_STRING(literal) ((csp_string){literal, sizeof(literal) - 1})

/* ---- places, for messages ---- */

/* A place in the source: index of the file, line, column (65,535 where it is more). */
typedef uint64_t csp_place;
#define CSP_PLACE(file, line, column) ((csp_place)(file) << 48 | (csp_place)(line) << 16 | (csp_place)(column))

/* ---- timers ---- */

/* Waits for an instant; lies in the frame of the process that waits. In a list of those that are about as far away. */
typedef struct csp_timer csp_timer;
struct csp_timer {
    int64_t time;          /* nanoseconds of the scheduler's clock */
    csp_timer *next, *previous;
    csp_process *process;
    struct csp_alt *alt;   /* NULL: an `after` or `at` statement */
};

/* ---- alt ---- */

enum csp_guard_kind { CSP_GUARD_CLOSED, CSP_GUARD_RECEIVE, CSP_GUARD_SEND, CSP_GUARD_ENDED, CSP_GUARD_TIME, CSP_GUARD_SKIP, CSP_GUARD_SYNC };

/* One guard of one evaluation of an alt. A CLOSED one is a guard whose `when` is false; it keeps its number. */
typedef struct csp_guard {
    csp_node node;         /* in the channel's queue while enabled */
    csp_node *previous;    /* in that queue; only used while not the first there */
    struct csp_alt *alt;
    csp_channel *channel;
    void *message;         /* what to send, where to receive; size is csp_alt's business: see `size` */
    union {
        int64_t time;      /* CSP_GUARD_TIME */
        struct csp_held *held; /* CSP_GUARD_RECEIVE: of a ??; else NULL */
        struct csp_barrier *barrier; /* CSP_GUARD_SYNC */
    } of;
    uint32_t size;         /* of the message, in bytes; 0 for void */
    uint8_t kind;          /* enum csp_guard_kind */
    uint8_t writing_end;   /* ENDED: asks as a writer (ended as soon as closed), else as a reader (ended once drained).
                            * SYNC: the process is a member */
    uint16_t which;        /* textual number, from 0: what the generated code switches on */
} csp_guard;

/* An alt that is being evaluated or waits; in the frame of its process, guards behind it or in the pool. */
typedef struct csp_alt {
    csp_process *process;
    csp_guard *guards;
    int32_t count;
    int32_t taken;         /* index of the guard taken */
    int32_t *next;         /* where a fair alt starts looking; NULL: a pri alt */
    struct csp_standing *standing; /* some of the guards stand; else NULL. See csp_standing.h */
    csp_timer timer;       /* armed for the earliest CSP_GUARD_TIME while waiting: its process is not NULL then */
} csp_alt;

#include "csp_program.h"

/* ---- the scheduler ---- */

struct csp_scheduler {
    csp_node *first, *last;     /* run queue, FIFO; first NULL: empty. Not up to date while a step runs */
    csp_process *running;       /* for messages; NULL: none has run */
    volatile int attention;     /* the loop is to look before the next process runs; also set by signal handlers */
    csp_channel *channel;       /* what csp_send_on and csp_receive_on are to do */
    size_t size;
    char *cells;                /* where the distances of cells are counted from; see csp_mobile.h */
    csp_node *open;             /* what ends the queue of a channel that begins: csp_open, or csp_open_slowly */
    const csp_program *program;
    struct csp_trace *trace;    /* NULL: nothing is traced; see trace.h */
    struct csp_world *world;    /* everything that is not on the fast path: pool, clock, streams; see world.h */
};

/* A channel of the program begins; it may be traced. */
static inline void csp_channel_open(csp_scheduler *S, csp_channel *c)
{
    c->first = S->open;
    c->last = NULL;
}

static inline void csp_channels_open(csp_scheduler *S, csp_channel *c, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csp_channel_open(S, c + i);
}

/* A node that leaves the queue of a channel goes to the end of the run queue. */
static inline void csp_ready_node(csp_scheduler *S, csp_node *n)
{
    n->next = NULL;
    if (S->first)
        S->last->next = n;
    else
        S->first = n;
    S->last = n;
}

static inline void csp_ready(csp_scheduler *S, csp_process *p)
{
    csp_ready_node(S, &p->node);
}

static inline csp_process *csp_next(csp_scheduler *S)
{
    csp_node *n = S->first;
    if (!n)
        return NULL;
    S->first = n->next;
    return S->running = (csp_process *)n;
}

/* Makes a process runnable in front of all others. */
static inline void csp_first(csp_scheduler *S, csp_process *p)
{
    if (!S->first)
        S->last = &p->node;
    p->node.next = S->first;
    S->first = &p->node;
}

/* Prepares a child's frame (its parameters are set by the caller). */
static inline void csp_begin(csp_process *child, csp_step *step, csp_process *parent)
{
    child->node.resume = 0;
    child->node.poisoned = 0;
    child->step = step;
    child->parent = parent;
}

/* … and makes it runnable. */
static inline void csp_start(csp_scheduler *S, csp_process *child, csp_step *step, csp_process *parent)
{
    csp_begin(child, step, parent);
    csp_ready(S, child);
}

/* ---- communication ----
 * Each returns true where the process goes on at once, false where it now stands in a queue and must CSP_WAIT. Having
 * gone on, the process looks at self->node.poisoned. The message lies in the frame (size 0: void channels). Steps send and
 * receive by CSP_SEND and CSP_RECEIVE, which do the same and have the fast path inline. */
bool csp_send(csp_scheduler *S, csp_process *self, csp_channel *c, const void *message, size_t size);
bool csp_receive(csp_scheduler *S, csp_process *self, csp_channel *c, void *message, size_t size);
void csp_close(csp_scheduler *S, csp_channel *c);
void csp_poison(csp_scheduler *S, csp_channel *c);
/* The same of an end that may not be connected; place: of the statement. */
void csp_close_at(csp_scheduler *S, csp_channel *c, csp_place place);
void csp_poison_at(csp_scheduler *S, csp_channel *c, csp_place place);

/* alt: csp_alt_begin, then one csp_guard_… for each guard in textual order (replicas in the order of their counters),
 * then csp_alt_select or csp_alt_select_pri. `guards` has room for count guards. */
void csp_alt_begin(csp_alt *alt, csp_process *self, csp_guard *guards);
void csp_guard_closed(csp_alt *alt);
void csp_guard_receive(csp_alt *alt, int which, csp_channel *c, void *message, size_t size);
void csp_guard_send(csp_alt *alt, int which, csp_channel *c, const void *message, size_t size);
void csp_guard_ended(csp_alt *alt, int which, csp_channel *c, bool writing_end);
void csp_guard_time(csp_alt *alt, int which, int64_t instant);
void csp_guard_skip(csp_alt *alt, int which);
/* Takes a ready guard or waits for one; true and false as above (false also where the process has only let the others
 * run first). `*next` is where a fair alt starts looking: behind the guard that it took last; 0 at first. Afterwards
 * alt->taken is the index of the guard and csp_alt_which its textual number. No open guard: a run-time error. */
bool csp_alt_select(csp_scheduler *S, csp_alt *alt, int32_t *next, csp_place place);
bool csp_alt_select_pri(csp_scheduler *S, csp_alt *alt, csp_place place);
static inline int csp_alt_which(const csp_alt *alt)
{
    return alt->guards[alt->taken].which;
}

/* time */
int64_t csp_now(csp_scheduler *S);
/* a + b for instants and durations that saturates: `after` for ever. */
int64_t csp_deadline(csp_scheduler *S, int64_t duration);
/* Waits for an instant; true (no waiting) never: a past one lets the others run first. */
bool csp_sleep(csp_scheduler *S, csp_process *self, csp_timer *timer, int64_t instant);

/* The pool. Zero-filled; never NULL: where there is no more, a run-time error at place. */
void *csp_pool_take(csp_scheduler *S, csp_place place, size_t count, size_t size);
void csp_pool_give(csp_scheduler *S, void *block, size_t count, size_t size);

/* How many steps there are from first up to, not including, limit. */
static inline int64_t csp_span(int64_t first, int64_t limit)
{
    return first < limit ? limit - first : 0;
}

/* A team's frames: taken from the pool (more than INT32_MAX are a run-time error; none are NULL), and given back. */
void *csp_team_take(csp_scheduler *S, csp_place place, csp_team *team, int64_t count, size_t size);
void csp_team_give(csp_scheduler *S, csp_team *team, size_t size);
/* Whether one of count frames of that size ended by poison. */
bool csp_any_poisoned(const void *frames, int64_t count, size_t size);

/* Functions that may recurse, or have large locals, ask first: a run-time error instead of a crash. `locals`: how many
 * bytes they take. */
void csp_stack_check(csp_scheduler *S, csp_place place, size_t locals);

/* ---- output ---- print collects, csp_print_done sends it on its way in one piece; what an error cuts off is dropped. */
void csp_print_bool(csp_scheduler *S, bool value);
void csp_print_char(csp_scheduler *S, uint8_t value);
void csp_print_int(csp_scheduler *S, int64_t value);
void csp_print_uint(csp_scheduler *S, uint64_t value);
void csp_print_float(csp_scheduler *S, float value);
void csp_print_double(csp_scheduler *S, double value);
void csp_print_string(csp_scheduler *S, csp_string value);
/* A char array: up to its first zero. */
void csp_print_chars(csp_scheduler *S, const uint8_t *chars, size_t length);
void csp_print_done(csp_scheduler *S);

/* ---- what goes wrong ---- */

/* Ends the program: what was printed, then `file:line:column: error: …`; exit status 1. */
_Noreturn void csp_fail(csp_scheduler *S, csp_place place, const char *format, ...)
#ifdef __GNUC__
    __attribute__((cold, format(printf, 3, 4)))
#endif
    ;
/* assert(cond, …): csp_assert_begin, prints, then csp_assert_failed with what was printed as its reason. */
void csp_assert_begin(csp_scheduler *S);
_Noreturn void csp_assert_failed(csp_scheduler *S, csp_place place);

#include "csp_step.h"
#include "csp_check.h"
#include "csp_buffer.h"
#include "csp_standing.h"
#include "csp_mobile.h"
#include "csp_barrier.h"
#include "csp_spawn.h"
#include "csp_blocking.h"
#include "csp_extern.h"

#endif
