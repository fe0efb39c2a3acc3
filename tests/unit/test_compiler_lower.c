/* lower: which machines a program becomes, where they wait, where poison goes, and the order of what can be seen. */
#include "machine_text.h"

static int count_machines(const struct machines *machines)
{
    int count = 0;
    for (const struct machine *m = machines->first; m; m = m->next)
        count++;
    return count;
}

static int count_ops(const struct op *first, enum op_kind kind)
{
    int count = 0;
    for (const struct op *op = first; op; op = op->next)
        count += op->kind == kind;
    return count;
}

/* ---- machines ---- */

static void test_a_called_branch_is_no_machine_of_its_own(void **state)
{
    (void)state;
    struct machines *machines = text_lower("process p(!int out, int n) { out ! n; } process main() { channel int c; "
                                           "par { p(c, 1); c ? _; } }");
    assert_int_equal(count_machines(machines), 3); /* p, main, the bare receive */
    struct child *child = text_wait(machines->main, 1)->point->children;
    assert_ptr_equal(child->machine, text_machine(machines, "p"));
    assert_string_equal(child->field, "at.joined_1.p_1");
    assert_false(child->is_part);
    assert_true(child->next->is_part);
    assert_int_equal(child->next->machine->kind, MACHINE_BRANCH);
    text_release();
}

static void test_arguments_that_call_functions_are_the_branch_s(void **state)
{
    (void)state;
    struct machines *machines = text_lower("int f() { return 1; } process p(int n) { println(n); } "
                                           "process main() { par { p(f()); p(2); } }");
    struct child *child = text_wait(machines->main, 1)->point->children;
    assert_int_equal(child->machine->kind, MACHINE_BRANCH);
    assert_int_equal(child->next->machine->kind, MACHINE_PROCESS);
    text_release();
}

static void test_only_what_main_reaches_is_lowered(void **state)
{
    (void)state;
    struct machines *machines = text_lower("process unused() { } int f() { return 1; } process main() { println(f()); }");
    assert_int_equal(count_machines(machines), 2);
    text_release();
}

static void test_recursion_and_computed_counts_are_pooled(void **state)
{
    (void)state;
    struct machines *machines = text_lower("process r(int n) { if (n > 0) r(n - 1); } process p() { } "
                                           "process main(int n = 3) { r(n); par for (i : 0 .. n) p(); "
                                           "par for (i : 0 .. 4) p(); }");
    assert_true(text_wait(text_machine(machines, "r"), 1)->point->children->is_pooled);
    struct child *call = text_wait(machines->main, 1)->point->children;
    struct child *computed = text_wait(machines->main, 2)->point->children;
    struct child *fixed = text_wait(machines->main, 3)->point->children;
    assert_false(call->is_pooled);
    assert_true(computed->is_pooled);
    assert_int_equal(computed->count, -1);
    assert_false(fixed->is_pooled);
    assert_int_equal(fixed->count, 4);
    text_release();
}

static void test_no_branches_no_wait(void **state)
{
    (void)state;
    struct machines *machines = text_lower("process p() { } process main() { par { } par for (i : 3 .. 3) p(); }");
    assert_int_equal(machines->main->point_count, 0);
    text_release();
}

/* ---- poison ---- */

static void test_poison_goes_to_the_nearest_handler(void **state)
{
    (void)state;
    struct machines *machines = text_lower("process main() { channel int c, d; par { { { c ? _; } on poison { d ? _; } } "
                                           "{ c ! 1; d ! 1; } } }");
    struct machine *branch = text_machine(machines, "main_branch_1");
    assert_string_equal(text_wait(branch, 1)->poisoned->name, "poisoned_1");
    assert_string_equal(text_wait(branch, 2)->poisoned->name, "end");
    text_release();
}

static void test_a_handler_that_nothing_reaches_is_left_out(void **state)
{
    (void)state;
    struct machines *machines = text_lower("process main() { { println(1); } on poison { println(2); } }");
    assert_int_equal(count_ops(machines->main->body, OP_PRINT), 1);
    assert_int_equal(count_ops(machines->main->body, OP_HANDLER), 0);
    text_release();
}

static void test_a_loop_over_a_channel_ends_quietly(void **state)
{
    (void)state;
    struct machines *machines = text_lower("process p(?int in) { for (x : in) println(x); } "
                                           "process main() { channel int c; par { p(c); close c; } }");
    assert_null(text_wait(text_machine(machines, "p"), 1)->poisoned);
    text_release();
}

/* ---- order ---- */

static void test_calls_with_effects_are_taken_out_in_order(void **state)
{
    (void)state;
    struct machines *machines = text_lower("int f(int n) { print(n); return n; } int g(int n) { return n; } "
                                           "process main() { int a = f(1) + f(2); int b = g(1) + g(2); a = a + b; }");
    const struct op *first = machines->main->body;
    assert_int_equal(first->kind, OP_SET); /* value = f(1) */
    assert_int_equal(first->value->kind, EXPR_CALL);
    assert_int_equal(first->next->value->kind, EXPR_BINARY); /* a = value + f(2) */
    assert_int_equal(first->next->value->left->kind, EXPR_NAME);
    assert_int_equal(first->next->next->value->left->kind, EXPR_CALL); /* b = g(1) + g(2), as it was */
    text_release();
}

static void test_lazy_operators_stay_lazy(void **state)
{
    (void)state;
    struct machines *machines = text_lower("bool f(int n) { print(n); return n > 0; } "
                                           "process main() { bool b = f(1) && f(2); if (b) println(); }");
    const struct op *first = machines->main->body;
    assert_int_equal(first->kind, OP_SET);
    assert_int_equal(first->next->kind, OP_IF);
    assert_int_equal(first->next->body->value->kind, EXPR_CALL);
    text_release();
}

/* ---- names ---- */

static void test_names_of_c_get_an_underscore_and_twins_a_number(void **state)
{
    (void)state;
    struct machines *machines = text_lower("process main(int register) { int x = register; { int x = 1; println(x); } "
                                           "println(x); }");
    text_slot(machines->main, "register_");
    text_slot(machines->main, "x");
    text_slot(machines->main, "x_2");
    text_release();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_called_branch_is_no_machine_of_its_own),
        cmocka_unit_test(test_arguments_that_call_functions_are_the_branch_s),
        cmocka_unit_test(test_only_what_main_reaches_is_lowered),
        cmocka_unit_test(test_recursion_and_computed_counts_are_pooled),
        cmocka_unit_test(test_no_branches_no_wait),
        cmocka_unit_test(test_poison_goes_to_the_nearest_handler),
        cmocka_unit_test(test_a_handler_that_nothing_reaches_is_left_out),
        cmocka_unit_test(test_a_loop_over_a_channel_ends_quietly),
        cmocka_unit_test(test_calls_with_effects_are_taken_out_in_order),
        cmocka_unit_test(test_lazy_operators_stay_lazy),
        cmocka_unit_test(test_names_of_c_get_an_underscore_and_twins_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
