/* Extended rendezvous: who is held by a ??, for how long, and what ends meanwhile (language.md § 5, § 7, § 11). */
#include "actor.h"

static csp_channel c, d;
static csp_buffer b;
static int32_t ring[4];
#define buffered (&b.channel)

static struct network *begin(uint32_t capacity)
{
    csp_channel_begin(&c);
    csp_channel_begin(&d);
    csp_buffer_begin(&b, ring, capacity, sizeof ring[0]);
    return network_new();
}

static void assert_places(uint32_t count, uint32_t reserved)
{
    assert_int_equal(b.count, count);
    assert_int_equal(b.reserved, reserved);
}

/* ---- rendezvous ---- */

static void sender_first(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(&c, 5), yield_()));
    network_add(n, ACTIONS(hold(&c), yield_(), yield_(), release(), yield_()));
    assert_string_equal(network_run(n), "b[0]?5 b. b. a!5 b. a. ");
    assert_ptr_equal(c.first, &csp_open);
    network_free(n);
}

/* The sender has met, yet waits. */
static void receiver_first(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(hold(&c), yield_(), yield_(), release(), yield_()));
    network_add(n, ACTIONS(send(&c, 5), yield_()));
    assert_string_equal(network_run(n), "a[0]?5 a. a. b!5 a. b. ");
    assert_ptr_equal(c.first, &csp_open);
    network_free(n);
}

static void alt_sender_first(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(alt(on_receive(&d), on_send(&c, 5))));
    network_add(n, ACTIONS(hold(&c), yield_(), release()));
    assert_string_equal(network_run(n), "b[0]?5 b. a[1] ");
    assert_ptr_equal(c.first, &csp_open);
    assert_ptr_equal(d.first, &csp_open);
    network_free(n);
}

static void alt_sender_second(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(alt(on_receive(&d), on_hold(&c)), yield_(), yield_(), release_of(1)));
    struct actor *sender = network_add(n, ACTIONS(alt(on_receive(&d), on_send(&c, 5))));
    assert_string_equal(network_run(n), "a[1]?5 a. a. b[1] ");
    assert_int_equal(sender->next, 0);
    assert_ptr_equal(c.first, &csp_open);
    assert_ptr_equal(d.first, &csp_open);
    network_free(n);
}

/* The others who wait there are served meanwhile, and one receiver can hold several senders. */
static void others_are_served_meanwhile(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(send(&c, 2)));
    network_add(n, ACTIONS(send(&c, 3)));
    network_add(n, ACTIONS(hold(&c), pri_alt(on_false(), on_hold(&c)), receive(&c), yield_(), release_of(1), yield_(),
                           release()));
    assert_string_equal(network_run(n), "d[0]?1 d[1]?2 d?3 c!3 d. b!2 d. a!1 ");
    network_free(n);
}

static void plain_guards_hold_nobody(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(alt(on_hold(&c), on_receive(&d)), release()));
    network_add(n, ACTIONS(send(&d, 1)));
    assert_string_equal(network_run(n), "b!1 a[1]?1 ");
    network_add(n, ACTIONS(alt(on_receive(&c), on_send(&d, 7))));
    network_add(n, ACTIONS(send(&c, 2)));
    assert_string_equal(network_run(n), "d!2 c[0]?2 ");
    network_free(n);
}

static void second_release_does_nothing(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(&c, 1), receive(&d)));
    network_add(n, ACTIONS(hold(&c), release(), yield_(), release()));
    assert_string_equal(network_run(n), "b[0]?1 a!1 b. ");
    assert_int_equal(d.first->kind, CSP_RECEIVING);
    network_free(n);
}

