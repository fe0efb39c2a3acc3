/* trace_table: where a trace keeps what it knows, in memory of its own, and what channels are called. Called by
 * trace.c. */
#include "trace.h"

#include <stdio.h>

/* ---- memory ---- */

void *csp_trace_memory(csp_scheduler *S, size_t size)
{
    struct csp_trace *T = S->trace;
    size = (size + 15) / 16 * 16;
    if ((size_t)(T->end - T->rest) < size)
        csp_trace_fail(S, "out of memory");
    T->rest += size;
    return T->rest - size;
}

/* ---- the table ---- */

static struct csp_entry **bucket(const struct csp_trace *T, const void *at, int64_t key)
{
    uint64_t hash =
        ((uint64_t)(uintptr_t)at >> 3) * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)key * UINT64_C(0xc2b2ae3d27d4eb4f);
    return &T->buckets[(hash ^ hash >> 29) & T->mask];
}

void *csp_trace_find(const struct csp_trace *T, const void *at, int64_t key)
{
    struct csp_entry *e = *bucket(T, at, key);
    while (e && (e->at != at || e->key != key))
        e = e->next;
    return e;
}

/* All entries that are ever removed are frames. */
void *csp_trace_add(csp_scheduler *S, const void *at, int64_t key, size_t size)
{
    struct csp_trace *T = S->trace;
    struct csp_entry **list = bucket(T, at, key), *e = key == TRACE_FRAME ? T->free : NULL;
    if (e)
        T->free = e->next;
    else
        e = csp_trace_memory(S, size);
    memset(e, 0, size);
    *e = (struct csp_entry){*list, at, key};
    return *list = e;
}

void csp_trace_remove(struct csp_trace *T, struct csp_traced *traced)
{
    struct csp_entry **link = bucket(T, traced->entry.at, traced->entry.key);
    while (*link != &traced->entry)
        link = &(*link)->next;
    *link = traced->entry.next;
    traced->entry.next = T->free;
    T->free = &traced->entry;
}

/* ---- names of channels ---- */

int csp_trace_stream(csp_scheduler *S, const csp_channel *c)
{
    const struct csp_world *w = S->world;
    return c == &w->input.device.channel    ? CSP_STDIN
           : c == &w->output.device.channel ? CSP_STDOUT
           : c == &w->errors.device.channel ? CSP_STDERR
                                            : -1;
}

/* A channel in a frame is used by that process and those below it; the first frame on the way up that it lies in is the
 * one that declares it, since the others on the way lie elsewhere or around that. */
static bool find_around(csp_scheduler *S, const struct csp_traced *user, const csp_channel *c, struct csp_ask *found)
{
    for (; user; user = user->above)
        if (user->kind && (const char *)c >= (char *)user->frame &&
            (const char *)c < (char *)user->frame + user->kind->size)
            return csp_partner_declares(S, user->frame, user->kind, c, found);
    return false;
}

/* Who runs has left the point that it waited at last: nothing is looked for below it. */
static bool find_anywhere(csp_scheduler *S, const csp_channel *c, struct csp_ask *found)
{
    struct csp_trace *T = S->trace;
    struct walk walk = csp_walk_begin(S, T->rest, (size_t)(T->end - T->rest));
    csp_node *running = T->current ? &T->current->frame->node : NULL;
    uint16_t resume = running ? running->resume : 0;
    bool is_found;
    if (running)
        running->resume = CSP_DONE;
    do {
        const struct position *here = csp_walk_here(&walk);
        is_found = csp_partner_declares(S, here->frame, here->kind, c, found);
    } while (!is_found && csp_walk_on(&walk));
    if (running)
        running->resume = resume;
    return is_found;
}

/* Ends of a channel in a cell may be anywhere; its generation tells whether it is still the same. */
static const struct csp_named *name_of_cell(csp_scheduler *S, const csp_channel *c)
{
    struct csp_trace *T = S->trace;
    const csp_cell *cell = (const csp_cell *)(const void *)((const char *)c - offsetof(csp_cell, channel));
    struct csp_named *named = csp_trace_find(T, c, TRACE_CELL);
    struct csp_ask found;
    if (named && named->generation == cell->generation)
        return named;
    if (!named)
        named = csp_trace_add(S, c, TRACE_CELL, sizeof *named);
    bool is_found = find_anywhere(S, c, &found);
    named->generation = cell->generation;
    named->value = is_found ? found.link->value : NULL;
    snprintf(named->name, sizeof named->name, "a channel");
    if (is_found)
        csp_partner_name(named->name, sizeof named->name, found.link, found.index);
    return named;
}

static bool is_in_cell(csp_scheduler *S, const csp_channel *c)
{
    const char *at = (const char *)c;
    return at >= S->cells + sizeof(csp_cell) && at < S->world->pool.rest;
}

const csp_value *csp_trace_name(csp_scheduler *S, const struct csp_traced *user, const csp_channel *c,
                                char name[TRACE_NAME])
{
    static const char *const streams[] = {"stdin", "stdout", "stderr"};
    struct csp_ask found;
    int stream = csp_trace_stream(S, c);
    if (find_around(S, user, c, &found)) {
        csp_partner_name(name, TRACE_NAME, found.link, found.index);
        return found.link->value;
    }
    if (stream < 0 && c != &csp_gone && is_in_cell(S, c)) {
        const struct csp_named *named = name_of_cell(S, c);
        memcpy(name, named->name, TRACE_NAME);
        return named->value;
    }
    snprintf(name, TRACE_NAME, "%s", stream >= 0 ? streams[stream] : c == &csp_gone ? "a gone channel" : "a channel");
    return NULL;
}
