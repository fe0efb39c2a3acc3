/* csp_step: what steps are made of. Included by csp.h.
 *
 * The ends of the run queue are parameters of a step (CSP_QUEUE), and go from step to step by tail calls, so that they stay
 * in registers. Where nothing unusual happens a step calls no function, so that it needs no room on the C stack; what may
 * make a process runnable elsewhere is called through CSP_OUT or CSP_ASK. */
#ifndef CSP_STEP_H
#define CSP_STEP_H

#include "csp.h"

/* Around all in a step that may make a process runnable elsewhere. */
#define CSP_LEAVE() (S->first = csp_head, S->last = csp_tail)
#define CSP_COME_BACK() (csp_head = CSP_LOAD(S->first), csp_tail = CSP_LOAD(S->last))
/* Two words that have just been stored one by one, loaded at once as a vector would make the processor wait for both. */
#define CSP_LOAD(node) (*(csp_node *volatile *)&(node))
#define CSP_OUT(call)                                                                                                  \
    do {                                                                                                               \
        CSP_LEAVE();                                                                                                   \
        call;                                                                                                          \
        CSP_COME_BACK();                                                                                               \
    } while (0)
/* … that answers true or false. */
#define CSP_ASK(call) (CSP_LEAVE(), (call) ? (CSP_COME_BACK(), true) : (CSP_COME_BACK(), false))

/* Makes a process runnable. */
#define CSP_READY(node)                                                                                                \
    do {                                                                                                               \
        csp_node *csp_ready_one = (node);                                                                              \
        csp_ready_one->next = NULL;                                                                                    \
        if (csp_head)                                                                                                  \
            csp_tail->next = csp_ready_one;                                                                            \
        else                                                                                                           \
            csp_head = csp_ready_one;                                                                                  \
        csp_tail = csp_ready_one;                                                                                      \
    } while (0)

/* Go on with a process, at once. */
#if CSP_TAIL_CALLS && defined(CSP_MUSTTAIL)
/* The attribute wants a `return` with the call, which ISO C does not allow where there is no value. */
#define CSP_TAIL(step, process)                                                                                        \
    do {                                                                                                               \
        _Pragma("GCC diagnostic push")                                                                                 \
        _Pragma("GCC diagnostic ignored \"-Wpedantic\"")                                                               \
        __attribute__((musttail)) return step(S, process, csp_head, csp_tail);                                         \
        _Pragma("GCC diagnostic pop")                                                                                  \
    } while (0)
#else
#define CSP_TAIL(step, process)                                                                                        \
    do {                                                                                                               \
        step(S, process, csp_head, csp_tail);                                                                          \
        return;                                                                                                        \
    } while (0)
#endif

#if CSP_TAIL_CALLS
#define CSP_SWITCH_TO(process)                                                                                         \
    do {                                                                                                               \
        csp_process *csp_to = (process);                                                                               \
        CSP_TAIL(csp_to->step, csp_to);                                                                                \
    } while (0)
#else
/* The loop takes what runs next from the queue, so a process that goes on at once is put in front of it. */
#define CSP_SWITCH_TO(process)                                                                                         \
    do {                                                                                                               \
        CSP_LEAVE();                                                                                                   \
        csp_first(S, (process));                                                                                       \
        return;                                                                                                        \
    } while (0)
#endif

/* Go on with the next runnable process; back to the loop where there is none, or something to look at before. */
#if CSP_TAIL_CALLS
#define CSP_GO_ON()                                                                                                    \
    do {                                                                                                               \
        csp_process *csp_runs = (csp_process *)csp_head;                                                               \
        if (CSP_UNLIKELY(!csp_runs || S->attention)) {                                                                   \
            CSP_LEAVE();                                                                                               \
            return;                                                                                                    \
        }                                                                                                              \
        csp_head = csp_head->next;                                                                                     \
        S->running = csp_runs;                                                                                         \
        CSP_SWITCH_TO(csp_runs);                                                                                       \
    } while (0)
#else
#define CSP_GO_ON()                                                                                                    \
    do {                                                                                                               \
        CSP_LEAVE();                                                                                                   \
        return;                                                                                                        \
    } while (0)
#endif

/* Leave the step; the process goes on at the resume point when whoever has it in a queue makes it runnable. */
#define CSP_WAIT(point)                                                                                                \
    do {                                                                                                               \
        self->node.resume = (point);                                                                                   \
        CSP_GO_ON();                                                                                                   \
    } while (0)

/* Begins a child and makes it runnable: a branch of a par. */
#define CSP_START(child, step)                                                                                         \
    do {                                                                                                               \
        csp_process *csp_started = (child);                                                                            \
        csp_begin(csp_started, (step), self);                                                                          \
        CSP_READY(&csp_started->node);                                                                                 \
    } while (0)

