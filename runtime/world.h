/* world: what the files of the runtime know of each other and generated code does not.
 *
 * One scheduler and its world, with all memory of its program, lie in one region: nothing is global, so schedulers share
 * nothing, and a program's whole state can be copied by copying the region. */
#ifndef CSP_WORLD_H
#define CSP_WORLD_H

#include "csp.h"

/* A function that is not put into its caller, whose short way should need nothing on the stack. */
#ifdef __GNUC__
#define CSP_APART __attribute__((noinline))
#else
#define CSP_APART
#endif

/* ---- pool.c ---- */

enum { CSP_POOL_CLASSES = 240 };

/* One contiguous region, handed out from the bottom up; blocks given back wait in a list of their size class. */
struct csp_pool {
    char *rest, *end;   /* [rest, end) was never handed out */
    char *limit;        /* [end, limit) is kept back for reports */
    void *free[CSP_POOL_CLASSES];
};

void csp_pool_begin(struct csp_pool *pool, void *memory, size_t size);
/* The number of the size class of *bytes, which becomes the size of its blocks. */
size_t csp_pool_class(size_t *bytes);
/* The part of the region that was never handed out, for a report on the way out; the part of it that never will be, for
 * one of a program that goes on. */
void *csp_pool_scratch(csp_scheduler *S, size_t *size);
void *csp_pool_kept(csp_scheduler *S, size_t *size);

/* ---- channel.c ---- */

/* In the low bits of a channel's `last`: what kind of channel it is. 0: an open one without more to it. */
enum { CSP_MARKS = 3 };

static inline bool csp_node_is_guard(const csp_node *n)
{
    return n->kind >= CSP_ALT_RECEIVING && n->kind <= CSP_ALT_STANDING;
}

/* Most messages are a word or two. */
static inline void csp_copy(void *to, const void *from, size_t size)
{
    if (size == 4)
        memcpy(to, from, 4);
    else if (size == 8)
        memcpy(to, from, 8);
    else if (size)
        memcpy(to, from, size);
}

/* A device is the other party of a channel that leads out of the program. It never stands in the queue; whoever finds
 * CSP_DEVICE there asks it. Each channel of a device is used in one direction only. */
struct csp_device {
    csp_channel channel; /* first, so that the channel is the device */
    /* Whether a communication could complete now. Where not, the device knows from now on that somebody asks, and
     * serves those who wait as soon as it can. It may close its channel instead. */
    bool (*ready)(csp_scheduler *S, struct csp_device *device);
    void (*move)(csp_scheduler *S, struct csp_device *device, void *message);
    const char *at, *end; /* messages of a byte that are there: who asks for one need not ask the device */
};

void csp_device_begin(struct csp_device *device);
void csp_channel_begin_buffered(csp_channel *c);

/* `kind` is CSP_RECEIVING or CSP_SENDING: what the asking side does. */
bool csp_channel_ready(csp_scheduler *S, csp_channel *c, enum csp_node_kind kind);
/* Who asks to communicate. */
struct csp_party {
    csp_process *process; /* NULL: a host or a device, which nobody can hold */
    void *message;
    size_t size;
    csp_held *held;       /* of a `??`; else NULL */
    enum csp_node_kind kind; /* CSP_RECEIVING or CSP_SENDING */
};

enum csp_meeting {
    CSP_NOBODY,
    CSP_MET,
    CSP_MET_HELD /* … but the receiver holds the party, which waits, in no queue, for csp_release */
};

/* Communicates with the partner that has waited longest, with a buffer or with a device, if one is ready. */
enum csp_meeting csp_channel_meet_as(csp_scheduler *S, csp_channel *c, const struct csp_party *party);
/* The same for a host or a device: whether it has communicated. */
bool csp_channel_meet(csp_scheduler *S, csp_channel *c, enum csp_node_kind kind, void *message, size_t size);
/* A place of the buffer has become free: the sender that has waited longest, if any, puts its message there. */
void csp_channel_move_up(csp_scheduler *S, csp_buffer *b);
/* Whether the end has come: for a writer as soon as the channel is closed, for a reader once it is drained. */
bool csp_channel_ended(const csp_channel *c, bool writing_end);
/* Its block ends. */
void csp_channel_poison(csp_scheduler *S, csp_channel *c);
/* A guard's node goes into the queue of its channel and out of it again. */
void csp_channel_enable(csp_guard *guard);
void csp_channel_withdraw(csp_guard *guard);

/* ---- buffer.c ---- */

