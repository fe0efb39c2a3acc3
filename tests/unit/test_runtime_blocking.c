/* Blocking calls: others go on, nothing is a deadlock or jumps meanwhile, and order under virtual time (language.md § 9). */
#include "child.h"
#include "actor.h"
#include "port.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>

/* ---- what jobs wait for ---- */

/* Opens when it has been counted up to its limit. */
struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    int count, limit;
};

#define GATE(limit) {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, limit}

static void gate_count(struct gate *g)
{
    pthread_mutex_lock(&g->lock);
    g->count++;
    pthread_cond_broadcast(&g->opened);
    pthread_mutex_unlock(&g->lock);
}

static void gate_wait(struct gate *g)
{
    pthread_mutex_lock(&g->lock);
    while (g->count < g->limit)
        pthread_cond_wait(&g->opened, &g->lock);
    pthread_mutex_unlock(&g->lock);
}

/* ---- a caller: blocks some times, and logs when it has come back ---- */

struct call {
    struct gate *counts, *waits; /* NULL: none */
    pthread_t thread;
    int in, out;
};

static void run_call(void *data)
{
    struct call *call = data;
    if (call->counts)
        gate_count(call->counts);
    if (call->waits)
        gate_wait(call->waits);
    call->thread = pthread_self();
    call->out = call->in + 1;
}

struct caller_frame {
    csp_process process;
    struct network *n;
    int32_t id, rounds;
    csp_job job;
    struct call call;
    int64_t back;
};

static void caller_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct caller_frame *f = (struct caller_frame *)self;
    switch (self->node.resume) {
    case 1: goto done_1;
    }
    for (; f->rounds > 0; f->rounds--) {
        f->call.in = f->call.out;
        csp_block(S, self, &f->job, run_call, &f->call);
        CSP_WAIT(1);
done_1:
        f->back = csp_now(S);
        actor_log(f->n, "%d:%d ", (int)f->id, f->call.out);
    }
    CSP_END();
}

static void start_caller(struct network *n, struct caller_frame *f, int id, struct gate *counts, struct gate *waits)
{
    *f = (struct caller_frame){.n = n, .id = id, .rounds = 1, .call = {.counts = counts, .waits = waits}};
    csp_start(n->S, &f->process, caller_step, &n->S->world->root);
}

/* ---- somebody who opens a gate, after some turns ---- */

struct opener_frame {
    csp_process process;
    struct network *n;
    struct gate *gate;
    int32_t yields;
};

static void opener_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct opener_frame *f = (struct opener_frame *)self;
    if (f->yields-- > 0) {
        CSP_READY(&self->node);
        CSP_WAIT(1);
    }
    actor_log(f->n, "open ");
    gate_count(f->gate);
    CSP_END();
}

static void start_opener(struct network *n, struct opener_frame *f, struct gate *gate, int yields)
{
    *f = (struct opener_frame){.n = n, .gate = gate, .yields = yields};
    csp_start(n->S, &f->process, opener_step, &n->S->world->root);
}

static struct network *network_in(bool virtual_time)
{
    struct network *n = network_new();
    n->S->world->virtual_time = virtual_time;
    n->S->world->clock = virtual_time ? 0 : csp_port_clock();
    return n;
}

/* Runs until there is a deadlock, or rather until all have ended. */
static const char *run_all(struct network *n)
{
    do
        csp_run(n->S);
    while (csp_idle(n->S));
    return network_run(n);
}

static void end(struct network *n)
{
    csp_host_end(n->S);
    assert_null(n->S->world->jobs.threads);
    csp_host_end(n->S);
    network_free(n);
}

/* ---- both kinds of time ---- */

static void others_go_on(void **state)
{
    (void)state;
    for (int virtual_time = 0; virtual_time < 2; virtual_time++) {
        struct network *n = network_in(virtual_time);
        struct gate gate = GATE(1);
        struct caller_frame caller;
        struct opener_frame opener;
        start_caller(n, &caller, 7, NULL, &gate);
        start_opener(n, &opener, &gate, 100);
        assert_string_equal(run_all(n), "open 7:1 ");
        assert_false(pthread_equal(caller.call.thread, pthread_self()));
        assert_int_equal(caller.process.node.resume, CSP_DONE);
        assert_false(csp_idle(n->S));
        end(n);
    }
}

static void again_and_again(void **state)
{
    (void)state;
    for (int virtual_time = 0; virtual_time < 2; virtual_time++) {
        struct network *n = network_in(virtual_time);
        struct caller_frame caller[3];
        n->quiet = true;
        for (int i = 0; i < 3; i++) {
            start_caller(n, &caller[i], i, NULL, NULL);
            caller[i].rounds = 1000;
        }
        run_all(n);
        for (int i = 0; i < 3; i++)
            assert_int_equal(caller[i].call.out, 1000);
        assert_int_equal(n->S->world->jobs.under_way, 0);
        end(n);
    }
}

