/* Buffered channels: order, room, alts in both directions, close, poison, watchers (language.md § 5). */
#include "actor.h"

enum { PLACES_MOST = 8 };

static csp_buffer b;
static csp_channel d;
static int32_t ring[PLACES_MOST];
#define c (&b.channel)

static struct network *begin(uint32_t capacity)
{
    csp_buffer_begin(&b, ring, capacity, sizeof ring[0]);
    csp_channel_begin(&d);
    return network_new();
}

static void assert_idle(uint32_t count)
{
    assert_ptr_equal(c->first, &csp_buffered);
    assert_int_equal(b.count, count);
    assert_int_equal(b.reserved, 0);
    assert_null(b.helds);
}

/* ---- send and receive ---- */

static void sends_until_full(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(send(c, 1), send(c, 2), send(c, 3), send(c, 4)));
    assert_string_equal(network_run(n), "a!1 a!2 ");
    assert_int_equal(c->first->kind, CSP_SENDING_SLOWLY);
    network_add(n, ACTIONS(receive(c), receive(c), receive(c), receive(c)));
    assert_string_equal(network_run(n), "b?1 b?2 b?3 a!3 a!4 b?4 ");
    assert_idle(0);
    network_free(n);
}

/* A sender moves up as soon as there is a place, behind the messages that are there. */
static void senders_move_up_in_order(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(send(c, 1), send(c, 2), send(c, 3)));
    network_add(n, ACTIONS(send(c, 4)));
    network_add(n, ACTIONS(send(c, 5)));
    network_run(n);
    network_add(n, ACTIONS(receive(c), receive(c), receive(c), receive(c), receive(c)));
    assert_string_equal(network_run(n), "d?1 d?2 d?3 d?4 d?5 a!3 b!4 c!5 ");
    assert_idle(0);
    network_free(n);
}

static void waiting_receiver_is_met_directly(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(receive(c)));
    network_add(n, ACTIONS(receive(c)));
    network_run(n);
    assert_int_equal(c->first->kind, CSP_RECEIVING);
    network_add(n, ACTIONS(send(c, 1), send(c, 2), send(c, 3), send(c, 4)));
    assert_string_equal(network_run(n), "c!1 c!2 c!3 a?1 b?2 ");
    assert_int_equal(b.count, 1);
    network_free(n);
}

/* Against a model, with every fill and every place of the ring as the first. */
static void ring_against_model(void **state)
{
    (void)state;
    struct network *n = begin(5);
    uint32_t random = 1;
    int32_t sent = 0, got = 0, message;
    for (int i = 0; i < 10000; i++) {
        random = random * 1664525 + 1013904223;
        if (random >> 31) {
            message = sent;
            bool took = csp_host_send(n->S, c, &message, sizeof message);
            assert_int_equal(took, sent - got < 5);
            sent += took;
        } else {
            bool took = csp_host_receive(n->S, c, &message, sizeof message);
            assert_int_equal(took, sent > got);
            if (took)
                assert_int_equal(message, got++);
        }
    }
    assert_true(got > 1000);
    network_free(n);
}

static void host_meets_those_who_wait(void **state)
{
    (void)state;
    struct network *n = begin(1);
    int32_t message = 7;
    network_add(n, ACTIONS(receive(c), send(c, 1), send(c, 2)));
    network_run(n);
    assert_true(csp_host_send(n->S, c, &message, sizeof message));
    assert_string_equal(network_run(n), "a?7 a!1 ");
    assert_false(csp_host_send(n->S, c, &message, sizeof message));
    assert_true(csp_host_receive(n->S, c, &message, sizeof message));
    assert_int_equal(message, 1);
    assert_string_equal(network_run(n), "a!2 ");
    csp_close(n->S, c);
    assert_false(csp_host_send(n->S, c, &message, sizeof message));
    assert_true(csp_host_receive(n->S, c, &message, sizeof message));
    assert_int_equal(message, 2);
    assert_false(csp_host_receive(n->S, c, &message, sizeof message));
    network_free(n);
}

static void void_channel(void **state)
{
    (void)state;
    struct network *n = begin(1);
    csp_buffer_begin(&b, NULL, 2, 0);
    csp_process *p = &n->actor[0].process, *q = &n->actor[1].process;
    assert_true(csp_send(n->S, p, c, NULL, 0));
    assert_true(csp_send(n->S, p, c, NULL, 0));
    assert_false(csp_send(n->S, p, c, NULL, 0));
    assert_true(csp_receive(n->S, q, c, NULL, 0));
    assert_ptr_equal(n->S->first, &p->node);
    assert_true(csp_receive(n->S, q, c, NULL, 0));
    assert_true(csp_receive(n->S, q, c, NULL, 0));
    assert_false(csp_receive(n->S, q, c, NULL, 0));
    assert_true(csp_host_send(n->S, c, NULL, 0));
    assert_ptr_equal(n->S->last, &q->node);
    assert_idle(0);
    network_free(n);
}

