/* text: bytes that are put together piece by piece, in memory. Called by emit*.c and arena.c. */
#ifndef TEXT_H
#define TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* All zero is an empty one. */
struct text {
    char *bytes; /* not terminated */
    size_t length, room;
};

/* Makes room for so many more bytes. */
void text_grow(struct text *text, size_t length);

/* So many more bytes, for the caller to fill in. */
static inline char *text_extend(struct text *text, size_t length)
{
    if (!text->bytes || text->room - text->length < length)
        text_grow(text, length);
    char *bytes = text->bytes + text->length;
    text->length += length;
    return bytes;
}

void text_add(struct text *text, const char *bytes, size_t length);
void text_add_string(struct text *text, const char *string);
void text_add_spaces(struct text *text, size_t count);
void text_join(struct text *text, const struct text *other);
/* printf. What most formats are made of, %s %d %lld, costs no more than its bytes. */
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_format_list(struct text *text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
void text_write(const struct text *text, FILE *to);
/* Empties it; the memory is kept for what comes next. */
void text_clear(struct text *text);
void text_free(struct text *text);

#endif
