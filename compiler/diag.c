/* diag: keeps messages until they are printed in the order of their places. Called by every stage. How one is printed
 * stands in diag_text.c and diag_json.c. */
#include "diag.h"

#include "arena.h"
#include "diag_private.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_PRINTED = 20 }; /* by one flush; the rest is counted */

static const char *const warning_names[] = {[WARNING_UNUSED] = "unused", [WARNING_ONE_SIDED] = "one-sided",
                                            [WARNING_ALONE] = "alone", [WARNING_UNREACHABLE] = "unreachable"};

static struct {
    struct message *first, *last;
    struct message *current; /* to which a note belongs */
    int count;
    int errors; /* also those that have been printed */
    const struct diag_context *context;
    bool is_ignored[WARNING_COUNT], is_error[WARNING_COUNT];
    bool is_json;
    enum { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } colour;
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
    message->warning = warning_names[warning];
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

bool diag_set_format(const char *format)
{
    diag.is_json = strcmp(format, "json") == 0;
    return diag.is_json || strcmp(format, "gnu") == 0;
}

bool diag_set_colour(const char *when)
{
    static const char *const words[] = {"auto", "always", "never"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], when) == 0) {
            diag.colour = i;
            return true;
        }
    return false;
}

void diag_set_context(const struct diag_context *context)
{
    diag.context = context;
}

int diag_errors(void)
{
    return diag.errors;
}

bool diag_is_wrong(struct where at)
{
    return diag.last && diag.last->severity == SEVERITY_ERROR && diag.last->at.begin == at.begin;
}

struct diag_mark diag_mark(void)
{
    return (struct diag_mark){diag.last, diag.count, diag.errors};
}

void diag_rewind(struct diag_mark mark)
{
    diag.last = diag.current = mark.last;
    if (mark.last)
        mark.last->next = NULL;
    else
        diag.first = NULL;
    diag.count = mark.count;
    diag.errors = mark.errors;
}

void diag_forget_errors(void)
{
    diag.errors = 0;
}

/* ---- printing ---- */

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

static bool has_colours(FILE *to)
{
    const char *terminal = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    if (diag.colour != COLOUR_AUTO)
        return diag.colour == COLOUR_ALWAYS;
    return isatty(fileno(to)) && !(no_colour && *no_colour) && terminal && strcmp(terminal, "dumb") != 0;
}

/* ", ", "3 more errors" … */
static const char *counted(const char *before, int count, const char *word)
{
    return count ? arena_printf("%s%d more %s%s", before, count, word, count == 1 ? "" : "s") : "";
}

static void print_rest(FILE *to, const int rest[])
{
    int errors = rest[SEVERITY_ERROR], warnings = rest[SEVERITY_WARNING];
    if (errors + warnings > 0)
        fprintf(to, "cspc: and %s%s\n", counted("", errors, "error"),
                counted(errors ? " and " : "", warnings, "warning"));
}

/* Programs read all messages, people the first ones. */
void diag_flush(FILE *to)
{
    struct message **messages = sorted();
    bool is_coloured = has_colours(to);
    int printed = 0, rest[] = {0, 0, 0};
    for (int i = 0; i < diag.count; i++) {
        if (is_repeated(messages, i))
            continue;
        if (diag.is_json)
            message_print_json(to, messages[i]);
        else if (printed++ < MOST_PRINTED)
            message_print_text(to, messages[i], is_coloured);
        else
            rest[messages[i]->severity]++;
    }
    print_rest(to, rest);
    diag.first = diag.last = diag.current = NULL;
    diag.count = 0;
}

struct message **diag_take(int *count)
{
    struct message **messages = sorted();
    *count = 0;
    for (int i = 0; i < diag.count; i++)
        if (!is_repeated(messages, i))
            messages[(*count)++] = messages[i];
    diag.first = diag.last = diag.current = NULL;
    diag.count = 0;
    return messages;
}

void diag_forget(void)
{
    diag.first = diag.last = diag.current = NULL;
    diag.count = diag.errors = 0;
    diag.context = NULL;
}

void diag_release(void)
{
    memset(&diag, 0, sizeof diag);
}