static void host_is_not_held(void **state)
{
    (void)state;
    struct network *n = begin(1);
    int32_t message = 3;
    struct actor *a = network_add(n, ACTIONS(hold(&c), release(), hold(buffered)));
    network_run(n);
    assert_true(csp_host_send(n->S, &c, &message, sizeof message));
    assert_string_equal(network_run(n), "a[0]?3 ");
    assert_true(csp_host_send(n->S, buffered, &message, sizeof message));
    assert_string_equal(network_run(n), "a[0]?3 ");
    assert_places(0, 1);
    csp_release(n->S, &a->helds[0]);
    assert_places(0, 0);
    network_free(n);
}

/* Without a message there is still somebody to hold, or a place to keep. */
static void void_channels(void **state)
{
    (void)state;
    struct network *n = begin(1);
    struct actor *r = &n->actor[0], *s = &n->actor[1];
    csp_buffer_begin(&b, NULL, 1, 0);
    csp_channel *channels[2] = {&c, buffered};
    for (int i = 0; i < 2; i++) {
        csp_alt_begin(&r->alt, &r->process, r->guards);
        csp_guard_receive_held(&r->alt, 0, channels[i], NULL, 0, &r->helds[0]);
        assert_false(csp_alt_select_pri(n->S, &r->alt, 0));
        assert_int_equal(csp_send(n->S, &s->process, channels[i], NULL, 0), i == 1);
        assert_ptr_equal(csp_next(n->S), &r->process);
        assert_null(n->S->first);
        assert_places(0, (uint32_t)i);
        csp_release(n->S, &r->helds[0]);
        assert_places(0, 0);
        assert_ptr_equal(n->S->first, i == 0 ? &s->process.node : NULL);
        csp_next(n->S);
    }
    network_free(n);
}

/* ---- the end ---- */

static void end_does_not_touch_the_sender(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(&c, 1), send(&c, 9)));
    network_add(n, ACTIONS(hold(&c), close_(&c), yield_(), release()));
    assert_string_equal(network_run(n), "b[0]?1 b. a!1 a* ");
    network_add(n, ACTIONS(hold(&d), poison(&d), yield_(), release()));
    network_add(n, ACTIONS(alt(on_receive(&c), on_send(&d, 2)), send(&d, 9)));
    csp_channel_begin(&c);
    assert_string_equal(network_run(n), "c[0]?2 c. d[1] d* ");
    network_free(n);
}

static void hold_meets_the_end(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(hold(&c), release(), hold(&c), release(), alt(on_hold(&c), on_ended(&c))));
    network_run(n);
    csp_close(n->S, &c);
    assert_string_equal(network_run(n), "a* a* a[1] ");
    network_free(n);
}

/* What the last sender of a closed channel had to say has been received, though it is held. */
static void closed_is_drained_while_the_sender_is_held(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(alt(on_ended(&c))));
    network_run(n);
    network_add(n, ACTIONS(close_(&c), hold(&c), yield_(), release()));
    assert_string_equal(network_run(n), "c[0]?1 b[0] c. a!1 ");
    assert_int_equal(c.first->kind, CSP_CLOSED);
    network_free(n);
}

/* ---- buffers ---- */

static void message_keeps_its_place(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(send(buffered, 1), send(buffered, 2), send(buffered, 3)));
    network_run(n);
    network_add(n, ACTIONS(hold(buffered), yield_(), yield_(), release(), yield_()));
    assert_string_equal(network_run(n), "b[0]?1 b. b. a!3 b. ");
    assert_places(2, 0);
    assert_null(b.helds);
    network_free(n);
}

static void alt_moves_up_after_the_release(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(buffered, 1)));
    network_run(n);
    struct actor *r = network_add(n, ACTIONS(hold(buffered)));
    network_add(n, ACTIONS(alt(on_receive(&d), on_send(buffered, 2))));
    assert_string_equal(network_run(n), "b[0]?1 ");
    assert_places(0, 1);
    csp_release(n->S, &r->helds[0]);
    assert_string_equal(network_run(n), "c[1] ");
    assert_places(1, 0);
    assert_ptr_equal(d.first, &csp_open);
    network_free(n);
}

