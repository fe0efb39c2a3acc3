/* trace_read: from a file of Chrome trace JSON, as a traced program writes it, to events. Called by trace.c.
 *
 * A line of the file is an event, so the last line of one that was cut off is all that is lost, and a file may be
 * larger than what its events take in memory. */
#include "trace.h"

#include "arena.h"
#include "drive.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct trace *trace;
    const char *path;
    long number;      /* of the line */
    json_t *lines;    /* by number: the index */
    json_t *messages; /* under way in buffers, by number: the event that put them there */
    int64_t sent;     /* the number of the last event, if that is a message that nothing holds on its way; else -1 */
};

/* ---- fields ---- */

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? arena_name(text, strlen(text)) : "";
}

static int64_t number_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static bool is(const json_t *object, const char *key, const char *text)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value && strcmp(value, text) == 0;
}

static int index_in(const json_t *map, int64_t number)
{
    char key[32];
    snprintf(key, sizeof key, "%" PRId64, number);
    const json_t *index = json_object_get(map, key);
    return index ? (int)json_integer_value(index) : TRACE_NONE;
}

/* TRACE_NONE: forgets it. */
static void remember(json_t *map, int64_t number, int index)
{
    char key[32];
    snprintf(key, sizeof key, "%" PRId64, number);
    if (index == TRACE_NONE)
        json_object_del(map, key);
    else
        json_object_set_new(map, key, json_integer(index));
}

/* ---- arrays that grow ---- */

static void *grown(void *array, int count, int *room, size_t size)
{
    if (count < *room)
        return array;
    int more = *room ? 2 * *room : 256;
    char *larger = arena_alloc((size_t)more * size);
    if (count)
        memcpy(larger, array, (size_t)count * size);
    *room = more;
    return larger;
}

static struct trace_event *add(struct reading *r, enum trace_kind kind, int line, const json_t *from)
{
    struct trace *t = r->trace;
    t->events = grown(t->events, t->count, &t->room, sizeof *t->events);
    struct trace_event *e = &t->events[t->count++];
    const json_t *args = json_object_get(from, "args");
    double time = json_number_value(json_object_get(from, "ts")) * 1000;
    *e = (struct trace_event){.kind = kind,
                              .line = line,
                              .other = TRACE_NONE,
                              .until = TRACE_NONE,
                              .outer = TRACE_NONE,
                              .name = text_of(from, "name"),
                              .at = text_of(args, "at"),
                              .text = text_of(args, "text"),
                              .other_at = "",
                              .value = text_of(args, "value"),
                              .guard = (int)number_of(args, "guard"),
                              .is_shown = true,
                              .is_poisoned = json_is_true(json_object_get(args, "poisoned"))};
    e->time = t->is_virtual && t->count > 1 ? e[-1].time : (int64_t)(time + 0.5);
    if (line != TRACE_NONE)
        t->lines[line].has_events = t->lines[line].has_events || kind >= TRACE_MESSAGE;
    return e;
}

static void add_line(struct reading *r, int64_t id, const char *name)
{
    struct trace *t = r->trace;
    t->lines = grown(t->lines, t->line_count, &t->line_room, sizeof *t->lines);
    t->lines[t->line_count] = (struct trace_line){.id = id, .name = name, .parent = TRACE_NONE, .open = TRACE_NONE};
    remember(r->lines, id, t->line_count++);
}

/* ---- events ---- */

static bool wrong(const struct reading *r, const char *why)
{
    drive_fail(arena_printf("%s:%ld is not of a trace: %s", r->path, r->number, why));
    return false;
}

static void begin(struct reading *r, int line, const json_t *from)
{
    struct trace_line *l = &r->trace->lines[line];
    const json_t *args = json_object_get(from, "args");
    if (is(from, "cat", "device")) {
        l->is_device = true;
        return;
    }
    enum trace_kind kind = is(from, "cat", "process") ? TRACE_START : is(from, "cat", "call") ? TRACE_CALL : TRACE_WAIT;
    struct trace_event *e = add(r, kind, line, from);
    if (kind == TRACE_START) {
        l->is_bare = json_is_true(json_object_get(args, "bare"));
        e->other = l->parent = index_in(r->lines, number_of(args, "by"));
    }
    e->text = kind == TRACE_START ? text_of(args, "how") : kind == TRACE_WAIT ? text_of(args, "for") : "";
    e->outer = l->open;
    l->open = r->trace->count - 1;
}

static bool end(struct reading *r, int line, const json_t *from)
{
    static const enum trace_kind ends[] = {
        [TRACE_START] = TRACE_END, [TRACE_CALL] = TRACE_RETURN, [TRACE_WAIT] = TRACE_GO_ON};
    struct trace *t = r->trace;
    int open = t->lines[line].open;
    if (open == TRACE_NONE)
        return wrong(r, "it ends what has not begun");
    struct trace_event *e = add(r, ends[t->events[open].kind], line, from), *begun = &t->events[open];
    begun->until = t->count - 1;
    e->name = begun->name;
    e->at = begun->at;
    e->text = begun->text;
    e->other = open;
    t->lines[line].open = begun->outer;
    return true;
}

/* From this number on a message goes through a buffer, be it received at once. */
static const int64_t first_buffered = (int64_t)1 << 32;

