/* emit: what the C says, and that it says the same each time. That it runs is what the golden cases show. */
#include "machine_text.h"

#include "drive.h"

static char *emitted(const char *program, bool no_main)
{
    struct module *module = text_usage(program);
    struct emit_options options = {.no_main = no_main, .program_name = "test"};
    char *text;
    size_t size;
    FILE *to = open_memstream(&text, &size);
    drive_emit(to, module, &options);
    fclose(to);
    text_release();
    return text;
}

static void expect(const char *program, const char *wanted)
{
    char *text = emitted(program, false);
    if (!strstr(text, wanted))
        print_error("%s\ndoes not contain\n%s\n", text, wanted);
    assert_non_null(strstr(text, wanted));
    free(text);
}

static void expect_none(const char *program, const char *unwanted)
{
    char *text = emitted(program, false);
    assert_null(strstr(text, unwanted));
    free(text);
}

static void test_same_bytes_each_time(void **state)
{
    (void)state;
    const char *program = "process p(?int in) { for (x : in) println(x); } process main() { channel int c; "
                          "par { p(c); { c ! 1; close c; } } }";
    char *first = emitted(program, false), *second = emitted(program, false);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void test_the_source_stands_beside_each_wait(void **state)
{
    (void)state;
    expect("process main() { channel int c; par { c ! 1; c ? _; } }", "// 1: c ! 1;");
}

static void test_no_main(void **state)
{
    (void)state;
    char *text = emitted("process main() { }", true);
    assert_null(strstr(text, "int main("));
    assert_non_null(strstr(text, "\nconst csp_program test_program"));
    free(text);
}

static void test_constants(void **state)
{
    (void)state;
    expect("process main() { int a = -2147483647 - 1; println(a); }", "a = INT32_MIN;");
    expect("process main() { uint64 a = 18446744073709551615; println(a); }", "a = UINT64_C(18446744073709551615);");
    expect("process main() { double d = 3; println(d); }", "d = 3.0;");
    expect("process main() { char c = '\\''; println(c); }", "c = '\\'';");
    expect("process main() { println(\"a?\?!\"); }", "\"a?\\?!\"");
    expect("const int N = 4; process main(int n) { println(n + N); }", "4 /* N */");
}

static void test_an_index_is_checked_once(void **state)
{
    (void)state;
    expect("process main(int i) { int a[4]; a[i] += 2; println(a[i]); }",
           "f->a[f->i] = csp_add_int32(AT(1, 38), f->a[csp_index(AT(1, 33), f->i, 4, \"a\")], 2);");
    expect_none("process main() { int a[4]; a[3] = 2; println(a[3]); }", "csp_index");
}

static void test_parentheses(void **state)
{
    (void)state;
    expect("process main(bool a, bool b, bool c) { println(a && b || c); }", "(f->a && f->b) || f->c");
    expect("process main(int a, int b) { println((a == b) == true); }", "(f->a == f->b) == true");
    expect("process main(double a) { println(-(-a) * (a + 1)); }", "(-(-f->a)) * (f->a + 1.0)");
}

static void test_a_comment_cannot_break_the_code(void **state)
{
    (void)state;
    expect("process main() { channel int c; par { c ! 1 // what \\\n; c ? _; } }", "// 1: c ! 1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes_each_time),
        cmocka_unit_test(test_the_source_stands_beside_each_wait),
        cmocka_unit_test(test_no_main),
        cmocka_unit_test(test_constants),
        cmocka_unit_test(test_an_index_is_checked_once),
        cmocka_unit_test(test_parentheses),
        cmocka_unit_test(test_a_comment_cannot_break_the_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
