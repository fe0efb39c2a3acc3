/* Instants in virtual time, and the heap they wait in (language.md § 8). */
#include "actor.h"

static void sleepers_wake_in_order(void **state)
{
    (void)state;
    struct network *n = network_new();
    network_add(n, ACTIONS({SLEEP, NULL, 30, NULL}));
    network_add(n, ACTIONS({SLEEP, NULL, 10, NULL}, {SLEEP, NULL, 20, NULL}));
    network_add(n, ACTIONS({SLEEP, NULL, 10, NULL}));
    network_add(n, ACTIONS({SLEEP, NULL, 0, NULL}, {SLEEP_UNTIL, NULL, -5, NULL}));
    assert_string_equal(network_run(n), "d. d. ");
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "b. c. ");
    assert_int_equal(csp_now(n->S), 10);
    assert_true(csp_idle(n->S));
    assert_string_equal(network_run(n), "a. b. ");
    assert_false(csp_idle(n->S));
    network_free(n);
}

static void deadlines_saturate(void **state)
{
    (void)state;
    struct network *n = network_new();
    n->S->world->clock = 100;
    assert_int_equal(csp_deadline(n->S, 5), 105);
    assert_int_equal(csp_deadline(n->S, -5), 95);
    assert_int_equal(csp_deadline(n->S, INT64_MAX - 50), INT64_MAX);
    assert_int_equal(csp_deadline(n->S, INT64_MIN), INT64_MIN + 100);
    network_free(n);
}

enum { TIMERS = 500 };

static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Starts and stops at random; what is left comes by time, and where that is equal by the order of starting. */
static void heap_is_stable(void **state)
{
    (void)state;
    struct network *n = network_new();
    static struct actor actors[TIMERS];
    static csp_timer timers[TIMERS];
    uint32_t seed = 1;
    int left = 0;
    for (int round = 0; round < 20 * TIMERS; round++) {
        int i = (int)(random_next(&seed) % TIMERS);
        if (timers[i].process) {
            csp_timer_stop(n->S, &timers[i]);
            left--;
        } else {
            timers[i].process = &actors[i].process;
            csp_timer_start(n->S, &timers[i], 1 + random_next(&seed) % 50);
            left++;
        }
    }
    int64_t time = 0;
    uint64_t order = 0;
    while (n->S->timers) {
        csp_timer *t = n->S->timers;
        assert_true(t->time > time || (t->time == time && t->order > order));
        time = t->time;
        order = t->order;
        csp_timer_stop(n->S, t);
        left--;
    }
    assert_int_equal(left, 0);
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sleepers_wake_in_order),
        cmocka_unit_test(deadlines_saturate),
        cmocka_unit_test(heap_is_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
