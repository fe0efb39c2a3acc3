/* arguments: the command line of a compiled program, made from the value parameters of its main (language.md § 3).
 *
 *     prog [--help] [--virtual-time] [--watch=SECONDS] [--trace=FILE] [--] ARGUMENT…
 *
 * Options may stand before and between the arguments; behind `--` everything is an argument. An argument is written as
 * the language writes a value of its type. Called by main.c and host.c. */
#include "world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- values ---- */

struct integer {
    bool negative;
    uint64_t size; /* without its sign */
};

/* The digit, or 99. */
static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    return 99;
}

/* Reads digits, with _ between them; returns what stands behind them, NULL where there is none or they do not fit. */
static const char *read_digits(const char *at, unsigned base, uint64_t *value)
{
    const char *begin = at;
    *value = 0;
    for (;; at++) {
        if (*at == '_' && at > begin && digit_value(at[1]) < base)
            continue;
        unsigned digit = digit_value(*at);
        if (digit >= base)
            return at > begin ? at : NULL;
        if (*value > (UINT64_MAX - digit) / base)
            return NULL;
        *value = *value * base + digit;
    }
}

/* 42, -0xff, 0b1010, 1_000_000; returns what stands behind it. */
static const char *read_integer(const char *at, struct integer *integer)
{
    integer->negative = *at == '-';
    at += integer->negative;
    if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X'))
        return read_digits(at + 2, 16, &integer->size);
    if (at[0] == '0' && (at[1] == 'b' || at[1] == 'B'))
        return read_digits(at + 2, 2, &integer->size);
    return read_digits(at, 10, &integer->size);
}

static bool store_integer(const char *text, enum csp_argument_kind kind, void *to)
{
    struct integer i;
    const char *rest = read_integer(text, &i);
    bool is_signed = kind <= CSP_ARGUMENT_INT64;
    int bits = 8 << (kind - (is_signed ? CSP_ARGUMENT_INT8 : CSP_ARGUMENT_UINT8));
    uint64_t most = UINT64_MAX >> (64 - bits + is_signed);
    if (i.negative)
        most = is_signed ? most + 1 : 0;
    if (!rest || *rest || i.size > most)
        return false;
    uint64_t value = i.negative ? 0 - i.size : i.size;
    switch (bits) {
    case 8: *(uint8_t *)to = (uint8_t)value; break;
    case 16: *(uint16_t *)to = (uint16_t)value; break;
    case 32: *(uint32_t *)to = (uint32_t)value; break;
    default: *(uint64_t *)to = value; break;
    }
    return true;
}

/* 10ms, or a number of nanoseconds. */
static bool store_time(const char *text, void *to)
{
    static const struct unit {
        const char *name;
        uint64_t nanoseconds;
    } units[] = {{"", 1}, {"ns", 1}, {"us", 1000}, {"ms", 1000000}, {"s", 1000000000},
                 {"min", 60000000000}, {"h", 3600000000000}};
    struct integer i;
    const char *rest = read_integer(text, &i);
    for (size_t u = 0; rest && u < sizeof units / sizeof units[0]; u++) {
        if (strcmp(rest, units[u].name) != 0)
            continue;
        if (i.size > INT64_MAX / units[u].nanoseconds)
            return false;
        int64_t time = (int64_t)(i.size * units[u].nanoseconds);
        *(int64_t *)to = i.negative ? -time : time;
        return true;
    }
    return false;
}

/* Whether the text is a number, as the C library reads them, less its words for infinity and nan. */
static bool read_number(const char *text, double *value)
{
    const char *digits = text + (*text == '-');
    char *end;
    *value = strtod(text, &end);
    return digit_value(*digits) < 10 && *end == '\0' && isfinite(*value);
}

static bool store_float(const char *text, void *to)
{
    double value;
    if (!read_number(text, &value) || !isfinite(strtof(text, NULL)))
        return false;
    *(float *)to = strtof(text, NULL);
    return true;
}

static bool store_bool(const char *text, void *to)
{
    *(bool *)to = strcmp(text, "true") == 0;
    return *(bool *)to || strcmp(text, "false") == 0;
}

static bool store_char(const char *text, void *to)
{
    *(uint8_t *)to = (uint8_t)text[0];
    return text[0] != '\0' && text[1] == '\0';
}

static bool store_string(const char *text, void *to)
{
    *(csp_string *)to = (csp_string){text, (int32_t)strlen(text)};
    return true;
}

bool csp_argument_store(const csp_argument *argument, const char *text, void *frame)
{
    void *to = (char *)frame + argument->offset;
    switch (argument->kind) {
    case CSP_ARGUMENT_BOOL: return store_bool(text, to);
    case CSP_ARGUMENT_CHAR: return store_char(text, to);
    case CSP_ARGUMENT_FLOAT: return store_float(text, to);
    case CSP_ARGUMENT_DOUBLE: return read_number(text, to);
    case CSP_ARGUMENT_TIME: return store_time(text, to);
    case CSP_ARGUMENT_STRING: return store_string(text, to);
    default: return store_integer(text, argument->kind, to);
    }
}

