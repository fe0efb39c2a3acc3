/* diag_text: a message for people. Called by diag.c.
 *
 * It is shown as
 *
 *     dining.csp:12:9: error: …
 *        12 |     left ? fork;
 *           |            ^~~~
 *
 * where the line is copied with its tabs, so that the marks stand below what they mark. */
#include "diag_private.h"

#include <string.h>

enum {
    WIDEST_LINE = 160, /* characters shown of a longer line … */
    LEFT_PART = 60     /* … with at most so many of them before the place */
};

/* What a terminal is told; all empty where there are no colours. */
struct colours {
    const char *place, *severity[3], *marks, *end;
};

static const struct colours none = {"", {"", "", ""}, "", ""};
static const struct colours some = {"\33[1m", {"\33[1;31m", "\33[1;35m", "\33[1;36m"}, "\33[1;32m", "\33[0m"};

/* What would move the cursor or turn the direction of writing on a terminal is not shown as it is. */
static bool is_harmless(const char *at, int length)
{
    const unsigned char *byte = (const unsigned char *)at;
    if (length == 1)
        return byte[0] >= 0x20 && byte[0] < 0x7F;
    bool is_control = byte[0] == 0xC2 && byte[1] < 0xA0;
    bool is_direction = byte[0] == 0xE2 && ((byte[1] == 0x80 && byte[2] >= 0x8E && byte[2] <= 0xAE) ||
                                            (byte[1] == 0x81 && byte[2] >= 0xA6 && byte[2] <= 0xA9));
    return !is_control && !is_direction;
}

static void print_character(FILE *to, const char *at, int length)
{
    if (is_harmless(at, length))
        fwrite(at, 1, (size_t)length, to);
    else
        fputc('?', to);
}

static void print_text(FILE *to, const char *text)
{
    const char *end = text + strlen(text);
    for (int length; text < end; text += length) {
        length = source_character(text, end);
        print_character(to, text, length);
    }
}

/* The part of a source line that is shown. */
struct window {
    const char *begin, *end;
    bool is_cut_left, is_cut_right;
};

static struct window window_of(const struct position *position, const char *place)
{
    const char *line_end = position->line_text + position->line_length;
    struct window window = {.begin = position->line_text};
    if (position->line_length > WIDEST_LINE) {
        int skip = position->column - 1 - LEFT_PART;
        for (; skip > 0 && window.begin < place; skip--)
            window.begin += source_character(window.begin, line_end);
    }
    window.end = window.begin;
    for (int shown = 0; shown < WIDEST_LINE && window.end < line_end; shown++)
        window.end += source_character(window.end, line_end);
    window.is_cut_left = window.begin > position->line_text;
    window.is_cut_right = window.end < line_end;
    return window;
}

static void print_source_line(FILE *to, int number, struct window window)
{
    fprintf(to, "%5d | %s", number, window.is_cut_left ? "..." : "");
    const char *at = window.begin;
    for (int length; at < window.end; at += length) {
        length = source_character(at, window.end);
        if (*at == '\t')
            fputc('\t', to);
        else
            print_character(to, at, length);
    }
    fprintf(to, "%s\n", window.is_cut_right ? "..." : "");
}

static void print_marks(FILE *to, struct window window, const char *place, const char *place_end,
                        const struct colours *colours)
{
    fprintf(to, "      | %s", window.is_cut_left ? "   " : "");
    const char *at = window.begin;
    for (; at < place && at < window.end; at += source_character(at, window.end))
        fputc(*at == '\t' ? '\t' : ' ', to);
    fprintf(to, "%s^", colours->marks);
    at += source_character(at, window.end);
    for (; at < place_end && at < window.end; at += source_character(at, window.end))
        fputc('~', to);
    fprintf(to, "%s\n", colours->end);
}

static void print_words(FILE *to, const struct message *message, const struct colours *colours)
{
    bool is_error = message->severity == SEVERITY_ERROR;
    fprintf(to, "%s%s:%s ", colours->severity[message->severity], message_severity_word(message->severity), colours->end);
    print_text(to, message->text);
    if (message->warning)
        fprintf(to, " [-W%s%s]", is_error ? "error=" : "", message->warning);
    fputc('\n', to);
}

static void print_message(FILE *to, const struct message *message, const struct colours *colours)
{
    struct position position = source_position(message->at.begin);
    fputs(colours->place, to);
    print_text(to, position.source ? position.source->path : "cspc");
    if (position.source)
        fprintf(to, ":%d:%d", position.line, position.column);
    fprintf(to, ":%s ", colours->end);
    print_words(to, message, colours);
    if (!position.source)
        return;
    const char *place = position.source->text + (message->at.begin - position.source->base);
    struct window window = window_of(&position, place);
    print_source_line(to, position.line, window);
    print_marks(to, window, place, place + (message->at.end - message->at.begin), colours);
}

void message_print_text(FILE *to, const struct message *message, bool is_coloured)
{
    const struct colours *colours = is_coloured ? &some : &none;
    print_message(to, message, colours);
    for (const struct message *note = message->notes; note; note = note->next)
        print_message(to, note, colours);
    int count = 0;
    for (const struct diag_context *c = message->context; c && count < MOST_CONTEXT; c = c->outer, count++)
        print_message(to, &(struct message){.severity = SEVERITY_NOTE, .at = c->at, .text = c->text}, colours);
}

const char *message_severity_word(enum severity severity)
{
    static const char *const words[] = {"error", "warning", "note"};
    return words[severity];
}
