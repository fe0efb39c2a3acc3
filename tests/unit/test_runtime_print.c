/* Values as text (language.md § 3, § 11). */
#include "actor.h"

#include <float.h>
#include <math.h>

static struct network *n;

static int set_up(void **state)
{
    (void)state;
    n = network_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    network_free(n);
    return 0;
}

/* What has been printed, which is taken back. */
static const char *printed(void)
{
    struct csp_output *out = &n->S->world->output;
    out->bytes[out->used] = '\0';
    out->sent = out->whole = out->used = 0;
    return out->bytes;
}

static void integers(void **state)
{
    (void)state;
    csp_print_int(n->S, 0);
    csp_print_char(n->S, ' ');
    csp_print_int(n->S, INT64_MIN);
    csp_print_char(n->S, ' ');
    csp_print_int(n->S, INT64_MAX);
    csp_print_char(n->S, ' ');
    csp_print_uint(n->S, UINT64_MAX);
    assert_string_equal(printed(), "0 -9223372036854775808 9223372036854775807 18446744073709551615");
}

static void text(void **state)
{
    (void)state;
    csp_print_bool(n->S, true);
    csp_print_bool(n->S, false);
    csp_print_string(n->S, CSP_STRING(" hello "));
    csp_print_string(n->S, (csp_string){NULL, 0});
    csp_print_chars(n->S, (const uint8_t *)"abc\0d", 5);
    csp_print_chars(n->S, (const uint8_t *)"xyz", 2);
    assert_string_equal(printed(), "truefalse hello abcxy");
}

static const char *number(double value)
{
    csp_print_double(n->S, value);
    return printed();
}

static void doubles(void **state)
{
    (void)state;
    assert_string_equal(number(0), "0");
    assert_string_equal(number(-0.0), "-0");
    assert_string_equal(number(2), "2");
    assert_string_equal(number(-1.5), "-1.5");
    assert_string_equal(number(0.1), "0.1");
    assert_string_equal(number(1.0 / 3), "0.3333333333333333");
    assert_string_equal(number(0.1 + 0.2), "0.30000000000000004");
    assert_string_equal(number(1e16), "10000000000000000");
    assert_string_equal(number(12345678901234567.0), "12345678901234568");
    assert_string_equal(number(1e17), "1e17");
    assert_string_equal(number(1.5e-7), "1.5e-7");
    assert_string_equal(number(1e-5), "0.00001");
    assert_string_equal(number(9.5e-6), "9.5e-6");
    assert_string_equal(number(1.25e300), "1.25e300");
    assert_string_equal(number(INFINITY), "inf");
    assert_string_equal(number(-INFINITY), "-inf");
    assert_string_equal(number(NAN), "nan");
    assert_string_equal(number(-NAN), "nan");
}

/* Where rounding to the nearest is not the shortest, where precision ends, and the limits. */
static void difficult_doubles(void **state)
{
    (void)state;
    assert_string_equal(number(5e-324), "5e-324");
    assert_string_equal(number(2.5e-323), "2.5e-323");
    assert_string_equal(number(DBL_MIN), "2.2250738585072014e-308");
    assert_string_equal(number(DBL_MAX), "1.7976931348623157e308");
    assert_string_equal(number(ldexp(1, -44)), "5.684341886080802e-14");
    assert_string_equal(number(9007199254740993.0), "9007199254740992");
    assert_string_equal(number(9.5367431640625e-07), "9.5367431640625e-7");
}

static void floats(void **state)
{
    (void)state;
    csp_print_float(n->S, 0.1f);
    csp_print_char(n->S, ' ');
    csp_print_float(n->S, 16777216.0f);
    csp_print_char(n->S, ' ');
    csp_print_float(n->S, FLT_MAX);
    csp_print_char(n->S, ' ');
    csp_print_float(n->S, 1e-45f);
    assert_string_equal(printed(), "0.1 16777216 3.4028235e38 1e-45");
}

static void all_read_back(void **state)
{
    (void)state;
    uint64_t bits = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        double value;
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            assert_true(strtod(number(value), NULL) == value);
    }
}

/* What one print has begun is not written before it is whole. */
static void a_print_is_whole(void **state)
{
    (void)state;
    struct csp_output *out = &n->S->world->output;
    csp_print_int(n->S, 12);
    assert_int_equal(out->whole, 0);
    csp_print_done(n->S);
    assert_int_equal(out->whole, 2);
    printed();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers),
        cmocka_unit_test(text),
        cmocka_unit_test(doubles),
        cmocka_unit_test(difficult_doubles),
        cmocka_unit_test(floats),
        cmocka_unit_test(all_read_back),
        cmocka_unit_test(a_print_is_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