/* Sixteen that each wait for all others, then more than there are threads. */
static void jobs_wait_for_each_other(void **state)
{
    (void)state;
    for (int virtual_time = 0; virtual_time < 2; virtual_time++) {
        struct network *n = network_in(virtual_time);
        struct gate all = GATE(16);
        struct caller_frame caller[100];
        n->quiet = true;
        for (int i = 0; i < 16; i++)
            start_caller(n, &caller[i], i, &all, &all);
        run_all(n);
        assert_int_equal(all.count, 16);
        for (int i = 0; i < 100; i++)
            start_caller(n, &caller[i], i, &all, NULL);
        run_all(n);
        assert_int_equal(all.count, 116);
        for (int i = 0; i < 100; i++)
            assert_int_equal(caller[i].process.node.resume, CSP_DONE);
        end(n);
    }
}

/* ---- virtual time ---- */

/* Each ends only after the next has begun to end; they come back as they were begun all the same. */
static void virtual_order_of_beginning(void **state)
{
    (void)state;
    struct network *n = network_in(true);
    struct gate gates[4] = {GATE(1), GATE(1), GATE(1), GATE(1)};
    struct caller_frame caller[4];
    for (int i = 0; i < 4; i++)
        start_caller(n, &caller[i], i, &gates[i], i < 3 ? &gates[i + 1] : NULL);
    caller[0].rounds = 2;
    assert_string_equal(run_all(n), "0:1 1:1 2:1 3:1 0:2 ");
    end(n);
}

/* One at a time, and only when nothing else can run. */
static void virtual_only_when_nothing_runs(void **state)
{
    (void)state;
    struct network *n = network_in(true);
    struct gate all = GATE(2);
    struct caller_frame caller[2];
    for (int i = 0; i < 2; i++)
        start_caller(n, &caller[i], i, &all, NULL);
    network_add(n, ACTIONS(yield_(), yield_()));
    assert_string_equal(network_run(n), "a. a. ");
    gate_wait(&all);
    assert_string_equal(network_run(n), "");
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "0:1 ");
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "1:1 ");
    assert_false(csp_idle(n->S));
    end(n);
}

static void virtual_clock_stands(void **state)
{
    (void)state;
    struct network *n = network_in(true);
    struct caller_frame caller[2];
    start_caller(n, &caller[0], 0, NULL, NULL);
    caller[0].rounds = 3;
    network_add(n, ACTIONS({SLEEP, NULL, 5, NULL}));
    assert_string_equal(run_all(n), "0:1 0:2 0:3 a. ");
    assert_int_equal(caller[0].back, 0);
    assert_int_equal(csp_now(n->S), 5);
    start_caller(n, &caller[1], 1, NULL, NULL);
    assert_string_equal(run_all(n), "1:1 ");
    assert_int_equal(caller[1].back, 5);
    end(n);
}

/* ---- real time ---- */

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

/* A busy program, which never is idle, takes note; nothing is left to watch for afterwards. */
static void noticed_while_busy(void **state)
{
    (void)state;
    struct network *n = network_in(false);
    struct caller_frame caller;
    start_caller(n, &caller, 0, NULL, NULL);
    caller.rounds = 5;
    struct busy_frame busy = {.until_done = &caller.process};
    csp_start(n->S, &busy.process, busy_step, &n->S->world->root);
    assert_string_equal(network_run(n), "0:1 0:2 0:3 0:4 0:5 ");
    assert_int_equal(busy.process.node.resume, CSP_DONE);
    assert_false(n->S->world->watching);
    end(n);
}

static void timers_fire_meanwhile(void **state)
{
    (void)state;
    struct network *n = network_in(false);
    struct gate gate = GATE(1);
    struct caller_frame caller;
    start_caller(n, &caller, 0, NULL, &gate);
    network_add(n, ACTIONS({SLEEP, NULL, 1000000, NULL}));
    network_run(n);
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "a. ");
    gate_count(&gate);
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "0:1 ");
    end(n);
}

/* ---- hosts ---- */

static void host_waits(void **state)
{
    (void)state;
    for (int virtual_time = 0; virtual_time < 2; virtual_time++) {
        struct network *n = network_in(virtual_time);
        struct gate gate = GATE(1);
        struct caller_frame caller;
        start_caller(n, &caller, 0, NULL, &gate);
        for (int i = 0; i < 10; i++)
            assert_int_equal(csp_host_run(n->S), CSP_HOST_WAITS);
        n->S->world->root.node.message = 1; /* the caller is main */
        gate_count(&gate);
        enum csp_host_state now;
        while ((now = csp_host_run(n->S)) == CSP_HOST_WAITS)
            ;
        assert_int_equal(now, CSP_HOST_ENDED);
        assert_null(n->S->world->jobs.threads);
        network_free(n);
    }
}

/* A job that another thread lets go on. */
struct late {
    struct gate begun, go;
    volatile int done;
};

