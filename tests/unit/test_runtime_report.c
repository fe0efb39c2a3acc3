/* Where an error came from, and who waits where in a deadlock (language.md § 10). */
#include "child.h"

static const char *const files[] = {"dining.csp"};
#define AT(line, column) CSP_PLACE(0, line, column)

/* ---- leaf: waits to receive, or fails ---- */

struct leaf_frame {
    csp_process process;
    csp_channel *in;
    int32_t x;
    bool fails;
};

static void leaf_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct leaf_frame *f = (struct leaf_frame *)self;
    switch (self->node.resume) {
    case 1: goto received_1;
    }
    if (f->fails) {
        csp_print_string(S, CSP_STRING("printed"));
        csp_print_done(S);
        csp_print_string(S, CSP_STRING("cut off"));
        csp_index(S, AT(9, 5), 5, 5, "forks");
    }
    if (!CSP_ASK(csp_receive(S, self, f->in, &f->x, sizeof f->x)))
        CSP_WAIT(1);
received_1:
    CSP_END();
}

static const csp_point leaf_points[] = {{AT(7, 1), CSP_AT_START, "", NULL, 0},
                                        {AT(8, 5), CSP_AT_RECEIVE, "in ? x", NULL, 0}};
static const csp_kind leaf_kind = {"leaf", AT(7, 1), leaf_step, sizeof(struct leaf_frame), 2, leaf_points, 0, NULL, 0, NULL};

/* ---- middle: calls a leaf, after others have run ---- */

struct middle_frame {
    csp_process process;
    csp_channel *in;
    bool fails;
    struct leaf_frame leaf;
};

static void middle_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct middle_frame *f = (struct middle_frame *)self;
    switch (self->node.resume) {
    case 1: goto called_1;
    }
    f->leaf.in = f->in;
    f->leaf.fails = f->fails;
    csp_begin(&f->leaf.process, leaf_step, self);
    CSP_CALL(1, &f->leaf.process);
called_1:
    CSP_END();
}

static const csp_children middle_children[] = {{&leaf_kind, offsetof(struct middle_frame, leaf), 1}};
static const csp_point middle_points[] = {{AT(12, 1), CSP_AT_START, "", NULL, 0},
                                          {AT(13, 5), CSP_AT_CALL, "leaf(in)", middle_children, 1}};
static const csp_kind middle_kind = {"middle", AT(12, 1), middle_step, sizeof(struct middle_frame), 2, middle_points, 0, NULL, 0, NULL};

/* ---- main: one leaf and many middles, of which one may fail ---- */

struct main_frame {
    csp_process process;
    int32_t n, fails, i;
    csp_channel c;
    struct leaf_frame leaf;
    csp_team team;
};

static void main_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct main_frame *f = (struct main_frame *)self;
    switch (self->node.resume) {
    case 1: goto joined_1;
    }
    csp_channel_begin(&f->c);
    f->leaf.in = &f->c;
    CSP_OUT(csp_start(S, &f->leaf.process, leaf_step, self));
    struct middle_frame *middles = csp_team_take(S, AT(20, 5), &f->team, f->n, sizeof *middles);
    for (int i = 0; i < f->n; i++) {
        middles[i].in = &f->c;
        middles[i].fails = i == f->fails;
        CSP_OUT(csp_start(S, &middles[i].process, middle_step, self));
    }
    self->node.message = 1 + f->n;
    CSP_WAIT(1);
joined_1:
    CSP_END();
}

static const csp_children main_children[] = {{&leaf_kind, offsetof(struct main_frame, leaf), 1},
                                             {&middle_kind, offsetof(struct main_frame, team), -1}};
static const csp_point main_points[] = {{AT(18, 1), CSP_AT_START, "", NULL, 0},
                                        {AT(20, 5), CSP_AT_PAR, "par for", main_children, 2}};
static const csp_kind main_kind = {"main", AT(18, 1), main_step, sizeof(struct main_frame), 2, main_points, 0, NULL, 0, NULL};
static const csp_argument arguments[] = {{"n", CSP_ARGUMENT_INT32, offsetof(struct main_frame, n), "3"},
                                         {"fails", CSP_ARGUMENT_INT32, offsetof(struct main_frame, fails), "-1"}};
