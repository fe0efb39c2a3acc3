/* frame: exactly the variables that live across a wait lie in the frame. */
#include "machine_text.h"

static bool in_frame(const char *program, const char *machine, const char *slot)
{
    struct machines *machines = text_frame(program);
    bool result = text_slot(text_machine(machines, machine), slot)->in_frame;
    text_release();
    return result;
}

#define MAIN " process main() { channel int c; par { p(c, c); c ! 1; c ? _; } }"

static void test_used_before_the_wait_only(void **state)
{
    (void)state;
    assert_false(in_frame("process p(?int in, !int out) { int x = 1; println(x); in ? _; x = 2; println(x); }" MAIN, "p", "x"));
}

static void test_used_behind_the_wait(void **state)
{
    (void)state;
    assert_true(in_frame("process p(?int in, !int out) { int x = 1; in ? _; println(x); }" MAIN, "p", "x"));
}

static void test_a_value_that_is_sent_is_gone(void **state)
{
    (void)state;
    assert_false(in_frame("process p(?int in, !int out) { in ? int y; int x = 2 * y; out ! x; }" MAIN, "p", "x"));
}

static void test_a_counter_lives_through_its_loop(void **state)
{
    (void)state;
    assert_true(in_frame("process p(?int in, !int out) { for (i : 0 .. 3) in ? _; }" MAIN, "p", "i"));
    assert_false(in_frame("process p(?int in, !int out) { for (i : 0 .. 3) print(i); in ? _; }" MAIN, "p", "i"));
}

static void test_needed_in_the_next_round(void **state)
{
    (void)state;
    assert_true(in_frame("process p(?int in, !int out) { int s; while (s < 9) { in ? int x; s += x; } }" MAIN, "p", "s"));
}

static void test_needed_by_the_handler(void **state)
{
    (void)state;
    assert_true(in_frame("process p(?int in, !int out) { int n = 1; { in ? _; n = 2; } on poison { println(n); } }" MAIN,
                         "p", "n"));
    assert_false(in_frame("process p(?int in, !int out) { int n = 1; { in ? _; } on poison { n = 3; println(n); } }" MAIN,
                          "p", "n"));
}

static void test_left_by_break_out_of_an_alt(void **state)
{
    (void)state;
    assert_true(in_frame("process p(?int in, !int out) { int n = 1; for (;;) { alt { in ? _ -> break; skip -> skip; } } "
                         "println(n); }" MAIN, "p", "n"));
}

static void test_what_a_branch_uses(void **state)
{
    (void)state;
    assert_true(in_frame("process main() { int x = 1; par { println(x); skip; } }", "main", "x"));
}

static void test_a_fair_alt_remembers_only_where_it_is_run_again(void **state)
{
    (void)state;
    struct machines *machines = text_frame("process p(?int in, !int out) { alt { in ? _ -> skip; out ! 1 -> skip; } "
                                           "for (;;) alt { in ? _ -> skip; out ! 1 -> skip; } }" MAIN);
    struct machine *p = text_machine(machines, "p");
    assert_null(text_wait(p, 1)->fair);
    assert_non_null(text_wait(p, 2)->fair);
    assert_true(text_wait(p, 2)->fair->in_frame);
    text_release();
}

static void test_a_variable_of_the_frame_is_sent_from_there(void **state)
{
    (void)state;
    struct machines *machines = text_frame("process p(?int in, !int out) { for (x : in) { out ! x; out ! x + 1; } }" MAIN);
    struct machine *p = text_machine(machines, "p");
    assert_ptr_equal(text_wait(p, 2)->message, text_slot(p, "x"));
    assert_null(text_wait(p, 2)->value);
    assert_non_null(text_wait(p, 3)->value);
    text_release();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_used_before_the_wait_only),
        cmocka_unit_test(test_used_behind_the_wait),
        cmocka_unit_test(test_a_value_that_is_sent_is_gone),
        cmocka_unit_test(test_a_counter_lives_through_its_loop),
        cmocka_unit_test(test_needed_in_the_next_round),
        cmocka_unit_test(test_needed_by_the_handler),
        cmocka_unit_test(test_left_by_break_out_of_an_alt),
        cmocka_unit_test(test_what_a_branch_uses),
        cmocka_unit_test(test_a_fair_alt_remembers_only_where_it_is_run_again),
        cmocka_unit_test(test_a_variable_of_the_frame_is_sent_from_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
