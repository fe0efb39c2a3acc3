/* csp_buffer: a channel that holds messages that nobody has received yet (language.md § 5). Included by csp.h.
 *
 * A buffer is a channel with a ring behind it: whoever has the channel's address needs not know. The fast path of
 * csp_send and csp_receive meets a buffered channel only where a receiver waits, which it does only while the ring is
 * empty; everything else is buffer.c's. */
#ifndef CSP_BUFFER_H
#define CSP_BUFFER_H

#include "csp.h"

struct csp_held;

typedef struct csp_buffer {
    csp_channel channel;  /* first, so that the channel is the buffer */
    unsigned char *bytes; /* the ring: capacity messages of `size` bytes; NULL for void */
    uint32_t size;
    uint32_t capacity;
    uint32_t first;       /* the oldest message */
    uint32_t count;       /* messages that can be received */
    bool is_closed;       /* or poisoned */
    uint32_t reserved;    /* places that still belong to messages which a `??` has received and is working on … */
    struct csp_held *helds; /* … listed here, so that none of them looks at a buffer that is no more: poison and the end of
                             * a cell clear their `buffer` */
} csp_buffer;

/* capacity is at least 1. */
void csp_buffer_begin(csp_buffer *buffer, void *bytes, uint32_t capacity, size_t size);
/* `count` of them, whose rings lie one behind the other. */
void csp_buffers_begin(csp_buffer *buffers, void *bytes, size_t count, uint32_t capacity, size_t size);

/* ---- extended rendezvous: c ?? x { … } ----
 * A guard made by csp_guard_receive_held is taken like any other, but its sender does not go on (and a buffered message
 * keeps its place) until csp_release. */

/* What waits for the body of a ?? to be done; lies in the frame of the receiver. Where there are both a sender and a
 * buffer, all places were reserved when they met: the sender waits for one of them or for the body, whichever is first. */
typedef struct csp_held {
    csp_process *sender; /* NULL: none; the message came from a buffer, a device or a host */
    csp_buffer *buffer;  /* in whose ring a place is reserved; NULL: none, or the buffer has ended since */
    struct csp_held *next, *previous; /* in the buffer's list */
} csp_held;

void csp_guard_receive_held(csp_alt *alt, int which, csp_channel *c, void *message, size_t size, csp_held *held);
/* The body is done, however it ended: the sender goes on, the reserved place is free. Poison and close, also those that
 * came in the meantime, do not touch the sender. Does nothing where nothing is held. */
void csp_release(csp_scheduler *S, csp_held *held);

#endif