static inline bool csp_buffer_has_room(const csp_buffer *b)
{
    return b->count + b->reserved < b->capacity;
}

/* The buffer must have room; hold a message. */
void csp_buffer_put(csp_buffer *b, const void *message);
void csp_buffer_get(csp_buffer *b, void *message);
/* Poison: its messages are gone, and no `??` holds a place any more. */
void csp_buffer_drop(csp_buffer *b);
/* A `??` has received from the sender (NULL: a host, a device, or the buffer's ring) through a channel with that buffer
 * (NULL: none). Whether the sender must wait. */
bool csp_hold(csp_held *held, csp_process *sender, csp_buffer *buffer);

/* Puts a guard that receives at the end of the queue, to stay there; false: somebody else waits to receive, or stands. */
bool csp_channel_stand(csp_guard *guard);
/* Waits behind others who wait for the same on an open channel, its message noted; false: there are none. A plain process
 * waits before it there, so no guard that stands is told, and none has to give way. */
static inline bool csp_channel_wait_behind(csp_channel *c, csp_process *self, enum csp_node_kind kind)
{
    csp_node *n = &self->node, *before = c->last;
    if (c->first->kind != kind || (uintptr_t)before & CSP_MARKS)
        return false;
    n->kind = (uint8_t)kind;
    n->next = before->next;
    before->next = n;
    c->last = n;
    if (csp_node_is_guard(n->next))
        ((csp_guard *)n->next)->previous = n;
    return true;
}

/* Receives for a guard that stands, from a plain process on an open channel; false: there is none. */
static inline bool csp_channel_receive_plain(csp_scheduler *S, const csp_guard *guard)
{
    csp_channel *c = guard->channel;
    csp_node *n = c->first;
    if (n->kind != CSP_SENDING || (uintptr_t)c->last & CSP_MARKS)
        return false;
    c->first = n->next;
    csp_copy(guard->message, (char *)n + n->message, guard->size);
    csp_ready(S, (csp_process *)n);
    return true;
}

/* ---- standing.c ---- */

/* The first guard from i on, which stands, that may be ready; the one behind the last that stands if there is none. */
int32_t csp_standing_search(const csp_standing *standing, int32_t i);
static inline int32_t csp_standing_next(const csp_standing *standing, int32_t i)
{
    uint32_t at = (uint32_t)(i - standing->first);
    return standing->maybe.words[at / 64] >> at % 64 & 1 ? i : csp_standing_search(standing, i);
}
/* A guard that stands has turned out not to be ready, or has become so. */
void csp_standing_unready(csp_guard *guard);
void csp_standing_ready(csp_guard *guard);
/* The alt begins to wait, and ends. */
void csp_standing_enable(csp_standing *standing);
void csp_standing_withdraw(csp_standing *standing);
bool csp_standing_waits(const csp_guard *guard);
/* Somebody else is going to wait to receive there. */
void csp_standing_give_way(csp_guard *guard);

/* ---- barrier.c ---- */

/* All others have come. */
bool csp_barrier_ready(const csp_barrier *b);
/* Lets those who have come go on. */
void csp_barrier_complete(csp_scheduler *S, csp_barrier *b);
/* A guard's node goes into the queue of its barrier and out of it again. */
void csp_barrier_enable(csp_guard *guard);
void csp_barrier_withdraw(csp_guard *guard);

/* ---- alt.c ---- */

/* A partner has communicated with this guard of a waiting alt, or its barrier is complete. The alt stands in no queue any
 * more; who calls makes its process runnable. */
void csp_alt_met(csp_scheduler *S, csp_guard *guard);
/* The end of the guard's channel has come for writers, and for readers too if `drained`. Whether a waiting alt, of which
 * this is one guard on that channel, took that. */
bool csp_alt_end(csp_scheduler *S, csp_guard *guard, bool drained);
/* The earliest instant of a waiting alt has come. */
void csp_alt_timeout(csp_scheduler *S, csp_alt *alt, int64_t now);

/* ---- timer.c ---- */

/* See timer.c. All zero: none. */
struct csp_timers {
    int64_t past;             /* the last instant that came */
    uint64_t used[4];         /* a bit for each list that is not empty */
    csp_timer *first[256];
    csp_timer *earliest[256]; /* of each list, the first one of its instant; NULL: not known */
};

