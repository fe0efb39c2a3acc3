/* fail: the end of a program that went wrong: what was printed, then what is wrong, where, and in which process
 * (language.md § 10). Called by generated code and by the checks of csp_check.h. */
#include "csp_host.h"
#include "port.h"
#include "world.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

_Noreturn void csp_leave(csp_scheduler *S, int status)
{
    struct csp_world *w = S->world;
    csp_stream_flush(S);
    csp_trace_end(S, status == 1 ? "a run-time error" : "a deadlock");
    if (w->leave) {
        csp_host_end(S);
        w->leave(w->leave_context, status);
    }
    csp_port_exit(status);
}

/* What a print has begun is dropped. */
static void begin_message(csp_scheduler *S, csp_place place)
{
    struct csp_output *out = &S->world->output;
    out->used = out->whole;
    csp_stream_flush(S);
    if (place)
        csp_report_text(S, "%s:%u:%u: ", S->program->files[place >> 48], (unsigned)(place >> 16), (unsigned)(place & 0xffff));
    csp_report_text(S, "error: ");
}

static _Noreturn void end_message(csp_scheduler *S)
{
    csp_report_text(S, "\n");
    csp_report_origin(S, S->running);
    csp_leave(S, 1);
}

_Noreturn void csp_fail(csp_scheduler *S, csp_place place, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    begin_message(S, place);
    if (S->trace)
        csp_trace_error(S, place, text);
    csp_report_text(S, "%s", text);
    end_message(S);
}

/* ---- assertions: their reason is printed, and caught before it goes out ---- */

void csp_assert_begin(csp_scheduler *S)
{
    csp_stream_flush(S);
    S->world->output.sealed = true;
}

_Noreturn void csp_assert_failed(csp_scheduler *S, csp_place place)
{
    struct csp_output *out = &S->world->output;
    char reason[512];
    size_t length = out->used - out->whole;
    size_t kept = length < sizeof reason ? length : sizeof reason;
    memcpy(reason, out->bytes + out->whole, kept);
    csp_fail(S, place, "assertion failed%s%.*s", length ? ": " : "", (int)kept, reason);
}

/* ---- checks ---- */

_Noreturn void csp_fail_overflow_int(csp_scheduler *S, csp_place place, const char *operator, const char *type, int64_t a,
                                     int64_t b)
{
    csp_fail(S, place, "%" PRId64 " %s %" PRId64 " overflows %s", a, operator, b, type);
}

_Noreturn void csp_fail_overflow_uint(csp_scheduler *S, csp_place place, const char *operator, const char *type,
                                      uint64_t a, uint64_t b)
{
    csp_fail(S, place, "%" PRIu64 " %s %" PRIu64 " overflows %s", a, operator, b, type);
}

_Noreturn void csp_fail_overflow_of(csp_scheduler *S, csp_place place, const char *what, const char *type, int64_t a)
{
    csp_fail(S, place, "%s(%" PRId64 ") overflows %s", what, a, type);
}

_Noreturn void csp_fail_zero(csp_scheduler *S, csp_place place)
{
    csp_fail(S, place, "division by zero");
}

_Noreturn void csp_fail_shift(csp_scheduler *S, csp_place place, const char *type, int64_t by)
{
    csp_fail(S, place, "%s cannot be shifted by %" PRId64, type, by);
}

_Noreturn void csp_fail_index(csp_scheduler *S, csp_place place, const char *name, int64_t index, int64_t length)
{
    csp_fail(S, place, "index %" PRId64 " is out of bounds of %s[%" PRId64 "]", index, name, length);
}

_Noreturn void csp_fail_apart(csp_scheduler *S, csp_place place, const char *a, const char *b, int64_t index)
{
    csp_fail(S, place, "%s and %s are the same element, of index %" PRId64 ": it is passed twice in one call, and by ref", a, b,
             index);
}

_Noreturn void csp_fail_index_string(csp_scheduler *S, csp_place place, int64_t index, int64_t length)
{
    csp_fail(S, place, "index %" PRId64 " is out of bounds of a string of %" PRId64 " characters", index, length);
}

_Noreturn void csp_fail_enum(csp_scheduler *S, csp_place place, const char *name, int64_t value)
{
    csp_fail(S, place, "%" PRId64 " is no value of %s", value, name);
}

_Noreturn void csp_fail_text(csp_scheduler *S, csp_place place, int64_t length, int64_t room)
{
    csp_fail(S, place, "a text of %" PRId64 " characters does not fit char[%" PRId64 "]", length, room);
}

_Noreturn void csp_fail_fit_int(csp_scheduler *S, csp_place place, const char *type, int64_t value)
{
    csp_fail(S, place, "%" PRId64 " does not fit %s", value, type);
}

_Noreturn void csp_fail_fit_uint(csp_scheduler *S, csp_place place, const char *type, uint64_t value)
{
    csp_fail(S, place, "%" PRIu64 " does not fit %s", value, type);
}

_Noreturn void csp_fail_fit_double(csp_scheduler *S, csp_place place, const char *type, double value)
{
    char text[32];
    csp_print_number(text, value, false);
    csp_fail(S, place, "%s does not fit %s", text, type);
}

/* ---- the C stack ---- */

void csp_stack_check(csp_scheduler *S, csp_place place, size_t locals)
{
#ifdef __GNUC__
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
#else
    char local;
    uintptr_t here = (uintptr_t)&local;
#endif
    if (here < S->world->stack_limit + locals)
        csp_fail(S, place, "recursion too deep");
}
