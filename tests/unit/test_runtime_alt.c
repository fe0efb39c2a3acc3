/* Every kind of guard, ready at once and waited for; withdrawal; fairness; ends (language.md § 7, § 11). */
#include "actor.h"

static csp_channel c, d, e;

static struct network *begin(void)
{
    csp_channel_begin(&c);
    csp_channel_begin(&d);
    csp_channel_begin(&e);
    return network_new();
}

static void assert_all_empty(void)
{
    assert_ptr_equal(c.first, &csp_open);
    assert_ptr_equal(d.first, &csp_open);
    assert_ptr_equal(e.first, &csp_open);
}

/* ---- communication ---- */

static void input_ready(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&d, 5)));
    network_add(n, ACTIONS(alt(on_receive(&c), on_receive(&d))));
    assert_string_equal(network_run(n), "b[1]?5 a!5 ");
    assert_all_empty();
    network_free(n);
}

static void input_waited_for(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_receive(&c), on_receive(&d))));
    network_add(n, ACTIONS(send(&d, 5)));
    assert_string_equal(network_run(n), "b!5 a[1]?5 ");
    assert_all_empty();
    network_free(n);
}

static void output_ready(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(receive(&d)));
    network_add(n, ACTIONS(alt(on_send(&c, 4), on_send(&d, 5))));
    assert_string_equal(network_run(n), "b[1] a?5 ");
    assert_all_empty();
    network_free(n);
}

static void output_waited_for(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_send(&c, 4), on_send(&d, 5))));
    network_add(n, ACTIONS(receive(&d)));
    assert_string_equal(network_run(n), "b?5 a[1] ");
    assert_all_empty();
    network_free(n);
}

static void two_alts_meet(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_send(&c, 4), on_receive(&d))));
    network_add(n, ACTIONS(alt(on_send(&e, 5), on_receive(&c))));
    assert_string_equal(network_run(n), "b[1]?4 a[0] ");
    assert_all_empty();
    network_free(n);
}

/* An alt with one channel in both directions does not communicate with itself; whoever comes finds the right guard. */
static void both_directions(void **state)
{
    (void)state;
    struct network *n = begin();
    const struct action *both = ACTIONS(alt(on_send(&c, 4), on_send(&c, 5), on_receive(&c)));
    network_add(n, both);
    assert_string_equal(network_run(n), "");
    network_add(n, ACTIONS(send(&c, 7)));
    assert_string_equal(network_run(n), "b!7 a[2]?7 ");
    assert_all_empty();
    network_add(n, both);
    network_add(n, ACTIONS(receive(&c)));
    assert_string_equal(network_run(n), "d?4 c[0] ");
    assert_all_empty();
    network_add(n, both);
    network_add(n, both);
    assert_string_equal(network_run(n), "f[0] e[2]?4 ");
    assert_all_empty();
    network_free(n);
}

/* ---- the queue ---- */

static void withdrawal_from_the_middle(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(receive(&c), yield_()));
    network_add(n, ACTIONS(alt(on_receive(&c), on_receive(&d), on_receive(&c))));
    network_add(n, ACTIONS(receive(&c)));
    network_add(n, ACTIONS(alt(on_receive(&c), on_receive(&e))));
    network_run(n);
    network_add(n, ACTIONS(send(&d, 1), send(&e, 2)));
    assert_string_equal(network_run(n), "e!1 e!2 b[1]?1 d[1]?2 ");
    network_add(n, ACTIONS(receive(&c)));
    network_add(n, ACTIONS(send(&c, 1), send(&c, 2), send(&c, 3)));
    assert_string_equal(network_run(n), "g!1 g!2 g!3 a?1 c?2 f?3 a. ");
    assert_all_empty();
    network_free(n);
}

