/* literal: the values of numbers, durations, characters and strings (language.md § 1). Called by the scanner.
 *
 * Every text is a stretch of a source that the scanner has matched, so its form is known: digits are digits of the base
 * where the base is 10, quotes are balanced, and each backslash has a byte behind it. */
#include "literal.h"

#include "arena.h"
#include "constant.h"
#include "diag.h"
#include "type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct expr *literal(struct where at, enum type_kind type, struct value *value)
{
    struct expr *expr = NEW(struct expr);
    *expr = (struct expr){.kind = EXPR_VALUE, .at = at, .depth = 1, .nesting = 1, .type = type_basic(type)};
    expr->value = value;
    return expr;
}

static struct expr *integer(struct where at, enum type_kind type, wide value)
{
    return literal(at, type, constant_integer(value));
}

struct expr *literal_one(struct where at)
{
    return integer(at, TYPE_EXACT_INT, 1);
}

struct expr *literal_none(struct where at)
{
    return integer(at, TYPE_EXACT_INT, 0);
}

struct expr *literal_bool(struct where at, bool value)
{
    return literal(at, TYPE_BOOL, constant_bool(value));
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct expr *literal_integer(struct where at, const char *text, int base)
{
    const char *end = text + (at.end - at.begin);
    wide value = 0;
    for (const char *c = base == 10 ? text : text + 2; c < end; c++) {
        if (*c == '_')
            continue;
        value = value * base + digit_value(*c);
        if (value > UINT64_MAX) {
            diag_error(at, "the constant is too large for any integer type");
            return literal_none(at);
        }
    }
    return integer(at, TYPE_EXACT_INT, value);
}

static const char *without_underscores(const char *text, size_t length)
{
    char *copy = arena_alloc(length + 1), *to = copy;
    for (size_t i = 0; i < length; i++)
        if (text[i] != '_')
            *to++ = text[i];
    return copy;
}

struct expr *literal_real(struct where at, const char *text)
{
    double real = strtod(without_underscores(text, at.end - at.begin), NULL);
    if (isinf(real)) {
        diag_error(at, "the constant is too large for a double");
        real = 0;
    }
    return literal(at, TYPE_EXACT_REAL, constant_real(real));
}

static wide unit_of(const char *text, size_t length)
{
    static const struct { const char *name; int64_t nanoseconds; } units[] = {
        {"ns", 1}, {"us", 1000}, {"ms", 1000000}, {"s", 1000000000}, {"min", 60000000000}, {"h", 3600000000000},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i].name) == length && memcmp(units[i].name, text, length) == 0)
            return units[i].nanoseconds;
    return 0;
}

bool literal_is_unit(const char *word)
{
    return unit_of(word, strlen(word)) > 0;
}

struct expr *literal_duration(struct where at, const char *text)
{
    const wide most_digits = (wide)1000000000000 * 1000000000000; /* times an hour still fits wide */
    const char *end = text + (at.end - at.begin);
    wide digits = 0, divisor = 1;
    bool is_fraction = false;
    for (; *text == '_' || *text == '.' || digit_value(*text) >= 0; text++) {
        if (*text >= '0' && *text <= '9' && digits < most_digits) {
            digits = digits * 10 + (*text - '0');
            divisor *= is_fraction ? 10 : 1;
        }
        is_fraction |= *text == '.';
    }
    wide scaled = digits * unit_of(text, (size_t)(end - text));
    if (digits >= most_digits || scaled / divisor > INT64_MAX)
        diag_error(at, "the duration is too long: a time is at most 2562047h");
    else if (scaled % divisor != 0)
        diag_error(at, "a time is a whole number of nanoseconds");
    else
        return integer(at, TYPE_TIME, scaled / divisor);
    return integer(at, TYPE_TIME, 0);
}

/* ---- characters and strings ---- */

/* Bytes being taken out of a quoted text. */
struct reader {
    const char *begin, *at, *end; /* the text between the quotes; at: what comes next */
    struct where where;           /* of begin */
};

static struct reader reader_of(struct where at, const char *text)
{
    return (struct reader){text + 1, text + 1, text + (at.end - at.begin) - 1, {at.begin + 1, at.end - 1}};
}

