/* csp: all that a program compiled by cspc needs of its runtime.
 *
 * A process is a frame: a csp_process header, then its parameters and the locals that live across a wait. One function,
 * its step, runs it from its resume point to the next wait. There are no stacks: a step that must wait leaves its frame
 * in a queue and goes to the next runnable process. One scheduler is single-threaded; two schedulers share nothing.
 *
 * What generated code does on the fast path is inline here; the slow paths are in channel.c, alt.c, timer.c, process.c …; what fewer
 * programs need is in the headers that this one includes at its end. */
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

/* Stands at the top of generated code. What a program compares or ignores and whether it recurses for ever is between it
 * and cspc; the C compiler need not say so again. */
#if defined(__clang__)
#define CSP_GENERATED_CODE                                                                                             \
    _Pragma("clang diagnostic ignored \"-Woverlength-strings\"")                                                        \
    _Pragma("clang diagnostic ignored \"-Wunused-result\"")                                                            \
    _Pragma("clang diagnostic ignored \"-Wtautological-compare\"")                                                     \
    _Pragma("clang diagnostic ignored \"-Winfinite-recursion\"")
#elif defined(__GNUC__) && __GNUC__ >= 12
#define CSP_GENERATED_CODE                                                                                             \
    _Pragma("GCC diagnostic ignored \"-Woverlength-strings\"")                                                          \
    _Pragma("GCC diagnostic ignored \"-Wunused-result\"")                                                              \
    _Pragma("GCC diagnostic ignored \"-Wtautological-compare\"")                                                       \
    _Pragma("GCC diagnostic ignored \"-Wtype-limits\"")                                                                \
    _Pragma("GCC diagnostic ignored \"-Winfinite-recursion\"")
#elif defined(__GNUC__)
#define CSP_GENERATED_CODE                                                                                             \
    _Pragma("GCC diagnostic ignored \"-Woverlength-strings\"")                                                          \
    _Pragma("GCC diagnostic ignored \"-Wunused-result\"")                                                              \
    _Pragma("GCC diagnostic ignored \"-Wtautological-compare\"")                                                       \
    _Pragma("GCC diagnostic ignored \"-Wtype-limits\"")
#else
#define CSP_GENERATED_CODE
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

/* What a node in a queue is. The last six end a channel's queue: they are constants, never linked behind one another. */
enum csp_node_kind {
    CSP_RECEIVING,         /* a process that waits to receive */
    CSP_SENDING,           /* a process that waits to send */
    CSP_SENDING_SLOWLY,    /* the same on a channel that has been closed since, or has a buffer: the fast path passes it by */
    CSP_ALT_RECEIVING,     /* a guard of a process that waits in an alt */
    CSP_ALT_SENDING,
    CSP_ALT_ENDED,         /* an `ended` guard: waits behind all others for the channel's end */
    CSP_SYNCING,           /* a process that waits at a barrier */
    CSP_ALT_SYNCING,       /* a `sync` guard */
    CSP_OPEN,              /* end of the queue of a channel in use */
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
 * directions may stand alone with both), then watching `ended` guards, then one of the constants below. */
struct csp_channel {
    csp_node *first;
    csp_node *last;   /* the last that waits to communicate; meaningless where none does. The fast path writes it only
                       * where `first` is csp_open; on other channels channel.c keeps marks in its low bits */
};

extern const csp_node csp_open, csp_device_end, csp_buffered, csp_closed, csp_poisoned, csp_unconnected;
/* What an end is before it is connected. Never written, since every use of it is an error; not const only because an end
 * is a csp_channel *. */
extern csp_channel csp_nowhere;

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

/* Waits for an instant; lies in the frame of the process that waits. A node of a pairing heap, ordered by time, then by
 * the order of starting. */