/* Those who come later stand in front of the watchers, also when the last in front of them has gone. */
static void watchers_stand_behind(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_ended(&c), on_receive(&d))));
    network_add(n, ACTIONS(alt(on_receive(&c), on_receive(&e))));
    network_run(n);
    assert_int_equal(c.first->kind, CSP_ALT_RECEIVING);
    network_add(n, ACTIONS(send(&e, 1), receive(&c)));
    assert_string_equal(network_run(n), "c!1 b[1]?1 ");
    assert_int_equal(c.first->kind, CSP_RECEIVING);
    assert_int_equal(c.first->next->kind, CSP_ALT_ENDED);
    network_add(n, ACTIONS(send(&d, 2), send(&c, 3)));
    assert_string_equal(network_run(n), "d!2 d!3 a[1]?2 c?3 ");
    assert_all_empty();
    network_free(n);
}

/* The device behind a channel is found also where the first in the queue is a watcher. */
static void watchers_hide_no_device(void **state)
{
    (void)state;
    struct network *n = begin();
    struct csp_output *out = &n->S->world->output;
    network_add(n, ACTIONS(alt(on_ended_for_writers(&out->device.channel), on_receive(&d))));
    network_run(n);
    assert_int_equal(out->device.channel.first->kind, CSP_ALT_ENDED);
    assert_true(csp_host_send(n->S, &out->device.channel, "x", 1));
    assert_int_equal(out->used, 1);
    csp_close(n->S, &out->device.channel);
    assert_false(csp_host_send(n->S, &out->device.channel, "x", 1));
    assert_int_equal(out->used, 1);
    out->used = out->whole = 0;
    assert_string_equal(network_run(n), "a[0] ");
    network_free(n);
}

/* ---- fairness ---- */

static void fair_alt_takes_turns(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(send(&c, 2)));
    network_add(n, ACTIONS(send(&c, 3)));
    network_add(n, ACTIONS(send(&d, 4)));
    network_run(n);
#define TURN alt(on_receive(&c), on_receive(&d), on_receive(&c))
    network_add(n, ACTIONS(TURN, TURN, TURN));
    assert_string_equal(network_run(n), "e[0]?1 e[1]?4 e[2]?2 a!1 d!4 b!2 ");
    network_free(n);
}

static void pri_alt_takes_the_first(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(send(&c, 2)));
    network_add(n, ACTIONS(send(&d, 3)));
    network_run(n);
#define FIRST pri_alt(on_receive(&c), on_receive(&d))
    network_add(n, ACTIONS(FIRST, FIRST, FIRST));
    assert_string_equal(network_run(n), "d[0]?1 d[0]?2 d[1]?3 a!1 b!2 c!3 ");
    network_free(n);
}

/* The turn moves on also where the alt had to wait, and holds for another number of guards. */
static void turn_after_waiting(void **state)
{
    (void)state;
    struct network *n = begin();
    struct actor *a = network_add(n, ACTIONS(alt(on_receive(&c), on_receive(&d)), alt(on_receive(&c), on_receive(&d)),
                                             alt(on_receive(&c))));
    network_run(n);
    network_add(n, ACTIONS(send(&c, 1)));
    network_run(n);
    assert_int_equal(a->next, 1);
    network_add(n, ACTIONS(send(&d, 1)));
    network_run(n);
    assert_int_equal(a->next, 0);
    a->next = 5;
    network_add(n, ACTIONS(send(&c, 9)));
    assert_string_equal(network_run(n), "d!9 a[0]?9 ");
    network_free(n);
}

/* ---- skip, time, false guards ---- */

static void skip_lets_others_run(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(pri_alt(on_receive(&c), on_skip()), pri_alt(on_receive(&c), on_skip())));
    network_add(n, ACTIONS(send(&c, 1)));
    assert_string_equal(network_run(n), "a[1] a[0]?1 b!1 ");
    network_free(n);
}

static void past_instant(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_receive(&c), on_time(0))));
    network_add(n, ACTIONS(yield_()));
    assert_string_equal(network_run(n), "a[1] b. ");
    network_free(n);
}

