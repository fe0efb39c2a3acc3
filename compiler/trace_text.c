/* trace_text: events as lines of text: when, who, what, and where in the source. Called by trace.c. */
#include "trace.h"

#include "arena.h"

#include <inttypes.h>
#include <string.h>

const char *trace_time(int64_t nanoseconds)
{
    static const struct {
        int64_t of;
        const char *name;
    } units[] = {{1000000000, "s"}, {1000000, "ms"}, {1000, "us"}, {1, "ns"}};
    int u = 0;
    while (u < 3 && nanoseconds < units[u].of)
        u++;
    if (nanoseconds == 0)
        return "0";
    int64_t whole = nanoseconds / units[u].of, rest = nanoseconds % units[u].of;
    char digits[16] = "";
    if (rest) {
        int length = snprintf(digits, sizeof digits, ".%09" PRId64, rest * (1000000000 / units[u].of));
        while (digits[length - 1] == '0')
            digits[--length] = '\0';
    }
    return arena_printf("%" PRId64 "%s%s", whole, digits, units[u].name);
}

static const char *name_of(const struct trace *t, int line)
{
    return line == TRACE_NONE ? "nobody" : t->lines[trace_column(t, line)].name;
}

static const char *by(const struct trace *t, const struct trace_event *e)
{
    const char *how = strcmp(e->text, "spawn") == 0 ? "is spawned by" : "starts, in a par of";
    return e->other == TRACE_NONE ? "starts" : arena_printf("%s %s", how, name_of(t, e->other));
}

static const char *message(const struct trace_event *e, const char *mark)
{
    return *e->value ? arena_printf("%s %s %s", e->name, mark, e->value) : e->name;
}

/* What the line of an event does. */
static const char *what(const struct trace *t, const struct trace_event *e)
{
    const char *poisoned = e->is_poisoned ? ", poisoned" : "";
    switch (e->kind) {
    case TRACE_START: return by(t, e);
    case TRACE_END: return arena_printf("ends%s", poisoned);
    case TRACE_CALL: return arena_printf("calls %s", e->name);
    case TRACE_RETURN: return arena_printf("returns from %s%s", e->name, poisoned);
    case TRACE_WAIT: return arena_printf("waits: %s", e->name);
    case TRACE_GO_ON: return arena_printf("goes on%s: %s", poisoned, e->name);
    case TRACE_MESSAGE: return arena_printf("-> %s: %s", name_of(t, e->other), message(e, "!"));
    case TRACE_PUT: return arena_printf("-> buffer %s", message(e, "!"));
    case TRACE_GET:
        return arena_printf("<- %s: %s", e->other == TRACE_NONE ? "outside" : name_of(t, e->other), message(e, "?"));
    case TRACE_RELEASE: return arena_printf("-> %s: done", name_of(t, e->other));
    case TRACE_CHOICE: return arena_printf("takes guard %d: %s", e->guard, e->name);
    case TRACE_CLOSE: return e->name;
    case TRACE_MET: return arena_printf("finds: %s", e->name);
    case TRACE_SYNC: return "sync";
    case TRACE_ERROR: return arena_printf("error: %s", e->name);
    case TRACE_CLOCK: break;
    }
    return "";
}

enum { NAME_MOST = 32, WHAT = 44 };

/* In characters. */
static int width_of(const char *text)
{
    int width = 0;
    for (; *text; text++)
        width += (*text & 0xc0) != 0x80;
    return width;
}

static void put(FILE *to, const char *text, int width)
{
    fprintf(to, "%s%*s  ", text, width > width_of(text) ? width - width_of(text) : 0, "");
}

static int widest(const struct trace *t)
{
    int most = 0;
    for (int i = 0; i < t->count; i++) {
        int width = trace_is_told(t, &t->events[i]) ? width_of(name_of(t, t->events[i].line)) : 0;
        most = width > most && width <= NAME_MOST ? width : most;
    }
    return most;
}

void trace_text(FILE *to, const struct trace *t)
{
    int names = widest(t);
    for (int i = 0; i < t->count; i++) {
        const struct trace_event *e = &t->events[i];
        if (!trace_is_told(t, e))
            continue;
        put(to, trace_time(e->time), 10);
        put(to, name_of(t, e->line), names);
        bool has_place = *e->at && e->kind != TRACE_GO_ON && e->kind != TRACE_RETURN && e->kind != TRACE_END;
        if (has_place)
            put(to, what(t, e), WHAT);
        fprintf(to, "%s\n", has_place ? e->at : what(t, e));
    }
    if (!t->ended_by)
        fputs("the trace was cut off here\n", to);
    else
        fprintf(to, "ended by %s\n", t->ended_by);
}
