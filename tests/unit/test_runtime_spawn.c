/* Processes that are spawned, what they are given, and joining them (language.md § 4). */
#include "actor.h"

/* ---- a worker: yields, takes from its arrays and ends, logs ---- */

struct worker_frame {
    csp_process process;
    struct network *n;
    int32_t id, yields, length, x;
    const int64_t *values;
    csp_ends outs;
    csp_seat seat;
};

static void worker_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct worker_frame *f = (struct worker_frame *)self;
    switch (self->node.resume) {
    case 1: goto yielded_1;
    case 2: goto sent_2;
    }
    while (f->yields > 0) {
        f->yields--;
        CSP_READY(&self->node);
        CSP_WAIT(1);
yielded_1:;
    }
    for (f->x = 0; f->x < f->length; f->x++)
        actor_log(f->n, "%d:%d ", (int)f->id, (int)f->values[f->x]);
    for (f->x = 0; f->x < f->outs.length; f->x++) {
        csp_channel *c = csp_channel_of(S, csp_mobile_at(S, 0, f->outs, f->x, "outs"));
        if (!CSP_ASK(csp_send(S, self, c, &f->id, sizeof f->id)))
            CSP_WAIT(2);
sent_2:
        if (self->node.poisoned)
            actor_log(f->n, "%d* ", (int)f->id);
        self->node.poisoned = 0;
    }
    actor_log(f->n, "%d ", (int)f->id);
    CSP_END();
}

static const csp_kind worker_kind = {"worker", 0, worker_step, sizeof(struct worker_frame), 0, NULL, 0, NULL, 0, NULL};

static struct worker_frame *spawn_worker(struct network *n, csp_group *group, int id, int yields)
{
    struct worker_frame *w = csp_spawn(n->S, 0, group, &worker_kind, 0);
    w->n = n;
    w->id = id;
    w->yields = yields;
    csp_spawn_start(n->S, &w->process);
    return w;
}

/* ---- an owner: spawns, joins, may do so again ---- */

struct owner_frame {
    csp_process process;
    struct network *n;
    int32_t workers, rounds;
    const int *yields;
    csp_group group;
};

static void owner_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct owner_frame *f = (struct owner_frame *)self;
    switch (self->node.resume) {
    case 1: goto joined_1;
    }
    csp_group_begin(&f->group);
    for (; f->rounds > 0; f->rounds--) {
        for (int i = 0; i < f->workers; i++)
            CSP_OUT((void)spawn_worker(f->n, &f->group, i, f->yields ? f->yields[i] : 0));
        if (!csp_join(self, &f->group))
            CSP_WAIT(1);
joined_1:
        actor_log(f->n, "joined%s ", f->group.joining ? " twice" : "");
    }
    CSP_END();
}

static const char *run_owner(struct network *n, struct owner_frame *owner)
{
    owner->n = n;
    csp_start(n->S, &owner->process, owner_step, &n->S->world->root);
    return network_run(n);
}

static void spawned_processes_run_and_are_joined(void **state)
{
    (void)state;
    struct network *n = network_new();
    struct owner_frame owner = {.workers = 3, .rounds = 2, .yields = (int[]){2, 0, 1}};
    assert_string_equal(run_owner(n, &owner), "1 2 0 joined 1 2 0 joined ");
    assert_int_equal(owner.process.node.resume, CSP_DONE);
    assert_null(owner.group.first);
    assert_null(owner.group.last);
    network_free(n);
}

static void nothing_to_join(void **state)
{
    (void)state;
    struct network *n = network_new();
    struct owner_frame owner = {.workers = 0, .rounds = 2};
    assert_string_equal(run_owner(n, &owner), "joined joined ");
    network_free(n);
}

/* The joining process goes on at once, before those that are runnable already. */
static void the_last_hands_over(void **state)
{
    (void)state;
    struct network *n = network_new();
    struct owner_frame owner = {.workers = 2, .rounds = 1};
    owner.n = n;
    csp_start(n->S, &owner.process, owner_step, &n->S->world->root);
    network_add(n, ACTIONS(yield_(), yield_(), yield_()));
    assert_string_equal(network_run(n), "0 1 joined a. a. a. ");
    network_free(n);
}

/* While nobody joins, ends are only taken note of; a group lists those that run, in the order of their start. */
static void ends_in_any_order(void **state)
{
    (void)state;
    static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct network *n = network_new();
        csp_channel c[3];
        csp_end ends[3];
        csp_group group;
        csp_process joiner = {.step = NULL};
        csp_group_begin(&group);
        csp_channels_begin(c, 3);
        for (int k = 0; k < 3; k++) {
            struct worker_frame *w = spawn_worker(n, &group, k, 0);
            ends[k] = csp_end_to(&c[k]);
            w->outs = (csp_ends){&ends[k], 1, 0};
        }
        network_run(n);
        for (int k = 0; k < 3; k++) {
            csp_spawned *left = group.first;
            bool gone[3] = {false, false, false};
            for (int m = 0; m < k; m++)
                gone[orders[i][m]] = true;
            csp_spawned *previous = NULL;
            for (int m = 0; m < 3; m++) {
                if (gone[m])
                    continue;
                assert_non_null(left);
                assert_int_equal(((struct worker_frame *)csp_spawned_frame(left))->id, m);
                assert_ptr_equal(left->previous, previous);
                previous = left;
                left = left->next;
            }
            assert_null(left);
            assert_ptr_equal(group.last, previous);
            assert_false(csp_join(&joiner, &group));
            group.joining = NULL;
            csp_poison(n->S, &c[orders[i][k]]);
            network_run(n);
        }
        assert_true(csp_join(&joiner, &group));
        assert_null(group.joining);
        network_free(n);
    }
}

