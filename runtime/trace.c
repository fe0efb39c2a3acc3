/* trace: what a program does, as it does it (--trace=FILE).
 *
 * The fast paths know nothing of this. A traced program has none: its channels end in constants, and its waiting
 * processes are of kinds, that the fast path passes by, so all that communicates calls channel.c; and every step that
 * waits returns to the loop, since something always asks for attention. Between two steps the loop looks who has
 * stopped, and where. The step in the frame of each process that has been seen is replaced by `step` here, so that
 * going on is seen as well, and that the last one that somebody waits for has ended. A call is seen when something
 * happens in it. Called by csp_run, main.c, fail.c and, where S->trace is not NULL, channel.c, buffer.c, alt.c,
 * barrier.c and spawn.c. */
#include "trace.h"
#include "port.h"

#include <inttypes.h>
#include <stdio.h>

static csp_step step;

static const csp_point *point_of(const struct csp_traced *t)
{
    uint16_t resume = t->frame->node.resume;
    return resume < t->kind->point_count ? &t->kind->points[resume] : &t->kind->points[0];
}

/* ---- frames ---- */

static struct csp_traced *find(csp_scheduler *S, const csp_process *frame)
{
    return csp_trace_find(S->trace, frame, TRACE_FRAME);
}

static struct csp_traced *add(csp_scheduler *S, csp_process *frame, const csp_kind *kind)
{
    struct csp_traced *t = csp_trace_add(S, frame, TRACE_FRAME, sizeof *t);
    t->frame = frame;
    t->step = frame->step;
    t->kind = kind;
    frame->step = step;
    return t;
}

/* What is called at a point, by where it lies. */
static const csp_kind *kind_below(const struct csp_traced *caller, const csp_process *frame)
{
    const csp_point *point = point_of(caller);
    for (uint32_t i = 0; i < point->children_count; i++) {
        int64_t count;
        const csp_children *group = &point->children[i];
        const char *first = csp_walk_frames(caller->frame, group, &count), *at = (const char *)frame;
        if (at >= first && at < first + (size_t)count * group->kind->size)
            return group->kind;
    }
    return point->children[0].kind;
}

static void begin_call(struct csp_traced *t, struct csp_traced *caller)
{
    t->kind = kind_below(caller, t->frame);
    t->above = caller;
    t->line = caller->line;
    t->is_called = true;
}

/* The frame that runs or waits. All but those of calls are known from their start on. */
static struct csp_traced *know(csp_scheduler *S, const csp_process *process)
{
    struct csp_traced *t = find(S, process), *below = NULL;
    for (csp_process *frame = (csp_process *)process; !t; frame = frame->parent, t = find(S, frame)) {
        struct csp_traced *called = add(S, frame, NULL);
        called->below = below;
        below = called;
    }
    for (; below; t = below, below = below->below)
        begin_call(below, t);
    return t;
}

/* ---- events of frames ---- */

static void begin_slice(csp_scheduler *S, const struct csp_traced *t, const char *category, const char *name,
                        csp_place place)
{
    csp_trace_event(S, 'B', t->line->id);
    csp_trace_text(S, "cat", category);
    csp_trace_text(S, "name", name);
    csp_trace_place(S, place);
}

static void end_slice(csp_scheduler *S, const struct csp_traced *t)
{
    csp_trace_event(S, 'E', t->line->id);
    csp_trace_raw(S, t->frame->node.poisoned ? ",\"args\":{\"poisoned\":true}" : "");
    csp_trace_done(S, 1);
}

/* Something happens in this frame: the calls that led to it have begun. */
static int64_t happens(csp_scheduler *S, struct csp_traced *t)
{
    struct csp_traced *below = NULL, *above;
    for (above = t; above->is_called && !above->has_begun; above = above->above) {
        above->below = below;
        below = above;
    }
    for (; below; below = below->below) {
        below->has_begun = true;
        begin_slice(S, below, "call", below->kind->name, point_of(below->above)->place);
        csp_trace_done(S, 2);
    }
    return t->line->id;
}

/* A branch that is one communication is a part of its parent (language.md § 5). */
static bool is_bare(const csp_kind *kind)
{
    const csp_point *points = kind->points;
    return kind->point_count == 2 && points[1].place == kind->place &&
           (points[1].kind == CSP_AT_SEND || points[1].kind == CSP_AT_RECEIVE);
}

static void starts(csp_scheduler *S, const struct csp_traced *t, const struct csp_traced *parent, csp_place place,
                   const char *how)
{
    begin_slice(S, t, "process", t->line->name, place);
    csp_trace_text(S, "how", how);
    if (parent)
        csp_trace_number(S, "by", parent->line->id);
    if (is_bare(t->kind))
        csp_trace_raw(S, ",\"bare\":true");
    csp_trace_done(S, 2);
}