/* A sender that meets a waiting ?? of a buffer goes on: its message has a place. */
static void waiting_receiver_reserves_a_place(void **state)
{
    (void)state;
    struct network *n = begin(1);
    struct actor *r = network_add(n, ACTIONS(hold(buffered)));
    network_add(n, ACTIONS(send(buffered, 1), send(buffered, 2)));
    assert_string_equal(network_run(n), "b!1 a[0]?1 ");
    assert_places(0, 1);
    csp_release(n->S, &r->helds[0]);
    assert_string_equal(network_run(n), "b!2 ");
    assert_places(1, 0);
    network_free(n);
}

/* Released in every order, so that the list is struck from at its ends and in its middle. */
static void several_at_once(void **state)
{
    (void)state;
    const struct action *holds = ACTIONS(hold(buffered));
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int i = 0; i < 6; i++) {
        struct network *n = begin(3);
        struct actor *r[3];
        network_add(n, ACTIONS(send(buffered, 1), send(buffered, 2), send(buffered, 3)));
        for (int k = 0; k < 3; k++)
            r[k] = network_add(n, holds);
        assert_string_equal(network_run(n), "a!1 a!2 a!3 b[0]?1 c[0]?2 d[0]?3 ");
        network_add(n, ACTIONS(send(buffered, 4), send(buffered, 5), send(buffered, 6)));
        for (int k = 0; k < 3; k++) {
            assert_places((uint32_t)k, (uint32_t)(3 - k));
            network_run(n);
            csp_release(n->S, &r[orders[i][k]]->helds[0]);
        }
        assert_string_equal(network_run(n), "e!6 ");
        assert_places(3, 0);
        assert_null(b.helds);
        network_free(n);
    }
}

/* All places are reserved: the sender is held itself, until its own ?? is done … */
static void no_place_own_release(void **state)
{
    (void)state;
    const struct action *holds = ACTIONS(hold(buffered));
    for (int receiver_first = 0; receiver_first < 2; receiver_first++) {
        struct network *n = begin(1);
        struct actor *r[2];
        network_add(n, ACTIONS(send(buffered, 1)));
        r[0] = network_add(n, holds);
        network_run(n);
        if (receiver_first)
            r[1] = network_add(n, holds);
        network_add(n, ACTIONS(send(buffered, 2)));
        if (!receiver_first)
            r[1] = network_add(n, holds);
        assert_string_equal(network_run(n), receiver_first ? "c[0]?2 " : "d[0]?2 ");
        assert_places(0, 1);
        csp_release(n->S, &r[1]->helds[0]);
        assert_string_equal(network_run(n), receiver_first ? "d!2 " : "c!2 ");
        assert_places(0, 1);
        csp_release(n->S, &r[0]->helds[0]);
        assert_places(0, 0);
        assert_null(b.helds);
        network_free(n);
    }
}

/* … or gets the next place that becomes free: the longest held first, all before those in the queue. */
static void no_place_others_release(void **state)
{
    (void)state;
    const struct action *holds = ACTIONS(hold(buffered));
    struct network *n = begin(1);
    struct actor *r[3];
    network_add(n, ACTIONS(send(buffered, 1)));
    for (int k = 0; k < 3; k++)
        r[k] = network_add(n, holds);
    network_add(n, ACTIONS(send(buffered, 2)));
    network_add(n, ACTIONS(alt(on_send(buffered, 3))));
    network_add(n, ACTIONS(send(buffered, 4)));
    assert_string_equal(network_run(n), "a!1 b[0]?1 c[0]?2 d[0]?3 ");
    csp_release(n->S, &r[0]->helds[0]);
    assert_string_equal(network_run(n), "e!2 ");
    assert_places(0, 1);
    csp_release(n->S, &r[1]->helds[0]);
    assert_string_equal(network_run(n), "f[0] ");
    assert_places(0, 1);
    csp_release(n->S, &r[2]->helds[0]);
    assert_string_equal(network_run(n), "g!4 ");
    assert_places(1, 0);
    assert_null(b.helds);
    network_free(n);
}