/* Spawned processes have groups of their own. */
static void groups_within_groups(void **state)
{
    (void)state;
    static const csp_kind owner_kind = {"owner", 0, owner_step, sizeof(struct owner_frame), 0, NULL, 0, NULL, 0, NULL};
    static const int yields[] = {3, 0};
    struct network *n = network_new();
    csp_group group;
    csp_process joiner = {.step = NULL};
    csp_group_begin(&group);
    for (int i = 0; i < 2; i++) {
        struct owner_frame *owner = csp_spawn(n->S, 0, &group, &owner_kind, 0);
        owner->n = n;
        owner->workers = 2 - i;
        owner->rounds = 1;
        owner->yields = yields;
        csp_spawn_start(n->S, &owner->process);
    }
    assert_false(csp_join(&joiner, &group));
    group.joining = NULL;
    assert_string_equal(network_run(n), "1 0 joined 0 joined ");
    assert_true(csp_join(&joiner, &group));
    network_free(n);
}

/* ---- poison ---- */

struct doomed_frame {
    csp_process process;
    csp_channel *in;
    int32_t x;
};

static void doomed_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct doomed_frame *f = (struct doomed_frame *)self;
    if (self->node.resume == 0 && !CSP_ASK(csp_receive(S, self, f->in, &f->x, sizeof f->x)))
        CSP_WAIT(1);
    CSP_END();
}

static const csp_kind doomed_kind = {"doomed", 0, doomed_step, sizeof(struct doomed_frame), 0, NULL, 0, NULL, 0, NULL};

/* Who ends by poison ends alone: neither who joins it nor its siblings notice. */
static void poison_stays_its_own(void **state)
{
    (void)state;
    struct network *n = network_new();
    struct owner_frame owner = {.n = n, .process = {.node = {.resume = 1}, .step = owner_step}, .rounds = 1};
    csp_channel c;
    csp_channel_begin(&c);
    owner.process.parent = &n->S->world->root;
    struct doomed_frame *doomed = csp_spawn(n->S, 0, &owner.group, &doomed_kind, 0);
    doomed->in = &c;
    csp_spawn_start(n->S, &doomed->process);
    struct worker_frame *sibling = spawn_worker(n, &owner.group, 7, 1);
    csp_spawned *end = owner.group.first;
    assert_false(csp_join(&owner.process, &owner.group));
    csp_poison(n->S, &c);
    assert_string_equal(network_run(n), "7 joined ");
    assert_int_equal(owner.process.node.poisoned, 0);
    assert_int_equal(sibling->process.node.poisoned, 0);
    assert_int_equal(end->end.node.poisoned, 0);
    network_free(n);
}

/* ---- what it is given ---- */

static void arrays_are_copied(void **state)
{
    (void)state;
    struct network *n = network_new();
    csp_group group;
    csp_group_begin(&group);
    int64_t values[] = {7, 8, 9};
    char odd[] = "abc";
    size_t extra = CSP_SPAWN_ROOM(sizeof odd) + CSP_SPAWN_ROOM(sizeof values);
    struct worker_frame *w = csp_spawn(n->S, 0, &group, &worker_kind, extra);
    char *begin = (char *)(w + 1), *tail = begin;
    w->n = n;
    char *copy = csp_spawn_copy(&tail, odd, sizeof odd);
    w->values = csp_spawn_copy(&tail, values, sizeof values);
    w->length = 3;
    assert_true((uintptr_t)w->values % 8 == 0);
    assert_true(tail <= begin + extra);
    memset(values, 0, sizeof values);
    memset(odd, 0, sizeof odd);
    assert_string_equal(copy, "abc");
    csp_spawn_start(n->S, &w->process);
    assert_string_equal(network_run(n), "0:7 0:8 0:9 0 ");
    network_free(n);
}