/* ---- the usage line ---- */

/* Ends stand behind all others, and are nothing to type. */
static uint32_t value_count(const csp_program *program)
{
    uint32_t count = 0;
    while (count < program->argument_count && !csp_argument_is_end(&program->arguments[count]))
        count++;
    return count;
}

static const char *type_name(enum csp_argument_kind kind)
{
    static const char *const names[] = {"bool", "char", "int8", "int16", "int", "int64", "uint8",
                                        "uint16", "uint", "uint64", "float", "double", "time", "string"};
    return names[kind];
}

/* usage: hello [--virtual-time] [--watch=SECONDS] [--trace=FILE] [--] <int count> [string name = world] */
void csp_arguments_usage(const csp_program *program, char *text, size_t size)
{
    static const char form[] = "usage: %s [--virtual-time] [--watch=SECONDS] [--trace=FILE] [--]";
    size_t used = (size_t)snprintf(text, size, form, program->name);
    for (uint32_t i = 0; i < value_count(program) && used < size; i++) {
        const csp_argument *a = &program->arguments[i];
        const char *type = type_name(a->kind);
        int n = a->fallback ? snprintf(text + used, size - used, " [%s %s = %s]", type, a->name, a->fallback)
                            : snprintf(text + used, size - used, " <%s %s>", type, a->name);
        used += (size_t)n;
    }
    if (used < size)
        snprintf(text + used, size - used, "\n");
}

/* ---- the command line ---- */

/* A message under way. */
struct message {
    const csp_program *program;
    char *text;
    size_t size;
};

static bool wrong(const struct message *m, const char *reason, const char *text, const char *more)
{
    int used = snprintf(m->text, m->size, "%s: error: %s%s%s\n", m->program->name, reason, text, more);
    if (used >= 0 && (size_t)used < m->size)
        csp_arguments_usage(m->program, m->text + used, m->size - (size_t)used);
    return false;
}

static bool wrong_value(const struct message *m, const csp_argument *argument, const char *text)
{
    char reason[256];
    const char *type = type_name(argument->kind);
    snprintf(reason, sizeof reason, "%s must be %s %s, not '", argument->name, type[0] == 'i' ? "an" : "a", type);
    return wrong(m, reason, text, "'");
}

/* ---- the command line ---- */

/* 5, 0.5 or, as the language writes it, 500ms. */
static bool read_watch(const char *text, int64_t *watch)
{
    double seconds;
    if (!read_number(text, &seconds))
        return store_time(text, watch) && *watch > 0;
    *watch = seconds > 0 && seconds < 1e9 ? (int64_t)(seconds * 1e9) : 0;
    return *watch > 0;
}

static bool read_option(const char *text, struct csp_options *options)
{
    if (strcmp(text, "--help") == 0)
        options->help = true;
    else if (strcmp(text, "--virtual-time") == 0)
        options->virtual_time = true;
    else if (strncmp(text, "--trace=", 8) == 0 && text[8])
        options->trace = text + 8;
    else
        return strncmp(text, "--watch=", 8) == 0 && read_watch(text + 8, &options->watch);
    return true;
}

/* The arguments that were not given: their defaults. */
static bool store_defaults(const struct message *m, uint32_t given, void *frame)
{
    for (uint32_t i = given; i < value_count(m->program); i++) {
        const csp_argument *a = &m->program->arguments[i];
        if (!a->fallback)
            return wrong(m, "the argument ", a->name, " is missing");
        if (!csp_argument_store(a, a->fallback, frame))
            return wrong_value(m, a, a->fallback);
    }
    return true;
}

bool csp_arguments_read(const csp_program *program, int argc, char **argv, void *frame, struct csp_options *options,
                        char *text, size_t size)
{
    const struct message m = {program, text, size};
    uint32_t given = 0;
    bool options_allowed = true;
    for (int i = 1; i < argc && !options->help; i++) {
        bool is_option = options_allowed && argv[i][0] == '-' && argv[i][1] == '-';
        if (is_option && !argv[i][2]) {
            options_allowed = false;
        } else if (is_option) {
            if (!read_option(argv[i], options))
                return wrong(&m, "there is no option ", argv[i], "; arguments that begin with -- stand behind a --");
        } else {
            if (given == value_count(program))
                return wrong(&m, "'", argv[i], "' is one argument too many");
            const csp_argument *a = &program->arguments[given++];
            if (!csp_argument_store(a, argv[i], frame))
                return wrong_value(&m, a, argv[i]);
        }
    }
    return options->help || store_defaults(&m, given, frame);
}
