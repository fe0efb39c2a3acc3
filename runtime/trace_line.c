/* trace_line: the lines of a trace, which are threads of control, and their names. Called by trace.c. */
#include "trace.h"

#include <inttypes.h>
#include <stdio.h>

static const char *keep(csp_scheduler *S, const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(csp_trace_memory(S, size), text, size);
}

static void announce(csp_scheduler *S, int64_t id, const char *name)
{
    csp_trace_event(S, 'M', id);
    csp_trace_raw(S, ",\"name\":\"thread_name\",\"args\":{\"of\":\"line\"");
    csp_trace_text(S, "name", name);
    csp_trace_done(S, 2);
}

/* How many lines have been given that name. */
static int64_t count_name(csp_scheduler *S, const char *name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (const char *at = name; *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    struct csp_buffered *count = csp_trace_find(S->trace, S->trace, (int64_t)hash);
    if (!count)
        count = csp_trace_add(S, S->trace, (int64_t)hash, sizeof *count);
    return ++count->sent;
}

/* "fork[1] in table[2]", within the nearest that is one of many; the second of that name is "fork[1]#2 in table[2]". */
static struct csp_line *add_line(csp_scheduler *S, const void *at, int64_t key, const struct csp_line *parent,
                                 const char *name, bool is_one_of_many)
{
    char own[TRACE_NAME], text[2 * TRACE_NAME];
    struct csp_line *line = csp_trace_add(S, at, key, sizeof *line);
    const char *around = parent ? parent->number : NULL;
    snprintf(text, sizeof text, around ? "%s in %s" : "%s", name, around);
    int64_t count = count_name(S, text);
    snprintf(own, sizeof own, count > 1 ? "%s#%" PRId64 : "%s", name, count);
    snprintf(text, sizeof text, around ? "%s in %s" : "%s", own, around);
    line->id = ++S->trace->lines;
    line->name = keep(S, text);
    line->number = is_one_of_many || count > 1 ? keep(S, own) : around;
    announce(S, line->id, line->name);
    return line;
}

struct csp_line *csp_trace_branch_line(csp_scheduler *S, const struct csp_line *parent, const csp_children *group,
                                       int64_t index)
{
    char name[TRACE_NAME];
    int64_t key = parent->id << 32 | index;
    struct csp_line *line = csp_trace_find(S->trace, group, key);
    if (line)
        return line;
    bool is_block = strncmp(group->kind->name, "branch of ", 10) == 0; /* several have that name, on different lines */
    size_t used = (size_t)snprintf(name, sizeof name - 32, is_block ? "%s:%u" : "%s", group->kind->name,
                                   (unsigned)(group->kind->place >> 16));
    bool is_one_of_many = group->count != 1 && group->count != CSP_SINGLE;
    if (is_one_of_many && used < sizeof name - 32)
        snprintf(name + used, sizeof name - used, "[%" PRId64 "]", index);
    return add_line(S, group, key, parent, name, is_one_of_many);
}

/* Processes of a kind that somebody spawns: one that has ended leaves its line to the next. */
struct csp_line *csp_trace_spawned_line(csp_scheduler *S, const struct csp_line *parent, const csp_kind *kind)
{
    int64_t key = parent->id << 32;
    struct csp_line *pool = csp_trace_find(S->trace, kind, key), *line;
    if (!pool)
        pool = csp_trace_add(S, kind, key, sizeof *pool);
    if (pool->free) {
        line = pool->free;
        pool->free = line->free;
        return line;
    }
    line = add_line(S, kind, key + ++pool->count, parent, kind->name, false);
    line->pool = pool;
    return line;
}

int64_t csp_trace_stream_line(csp_scheduler *S, int stream)
{
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    int64_t *id = &S->trace->streams[stream];
    if (*id)
        return *id;
    *id = ++S->trace->lines;
    announce(S, *id, names[stream]);
    csp_trace_event(S, 'B', *id);
    csp_trace_raw(S, ",\"cat\":\"device\"");
    csp_trace_text(S, "name", names[stream]);
    csp_trace_done(S, 1);
    return *id;
}

struct csp_line *csp_trace_main_line(csp_scheduler *S)
{
    return add_line(S, S->program->main, 0, NULL, S->program->main->name, false);
}
