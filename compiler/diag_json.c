/* diag_json: a message for editors and other programs, as one line of JSON. Called by diag.c.
 *
 *     {"file": "dining.csp", "line": 12, "column": 9, "end_line": 12, "end_column": 13, "severity": "error",
 *      "message": "…", "notes": [{"file": …, "message": "…"}]}
 */
#include "diag_private.h"

#include <string.h>

/* JSON is UTF-8: a byte that is none becomes the character that stands for such. */
static void print_json_character(FILE *to, const char *at, int length)
{
    unsigned char first = (unsigned char)*at;
    if (first == '"' || first == '\\')
        fprintf(to, "\\%c", first);
    else if (first < 0x20)
        fprintf(to, "\\u%04x", first);
    else if (length == 1 && first >= 0x80)
        fputs("\\ufffd", to);
    else
        fwrite(at, 1, (size_t)length, to);
}

static void print_json_string(FILE *to, const char *text)
{
    const char *end = text + strlen(text);
    fputc('"', to);
    for (int length; text < end; text += length) {
        length = source_character(text, end);
        print_json_character(to, text, length);
    }
    fputc('"', to);
}

/* What has no place concerns no file. */
static void print_json_place(FILE *to, struct where at)
{
    struct position begin = source_position(at.begin), end = source_position(at.end);
    if (!begin.source)
        return;
    fputs("\"file\": ", to);
    print_json_string(to, begin.source->path);
    fprintf(to, ", \"line\": %d, \"column\": %d, \"end_line\": %d, \"end_column\": %d, ", begin.line, begin.column,
            end.line, end.column);
}

static void print_json_note(FILE *to, struct where at, const char *text, int count)
{
    fputs(count ? ", {" : "{", to);
    print_json_place(to, at);
    fputs("\"message\": ", to);
    print_json_string(to, text);
    fputs("}", to);
}

void message_print_json(FILE *to, const struct message *message)
{
    int count = 0, callers = 0;
    fputs("{", to);
    print_json_place(to, message->at);
    fprintf(to, "\"severity\": \"%s\", ", message_severity_word(message->severity));
    if (message->warning)
        fprintf(to, "\"warning\": \"%s\", ", message->warning);
    fputs("\"message\": ", to);
    print_json_string(to, message->text);
    fputs(", \"notes\": [", to);
    for (const struct message *note = message->notes; note; note = note->next)
        print_json_note(to, note->at, note->text, count++);
    for (const struct diag_context *c = message->context; c && callers < MOST_CONTEXT; c = c->outer, callers++)
        print_json_note(to, c->at, c->text, count++);
    fputs("]}\n", to);
}