/* The place from a character to the next one to be read. */
static struct where place_from(const struct reader *reader, const char *from)
{
    uint32_t begin = reader->where.begin;
    return (struct where){begin + (uint32_t)(from - reader->begin), begin + (uint32_t)(reader->at - reader->begin)};
}

static unsigned char byte_of(const struct reader *reader, const char *from, uint32_t value)
{
    if (value > 255)
        diag_error(place_from(reader, from), "the escape is larger than a char: at most 255");
    return (unsigned char)value;
}

static unsigned char octal_escape(struct reader *reader, const char *from)
{
    uint32_t value = 0;
    for (int i = 0; i < 3 && reader->at < reader->end && *reader->at >= '0' && *reader->at <= '7'; i++)
        value = value * 8 + (uint32_t)digit_value(*reader->at++);
    return byte_of(reader, from, value);
}

static unsigned char hexadecimal_escape(struct reader *reader, const char *from)
{
    uint32_t value = 0;
    const char *digits = reader->at;
    for (; reader->at < reader->end && digit_value(*reader->at) >= 0; reader->at++)
        value = value > 255 ? value : value * 16 + (uint32_t)digit_value(*reader->at);
    if (reader->at == digits)
        diag_error(place_from(reader, from), "hexadecimal digits must follow \\x");
    return byte_of(reader, from, value);
}

/* The byte of an escape whose backslash has been read. */
static unsigned char escape(struct reader *reader, const char *from)
{
    static const char letters[] = "abfnrtv'\"?\\", bytes[] = "\a\b\f\n\r\t\v'\"?\\";
    if (*reader->at >= '0' && *reader->at <= '7')
        return octal_escape(reader, from);
    char letter = *reader->at;
    reader->at += source_character(reader->at, reader->end);
    if (letter == 'x')
        return hexadecimal_escape(reader, from);
    const char *found = letter ? strchr(letters, letter) : NULL;
    if (!found) {
        struct where at = place_from(reader, from);
        diag_error(at, "unknown escape '%.*s'", (int)(reader->at - from), from);
        return '?';
    }
    return (unsigned char)bytes[found - letters];
}

static unsigned char next_byte(struct reader *reader)
{
    const char *from = reader->at++;
    return *from == '\\' ? escape(reader, from) : (unsigned char)*from;
}

struct expr *literal_character(struct where at, const char *text)
{
    struct reader reader = reader_of(at, text);
    unsigned char first = reader.at < reader.end ? (unsigned char)*reader.at : 0, value = 0;
    if (reader.at == reader.end) {
        diag_error(at, "the character constant is empty");
    } else if (first >= 0x80) {
        diag_error(at, "a character constant is ASCII; text beyond it is written as a string");
    } else {
        value = next_byte(&reader);
        if (reader.at < reader.end)
            diag_error(at, "a character constant holds one character; text is written in double quotes");
    }
    return integer(at, TYPE_CHAR, value);
}

static struct expr *string(struct where at, const char *bytes, int64_t length)
{
    struct value *value = NEW(struct value);
    *value = (struct value){.kind = VALUE_STRING, .bytes = bytes, .length = length};
    return literal(at, TYPE_STRING, value);
}

struct expr *literal_string(struct where at, const char *text)
{
    struct reader reader = reader_of(at, text);
    char *bytes = arena_alloc((size_t)(reader.end - reader.at) + 1);
    int64_t length = 0;
    while (reader.at < reader.end)
        bytes[length++] = (char)next_byte(&reader);
    return string(at, bytes, length);
}

struct expr *literal_join(struct where at, struct expr *strings)
{
    if (!strings->next)
        return strings;
    int64_t length = 0;
    for (const struct expr *s = strings; s; s = s->next)
        length += s->value->length;
    char *bytes = arena_alloc((size_t)length + 1), *to = bytes;
    for (const struct expr *s = strings; s; s = s->next) {
        memcpy(to, s->value->bytes, (size_t)s->value->length);
        to += s->value->length;
    }
    return string(at, bytes, length);
}