static void start_branches(csp_scheduler *S, struct csp_traced *parent, const csp_point *point)
{
    for (uint32_t i = 0; i < point->children_count; i++) {
        const csp_children *group = &point->children[i];
        int64_t count;
        char *first = csp_walk_frames(parent->frame, group, &count);
        for (int64_t index = 0; index < count; index++) {
            struct csp_traced *t =
                add(S, (csp_process *)(void *)(first + (size_t)index * group->kind->size), group->kind);
            t->above = parent;
            t->line = csp_trace_branch_line(S, parent->line, group, index);
            starts(S, t, parent, point->place, "par");
        }
    }
}

static void waits(csp_scheduler *S, struct csp_traced *t)
{
    static const char *const kinds[] = {"start", "send",  "receive", "alt",  "call", "par",
                                        "time",  "yield", "stop",    "sync", "join", "blocking"};
    const csp_point *point = point_of(t);
    if (t->waits || point->kind == CSP_AT_CALL || point->kind == CSP_AT_START)
        return;
    happens(S, t);
    t->waits = true;
    begin_slice(S, t, "wait", point->text, point->place);
    csp_trace_text(S, "for", kinds[point->kind]);
    csp_trace_done(S, 2);
    if (point->kind == CSP_AT_PAR)
        start_branches(S, t, point);
}

static void ends(csp_scheduler *S, struct csp_traced *t)
{
    struct csp_line *pool = t->line->pool;
    if (!t->is_called || t->has_begun)
        end_slice(S, t);
    if (pool && !t->is_called) {
        t->line->free = pool->free;
        pool->free = t->line;
    }
    csp_trace_remove(S->trace, t);
}

static bool has_ended(const struct csp_traced *t)
{
    return t->frame->node.resume == CSP_DONE;
}

/* ---- the loop ---- */

/* Goes on: from the loop, as who waited for the last one to end, or after a slow path. */
static void goes_on(csp_scheduler *S, struct csp_traced *t)
{
    struct csp_trace *T = S->trace;
    if (T->current && T->current != t && has_ended(T->current))
        ends(S, T->current);
    T->current = t;
    if (!t->kind) { /* it may give its memory back */
        csp_trace_remove(T, t);
        T->current = NULL;
        S->running = &S->world->root;
    } else if (t->waits) {
        t->waits = false;
        end_slice(S, t);
    }
}

static void step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct csp_traced *t = find(S, self);
    csp_step *own = t->step;
    CSP_OUT(goes_on(S, t));
    CSP_TAIL(own, self);
}

static bool is_own(const csp_scheduler *S, const csp_process *process)
{
    const struct csp_world *w = S->world;
    return process == &w->root || process == &w->watch || process == &w->blame;
}

/* Where steps return to the loop for a switch of process, too, one that is called stands in front of the queue. */
static void stopped(csp_scheduler *S)
{
    struct csp_trace *T = S->trace;
    csp_process *process = S->running;
    bool is_about_to_begin = process->node.resume == 0 && S->first == &process->node;
    if (T->current && has_ended(T->current))
        ends(S, T->current);
    else if (!is_own(S, process) && !is_about_to_begin && process->node.resume != CSP_DONE)
        waits(S, know(S, process));
    T->current = NULL;
}

void csp_trace_run(csp_scheduler *S)
{
    while (!S->world->ended) {
        csp_attend(S);
        S->attention = 1;
        csp_process *p = csp_next(S);
        if (!p)
            return;
        p->step(S, p, S->first, S->last);
        stopped(S);
    }
}

/* ---- what happens in a step ---- */

/* The point that a process is at, which may not be the one that it waited at last. */
static const csp_point *point_now(csp_scheduler *S, const struct csp_traced *t)
{
    const csp_point *points = t->kind->points;
    if (t == S->trace->current && S->trace->place)
        for (uint32_t i = 1; i < t->kind->point_count; i++)
            if (points[i].place == S->trace->place &&
                (points[i].kind == CSP_AT_ALT || points[i].kind == CSP_AT_RECEIVE))
                return &points[i];
    return point_of(t);
}

/* The frame of a process in which something happens; NULL: it is none. */
static struct csp_traced *here(csp_scheduler *S, const csp_process *process)
{
    if (!process || is_own(S, process))
        return NULL;
    struct csp_traced *t = know(S, process);
    if (process == S->running && !t->waits)
        S->trace->current = t;
    happens(S, t);
    return t;
}

/* From one line to another, now or later. */
struct arrow {
    const char *category;
    const csp_channel *channel; /* NULL: it is no message */
    int64_t id;
    char name[TRACE_NAME], value[TRACE_VALUE];
};

