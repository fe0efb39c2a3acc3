/* Rendezvous, order of service, close and poison (language.md § 5). */
#include "actor.h"

static csp_channel c, d;

static struct network *begin(void)
{
    csp_channel_begin(&c);
    csp_channel_begin(&d);
    return network_new();
}

/* The second party goes on; its partner follows when its turn comes. */
static void sender_first(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&c, 5)));
    network_add(n, ACTIONS(receive(&c)));
    assert_string_equal(network_run(n), "b?5 a!5 ");
    network_free(n);
}

static void receiver_first(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(receive(&c)));
    network_add(n, ACTIONS(send(&c, 5)));
    assert_string_equal(network_run(n), "b!5 a?5 ");
    network_free(n);
}

static void waiting_are_served_in_order(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(send(&c, 2)));
    network_add(n, ACTIONS(send(&c, 3)));
    network_add(n, ACTIONS(receive(&c), receive(&c), receive(&c)));
    assert_string_equal(network_run(n), "d?1 d?2 d?3 a!1 b!2 c!3 ");
    network_add(n, ACTIONS(receive(&c)));
    network_add(n, ACTIONS(receive(&c)));
    network_add(n, ACTIONS(send(&c, 1), send(&c, 2)));
    assert_string_equal(network_run(n), "g!1 g!2 e?1 f?2 ");
    network_free(n);
}

static void void_channel(void **state)
{
    (void)state;
    struct network *n = begin();
    struct actor *a = network_add(n, ACTIONS(receive(&c)));
    network_run(n);
    a->x = 77;
    assert_true(csp_host_send(n->S, &c, NULL, 0));
    assert_string_equal(network_run(n), "a?77 ");
    assert_false(csp_host_send(n->S, &c, NULL, 0));
    network_free(n);
}

static void close_wakes_readers(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(receive(&c), receive(&c), send(&c, 1)));
    network_add(n, ACTIONS(receive(&c)));
    network_add(n, ACTIONS(close_(&c), close_(&c)));
    assert_string_equal(network_run(n), "a* a* a* b* ");
    assert_int_equal(c.first->kind, CSP_CLOSED);
    network_free(n);
}

static void close_serves_waiting_senders(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(send(&c, 2)));
    network_add(n, ACTIONS(close_(&c), send(&c, 3)));
    assert_string_equal(network_run(n), "c* ");
    network_add(n, ACTIONS(receive(&c), receive(&c), receive(&c)));
    assert_string_equal(network_run(n), "d?1 d?2 d* a!1 b!2 ");
    network_free(n);
}

static void poison_wakes_everybody(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(send(&c, 2)));
    network_add(n, ACTIONS(receive(&d)));
    network_add(n, ACTIONS(poison(&c), poison(&d), poison(&c), send(&c, 1), receive(&d)));
    assert_string_equal(network_run(n), "d* d* a* b* c* ");
    network_free(n);
}

static void poison_after_close(void **state)
{
    (void)state;
    struct network *n = begin();
    network_add(n, ACTIONS(send(&c, 1)));
    network_add(n, ACTIONS(close_(&c), poison(&c), receive(&c)));
    assert_string_equal(network_run(n), "b* a* ");
    assert_int_equal(c.first->kind, CSP_POISONED);
    network_add(n, ACTIONS(close_(&c)));
    network_run(n);
    assert_int_equal(c.first->kind, CSP_POISONED);
    network_free(n);
}

enum { CROWD = 10000 };

/* All of them are runnable afterwards, in the order in which they came. */
static void poison_wakes_a_crowd(void **state)
{
    (void)state;
    struct network *n = begin();
    struct actor *crowd = calloc(CROWD, sizeof *crowd);
    const struct action *actions = ACTIONS(receive(&c));
    for (int i = 0; i < CROWD; i++) {
        crowd[i].action = actions;
        csp_start(n->S, &crowd[i].process, actor_step, &n->S->world->root);
    }
    network_run(n);
    csp_poison(n->S, &c);
    for (int i = 0; i < CROWD; i++) {
        assert_int_equal(crowd[i].process.node.poisoned, 1);
        assert_ptr_equal(crowd[i].process.node.next, i + 1 < CROWD ? &crowd[i + 1].process.node : NULL);
    }
    assert_ptr_equal(n->S->first, &crowd[0].process.node);
    free(crowd);
    network_free(n);
}

/* A million messages between two: the C stack must not grow with them. */
static void long_run(void **state)
{
    (void)state;
    struct network *n = begin();
    struct action *many = calloc(1000001, sizeof *many), *few = calloc(1000001, sizeof *few);
    for (int i = 0; i < 1000000; i++) {
        many[i] = (struct action)send(&c, i);
        few[i] = (struct action)receive(&c);
    }
    n->quiet = true;
    struct actor *a = network_add(n, many), *b = network_add(n, few);
    network_run(n);
    assert_int_equal(a->process.node.resume, CSP_DONE);
    assert_int_equal(b->process.node.resume, CSP_DONE);
    assert_int_equal(b->x, 999999);
    free(many);
    free(few);
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sender_first),
        cmocka_unit_test(receiver_first),
        cmocka_unit_test(waiting_are_served_in_order),
        cmocka_unit_test(void_channel),
        cmocka_unit_test(close_wakes_readers),
        cmocka_unit_test(close_serves_waiting_senders),
        cmocka_unit_test(poison_wakes_everybody),
        cmocka_unit_test(poison_after_close),
        cmocka_unit_test(poison_wakes_a_crowd),
        cmocka_unit_test(long_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
