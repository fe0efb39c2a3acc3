/* partner: on which channels and barriers a process waits, and who could be the other party. Called by deadlock.c. */
#include "partner.h"

#include <inttypes.h>
#include <stdio.h>

bool csp_partner_waits_below(const csp_point *point)
{
    return point->kind == CSP_AT_CALL || point->kind == CSP_AT_PAR || point->kind == CSP_AT_JOIN;
}

/* ---- links: from a frame to channels ---- */

static int64_t product(const int32_t *lengths)
{
    int64_t count = 1;
    while (*lengths)
        count *= *lengths++;
    return count;
}

static const char *place_of(const csp_process *frame, const csp_link *link)
{
    for (int depth = link->depth; depth > 0; depth--)
        frame = frame->parent;
    return (const char *)frame + link->offset;
}

static int64_t count_of(const csp_process *frame, const csp_link *link)
{
    if (!link->lengths)
        return 1;
    if (link->form != CSP_LINK_ENDS)
        return product(link->lengths);
    csp_ends ends;
    memcpy(&ends, place_of(frame, link), sizeof ends);
    return ends.length * product(link->lengths + 1);
}

/* An end that has not been set may be anything. */
static const csp_channel *channel_of(csp_scheduler *S, const void *at)
{
    csp_end end;
    memcpy(&end, at, sizeof end);
    const char *cell = S->cells + 16 * (uint64_t)(uint32_t)(end.handle >> 1);
    bool is_cell = cell + sizeof(csp_cell) <= S->world->pool.rest;
    return end.handle & 1 || is_cell ? csp_channel_of(S, end) : NULL;
}

static const csp_channel *element_of(csp_scheduler *S, const char *base, int32_t stride, int64_t index)
{
    if (stride == 0)
        return channel_of(S, base + (size_t)index * sizeof(csp_end));
    return (const csp_channel *)(const void *)(base + (size_t)index * (size_t)stride);
}

static const csp_barrier *barrier_at(const char *at, uint8_t form)
{
    csp_barrier *barrier;
    csp_seat seat;
    switch (form) {
    case CSP_LINK_BARRIER:
        return (const csp_barrier *)(const void *)at;
    case CSP_LINK_POOLED_BARRIER:
        memcpy(&barrier, at, sizeof barrier);
        return barrier;
    default:
        memcpy(&seat, at, sizeof seat);
        return seat.barrier;
    }
}

static const void *linked(csp_scheduler *S, const csp_process *frame, const csp_link *link, int64_t index)
{
    const char *at = place_of(frame, link);
    csp_ends ends;
    csp_channel *channel;
    switch (link->form) {
    case CSP_LINK_CHANNEL:
        return element_of(S, at, sizeof(csp_channel), index);
    case CSP_LINK_BUFFER:
        return element_of(S, at, sizeof(csp_buffer), index);
    case CSP_LINK_ENDS:
        memcpy(&ends, at, sizeof ends);
        return element_of(S, ends.base, ends.stride, index);
    case CSP_LINK_POINTER:
        memcpy(&channel, at, sizeof channel);
        return channel;
    case CSP_LINK_BARRIER: case CSP_LINK_POOLED_BARRIER: case CSP_LINK_SEAT:
        return barrier_at(at, link->form);
    default:
        return element_of(S, at, 0, index);
    }
}

/* forks[3][1] */
void csp_partner_name(char *text, size_t size, const csp_link *link, int64_t index)
{
    int64_t inner = link->lengths ? product(link->lengths) : 1;
    size_t used = (size_t)snprintf(text, size, "%s", link->name);
    for (const int32_t *length = link->lengths; length && *length && used < size; length++) {
        inner /= *length;
        used += (size_t)snprintf(text + used, size - used, "[%" PRId64 "]", index / inner);
        index %= inner;
    }
}

/* A link of an outer frame is known wherever a branch uses it. */
static bool is_known(const csp_link *link, uint16_t point)
{
    return link->depth > 0 || (link->first_point <= point && point <= link->last_point);
}

static bool leads_to(csp_scheduler *S, const csp_process *frame, const csp_link *link, const void *of)
{
    int64_t count = count_of(frame, link);
    for (int64_t i = 0; i < count; i++)
        if (linked(S, frame, link, i) == of)
            return true;
    return false;
}

/* ---- barriers ---- */

/* Its place among those who have come; NULL: it has not. An alt may have several. */
static const csp_node *place_at(const csp_barrier *barrier, const csp_process *process)
{
    const csp_node *n = barrier ? barrier->first : NULL;
    while (n && n != &process->node && (n->kind != CSP_ALT_SYNCING || ((const csp_guard *)n)->alt->process != process))
        n = n->next;
    return n;
}

