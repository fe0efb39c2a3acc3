/* Calls, branches, the run queue, and a host that owns the loop. */
#include "actor.h"
#include "port.h"

/* ---- frames that call and start others ---- */

struct child_frame {
    csp_process process;
    int32_t yields, id;
    struct network *log;
};

static void child_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct child_frame *f = (struct child_frame *)self;
    switch (self->node.resume) {
    case 1: goto yielded_1;
    }
    while (f->yields > 0) {
        f->yields--;
        CSP_READY(&self->node);
        CSP_WAIT(1);
yielded_1:;
    }
    actor_log(f->log, "%d ", f->id);
    CSP_END();
}

struct parent_frame {
    csp_process process;
    struct network *log;
    struct child_frame child[3];
    csp_team team;
};

static void begin_child(struct child_frame *child, struct network *log, int id, int yields)
{
    child->id = id;
    child->yields = yields;
    child->log = log;
}

static void parent_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct parent_frame *f = (struct parent_frame *)self;
    switch (self->node.resume) {
    case 1: goto called_1;
    case 2: goto joined_2;
    case 3: goto joined_3;
    }
    begin_child(&f->child[0], f->log, 1, 2);
    csp_begin(&f->child[0].process, child_step, self);
    CSP_CALL(1, &f->child[0].process);
called_1:
    actor_log(f->log, "called ");
    for (int i = 0; i < 3; i++) {
        begin_child(&f->child[i], f->log, 10 + i, 3 - i);
        CSP_OUT(csp_start(S, &f->child[i].process, child_step, self));
    }
    self->node.message = 3;
    CSP_WAIT(2);
joined_2:
    actor_log(f->log, "joined ");
    struct child_frame *children = csp_team_take(S, 0, &f->team, 2, sizeof *children);
    for (int i = 0; i < 2; i++) {
        begin_child(&children[i], f->log, 20 + i, 0);
        CSP_OUT(csp_start(S, &children[i].process, child_step, self));
    }
    self->node.message = 2;
    CSP_WAIT(3);
joined_3:
    csp_team_give(S, &f->team, sizeof(struct child_frame));
    actor_log(f->log, "done");
    CSP_END();
}

static void calls_and_branches(void **state)
{
    (void)state;
    struct network *n = network_new();
    struct parent_frame parent = {.log = n};
    csp_start(n->S, &parent.process, parent_step, &n->S->world->root);
    assert_string_equal(network_run(n), "1 called 12 11 10 joined 20 21 done");
    assert_int_equal(parent.process.node.resume, CSP_DONE);
    network_free(n);
}

static void yields_take_turns(void **state)
{
    (void)state;
    struct network *n = network_new();
    network_add(n, ACTIONS(yield_(), yield_()));
    network_add(n, ACTIONS(yield_(), yield_()));
    assert_string_equal(network_run(n), "a. b. a. b. ");
    network_free(n);
}

/* The header of a frame, and a process that waits on two ends with an int, are as small as promised. */
static void sizes(void **state)
{
    (void)state;
    struct receiver {
        csp_process process;
        csp_channel *in, *out;
        int32_t n, x;
    };
    if (sizeof(void *) == 8) {
        assert_int_equal(sizeof(csp_process), 32);
        assert_true(sizeof(struct receiver) <= 64);
        assert_int_equal(sizeof(csp_channel), 16);
    }
}

/* ---- a host ---- */

struct doubler_frame {
    csp_process process;
    csp_channel in, out;
    int32_t x;
    csp_timer timer;
};

static void doubler_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct doubler_frame *f = (struct doubler_frame *)self;
    switch (self->node.resume) {
    case 1: goto received_1;
    case 2: goto slept_2;
    case 3: goto sent_3;
    }
    csp_channel_begin(&f->in);
    csp_channel_begin(&f->out);
    if (!CSP_ASK(csp_receive(S, self, &f->in, &f->x, sizeof f->x)))
        CSP_WAIT(1);
received_1:
    if (!CSP_ASK(csp_sleep(S, self, &f->timer, csp_deadline(S, 1000))))
        CSP_WAIT(2);
slept_2:
    f->x *= 2;
    if (!CSP_ASK(csp_send(S, self, &f->out, &f->x, sizeof f->x)))
        CSP_WAIT(3);
sent_3:
    CSP_END();
}

static void host_owns_the_loop(void **state)
{
    (void)state;
    static const csp_kind kind = {"main", 0, doubler_step, sizeof(struct doubler_frame), 0, NULL, 0, NULL, 0, NULL};
    static const csp_program program = {"doubler", network_files, &kind, NULL, 0, {-1, -1, -1}};
    void *memory = calloc(1, NETWORK_MEMORY);
    assert_null(csp_host_create(memory, 1000, &program, false));
    csp_scheduler *S = csp_host_create(memory, NETWORK_MEMORY, &program, false);
    struct doubler_frame *f = csp_host_main(S);
    int32_t message = 21;
    assert_int_equal(csp_host_run(S), CSP_HOST_BLOCKED);
    assert_int_equal(csp_host_deadline(S), INT64_MAX);
    assert_true(csp_host_send(S, &f->in, &message, sizeof message));
    assert_false(csp_host_receive(S, &f->out, &message, sizeof message));
    while (csp_host_run(S) == CSP_HOST_WAITS)
        ;
    assert_true(csp_host_receive(S, &f->out, &message, sizeof message));
    assert_int_equal(message, 42);
    assert_int_equal(csp_host_run(S), CSP_HOST_ENDED);
    free(memory);
}

/* ---- real time ---- */

/* Yields until a flag is set, and never waits. */
struct busy_frame {
    csp_process process;
    const csp_process *until_done;
};

static void busy_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct busy_frame *f = (struct busy_frame *)self;
    if (f->until_done->node.resume == CSP_DONE)
        CSP_END();
    CSP_READY(&self->node);
    CSP_WAIT(1);
}

/* A busy program does not keep timers from firing, and nothing is left to watch for afterwards. */
static void timers_while_busy(void **state)
{
    (void)state;
    struct network *n = network_new();
    n->S->world->virtual_time = false;
    n->S->world->clock = csp_port_clock();
    struct actor *sleeper = network_add(n, ACTIONS({SLEEP, NULL, 1000000, NULL}));
    struct busy_frame busy = {.until_done = &sleeper->process};
    csp_start(n->S, &busy.process, busy_step, &n->S->world->root);
    assert_string_equal(network_run(n), "a. ");
    assert_true(csp_now(n->S) >= 1000000);
    assert_int_equal(busy.process.node.resume, CSP_DONE);
    assert_false(n->S->world->watching);
    network_free(n);
}

static void idle_waits_for_the_deadline(void **state)
{
    (void)state;
    struct network *n = network_new();
    n->S->world->virtual_time = false;
    n->S->world->clock = csp_port_clock();
    network_add(n, ACTIONS({SLEEP, NULL, 2000000, NULL}));
    assert_string_equal(network_run(n), "");
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "a. ");
    assert_true(csp_now(n->S) >= 2000000);
    assert_false(csp_idle(n->S));
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_and_branches),
        cmocka_unit_test(yields_take_turns),
        cmocka_unit_test(sizes),
        cmocka_unit_test(host_owns_the_loop),
        cmocka_unit_test(timers_while_busy),
        cmocka_unit_test(idle_waits_for_the_deadline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
