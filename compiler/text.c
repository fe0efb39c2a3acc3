/* text: bytes that are put together in one block, which doubles as it fills. Called by emit*.c and arena.c. */
#include "text.h"

#include "arena.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256 };

void text_grow(struct text *text, size_t length)
{
    size_t room = text->room ? text->room : FIRST_ROOM;
    while (room - text->length < length)
        room *= 2;
    text->bytes = realloc(text->bytes, room);
    if (!text->bytes)
        arena_out_of_memory();
    text->room = room;
}

void text_add(struct text *text, const char *bytes, size_t length)
{
    if (length)
        memcpy(text_extend(text, length), bytes, length);
}

void text_add_string(struct text *text, const char *string)
{
    text_add(text, string, strlen(string));
}

void text_add_spaces(struct text *text, size_t count)
{
    memset(text_extend(text, count), ' ', count);
}

void text_join(struct text *text, const struct text *other)
{
    text_add(text, other->bytes, other->length);
}

static void add_number(struct text *text, long long number)
{
    char digits[24], *first = digits + sizeof digits;
    unsigned long long rest = number < 0 ? -(unsigned long long)number : (unsigned long long)number;
    do
        *--first = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--first = '-';
    text_add(text, first, (size_t)(digits + sizeof digits - first));
}

/* The rare rest of a format, from the first conversion on that is not known here. */
static void add_by_printf(struct text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        arena_out_of_memory();
    vsnprintf(text_extend(text, (size_t)length + 1), (size_t)length + 1, format, arguments);
    text->length--;
}

void text_format_list(struct text *text, const char *format, va_list arguments)
{
    for (;;) {
        const char *plain = format;
        while (*format && *format != '%')
            format++;
        text_add(text, plain, (size_t)(format - plain));
        if (!*format)
            return;
        if (format[1] == 's') {
            text_add_string(text, va_arg(arguments, const char *));
            format += 2;
        } else if (format[1] == 'd') {
            add_number(text, va_arg(arguments, int));
            format += 2;
        } else if (strncmp(format, "%lld", 4) == 0) {
            add_number(text, va_arg(arguments, long long));
            format += 4;
        } else {
            add_by_printf(text, format, arguments);
            return;
        }
    }
}

void text_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_format_list(text, format, arguments);
    va_end(arguments);
}

void text_write(const struct text *text, FILE *to)
{
    if (text->length)
        fwrite(text->bytes, 1, text->length, to);
}

void text_clear(struct text *text)
{
    text->length = 0;
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}