static const csp_program program = {"dining", files, &main_kind, arguments, 2, {-1, -1, -1}};

static void origin_of_an_error(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "dining", "5", "2");
    assert_int_equal(child.status, 1);
    assert_string_equal(child.out, "printed");
    assert_string_equal(child.errors,
                        "dining.csp:9:5: error: index 5 is out of bounds of forks[5]\n"
                        "    in leaf, called at dining.csp:13:5, in middle[2], started at dining.csp:20:5, in main\n");
}

static void deadlock(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "dining", "2");
    assert_int_equal(child.status, 3);
    assert_string_equal(child.errors, "error: deadlock: every process is waiting\n"
                                      "    leaf waits at dining.csp:8:5: in ? x\n"
                                      "    leaf in middle[0] waits at dining.csp:8:5: in ? x\n"
                                      "    leaf in middle[1] waits at dining.csp:8:5: in ? x\n");
}

static void many_alike_are_summarised(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "dining", "9998");
    assert_int_equal(child.status, 3);
    assert_non_null(strstr(child.errors, "in ? x\n    … and 9,979 more like this one\n"));
    int lines = 0;
    for (char *c = child.errors; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 1 + 20 + 1);
}

/* ---- a process that calls itself: deep, with frames in the pool ---- */

struct deep_frame {
    csp_process process;
    int32_t depth;
    csp_team next;
};

static void deep_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct deep_frame *f = (struct deep_frame *)self;
    switch (self->node.resume) {
    case 1: goto called_1;
    }
    csp_div_int32(S, AT(31, 9), 1, f->depth);
    struct deep_frame *next = csp_team_take(S, AT(32, 5), &f->next, 1, sizeof *next);
    next->depth = f->depth - 1;
    csp_begin(&next->process, deep_step, self);
    CSP_CALL(1, &next->process);
called_1:
    csp_team_give(S, &f->next, sizeof(struct deep_frame));
    CSP_END();
}

static const csp_kind deep_kind;
static const csp_children deep_children[] = {{&deep_kind, offsetof(struct deep_frame, next), -1}};
static const csp_point deep_points[] = {{AT(30, 1), CSP_AT_START, "", NULL, 0},
                                        {AT(32, 5), CSP_AT_CALL, "main(depth - 1)", deep_children, 1}};
static const csp_kind deep_kind = {"main", AT(30, 1), deep_step, sizeof(struct deep_frame), 2, deep_points, 0, NULL, 0, NULL};
static const csp_argument deep_arguments[] = {
    {"depth", CSP_ARGUMENT_INT32, offsetof(struct deep_frame, depth), NULL}};
static const csp_program deep = {"deep", files, &deep_kind, deep_arguments, 1, {-1, -1, -1}};

static void deep_origin(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &deep, "", "deep", "2");
    assert_int_equal(child.status, 1);
    assert_string_equal(child.errors,
                        "dining.csp:31:9: error: division by zero\n"
                        "    in main, called at dining.csp:32:5, in main, called at dining.csp:32:5, in main\n");
    CHILD_RUN(&child, &deep, "", "deep", "1000000");
    assert_int_equal(child.status, 1);
    assert_non_null(strstr(child.errors, ", in … 999,985 more …, in main"));
}

/* ---- an assertion, and an end that is connected to nothing ---- */

static void assertion_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    switch (self->node.resume) {
    case 1: CSP_END();
    }
    csp_print_string(S, CSP_STRING("before "));
    csp_print_done(S);
    csp_assert_begin(S);
    csp_print_string(S, CSP_STRING("x is "));
    csp_print_int(S, 5);
    csp_assert_failed(S, AT(3, 7));
}

static void unconnected_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    switch (self->node.resume) {
    case 1: CSP_END();
    }
    if (!CSP_ASK(csp_receive(S, self, &csp_nowhere, NULL, 0)))
        CSP_WAIT(1);
    CSP_END();
}