static void arrays_of_ends_are_copied(void **state)
{
    (void)state;
    struct network *n = network_new();
    csp_group group;
    csp_channel c[2];
    csp_end ends[2];
    csp_group_begin(&group);
    csp_channels_begin(c, 2);
    csp_cells_take(n->S, 0, ends, 2, 0, 4);
    csp_channel *cells[2] = {csp_channel_of(n->S, ends[0]), csp_channel_of(n->S, ends[1])};
    for (int i = 0; i < 2; i++) {
        csp_ends given = i ? (csp_ends){ends, 2, 0} : (csp_ends){c, 2, sizeof *c};
        struct worker_frame *w = csp_spawn(n->S, 0, &group, &worker_kind, CSP_SPAWN_ROOM(2 * sizeof(csp_end)));
        char *begin = (char *)(w + 1), *tail = begin;
        w->n = n;
        w->id = i;
        w->outs = csp_spawn_ends(&tail, given);
        assert_int_equal(w->outs.stride, 0);
        assert_int_equal(w->outs.length, 2);
        assert_ptr_not_equal(w->outs.base, given.base);
        assert_int_equal(tail - begin, 2 * sizeof(csp_end));
        csp_spawn_start(n->S, &w->process);
    }
    network_add(n, ACTIONS(receive(&c[0]), receive(&c[1]), receive(cells[0])));
    assert_string_equal(network_run(n), "a?0 0 a?0 a?1 ");
    csp_cells_give(n->S, ends, 2);
    assert_string_equal(network_run(n), "1* 1 ");
    assert_null(group.first);
    network_free(n);
}

static void members_of_barriers(void **state)
{
    (void)state;
    struct network *n = network_new();
    csp_group group;
    csp_barrier a, b;
    csp_channel c[3];
    csp_end ends[3];
    csp_group_begin(&group);
    csp_barrier_begin(&a);
    csp_barrier_begin(&b);
    csp_channels_begin(c, 3);
    for (int i = 0; i < 3; i++) {
        struct worker_frame *w = csp_spawn(n->S, 0, &group, &worker_kind, 2 * sizeof(csp_enrolled));
        char *begin = (char *)(w + 1), *tail = begin;
        w->n = n;
        ends[i] = csp_end_to(&c[i]);
        w->outs = (csp_ends){&ends[i], 1, 0};
        w->seat = csp_spawn_seat(&w->process, &tail, &a);
        assert_ptr_equal(w->seat.barrier, &a);
        assert_true(w->seat.is_member);
        if (i < 2)
            csp_spawn_seat(&w->process, &tail, &b);
        assert_true(tail <= begin + 2 * sizeof(csp_enrolled));
        csp_spawn_start(n->S, &w->process);
    }
    network_run(n);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(a.members, 3 - i);
        assert_int_equal(b.members, i < 2 ? 2 - i : 0);
        csp_poison(n->S, &c[i]);
        network_run(n);
    }
    assert_int_equal(a.members, 0);
    assert_int_equal(b.members, 0);
    network_free(n);
}

/* ---- memory ---- */

static void a_million_in_constant_memory(void **state)
{
    (void)state;
    struct network *n = network_new();
    n->quiet = true;
    struct owner_frame owner = {.workers = 1, .rounds = 1000};
    run_owner(n, &owner);
    char *rest = n->S->world->pool.rest;
    owner = (struct owner_frame){.workers = 1, .rounds = 1000000};
    run_owner(n, &owner);
    assert_int_equal(owner.process.node.resume, CSP_DONE);
    assert_ptr_equal(n->S->world->pool.rest, rest);
    network_free(n);
}

static void frames_are_zero_filled(void **state)
{
    (void)state;
    struct network *n = network_new();
    csp_group group;
    csp_group_begin(&group);
    struct worker_frame *w = spawn_worker(n, &group, 5, 3);
    network_run(n);
    memset(w, 0xff, sizeof *w);
    struct worker_frame *again = csp_spawn(n->S, 0, &group, &worker_kind, 0);
    assert_ptr_equal(again, w);
    for (size_t i = 0; i < sizeof *again; i++)
        assert_int_equal(((char *)again)[i], 0);
    network_free(n);
}

static jmp_buf left;

static void leave(void *context, int status)
{
    (void)context;
    longjmp(left, status);
}

static int fails(struct network *n, size_t extra)
{
    csp_group group;
    csp_group_begin(&group);
    n->S->world->leave = leave;
    int status = setjmp(left);
    if (status == 0)
        csp_spawn(n->S, 0, &group, &worker_kind, extra);
    return status;
}

static void no_more_memory(void **state)
{
    (void)state;
    struct network *n = network_new();
    assert_int_equal(fails(n, NETWORK_MEMORY), 1);
    assert_int_equal(fails(n, SIZE_MAX - 7), 1);
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spawned_processes_run_and_are_joined),
        cmocka_unit_test(nothing_to_join),
        cmocka_unit_test(the_last_hands_over),
        cmocka_unit_test(ends_in_any_order),
        cmocka_unit_test(groups_within_groups),
        cmocka_unit_test(poison_stays_its_own),
        cmocka_unit_test(arrays_are_copied),
        cmocka_unit_test(arrays_of_ends_are_copied),
        cmocka_unit_test(members_of_barriers),
        cmocka_unit_test(a_million_in_constant_memory),
        cmocka_unit_test(frames_are_zero_filled),
        cmocka_unit_test(no_more_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
