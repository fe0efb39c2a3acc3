/* trace_write: events as Chrome trace JSON, one a line, so that what there is of a file that was cut off can be read.
 *
 * Each event is later than the one before it, by a nanosecond where the clock says no more: so their order is that of
 * their times, also under virtual time. Called by trace.c. */
#include "port.h"
#include "trace.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { EVENT_MOST = 16384, TEXT_MOST = 1024 };

/* ---- the file ---- */

_Noreturn void csp_trace_fail(csp_scheduler *S, const char *why)
{
    const char *path = S->trace->path;
    S->trace = NULL;
    csp_stream_flush(S);
    csp_report_text(S, "error: the trace cannot be written to %s: %s\n", path, why);
    csp_leave(S, 1);
}

/* Returns 0 or the error number. */
static int write_all(struct csp_trace *T, const char *bytes, size_t length)
{
    while (length) {
        ptrdiff_t n = csp_port_write(T->descriptor, bytes, length);
        if (n < 0)
            return (int)-n;
        bytes += n;
        length -= (size_t)n;
    }
    return 0;
}

#define ENDED(by) ",\n{\"ph\":\"M\",\"pid\":1,\"name\":\"ended\",\"args\":{\"by\":\"" by "\"}}\n]}\n"

/* Signal 0: a call of exit. */
static void write_interrupted(struct csp_trace *T, size_t whole, int number)
{
    const char *end = number ? ENDED("a signal") : ENDED("a call of exit");
    if (write_all(T, T->bytes, whole) == 0)
        write_all(T, end, strlen(end));
}

/* Between any two instructions. */
static bool on_signal(void *scheduler, int number)
{
    struct csp_trace *T = ((csp_scheduler *)scheduler)->trace;
    if (T && T->is_busy) {
        T->signal = number;
        return false;
    }
    if (T)
        write_interrupted(T, T->whole, number);
    return true;
}

static void flush(csp_scheduler *S)
{
    struct csp_trace *T = S->trace;
    T->is_busy = true;
    int error = write_all(T, T->bytes, T->whole);
    T->whole = T->used = 0;
    if (T->signal) {
        write_interrupted(T, 0, T->signal);
        csp_port_die(T->signal);
    }
    T->is_busy = false;
    if (error)
        csp_trace_fail(S, strerror(error));
}

/* ---- text ---- */

/* An event never needs more than its room. */
static void put(struct csp_trace *T, const char *text, size_t length)
{
    memcpy(T->bytes + T->used, text, length);
    T->used += length;
}

static void put_format(struct csp_trace *T, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 2, 3)))
#endif
    ;

static void put_format(struct csp_trace *T, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    T->used += (size_t)vsnprintf(T->bytes + T->used, TRACE_BUFFER - T->used, format, arguments);
    va_end(arguments);
}

/* How many bytes the character there has; 0: it is none in UTF-8. */
static size_t character(const unsigned char *at)
{
    size_t more = at[0] < 0x80                    ? 0
                  : at[0] >= 0xc2 && at[0] < 0xe0 ? 1
                  : (at[0] & 0xf0) == 0xe0        ? 2
                  : at[0] >= 0xf0 && at[0] < 0xf5 ? 3
                                                  : 4;
    if (more == 4 || (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
        (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
        return 0;
    for (size_t i = 1; i <= more; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return more + 1;
}

static void put_escaped(struct csp_trace *T, const char *text)
{
    const unsigned char *at = (const unsigned char *)text, *limit = at + TEXT_MOST;
    while (*at && at < limit) {
        size_t length = character(at);
        if (*at == '"' || *at == '\\')
            put_format(T, "\\%c", *at);
        else if (*at < 0x20)
            put_format(T, "\\u%04x", *at);
        else if (length)
            put(T, (const char *)at, length);
        else
            put(T, "?", 1);
        at += length ? length : 1;
    }
}

/* ---- events ---- */

/* Under virtual time an event of its own says what the clock says from here on. */
static void tell_clock(csp_scheduler *S)
{
    struct csp_trace *T = S->trace;
    int64_t now = csp_now(S);
    T->now = now > T->now ? now : T->now + 1;
    if (!S->world->virtual_time || now == T->clock)
        return;
    T->clock = now;
    csp_trace_event(S, 'i', 0);
    put_format(T, ",\"s\":\"g\",\"cat\":\"clock\",\"name\":\"clock\",\"args\":{\"now\":%" PRId64, now);
    csp_trace_done(S, 2);
    T->now++;
}

void csp_trace_event(csp_scheduler *S, char phase, int64_t line)
{
    struct csp_trace *T = S->trace;
    if (T->used > TRACE_BUFFER - EVENT_MOST)
        flush(S);
    if (phase != 'M' && line)
        tell_clock(S);
    put_format(T, ",\n{\"ph\":\"%c\",\"pid\":1,\"tid\":%" PRId64, phase, line);
    if (phase != 'M')
        put_format(T, ",\"ts\":%" PRId64 ".%03d", T->now / 1000, (int)(T->now % 1000));
}

void csp_trace_text(csp_scheduler *S, const char *key, const char *text)
{
    put_format(S->trace, ",\"%s\":\"", key);
    put_escaped(S->trace, text);
    put(S->trace, "\"", 1);
}

void csp_trace_raw(csp_scheduler *S, const char *json)
{
    put(S->trace, json, strlen(json));
}

void csp_trace_number(csp_scheduler *S, const char *key, int64_t number)
{
    put_format(S->trace, ",\"%s\":%" PRId64, key, number);
}

void csp_trace_place(csp_scheduler *S, csp_place place)
{
    put_format(S->trace, ",\"args\":{\"at\":\"");
    put_escaped(S->trace, S->program->files[place >> 48]);
    put_format(S->trace, ":%u:%u\"", (unsigned)(place >> 16), (unsigned)(place & 0xffff));
}

void csp_trace_done(csp_scheduler *S, int braces)
{
    put(S->trace, "}}}", (size_t)braces);
    S->trace->whole = S->trace->used;
}

/* ---- beginning and end ---- */

void csp_trace_create(csp_scheduler *S, const char *path)
{
    struct csp_trace *T = S->trace;
    T->path = path;
    T->descriptor = csp_port_create(path);
    if (T->descriptor < 0)
        csp_trace_fail(S, strerror(-T->descriptor));
    put_format(T, "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"program\":\"%s\",\"clock\":\"%s\"},\"traceEvents\":[\n",
               S->program->name, S->world->virtual_time ? "virtual" : "real");
    put_format(T, "{\"ph\":\"M\",\"pid\":1,\"name\":\"process_name\",\"args\":{\"name\":\"%s\"", S->program->name);
    csp_trace_done(S, 2);
    csp_port_on_interrupt(on_signal, S);
}

void csp_trace_end(csp_scheduler *S, const char *by)
{
    struct csp_trace *T = S->trace;
    if (!T)
        return;
    csp_trace_event(S, 'M', 0);
    put_format(T, ",\"name\":\"ended\",\"args\":{\"by\":\"%s\"}}\n]}\n", by);
    T->whole = T->used;
    flush(S);
    int error = csp_port_close(T->descriptor);
    if (error)
        csp_trace_fail(S, strerror(-error));
    S->trace = NULL;
}