/* Run a called process, whose frame has been begun, at once; go on at the point when it has ended. */
#define CSP_CALL(point, child)                                                                                         \
    do {                                                                                                               \
        csp_process *csp_called = (child);                                                                             \
        self->node.resume = (point);                                                                                   \
        self->node.message = 1;                                                                                        \
        S->running = csp_called;                                                                                       \
        CSP_SWITCH_TO(csp_called);                                                                                     \
    } while (0)

/* The process has ended: the last of its siblings to do so makes the parent go on. */
#define CSP_END()                                                                                                      \
    do {                                                                                                               \
        csp_process *csp_parent = self->parent;                                                                        \
        self->node.resume = CSP_DONE;                                                                                  \
        if (--csp_parent->node.message == 0) {                                                                         \
            S->running = csp_parent;                                                                                   \
            CSP_SWITCH_TO(csp_parent);                                                                                 \
        }                                                                                                              \
        CSP_GO_ON();                                                                                                   \
    } while (0)

/* ---- communication ----
 * Sends or receives, from or to a place in the frame, and goes on here or, later, at the resume point. */

/* Being the first to come to a channel in use: the process stands alone in the queue. What is noted here is most often
 * constant, and eight bytes that lie together. */
static inline void csp_wait_first(csp_process *self, csp_channel *c, int point, enum csp_node_kind kind, const void *message)
{
    self->node.message = (int32_t)((const char *)message - (const char *)self);
    self->node.resume = (uint16_t)point;
    self->node.kind = (uint8_t)kind;
    self->node.poisoned = 0;
    self->node.next = c->first;
    c->first = c->last = &self->node;
}

/* The slow paths: a partner in an alt, a buffer, a device, an end. They go on by tail calls like every step; where steps
 * return to the loop, calling them so would nest them in each other. */
csp_step csp_send_on, csp_receive_on;
#if CSP_TAIL_CALLS
#define CSP_SLOWLY(function, c, at, bytes)                                                                             \
    do {                                                                                                               \
        self->node.message = (int32_t)((const char *)(at) - (const char *)self);                                       \
        S->channel = (c);                                                                                              \
        S->size = (bytes);                                                                                             \
        CSP_TAIL(function##_on, self);                                                                                 \
    } while (0)
#else
#define CSP_SLOWLY(function, c, at, bytes)                                                                             \
    do {                                                                                                               \
        if (!CSP_ASK(function(S, self, (c), (at), (bytes))))                                                           \
            CSP_GO_ON();                                                                                               \
    } while (0)
#endif

#define CSP_COMMUNICATE(point, end, at, bytes, mine, theirs, copy, slowly)                                             \
    do {                                                                                                               \
        csp_channel *csp_c = (end);                                                                                    \
        csp_node *csp_n = csp_c->first;                                                                                \
        if (csp_n->kind == (theirs)) {                                                                                 \
            csp_c->first = csp_n->next;                                                                                \
            copy;                                                                                                      \
            CSP_READY(csp_n);                                                                                          \
            break;                                                                                                     \
        }                                                                                                              \
        if (CSP_UNLIKELY(csp_n->kind != CSP_OPEN)) {                                                                   \
            self->node.resume = (point);                                                                               \
            CSP_SLOWLY(slowly, csp_c, at, bytes);                                                                      \
            break;                                                                                                     \
        }                                                                                                              \
        csp_wait_first(self, csp_c, (point), (mine), (at));                                                            \
        CSP_GO_ON();                                                                                                   \
    } while (0)

#define CSP_SEND(point, end, from)                                                                                     \
    CSP_COMMUNICATE(point, end, from, sizeof *(from), CSP_SENDING, CSP_RECEIVING,                                      \
                    memcpy((char *)csp_n + csp_n->message, (from), sizeof *(from)), csp_send)
#define CSP_RECEIVE(point, end, to)                                                                                    \
    CSP_COMMUNICATE(point, end, to, sizeof *(to), CSP_RECEIVING, CSP_SENDING,                                          \
                    memcpy((to), (char *)csp_n + csp_n->message, sizeof *(to)), csp_receive)
/* … of void channels. */
#define CSP_SIGNAL(point, end)                                                                                         \
    CSP_COMMUNICATE(point, end, self, 0, CSP_SENDING, CSP_RECEIVING, (void)0, csp_send)
#define CSP_AWAIT(point, end)                                                                                          \
    CSP_COMMUNICATE(point, end, self, 0, CSP_RECEIVING, CSP_SENDING, (void)0, csp_receive)

#endif