typedef struct csp_timer csp_timer;
struct csp_timer {
    int64_t time;          /* nanoseconds of the scheduler's clock */
    uint64_t order;
    csp_timer *child, *sibling, *previous; /* previous: parent or elder sibling; NULL at the root */
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
    csp_timer timer;       /* armed for the earliest CSP_GUARD_TIME while waiting: its process is not NULL then */
} csp_alt;

/* ---- what a program says of itself: for reports, `--help` and debuggers ---- */

enum csp_point_kind {
    CSP_AT_START, CSP_AT_SEND, CSP_AT_RECEIVE, CSP_AT_ALT, CSP_AT_CALL, CSP_AT_PAR, CSP_AT_TIME, CSP_AT_YIELD, CSP_AT_STOP,
    CSP_AT_SYNC, CSP_AT_JOIN, CSP_AT_BLOCKING
};

/* Frames that run while their parent waits at a point. */
typedef struct csp_children {
    const csp_kind *kind;
    uint32_t offset;       /* in the parent's frame: of the first child's frame, or of a csp_team */
    int32_t count;         /* -1: a csp_team in the pool */
} csp_children;

/* The branches of a computed par for, or a called process that is its own caller's kind: frames in the pool. */
typedef struct csp_team {
    void *frames;          /* count frames of the kind's size, one behind the other; NULL while there are none */
    int64_t count;
} csp_team;

/* A resume point: where a process waits, and on what. */
typedef struct csp_point {
    csp_place place;
    enum csp_point_kind kind;
    const char *text;      /* the source of the waiting statement, shortened: "in ? x" */
    const csp_children *children; /* CALL, PAR */
    uint32_t children_count;
} csp_point;

enum csp_link_form {
    CSP_LINK_CHANNEL, /* csp_channel */
    CSP_LINK_BUFFER,  /* csp_buffer */
    CSP_LINK_CELLS,   /* csp_end, whose cells belong to the frame */
    CSP_LINK_POINTER, /* csp_channel * */
    CSP_LINK_END,     /* csp_end */
    CSP_LINK_ENDS     /* csp_ends */
};

enum { CSP_RECEIVES = 1, CSP_SENDS = 2 };

/* A channel or an end in a frame, or an array of them, and what the code of a kind does with it. */
typedef struct csp_link {
    const char *name;
    const int32_t *lengths; /* of an array, outermost first, behind the last a 0; of a csp_ends the first is -1; NULL: none */
    uint32_t offset;
    uint16_t first_point, last_point; /* between which it is known, in the frame that it lies in */
    uint16_t only_point;    /* where it is only handed to the frames below, at this one point; else 0 */
    uint8_t depth;          /* 0: in the frame itself; 1: in its parent's … */
    uint8_t form;           /* enum csp_link_form */
    uint8_t uses;           /* CSP_RECEIVES, CSP_SENDS */
} csp_link;

/* A kind of process: what all frames with one step have in common. */
struct csp_kind {
    const char *name;      /* "philosopher", or "main.par" for a branch that is a block */
    csp_place place;       /* of its declaration or branch */
    csp_step *step;
    uint32_t size;         /* of the frame, in bytes */
    uint32_t point_count;
    const csp_point *points; /* by resume point; [0] is the start */
    uint32_t group_count;
    const uint32_t *groups;  /* offsets in the frame of its csp_groups: processes that it has spawned */
    uint32_t link_count;
    const csp_link *links;   /* first those that it declares */
};

enum csp_argument_kind {
    CSP_ARGUMENT_BOOL, CSP_ARGUMENT_CHAR, CSP_ARGUMENT_INT8, CSP_ARGUMENT_INT16, CSP_ARGUMENT_INT32, CSP_ARGUMENT_INT64,
    CSP_ARGUMENT_UINT8, CSP_ARGUMENT_UINT16, CSP_ARGUMENT_UINT32, CSP_ARGUMENT_UINT64,
    CSP_ARGUMENT_FLOAT, CSP_ARGUMENT_DOUBLE, CSP_ARGUMENT_TIME, CSP_ARGUMENT_STRING
};

