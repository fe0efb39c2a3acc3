/* lsp_position: places in a text as the protocol counts them, a line and a character in it, both from 0. A character is
 * a 16-bit unit of UTF-16 or, where the client can do that, a byte. Called by lsp*.c. */
#include "lsp_private.h"

#include <string.h>

/* The place that was asked for last: lines may be very long, and places are mostly asked for one after the other. */
static struct {
    const char *line, *place;
    json_int_t units;
} asked;

void lsp_position_forget(void)
{
    memset(&asked, 0, sizeof asked);
}

/* How long the end of a line is that begins at a byte; 0 where none does. */
static size_t line_end(const char *at, const char *end)
{
    if (at < end && *at == '\n')
        return 1;
    return at < end && *at == '\r' ? 1 + (at + 1 < end && at[1] == '\n') : 0;
}

size_t lsp_count_lines(const char *text, size_t length)
{
    size_t count = 1;
    const char *end = text + length;
    for (const char *at = text; at < end;) {
        size_t ending = line_end(at, end);
        count += ending > 0;
        at += ending ? ending : 1;
    }
    return count;
}

void lsp_find_lines(const char *text, size_t length, uint32_t *begins)
{
    const char *end = text + length;
    *begins++ = 0;
    for (const char *at = text; at < end;) {
        size_t ending = line_end(at, end);
        at += ending ? ending : 1;
        if (ending)
            *begins++ = (uint32_t)(at - text);
    }
}

static size_t line_of(const struct lsp_lines *lines, size_t byte)
{
    size_t low = 0, high = lines->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (lines->begins[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Bytes of a character, and what it counts. */
static int units_of(const char *at, const char *end, int *length)
{
    *length = source_character(at, end);
    if (lsp_client.has_utf8)
        return *length;
    return *length == 4 ? 2 : 1;
}

json_t *lsp_position(const struct lsp_lines *lines, size_t byte)
{
    size_t line = line_of(lines, byte);
    const char *at = lines->text + lines->begins[line], *place = lines->text + byte, *end = lines->text + lines->length;
    if (asked.line != at || asked.place > place) {
        asked.line = asked.place = at;
        asked.units = 0;
    }
    for (int length; asked.place < place; asked.place += length)
        asked.units += units_of(asked.place, end, &length);
    return json_pack("{s:I, s:I}", "line", (json_int_t)line, "character", asked.units);
}

json_t *lsp_range(const struct lsp_lines *lines, size_t begin, size_t end)
{
    json_t *start = lsp_position(lines, begin); /* in the order of the text */
    return json_pack("{s:o, s:o}", "start", start, "end", lsp_position(lines, end));
}

/* A place in the middle of a character is its begin; one behind the line is its end. */
static size_t byte_in_line(const struct lsp_lines *lines, size_t line, json_int_t units)
{
    const char *at = lines->text + lines->begins[line], *end = lines->text + lines->length;
    while (at < end && line_end(at, end) == 0 && units > 0) {
        int length;
        units -= units_of(at, end, &length);
        if (units >= 0)
            at += length;
    }
    return (size_t)(at - lines->text);
}

bool lsp_byte(const struct lsp_lines *lines, const json_t *position, size_t *byte)
{
    const json_t *line = LSP_AT(position, "line"), *character = LSP_AT(position, "character");
    if (!json_is_integer(line) || !json_is_integer(character) || json_integer_value(line) < 0 ||
        json_integer_value(character) < 0)
        return false;
    bool is_inside = json_integer_value(line) < (json_int_t)lines->count;
    *byte = is_inside ? byte_in_line(lines, (size_t)json_integer_value(line), json_integer_value(character))
                      : lines->length;
    return true;
}

bool lsp_bytes(const struct lsp_lines *lines, const json_t *range, size_t *begin, size_t *end)
{
    if (!lsp_byte(lines, LSP_AT(range, "start"), begin) || !lsp_byte(lines, LSP_AT(range, "end"), end))
        return false;
    *end = *end < *begin ? *begin : *end;
    return true;
}
