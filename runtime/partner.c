/* partner: on which channels a process waits, and who could be the other party. Called by deadlock.c. */
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

static const csp_channel *linked(csp_scheduler *S, const csp_process *frame, const csp_link *link, int64_t index)
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

static bool leads_to(csp_scheduler *S, const csp_process *frame, const csp_link *link, const csp_channel *channel)
{
    int64_t count = count_of(frame, link);
    for (int64_t i = 0; i < count; i++)
        if (linked(S, frame, link, i) == channel)
            return true;
    return false;
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

size_t csp_partner_asks(const struct csp_desk *desk, const csp_process *process, struct csp_ask *asks, size_t room)
{
    struct asking asking = {process, asks, room, 0};
    struct walk walk = csp_walk_begin(desk->S, desk->memory, desk->size);
    do {
        const struct position *here = csp_walk_here(&walk);
        if (!csp_walk_point(here))
            continue;
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
            leads_to(S, p->frame, link, ask->channel))
            return true;
    }
    return false;
}

struct csp_partners csp_partner_find(const struct csp_desk *desk, const csp_process *process, const struct csp_ask *ask)
{
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