/* A value parameter of `process main`: one argument of the command line. */
typedef struct csp_argument {
    const char *name;
    enum csp_argument_kind kind;
    uint32_t offset;       /* of the parameter in main's frame */
    const char *fallback;  /* the default, as a user would type it; NULL: must be given */
} csp_argument;

enum { CSP_STDIN, CSP_STDOUT, CSP_STDERR };

typedef struct csp_program {
    const char *name;
    const char *const *files;   /* by the index in a csp_place */
    const csp_kind *main;
    const csp_argument *arguments;
    uint32_t argument_count;
    int32_t streams[3];         /* offset of the end called stdin, stdout, stderr in main's frame; -1: none */
} csp_program;

/* Runs a whole program: reads the command line, runs main, writes all output. Returns the exit status: 0; 1 after a
 * run-time error; 2 for wrong arguments; 3 for a deadlock. */
int csp_main(const csp_program *program, int argc, char **argv);

/* ---- the scheduler ---- */

struct csp_scheduler {
    csp_node *first, *last;     /* run queue, FIFO; first NULL: empty. Not up to date while a step runs */
    csp_process *running;       /* for messages; NULL: none has run */
    volatile int attention;     /* the loop is to look before the next process runs; also set by signal handlers */
    csp_channel *channel;       /* what csp_send_on and csp_receive_on are to do */
    size_t size;
    char *cells;                /* where the distances of cells are counted from; see csp_mobile.h */
    csp_timer *timers;          /* root of the heap */
    uint64_t timer_order;
    const csp_program *program;
    struct csp_world *world;    /* everything that is not on the fast path: pool, clock, streams; see world.h */
};

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

/* ---- from step to step ---- */

#ifdef __GNUC__
#define CSP_RARELY(condition) __builtin_expect(!!(condition), 0)
#else
#define CSP_RARELY(condition) (condition)
#endif

/* Around all in a step that may make a process runnable elsewhere. */
#define CSP_LEAVE() (S->first = csp_head, S->last = csp_tail)
#define CSP_COME_BACK() (csp_head = S->first, csp_tail = S->last)
#define CSP_OUT(call)                                                                                                  \
    do {                                                                                                               \
        CSP_LEAVE();                                                                                                   \
        call;                                                                                                          \
        CSP_COME_BACK();                                                                                               \
    } while (0)
/* … that answers true or false. */
#define CSP_ASK(call) (CSP_LEAVE(), (call) ? (CSP_COME_BACK(), true) : (CSP_COME_BACK(), false))

/* Makes a process runnable. */
#define CSP_READY(node)                                                                                                \
    do {                                                                                                               \
        csp_node *csp_ready_one = (node);                                                                              \
        csp_ready_one->next = NULL;                                                                                    \
        if (csp_head)                                                                                                  \
            csp_tail->next = csp_ready_one;                                                                            \
        else                                                                                                           \
            csp_head = csp_ready_one;                                                                                  \
        csp_tail = csp_ready_one;                                                                                      \
    } while (0)

/* Go on with a process, at once. */
#if CSP_TAIL_CALLS && defined(CSP_MUSTTAIL)
/* The attribute wants a `return` with the call, which ISO C does not allow where there is no value. */
#define CSP_TAIL(step, process)                                                                                        \
    do {                                                                                                               \
        _Pragma("GCC diagnostic push")                                                                                 \
        _Pragma("GCC diagnostic ignored \"-Wpedantic\"")                                                               \
        __attribute__((musttail)) return step(S, process, csp_head, csp_tail);                                         \
        _Pragma("GCC diagnostic pop")                                                                                  \
    } while (0)
#else
#define CSP_TAIL(step, process)                                                                                        \
    do {                                                                                                               \
        step(S, process, csp_head, csp_tail);                                                                          \
        return;                                                                                                        \
    } while (0)
#endif

