/* channel: what send and receive do when no plain process waits on the other side, and the end of channels.
 *
 * The queue of a channel is, in this order:
 *
 *     those who wait to communicate, longest first  (channel->last is the last of them)
 *     watchers, latest first: CSP_ALT_ENDED, CSP_ALT_STANDING
 *     the constant that says what the channel is
 *
 * All who wait to communicate wait in one direction, for another would have met them. Only one alt may stand there with
 * guards in both, since it does not communicate with itself; then nobody else does. A plain process leaves the queue at
 * its front; guards leave it anywhere, for which they know who is before them. On a channel with a buffer receivers wait
 * only while it holds no message, senders only while it has no room. Called by csp.h, alt.c, buffer.c, process.c and
 * stream.c. */
#include "world.h"

const csp_node csp_open = {.kind = CSP_OPEN};
const csp_node csp_open_slowly = {.kind = CSP_OPEN_SLOWLY};
const csp_node csp_device_end = {.kind = CSP_DEVICE};
const csp_node csp_device_end_slowly = {.kind = CSP_DEVICE};
const csp_node csp_buffered = {.kind = CSP_BUFFERED};
const csp_node csp_closed = {.kind = CSP_CLOSED};
const csp_node csp_poisoned = {.kind = CSP_POISONED};
const csp_node csp_unconnected = {.kind = CSP_UNCONNECTED};
csp_channel csp_gone = {(csp_node *)&csp_poisoned, NULL};
csp_channel csp_nowhere = {(csp_node *)&csp_unconnected, NULL};

static bool is_watcher(const csp_node *n)
{
    return n->kind == CSP_ALT_ENDED || n->kind == CSP_ALT_STANDING;
}

static bool receives(const csp_node *n)
{
    return n->kind < CSP_ALT_ENDED && n->kind % 2 == 0;
}

static bool communicates(const csp_node *n)
{
    return n->kind < CSP_ALT_ENDED;
}

static csp_guard *guard_of(csp_node *n)
{
    return (csp_guard *)n;
}

/* ---- marks ----
 * The constant at the end of a queue tells what the channel is only to those who find it first, so `last` tells it too, in
 * the bits that are 0 in the address of a node. MARK_OPEN is 0, for the fast path writes `last` on open channels. */

enum mark { MARK_OPEN, MARK_DEVICE, MARK_BUFFERED, MARK_CLOSED };
_Static_assert(_Alignof(csp_node) > CSP_MARKS, "an address of a node has room for a mark");

static enum mark mark_of(const csp_channel *c)
{
    return (enum mark)((uintptr_t)c->last & CSP_MARKS);
}

static csp_node *last_of(const csp_channel *c)
{
    return (csp_node *)((uintptr_t)c->last & ~(uintptr_t)CSP_MARKS);
}

static void set_last(csp_channel *c, csp_node *n, enum mark mark)
{
    c->last = (csp_node *)((uintptr_t)n | mark);
}

void csp_channel_begin_buffered(csp_channel *c)
{
    c->first = (csp_node *)&csp_buffered;
    set_last(c, NULL, MARK_BUFFERED);
}

void csp_device_begin(struct csp_device *device)
{
    device->channel.first = (csp_node *)&csp_device_end;
    set_last(&device->channel, NULL, MARK_DEVICE);
}

static csp_buffer *buffer_of(const csp_channel *c)
{
    return mark_of(c) == MARK_BUFFERED ? (csp_buffer *)c : NULL;
}

/* The device behind a channel where nobody waits to communicate, or NULL. */
static struct csp_device *device_of(const csp_channel *c)
{
    return mark_of(c) == MARK_DEVICE && !communicates(c->first) ? (struct csp_device *)c : NULL;
}

/* ---- the queue ---- */

static csp_node *first_watcher(const csp_channel *c)
{
    return communicates(c->first) ? last_of(c)->next : c->first;
}

/* Somebody comes to receive: guards that stand give way, for first come, first served. At most one stands. */
static void make_way(const csp_channel *c)
{
    csp_node *n = first_watcher(c);
    while (n->kind == CSP_ALT_ENDED)
        n = n->next;
    if (n->kind == CSP_ALT_STANDING)
        csp_standing_give_way(guard_of(n));
}

/* There is something to receive: a guard that stands, at `watcher` or behind it, may be ready. */
static void tell_standing(csp_node *watcher)
{
    while (watcher->kind == CSP_ALT_ENDED)
        watcher = watcher->next;
    if (watcher->kind == CSP_ALT_STANDING)
        csp_standing_ready(guard_of(watcher));
}

