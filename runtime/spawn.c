/* spawn: processes that go on beside the one that started them, until a group joins them (language.md § 4).
 *
 * A spawned process is one block of the pool: header, frame, and behind it what it was given by value. The header begins
 * with a process, `end`, which is the frame's parent: so the frame ends like any other, and ending makes the header's step
 * run, which clears up and gives the whole block back. Called by generated code. */
#include "world.h"

/* ---- the end ---- */

static void unlink_spawned(csp_spawned *s)
{
    struct csp_group *group = s->group;
    *(s->previous ? &s->previous->next : &group->first) = s->next;
    *(s->next ? &s->next->previous : &group->last) = s->previous;
}

static void leave_barriers(csp_scheduler *S, csp_enrolled *enrolled)
{
    for (; enrolled; enrolled = enrolled->next) {
        int64_t seat = 1;
        csp_barrier_leave(S, enrolled->barrier, &seat);
    }
}

static void end_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    csp_spawned *s = (csp_spawned *)self;
    csp_group *group = s->group;
    unlink_spawned(s);
    CSP_OUT(leave_barriers(S, s->barriers));
    csp_pool_give(S, s, 1, s->bytes);
    csp_process *joining = group->joining;
    if (joining && !group->first) {
        group->joining = NULL;
        S->running = joining;
        CSP_SWITCH_TO(joining);
    }
    CSP_GO_ON();
}

bool csp_join(csp_process *self, csp_group *group)
{
    if (!group->first)
        return true;
    group->joining = self;
    return false;
}

/* ---- the beginning ---- */

void *csp_spawn(csp_scheduler *S, csp_place place, csp_group *group, const csp_kind *kind, size_t extra)
{
    size_t bytes = CSP_SPAWNED_SIZE + CSP_SPAWN_ROOM(kind->size);
    bytes = extra <= SIZE_MAX - bytes ? bytes + extra : SIZE_MAX;
    csp_spawned *s = csp_pool_take(S, place, 1, bytes);
    s->group = group;
    s->kind = kind;
    s->bytes = bytes;
    s->place = place;
    return csp_spawned_frame(s);
}

static csp_spawned *header_of(csp_process *frame)
{
    return (csp_spawned *)(void *)((char *)frame - CSP_SPAWNED_SIZE);
}

void csp_spawn_start(csp_scheduler *S, csp_process *frame)
{
    csp_spawned *s = header_of(frame);
    csp_group *group = s->group;
    s->previous = group->last;
    *(s->previous ? &s->previous->next : &group->first) = s;
    group->last = s;
    csp_begin(&s->end, end_step, NULL);
    s->end.node.message = 1;
    csp_start(S, frame, s->kind->step, &s->end);
    if (CSP_UNLIKELY(S->trace))
        csp_trace_spawn(S, s);
}

/* ---- what it is given ---- */

static void *take_tail(char **tail, size_t bytes)
{
    char *at = *tail + -(uintptr_t)*tail % 8;
    *tail = at + CSP_SPAWN_ROOM(bytes);
    return at;
}

void *csp_spawn_copy(char **tail, const void *array, size_t bytes)
{
    void *copy = take_tail(tail, bytes);
    return bytes ? memcpy(copy, array, bytes) : copy;
}

csp_ends csp_spawn_ends(char **tail, csp_ends ends)
{
    size_t count = (size_t)ends.length;
    csp_end *copy = take_tail(tail, count * sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        char *channel = (char *)ends.base + i * (size_t)ends.stride;
        copy[i] = ends.stride ? csp_end_to((csp_channel *)(void *)channel) : ((csp_end *)ends.base)[i];
    }
    return (csp_ends){copy, ends.length, 0};
}

csp_seat csp_spawn_seat(csp_process *frame, char **tail, csp_barrier *barrier)
{
    csp_spawned *s = header_of(frame);
    csp_enrolled *enrolled = take_tail(tail, sizeof *enrolled);
    *enrolled = (csp_enrolled){barrier, s->barriers};
    s->barriers = enrolled;
    csp_barrier_enter(barrier, 1, false);
    return (csp_seat){barrier, true};
}