static void earliest_instant(void **state)
{
    (void)state;
    struct network *n = begin();
    struct actor *a = network_add(n, ACTIONS(alt(on_time(50), on_receive(&c), on_time(20), on_time(30))));
    assert_string_equal(network_run(n), "");
    assert_int_equal(csp_host_deadline(n->S), 20);
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "a[2] ");
    assert_int_equal(csp_now(n->S), 20);
    assert_int_equal(a->next, 3);
    assert_false(csp_timers_any(&n->S->world->timers));
    assert_all_empty();
    network_free(n);
}

static void partner_before_the_instant(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_receive(&c), on_time(20))));
    network_add(n, ACTIONS({SLEEP, NULL, 10, NULL}, send(&c, 1)));
    network_run(n);
    csp_idle(n->S);
    assert_string_equal(network_run(n), "b. b!1 a[0]?1 ");
    assert_false(csp_timers_any(&n->S->world->timers));
    network_free(n);
}

/* An instant that never comes is no reason to wait: the program is deadlocked. */
static void never(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_time(INT64_MAX))));
    assert_string_equal(network_run(n), "");
    assert_int_equal(csp_host_run(n->S), CSP_HOST_BLOCKED);
    assert_false(csp_idle(n->S));
    network_free(n);
}

static void false_guard_keeps_its_number(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_false(), on_receive(&c), on_false())));
    network_add(n, ACTIONS(send(&c, 3)));
    assert_string_equal(network_run(n), "b!3 a[1]?3 ");
    network_free(n);
}

/* ---- ends ---- */

static void ended_channel_raises(void **state)
{
    (void)state;
    struct network *n = begin();
    csp_poison(n->S, &c);
    csp_close(n->S, &d);
    network_add(n, ACTIONS(alt(on_receive(&c), on_receive(&e)), alt(on_send(&d, 1), on_receive(&e))));
    assert_string_equal(network_run(n), "a* a* ");
    network_free(n);
}

static void end_while_waiting(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_receive(&c), on_receive(&e))));
    network_add(n, ACTIONS(alt(on_send(&d, 1), on_receive(&e))));
    network_run(n);
    csp_close(n->S, &d);
    assert_string_equal(network_run(n), "b* ");
    csp_poison(n->S, &c);
    assert_string_equal(network_run(n), "a* ");
    assert_ptr_equal(e.first, &csp_open);
    network_free(n);
}

static void ended_stands_for_the_guard(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_receive(&c), on_ended(&c))));
    network_add(n, ACTIONS(alt(on_send(&d, 1), on_ended(&d))));
    network_run(n);
    csp_close(n->S, &c);
    csp_close(n->S, &d);
    assert_string_equal(network_run(n), "a[1] b[1] ");
    network_add(n, ACTIONS(alt(on_receive(&c), on_ended(&c))));
    network_add(n, ACTIONS(yield_()));
    assert_string_equal(network_run(n), "c[1] d. ");
    assert_ptr_equal(c.first, &csp_closed);
    network_free(n);
}

/* A guard that has an `ended` guard for it does not keep the others from their turn. */
static void ended_is_fair(void **state)
{
    (void)state;
    struct network *n = begin();
    csp_close(n->S, &c);
#define ROUND alt(on_receive(&c), on_skip(), on_ended(&c))
    network_add(n, ACTIONS(ROUND, ROUND, ROUND, ROUND));
    assert_string_equal(network_run(n), "a[2] a[1] a[2] a[2] ");
    network_free(n);
}

