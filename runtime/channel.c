/* channel: what send and receive do when no plain process waits on the other side, and the end of channels.
 *
 * The queue of a channel is, in this order:
 *
 *     those who wait to communicate, longest first  (channel->last is the last of them)
 *     CSP_ALT_ENDED watchers, latest first
 *     the constant that says what the channel is
 *
 * All who wait to communicate wait in one direction, for another would have met them. Only one alt may stand there with
 * guards in both, since it does not communicate with itself; then nobody else does. A plain process leaves the queue at
 * its front; guards leave it anywhere, for which they know who is before them. Called by csp.h and alt.c. */
#include "world.h"

const csp_node csp_open = {.kind = CSP_OPEN};
const csp_node csp_device_end = {.kind = CSP_DEVICE};
const csp_node csp_buffered = {.kind = CSP_BUFFERED};
const csp_node csp_closed = {.kind = CSP_CLOSED};
const csp_node csp_poisoned = {.kind = CSP_POISONED};
const csp_node csp_unconnected = {.kind = CSP_UNCONNECTED};
csp_channel csp_gone = {(csp_node *)&csp_poisoned, NULL};
csp_channel csp_nowhere = {(csp_node *)&csp_unconnected, NULL};

static bool is_guard(const csp_node *n)
{
    return n->kind >= CSP_ALT_RECEIVING && n->kind <= CSP_ALT_ENDED;
}

static bool communicates(const csp_node *n)
{
    return n->kind < CSP_ALT_ENDED;
}

static csp_guard *guard_of(csp_node *n)
{
    return (csp_guard *)n;
}

/* ---- the queue ---- */

/* Puts a node behind those who wait to communicate. */
static void append(csp_channel *c, csp_node *n)
{
    csp_node *before = communicates(c->first) ? c->last : NULL;
    csp_node **link = before ? &before->next : &c->first;
    n->next = *link;
    *link = n;
    if (is_guard(n))
        guard_of(n)->previous = before;
    if (is_guard(n->next))
        guard_of(n->next)->previous = n;
    if (communicates(n))
        c->last = n;
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
    if (is_guard(n->next))
        guard_of(n->next)->previous = guard->previous;
    if (communicates(n) && c->last == n)
        c->last = guard->previous;
}

/* ---- meeting a partner ---- */

/* The partner for somebody who asks to receive or to send; NULL: none waits. The one place that chooses a waiter, but
 * for the same choice inline in csp.h. */
static csp_node *partner(const csp_channel *c, enum csp_node_kind asking)
{
    csp_node *n = c->first;
    if (n->kind <= CSP_SENDING_SLOWLY)
        return (n->kind == CSP_RECEIVING) == (asking == CSP_SENDING) ? n : NULL;
    enum csp_node_kind wanted = asking == CSP_SENDING ? CSP_ALT_RECEIVING : CSP_ALT_SENDING;
    for (; n->kind == CSP_ALT_RECEIVING || n->kind == CSP_ALT_SENDING; n = n->next) {
        if (guard_of(n)->alt != guard_of(c->first)->alt)
            return NULL;
        if (n->kind == wanted)
            return n;
    }
    return NULL;
}

/* The device behind a channel where nobody waits to communicate, or NULL. Where watchers wait, only the address tells. */
static struct csp_device *device_of(csp_scheduler *S, csp_channel *c)
{
    struct csp_world *w = S->world;
    if (c->first->kind == CSP_DEVICE)
        return (struct csp_device *)c;
    if (c->first->kind != CSP_ALT_ENDED)
        return NULL;
    bool known = c == &w->input.device.channel || c == &w->output.device.channel || c == &w->errors.device.channel;
    return known ? (struct csp_device *)c : NULL;
}

void csp_device_begin(struct csp_device *device)
{
    device->channel.first = (csp_node *)&csp_device_end;
    device->channel.last = NULL;
}

bool csp_channel_ready(csp_scheduler *S, csp_channel *c, enum csp_node_kind kind)
{
    if (partner(c, kind))
        return true;
    struct csp_device *device = device_of(S, c);
    return device && device->ready(S, device);
}

static void end_watchers(csp_scheduler *S, csp_channel *c, csp_node **link, csp_node *before, bool drained);

/* Communicates with a plain process at the front of the queue. */
static void meet_process(csp_scheduler *S, csp_channel *c, csp_node *n, void *message, size_t size)
{
    bool closed = n->kind == CSP_SENDING_SLOWLY;
    c->first = n->next;
    if (size && n->kind == CSP_RECEIVING)
        memcpy((char *)n + n->message, message, size);
    else if (size)
        memcpy(message, (char *)n + n->message, size);
    csp_ready(S, (csp_process *)n);
    if (closed && c->first->kind != CSP_SENDING_SLOWLY)
        end_watchers(S, c, &c->first, NULL, true);
}