static const csp_point plain_points[] = {{AT(1, 1), CSP_AT_START, "", NULL, 0},
                                         {AT(4, 5), CSP_AT_RECEIVE, "in ?", NULL, 0}};
static const csp_kind assertion_kind = {"main", AT(1, 1), assertion_step, sizeof(csp_process), 2, plain_points, 0, NULL, 0, NULL};
static const csp_kind unconnected_kind = {"main", AT(1, 1), unconnected_step, sizeof(csp_process), 2, plain_points, 0, NULL, 0, NULL};
static const csp_program assertion = {"test", files, &assertion_kind, NULL, 0, {-1, -1, -1}};
static const csp_program unconnected = {"test", files, &unconnected_kind, NULL, 0, {-1, -1, -1}};

static void failed_assertion(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &assertion, "", "test");
    assert_int_equal(child.status, 1);
    assert_string_equal(child.out, "before ");
    assert_string_equal(child.errors, "dining.csp:3:7: error: assertion failed: x is 5\n    in main\n");
}

static void unconnected_end(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &unconnected, "", "test");
    assert_int_equal(child.status, 1);
    assert_string_equal(child.errors, "dining.csp:4:5: error: this end is not connected to a channel\n    in main\n");
}

/* ---- spawned processes ---- */

static void stuck_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    CSP_WAIT(1);
}

static const csp_point sync_points[] = {{AT(50, 1), CSP_AT_START, "", NULL, 0}, {AT(51, 5), CSP_AT_SYNC, "sync b", NULL, 0}};
static const csp_point block_points[] = {{AT(55, 1), CSP_AT_START, "", NULL, 0},
                                         {AT(56, 5), CSP_AT_BLOCKING, "read()", NULL, 0}};
static const csp_kind sync_kind = {"syncer", AT(50, 1), stuck_step, sizeof(csp_process), 2, sync_points, 0, NULL, 0, NULL};
static const csp_kind block_kind = {"blocker", AT(55, 1), stuck_step, sizeof(csp_process), 2, block_points, 0, NULL, 0, NULL};

/* Spawns a middle and joins it. */
struct manager_frame {
    csp_process process;
    csp_channel *in;
    bool fails;
    csp_group group;
};

static void manager_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct manager_frame *f = (struct manager_frame *)self;
    switch (self->node.resume) {
    case 1: goto joined_1;
    }
    csp_group_begin(&f->group);
    struct middle_frame *middle = csp_spawn(S, AT(61, 5), &f->group, &middle_kind, 0);
    middle->in = f->in;
    middle->fails = f->fails;
    CSP_OUT(csp_spawn_start(S, &middle->process));
    if (!csp_join(self, &f->group))
        CSP_WAIT(1);
joined_1:
    CSP_END();
}

static const csp_point manager_points[] = {{AT(60, 1), CSP_AT_START, "", NULL, 0}, {AT(60, 1), CSP_AT_JOIN, "", NULL, 0}};
static const uint32_t manager_groups[] = {offsetof(struct manager_frame, group)};
static const csp_kind manager_kind = {
    "manager", AT(60, 1), manager_step, sizeof(struct manager_frame), 2, manager_points, 1, manager_groups, 0, NULL};

/* Spawns so many pairs of managers, then two that are stuck; runs a leaf as a branch, or joins at once. */
struct boss_frame {
    csp_process process;
    int32_t n, fails, i;
    bool branch;
    csp_channel c;
    csp_group managers, none, stuck;
    struct leaf_frame leaf;
};

static void boss_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct boss_frame *f = (struct boss_frame *)self;
    switch (self->node.resume) {
    case 1: case 2: CSP_END();
    }
    csp_channel_begin(&f->c);
    for (f->i = 0; f->i < f->n; f->i++) {
        struct manager_frame *manager = csp_spawn(S, AT(71, 5), &f->managers, &manager_kind, 0);
        manager->in = &f->c;
        manager->fails = f->i == f->fails;
        CSP_OUT(csp_spawn_start(S, &manager->process));
    }
    CSP_OUT(csp_spawn_start(S, csp_spawn(S, AT(72, 5), &f->stuck, &sync_kind, 0)));
    CSP_OUT(csp_spawn_start(S, csp_spawn(S, AT(73, 5), &f->stuck, &block_kind, 0)));
    if (!f->branch && !csp_join(self, &f->stuck))
        CSP_WAIT(2);
    f->leaf.in = &f->c;
    CSP_OUT(csp_start(S, &f->leaf.process, leaf_step, self));
    self->node.message = 1;
    CSP_WAIT(1);
}

