/* counter.csp, compiled by cspc. */
#include "csp.h"

CSP_GENERATED_CODE

/* Who runs, and where in the source: for messages. */
#define AT(line, column) S, CSP_PLACE(0, line, column)
static const char *const files[] = {"counter.csp"};

/* ---- frames ---- */

struct counter_frame {
    csp_process process;
    csp_channel *out;
    int32_t n;
    int32_t i;
};

struct main_branch_1_frame {
    csp_process process;
    int32_t x;
};

struct main_frame {
    csp_process process;
    csp_channel c;
    int32_t n;
    union {
        struct {
            struct counter_frame counter_1;
            struct main_branch_1_frame branch_2;
        } joined_1;
    } at;
};

static csp_step counter_step;
static csp_step main_step;
static csp_step main_branch_1_step;

/* ---- processes ---- */

static void counter_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct counter_frame *f = (struct counter_frame *)self;
    switch (self->node.resume) {
    case 1:
        goto sent_1;
    }
    for (f->i = 0; f->i < f->n; f->i++) {
        // 4: out ! i;
        CSP_SEND(1, f->out, &f->i);
sent_1:;
        if (self->node.poisoned)
            goto end;
    }
    CSP_OUT(csp_close(S, f->out));
end:;
    CSP_END();
}

static void main_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct main_frame *f = (struct main_frame *)self;
    switch (self->node.resume) {
    case 1:
        goto joined_1;
    }
    csp_channel_open(S, &f->c);
    // 10: par {
    f->at.joined_1.counter_1.n = f->n;
    f->at.joined_1.counter_1.out = &f->c;
    CSP_START(&f->at.joined_1.counter_1.process, counter_step);
    CSP_START(&f->at.joined_1.branch_2.process, main_branch_1_step);
    self->node.message = 2;
    CSP_WAIT(1);
joined_1:;
    CSP_END();
}

static void main_branch_1_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct main_branch_1_frame *f = (struct main_branch_1_frame *)self;
    struct main_frame *outer = (struct main_frame *)self->parent;
    switch (self->node.resume) {
    case 1:
        goto received_1;
    }
    for (;;) {
        // 12: for (x : c)
        CSP_RECEIVE(1, &outer->c, &f->x);
received_1:;
        if (self->node.poisoned) { // the end: the loop is done
            self->node.poisoned = false;
            break;
        }
        csp_print_int(S, f->x);
        csp_print_char(S, '\n');
        csp_print_done(S);
    }
    CSP_END();
}

/* ---- for reports and debuggers ---- */

static const csp_kind counter_kind;
static const csp_kind main_kind;
static const csp_kind main_branch_1_kind;

static const csp_point counter_points[] = {
    {CSP_PLACE(0, 2, 9), CSP_AT_START, "", NULL, 0},
    {CSP_PLACE(0, 4, 9), CSP_AT_SEND, "out ! i;", NULL, 0},
};
static const csp_link counter_links[] = {
    {"out", NULL, offsetof(struct counter_frame, out), 0, UINT16_MAX, 0, 0, CSP_LINK_POINTER, CSP_SENDS, NULL},
};
static const csp_kind counter_kind = {"counter", CSP_PLACE(0, 2, 9), counter_step,
    sizeof(struct counter_frame), 2, counter_points, 0, NULL, 1, counter_links};

static const csp_children main_children_1[] = {
    {&counter_kind, offsetof(struct main_frame, at.joined_1.counter_1), 1},
    {&main_branch_1_kind, offsetof(struct main_frame, at.joined_1.branch_2), 1},
};
static const csp_point main_points[] = {
    {CSP_PLACE(0, 8, 9), CSP_AT_START, "", NULL, 0},
    {CSP_PLACE(0, 10, 5), CSP_AT_PAR, "par {", main_children_1, 2},
};
static const csp_link main_links[] = {
    {"c", NULL, offsetof(struct main_frame, c), 1, 1, 1, 0, CSP_LINK_CHANNEL, CSP_RECEIVES | CSP_SENDS, NULL},
};
static const csp_kind main_kind = {"main", CSP_PLACE(0, 8, 9), main_step,
    sizeof(struct main_frame), 2, main_points, 0, NULL, 1, main_links};

static const csp_point main_branch_1_points[] = {
    {CSP_PLACE(0, 12, 9), CSP_AT_START, "", NULL, 0},
    {CSP_PLACE(0, 12, 9), CSP_AT_RECEIVE, "for (x : c)", NULL, 0},
};
static const csp_link main_branch_1_links[] = {
    {"c", NULL, offsetof(struct main_frame, c), 1, 1, 0, 1, CSP_LINK_CHANNEL, CSP_RECEIVES, NULL},
};
static const csp_kind main_branch_1_kind = {"branch of main", CSP_PLACE(0, 12, 9), main_branch_1_step,
    sizeof(struct main_branch_1_frame), 2, main_branch_1_points, 0, NULL, 1, main_branch_1_links};

static const csp_argument arguments[] = {
    {"n", CSP_ARGUMENT_INT32, offsetof(struct main_frame, n), "5"},
};
static const csp_program counter_program = {
    "counter", files, &main_kind, arguments, 1, {-1, -1, -1}};

int main(int argc, char **argv)
{
    return csp_main(&counter_program, argc, argv);
}
