/* commstime_csp: commstime with sequential delta, written by hand in the very form that cspc gives to
 *
 *     process prefix(int n, ?int in, !int out) { out ! n; for (x : in) out ! x; }
 *     process seq_delta(?int in, !int out1, !int out2) { for (x : in) { out1 ! x; out2 ! x; } }
 *     process succ(?int in, !int out) { for (x : in) out ! x + 1; }
 *     process consumer(?int in, int n) { … }
 *
 * so that csp.h can be measured by itself. Prints nanoseconds a communication. */
#include "csp.h"

#include <stdio.h>



struct prefix_frame {
    csp_process process;
    csp_channel *in, *out;
    int32_t n, x;
};

static void prefix_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct prefix_frame *f = (struct prefix_frame *)self;
    switch (self->node.resume) {
    case 1: goto sent_1;
    case 2: goto received_2;
    case 3: goto sent_3;
    }
    f->x = f->n;
    CSP_SEND(1, f->out, &f->x);
sent_1:
    if (self->node.poisoned)
        CSP_END();
    for (;;) {
        CSP_RECEIVE(2, f->in, &f->x);
received_2:
        if (self->node.poisoned) {
            self->node.poisoned = false;
            break;
        }
        CSP_SEND(3, f->out, &f->x);
sent_3:
        if (self->node.poisoned)
            CSP_END();
    }
    CSP_END();
}

struct seq_delta_frame {
    csp_process process;
    csp_channel *in, *out1, *out2;
    int32_t x;
};

static void seq_delta_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct seq_delta_frame *f = (struct seq_delta_frame *)self;
    switch (self->node.resume) {
    case 1: goto received_1;
    case 2: goto sent_2;
    case 3: goto sent_3;
    }
    for (;;) {
        CSP_RECEIVE(1, f->in, &f->x);
received_1:
        if (self->node.poisoned) {
            self->node.poisoned = false;
            break;
        }
        CSP_SEND(2, f->out1, &f->x);
sent_2:
        if (self->node.poisoned)
            CSP_END();
        CSP_SEND(3, f->out2, &f->x);
sent_3:
        if (self->node.poisoned)
            CSP_END();
    }
    CSP_END();
}

struct succ_frame {
    csp_process process;
    csp_channel *in, *out;
    int32_t x, message;
};

static void succ_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct succ_frame *f = (struct succ_frame *)self;
    switch (self->node.resume) {
    case 1: goto received_1;
    case 2: goto sent_2;
    }
    for (;;) {
        CSP_RECEIVE(1, f->in, &f->x);
received_1:
        if (self->node.poisoned) {
            self->node.poisoned = false;
            break;
        }
        f->message = csp_wrap_add_int32(f->x, 1);
        CSP_SEND(2, f->out, &f->message);
sent_2:
        if (self->node.poisoned)
            CSP_END();
    }
    CSP_END();
}

struct consumer_frame {
    csp_process process;
    csp_channel *in, *stops[4];
    int32_t n, i, x;
    int64_t start;
};

static void consumer_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct consumer_frame *f = (struct consumer_frame *)self;
    switch (self->node.resume) {
    case 1: goto received_1;
    }
    f->start = csp_now(S);
    for (f->i = 0; f->i < f->n; f->i++) {
        CSP_RECEIVE(1, f->in, &f->x);
received_1:
        if (self->node.poisoned)
            CSP_END();
    }
    csp_print_double(S, (double)(csp_now(S) - f->start) / (4.0 * f->n));
    csp_print_char(S, '\n');
    csp_print_done(S);
    for (int i = 0; i < 4; i++)
        CSP_OUT(csp_poison(S, f->stops[i]));
    CSP_END();
}

struct main_frame {
    csp_process process;
    int32_t n;
    csp_channel a, b, c, d;
    struct prefix_frame prefix;
    struct seq_delta_frame seq_delta;
    struct succ_frame succ;
    struct consumer_frame consumer;
};

static void main_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct main_frame *f = (struct main_frame *)self;
    switch (self->node.resume) {
    case 1: goto done_1;
    }
    csp_channel_begin(&f->a);
    csp_channel_begin(&f->b);
    csp_channel_begin(&f->c);
    csp_channel_begin(&f->d);
    f->prefix.n = 0;
    f->prefix.in = &f->c;
    f->prefix.out = &f->a;
    CSP_START(&f->prefix.process, prefix_step);
    f->seq_delta.in = &f->a;
    f->seq_delta.out1 = &f->b;
    f->seq_delta.out2 = &f->d;
    CSP_START(&f->seq_delta.process, seq_delta_step);
    f->succ.in = &f->b;
    f->succ.out = &f->c;
    CSP_START(&f->succ.process, succ_step);
    f->consumer.in = &f->d;
    f->consumer.n = f->n;
    f->consumer.stops[0] = &f->a;
    f->consumer.stops[1] = &f->b;
    f->consumer.stops[2] = &f->c;
    f->consumer.stops[3] = &f->d;
    CSP_START(&f->consumer.process, consumer_step);
    self->node.message = 4;
    CSP_WAIT(1);
done_1:
    CSP_END();
}

static const csp_point main_points[] = {{CSP_PLACE(0, 1, 1), CSP_AT_START, "process main", NULL, 0},
                                        {CSP_PLACE(0, 1, 1), CSP_AT_STOP, "par", NULL, 0}};
static const csp_kind main_kind = {"main", CSP_PLACE(0, 1, 1), main_step, sizeof(struct main_frame), 2, main_points, 0, NULL};
static const csp_argument arguments[] = {{"n", CSP_ARGUMENT_INT32, offsetof(struct main_frame, n), "10000000"}};
static const char *const files[] = {"commstime.csp"};
static const csp_program program = {"commstime", files, &main_kind, arguments, 1, {-1, -1, -1}};

int main(int argc, char **argv)
{
    return csp_main(&program, argc, argv);
}
