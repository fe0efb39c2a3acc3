/* diag: keeps messages until they are printed in the order of their places. Called by every stage.
 *
 * A message is shown as
 *
 *     dining.csp:12:9: error: …
 *        12 |     left ? fork;
 *           |            ^~~~
 *
 * where the line is copied with its tabs, so that the marks stand below what they mark. */
#include "diag.h"

#include "arena.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_ERRORS = 20, /* printed by one flush; the rest is counted */
    WIDEST_LINE = 160, /* characters shown of a longer line … */
    LEFT_PART = 60,    /* … with at most so many of them before the place */
    MOST_CONTEXT = 3   /* callers that one message names */
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

static const char *const severity_words[] = {"error", "warning", "note"};

struct message {
    enum severity severity;
    struct where at;
    const char *text;
    int order;             /* messages of one place are printed as they came */
    struct message *notes; /* linked by next */
    const struct diag_context *context;
    struct message *next;
};

static const char *const warning_names[] = {[WARNING_UNUSED] = "unused", [WARNING_ONE_SIDED] = "one-sided",
                                            [WARNING_ALONE] = "alone", [WARNING_UNREACHABLE] = "unreachable"};

static struct {
    struct message *first, *last;
    struct message *current; /* to which a note belongs */
    int count;
    int errors; /* also those that have been printed */
    const struct diag_context *context;
    bool is_ignored[WARNING_COUNT], is_error[WARNING_COUNT];
    struct message dropped; /* takes the notes of a warning that is not printed */
} diag;

static struct message *new_message(enum severity severity, struct where at, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = arena_alloc((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    struct message *message = NEW(struct message);
    *message = (struct message){.severity = severity, .at = at, .text = text, .order = diag.count,
                                .context = diag.context};
    return message;
}

static void keep(struct message *message)
{
    if (diag.last)
        diag.last->next = message;
    else
        diag.first = message;
    diag.last = diag.current = message;
    diag.count++;
}

void diag_error(struct where at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    keep(new_message(SEVERITY_ERROR, at, format, arguments));
    va_end(arguments);
    diag.errors++;
}

static bool set_by_name(bool settings[], const char *name, bool value)
{
    bool found = !name;
    for (int i = 0; i < WARNING_COUNT; i++)
        if (!name || strcmp(name, warning_names[i]) == 0) {
            settings[i] = value;
            found = true;
        }
    return found;
}

bool diag_ignore(const char *warning, bool is_ignored)
{
    return set_by_name(diag.is_ignored, warning, is_ignored);
}

bool diag_make_error(const char *warning, bool is_error)
{
    return set_by_name(diag.is_error, warning, is_error);
}

void diag_warning(enum warning warning, struct where at, const char *format, ...)
{
    bool is_error = diag.is_error[warning];
    va_list arguments;
    diag.current = &diag.dropped;
    if (diag.is_ignored[warning])
        return;
    va_start(arguments, format);
    struct message *message = new_message(is_error ? SEVERITY_ERROR : SEVERITY_WARNING, at, format, arguments);
    va_end(arguments);
    message->text = arena_printf("%s [-W%s%s]", message->text, is_error ? "error=" : "", warning_names[warning]);
    keep(message);
    diag.errors += is_error;
}

void diag_note(struct where at, const char *format, ...)
{
    if (!diag.current)
        return;
    va_list arguments;
    va_start(arguments, format);
    struct message **end = &diag.current->notes;
    while (*end)
        end = &(*end)->next;
    *end = new_message(SEVERITY_NOTE, at, format, arguments);
    va_end(arguments);
}

void diag_set_context(const struct diag_context *context)
{
    diag.context = context;
}

int diag_errors(void)
{
    return diag.errors;
}

/* ---- printing ---- */

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

static void print_marks(FILE *to, struct window window, const char *place, const char *place_end)
{
    fprintf(to, "      | %s", window.is_cut_left ? "   " : "");
    const char *at = window.begin;
    for (; at < place && at < window.end; at += source_character(at, window.end))
        fputc(*at == '\t' ? '\t' : ' ', to);
    fputc('^', to);
    at += source_character(at, window.end);
    for (; at < place_end && at < window.end; at += source_character(at, window.end))
        fputc('~', to);
    fputc('\n', to);
}

static void print_message(FILE *to, const struct message *message)
{
    const char *word = severity_words[message->severity];
    struct position position = source_position(message->at.begin);
    if (!position.source) {
        fprintf(to, "cspc: %s: ", word);
        print_text(to, message->text);
        fputc('\n', to);
        return;
    }
    print_text(to, position.source->path);
    fprintf(to, ":%d:%d: %s: ", position.line, position.column, word);
    print_text(to, message->text);
    fputc('\n', to);
    const char *place = position.source->text + (message->at.begin - position.source->base);
    struct window window = window_of(&position, place);
    print_source_line(to, position.line, window);
    print_marks(to, window, place, place + (message->at.end - message->at.begin));
}

static int compare(const void *left, const void *right)
{
    const struct message *a = *(struct message *const *)left, *b = *(struct message *const *)right;
    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static struct message **sorted(void)
{
    struct message **messages = NEW_ARRAY(struct message *, (size_t)diag.count);
    int count = 0;
    for (struct message *message = diag.first; message; message = message->next)
        messages[count++] = message;
    if (count)
        qsort(messages, (size_t)count, sizeof *messages, compare);
    return messages;
}

/* Whether the i-th message has been said before at its place. */
static bool is_repeated(struct message **messages, int i)
{
    for (int j = i - 1; j >= 0 && messages[j]->at.begin == messages[i]->at.begin; j--)
        if (messages[j]->severity == messages[i]->severity && strcmp(messages[j]->text, messages[i]->text) == 0)
            return true;
    return false;
}

static void print_with_notes(FILE *to, const struct message *message)
{
    print_message(to, message);
    for (const struct message *note = message->notes; note; note = note->next)
        print_message(to, note);
    int count = 0;
    for (const struct diag_context *c = message->context; c && count < MOST_CONTEXT; c = c->outer, count++)
        print_message(to, &(struct message){.severity = SEVERITY_NOTE, .at = c->at, .text = c->text});
}

void diag_flush(FILE *to)
{
    struct message **messages = sorted();
    int errors = 0;
    for (int i = 0; i < diag.count; i++) {
        if (is_repeated(messages, i))
            continue;
        errors += messages[i]->severity == SEVERITY_ERROR;
        if (errors > MOST_ERRORS)
            continue;
        print_with_notes(to, messages[i]);
    }
    if (errors > MOST_ERRORS)
        fprintf(to, "cspc: and %d more error%s\n", errors - MOST_ERRORS, errors > MOST_ERRORS + 1 ? "s" : "");
    diag.first = diag.last = diag.current = NULL;
    diag.count = 0;
}

void diag_release(void)
{
    memset(&diag, 0, sizeof diag);
}
