/* source: reads files into memory, gives each its range of the common space of offsets, and finds the line of an
 * offset again. Lines are found by a table of their beginnings, made when a place in the file is first asked for. */
#include "source.h"

#include "arena.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct source *first, *last;
static source_overlay *overlay;

/* The place whose column was asked for last. */
static struct {
    const char *line, *place;
    int column;
} asked;

/* More than anybody writes; a device may have no end. */
enum { MOST_BYTES = 256 << 20 };

/* Each file is given one offset more than it has bytes, for its end. */
static uint64_t next_base(void)
{
    return last ? (uint64_t)last->base + last->length + 1 : 1;
}

static bool has_room_for(size_t length)
{
    return length <= MOST_BYTES && length < UINT32_MAX - next_base();
}

struct source *source_text(const char *path, const char *text, size_t length)
{
    struct source *source = NEW(struct source);
    *source = (struct source){.path = path, .text = text, .length = (uint32_t)length, .base = (uint32_t)next_base(),
                              .index = last ? last->index + 1 : 0};
    if (last)
        last->next = source;
    else
        first = source;
    last = source;
    return source;
}

/* All that can be read from a stream, or more than is taken, with a NUL behind it; NULL with errno set. */
static char *read_all(FILE *file, size_t *length)
{
    size_t size = 0, room = 64 * 1024;
    char *text = malloc(room);
    while (text) {
        size += fread(text + size, 1, room - size - 1, file);
        if (size < room - 1 || size > MOST_BYTES)
            break;
        char *larger = realloc(text, room * 2);
        if (!larger)
            free(text);
        text = larger;
        room *= 2;
    }
    if (!text || ferror(file)) {
        free(text);
        return NULL;
    }
    text[size] = '\0';
    *length = size;
    return text;
}

static struct source *take_kept(const char *path, const char *text, size_t length, const char **why)
{
    if (!has_room_for(length)) {
        *why = "the file is too large";
        return NULL;
    }
    char *kept = arena_alloc(length + 1);
    memcpy(kept, text, length);
    struct source *source = source_text(arena_printf("%s", path), kept, length);
    source->file = source->path;
    return source;
}

struct source *source_read(const char *path, const char **why)
{
    size_t kept_length = 0;
    *why = NULL;
    const char *text_kept = overlay ? overlay(path, &kept_length, why) : NULL;
    if (text_kept || *why)
        return text_kept ? take_kept(path, text_kept, kept_length, why) : NULL;
    bool is_stdin = strcmp(path, "-") == 0;
    size_t length = 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    char *text = file ? read_all(file, &length) : NULL;
    int error = errno;
    if (file && !is_stdin)
        fclose(file);
    if (!text || !has_room_for(length)) {
        *why = text ? "the file is too large" : arena_printf("%s", strerror(error));
        free(text);
        return NULL;
    }
    struct source *source = source_text(is_stdin ? "<stdin>" : arena_printf("%s", path), text, length);
    source->owned = text;
    source->file = is_stdin ? NULL : source->path;
    return source;
}

void source_set_overlay(source_overlay *by)
{
    overlay = by;
}

const struct source *source_first(void)
{
    return first;
}

static struct source *source_of(uint32_t offset)
{
    if (offset == 0)
        return NULL;
    struct source *source = first;
    while (source && offset > source->base + source->length)
        source = source->next;
    return source;
}

static void find_lines(struct source *source)
{
    uint32_t count = 1;
    for (uint32_t i = 0; i < source->length; i++)
        count += source->text[i] == '\n';
    uint32_t *lines = KEEP_ARRAY(uint32_t, count);
    source->line_count = count;
    source->lines = lines;
    *lines++ = 0;
    for (uint32_t i = 0; i < source->length; i++)
        if (source->text[i] == '\n')
            *lines++ = i + 1;
}

static bool is_in_line(const struct source *source, uint32_t line, uint32_t byte)
{
    return line < source->line_count && source->lines[line] <= byte &&
           (line + 1 == source->line_count || byte < source->lines[line + 1]);
}

/* The index of the last line that begins at or before a byte: mostly the one that was asked for last, or the next. */
static uint32_t line_of(const struct source *source, uint32_t byte)
{
    uint32_t low = source->asked_line, high = source->line_count;
    if (is_in_line(source, low, byte))
        return low;
    if (is_in_line(source, low + 1, byte))
        return low + 1;
    low = 0;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* How many characters begin from one byte of a text up to another. */
static int characters(const char *from, const char *to, const char *end)
{
    int count = 0;
    for (; from < to; from += source_character(from, end))
        count++;
    return count;
}

/* Counts from the place that was asked for last, if that is in the same line: lines may be very long, and places are
 * mostly asked for one after the other. */
static int column_of(const char *line, const char *place, const char *end)
{
    if (asked.line != line) {
        asked.line = asked.place = line;
        asked.column = 1;
    }
    if (asked.place <= place)
        asked.column += characters(asked.place, place, end);
    else
        asked.column -= characters(place, asked.place, end);
    asked.place = place;
    return asked.column;
}

struct position source_position(uint32_t offset)
{
    struct source *source = source_of(offset);
    if (!source)
        return (struct position){.line_text = ""};
    if (!source->lines)
        find_lines(source);
    uint32_t byte = offset - source->base;
    uint32_t line = source->asked_line = line_of(source, byte);
    const char *text = source->text + source->lines[line];
    const char *end = line + 1 < source->line_count ? source->text + source->lines[line + 1] - 1
                                                    : source->text + source->length;
    struct position position = {.source = source, .line = (int)line + 1, .line_text = text};
    position.column = column_of(text, source->text + byte, end);
    if (end > text && end[-1] == '\r')
        end--;
    position.line_length = (int)(end - text);
    return position;
}

struct where source_join(struct where a, struct where b)
{
    return (struct where){a.begin, b.end};
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* How long a character is by its first byte; 0 where none begins with that. */
static int utf8_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xC2)
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
}

int source_utf8(const char *at, const char *end)
{
    const unsigned char *byte = (const unsigned char *)at;
    int length = utf8_length(byte[0]);
    if (length > end - at)
        return 0;
    for (int i = 1; i < length; i++)
        if (!is_continuation(byte[i]))
            return 0;
    bool overlong = (byte[0] == 0xE0 && byte[1] < 0xA0) || (byte[0] == 0xF0 && byte[1] < 0x90);
    bool surrogate = byte[0] == 0xED && byte[1] > 0x9F;
    bool beyond_unicode = byte[0] == 0xF4 && byte[1] > 0x8F;
    return overlong || surrogate || beyond_unicode ? 0 : length;
}

int source_character(const char *at, const char *end)
{
    int length = at < end ? source_utf8(at, end) : 1;
    return length ? length : 1;
}

void source_release(void)
{
    for (struct source *source = first; source; source = source->next)
        free(source->owned);
    first = last = NULL;
    memset(&asked, 0, sizeof asked);
}
