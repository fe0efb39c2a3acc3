/* trace_select: which events are shown. Called by trace.c. */
#include "trace.h"

#include "arena.h"
#include "drive.h"

#include <string.h>

/* The name as it is, or all whose name goes on behind it with a number or a place: philosopher is also philosopher[2].
 */
static bool is_called(const char *name, const char *wanted)
{
    size_t length = strlen(wanted);
    return strncmp(name, wanted, length) == 0 && (!name[length] || strchr("[#: ", name[length]));
}

static bool choose_lines(const struct trace *t, bool *chosen, const char *wanted)
{
    bool found = false;
    for (int i = 0; i < t->line_count; i++)
        if (is_called(t->lines[i].name, wanted))
            chosen[i] = found = true;
    if (!found)
        drive_fail(arena_printf("there is no process %s in the trace", wanted));
    return found;
}

int trace_column(const struct trace *t, int line)
{
    while (t->lines[line].is_bare && t->lines[line].parent != TRACE_NONE)
        line = t->lines[line].parent;
    return line;
}

static bool is_of(const struct trace *t, const struct trace_event *e, const bool *chosen)
{
    bool has_other =
        e->other != TRACE_NONE && (e->kind == TRACE_START || (e->kind >= TRACE_MESSAGE && e->kind <= TRACE_RELEASE));
    return e->line == TRACE_NONE || chosen[trace_column(t, e->line)] ||
           (has_other && chosen[trace_column(t, e->other)]);
}

bool trace_is_told(const struct trace *t, const struct trace_event *e)
{
    bool begins = e->kind == TRACE_START || e->kind == TRACE_END;
    return e->is_shown && e->kind != TRACE_CLOCK && !(begins && t->lines[e->line].is_bare);
}

bool trace_select(struct trace *t, char *const *processes, int process_count, int64_t last)
{
    bool *chosen = NEW_ARRAY(bool, (size_t)t->line_count + 1);
    for (int i = 0; i < process_count; i++)
        if (!choose_lines(t, chosen, processes[i]))
            return false;
    for (int i = 0; i < t->count; i++)
        t->events[i].is_shown = process_count == 0 || is_of(t, &t->events[i], chosen);
    int64_t left = last ? last : INT64_MAX;
    for (int i = t->count - 1; i >= 0; i--)
        if (left <= 0)
            t->events[i].is_shown = false;
        else
            left -= trace_is_told(t, &t->events[i]);
    return true;
}