#if CSP_TAIL_CALLS
#define CSP_SWITCH_TO(process)                                                                                         \
    do {                                                                                                               \
        csp_process *csp_to = (process);                                                                               \
        CSP_TAIL(csp_to->step, csp_to);                                                                                \
    } while (0)
#else
/* The loop takes what runs next from the queue, so a process that goes on at once is put in front of it. */
#define CSP_SWITCH_TO(process)                                                                                         \
    do {                                                                                                               \
        CSP_LEAVE();                                                                                                   \
        csp_first(S, (process));                                                                                       \
        return;                                                                                                        \
    } while (0)
#endif

/* Go on with the next runnable process; back to the loop where there is none, or something to look at before. */
#if CSP_TAIL_CALLS
#define CSP_GO_ON()                                                                                                    \
    do {                                                                                                               \
        csp_process *csp_runs = (csp_process *)csp_head;                                                               \
        if (CSP_RARELY(!csp_runs || S->attention)) {                                                                   \
            CSP_LEAVE();                                                                                               \
            return;                                                                                                    \
        }                                                                                                              \
        csp_head = csp_head->next;                                                                                     \
        S->running = csp_runs;                                                                                         \
        CSP_SWITCH_TO(csp_runs);                                                                                       \
    } while (0)
#else
#define CSP_GO_ON()                                                                                                    \
    do {                                                                                                               \
        CSP_LEAVE();                                                                                                   \
        return;                                                                                                        \
    } while (0)
#endif

/* Makes a process runnable in front of all others. */
static inline void csp_first(csp_scheduler *S, csp_process *p)
{
    if (!S->first)
        S->last = &p->node;
    p->node.next = S->first;
    S->first = &p->node;
}

/* Leave the step; the process goes on at the resume point when whoever has it in a queue makes it runnable. */
#define CSP_WAIT(point)                                                                                                \
    do {                                                                                                               \
        self->node.resume = (point);                                                                                   \
        CSP_GO_ON();                                                                                                \
    } while (0)

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

/* The same in a step: a branch of a par. */
#define CSP_START(child, step)                                                                                         \
    do {                                                                                                               \
        csp_process *csp_started = (child);                                                                            \
        csp_begin(csp_started, (step), self);                                                                          \
        CSP_READY(&csp_started->node);                                                                                 \
    } while (0)

/* Run a called process, whose frame has been begun, at once; go on at the point when it has ended. */
#define CSP_CALL(point, child)                                                                                         \
    do {                                                                                                               \
        csp_process *csp_called = (child);                                                                             \
        self->node.resume = (point);                                                                                   \
        self->node.message = 1;                                                                                        \
        S->running = csp_called;                                                                                       \
        CSP_SWITCH_TO(csp_called);                                                                                     \
    } while (0)

/* The process has ended: the last of its siblings to do so makes the parent go on. */
#define CSP_END()                                                                                                      \
    do {                                                                                                               \
        csp_process *csp_parent = self->parent;                                                                        \
        self->node.resume = CSP_DONE;                                                                                  \
        if (--csp_parent->node.message == 0) {                                                                         \
            S->running = csp_parent;                                                                                   \
            CSP_SWITCH_TO(csp_parent);                                                                                 \
        }                                                                                                              \
        CSP_GO_ON();                                                                                                \
    } while (0)

/* ---- communication ----
 * Each returns true where the process goes on at once, false where it now stands in a queue and must CSP_WAIT. Having
 * gone on, the process looks at self->node.poisoned. The message lies in the frame (size 0: void channels). */

bool csp_send_slowly(csp_scheduler *S, csp_process *self, csp_channel *c, const void *message, size_t size);
bool csp_receive_slowly(csp_scheduler *S, csp_process *self, csp_channel *c, void *message, size_t size);

/* Being the first to come to a channel in use: the process stands alone in the queue. */
static inline bool csp_wait_first(csp_process *self, csp_channel *c, enum csp_node_kind kind, const void *message, size_t size)
{
    self->node.kind = (uint8_t)kind;
    if (size)
        self->node.message = (int32_t)((const char *)message - (const char *)self);
    self->node.next = c->first;
    c->first = c->last = &self->node;
    return false;
}