static const csp_children boss_children[] = {{&leaf_kind, offsetof(struct boss_frame, leaf), 1}};
static const csp_point boss_points[] = {{AT(70, 1), CSP_AT_START, "", NULL, 0},
                                        {AT(74, 5), CSP_AT_PAR, "par", boss_children, 1},
                                        {AT(70, 1), CSP_AT_JOIN, "", NULL, 0}};
static const uint32_t boss_groups[] = {offsetof(struct boss_frame, managers), offsetof(struct boss_frame, none),
                                       offsetof(struct boss_frame, stuck)};
static const csp_kind boss_kind = {"main", AT(70, 1), boss_step, sizeof(struct boss_frame), 3, boss_points, 3, boss_groups, 0, NULL};
static const csp_argument boss_arguments[] = {
    {"n", CSP_ARGUMENT_INT32, offsetof(struct boss_frame, n), NULL},
    {"branch", CSP_ARGUMENT_BOOL, offsetof(struct boss_frame, branch), NULL},
    {"fails", CSP_ARGUMENT_INT32, offsetof(struct boss_frame, fails), "-1"}};
static const csp_program boss = {"boss", files, &boss_kind, boss_arguments, 3, {-1, -1, -1}};

static void origin_of_a_spawned_process(void **state)
{
    (void)state;
    static const char expected[] = "dining.csp:9:5: error: index 5 is out of bounds of forks[5]\n"
                                   "    in leaf, called at dining.csp:13:5, in middle, spawned at dining.csp:61:5, "
                                   "in manager, spawned at dining.csp:71:5, in main\n";
    struct child child;
    CHILD_RUN(&child, &boss, "", "boss", "3", "true", "1");
    assert_int_equal(child.status, 1);
    assert_string_equal(child.errors, expected);
    CHILD_RUN(&child, &boss, "", "boss", "3", "false", "2");
    assert_string_equal(child.errors, expected);
}

#define MANAGER "    manager waits at dining.csp:60:1\n        for the end of 1 process that it has spawned\n"
#define JOINS(count) "    main waits at dining.csp:70:1\n        for the end of " #count " processes that it has spawned\n"
#define MIDDLE "    leaf waits at dining.csp:8:5: in ? x\n"
#define STUCK "    syncer waits at dining.csp:51:5: sync b\n    blocker waits at dining.csp:56:5: read()\n"

static void deadlock_of_spawned_processes(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &boss, "", "boss", "2", "true");
    assert_int_equal(child.status, 3);
    assert_string_equal(child.errors, "error: deadlock: every process is waiting\n" MIDDLE MANAGER MIDDLE MANAGER MIDDLE STUCK);
    CHILD_RUN(&child, &boss, "", "boss", "2", "false");
    assert_string_equal(child.errors, "error: deadlock: every process is waiting\n" JOINS(4) MANAGER MIDDLE MANAGER MIDDLE STUCK);
    CHILD_RUN(&child, &boss, "", "boss", "0", "false");
    assert_string_equal(child.errors, "error: deadlock: every process is waiting\n" JOINS(2) STUCK);
    CHILD_RUN(&child, &boss, "", "boss", "5000", "false");
    assert_non_null(strstr(child.errors, "    … and 4,980 more like this one\n" STUCK));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(origin_of_an_error),
        cmocka_unit_test(deadlock),
        cmocka_unit_test(many_alike_are_summarised),
        cmocka_unit_test(deep_origin),
        cmocka_unit_test(failed_assertion),
        cmocka_unit_test(unconnected_end),
        cmocka_unit_test(origin_of_a_spawned_process),
        cmocka_unit_test(deadlock_of_spawned_processes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