static void sent(struct reading *r, int line, const json_t *from)
{
    add(r, is(from, "cat", "release") ? TRACE_RELEASE : TRACE_PUT, line, from);
    int64_t id = number_of(from, "id");
    r->sent = id < first_buffered ? id : -1;
    remember(r->messages, id, r->trace->count - 1);
}

/* What comes at once makes one event of the two. */
static void received(struct reading *r, int line, const json_t *from, int64_t just_sent)
{
    struct trace *t = r->trace;
    int64_t id = number_of(from, "id");
    int put = index_in(r->messages, id);
    if (put == TRACE_NONE) { /* from outside */
        add(r, TRACE_GET, line, from);
        return;
    }
    remember(r->messages, id, TRACE_NONE);
    if (just_sent == id) {
        struct trace_event *e = &t->events[put];
        e->kind = e->kind == TRACE_PUT ? TRACE_MESSAGE : e->kind;
        e->other = line;
        e->other_at = text_of(json_object_get(from, "args"), "at");
        t->lines[line].has_events = true;
        return;
    }
    struct trace_event *e = add(r, TRACE_GET, line, from), *begun = &t->events[put];
    e->other = begun->line;
    e->value = begun->value;
    e->outer = put;
    begun->other = line;
    begun->other_at = e->at;
    begun->until = t->count - 1;
}

static void moment(struct reading *r, int line, const json_t *from)
{
    static const struct {
        const char *name;
        enum trace_kind kind;
    } kinds[] = {{"choice", TRACE_CHOICE},
                 {"end", TRACE_CLOSE},
                 {"met", TRACE_MET},
                 {"sync", TRACE_SYNC},
                 {"error", TRACE_ERROR}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is(from, "cat", kinds[i].name))
            add(r, kinds[i].kind, line, from);
}

static void tell(struct reading *r, const json_t *from)
{
    const json_t *args = json_object_get(from, "args");
    if (is(from, "name", "thread_name"))
        add_line(r, number_of(from, "tid"), text_of(args, "name"));
    else if (is(from, "name", "ended"))
        r->trace->ended_by = text_of(args, "by");
}

static bool read_event(struct reading *r, const json_t *from)
{
    const char *phase = text_of(from, "ph");
    int64_t just_sent = r->sent;
    r->sent = -1;
    if (*phase == 'M') {
        tell(r, from);
        return true;
    }
    if (is(from, "cat", "clock")) {
        add(r, TRACE_CLOCK, TRACE_NONE, from)->time = number_of(json_object_get(from, "args"), "now");
        return true;
    }
    int line = index_in(r->lines, number_of(from, "tid"));
    if (line == TRACE_NONE)
        return wrong(r, "nothing has that tid");
    switch (*phase) {
    case 'B': begin(r, line, from); return true;
    case 'E': return end(r, line, from);
    case 's': sent(r, line, from); return true;
    case 'f': received(r, line, from, just_sent); return true;
    case 'i': moment(r, line, from); return true;
    default: return wrong(r, "there is no such ph");
    }
}

/* ---- lines ---- */

static bool read_head(struct reading *r, char *line)
{
    json_error_t error;
    json_t *head = json_loads(arena_printf("%s]}", line), 0, &error);
    const json_t *other = json_object_get(head, "otherData");
    bool ok = json_is_array(json_object_get(head, "traceEvents")) && json_is_string(json_object_get(other, "program"));
    r->trace->program = text_of(other, "program");
    r->trace->is_virtual = is(other, "clock", "virtual");
    json_decref(head);
    return ok || wrong(r, "a file written by a program with --trace begins otherwise");
}

static bool read_line(struct reading *r, char *line, size_t length)
{
    json_error_t error;
    if (r->number == 1)
        return read_head(r, line);
    bool is_whole = length > 0 && line[length - 1] == '\n';
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == ','))
        line[--length] = '\0';
    if (!length || strcmp(line, "]}") == 0)
        return true;
    json_t *from = json_loads(line, 0, &error);
    bool ok = from ? read_event(r, from) : !is_whole || wrong(r, error.text);
    json_decref(from);
    return ok;
}

static bool read_lines(struct reading *r, FILE *file)
{
    char *line = NULL;
    size_t room = 0;
    bool ok = true;
    for (ssize_t length; ok && (length = getline(&line, &room, file)) > 0;) {
        r->number++;
        ok = read_line(r, line, (size_t)length);
    }
    free(line);
    if (ok && ferror(file))
        return drive_fail(arena_printf("cannot read %s: %s", r->path, strerror(errno))) == DONE;
    return ok && (r->number > 0 || wrong(r, "it is empty"));
}

struct trace *trace_read(const char *path)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "r");
    struct reading r = {.trace = NEW(struct trace), .path = is_stdin ? "standard input" : path, .sent = -1};
    if (!file) {
        drive_fail(arena_printf("cannot read %s: %s", path, strerror(errno)));
        return NULL;
    }
    r.lines = json_object();
    r.messages = json_object();
    bool ok = read_lines(&r, file);
    if (!is_stdin)
        fclose(file);
    json_decref(r.lines);
    json_decref(r.messages);
    return ok ? r.trace : NULL;
}
