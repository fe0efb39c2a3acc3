/* print: values as text, appended to what goes to standard output. Called by generated code and fail.c. */
#include "world.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void put(csp_scheduler *S, const char *text, size_t length)
{
    csp_stream_append(S, &S->world->output, text, length);
}

void csp_print_bool(csp_scheduler *S, bool value)
{
    put(S, value ? "true" : "false", value ? 4 : 5);
}

void csp_print_char(csp_scheduler *S, uint8_t value)
{
    char c = (char)value;
    put(S, &c, 1);
}

/* The digits end at `end`; returns where they begin. */
static char *decimal(char *end, uint64_t value)
{
    do
        *--end = (char)('0' + value % 10);
    while (value /= 10);
    return end;
}

void csp_print_uint(csp_scheduler *S, uint64_t value)
{
    char text[24], *end = text + sizeof text, *begin = decimal(end, value);
    put(S, begin, (size_t)(end - begin));
}

void csp_print_int(csp_scheduler *S, int64_t value)
{
    char text[24], *end = text + sizeof text;
    char *begin = decimal(end, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
    if (value < 0)
        *--begin = '-';
    put(S, begin, (size_t)(end - begin));
}

void csp_print_string(csp_scheduler *S, csp_string value)
{
    if (value.length)
        put(S, value.at, (size_t)value.length);
}

void csp_print_chars(csp_scheduler *S, const uint8_t *chars, size_t length)
{
    const uint8_t *zero = memchr(chars, 0, length);
    put(S, (const char *)chars, zero ? (size_t)(zero - chars) : length);
}

void csp_print_done(csp_scheduler *S)
{
    csp_stream_commit(S, &S->world->output);
}

/* ---- floating point ---- */

/* 0.d₁d₂… × 10^exponent, without zeros at the end. */
struct digits {
    char digit[24];
    int count, exponent;
};

/* A positive value, rounded to so many digits. What separates them depends on the locale, so only digits are looked at. */
static struct digits rounded(double value, int count)
{
    char text[64];
    struct digits d = {.count = 0};
    snprintf(text, sizeof text, "%.*e", count - 1, value);
    char *at = text;
    for (; *at != 'e'; at++) {
        if (*at >= '0' && *at <= '9')
            d.digit[d.count++] = *at;
    }
    d.exponent = atoi(at + 1) + 1;
    return d;
}

static void strip_zeros(struct digits *d)
{
    while (d->count > 1 && d->digit[d->count - 1] == '0')
        d->count--;
}

/* The next larger number of so many digits. */
static struct digits next_digits(struct digits d)
{
    int i = d.count - 1;
    for (; i >= 0 && d.digit[i] == '9'; i--)
        d.digit[i] = '0';
    if (i >= 0) {
        d.digit[i]++;
    } else {
        d.digit[0] = '1';
        d.exponent++;
    }
    return d;
}

static bool reads_back(const struct digits *d, double value, bool single)
{
    char text[64];
    snprintf(text, sizeof text, "%.*se%d", d->count, d->digit, d->exponent - d->count);
    return single ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value;
}

/* The fewest digits that read back. Up to 15 (6) digits survive the way through a double (float), so if the value has a
 * text that short, rounding to 15 (6) gives it, with zeros behind; subnormals have less precision and are tried from 1.
 * Below a power of two values lie closer together than above it, so the nearest text may fail where the next larger,
 * which is not the nearest, still reads back. */
static struct digits shortest(double value, bool single)
{
    int most = single ? FLT_DECIMAL_DIG : DBL_DECIMAL_DIG;
    int count = value < (single ? (double)FLT_MIN : DBL_MIN) ? 1 : single ? FLT_DIG : DBL_DIG;
    for (;; count++) {
        struct digits d = rounded(value, count);
        if (count < most && !reads_back(&d, value, single))
            d = next_digits(d);
        if (count == most || reads_back(&d, value, single)) {
            strip_zeros(&d);
            return d;
        }
    }
}

/* 1.5e-7 */
static int scientific(char *text, const struct digits *d)
{
    const char *point = d->count > 1 ? "." : "";
    return snprintf(text, 30, "%c%s%.*se%d", d->digit[0], point, d->count - 1, d->digit + 1, d->exponent - 1);
}

/* 0.00015, 1500, or 1.5 */
static int plain(char *text, const struct digits *d)
{
    static const char zeros[] = "00000000000000000";
    if (d->exponent <= 0)
        return snprintf(text, 30, "0.%.*s%.*s", -d->exponent, zeros, d->count, d->digit);
    if (d->exponent >= d->count)
        return snprintf(text, 30, "%.*s%.*s", d->count, d->digit, d->exponent - d->count, zeros);
    return snprintf(text, 30, "%.*s.%.*s", d->exponent, d->digit, d->count - d->exponent, d->digit + d->exponent);
}

int csp_print_number(char text[32], double value, bool single)
{
    int sign = signbit(value) && !isnan(value);
    double size = fabs(value);
    text[0] = '-';
    if (isnan(value) || isinf(value) || size == 0)
        return sign + snprintf(text + sign, 30, "%s", isnan(value) ? "nan" : size == 0 ? "0" : "inf");
    struct digits d = shortest(size, single);
    bool is_plain = d.exponent > -5 && d.exponent <= 17; /* 1e-5 <= size < 1e17 */
    return sign + (is_plain ? plain : scientific)(text + sign, &d);
}

void csp_print_double(csp_scheduler *S, double value)
{
    char text[32];
    put(S, text, (size_t)csp_print_number(text, value, false));
}

void csp_print_float(csp_scheduler *S, float value)
{
    char text[32];
    put(S, text, (size_t)csp_print_number(text, (double)value, true));
}
