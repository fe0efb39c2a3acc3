/* constant: values, exact in 128 bits; what fits which type, and what goes wrong. */
#include "compiler_text.h"
#include "constant.h"

#include <math.h>

static struct type *basic(enum type_kind kind)
{
    return type_basic(kind);
}

static int release(void **state)
{
    (void)state;
    text_release();
    return 0;
}

/* ---- arithmetic ---- */

struct operation {
    enum operator operator;
    long long left, right;
    enum type_kind type;
    const char *result; /* NULL: refused */
};

static void test_integers(void **state)
{
    static const struct operation cases[] = {
        {OPERATOR_ADD, INT64_MAX, INT64_MAX, TYPE_EXACT_INT, "18446744073709551614"},
        {OPERATOR_ADD, INT32_MAX, 1, TYPE_INT32, NULL},
        {OPERATOR_ADD, INT32_MAX, 1, TYPE_INT64, "2147483648"},
        {OPERATOR_SUBTRACT, 0, 1, TYPE_UINT32, NULL},
        {OPERATOR_SUBTRACT, INT64_MIN, 1, TYPE_TIME, NULL},
        {OPERATOR_MULTIPLY, INT64_MAX, INT64_MAX, TYPE_EXACT_INT, "85070591730234615847396907784232501249"},
        {OPERATOR_DIVIDE, -7, 2, TYPE_INT32, "-3"},
        {OPERATOR_DIVIDE, 1, 0, TYPE_EXACT_INT, NULL},
        {OPERATOR_DIVIDE, INT32_MIN, -1, TYPE_INT32, NULL},
        {OPERATOR_REMAINDER, -7, 2, TYPE_INT32, "-1"},
        {OPERATOR_REMAINDER, INT32_MIN, -1, TYPE_INT32, "0"},
        {OPERATOR_REMAINDER, 1, 0, TYPE_INT32, NULL},
        {OPERATOR_WRAP_ADD, INT32_MAX, 1, TYPE_INT32, "-2147483648"},
        {OPERATOR_WRAP_SUBTRACT, 0, 1, TYPE_UINT32, "4294967295"},
        {OPERATOR_WRAP_MULTIPLY, INT64_MAX, 2, TYPE_INT64, "-2"},
        {OPERATOR_SHIFT_LEFT, 1, 31, TYPE_INT32, "-2147483648"},
        {OPERATOR_SHIFT_LEFT, 3, 31, TYPE_UINT32, "2147483648"},
        {OPERATOR_SHIFT_LEFT, 1, 32, TYPE_INT32, NULL},
        {OPERATOR_SHIFT_LEFT, 1, 63, TYPE_EXACT_INT, "9223372036854775808"},
        {OPERATOR_SHIFT_LEFT, 4, 125, TYPE_EXACT_INT, NULL},
        {OPERATOR_SHIFT_LEFT, 1, -1, TYPE_EXACT_INT, NULL},
        {OPERATOR_SHIFT_RIGHT, -8, 1, TYPE_INT32, "-4"},
        {OPERATOR_AND, -1, 255, TYPE_INT32, "255"},
        {OPERATOR_XOR, 5, 1, TYPE_INT32, "4"},
        {OPERATOR_OR, 5, 2, TYPE_INT32, "7"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *why = NULL;
        struct value *result = constant_binary(cases[i].operator, constant_integer(cases[i].left),
                                               constant_integer(cases[i].right), basic(cases[i].type), &why);
        if (cases[i].result && result)
            assert_string_equal(constant_text(result), cases[i].result);
        else
            assert_true(!cases[i].result && !result && why);
    }
}

static void test_exact_overflow_is_noticed(void **state)
{
    (void)state;
    const char *why = NULL;
    struct value *large = constant_integer((wide)1 << 126);
    assert_null(constant_binary(OPERATOR_ADD, large, large, basic(TYPE_EXACT_INT), &why));
    assert_null(constant_binary(OPERATOR_MULTIPLY, large, large, basic(TYPE_EXACT_INT), &why));
    assert_non_null(constant_binary(OPERATOR_SUBTRACT, large, large, basic(TYPE_EXACT_INT), &why));
}

static void test_unary(void **state)
{
    (void)state;
    const char *why = NULL;
    struct type *int32 = basic(TYPE_INT32), *uint32 = basic(TYPE_UINT32), *truth = basic(TYPE_BOOL);
    struct value *five = constant_integer(5), *yes = constant_bool(true);
    assert_string_equal(constant_text(constant_unary(OPERATOR_NEGATE, five, int32, &why)), "-5");
    assert_string_equal(constant_text(constant_unary(OPERATOR_COMPLEMENT, five, int32, &why)), "-6");
    assert_string_equal(constant_text(constant_unary(OPERATOR_COMPLEMENT, five, uint32, &why)), "4294967290");
    assert_string_equal(constant_text(constant_unary(OPERATOR_NOT, yes, truth, &why)), "false");
    assert_null(constant_unary(OPERATOR_NEGATE, five, uint32, &why));
    assert_null(constant_unary(OPERATOR_NEGATE, constant_integer(INT64_MIN), basic(TYPE_INT64), &why));
}

static void test_reals(void **state)
{
    (void)state;
    const char *why = NULL;
    struct value *one = constant_real(1), *zero = constant_real(0), *tenth = constant_real(0.1);
    assert_true(isinf(constant_binary(OPERATOR_DIVIDE, one, zero, basic(TYPE_DOUBLE), &why)->real));
    double sum = constant_binary(OPERATOR_ADD, one, tenth, basic(TYPE_FLOAT), &why)->real;
    assert_true(sum == (double)(float)1.1);
}

static void test_comparisons(void **state)
{
    (void)state;
    struct value *one = constant_integer(1), *two = constant_integer(2), *none = constant_real(NAN);
    assert_true(constant_compare(OPERATOR_LESS, one, two)->integer);
    assert_true(constant_compare(OPERATOR_GREATER_EQUAL, two, two)->integer);
    assert_false(constant_compare(OPERATOR_EQUAL, one, two)->integer);
    assert_true(constant_compare(OPERATOR_NOT_EQUAL, none, none)->integer);
    assert_false(constant_compare(OPERATOR_LESS_EQUAL, none, none)->integer);
    assert_false(constant_compare(OPERATOR_GREATER_EQUAL, none, none)->integer);
}

/* ---- what fits ---- */

static void test_fits(void **state)
{
    (void)state;
    assert_true(constant_fits(constant_integer(255), basic(TYPE_CHAR)));
    assert_false(constant_fits(constant_integer(256), basic(TYPE_CHAR)));
    assert_false(constant_fits(constant_integer(-1), basic(TYPE_UINT64)));
    assert_true(constant_fits(constant_real(2e9), basic(TYPE_INT32)));
    assert_false(constant_fits(constant_real(2.5), basic(TYPE_INT32)));
    assert_false(constant_fits(constant_real(NAN), basic(TYPE_INT64)));
    assert_false(constant_fits(constant_real(INFINITY), basic(TYPE_INT64)));
    assert_true(constant_fits(constant_integer(16777216), basic(TYPE_FLOAT)));
    assert_false(constant_fits(constant_integer(16777217), basic(TYPE_FLOAT)));
    assert_true(constant_fits(constant_real(0.1), basic(TYPE_FLOAT)));
    assert_false(constant_fits(constant_real(1e300), basic(TYPE_FLOAT)));
    assert_true(constant_fits(constant_integer(0), basic(TYPE_TIME)));
    assert_false(constant_fits(constant_integer(1), basic(TYPE_TIME)));
    assert_false(constant_fits(constant_bool(true), basic(TYPE_INT32)));
}

static void test_convert(void **state)
{
    (void)state;
    assert_string_equal(constant_text(constant_convert(constant_real(-2.7), basic(TYPE_INT32))), "-2");
    assert_null(constant_convert(constant_real(1e10), basic(TYPE_INT32)));
    assert_null(constant_convert(constant_real(NAN), basic(TYPE_INT64)));
    assert_null(constant_convert(constant_integer(300), basic(TYPE_CHAR)));
    assert_string_equal(constant_text(constant_convert(constant_integer(7), basic(TYPE_TIME))), "7");
    assert_true(constant_convert(constant_integer(3), basic(TYPE_DOUBLE))->real == 3.0);
}

static void test_zero_and_items(void **state)
{
    (void)state;
    struct type *array = type_array(basic(TYPE_INT32), 3);
    assert_string_equal(constant_text(constant_zero(basic(TYPE_BOOL))), "false");
    assert_string_equal(constant_text(constant_zero(basic(TYPE_STRING))), "\"\"");
    assert_string_equal(constant_text(constant_item(constant_zero(array), 2, basic(TYPE_INT32))), "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_exact_overflow_is_noticed),
        cmocka_unit_test(test_unary),
        cmocka_unit_test(test_reals),
        cmocka_unit_test(test_comparisons),
        cmocka_unit_test(test_fits),
        cmocka_unit_test(test_convert),
        cmocka_unit_test(test_zero_and_items),
    };
    return cmocka_run_group_tests_name("constant", tests, NULL, release);
}