void csp_timer_start(csp_scheduler *S, csp_timer *timer, int64_t instant);
void csp_timer_stop(csp_scheduler *S, csp_timer *timer);
/* Makes runnable whatever waits for an instant up to now. */
void csp_timer_fire(csp_scheduler *S, int64_t now);
/* The earliest instant; INT64_MAX: there is none. */
int64_t csp_timer_next(csp_scheduler *S);

static inline bool csp_timers_any(const struct csp_timers *timers)
{
    return (timers->used[0] | timers->used[1] | timers->used[2] | timers->used[3]) != 0;
}

/* ---- process.c ---- */

/* Runs until nothing is runnable or main has ended. */
void csp_run(csp_scheduler *S);

/* ---- idle.c ---- */

/* Timers, blocking calls, input or output are pending: they must be looked at while processes run. */
void csp_watch(csp_scheduler *S);
/* Does what S->attention has been set for. */
void csp_attend(csp_scheduler *S);
/* Nothing is runnable: waits for what can change that. False where nothing can: a deadlock. */
bool csp_idle(csp_scheduler *S);

/* ---- stream.c ---- */

enum { CSP_STREAM_BUFFER = 65536 };

/* Bytes that have been read wait for their readers from device.at to device.end. */
struct csp_input {
    struct csp_device device;
    int descriptor;
    bool asked; /* somebody found no byte, be it only an alt that went on: read when it does not block */
    char bytes[CSP_STREAM_BUFFER];
};

/* Bytes [sent, whole) can be written; [whole, used) belong to a print that is not complete. */
struct csp_output {
    struct csp_device device;
    int descriptor;
    bool sealed; /* the reason of a failed assertion is collected: what does not fit is cut off */
    uint32_t sent, whole, used;
    char bytes[CSP_STREAM_BUFFER];
};

void csp_stream_begin(csp_scheduler *S);
void csp_stream_append(csp_scheduler *S, struct csp_output *out, const char *bytes, size_t length);
/* What has been appended is whole now, and may be written. */
void csp_stream_commit(csp_scheduler *S, struct csp_output *out);
/* Writes everything that is whole on both outputs; blocks if it must. */
void csp_stream_flush(csp_scheduler *S);
/* Whether somebody waits for the input, or for room in an output. */
bool csp_stream_awaited(csp_scheduler *S);
/* Moves what can be moved now, or waits up to `timeout` nanoseconds (negative: for ever) until something can. */
void csp_stream_poll(csp_scheduler *S, int64_t timeout);

/* ---- print.c ---- */

/* The shortest text that reads back as the value; `single`: as a float. Returns its length, below 32. */
int csp_print_number(char text[32], double value, bool single);

/* ---- arguments.c ---- */

struct csp_options {
    bool help, virtual_time;
    int64_t watch;     /* nanoseconds; 0: not given */
    const char *trace; /* a file; NULL: not given */
};

/* Fills main's frame from the command line. False where that is wrong, with the reason and the usage in `text`. */
bool csp_arguments_read(const csp_program *program, int argc, char **argv, void *frame, struct csp_options *options,
                        char *text, size_t size);
/* The value that the text says; false: it is none of the parameter's type. */
bool csp_argument_store(const csp_argument *argument, const char *text, void *frame);
static inline bool csp_argument_is_end(const csp_argument *argument)
{
    return argument->kind >= CSP_ARGUMENT_IN;
}
void csp_arguments_usage(const csp_program *program, char *text, size_t size);

/* ---- spawn.c ---- */

/* A spawned process: its header, then its frame. */
#define CSP_SPAWNED_SIZE CSP_SPAWN_ROOM(sizeof(csp_spawned))

static inline csp_process *csp_spawned_frame(csp_spawned *spawned)
{
    return (csp_process *)(void *)((char *)spawned + CSP_SPAWNED_SIZE);
}

/* ---- blocking.c ---- */

/* Blocking calls; see blocking.c, which fills this in when there is the first. */
struct csp_jobs {
    void *threads;          /* of the port; NULL: there was no call yet */
    int wake;               /* a descriptor that can be read while jobs are done; while any are under way */
    int64_t under_way;
    csp_node *first, *last; /* under virtual time: who waits for a job, in the order in which these were begun */
    /* Makes runnable who waits for jobs that are done, at least one if `wait`; under virtual time no more than one. */
    void (*come_back)(csp_scheduler *S, bool wait);
    /* Waits for the jobs that run, and ends the threads. */
    void (*end)(csp_scheduler *S);
};

/* ---- report.c ---- */

