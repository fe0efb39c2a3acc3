/* lsp_message: frames of the protocol, «Content-Length: N», an empty line and N bytes of JSON, and what all requests do
 * with JSON. Called by lsp.c.
 *
 * Nothing that a client sends ends the server: lines that are no header are passed over, a message that is too long is
 * read and thrown away. */
#include "lsp_private.h"

#include "arena.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { LONGEST_LINE = 1024, LONGEST_MESSAGE = 256 << 20 };

/* ---- bytes ---- */

static bool fill(struct lsp_stream *stream)
{
    ssize_t count;
    do
        count = read(stream->in, stream->bytes, sizeof stream->bytes);
    while (count < 0 && errno == EINTR);
    stream->begin = 0;
    stream->end = count > 0 ? (size_t)count : 0;
    return count > 0;
}

static int next_byte(struct lsp_stream *stream)
{
    if (stream->begin == stream->end && !fill(stream))
        return -1;
    return (unsigned char)stream->bytes[stream->begin++];
}

bool lsp_is_pending(struct lsp_stream *stream)
{
    struct pollfd in = {.fd = stream->in, .events = POLLIN};
    return stream->begin < stream->end || (poll(&in, 1, 0) > 0 && (in.revents & POLLIN));
}

/* ---- frames ---- */

/* A header, without its end; what is too long for one is cut. False at the end of the input. */
static bool read_line(struct lsp_stream *stream, char line[LONGEST_LINE])
{
    size_t length = 0;
    int byte;
    while ((byte = next_byte(stream)) >= 0 && byte != '\n')
        if (length < LONGEST_LINE - 1)
            line[length++] = (char)byte;
    if (length > 0 && line[length - 1] == '\r')
        length--;
    line[length] = '\0';
    return byte >= 0;
}

/* -1 where the line is another header or none. A number that is too large is SIZE_MAX. */
static bool read_length(const char *line, size_t *length)
{
    static const char name[] = "Content-Length:";
    if (strncasecmp(line, name, sizeof name - 1) != 0)
        return false;
    line += sizeof name - 1;
    line += strspn(line, " \t");
    size_t digits = strspn(line, "0123456789"), behind = strspn(line + digits, " \t");
    if (digits == 0 || line[digits + behind])
        return false;
    *length = 0;
    for (size_t i = 0; i < digits; i++)
        *length = *length > LONGEST_MESSAGE ? SIZE_MAX : *length * 10 + (size_t)(line[i] - '0');
    return true;
}

/* Headers end with an empty line; without a length they were none. */
static bool read_headers(struct lsp_stream *stream, size_t *length)
{
    char line[LONGEST_LINE];
    bool has_length = false;
    while (read_line(stream, line)) {
        has_length = read_length(line, length) || has_length;
        if (!line[0] && has_length)
            return true;
    }
    return false;
}

static size_t take(struct lsp_stream *stream, char *to, size_t wanted)
{
    if (stream->begin == stream->end && !fill(stream))
        return 0;
    size_t count = stream->end - stream->begin;
    count = count < wanted ? count : wanted;
    if (to)
        memcpy(to, stream->bytes + stream->begin, count);
    stream->begin += count;
    return count;
}

/* All bytes that it has, as far as they come: memory is asked for as they do. `to` NULL throws them away. */
static bool read_bytes(struct lsp_stream *stream, size_t length, char **to)
{
    size_t size = 0, room = 0;
    for (size_t count; size < length; size += count) {
        if (to && room - size < sizeof stream->bytes) {
            room = room ? room * 2 : 2 * sizeof stream->bytes;
            *to = lsp_reallocate(*to, room);
        }
        count = take(stream, to ? *to + size : NULL, length - size);
        if (count == 0)
            return false;
    }
    return true;
}

static enum lsp_read read_json(struct lsp_stream *stream, size_t length, json_t **message)
{
    char *bytes = NULL;
    bool is_whole = read_bytes(stream, length, &bytes);
    *message = is_whole && length > 0 ? json_loadb(bytes, length, JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL) : NULL;
    free(bytes);
    return !is_whole ? LSP_END : *message ? LSP_READ : LSP_BAD_JSON;
}

enum lsp_read lsp_read_message(struct lsp_stream *stream, json_t **message)
{
    size_t length;
    *message = NULL;
    if (!read_headers(stream, &length))
        return LSP_END;
    if (length <= LONGEST_MESSAGE)
        return read_json(stream, length, message);
    return read_bytes(stream, length, NULL) ? LSP_TOO_LONG : LSP_END;
}

static bool write_bytes(int out, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(out, bytes, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes += count;
        length -= (size_t)count;
    }
    return true;
}

bool lsp_write_message(struct lsp_stream *stream, json_t *message)
{
    char *text = json_dumps(message, JSON_COMPACT), header[64];
    json_decref(message);
    if (!text)
        return false;
    size_t length = strlen(text);
    snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", length);
    bool ok = write_bytes(stream->out, header, strlen(header)) && write_bytes(stream->out, text, length);
    free(text);
    return ok;
}

/* ---- memory and JSON ---- */

void *lsp_reallocate(void *memory, size_t size)
{
    memory = realloc(memory, size ? size : 1);
    if (!memory)
        arena_out_of_memory();
    return memory;
}

void *lsp_allocate(size_t size)
{
    return lsp_reallocate(NULL, size);
}

char *lsp_copy(const char *text)
{
    return strcpy(lsp_allocate(strlen(text) + 1), text);
}

json_t *lsp_string(const char *text, size_t length)
{
    static const char stands_for_bad[] = "\xEF\xBF\xBD";
    json_t *string = json_stringn(text, length);
    if (string)
        return string;
    char *right = lsp_allocate(length * 3 + 1);
    size_t size = 0;
    for (const char *at = text, *end = text + length; at < end;) {
        int count = source_utf8(at, end);
        memcpy(right + size, count ? at : stands_for_bad, count ? (size_t)count : 3);
        size += count ? (size_t)count : 3;
        at += count ? count : 1;
    }
    string = json_stringn(right, size);
    free(right);
    return string;
}

json_t *lsp_text(const char *text)
{
    return lsp_string(text, strlen(text));
}

json_t *lsp_at(const json_t *json, const char *const names[])
{
    for (; json && *names; names++)
        json = json_object_get(json, *names);
    return (json_t *)json;
}