/* With its place still reserved an alt waits in both directions; the release takes its output. */
static void alt_in_both_directions(void **state)
{
    (void)state;
    struct network *n = begin(1);
    struct actor *r = network_add(n, ACTIONS(hold(buffered)));
    network_add(n, ACTIONS(send(buffered, 1)));
    network_run(n);
    const struct action *both = ACTIONS(alt(on_receive(buffered), on_send(buffered, 5)));
    network_add(n, both);
    assert_string_equal(network_run(n), "");
    csp_release(n->S, &r->helds[0]);
    assert_string_equal(network_run(n), "c[1] ");
    assert_places(1, 0);
    assert_ptr_equal(buffered->first, &csp_buffered);
    network_add(n, ACTIONS(hold(buffered)));
    network_add(n, both);
    network_add(n, ACTIONS(send(buffered, 6)));
    assert_string_equal(network_run(n), "d[0]?5 f!6 e[0]?6 ");
    network_free(n);
}

static void poison_forgets_the_places(void **state)
{
    (void)state;
    const struct action *holds = ACTIONS(hold(buffered));
    struct network *n = begin(1);
    struct actor *r[2];
    network_add(n, ACTIONS(send(buffered, 1)));
    for (int k = 0; k < 2; k++)
        r[k] = network_add(n, holds);
    struct actor *held = network_add(n, ACTIONS(send(buffered, 2)));
    network_add(n, ACTIONS(send(buffered, 3)));
    network_run(n);
    csp_poison(n->S, buffered);
    assert_string_equal(network_run(n), "e* ");
    assert_null(r[0]->helds[0].buffer);
    assert_null(r[1]->helds[0].buffer);
    memset(&b, 0xff, sizeof b);
    csp_release(n->S, &r[0]->helds[0]);
    assert_string_equal(network_run(n), "");
    assert_int_equal(held->process.node.poisoned, 0);
    csp_release(n->S, &r[1]->helds[0]);
    assert_string_equal(network_run(n), "d!2 ");
    network_free(n);
}

/* After close the senders that wait move up all the same, and readers meet the end once all is received. */
static void close_while_a_place_is_reserved(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(buffered, 1), send(buffered, 2)));
    struct actor *r = network_add(n, ACTIONS(hold(buffered)));
    network_add(n, ACTIONS(alt(on_ended(buffered))));
    network_run(n);
    csp_close(n->S, buffered);
    csp_release(n->S, &r->helds[0]);
    assert_string_equal(network_run(n), "a!2 ");
    network_add(n, ACTIONS(hold(buffered), yield_(), hold(buffered)));
    assert_string_equal(network_run(n), "d[0]?2 c[0] d. d* ");
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sender_first),
        cmocka_unit_test(receiver_first),
        cmocka_unit_test(alt_sender_first),
        cmocka_unit_test(alt_sender_second),
        cmocka_unit_test(others_are_served_meanwhile),
        cmocka_unit_test(plain_guards_hold_nobody),
        cmocka_unit_test(second_release_does_nothing),
        cmocka_unit_test(host_is_not_held),
        cmocka_unit_test(void_channels),
        cmocka_unit_test(end_does_not_touch_the_sender),
        cmocka_unit_test(hold_meets_the_end),
        cmocka_unit_test(closed_is_drained_while_the_sender_is_held),
        cmocka_unit_test(message_keeps_its_place),
        cmocka_unit_test(alt_moves_up_after_the_release),
        cmocka_unit_test(waiting_receiver_reserves_a_place),
        cmocka_unit_test(several_at_once),
        cmocka_unit_test(no_place_own_release),
        cmocka_unit_test(no_place_others_release),
        cmocka_unit_test(alt_in_both_directions),
        cmocka_unit_test(poison_forgets_the_places),
        cmocka_unit_test(close_while_a_place_is_reserved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