/* Where a process comes from, as one line: "    in philosopher[2], started at dining.csp:40:9, in main". */
void csp_report_origin(csp_scheduler *S, csp_process *process);
/* The place where a process of the program waits; 0 where that is not known. */
csp_place csp_report_place(csp_scheduler *S, csp_process *process);
void csp_report_deadlock(csp_scheduler *S);
/* The same of a program that goes on: called between two steps. */
void csp_report_live(csp_scheduler *S, const char *why);
/* Formats to standard error. */
void csp_report_text(csp_scheduler *S, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* ---- fail.c ---- */

_Noreturn void csp_leave(csp_scheduler *S, int status);

/* ---- live.c ---- */

/* In a signal handler: asks for a report. */
void csp_live_ask(void *scheduler);
/* Makes the report that has been asked for, if any. */
void csp_live_answer(csp_scheduler *S);
/* While nothing moves, which has lasted for `still` nanoseconds: how long to wait where one would wait that long (negative:
 * for ever), so that --watch is served. */
int64_t csp_live_timeout(const csp_scheduler *S, int64_t still, int64_t timeout);
void csp_live_still(csp_scheduler *S, int64_t still);

/* ---- trace.c: what --trace=FILE writes; all but the first two are called only while S->trace is not NULL ---- */

/* Before main's first step; a file that cannot be written is an error. */
void csp_trace_begin(csp_scheduler *S, const char *path);
/* The trace is whole; `by` is what the program has ended by. Does nothing where there is none. */
void csp_trace_end(csp_scheduler *S, const char *by);
/* csp_run, step by step. */
void csp_trace_run(csp_scheduler *S);
/* A message goes from one to the other; NULL: a device or a host. */
CSP_COLD void csp_trace_message(csp_scheduler *S, const csp_channel *c, const csp_process *from, const csp_process *to,
                                const void *message);
/* … and is about to go into a buffer, and out of it. */
CSP_COLD void csp_trace_put(csp_scheduler *S, const csp_buffer *b, const csp_process *from, const void *message);
CSP_COLD void csp_trace_get(csp_scheduler *S, const csp_buffer *b, const csp_process *to);
/* An alt chooses from here on, at that place; 0: it has. */
CSP_COLD void csp_trace_alt(csp_scheduler *S, csp_place place);
/* … and has taken a guard. */
CSP_COLD void csp_trace_choice(csp_scheduler *S, const csp_alt *alt);
/* close, poison */
CSP_COLD void csp_trace_end_of(csp_scheduler *S, const csp_channel *c, const char *verb);
/* Found at once that the channel has ended. */
CSP_COLD void csp_trace_met_end(csp_scheduler *S, const csp_channel *c, const csp_process *process);
CSP_COLD void csp_trace_spawn(csp_scheduler *S, csp_spawned *spawned);
/* A member of a barrier on which all have come. */
CSP_COLD void csp_trace_sync(csp_scheduler *S, const csp_process *process);
/* The body of a ?? is done: its sender goes on. */
CSP_COLD void csp_trace_release(csp_scheduler *S, const csp_process *sender);
void csp_trace_error(csp_scheduler *S, csp_place place, const char *text);

/* ---- the world ---- */

struct csp_world {
    struct csp_pool pool;
    csp_cell *cells[CSP_POOL_CLASSES]; /* free cells by size class; see mobile.c */
    char nowhere[sizeof(csp_cell) + 16]; /* the first cell, aligned to 16 bytes in here: where all-zero ends lead */
    csp_process root;     /* parent of main: running it ends the run */
    csp_process *main;
    bool ended;           /* main has */

    bool virtual_time;
    struct csp_timers timers;
    int64_t clock;        /* virtual: now; else what the port's clock said when the world began */

    csp_process watch;    /* in the run queue while there is something to look at; see idle.c */
    bool watching, begins_to_watch;
    uint32_t look_in;     /* its runs until the next look, of look_every */
    uint32_t look_every;
    int64_t looked, flushed; /* when it did so last */

    volatile int is_asked; /* where the processes are: see live.c */
    int64_t watch_after;  /* nanoseconds for which nothing moves until that is told; 0: never */
    bool has_told;        /* … and has been */

    csp_process blame;    /* runs in front of all others to fail for `blamed`; see channel.c */
    csp_process *blamed;

    uintptr_t stack_limit; /* the C stack must not grow below this */
    void (*leave)(void *context, int status); /* NULL: end the process of the operating system */
    void *leave_context;

    struct csp_input input;
    struct csp_output output, errors;

    struct csp_jobs jobs;
};

#endif
