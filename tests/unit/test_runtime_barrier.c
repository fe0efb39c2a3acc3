/* Barriers: coming, members that come and go, sync as a guard, barriers in the pool (language.md § 4, § 7, § 11). */
#include "actor.h"

static csp_barrier b, e;
static csp_channel c;

static struct network *begin(int32_t members)
{
    csp_channel_begin(&c);
    csp_barrier_begin(&b);
    csp_barrier_begin(&e);
    b.members = e.members = members;
    return network_new();
}

static void assert_nobody(const csp_barrier *barrier, int32_t members)
{
    assert_null(barrier->first);
    assert_int_equal(barrier->arrived, 0);
    assert_int_equal(barrier->members, members);
}

/* ---- sync ---- */

static void last_to_come_goes_on_at_once(void **state)
{
    (void)state;
    struct network *n = begin(3);
    network_add(n, ACTIONS(sync_(&b)));
    network_add(n, ACTIONS(sync_(&b)));
    assert_string_equal(network_run(n), "");
    assert_int_equal(b.arrived, 2);
    network_add(n, ACTIONS(sync_(&b), yield_()));
    assert_string_equal(network_run(n), "c| a| b| c. ");
    assert_nobody(&b, 3);
    network_free(n);
}

static void again_and_again(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(sync_(&b), sync_(&b), sync_(&b)));
    network_add(n, ACTIONS(sync_(&b), sync_(&b), sync_(&b)));
    assert_string_equal(network_run(n), "b| a| a| b| b| a| ");
    assert_nobody(&b, 2);
    network_free(n);
}

static void outside_passes(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(sync_(&b)));
    network_add(n, ACTIONS(sync_outside(&b), sync_outside(&b)));
    assert_string_equal(network_run(n), "b| b| ");
    assert_int_equal(b.arrived, 1);
    network_free(n);
}

static void single_member_passes(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(sync_(&b), sync_(&b)));
    assert_string_equal(network_run(n), "a| a| ");
    network_free(n);
}

/* ---- members ---- */

static void leaving_completes(void **state)
{
    (void)state;
    struct network *n = begin(4);
    network_add(n, ACTIONS(sync_(&b)));
    network_add(n, ACTIONS(sync_(&b)));
    network_add(n, ACTIONS(leave_(&b)));
    assert_string_equal(network_run(n), "");
    network_add(n, ACTIONS(leave_(&b), yield_()));
    assert_string_equal(network_run(n), "a| b| d. ");
    assert_nobody(&b, 2);
    network_free(n);
}

static void branches_of_a_par(void **state)
{
    (void)state;
    struct network *n = begin(0);
    int64_t extra = csp_barrier_enter(&b, 3, false);
    assert_int_equal(extra, 3);
    assert_int_equal(b.members, 3);
    for (int left = 2; left >= 0; left--) {
        csp_barrier_leave(n->S, &b, &extra);
        assert_int_equal(extra, left);
        assert_int_equal(b.members, left);
    }
    csp_barrier_leave(n->S, &b, &extra);
    assert_nobody(&b, 0);
    network_free(n);
}

/* One of the seats is the member's own: that is not left, whichever branch ends last. */
static void branches_of_a_member(void **state)
{
    (void)state;
    struct network *n = begin(2);
    int64_t extra = csp_barrier_enter(&b, 3, true);
    assert_int_equal(extra, 2);
    assert_int_equal(b.members, 4);
    for (int i = 0; i < 3; i++)
        csp_barrier_leave(n->S, &b, &extra);
    assert_int_equal(extra, 0);
    assert_nobody(&b, 2);
    extra = csp_barrier_enter(&b, 1, true);
    assert_int_equal(extra, 0);
    csp_barrier_leave(n->S, &b, &extra);
    assert_nobody(&b, 2);
    network_free(n);
}

static void no_branches(void **state)
{
    (void)state;
    struct network *n = begin(2);
    assert_int_equal(csp_barrier_enter(&b, 0, false), 0);
    csp_barrier_enter(&b, 0, true);
    assert_nobody(&b, 2);
    network_free(n);
}

/* ---- guards ---- */

static void alt_waits(void **state)
{
    (void)state;
    struct network *n = begin(3);
    network_add(n, ACTIONS(alt(on_receive(&c), on_sync(&b))));
    network_add(n, ACTIONS(sync_(&b)));
    network_add(n, ACTIONS(sync_(&b)));
    assert_string_equal(network_run(n), "c| a[1] b| ");
    assert_nobody(&b, 3);
    assert_ptr_equal(c.first, &csp_open);
    network_free(n);
}

