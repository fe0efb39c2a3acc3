/* buffer: the ring behind a buffered channel, and what a `??` holds until its body is done (language.md § 5).
 *
 * A place of the ring is free, has a message, or is reserved for one that a `??` has received and works on; a sender waits
 * while no place is free. Which place is reserved does not matter, only how many: the ring never has more messages than
 * places that are not. Called by generated code and channel.c. */
#include "world.h"

void csp_buffer_begin(csp_buffer *buffer, void *bytes, uint32_t capacity, size_t size)
{
    memset(buffer, 0, sizeof *buffer);
    csp_channel_begin_buffered(&buffer->channel);
    buffer->bytes = size ? bytes : NULL;
    buffer->size = (uint32_t)size;
    buffer->capacity = capacity;
}

void csp_buffers_begin(csp_buffer *buffers, void *bytes, size_t count, uint32_t capacity, size_t size)
{
    for (size_t i = 0; i < count; i++)
        csp_buffer_begin(buffers + i, size ? (char *)bytes + i * capacity * size : NULL, capacity, size);
}

/* ---- the ring ---- */

void csp_buffer_put(csp_buffer *b, const void *message)
{
    uint64_t at = (uint64_t)b->first + b->count;
    if (at >= b->capacity)
        at -= b->capacity;
    if (b->size)
        memcpy(b->bytes + at * b->size, message, b->size);
    b->count++;
}

void csp_buffer_get(csp_buffer *b, void *message)
{
    if (b->size)
        memcpy(message, b->bytes + (size_t)b->first * b->size, b->size);
    b->first = b->first + 1 == b->capacity ? 0 : b->first + 1;
    b->count--;
}

void csp_buffer_drop(csp_buffer *b)
{
    for (csp_held *held = b->helds; held; held = held->next)
        held->buffer = NULL;
    b->helds = NULL;
    b->count = b->reserved = 0;
}

/* ---- extended rendezvous ---- */

static void enlist(csp_held *held)
{
    csp_buffer *b = held->buffer;
    held->previous = NULL;
    held->next = b->helds;
    if (b->helds)
        b->helds->previous = held;
    b->helds = held;
}

static void strike(csp_held *held)
{
    if (held->previous)
        held->previous->next = held->next;
    else
        held->buffer->helds = held->next;
    if (held->next)
        held->next->previous = held->previous;
}

bool csp_hold(csp_held *held, csp_process *sender, csp_buffer *buffer)
{
    bool reserves = buffer && csp_buffer_has_room(buffer);
    held->sender = reserves ? NULL : sender;
    held->buffer = reserves || sender ? buffer : NULL;
    if (held->buffer)
        enlist(held);
    if (reserves)
        buffer->reserved++;
    return held->sender != NULL;
}

/* The one that has waited longest for a place among those whose message a `??` has got without one; NULL: none does. They
 * are older than the senders in the queue. */
static csp_held *placeless(const csp_buffer *b)
{
    csp_held *oldest = NULL;
    for (csp_held *held = b->helds; held; held = held->next)
        oldest = held->sender ? held : oldest;
    return oldest;
}

/* A `??` gives up its place. Somebody waits for that only where it was the last. */
static void free_place(csp_scheduler *S, csp_buffer *b)
{
    csp_held *held = csp_buffer_has_room(b) ? NULL : placeless(b);
    if (held) {
        csp_ready(S, held->sender);
        held->sender = NULL;
        return;
    }
    b->reserved--;
    csp_channel_move_up(S, b);
}

void csp_release(csp_scheduler *S, csp_held *held)
{
    csp_buffer *b = held->buffer;
    if (b)
        strike(held);
    if (CSP_UNLIKELY(S->trace) && held->sender)
        csp_trace_release(S, held->sender);
    if (held->sender)
        csp_ready(S, held->sender);
    else if (b)
        free_place(S, b);
    held->sender = NULL;
    held->buffer = NULL;
}