static void set_late(void *data)
{
    struct late *late = data;
    gate_count(&late->begun);
    gate_wait(&late->go);
    for (int i = 0; i < 1000; i++)
        sched_yield();
    late->done = 1;
}

static void *let_go(void *go)
{
    gate_count(go);
    return NULL;
}

static jmp_buf left;

static void leave(void *context, int status)
{
    (void)context;
    longjmp(left, status);
}

/* Whoever fails leaves no thread behind that uses the memory. */
static void failure_waits_for_jobs(void **state)
{
    (void)state;
    struct network *n = network_in(false);
    static csp_job job;
    static csp_process process;
    static struct late late = {GATE(1), GATE(1), 0};
    static pthread_t opener;
    csp_host_on_leave(n->S, leave, NULL);
    csp_block(n->S, &process, &job, set_late, &late);
    gate_wait(&late.begun);
    assert_int_equal(pthread_create(&opener, NULL, let_go, &late.go), 0);
    if (setjmp(left) == 0)
        csp_fail(n->S, 0, "on purpose");
    assert_int_equal(late.done, 1);
    pthread_join(opener, NULL);
    assert_null(n->S->world->jobs.threads);
    network_free(n);
}

/* There are sixteen threads; four jobs may or may not be begun before the end, which waits for those that are. */
static void the_end_waits_for_what_runs(void **state)
{
    (void)state;
    struct network *n = network_in(false);
    struct gate gate = GATE(1), begun = GATE(16);
    struct caller_frame caller[20];
    for (int i = 0; i < 20; i++)
        start_caller(n, &caller[i], i, &begun, &gate);
    network_run(n);
    gate_wait(&begun);
    assert_int_equal(n->S->world->jobs.under_way, 20);
    assert_int_equal(begun.count, 16);
    gate_count(&gate);
    end(n);
    for (int i = 0; i < 16; i++)
        assert_int_equal(caller[i].call.out, 1);
}

/* ---- whole programs ---- */

static void block_for_ever(void *data)
{
    (void)data;
    for (;;)
        pause();
}

struct main_frame {
    csp_process process;
    bool fails, closes;
    csp_job job;
    struct call call;
    csp_process failing;
};

static void fail_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    (void)self;
    CSP_LEAVE();
    csp_fail(S, CSP_PLACE(0, 3, 4), "enough");
}

static void main_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct main_frame *f = (struct main_frame *)self;
    switch (self->node.resume) {
    case 1: goto done_1;
    }
    if (f->closes)
        close(STDIN_FILENO);
    if (f->fails)
        CSP_OUT(csp_start(S, &f->failing, fail_step, self));
    csp_block(S, self, &f->job, f->fails ? block_for_ever : run_call, &f->call);
    CSP_WAIT(1);
done_1:
    csp_print_int(S, f->closes ? fcntl(STDIN_FILENO, F_GETFD) < 0 : f->call.out);
    csp_print_done(S);
    CSP_END();
}

static const csp_kind main_kind = {"main", CSP_PLACE(0, 1, 1), main_step, sizeof(struct main_frame), 0, NULL, 0, NULL, 0, NULL};
static const csp_argument arguments[] = {{"fails", CSP_ARGUMENT_BOOL, offsetof(struct main_frame, fails), "false"},
                                         {"closes", CSP_ARGUMENT_BOOL, offsetof(struct main_frame, closes), "false"}};
static const csp_program program = {"test", network_files, &main_kind, arguments, 2, {-1, -1, -1}};

static void programs_end(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "test");
    assert_int_equal(child.status, 0);
    assert_string_equal(child.out, "1");
    CHILD_RUN(&child, &program, "", "test", "--virtual-time");
    assert_int_equal(child.status, 0);
    assert_string_equal(child.out, "1");
}

/* Also where a call never comes back. */
static void failing_programs_end(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "test", "true");
    assert_int_equal(child.status, 1);
    assert_string_equal(child.errors, "test.csp:3:4: error: enough\n");
}

/* What wakes the scheduler does not become a stream that was closed. */
static void closed_streams_stay_closed(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "test", "false", "true");
    assert_int_equal(child.status, 0);
    assert_string_equal(child.out, "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_go_on),
        cmocka_unit_test(again_and_again),
        cmocka_unit_test(jobs_wait_for_each_other),
        cmocka_unit_test(virtual_order_of_beginning),
        cmocka_unit_test(virtual_only_when_nothing_runs),
        cmocka_unit_test(virtual_clock_stands),
        cmocka_unit_test(noticed_while_busy),
        cmocka_unit_test(timers_fire_meanwhile),
        cmocka_unit_test(host_waits),
        cmocka_unit_test(failure_waits_for_jobs),
        cmocka_unit_test(the_end_waits_for_what_runs),
        cmocka_unit_test(programs_end),
        cmocka_unit_test(failing_programs_end),
        cmocka_unit_test(closed_streams_stay_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