static void alt_completes_at_once(void **state)
{
    (void)state;
    struct network *n = begin(3);
    network_add(n, ACTIONS(sync_(&b)));
    network_add(n, ACTIONS(alt(on_sync(&b), on_receive(&c))));
    network_add(n, ACTIONS(alt(on_receive(&c), on_sync(&b)), yield_()));
    assert_string_equal(network_run(n), "c[1] a| b[0] c. ");
    assert_nobody(&b, 3);
    assert_ptr_equal(c.first, &csp_open);
    network_free(n);
}

static void leaving_completes_alts(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(alt(on_sync(&b), on_receive(&c))));
    network_add(n, ACTIONS(leave_(&b)));
    assert_string_equal(network_run(n), "a[0] ");
    assert_nobody(&b, 1);
    network_free(n);
}

static void another_guard_withdraws(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(alt(on_sync(&b), on_receive(&c))));
    network_run(n);
    assert_int_equal(b.arrived, 1);
    network_add(n, ACTIONS(send(&c, 1), sync_(&b)));
    assert_string_equal(network_run(n), "b!1 a[1]?1 ");
    assert_int_equal(b.arrived, 1);
    network_free(n);
}

static void instant_withdraws(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(alt(on_sync(&b), on_time(20))));
    network_run(n);
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "a[1] ");
    assert_nobody(&b, 2);
    network_free(n);
}

/* However many guards of it stand there. */
static void alt_counts_once(void **state)
{
    (void)state;
    struct network *n = begin(3);
#define OFTEN alt(on_sync(&b), on_sync(&e), on_sync(&b), on_receive(&c), on_sync(&b))
    network_add(n, ACTIONS(OFTEN));
    network_run(n);
    assert_int_equal(b.arrived, 1);
    assert_int_equal(e.arrived, 1);
    network_add(n, ACTIONS(OFTEN));
    network_run(n);
    assert_int_equal(b.arrived, 2);
    network_add(n, ACTIONS(send(&c, 1)));
    assert_string_equal(network_run(n), "c!1 a[3]?1 ");
    assert_int_equal(b.arrived, 1);
    assert_int_equal(e.arrived, 1);
    network_add(n, ACTIONS(sync_(&b)));
    network_add(n, ACTIONS(sync_(&b)));
    assert_string_equal(network_run(n), "e| b[0] d| ");
    assert_nobody(&b, 3);
    assert_nobody(&e, 3);
    assert_ptr_equal(c.first, &csp_open);
    network_free(n);
}

/* Guards leave the queue at its front, in its middle and at its end, in every order; it stays whole. */
static void withdrawal(void **state)
{
    (void)state;
    static csp_channel out[3];
    const struct action *syncs = ACTIONS(sync_(&b));
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int i = 0; i < 6; i++) {
        struct network *n = begin(5);
        csp_channels_begin(out, 3);
        network_add(n, ACTIONS(alt(on_sync(&b), on_sync(&b), on_receive(&out[0]))));
        network_add(n, ACTIONS(sync_(&b)));
        network_add(n, ACTIONS(alt(on_sync(&b), on_receive(&out[1]))));
        network_add(n, ACTIONS(alt(on_sync(&b), on_receive(&out[2]))));
        network_run(n);
        for (int k = 0; k < 3; k++) {
            int32_t message = 0;
            assert_int_equal(b.arrived, 4 - k);
            assert_true(csp_host_send(n->S, &out[orders[i][k]], &message, sizeof message));
        }
        network_run(n);
        assert_ptr_equal(b.first, &n->actor[1].process.node);
        assert_ptr_equal(b.last, b.first);
        assert_null(b.first->next);
        for (int k = 0; k < 4; k++)
            network_add(n, syncs);
        assert_string_equal(network_run(n), "h| b| e| f| g| ");
        assert_nobody(&b, 5);
        network_free(n);
    }
}

/* The only one in the queue leaves it, and others come. */
static void empty_again(void **state)
{
    (void)state;
    struct network *n = begin(3);
    network_add(n, ACTIONS(alt(on_sync(&b), on_receive(&c)), alt(on_sync(&b), on_receive(&c))));
    network_add(n, ACTIONS(send(&c, 1)));
    network_run(n);
    network_add(n, ACTIONS(sync_(&b)));
    network_add(n, ACTIONS(sync_(&b)));
    assert_string_equal(network_run(n), "d| a[0] c| ");
    assert_nobody(&b, 3);
    network_free(n);
}

static void two_barriers(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(alt(on_sync(&b), on_sync(&e))));
    network_run(n);
    network_add(n, ACTIONS(sync_(&e), sync_(&b)));
    assert_string_equal(network_run(n), "b| a[1] ");
    assert_int_equal(b.arrived, 1);
    assert_nobody(&e, 2);
    network_free(n);
}

