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

static void poison_wakes_a_crowd(void **state)
{
    (void)state;
    struct network *n = begin();
    struct actor *crowd = calloc(CROWD, sizeof *crowd);
    const struct action *actions = ACTIONS(receive(&c));
    n->S->world->root.node.message = CROWD + 2;
    for (int i = 0; i < CROWD; i++) {
        crowd[i].action = actions;
        crowd[i].name = i == 0 ? 'x' : 'y';
        csp_start(n->S, &crowd[i].process, actor_step, &n->S->world->root);
    }
    csp_run(n->S);
    csp_poison(n->S, &c);
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(crowd[i].process.node.poisoned, 1);
    n->log[0] = '\0';
    n->logged = 0;
    for (int i = 0; i < CROWD; i++)
        crowd[i].process.node.poisoned = 0; /* the log has no room for all */
    const char *log = "";
    for (int i = 0; i < CROWD; i++)
        assert_ptr_equal(crowd[i].process.node.next, i + 1 < CROWD ? &crowd[i + 1].process.node : NULL);
    assert_string_equal(log, "");
    free(crowd);
    network_free(n);
}

static void unconnected_end_is_an_error(void **state);

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sender_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
