/* Instants in virtual time, and the lists they wait in (language.md § 8). */
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

/* An actor that waits for an instant, and when it began to. */
struct sleeper {
    struct actor actor; /* first, so that its process is the sleeper */
    csp_timer timer;
    int order;
};

/* Those who have become runnable waited longest for an instant that is due, and nobody is left behind. */
static int check_woken(csp_scheduler *S, int64_t from, int64_t now)
{
    int count = 0, order = -1;
    for (csp_process *p; (p = csp_next(S)); count++) {
        struct sleeper *woken = (struct sleeper *)(void *)p;
        int64_t time = woken->timer.time;
        assert_true(time <= now);
        if (time > from)
            from = time, order = -1;
        assert_true(time == from && woken->order > order);
        order = woken->order;
    }
    assert_true(csp_timer_next(S) > now);
    return count;
}

/* Starts and stops at random, while time goes on in steps of all sizes. */
static void order_is_stable(void **state)
{
    (void)state;
    struct network *n = network_new();
    static struct sleeper sleepers[TIMERS];
    uint32_t seed = 1;
    int left = 0;
    int64_t now = 0;
    for (int round = 0; round < 100 * TIMERS; round++) {
        struct sleeper *s = &sleepers[random_next(&seed) % TIMERS];
        if (s->timer.process) {
            csp_timer_stop(n->S, &s->timer);
            left--;
        } else {
            s->timer.process = &s->actor.process;
            s->order = round;
            csp_timer_start(n->S, &s->timer, now + 1 + random_next(&seed) % (1 << random_next(&seed) % 20));
            left++;
        }
        if (round % 16 == 0) {
            int64_t from = now;
            now += random_next(&seed) % (1 << random_next(&seed) % 16);
            csp_timer_fire(n->S, now);
            int woken = check_woken(n->S, from, now);
            left -= woken;
        }
    }
    assert_true(left > 10);
    while (csp_timer_next(n->S) < INT64_MAX) {
        int64_t next = csp_timer_next(n->S);
        csp_timer_fire(n->S, next);
        left -= check_woken(n->S, next, next);
    }
    assert_int_equal(left, 0);
    network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sleepers_wake_in_order),
        cmocka_unit_test(deadlines_saturate),
        cmocka_unit_test(order_is_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