/* All who wait on both barriers go on with the one that is complete. */
static void alts_on_two_barriers(void **state)
{
    (void)state;
    struct network *n = begin(3);
    e.members = 4;
    network_add(n, ACTIONS(alt(on_sync(&b), on_sync(&e))));
    network_add(n, ACTIONS(alt(on_sync(&e), on_sync(&b))));
    network_add(n, ACTIONS(alt(on_sync(&e), on_sync(&b))));
    assert_string_equal(network_run(n), "c[1] a[0] b[1] ");
    assert_nobody(&b, 3);
    assert_nobody(&e, 4);
    network_free(n);
}

static void outside_guard_lets_others_run(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(alt(on_receive(&c), on_sync_outside(&b))));
    network_add(n, ACTIONS(yield_()));
    assert_string_equal(network_run(n), "a[1] b. ");
    assert_nobody(&b, 2);
    network_free(n);
}

static void fair_with_others(void **state)
{
    (void)state;
    struct network *n = begin(1);
#define ROUND alt(on_sync(&b), on_skip())
    network_add(n, ACTIONS(ROUND, ROUND, ROUND));
    assert_string_equal(network_run(n), "a[0] a[1] a[0] ");
    network_free(n);
}

static void poison_withdraws(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(alt(on_sync(&b), on_receive(&c))));
    network_run(n);
    csp_poison(n->S, &c);
    assert_string_equal(network_run(n), "a* ");
    assert_nobody(&b, 2);
    network_free(n);
}

/* ---- in the pool ---- */

/* Whether the pool hands out the barrier's block again. */
static bool is_free(struct network *n, const csp_barrier *barrier)
{
    void *block = csp_pool_take(n->S, 0, 1, sizeof *barrier);
    bool same = block == barrier;
    if (!same)
        csp_pool_give(n->S, block, 1, sizeof *barrier);
    return same;
}

static void given_without_members(void **state)
{
    (void)state;
    struct network *n = begin(0);
    csp_barrier_give(n->S, NULL);
    csp_barrier *pooled = csp_barrier_take(n->S, 0);
    assert_nobody(pooled, 0);
    assert_true(pooled->is_pooled);
    csp_barrier_give(n->S, pooled);
    assert_true(is_free(n, pooled));
    network_free(n);
}

static void given_before_the_last_member_leaves(void **state)
{
    (void)state;
    struct network *n = begin(0);
    csp_barrier *pooled = csp_barrier_take(n->S, 0);
    int64_t extra[2] = {csp_barrier_enter(pooled, 1, false), csp_barrier_enter(pooled, 1, false)};
    csp_barrier_give(n->S, pooled);
    assert_false(is_free(n, pooled));
    csp_barrier_leave(n->S, pooled, &extra[0]);
    assert_false(is_free(n, pooled));
    csp_barrier_leave(n->S, pooled, &extra[1]);
    assert_true(is_free(n, pooled));
    network_free(n);
}

/* Without members, yet its block goes on, and may start others. */
static void not_given_yet(void **state)
{
    (void)state;
    struct network *n = begin(0);
    csp_barrier *pooled = csp_barrier_take(n->S, 0);
    int64_t extra = csp_barrier_enter(pooled, 1, false);
    csp_barrier_leave(n->S, pooled, &extra);
    assert_false(is_free(n, pooled));
    csp_barrier_give(n->S, pooled);
    assert_true(is_free(n, pooled));
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(last_to_come_goes_on_at_once),
        cmocka_unit_test(again_and_again),
        cmocka_unit_test(outside_passes),
        cmocka_unit_test(single_member_passes),
        cmocka_unit_test(leaving_completes),
        cmocka_unit_test(branches_of_a_par),
        cmocka_unit_test(branches_of_a_member),
        cmocka_unit_test(no_branches),
        cmocka_unit_test(alt_waits),
        cmocka_unit_test(alt_completes_at_once),
        cmocka_unit_test(leaving_completes_alts),
        cmocka_unit_test(another_guard_withdraws),
        cmocka_unit_test(instant_withdraws),
        cmocka_unit_test(alt_counts_once),
        cmocka_unit_test(withdrawal),
        cmocka_unit_test(empty_again),
        cmocka_unit_test(two_barriers),
        cmocka_unit_test(alts_on_two_barriers),
        cmocka_unit_test(outside_guard_lets_others_run),
        cmocka_unit_test(fair_with_others),
        cmocka_unit_test(poison_withdraws),
        cmocka_unit_test(given_without_members),
        cmocka_unit_test(given_before_the_last_member_leaves),
        cmocka_unit_test(not_given_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