static void arrays_have_their_own_rings(void **state)
{
    (void)state;
    struct network *n = begin(1);
    static csp_buffer three[3];
    static int32_t rings[6];
    csp_buffers_begin(three, rings, 3, 2, sizeof rings[0]);
    for (int32_t i = 0; i < 6; i++)
        assert_true(csp_host_send(n->S, &three[i / 2].channel, &i, sizeof i));
    for (int32_t i = 0, got; i < 6; i++) {
        assert_true(csp_host_receive(n->S, &three[i / 2].channel, &got, sizeof got));
        assert_int_equal(got, i);
    }
    csp_buffers_begin(three, NULL, 3, 1, 0);
    assert_true(csp_host_send(n->S, &three[2].channel, NULL, 0));
    assert_false(csp_host_receive(n->S, &three[1].channel, NULL, 0));
    network_free(n);
}

/* ---- alts ---- */

static void alt_ready(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(alt(on_receive(&d), on_send(c, 5)), alt(on_receive(&d), on_receive(c))));
    assert_string_equal(network_run(n), "a[1] a[1]?5 ");
    assert_ptr_equal(d.first, &csp_open);
    assert_idle(0);
    network_free(n);
}

static void alt_waits_to_receive(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(alt(on_receive(&d), on_receive(c))));
    network_add(n, ACTIONS(receive(c)));
    network_add(n, ACTIONS(send(c, 1), send(c, 2), send(c, 3)));
    assert_string_equal(network_run(n), "c!1 c!2 c!3 a[1]?1 b?2 ");
    assert_ptr_equal(d.first, &csp_open);
    network_free(n);
}

/* Its message goes into the ring when a place becomes free. */
static void alt_waits_to_send(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(c, 1)));
    network_add(n, ACTIONS(alt(on_receive(&d), on_send(c, 2))));
    network_add(n, ACTIONS(send(c, 3)));
    assert_string_equal(network_run(n), "a!1 ");
    network_add(n, ACTIONS(receive(c)));
    assert_string_equal(network_run(n), "d?1 b[1] ");
    assert_int_equal(b.count, 1);
    assert_ptr_equal(d.first, &csp_open);
    network_add(n, ACTIONS(receive(c), receive(c)));
    assert_string_equal(network_run(n), "e?2 e?3 c!3 ");
    assert_idle(0);
    network_free(n);
}

static void alt_withdraws_from_the_middle(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(c, 1), send(c, 2)));
    network_add(n, ACTIONS(alt(on_receive(&d), on_send(c, 3), on_send(c, 4))));
    network_add(n, ACTIONS(send(c, 5)));
    network_add(n, ACTIONS(alt(on_send(c, 6), on_receive(&d))));
    network_run(n);
    network_add(n, ACTIONS(send(&d, 0), send(&d, 0), send(c, 7)));
    assert_string_equal(network_run(n), "e!0 e!0 b[0]?0 d[1]?0 ");
    network_add(n, ACTIONS(receive(c), receive(c), receive(c), receive(c)));
    assert_string_equal(network_run(n), "f?1 f?2 f?5 f?7 a!2 c!5 e!7 ");
    assert_idle(0);
    network_free(n);
}

/* ---- close ---- */

static void close_serves_buffer_then_senders(void **state)
{
    (void)state;
    struct network *n = begin(2);
    network_add(n, ACTIONS(send(c, 1), send(c, 2), send(c, 3), send(c, 9)));
    network_add(n, ACTIONS(send(c, 4)));
    network_add(n, ACTIONS(alt(on_send(c, 8))));
    network_run(n);
    network_add(n, ACTIONS(close_(c), close_(c), send(c, 9), alt(on_send(c, 9))));
    assert_string_equal(network_run(n), "d* d* c* ");
    network_add(n, ACTIONS(receive(c), alt(on_receive(c)), receive(c)));
    assert_string_equal(network_run(n), "e?1 e[0]?2 e?3 a!3 a* b!4 ");
    network_add(n, ACTIONS(receive(c), receive(c), alt(on_receive(c))));
    assert_string_equal(network_run(n), "f?4 f* f* ");
    network_free(n);
}

/* There is room, but not for a new sender. */
static void close_refuses_senders_while_there_is_room(void **state)
{
    (void)state;
    struct network *n = begin(4);
    network_add(n, ACTIONS(send(c, 1), close_(c), send(c, 2), alt(on_send(c, 3)), alt(on_send(c, 3), on_ended(c))));
    assert_string_equal(network_run(n), "a!1 a* a* a[1] ");
    assert_int_equal(b.count, 1);
    network_free(n);
}

static void close_wakes_readers(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(receive(c), receive(c)));
    network_add(n, ACTIONS(alt(on_receive(&d), on_receive(c))));
    network_add(n, ACTIONS(alt(on_receive(c), on_ended(c))));
    network_run(n);
    csp_close(n->S, c);
    assert_string_equal(network_run(n), "a* a* b* c[1] ");
    assert_int_equal(c->first->kind, CSP_CLOSED);
    assert_ptr_equal(d.first, &csp_open);
    network_free(n);
}

