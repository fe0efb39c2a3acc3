/* lines.csp, compiled by cspc. */
#include "csp.h"
#include "csp_debug.h"

CSP_GENERATED_CODE

/* Who runs, and where in the source: for messages. */
#define AT(line, column) S, CSP_PLACE(0, line, column)
static const char *const files[] = {"lines.csp"};

/* ---- frames ---- */

struct main_branch_1_frame {
    csp_process process;
    int32_t last;
    int32_t x;
};

struct main_branch_2_frame {
    csp_process process;
    csp_channel *value;
    int32_t last;
    union {
        int32_t sent_1;
    } at;
};

struct main_frame {
    csp_process process;
    csp_channel c;
    union {
        struct {
            struct main_branch_1_frame branch_1;
            struct main_branch_2_frame branch_2;
        } joined_1;
    } at;
};

static csp_step main_step;
static csp_step main_branch_1_step;
static csp_step main_branch_2_step;

/* ---- functions ---- */

static int32_t twice_fn(csp_scheduler *S, int32_t *x);

#line 2 "lines.csp"
static int32_t twice_fn(csp_scheduler *S, int32_t *x)
#line 2
{
#line 3
    (*x) = csp_mul_int32(AT(3, 7), (*x), 2);
#line 4
    return (*x);
#line 2
}

static const csp_variable twice_variables[] CSP_FOR_DEBUGGERS = {
    {"x", "x", NULL, 2, CSP_VARIABLE_POINTER},
    {NULL, NULL, NULL, 0, 0},
};
/* ---- processes ---- */

#line 7 "lines.csp"
static void main_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
#line 7
{
#line 7
    struct main_frame *f = (struct main_frame *)self;
#line 7
    switch (self->node.resume) {
#line 7
    case 1:
#line 7
        goto joined_1;
#line 7
    }
#line 8
    csp_channel_open(S, &f->c);
    // 9: par {
#line 9
    CSP_START(&f->at.joined_1.branch_1.process, main_branch_1_step);
#line 9
    CSP_START(&f->at.joined_1.branch_2.process, main_branch_2_step);
#line 9
    self->node.message = 2;
#line 9
    CSP_WAIT(1);
#line 9
joined_1:;
#line 23
    CSP_END();
#line 23
}

static const csp_variable main_variables[] CSP_FOR_DEBUGGERS = {
    {"c", "c", NULL, 8, CSP_VARIABLE_VALUE},
    {NULL, NULL, NULL, 0, 0},
};
#line 10 "lines.csp"
static void main_branch_1_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
#line 10
{
#line 10
    struct main_branch_1_frame *f = (struct main_branch_1_frame *)self;
#line 10
    struct main_frame *outer = (struct main_frame *)self->parent;
#line 10
    switch (self->node.resume) {
#line 10
    case 1:
#line 10
        goto received_1;
#line 10
    }
#line 11
    f->last = 0;
#line 12
    for (;;) {
        // 12: for (x : c)
#line 12
        CSP_RECEIVE(1, &outer->c, &f->x);
#line 12
received_1:;
#line 12
        if (self->node.poisoned) { // the end: the loop is done
#line 12
            self->node.poisoned = false;
#line 12
            break;
#line 12
        }
#line 13
        f->last = f->x;
#line 12
    }
#line 14
    csp_print_int(S, f->last);
#line 14
    csp_print_char(S, '\n');
#line 14
    csp_print_done(S);
#line 10
    CSP_END();
#line 10
}