static inline bool csp_send(csp_scheduler *S, csp_process *self, csp_channel *c, const void *message, size_t size)
{
    csp_node *n = c->first;
    if (n->kind == CSP_OPEN)
        return csp_wait_first(self, c, CSP_SENDING, message, size);
    if (n->kind != CSP_RECEIVING)
        return csp_send_slowly(S, self, c, message, size);
    c->first = n->next;
    if (size)
        memcpy((char *)n + n->message, message, size);
    csp_ready_node(S, n);
    return true;
}

static inline bool csp_receive(csp_scheduler *S, csp_process *self, csp_channel *c, void *message, size_t size)
{
    csp_node *n = c->first;
    if (n->kind == CSP_OPEN)
        return csp_wait_first(self, c, CSP_RECEIVING, message, size);
    if (n->kind != CSP_SENDING)
        return csp_receive_slowly(S, self, c, message, size);
    c->first = n->next;
    if (size)
        memcpy(message, (char *)n + n->message, size);
    csp_ready_node(S, n);
    return true;
}

/* The same for steps: send or receive, from or to a place in the frame, and go on here or, later, at the resume point. On
 * the fast path no function is called, so that the step needs no room on the C stack. */
csp_step csp_send_on, csp_receive_on;

#define CSP_COMMUNICATE(point, end, at, bytes, mine, theirs, copy, slowly)                                             \
    do {                                                                                                               \
        csp_channel *csp_c = (end);                                                                                    \
        csp_node *csp_n = csp_c->first;                                                                                \
        if (csp_n->kind == (theirs)) {                                                                                 \
            csp_c->first = csp_n->next;                                                                                \
            copy;                                                                                                      \
            CSP_READY(csp_n);                                                                                          \
        } else {                                                                                                       \
            self->node.resume = (point);                                                                               \
            if (CSP_RARELY(csp_n->kind != CSP_OPEN)) {                                                                 \
                self->node.message = (int32_t)((const char *)(at) - (const char *)self);                               \
                S->channel = csp_c;                                                                                    \
                S->size = (bytes);                                                                                     \
                CSP_TAIL(slowly, self);                                                                                \
            }                                                                                                          \
            csp_wait_first(self, csp_c, (mine), (at), (bytes));                                                        \
            CSP_GO_ON();                                                                                               \
        }                                                                                                              \
    } while (0)

#define CSP_SEND(point, end, from)                                                                                     \
    CSP_COMMUNICATE(point, end, from, sizeof *(from), CSP_SENDING, CSP_RECEIVING,                                      \
                    memcpy((char *)csp_n + csp_n->message, (from), sizeof *(from)), csp_send_on)
#define CSP_RECEIVE(point, end, to)                                                                                    \
    CSP_COMMUNICATE(point, end, to, sizeof *(to), CSP_RECEIVING, CSP_SENDING,                                          \
                    memcpy((to), (char *)csp_n + csp_n->message, sizeof *(to)), csp_receive_on)
/* … of void channels. */
#define CSP_SIGNAL(point, end)                                                                                         \
    CSP_COMMUNICATE(point, end, self, 0, CSP_SENDING, CSP_RECEIVING, (void)0, csp_send_on)
#define CSP_AWAIT(point, end)                                                                                          \
    CSP_COMMUNICATE(point, end, self, 0, CSP_RECEIVING, CSP_SENDING, (void)0, csp_receive_on)

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

static inline bool csp_yield(csp_scheduler *S, csp_process *self)
{
    csp_ready(S, self);
    return false;
}

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

#include "csp_check.h"
#include "csp_buffer.h"
#include "csp_mobile.h"
#include "csp_barrier.h"
#include "csp_spawn.h"
#include "csp_blocking.h"
#include "csp_extern.h"

#endif