/* ---- poison ---- */

static void poison_drops_the_buffer(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(c, 1), send(c, 2)));
    network_add(n, ACTIONS(alt(on_send(c, 3), on_receive(&d))));
    network_run(n);
    network_add(n, ACTIONS(poison(c), poison(c), close_(c), receive(c), send(c, 4), alt(on_receive(c))));
    assert_string_equal(network_run(n), "c* c* c* a* b* ");
    assert_int_equal(b.count, 0);
    assert_int_equal(c->first->kind, CSP_POISONED);
    network_free(n);
}

static void poison_wakes_readers(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(receive(c)));
    network_add(n, ACTIONS(alt(on_receive(c))));
    network_run(n);
    csp_poison(n->S, c);
    assert_string_equal(network_run(n), "a* b* ");
    network_free(n);
}

static void poison_after_close(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(c, 1), send(c, 2)));
    network_add(n, ACTIONS(alt(on_ended(c))));
    network_run(n);
    network_add(n, ACTIONS(close_(c), poison(c), receive(c)));
    assert_string_equal(network_run(n), "c* a* b[0] ");
    assert_int_equal(c->first->kind, CSP_POISONED);
    network_free(n);
}

/* ---- watchers ---- */

/* The buffer is found, and has room and messages, though the first in the queue is a watcher. */
static void watchers_hide_nothing(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(alt(on_ended(c), on_receive(&d))));
    network_run(n);
    network_add(n, ACTIONS(send(c, 1), send(c, 2)));
    assert_string_equal(network_run(n), "b!1 ");
    network_add(n, ACTIONS(alt(on_receive(c)), receive(c), alt(on_send(c, 3)), receive(c), receive(c)));
    assert_string_equal(network_run(n), "c[0]?1 c?2 c[0] c?3 b!2 ");
    assert_int_equal(c->first->kind, CSP_RECEIVING);
    csp_close(n->S, c);
    assert_string_equal(network_run(n), "c* a[0] ");
    network_free(n);
}

static void ended_for_readers_once_drained(void **state)
{
    (void)state;
    struct network *n = begin(1);
    network_add(n, ACTIONS(send(c, 1), send(c, 2)));
    network_add(n, ACTIONS(alt(on_ended(c))));
    network_add(n, ACTIONS(alt(on_ended_for_writers(c))));
    network_run(n);
    csp_close(n->S, c);
    assert_string_equal(network_run(n), "c[0] ");
    network_add(n, ACTIONS(alt(on_ended_for_writers(c)), alt(on_ended(c))));
    assert_string_equal(network_run(n), "d[0] ");
    network_add(n, ACTIONS(receive(c), yield_(), alt(on_ended(c), on_receive(c)), alt(on_ended(c), on_receive(c))));
    assert_string_equal(network_run(n), "e?1 a!2 e. e[1]?2 b[0] d[0] e[0] ");
    network_free(n);
}

/* A receiver takes the last message of the ring, which no sender fills again. */
static void ended_when_the_ring_is_empty(void **state)
{
    (void)state;
    struct network *n = begin(4);
    network_add(n, ACTIONS(alt(on_ended(c), on_receive(&d))));
    network_add(n, ACTIONS(send(c, 1), send(c, 2), close_(c)));
    assert_string_equal(network_run(n), "b!1 b!2 ");
    network_add(n, ACTIONS(alt(on_ended(c), on_receive(&d))));
    assert_string_equal(network_run(n), "");
    network_add(n, ACTIONS(receive(c), yield_(), receive(c)));
    assert_string_equal(network_run(n), "d?1 d. d?2 a[0] c[0] ");
    assert_int_equal(c->first->kind, CSP_CLOSED);
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sends_until_full),
        cmocka_unit_test(senders_move_up_in_order),
        cmocka_unit_test(waiting_receiver_is_met_directly),
        cmocka_unit_test(ring_against_model),
        cmocka_unit_test(host_meets_those_who_wait),
        cmocka_unit_test(void_channel),
        cmocka_unit_test(arrays_have_their_own_rings),
        cmocka_unit_test(alt_ready),
        cmocka_unit_test(alt_waits_to_receive),
        cmocka_unit_test(alt_waits_to_send),
        cmocka_unit_test(alt_withdraws_from_the_middle),
        cmocka_unit_test(close_serves_buffer_then_senders),
        cmocka_unit_test(close_refuses_senders_while_there_is_room),
        cmocka_unit_test(close_wakes_readers),
        cmocka_unit_test(poison_drops_the_buffer),
        cmocka_unit_test(poison_wakes_readers),
        cmocka_unit_test(poison_after_close),
        cmocka_unit_test(watchers_hide_nothing),
        cmocka_unit_test(ended_for_readers_once_drained),
        cmocka_unit_test(ended_when_the_ring_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
