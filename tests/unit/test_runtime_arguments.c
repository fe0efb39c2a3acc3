/* The command line (language.md § 3). */
#include "actor.h"

struct arguments {
    csp_process process;
    int32_t n;
    bool loud;
    uint8_t letter;
    int64_t pause;
    double ratio;
    csp_string name;
    uint64_t big;
};

static const csp_argument list[] = {
    {"n", CSP_ARGUMENT_INT32, offsetof(struct arguments, n), NULL},
    {"loud", CSP_ARGUMENT_BOOL, offsetof(struct arguments, loud), "false"},
    {"letter", CSP_ARGUMENT_CHAR, offsetof(struct arguments, letter), "x"},
    {"pause", CSP_ARGUMENT_TIME, offsetof(struct arguments, pause), "10ms"},
    {"ratio", CSP_ARGUMENT_DOUBLE, offsetof(struct arguments, ratio), "0.5"},
    {"name", CSP_ARGUMENT_STRING, offsetof(struct arguments, name), "world"},
    {"big", CSP_ARGUMENT_UINT64, offsetof(struct arguments, big), "0xffff_ffff_ffff_ffff"},
};
static const csp_program program = {"test", network_files, &network_kind, list, 7, {-1, -1, -1}};

static struct arguments frame;
static struct csp_options options;
static char message[1024];

static bool read(const csp_program *p, char **argv)
{
    int argc = 0;
    while (argv[argc])
        argc++;
    memset(&frame, 0, sizeof frame);
    options = (struct csp_options){.watch = 0};
    return csp_arguments_read(p, argc, argv, &frame, &options, message, sizeof message);
}

#define READ(...) read(&program, (char *[]){"test", __VA_ARGS__, NULL})
#define USAGE                                                                                                          \
    "usage: test [--virtual-time] [--watch=SECONDS] [--trace=FILE] [--] <int n> [bool loud = false] [char letter = x] [time pause = 10ms]"              \
    " [double ratio = 0.5] [string name = world] [uint64 big = 0xffff_ffff_ffff_ffff]\n"
#define WRONG(text, ...)                                                                                               \
    do {                                                                                                               \
        assert_false(READ(__VA_ARGS__));                                                                               \
        assert_string_equal(message, "test: error: " text "\n" USAGE);                                                 \
    } while (0)

static void defaults(void **state)
{
    (void)state;
    assert_true(READ("-7"));
    assert_int_equal(frame.n, -7);
    assert_false(frame.loud);
    assert_int_equal(frame.letter, 'x');
    assert_int_equal(frame.pause, 10000000);
    assert_true(frame.ratio == 0.5);
    assert_true(csp_string_equal(frame.name, CSP_STRING("world")));
    assert_int_equal(frame.big, UINT64_MAX);
}

static void all_given(void **state)
{
    (void)state;
    assert_true(READ("0x1f", "true", "-", "-2min", "1e3", "", "0b101"));
    assert_int_equal(frame.n, 31);
    assert_true(frame.loud);
    assert_int_equal(frame.letter, '-');
    assert_int_equal(frame.pause, -120000000000);
    assert_true(frame.ratio == 1000);
    assert_int_equal(frame.name.length, 0);
    assert_int_equal(frame.big, 5);
}

static void limits(void **state)
{
    (void)state;
    assert_true(READ("-2147483648"));
    assert_int_equal(frame.n, INT32_MIN);
    assert_true(READ("2_147_483_647"));
    WRONG("n must be an int, not '2147483648'", "2147483648");
    WRONG("n must be an int, not '-2147483649'", "-2147483649");
    WRONG("n must be an int, not '18446744073709551616'", "18446744073709551616");
    WRONG("big must be a uint64, not '-1'", "1", "true", "x", "1", "1", "", "-1");
    WRONG("pause must be a time, not '9223372037s'", "1", "true", "x", "9223372037s");
}

static void wrong_values(void **state)
{
    (void)state;
    WRONG("n must be an int, not ''", "");
    WRONG("n must be an int, not '1x'", "1x");
    WRONG("n must be an int, not '1_'", "1_");
    WRONG("n must be an int, not '0x'", "0x");
    WRONG("loud must be a bool, not 'yes'", "1", "yes");
    WRONG("letter must be a char, not 'ab'", "1", "true", "ab");
    WRONG("pause must be a time, not '1.5s'", "1", "true", "a", "1.5s");
    WRONG("ratio must be a double, not 'inf'", "1", "true", "a", "1", "inf");
    WRONG("ratio must be a double, not '1e999'", "1", "true", "a", "1", "1e999");
}

static void missing_and_too_many(void **state)
{
    (void)state;
    WRONG("the argument n is missing", "--virtual-time");
    WRONG("'9' is one argument too many", "1", "true", "a", "1", "1", "1", "1", "9");
}

static void named_options(void **state)
{
    (void)state;
    assert_true(READ("1", "--virtual-time", "true"));
    assert_true(options.virtual_time);
    assert_true(frame.loud);
    assert_true(READ("--help"));
    assert_true(options.help);
    WRONG("there is no option --fast; arguments that begin with -- stand behind a --", "--fast");
    assert_true(READ("1", "true", "a", "1", "1", "--", "--help"));
    assert_false(options.help);
    assert_true(csp_string_equal(frame.name, CSP_STRING("--help")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults),
        cmocka_unit_test(all_given),
        cmocka_unit_test(limits),
        cmocka_unit_test(wrong_values),
        cmocka_unit_test(missing_and_too_many),
        cmocka_unit_test(named_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