static const csp_variable main_branch_1_variables[] CSP_FOR_DEBUGGERS = {
    {"last", "last", NULL, 11, CSP_VARIABLE_VALUE},
    {"x", "x", NULL, 12, CSP_VARIABLE_VALUE},
    {NULL, NULL, NULL, 0, 0},
};
#line 16 "lines.csp"
static void main_branch_2_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
#line 16
{
#line 16
    struct main_branch_2_frame *f = (struct main_branch_2_frame *)self;
#line 16
    struct main_frame *outer = (struct main_frame *)self->parent;
#line 16
    switch (self->node.resume) {
#line 16
    case 1:
#line 16
        goto sent_1;
#line 16
    }
#line 17
    f->last = 1;
#line 18
    while (f->last < 8) {
#line 19
        f->value = &outer->c;
        // 19: c ! twice(last);
#line 19
        f->at.sent_1 = twice_fn(S, &f->last);
#line 19
        CSP_SEND(1, f->value, &f->at.sent_1);
#line 19
sent_1:;
#line 19
        if (self->node.poisoned)
#line 19
            goto end;
#line 18
    }
#line 20
    CSP_OUT(csp_close(S, &outer->c));
#line 16
end:;
#line 16
    CSP_END();
#line 16
}

static const csp_variable main_branch_2_variables[] CSP_FOR_DEBUGGERS = {
    {"last", "last", NULL, 17, CSP_VARIABLE_VALUE},
    {"value", "value", NULL, 0, CSP_VARIABLE_VALUE},
    {NULL, NULL, NULL, 0, 0},
};
/* ---- for reports and debuggers ---- */

static const csp_kind main_kind;
static const csp_kind main_branch_1_kind;
static const csp_kind main_branch_2_kind;

static const csp_children main_children_1[] = {
    {&main_branch_1_kind, offsetof(struct main_frame, at.joined_1.branch_1), 1},
    {&main_branch_2_kind, offsetof(struct main_frame, at.joined_1.branch_2), 1},
};
static const csp_point main_points[] = {
    {CSP_PLACE(0, 7, 9), CSP_AT_START, "", NULL, 0},
    {CSP_PLACE(0, 9, 5), CSP_AT_PAR, "par {", main_children_1, 2},
};
static const csp_link main_links[] = {
    {"c", NULL, offsetof(struct main_frame, c), 1, 1, 1, 0, CSP_LINK_CHANNEL, CSP_RECEIVES, NULL},
};
static const csp_kind main_kind = {"main", CSP_PLACE(0, 7, 9), main_step,
    sizeof(struct main_frame), 2, main_points, 0, NULL, 1, main_links};

static const csp_point main_branch_1_points[] = {
    {CSP_PLACE(0, 10, 9), CSP_AT_START, "", NULL, 0},
    {CSP_PLACE(0, 12, 13), CSP_AT_RECEIVE, "for (x : c)", NULL, 0},
};
static const csp_link main_branch_1_links[] = {
    {"c", NULL, offsetof(struct main_frame, c), 1, 1, 0, 1, CSP_LINK_CHANNEL, CSP_RECEIVES, NULL},
};
static const csp_kind main_branch_1_kind = {"branch of main", CSP_PLACE(0, 10, 9), main_branch_1_step,
    sizeof(struct main_branch_1_frame), 2, main_branch_1_points, 0, NULL, 1, main_branch_1_links};

static const csp_point main_branch_2_points[] = {
    {CSP_PLACE(0, 16, 9), CSP_AT_START, "", NULL, 0},
    {CSP_PLACE(0, 19, 17), CSP_AT_SEND, "c ! twice(last);", NULL, 0},
};
static const csp_link main_branch_2_links[] = {
    {"value", NULL, offsetof(struct main_branch_2_frame, value), 1, 1, 0, 0, CSP_LINK_POINTER, CSP_RECEIVES | CSP_SENDS, NULL},
    {"c", NULL, offsetof(struct main_frame, c), 1, 1, 0, 1, CSP_LINK_CHANNEL, CSP_RECEIVES, NULL},
};
static const csp_kind main_branch_2_kind = {"branch of main", CSP_PLACE(0, 16, 9), main_branch_2_step,
    sizeof(struct main_branch_2_frame), 2, main_branch_2_points, 0, NULL, 2, main_branch_2_links};

static const csp_program lines_program = {
    "lines", files, &main_kind, NULL, 0, {-1, -1, -1}};

int main(int argc, char **argv)
{
    return csp_main(&lines_program, argc, argv);
}