/* A branch is a member of what it mentions. */
static bool is_member(const csp_process *frame, const csp_link *link)
{
    csp_seat seat = {NULL, true};
    if (link->form == CSP_LINK_SEAT && link->depth == 0)
        memcpy(&seat, place_of(frame, link), sizeof seat);
    return link->uses & CSP_SYNCS && seat.is_member;
}

/* Its link as a member of the barrier; NULL: it is none. */
static const csp_link *membership(csp_scheduler *S, const struct position *p, const csp_barrier *barrier)
{
    for (uint32_t i = 0; i < p->kind->link_count; i++)
        if (is_member(p->frame, &p->kind->links[i]) && linked(S, p->frame, &p->kind->links[i], 0) == barrier)
            return &p->kind->links[i];
    return NULL;
}

static bool knows_one_barrier(const csp_kind *kind)
{
    int count = 0;
    for (uint32_t i = 0; i < kind->link_count; i++)
        count += kind->links[i].uses & CSP_SYNCS ? 1 : 0;
    return count == 1;
}

/* Of many who have come, most wait at the one barrier that they know: the queue is not searched for them. */
static bool has_come(const struct position *p, const csp_point *point, const csp_barrier *barrier)
{
    if (point->kind == CSP_AT_SYNC && knows_one_barrier(p->kind))
        return p->frame->node.kind == CSP_SYNCING;
    return (point->kind == CSP_AT_SYNC || point->kind == CSP_AT_ALT) && place_at(barrier, p->frame);
}

static bool is_spawned_below(const struct walk *walk, size_t depth)
{
    while (depth < walk->depth && !walk->way[depth].spawned)
        depth++;
    return depth < walk->depth;
}

/* Branches that mention the barrier, and who has been called with it, stand in for the member above them. */
static bool is_stood_in_for(csp_scheduler *S, const struct walk *walk, const csp_barrier *barrier)
{
    struct walk below = *walk;
    bool is_found = false;
    while (!is_found && csp_walk_on_below(&below, walk->depth))
        is_found = membership(S, csp_walk_here(&below), barrier) && !is_spawned_below(&below, walk->depth);
    return is_found;
}

static bool is_missing(csp_scheduler *S, const struct walk *walk, const csp_point *point, const csp_barrier *barrier)
{
    const struct position *here = csp_walk_here(walk);
    return membership(S, here, barrier) && !has_come(here, point, barrier) &&
           !((point->kind == CSP_AT_CALL || point->kind == CSP_AT_PAR) && is_stood_in_for(S, walk, barrier));
}

static struct csp_partners missing_members(const struct csp_desk *desk, const csp_barrier *barrier)
{
    struct csp_partners missing = {NULL, 0, false};
    struct walk walk = csp_walk_begin(desk->S, desk->memory, desk->size);
    do {
        const csp_point *point = csp_walk_point(csp_walk_here(&walk));
        if (point && is_missing(desk->S, &walk, point, barrier) && missing.count++ == 0)
            missing.first = csp_walk_here(&walk)->frame;
    } while (csp_walk_on(&walk));
    return missing;
}

/* ---- on which channels does a process wait? ---- */

struct asking {
    const csp_process *process;
    struct csp_ask *asks;
    size_t room, count;
};

/* In the order of the guards. */
static void keep(struct asking *asking, struct csp_ask ask)
{
    size_t i = asking->count++;
    if (i >= asking->room)
        i = asking->room - 1;
    if (asking->count > asking->room && asking->asks[i].which <= ask.which)
        return;
    for (; i > 0 && asking->asks[i - 1].which > ask.which; i--)
        asking->asks[i] = asking->asks[i - 1];
    asking->asks[i] = ask;
}

static bool is_waiting(const csp_node *n)
{
    return n->kind <= CSP_ALT_STANDING;
}

static bool is_guard(const csp_node *n)
{
    return n->kind >= CSP_ALT_RECEIVING;
}

static uint8_t wants(const csp_node *n)
{
    switch (n->kind) {
    case CSP_RECEIVING: case CSP_RECEIVING_SLOWLY: case CSP_ALT_RECEIVING: case CSP_ALT_STANDING: return CSP_SENDS;
    case CSP_ALT_ENDED: return 0;
    default: return CSP_RECEIVES;
    }
}

static void look_through(struct asking *asking, const csp_channel *channel, const csp_link *link, int64_t index)
{
    for (const csp_node *n = channel->first; is_waiting(n); n = n->next) {
        const csp_guard *guard = is_guard(n) ? (const csp_guard *)n : NULL;
        const csp_process *process = guard ? guard->alt->process : (const csp_process *)n;
        bool is_asleep = n->kind == CSP_ALT_STANDING && !csp_standing_waits(guard);
        if (process == asking->process && !is_asleep)
            keep(asking, (struct csp_ask){channel, link, index, wants(n), guard ? guard->which : 0});
    }
}