/* Readers see the end once the senders that wait have been served, writers as soon as the channel is closed. */
static void ended_after_the_senders(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(send(&c, 2)));
    network_add(n, ACTIONS(alt(on_ended(&c))));
    network_add(n, ACTIONS(alt(on_ended(&c), on_ended_for_writers(&c))));
    network_add(n, ACTIONS(alt(on_ended_for_writers(&c))));
    network_add(n, ACTIONS(alt(on_ended(&c))));
    network_run(n);
    csp_close(n->S, &c);
    assert_string_equal(network_run(n), "d[1] e[0] ");
    network_add(n, ACTIONS(alt(on_ended(&c))));
    network_run(n);
    network_add(n, ACTIONS(alt(on_receive(&c)), receive(&c)));
    assert_string_equal(network_run(n), "h[0]?1 h?2 a!1 b!2 c[0] f[0] g[0] ");
    assert_ptr_equal(c.first, &csp_closed);
    network_free(n);
}

/* Alts that wait to send meet the end of a closed channel at once, wherever they stand. */
static void close_between_senders(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_send(&c, 1), on_receive(&d))));
    network_add(n, ACTIONS(send(&c, 2)));
    network_add(n, ACTIONS(alt(on_send(&c, 3), on_ended(&c), on_send(&c, 3))));
    network_add(n, ACTIONS(send(&c, 4)));
    network_add(n, ACTIONS(alt(on_send(&c, 5))));
    network_run(n);
    csp_close(n->S, &c);
    assert_string_equal(network_run(n), "a* c[1] e* ");
    network_add(n, ACTIONS(receive(&c), receive(&c), receive(&c)));
    assert_string_equal(network_run(n), "f?2 f?4 f* b!2 d!4 ");
    assert_ptr_equal(d.first, &csp_open);
    network_free(n);
}

static void watchers_meet_poison_in_order(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_ended(&c), on_ended(&d))));
    network_add(n, ACTIONS(alt(on_ended(&c), on_ended(&c))));
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(alt(on_ended_for_writers(&c), on_ended(&d))));
    network_run(n);
    csp_poison(n->S, &c);
    assert_string_equal(network_run(n), "c* a[0] b[0] d[0] ");
    assert_ptr_equal(d.first, &csp_open);
    network_free(n);
}

/* ---- errors ---- */

static jmp_buf left;

static void leave(void *context, int status)
{
    (void)context;
    longjmp(left, status);
}

static int run_and_fail(struct network *n)
{
    n->S->world->leave = leave;
    int status = setjmp(left);
    if (status == 0)
        network_run(n);
    network_free(n);
    return status;
}

static void no_open_guard(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_false(), on_false())));
    assert_int_equal(run_and_fail(n), 1);
}

static void unconnected_guard(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(alt(on_receive(&csp_nowhere))));
    assert_int_equal(run_and_fail(n), 1);
}

static void unconnected_end(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(receive(&csp_nowhere)));
    assert_int_equal(run_and_fail(n), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_ready),
        cmocka_unit_test(input_waited_for),
        cmocka_unit_test(output_ready),
        cmocka_unit_test(output_waited_for),
        cmocka_unit_test(two_alts_meet),
        cmocka_unit_test(both_directions),
        cmocka_unit_test(withdrawal_from_the_middle),
        cmocka_unit_test(watchers_stand_behind),
        cmocka_unit_test(watchers_hide_no_device),
        cmocka_unit_test(fair_alt_takes_turns),
        cmocka_unit_test(pri_alt_takes_the_first),
        cmocka_unit_test(turn_after_waiting),
        cmocka_unit_test(skip_lets_others_run),
        cmocka_unit_test(past_instant),
        cmocka_unit_test(earliest_instant),
        cmocka_unit_test(partner_before_the_instant),
        cmocka_unit_test(never),
        cmocka_unit_test(false_guard_keeps_its_number),
        cmocka_unit_test(ended_channel_raises),
        cmocka_unit_test(end_while_waiting),
        cmocka_unit_test(ended_stands_for_the_guard),
        cmocka_unit_test(ended_is_fair),
        cmocka_unit_test(ended_after_the_senders),
        cmocka_unit_test(close_between_senders),
        cmocka_unit_test(watchers_meet_poison_in_order),
        cmocka_unit_test(no_open_guard),
        cmocka_unit_test(unconnected_guard),
        cmocka_unit_test(unconnected_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