static struct arrow message_on(csp_scheduler *S, const struct csp_traced *user, const csp_channel *c, int64_t id,
                               const void *message)
{
    struct arrow a = {.category = "message", .channel = c, .id = id};
    const csp_value *value = csp_trace_name(S, user, c, a.name);
    if (value && message)
        csp_trace_value(value, message, a.value, sizeof a.value);
    return a;
}

static void put_party(csp_scheduler *S, const struct csp_traced *t, const char *value)
{
    const csp_point *point = point_now(S, t);
    csp_trace_place(S, point->place);
    csp_trace_text(S, "text", point->text);
    if (*value)
        csp_trace_text(S, "value", value);
}

/* One end of an arrow: at a process, else at the device that the channel leads to. */
static void put_end(csp_scheduler *S, char phase, const struct arrow *a, const struct csp_traced *t)
{
    int stream = t ? -1 : csp_trace_stream(S, a->channel);
    if (!t && stream < 0)
        return;
    csp_trace_event(S, phase, t ? t->line->id : csp_trace_stream_line(S, stream));
    csp_trace_raw(S, phase == 'f' ? ",\"bp\":\"e\"" : "");
    csp_trace_text(S, "cat", a->category);
    csp_trace_text(S, "name", a->name);
    csp_trace_number(S, "id", a->id);
    if (t && a->channel)
        put_party(S, t, phase == 's' ? a->value : "");
    csp_trace_done(S, t && a->channel ? 2 : 1);
}

void csp_trace_message(csp_scheduler *S, const csp_channel *c, const csp_process *from, const csp_process *to,
                       const void *message)
{
    struct csp_traced *sender = here(S, from), *receiver = here(S, to);
    int stream = csp_trace_stream(S, c);
    if (stream >= 0)
        csp_trace_stream_line(S, stream);
    struct arrow a = message_on(S, sender ? sender : receiver, c, ++S->trace->messages, message);
    put_end(S, 's', &a, sender);
    put_end(S, 'f', &a, receiver);
}

/* Of how many messages have been put in and are still there follows which is the first. */
static struct csp_buffered *buffered(csp_scheduler *S, const csp_buffer *b)
{
    struct csp_buffered *found = csp_trace_find(S->trace, b, TRACE_BUFFERED);
    if (!found) {
        found = csp_trace_add(S, b, TRACE_BUFFERED, sizeof *found);
        found->first = ++S->trace->buffers << 32;
    }
    return found;
}

void csp_trace_put(csp_scheduler *S, const csp_buffer *b, const csp_process *from, const void *message)
{
    struct csp_traced *sender = here(S, from);
    struct csp_buffered *of = buffered(S, b);
    struct arrow a = message_on(S, sender, &b->channel, of->first + of->sent++, message);
    put_end(S, 's', &a, sender);
}

void csp_trace_get(csp_scheduler *S, const csp_buffer *b, const csp_process *to)
{
    struct csp_traced *receiver = here(S, to);
    struct csp_buffered *of = buffered(S, b);
    struct arrow a = message_on(S, receiver, &b->channel, of->first + of->sent - b->count, NULL);
    put_end(S, 'f', &a, receiver);
}

/* It goes back to who was held. */
void csp_trace_release(csp_scheduler *S, const csp_process *sender)
{
    struct csp_traced *held = here(S, sender), *holder = here(S, S->running);
    struct arrow a = {.category = "release", .id = ++S->trace->messages, .name = "done"};
    put_end(S, 's', &a, holder);
    put_end(S, 'f', &a, held);
}

/* A moment on a line. */
static void moment(csp_scheduler *S, const struct csp_traced *t, const char *category, const char *name)
{
    csp_trace_event(S, 'i', t->line->id);
    csp_trace_raw(S, ",\"s\":\"t\"");
    csp_trace_text(S, "cat", category);
    csp_trace_text(S, "name", name);
}

void csp_trace_alt(csp_scheduler *S, csp_place place)
{
    S->trace->place = place;
    if (place)
        S->trace->current = know(S, S->running);
}

static void name_guard(csp_scheduler *S, const struct csp_traced *t, const csp_guard *g, char text[2 * TRACE_NAME])
{
    static const char *const forms[] = {"", "%s ?", "%s !", "ended %s", "time", "skip", "sync"};
    static const char *const held = "%s ?"
                                    "?"; /* no trigraph */
    char name[TRACE_NAME] = "";
    bool holds = g->kind == CSP_GUARD_RECEIVE && g->of.held;
    if (g->channel)
        csp_trace_name(S, t, g->channel, name);
    snprintf(text, 2 * TRACE_NAME, holds ? held : forms[g->kind], name);
}

