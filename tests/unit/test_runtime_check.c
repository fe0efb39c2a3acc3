/* Checked arithmetic, conversions, indices and text (language.md § 2, § 11). */
#include "actor.h"

#include <fcntl.h>
#include <unistd.h>

static struct network *n;
static jmp_buf left;

static void leave(void *context, int status)
{
    (void)context;
    (void)status;
    longjmp(left, 1);
}

static int set_up(void **state)
{
    (void)state;
    n = network_new();
    n->S->world->leave = leave;
    n->S->world->errors.descriptor = open("/dev/null", O_WRONLY); /* messages are looked at in the buffer */
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    close(n->S->world->errors.descriptor);
    network_free(n);
    return 0;
}

#define AT n->S, 0

/* Whether an expression ends the program. The buffer of standard error still holds the message that was written. */
#define FAILS(expression, message)                                                                                     \
    do {                                                                                                               \
        memset(n->S->world->errors.bytes, 0, 256);                                                                     \
        if (setjmp(left) == 0) {                                                                                       \
            (void)(expression);                                                                                        \
            fail_msg("%s did not fail", #expression);                                                                  \
        }                                                                                                              \
        assert_string_equal(n->S->world->errors.bytes, "error: " message "\n");                                        \
    } while (0)

static void signed_arithmetic(void **state)
{
    (void)state;
    assert_int_equal(csp_add_int32(AT, INT32_MAX - 1, 1), INT32_MAX);
    assert_int_equal(csp_sub_int64(AT, INT64_MIN + 1, 1), INT64_MIN);
    assert_int_equal(csp_mul_int32(AT, -65536, 32768), INT32_MIN);
    FAILS(csp_add_int32(AT, INT32_MAX, 1), "2147483647 + 1 overflows int");
    FAILS(csp_sub_int32(AT, INT32_MIN, 1), "-2147483648 - 1 overflows int");
    FAILS(csp_mul_int32(AT, 65536, 32768), "65536 * 32768 overflows int");
    FAILS(csp_add_int64(AT, INT64_MAX, 1), "9223372036854775807 + 1 overflows int64");
    FAILS(csp_mul_int64(AT, INT64_MIN, -1), "-9223372036854775808 * -1 overflows int64");
    FAILS(csp_neg_int32(AT, INT32_MIN), "-(-2147483648) overflows int");
    FAILS(csp_abs_int64(AT, INT64_MIN), "abs(-9223372036854775808) overflows int64");
    assert_int_equal(csp_abs_int32(AT, -5), 5);
    assert_int_equal(csp_neg_int64(AT, 5), -5);
}

static void unsigned_arithmetic(void **state)
{
    (void)state;
    assert_int_equal(csp_add_uint32(AT, UINT32_MAX, 0), UINT32_MAX);
    FAILS(csp_add_uint32(AT, UINT32_MAX, 1), "4294967295 + 1 overflows uint");
    FAILS(csp_sub_uint64(AT, 1, 2), "1 - 2 overflows uint64");
    FAILS(csp_mul_uint64(AT, UINT64_MAX, 2), "18446744073709551615 * 2 overflows uint64");
    FAILS(csp_neg_uint32(AT, 3), "0 - 3 overflows uint");
    assert_int_equal(csp_neg_uint64(AT, 0), 0);
}

static void division(void **state)
{
    (void)state;
    assert_int_equal(csp_div_int32(AT, -7, 2), -3);
    assert_int_equal(csp_rem_int32(AT, -7, 2), -1);
    assert_int_equal(csp_rem_int64(AT, INT64_MIN, -1), 0);
    assert_int_equal(csp_div_uint32(AT, UINT32_MAX, 2), INT32_MAX);
    FAILS(csp_div_int32(AT, 1, 0), "division by zero");
    FAILS(csp_rem_uint64(AT, 1, 0), "division by zero");
    FAILS(csp_div_int32(AT, INT32_MIN, -1), "-2147483648 / -1 overflows int");
    FAILS(csp_div_int64(AT, INT64_MIN, -1), "-9223372036854775808 / -1 overflows int64");
}

static void shifts(void **state)
{
    (void)state;
    assert_int_equal(csp_shl_int32(AT, 3, 31), INT32_MIN);
    assert_int_equal(csp_shr_int32(AT, -8, 1), -4);
    assert_int_equal(csp_shl_uint64(AT, 1, 63), (uint64_t)1 << 63);
    FAILS(csp_shl_int32(AT, 1, 32), "int cannot be shifted by 32");
    FAILS(csp_shr_uint64(AT, 1, -1), "uint64 cannot be shifted by -1");
}

static void wrapping(void **state)
{
    (void)state;
    assert_int_equal(csp_wrap_add_int32(INT32_MAX, 1), INT32_MIN);
    assert_int_equal(csp_wrap_sub_int64(INT64_MIN, 1), INT64_MAX);
    assert_int_equal(csp_wrap_mul_uint32(UINT32_MAX, 2), UINT32_MAX - 1);
    assert_int_equal(csp_wrap_mul_int32(65536, 65536), 0);
}

static void least_and_greatest(void **state)
{
    (void)state;
    assert_int_equal(csp_min_int32(-1, 1), -1);
    assert_int_equal(csp_max_uint64(UINT64_MAX, 1), UINT64_MAX);
    assert_true(csp_max_double(1.5, -2) == 1.5);
    assert_true(csp_min_float(1.5f, -2) == -2);
}

static void conversions(void **state)
{
    (void)state;
    assert_int_equal(csp_int8_from_int(AT, -128), -128);
    assert_int_equal(csp_char_from_uint(AT, 255), 255);
    assert_int_equal(csp_uint64_from_double(AT, 9223372036854775808.0), (uint64_t)1 << 63);
    assert_int_equal(csp_int64_from_double(AT, -9223372036854775808.0), INT64_MIN);
    assert_int_equal(csp_int32_from_double(AT, 2.7), 2);
    assert_int_equal(csp_int32_from_double(AT, -2147483648.5), INT32_MIN);
    assert_int_equal(csp_uint32_from_double(AT, -0.9), 0);
    FAILS(csp_int8_from_int(AT, 128), "128 does not fit int8");
    FAILS(csp_char_from_int(AT, -1), "-1 does not fit char");
    FAILS(csp_uint32_from_int(AT, -1), "-1 does not fit uint");
    FAILS(csp_uint64_from_int(AT, -1), "-1 does not fit uint64");
    FAILS(csp_int64_from_uint(AT, UINT64_MAX), "18446744073709551615 does not fit int64");
    FAILS(csp_uint16_from_uint(AT, 65536), "65536 does not fit uint16");
    FAILS(csp_int32_from_double(AT, 2147483648.0), "2147483648 does not fit int");
    FAILS(csp_int64_from_double(AT, 9223372036854775808.0), "9.223372036854776e18 does not fit int64");
    FAILS(csp_time_from_double(AT, 0.0 / 0.0), "nan does not fit time");
    FAILS(csp_uint8_from_double(AT, -1), "-1 does not fit uint8");
}

static void indices(void **state)
{
    (void)state;
    csp_channel channels[4];
    csp_end ends[2] = {csp_end_to(&channels[2]), csp_end_to(&channels[0])};
    assert_int_equal(csp_index(AT, 4, 5, "forks"), 4);
    FAILS(csp_index(AT, 5, 5, "forks"), "index 5 is out of bounds of forks[5]");
    FAILS(csp_index(AT, -1, 5, "forks"), "index -1 is out of bounds of forks[5]");
    csp_ends array = {channels, 4, sizeof(csp_channel)}, list = {ends, 2, 0}, grid = {channels, 2, sizeof(csp_channel)};
    assert_ptr_equal(csp_end_at(AT, array, 3, "in"), &channels[3]);
    assert_ptr_equal(csp_channel_of(n->S, csp_mobile_at(AT, list, 0, "in")), &channels[2]);
    assert_ptr_equal(csp_end_at(AT, csp_row(AT, grid, 1, 2, 2, "g"), 1, "g"), &channels[3]);
    FAILS(csp_mobile_at(AT, list, 2, "in"), "index 2 is out of bounds of in[2]");
    FAILS(csp_row(AT, grid, 2, 2, 2, "g"), "index 2 is out of bounds of g[2]");
}

static void text(void **state)
{
    (void)state;
    uint8_t chars[6] = "abc\0xy";
    assert_int_equal(csp_string_at(AT, CSP_STRING("abc"), 2), 'c');
    assert_true(csp_string_equal(CSP_STRING("abc"), CSP_STRING("abc")));
    assert_false(csp_string_equal(CSP_STRING("abc"), CSP_STRING("abd")));
    assert_true(csp_string_equal((csp_string){NULL, 0}, CSP_STRING("")));
    assert_true(csp_chars_equal_string(chars, 6, CSP_STRING("abc")));
    assert_false(csp_chars_equal_string(chars, 6, CSP_STRING("ab")));
    assert_true(csp_chars_equal_string(chars, 2, CSP_STRING("ab")));
    csp_chars_from_string(AT, chars, 6, CSP_STRING("z"));
    assert_memory_equal(chars, "z\0\0\0\0\0", 6);
    csp_chars_from_string(AT, chars, 6, CSP_STRING("123456"));
    assert_memory_equal(chars, "123456", 6);
}

static void text_that_fails(void **state)
{
    (void)state;
    static uint8_t chars[6];
    static csp_string seven = {"1234567", 7};
    FAILS(csp_string_at(AT, seven, 7), "index 7 is out of bounds of a string of 7 characters");
    FAILS((csp_chars_from_string(AT, chars, 6, seven), 0), "a text of 7 characters does not fit char[6]");
}

static void arrays_of_numbers(void **state)
{
    (void)state;
    double zero[2] = {0.0, 1}, minus_zero[2] = {-0.0, 1}, nan[1] = {0.0 / 0.0};
    assert_true(csp_double_equal(zero, minus_zero, 2));
    assert_false(csp_double_equal(nan, nan, 1));
    assert_true(csp_float_equal((float[]){1}, (float[]){2}, 0));
}

/* What a C function gives has the type that its header says, not the program. */
static void values_of_c(void **state)
{
    (void)state;
    signed char s = -5;
    unsigned char u = 250;
    assert_int_equal(csp_int32_from_c(AT, CSP_C(s)), -5);
    assert_int_equal(csp_int8_from_c(AT, CSP_C((short)-128)), -128);
    assert_int_equal(csp_char_from_c(AT, CSP_C(u)), 250);
    assert_int_equal(csp_char_from_c(AT, CSP_C((char)0xe9)), 0xe9);
    assert_int_equal(csp_int32_from_c(AT, CSP_C(true)), 1);
    assert_int_equal(csp_int32_from_c(AT, CSP_C((size_t)7)), 7);
    assert_int_equal(csp_int16_from_c(AT, CSP_C(-2.9f)), -2);
    assert_int_equal(csp_time_from_c(AT, CSP_C(1.5e9L)), 1500000000);
    assert_true(csp_uint64_from_c(AT, CSP_C(UINT64_MAX)) == UINT64_MAX);
    assert_true(csp_int64_from_c(AT, CSP_C(INT64_MIN)) == INT64_MIN);
    FAILS(csp_int32_from_c(AT, CSP_C((size_t)-1)), "18446744073709551615 does not fit int");
    FAILS(csp_uint64_from_c(AT, CSP_C(-1)), "-1 does not fit uint64");
    FAILS(csp_char_from_c(AT, CSP_C(-1)), "-1 does not fit char");
    FAILS(csp_uint8_from_c(AT, CSP_C(256u)), "256 does not fit uint8");
    FAILS(csp_int32_from_c(AT, CSP_C(3e9)), "3000000000 does not fit int");
}

static void text_of_c(void **state)
{
    (void)state;
    assert_int_equal(csp_string_from_c(AT, NULL).length, 0);
    assert_int_equal(csp_string_from_c(AT, "C").length, 1);
    assert_string_equal(csp_string_to_c((csp_string){NULL, 0}), "");
    assert_string_equal(csp_string_to_c(CSP_STRING("text")), "text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signed_arithmetic),
        cmocka_unit_test(unsigned_arithmetic),
        cmocka_unit_test(division),
        cmocka_unit_test(shifts),
        cmocka_unit_test(wrapping),
        cmocka_unit_test(least_and_greatest),
        cmocka_unit_test(conversions),
        cmocka_unit_test(indices),
        cmocka_unit_test(text),
        cmocka_unit_test(text_that_fails),
        cmocka_unit_test(arrays_of_numbers),
        cmocka_unit_test(values_of_c),
        cmocka_unit_test(text_of_c),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