/* Puts a node behind those who wait to communicate. */
static void append(csp_channel *c, csp_node *n)
{
    if (receives(n))
        make_way(c);
    csp_node *before = communicates(c->first) ? last_of(c) : NULL;
    csp_node **link = before ? &before->next : &c->first;
    n->next = *link;
    *link = n;
    if (csp_node_is_guard(n))
        guard_of(n)->previous = before;
    if (csp_node_is_guard(n->next))
        guard_of(n->next)->previous = n;
    if (!communicates(n))
        return;
    set_last(c, n, mark_of(c));
    if (!before && !receives(n))
        tell_standing(n->next);
}

/* Of those who wait to communicate the first says what they do, but for the guards of one alt. */
static bool has_receivers(const csp_channel *c)
{
    const csp_node *n = c->first;
    while (n->kind == CSP_ALT_SENDING)
        n = n->next;
    return receives(n);
}

bool csp_channel_stand(csp_guard *guard)
{
    csp_channel *c = guard->channel;
    const csp_node *n = first_watcher(c);
    while (n->kind == CSP_ALT_ENDED)
        n = n->next;
    if (n->kind == CSP_ALT_STANDING || has_receivers(c))
        return false;
    guard->node.kind = CSP_ALT_STANDING;
    append(c, &guard->node);
    return true;
}

void csp_channel_enable(csp_guard *guard)
{
    append(guard->channel, &guard->node);
}

void csp_channel_withdraw(csp_guard *guard)
{
    csp_channel *c = guard->channel;
    csp_node *n = &guard->node;
    if (c->first == n)
        c->first = n->next;
    else
        guard->previous->next = n->next;
    if (csp_node_is_guard(n->next))
        guard_of(n->next)->previous = guard->previous;
    if (communicates(n) && last_of(c) == n)
        set_last(c, guard->previous, mark_of(c));
}

/* ---- meeting a partner ---- */

/* The partner for somebody who asks to receive or to send; NULL: none waits. The one place that chooses a waiter, but
 * for the same choice inline in csp.h. */
static csp_node *partner(const csp_channel *c, enum csp_node_kind asking)
{
    csp_node *n = c->first;
    if (n->kind <= CSP_SENDING_SLOWLY)
        return (n->kind % 2 == 0) == (asking == CSP_SENDING) ? n : NULL;
    enum csp_node_kind wanted = asking == CSP_SENDING ? CSP_ALT_RECEIVING : CSP_ALT_SENDING;
    for (; n->kind == CSP_ALT_RECEIVING || n->kind == CSP_ALT_SENDING; n = n->next) {
        if (guard_of(n)->alt != guard_of(c->first)->alt)
            return NULL;
        if (n->kind == wanted)
            return n;
    }
    while (n->kind == CSP_ALT_ENDED)
        n = n->next;
    bool stands = asking == CSP_SENDING && n->kind == CSP_ALT_STANDING && csp_standing_waits(guard_of(n));
    return stands ? n : NULL;
}

/* Whether the buffer itself can take a message or give one. */
static bool buffer_serves(const csp_buffer *b, enum csp_node_kind asking)
{
    return asking == CSP_SENDING ? !b->is_closed && csp_buffer_has_room(b) : b->count > 0;
}

bool csp_channel_ready(csp_scheduler *S, csp_channel *c, enum csp_node_kind kind)
{
    const csp_buffer *b = buffer_of(c);
    if (partner(c, kind) || (b && buffer_serves(b, kind)))
        return true;
    struct csp_device *device = device_of(c);
    return device && device->ready(S, device);
}

static csp_process *process_of(csp_node *n)
{
    return csp_node_is_guard(n) ? guard_of(n)->alt->process : (csp_process *)n;
}

static void *message_of(csp_node *n)
{
    return csp_node_is_guard(n) ? guard_of(n)->message : (char *)n + n->message;
}

/* A partner has communicated, and leaves the queue. */
static void leave(csp_scheduler *S, csp_channel *c, csp_node *n)
{
    if (csp_node_is_guard(n))
        csp_alt_met(S, guard_of(n));
    else
        c->first = n->next;
}

static void end_watchers(csp_scheduler *S, csp_node **link, csp_node *before, bool drained);

/* A message has been received: was it the last of a closed channel, those who watch as readers meet the end. */
static void received(csp_scheduler *S, csp_channel *c)
{
    if (csp_channel_ended(c, false))
        end_watchers(S, &c->first, NULL, true);
}

