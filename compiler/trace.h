/* trace: cspc trace, which shows what a program did that was run with --trace=FILE.
 *
 *     FILE ─ trace_read ─▶ struct trace ─ trace_select ─▶ fewer events ─ trace_text, trace_html ─▶ text, page
 */
#ifndef TRACE_H
#define TRACE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The command. Returns the exit status. */
int trace_command(int argc, char **argv);

enum trace_kind {
    TRACE_START,
    TRACE_END,
    TRACE_CALL,
    TRACE_RETURN,
    TRACE_WAIT,
    TRACE_GO_ON,
    TRACE_MESSAGE, /* to a process that receives it at once */
    TRACE_PUT,     /* into a buffer; `other` is who gets it, at event `until` */
    TRACE_GET,     /* out of it; `other` is who sent it */
    TRACE_RELEASE, /* the body of a ?? is done */
    TRACE_CHOICE,
    TRACE_CLOSE,
    TRACE_MET,
    TRACE_SYNC,
    TRACE_ERROR,
    TRACE_CLOCK
};

enum { TRACE_NONE = -1 };

struct trace_event {
    enum trace_kind kind;
    int64_t time;          /* nanoseconds */
    int line, other;       /* indices of lines; TRACE_NONE: none, or not known */
    int until, outer;      /* of what lasts: the event that ends it; what it lies in. TRACE_NONE: none */
    const char *name;      /* of a channel, a process; what is waited for; "" where there is none */
    const char *at, *text; /* in the source; "" */
    const char *other_at;  /* the same of the receiver */
    const char *value;     /* of a message; "" where that is not known */
    int guard;
    bool is_poisoned;
    bool is_shown;
};

/* main, a branch, a spawned process, a stream. */
struct trace_line {
    int64_t id;
    const char *name;
    int parent;
    int open;     /* while reading: the innermost that lasts */
    bool is_bare; /* a branch that is one communication: a part of its parent */
    bool is_device, has_events;
};

struct trace {
    const char *program;
    const char *ended_by; /* NULL: the file was cut off */
    bool is_virtual;
    struct trace_line *lines;
    int line_count, line_room;
    struct trace_event *events;
    int count, room;
};

/* NULL: the file cannot be read, or is no trace, which has been said. */
struct trace *trace_read(const char *path);
/* Shows only events with one of these processes (none: all), and of these the last ones (0: all). False: there is no
 * such process, which has been said. */
bool trace_select(struct trace *trace, char *const *processes, int process_count, int64_t last);

/* The line that stands for this one: a bare branch is a part of its parent. */
int trace_column(const struct trace *trace, int line);
/* An event that counts: that the clock moves, and that such a branch starts and ends, is no news. */
bool trace_is_told(const struct trace *trace, const struct trace_event *event);

void trace_text(FILE *to, const struct trace *trace);
void trace_html(FILE *to, const struct trace *trace);

/* 1.5ms */
const char *trace_time(int64_t nanoseconds);

/* trace_page.html, as a text, made by trace_page.cmake. */
extern const unsigned char trace_page[];

#endif
