/* text: bytes that are put together. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "text.h"

#include <limits.h>
#include <string.h>

static void expect(struct text *text, const char *wanted)
{
    assert_int_equal(text->length, strlen(wanted));
    assert_memory_equal(text->bytes, wanted, strlen(wanted));
    text_clear(text);
}

static void pieces_follow_each_other(void **state)
{
    (void)state;
    struct text text = {0}, other = {0};
    text_add_string(&other, "cd");
    text_add(&text, "abx", 2);
    text_join(&text, &other);
    text_add_spaces(&text, 3);
    text_add(&text, NULL, 0);
    text_add_string(&text, "");
    expect(&text, "abcd   ");
    text_free(&text);
    text_free(&other);
    text_join(&text, &other);
    assert_int_equal(text.length, 0);
}

static void formats_are_those_of_printf(void **state)
{
    (void)state;
    struct text text = {0};
    text_format(&text, "%s %d %lld", "one", -2, 3ll);
    expect(&text, "one -2 3");
    text_format(&text, "%d %d %lld %lld", INT_MIN, 0, LLONG_MIN, LLONG_MAX);
    expect(&text, "-2147483648 0 -9223372036854775808 9223372036854775807");
    text_format(&text, "%s: 100%% %5d|%s|%c", "one", 7, "two", 'c');
    expect(&text, "one: 100%     7|two|c");
    text_format(&text, "%.*s %03o %.2f %s", 2, "abc", 8, 0.5, "rest");
    expect(&text, "ab 010 0.50 rest");
    text_format(&text, "%s", "");
    expect(&text, "");
    text_free(&text);
}

static void it_grows(void **state)
{
    (void)state;
    struct text text = {0};
    for (int i = 0; i < 10000; i++)
        text_format(&text, "%d,", i % 10);
    assert_int_equal(text.length, 20000);
    for (size_t i = 0; i < text.length; i++)
        assert_int_equal(text.bytes[i], i % 2 ? ',' : '0' + (int)(i / 2 % 10));
    text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_follow_each_other),
        cmocka_unit_test(formats_are_those_of_printf),
        cmocka_unit_test(it_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