/* A ?? that is no guard is an alt of one. */
void csp_trace_choice(csp_scheduler *S, const csp_alt *alt)
{
    char name[2 * TRACE_NAME];
    struct csp_traced *t = here(S, alt->process);
    const csp_guard *g = &alt->guards[alt->taken];
    const csp_point *point = point_now(S, t);
    if (alt->process->node.poisoned) {
        csp_trace_met_end(S, g->channel, alt->process);
        return;
    }
    if (point->kind != CSP_AT_ALT)
        return;
    name_guard(S, t, g, name);
    moment(S, t, "choice", name);
    csp_trace_place(S, point->place);
    csp_trace_number(S, "guard", g->which + 1);
    csp_trace_done(S, 2);
}

/* What the runtime closes is the end of its input. */
void csp_trace_end_of(csp_scheduler *S, const csp_channel *c, const char *verb)
{
    char name[TRACE_NAME], text[TRACE_NAME + 16];
    int stream = csp_trace_stream(S, c);
    struct csp_traced *t = stream == CSP_STDIN ? NULL : here(S, S->running);
    csp_trace_name(S, t, c, name);
    snprintf(text, sizeof text, "%s %s", verb, name);
    if (t) {
        moment(S, t, "end", text);
    } else {
        csp_trace_event(S, 'i', csp_trace_stream_line(S, CSP_STDIN));
        csp_trace_raw(S, ",\"s\":\"t\",\"cat\":\"end\",\"name\":\"close stdin\"");
    }
    csp_trace_done(S, 1);
}

void csp_trace_met_end(csp_scheduler *S, const csp_channel *c, const csp_process *process)
{
    char name[TRACE_NAME], text[TRACE_NAME + 16];
    struct csp_traced *t = here(S, process);
    const csp_point *point = point_now(S, t);
    csp_trace_name(S, t, c, name);
    snprintf(text, sizeof text, "%s has ended", name);
    moment(S, t, "met", text);
    csp_trace_place(S, point->place);
    csp_trace_text(S, "text", point->text);
    csp_trace_done(S, 2);
}

void csp_trace_sync(csp_scheduler *S, const csp_process *process)
{
    struct csp_traced *t = here(S, process);
    moment(S, t, "sync", "sync");
    csp_trace_done(S, 1);
}

/* ---- spawned processes ---- */

/* Around whom the group lies: who joins it. */
static struct csp_traced *owner_of(struct csp_traced *spawner, const csp_group *group)
{
    const char *at = (const char *)group;
    struct csp_traced *t = spawner;
    while (t->above && (at < (char *)t->frame || at >= (char *)t->frame + t->kind->size))
        t = t->above;
    return t;
}

void csp_trace_spawn(csp_scheduler *S, csp_spawned *spawned)
{
    struct csp_traced *spawner = here(S, S->running), *t = add(S, csp_spawned_frame(spawned), spawned->kind);
    t->above = owner_of(spawner, spawned->group);
    t->line = csp_trace_spawned_line(S, spawner->line, spawned->kind);
    add(S, &spawned->end, NULL);
    starts(S, t, spawner, spawned->place, "spawn");
}

/* ---- beginning and end ---- */

void csp_trace_error(csp_scheduler *S, csp_place place, const char *text)
{
    struct csp_traced *t = here(S, S->running);
    if (!t)
        return;
    csp_trace_event(S, 'i', t->line->id);
    csp_trace_raw(S, ",\"s\":\"p\",\"cat\":\"error\"");
    csp_trace_text(S, "name", text);
    if (place)
        csp_trace_place(S, place);
    csp_trace_done(S, place ? 2 : 1);
}

static void begin_table(struct csp_trace *T, char *memory, size_t size)
{
    const size_t most = (size_t)1 << 20;
    size_t count = 256;
    while (count < most && count < size / 1024)
        count *= 2;
    T->buckets = (struct csp_entry **)(void *)memory;
    T->mask = count - 1;
    T->rest = memory + count * sizeof *T->buckets;
}

void csp_trace_begin(csp_scheduler *S, const char *path)
{
    size_t size, head = (sizeof(struct csp_trace) + 15) / 16 * 16;
    char *memory = csp_port_reserve(&size);
    if (!memory) {
        csp_report_text(S, "error: out of memory\n");
        csp_leave(S, 1);
    }
    struct csp_trace *T = S->trace = (struct csp_trace *)(void *)memory;
    T->end = memory + size;
    begin_table(T, memory + head, size);
    T->clock = T->now = -1;
    S->open = (csp_node *)&csp_open_slowly;
    S->world->input.device.channel.first = (csp_node *)&csp_device_end_slowly;
    csp_trace_create(S, path);
    struct csp_traced *t = add(S, S->world->main, S->program->main);
    t->line = csp_trace_main_line(S);
    add(S, &S->world->root, NULL);
    starts(S, t, NULL, t->kind->place, "main");
}
