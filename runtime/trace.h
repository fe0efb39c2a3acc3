/* trace: what a traced run knows of its program, and how it writes it down. Called by trace*.c.
 *
 * A line is a thread of control: main, a branch of a par, a spawned process. The frames of processes that it has called
 * belong to it, as slices of its time. A branch that begins again continues the line that it had before. */
#ifndef CSP_TRACE_H
#define CSP_TRACE_H

#include "partner.h"

enum { TRACE_BUFFER = 1 << 16, TRACE_NAME = 256, TRACE_VALUE = 512 };

/* Everything that is found by an address: frames, lines, buffers, names of cells. In one table. */
struct csp_entry {
    struct csp_entry *next; /* in its bucket, or free */
    const void *at;
    int64_t key; /* of a line: its parent's number and its own index; else one of these */
};
enum { TRACE_FRAME = -1, TRACE_BUFFERED = -2, TRACE_CELL = -3 };

struct csp_line {
    struct csp_entry entry;
    int64_t id;
    const char *name;             /* "philosopher[2]" */
    const char *number;           /* the same of the nearest around it that is one of many; NULL: there is none */
    struct csp_line *pool, *free; /* of spawned processes: where it goes when it has ended; the next there */
    int64_t count;                /* of a pool */
};

/* A frame that has been seen. Its step is trace.c's, which calls the one that it had. */
struct csp_traced {
    struct csp_entry entry;
    csp_process *frame;
    csp_step *step;
    const csp_kind *kind; /* NULL: a process of the runtime's own, whose step runs when something has ended */
    struct csp_line *line;
    struct csp_traced
        *above; /* whose frame holds what this one uses: the parent, of spawned processes who joins them */
    struct csp_traced *below; /* while its calls are looked up */
    bool is_called, has_begun, waits;
};

struct csp_buffered {
    struct csp_entry entry;
    int64_t first, sent; /* numbers of its messages begin with first; so many have been put into it */
};

struct csp_named {
    struct csp_entry entry;
    uint32_t generation;
    const csp_value *value;
    char name[TRACE_NAME];
};

struct csp_trace {
    const char *path;
    int descriptor;
    char *rest, *end; /* of its memory: what was never handed out */
    struct csp_entry **buckets;
    size_t mask;
    struct csp_entry *free;     /* struct csp_traced that were given back */
    struct csp_traced *current; /* whose step runs; NULL: of nobody that has been seen */
    csp_place place;            /* of the alt that `current` evaluates; else 0 */
    int64_t lines, messages, buffers;
    int64_t streams[3]; /* lines of stdin, stdout, stderr; 0: none yet */
    int64_t now, clock; /* the last event; what the virtual clock said then */
    /* Events [0, whole) are complete; a signal handler writes these, unless they are being written. */
    volatile size_t whole, used;
    volatile bool is_busy;
    volatile int signal; /* came meanwhile */
    char bytes[TRACE_BUFFER];
};

/* ---- trace_write.c: events, one a line ---- */

/* {"ph":"B","pid":1,"tid":3,"ts":0.001 */
void csp_trace_event(csp_scheduler *S, char phase, int64_t line);
/* ,"name":"out ! x" */
void csp_trace_text(csp_scheduler *S, const char *key, const char *text);
/* JSON as it is. */
void csp_trace_raw(csp_scheduler *S, const char *json);
/* ,"id":7 */
void csp_trace_number(csp_scheduler *S, const char *key, int64_t number);
/* Where it is in the source, as the first argument: ,"args":{"at":"model.csp:3:5" */
void csp_trace_place(csp_scheduler *S, csp_place place);
/* The event is whole; closes so many braces. */
void csp_trace_done(csp_scheduler *S, int braces);
_Noreturn void csp_trace_fail(csp_scheduler *S, const char *why);
/* Begins the file. */
void csp_trace_create(csp_scheduler *S, const char *path);

/* ---- trace_line.c: lines are announced in the file when they are first asked for ---- */

struct csp_line *csp_trace_main_line(csp_scheduler *S);
/* Of number `index` of a group that a process of that line starts: the same each time. */
struct csp_line *csp_trace_branch_line(csp_scheduler *S, const struct csp_line *parent, const csp_children *group,
                                       int64_t index);
struct csp_line *csp_trace_spawned_line(csp_scheduler *S, const struct csp_line *parent, const csp_kind *kind);
/* Of stdin, stdout, stderr: its number. */
int64_t csp_trace_stream_line(csp_scheduler *S, int stream);

/* ---- trace_table.c ---- */

void *csp_trace_memory(csp_scheduler *S, size_t size);
/* NULL: there is none. */
void *csp_trace_find(const struct csp_trace *T, const void *at, int64_t key);
void *csp_trace_add(csp_scheduler *S, const void *at, int64_t key, size_t size);
void csp_trace_remove(struct csp_trace *T, struct csp_traced *traced);
/* What the channel is called where it is declared: "pick[2]". Returns what its messages are made of, if that is said.
 */
const csp_value *csp_trace_name(csp_scheduler *S, const struct csp_traced *user, const csp_channel *c,
                                char name[TRACE_NAME]);
/* 0 stdin … 2 stderr; -1: it is no device. */
int csp_trace_stream(csp_scheduler *S, const csp_channel *c);

/* ---- trace_value.c ---- */

/* put(3, "x") */
void csp_trace_value(const csp_value *value, const void *message, char *text, size_t size);

#endif
