/* trace_value: messages as text, as the language writes values, by the tables of a program that was compiled with
 * --trace-values. Called by trace.c. */
#include "trace.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#define BUILTIN(kind, type) [CSP_VALUE_##kind] = {CSP_VALUE_##kind, sizeof(type), 0, NULL, NULL}
const csp_value csp_values[] = {
    BUILTIN(BOOL, bool),       BUILTIN(CHAR, uint8_t),      BUILTIN(INT8, int8_t),   BUILTIN(INT16, int16_t),
    BUILTIN(INT32, int32_t),   BUILTIN(INT64, int64_t),     BUILTIN(UINT8, uint8_t), BUILTIN(UINT16, uint16_t),
    BUILTIN(UINT32, uint32_t), BUILTIN(UINT64, uint64_t),   BUILTIN(FLOAT, float),   BUILTIN(DOUBLE, double),
    BUILTIN(TIME, int64_t),    BUILTIN(STRING, csp_string), BUILTIN(END, csp_end),   BUILTIN(OPAQUE, void *)};

/* A text that grows until there is no more room. */
struct text {
    char *at;
    size_t room;
};

static void put(struct text *t, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 2, 3)))
#endif
    ;

static void put(struct text *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(t->at, t->room, format, arguments);
    va_end(arguments);
    size_t used = (size_t)length < t->room ? (size_t)length : t->room - 1;
    t->at += used;
    t->room -= used;
}

static void put_quoted(struct text *t, const char *bytes, size_t length, char quote)
{
    put(t, "%c", quote);
    for (size_t i = 0; i < length && t->room > 1; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '\n' || c == '\t')
            put(t, c == '\n' ? "\\n" : "\\t");
        else if (c < 0x20 || c == 0x7f)
            put(t, "\\x%02x", c);
        else
            put(t, c == (unsigned char)quote || c == '\\' ? "\\%c" : "%c", c);
    }
    put(t, "%c", quote);
}

static int64_t integer(const void *at, size_t size, bool is_signed)
{
    int8_t b;
    int16_t h;
    int32_t w;
    int64_t d;
    switch (size) {
    case 1: memcpy(&b, at, 1); return is_signed ? b : (uint8_t)b;
    case 2: memcpy(&h, at, 2); return is_signed ? h : (uint16_t)h;
    case 4: memcpy(&w, at, 4); return is_signed ? w : (int64_t)(uint32_t)w;
    default: memcpy(&d, at, 8); return d;
    }
}

static void put_double(struct text *t, const void *at, bool is_single)
{
    char digits[32];
    float single;
    double value;
    memcpy(&single, at, sizeof single);
    if (!is_single)
        memcpy(&value, at, sizeof value);
    put(t, "%.*s", csp_print_number(digits, is_single ? (double)single : value, is_single), digits);
}

static void put_string(struct text *t, const void *at)
{
    csp_string string;
    memcpy(&string, at, sizeof string);
    put_quoted(t, string.at, (size_t)string.length, '"');
}

/* 10ms, where that is exact. */
static void put_time(struct text *t, int64_t time)
{
    static const struct {
        int64_t of;
        const char *name;
    } units[] = {{1000000000, "s"}, {1000000, "ms"}, {1000, "us"}, {1, "ns"}};
    int u = 0;
    while (time % units[u].of)
        u++;
    put(t, "%" PRId64 "%s", time / units[u].of, units[u].name);
}

static void put_value(struct text *t, const csp_value *value, const char *at);

static void put_members(struct text *t, const csp_value *value, const char *at)
{
    for (uint32_t i = 0; i < value->count && t->room > 1; i++) {
        const csp_member *m = &value->members[i];
        put(t, value->kind == CSP_VALUE_STRUCT ? "%s%s: " : "%s", i ? ", " : "", m->name);
        put_value(t, m->value, at + m->offset);
    }
}

static void put_elements(struct text *t, const csp_value *value, const char *at)
{
    const void *zero = value->of->kind == CSP_VALUE_CHAR ? memchr(at, 0, value->count) : NULL;
    if (value->of->kind == CSP_VALUE_CHAR) {
        put_quoted(t, at, zero ? (size_t)((const char *)zero - at) : value->count, '"');
        return;
    }
    put(t, "{");
    for (uint32_t i = 0; i < value->count && t->room > 1; i++) {
        put(t, "%s", i ? ", " : "");
        put_value(t, value->of, at + (size_t)i * (value->size / value->count));
    }
    put(t, "}");
}

/* An enum, a protocol: by its number. */
static const csp_member *member_at(const csp_value *value, const char *at)
{
    uint32_t number;
    memcpy(&number, at, sizeof number);
    return number < value->count ? &value->members[number] : &value->members[0];
}

static void put_protocol(struct text *t, const csp_value *value, const char *at)
{
    const csp_member *shape = member_at(value, at);
    put(t, "%s", shape->name);
    if (!shape->value->count)
        return;
    put(t, "(");
    put_members(t, shape->value, at);
    put(t, ")");
}

static void put_value(struct text *t, const csp_value *value, const char *at)
{
    switch (value->kind) {
    case CSP_VALUE_BOOL: put(t, *at ? "true" : "false"); break;
    case CSP_VALUE_CHAR: put_quoted(t, at, 1, '\''); break;
    case CSP_VALUE_INT8:
    case CSP_VALUE_INT16:
    case CSP_VALUE_INT32:
    case CSP_VALUE_INT64: put(t, "%" PRId64, integer(at, value->size, true)); break;
    case CSP_VALUE_UINT8:
    case CSP_VALUE_UINT16:
    case CSP_VALUE_UINT32:
    case CSP_VALUE_UINT64: put(t, "%" PRIu64, (uint64_t)integer(at, value->size, false)); break;
    case CSP_VALUE_FLOAT: put_double(t, at, true); break;
    case CSP_VALUE_DOUBLE: put_double(t, at, false); break;
    case CSP_VALUE_TIME: put_time(t, integer(at, 8, true)); break;
    case CSP_VALUE_STRING: put_string(t, at); break;
    case CSP_VALUE_END: put(t, "an end"); break;
    case CSP_VALUE_OPAQUE: put(t, "…"); break;
    case CSP_VALUE_ENUM: put(t, "%s", member_at(value, at)->name); break;
    case CSP_VALUE_PROTOCOL: put_protocol(t, value, at); break;
    case CSP_VALUE_ARRAY: put_elements(t, value, at); break;
    case CSP_VALUE_STRUCT:
    case CSP_VALUE_SHAPE:
        put(t, "{");
        put_members(t, value, at);
        put(t, "}");
        break;
    }
}

void csp_trace_value(const csp_value *value, const void *message, char *text, size_t size)
{
    static const char more[] = "…";
    struct text t = {text, size};
    put_value(&t, value, message);
    if (t.room == 1)
        memcpy(text + size - sizeof more, more, sizeof more);
}