/* Communicates with a partner that waits. The sender goes on unless the receiver holds it. */
static enum csp_meeting meet(csp_scheduler *S, csp_channel *c, csp_node *n, const struct csp_party *party)
{
    bool sends = party->kind == CSP_SENDING;
    csp_process *waited = process_of(n);
    csp_held *held = !sends ? party->held : csp_node_is_guard(n) ? guard_of(n)->of.held : NULL;
    if (sends)
        csp_copy(message_of(n), party->message, party->size);
    else
        csp_copy(party->message, message_of(n), party->size);
    if (CSP_UNLIKELY(S->trace))
        csp_trace_message(S, c, sends ? party->process : waited, sends ? waited : party->process,
                          sends ? party->message : message_of(n));
    leave(S, c, n);
    bool holds = held && csp_hold(held, sends ? party->process : waited, buffer_of(c));
    if (sends || !holds)
        csp_ready(S, waited);
    if (!sends)
        received(S, c);
    return sends && holds ? CSP_MET_HELD : CSP_MET;
}

static void put_buffered(csp_scheduler *S, csp_buffer *b, const csp_process *sender, const void *message)
{
    if (CSP_UNLIKELY(S->trace))
        csp_trace_put(S, b, sender, message);
    csp_buffer_put(b, message);
    tell_standing(first_watcher(&b->channel));
}

void csp_channel_move_up(csp_scheduler *S, csp_buffer *b)
{
    csp_node *n = partner(&b->channel, CSP_RECEIVING);
    if (!n)
        return;
    csp_process *waited = process_of(n);
    put_buffered(S, b, waited, message_of(n));
    leave(S, &b->channel, n);
    csp_ready(S, waited);
}

static enum csp_meeting receive_buffered(csp_scheduler *S, csp_buffer *b, const struct csp_party *party)
{
    if (CSP_UNLIKELY(S->trace))
        csp_trace_get(S, b, party->process);
    csp_buffer_get(b, party->message);
    if (party->held)
        csp_hold(party->held, NULL, b);
    else
        csp_channel_move_up(S, b);
    received(S, &b->channel);
    return CSP_MET;
}

static void move(csp_scheduler *S, struct csp_device *device, const struct csp_party *party)
{
    bool sends = party->kind == CSP_SENDING;
    device->move(S, device, party->message);
    if (CSP_UNLIKELY(S->trace))
        csp_trace_message(S, &device->channel, sends ? party->process : NULL, sends ? NULL : party->process, NULL);
}

/* Messages of a buffer are older than those of senders who wait; a receiver waits only where there is neither. */
enum csp_meeting csp_channel_meet_as(csp_scheduler *S, csp_channel *c, const struct csp_party *party)
{
    csp_buffer *b = buffer_of(c);
    if (b && party->kind == CSP_RECEIVING && buffer_serves(b, CSP_RECEIVING))
        return receive_buffered(S, b, party);
    csp_node *n = partner(c, party->kind);
    if (n)
        return meet(S, c, n, party);
    struct csp_device *device = device_of(c);
    if (b && party->kind == CSP_SENDING && buffer_serves(b, CSP_SENDING))
        put_buffered(S, b, party->process, party->message);
    else if (device && device->ready(S, device))
        move(S, device, party);
    else
        return CSP_NOBODY;
    return CSP_MET;
}

bool csp_channel_meet(csp_scheduler *S, csp_channel *c, enum csp_node_kind kind, void *message, size_t size)
{
    struct csp_party party = {NULL, message, size, NULL, kind};
    return csp_channel_meet_as(S, c, &party) != CSP_NOBODY;
}

/* ---- send and receive ---- */

/* The process has used an end that is connected to nothing. Where it did so it says only when it waits; so it is made to,
 * and `blame`, which runs next, fails for it. */
static bool blame(csp_scheduler *S, csp_process *self)
{
    S->world->blamed = self;
    csp_first(S, &S->world->blame);
    return false;
}

static bool communicate(csp_scheduler *S, csp_process *self, csp_channel *c, enum csp_node_kind kind, void *message,
                        size_t size)
{
    self->node.message = (int32_t)((const char *)(size ? message : self) - (const char *)self);
    if (csp_channel_wait_behind(c, self, kind))
        return false;
    struct csp_party party = {self, message, size, NULL, kind};
    enum csp_meeting meeting = csp_channel_meet_as(S, c, &party);
    if (meeting != CSP_NOBODY)
        return meeting == CSP_MET;
    if (c->first->kind == CSP_UNCONNECTED)
        return blame(S, self);
    if (csp_channel_ended(c, kind == CSP_SENDING)) {
        self->node.poisoned = 1;
        if (CSP_UNLIKELY(S->trace))
            csp_trace_met_end(S, c, self);
        return true;
    }
    if (CSP_UNLIKELY(S->trace) || (kind == CSP_SENDING && buffer_of(c)))
        kind = kind == CSP_SENDING ? CSP_SENDING_SLOWLY : CSP_RECEIVING_SLOWLY;
    self->node.kind = (uint8_t)kind;
    append(c, &self->node);
    return false;
}

bool csp_send(csp_scheduler *S, csp_process *self, csp_channel *c, const void *message, size_t size)
{
    return communicate(S, self, c, CSP_SENDING, (void *)message, size);
}