static bool is_declared(const csp_link *link)
{
    return link->depth == 0 && link->form <= CSP_LINK_CELLS;
}

/* Which of the channels of a link it is; -1: none. */
static int64_t index_of(csp_scheduler *S, const csp_process *frame, const csp_link *link, const csp_channel *channel)
{
    int64_t count = count_of(frame, link), index = 0;
    ptrdiff_t at = (const char *)channel - place_of(frame, link);
    size_t size = link->form == CSP_LINK_BUFFER ? sizeof(csp_buffer) : sizeof(csp_channel);
    if (link->form != CSP_LINK_CELLS)
        return at >= 0 && (size_t)at < (size_t)count * size ? (int64_t)((size_t)at / size) : -1;
    while (index < count && linked(S, frame, link, index) != channel)
        index++;
    return index < count ? index : -1;
}

/* Several may have the same place, at different times. */
bool csp_partner_declares(csp_scheduler *S, const csp_process *frame, const csp_kind *kind, const csp_channel *channel,
                          struct csp_ask *found)
{
    found->link = NULL;
    for (uint32_t i = 0; i < kind->link_count && is_declared(&kind->links[i]); i++) {
        const csp_link *link = &kind->links[i];
        bool is_wanted = !found->link || is_known(link, frame->node.resume);
        int64_t index = is_wanted ? index_of(S, frame, link, channel) : -1;
        if (index >= 0)
            *found = (struct csp_ask){channel, link, index, 0, 0};
    }
    return found->link;
}

static void look_at_barriers(csp_scheduler *S, struct asking *asking, const struct position *p)
{
    for (uint32_t i = 0; i < p->kind->link_count; i++) {
        const csp_link *link = &p->kind->links[i];
        const csp_barrier *barrier = is_member(p->frame, link) ? linked(S, p->frame, link, 0) : NULL;
        const csp_node *place = place_at(barrier, p->frame);
        if (place)
            keep(asking, (struct csp_ask){barrier, link, 0, CSP_SYNCS, is_guard(place) ? ((const csp_guard *)place)->which : 0});
    }
}

size_t csp_partner_asks(const struct csp_desk *desk, const csp_process *process, struct csp_ask *asks, size_t room)
{
    struct asking asking = {process, asks, room, 0};
    struct walk walk = csp_walk_begin(desk->S, desk->memory, desk->size);
    do {
        const struct position *here = csp_walk_here(&walk);
        if (!csp_walk_point(here))
            continue;
        if (here->frame == process)
            look_at_barriers(desk->S, &asking, here);
        for (uint32_t i = 0; i < here->kind->link_count; i++) {
            const csp_link *link = &here->kind->links[i];
            int64_t count = is_declared(link) && is_known(link, here->frame->node.resume) ? count_of(here->frame, link) : 0;
            for (int64_t index = 0; index < count; index++)
                look_through(&asking, linked(desk->S, here->frame, link, index), link, index);
        }
    } while (csp_walk_on(&walk));
    return asking.count;
}

/* ---- who could be the other party? ---- */

/* Where all that it does with it is to hand it to the frames below, these are asked themselves. */
static bool has_handed_on(const csp_link *link, uint16_t point)
{
    return link->only_point == point;
}

static bool could(csp_scheduler *S, const struct position *p, const struct csp_ask *ask)
{
    uint16_t point = p->frame->node.resume;
    for (uint32_t i = 0; i < p->kind->link_count; i++) {
        const csp_link *link = &p->kind->links[i];
        if (link->uses & ask->wants && is_known(link, point) && !has_handed_on(link, point) &&
            leads_to(S, p->frame, link, ask->of))
            return true;
    }
    return false;
}

struct csp_partners csp_partner_find(const struct csp_desk *desk, const csp_process *process, const struct csp_ask *ask)
{
    if (ask->wants == CSP_SYNCS)
        return missing_members(desk, ask->of);
    struct csp_partners waiting = {NULL, 0, false}, above = {NULL, 0, false};
    struct walk walk = csp_walk_begin(desk->S, desk->memory, desk->size);
    do {
        const struct position *here = csp_walk_here(&walk);
        const csp_point *point = csp_walk_point(here);
        if (!point || !could(desk->S, here, ask))
            continue;
        if (here->frame == process) {
            waiting.could_itself = above.could_itself = true;
            continue;
        }
        struct csp_partners *partners = csp_partner_waits_below(point) ? &above : &waiting;
        if (partners->count++ == 0)
            partners->first = here->frame;
    } while (csp_walk_on(&walk));
    return waiting.count ? waiting : above;
}