static void meet_alt(csp_scheduler *S, csp_guard *guard, void *message, size_t size)
{
    if (size && guard->node.kind == CSP_ALT_RECEIVING)
        memcpy(guard->message, message, size);
    else if (size)
        memcpy(message, guard->message, size);
    csp_alt_met(S, guard);
}

bool csp_channel_meet(csp_scheduler *S, csp_channel *c, enum csp_node_kind kind, void *message, size_t size)
{
    csp_node *n = partner(c, kind);
    if (!n) {
        struct csp_device *device = device_of(S, c);
        if (!device || !device->ready(S, device))
            return false;
        device->move(S, device, message);
    } else if (is_guard(n)) {
        meet_alt(S, guard_of(n), message, size);
    } else {
        meet_process(S, c, n, message, size);
    }
    return true;
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

static bool wait(csp_channel *c, csp_process *self, enum csp_node_kind kind, const void *message)
{
    self->node.kind = (uint8_t)kind;
    self->node.message = (int32_t)((const char *)message - (const char *)self);
    append(c, &self->node);
    return false;
}

static bool communicate(csp_scheduler *S, csp_process *self, csp_channel *c, enum csp_node_kind kind, void *message,
                        size_t size)
{
    if (csp_channel_meet(S, c, kind, message, size))
        return true;
    if (c->first->kind == CSP_UNCONNECTED)
        return blame(S, self);
    if (csp_channel_ended(c, kind == CSP_SENDING)) {
        self->node.poisoned = 1;
        return true;
    }
    return wait(c, self, kind, size ? message : self);
}

bool csp_send_slowly(csp_scheduler *S, csp_process *self, csp_channel *c, const void *message, size_t size)
{
    return communicate(S, self, c, CSP_SENDING, (void *)message, size);
}

bool csp_receive_slowly(csp_scheduler *S, csp_process *self, csp_channel *c, void *message, size_t size)
{
    return communicate(S, self, c, CSP_RECEIVING, message, size);
}

/* ---- the end (language.md § 5) ---- */

bool csp_channel_ended(const csp_channel *c, bool writing_end)
{
    return c->first->kind == CSP_CLOSED || c->first->kind == CSP_POISONED
        || (writing_end && c->first->kind == CSP_SENDING_SLOWLY);
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
    while (n->kind == CSP_ALT_ENDED) {
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

/* The end has come for those who watch at *link; unless the channel is drained, only for those who ask as writers. */
static void end_watchers(csp_scheduler *S, csp_channel *c, csp_node **link, csp_node *before, bool drained)
{
    csp_node **front = link;
    reverse_watchers(front, before);
    while ((*link)->kind == CSP_ALT_ENDED) {
        if (!csp_alt_end(S, guard_of(*link)->alt, c, drained))
            link = &(*link)->next;
    }
    reverse_watchers(front, before);
}

/* Everybody meets the end now, but for plain senders where they are still to be served. The constant takes
 * the place of the one at the end of the queue. */
static void end(csp_scheduler *S, csp_channel *c, const csp_node *constant, bool serve_senders)
{
    csp_node **link = &c->first, *kept = NULL;
    while (communicates(*link)) {
        csp_node *n = *link;
        if (is_guard(n)) {
            csp_alt_end(S, guard_of(n)->alt, c, true);
        } else if (serve_senders && n->kind == CSP_SENDING) {
            n->kind = CSP_SENDING_SLOWLY;
            kept = n;
            link = &n->next;
        } else {
            *link = n->next;
            meet_end(S, (csp_process *)n);
        }
    }
    end_watchers(S, c, link, kept, !kept);
    while ((*link)->kind == CSP_ALT_ENDED)
        link = &(*link)->next;
    *link = (csp_node *)constant;
}

void csp_close(csp_scheduler *S, csp_channel *c)
{
    if (c->first->kind == CSP_UNCONNECTED)
        csp_fail(S, 0, "close of an end that is not connected");
    if (!csp_channel_ended(c, true))
        end(S, c, &csp_closed, true);
}

void csp_poison(csp_scheduler *S, csp_channel *c)
{
    if (c->first->kind == CSP_UNCONNECTED)
        csp_fail(S, 0, "poison of an end that is not connected");
    if (c->first->kind != CSP_POISONED)
        end(S, c, &csp_poisoned, false);
}