bool csp_receive(csp_scheduler *S, csp_process *self, csp_channel *c, void *message, size_t size)
{
    return communicate(S, self, c, CSP_RECEIVING, message, size);
}

/* ---- the end (language.md § 5) ---- */

static bool is_closed(const csp_channel *c)
{
    const csp_buffer *b = buffer_of(c);
    return b ? b->is_closed : mark_of(c) == MARK_CLOSED || c->first->kind == CSP_POISONED;
}

/* Those who wait to communicate on a closed channel are senders. */
bool csp_channel_ended(const csp_channel *c, bool writing_end)
{
    const csp_buffer *b = buffer_of(c);
    return is_closed(c) && (writing_end || (!communicates(c->first) && !(b && b->count)));
}

static void set_closed(csp_channel *c)
{
    csp_buffer *b = buffer_of(c);
    if (b)
        b->is_closed = true;
    else
        set_last(c, last_of(c), MARK_CLOSED);
}

static void meet_end(csp_scheduler *S, csp_process *p)
{
    p->node.poisoned = 1;
    csp_ready(S, p);
}

/* Turns the watchers at *link round. They are queued the latest first, which needs no search, and served the other way. */
static void reverse_watchers(csp_node **link, csp_node *before)
{
    csp_node *done = NULL, *first = *link, *n = first;
    while (is_watcher(n)) {
        csp_node *next = n->next;
        n->next = done;
        if (done)
            guard_of(done)->previous = n;
        done = n;
        n = next;
    }
    if (!done)
        return;
    guard_of(done)->previous = before;
    first->next = n;
    *link = done;
}

/* It stays where it is. */
static void end_standing(csp_scheduler *S, csp_guard *guard, bool drained)
{
    if (drained)
        csp_standing_ready(guard);
    if (csp_standing_waits(guard))
        csp_alt_end(S, guard, drained);
}

/* The end has come for those who watch at *link; unless the channel is drained, only for those who ask as writers. */
static void end_watchers(csp_scheduler *S, csp_node **link, csp_node *before, bool drained)
{
    csp_node **front = link;
    reverse_watchers(front, before);
    while (is_watcher(*link)) {
        csp_guard *guard = guard_of(*link);
        if (guard->node.kind == CSP_ALT_STANDING) {
            end_standing(S, guard, drained);
            link = &guard->node.next;
        } else if (!csp_alt_end(S, guard, drained)) {
            link = &guard->node.next;
        }
    }
    reverse_watchers(front, before);
}

/* Everybody meets the end now, but for plain senders where they are still to be served. The constant takes
 * the place of the one at the end of the queue. */
static void end(csp_scheduler *S, csp_channel *c, const csp_node *constant, bool serve_senders)
{
    csp_node **link = &c->first, *kept = NULL;
    set_closed(c);
    while (communicates(*link)) {
        csp_node *n = *link;
        if (csp_node_is_guard(n)) {
            csp_alt_end(S, guard_of(n), true);
        } else if (serve_senders && !receives(n)) {
            n->kind = CSP_SENDING_SLOWLY;
            kept = n;
            link = &n->next;
        } else {
            *link = n->next;
            meet_end(S, (csp_process *)n);
        }
    }
    end_watchers(S, link, kept, csp_channel_ended(c, false));
    while (is_watcher(*link))
        link = &(*link)->next;
    *link = (csp_node *)constant;
}

static void require_connected(csp_scheduler *S, const csp_channel *c, csp_place place)
{
    if (c->first->kind == CSP_UNCONNECTED)
        csp_fail(S, place, "this end is not connected to a channel");
}

void csp_close_at(csp_scheduler *S, csp_channel *c, csp_place place)
{
    require_connected(S, c, place);
    csp_close(S, c);
}

void csp_poison_at(csp_scheduler *S, csp_channel *c, csp_place place)
{
    require_connected(S, c, place);
    csp_poison(S, c);
}

void csp_close(csp_scheduler *S, csp_channel *c)
{
    require_connected(S, c, 0);
    if (CSP_UNLIKELY(S->trace))
        csp_trace_end_of(S, c, "close");
    if (!csp_channel_ended(c, true))
        end(S, c, &csp_closed, true);
}

void csp_poison(csp_scheduler *S, csp_channel *c)
{
    require_connected(S, c, 0);
    if (CSP_UNLIKELY(S->trace))
        csp_trace_end_of(S, c, "poison");
    csp_channel_poison(S, c);
}

void csp_channel_poison(csp_scheduler *S, csp_channel *c)
{
    if (c->first->kind == CSP_POISONED)
        return;
    if (buffer_of(c))
        csp_buffer_drop(buffer_of(c));
    end(S, c, &csp_poisoned, false);
}
