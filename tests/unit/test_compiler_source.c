/* source: reading files, and from offsets to lines and columns. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int release(void **state)
{
    (void)state;
    source_release();
    arena_release();
    return 0;
}

static struct source *text(const char *text)
{
    return source_text("text.csp", text, strlen(text));
}

static void assert_position(const struct source *source, uint32_t byte, int line, int column)
{
    struct position position = source_position(source->base + byte);
    assert_ptr_equal(position.source, source);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
}

static void lines_and_columns_count_from_one(void **state)
{
    (void)state;
    const struct source *source = text("ab\n\ncd");
    assert_position(source, 0, 1, 1);
    assert_position(source, 1, 1, 2);
    assert_position(source, 2, 1, 3);
    assert_position(source, 3, 2, 1);
    assert_position(source, 4, 3, 1);
    assert_position(source, 6, 3, 3);
    assert_position(source, 0, 1, 1);
}

static void columns_count_characters(void **state)
{
    (void)state;
    const struct source *source = text("\t\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x\xFFy");
    assert_position(source, 1, 1, 2);
    assert_position(source, 3, 1, 3);
    assert_position(source, 10, 1, 5);
    assert_position(source, 12, 1, 7);
    assert_position(source, 3, 1, 3);
}

static void a_line_has_no_line_end(void **state)
{
    (void)state;
    const struct source *source = text("one\r\ntwo");
    struct position position = source_position(source->base + 1);
    assert_int_equal(position.line_length, 3);
    assert_memory_equal(position.line_text, "one", 3);
    position = source_position(source->base + 6);
    assert_int_equal(position.line_length, 3);
    assert_memory_equal(position.line_text, "two", 3);
}

static void files_share_one_space(void **state)
{
    (void)state;
    const struct source *first = text("abc"), *empty = text(""), *third = text("x\ny");
    assert_ptr_equal(source_first(), first);
    assert_int_equal(third->index, 2);
    assert_position(first, 0, 1, 1);
    assert_position(first, 3, 1, 4);
    assert_position(empty, 0, 1, 1);
    assert_position(third, 2, 2, 1);
    assert_null(source_position(0).source);
    assert_null(source_position(third->base + 100).source);
}

static void places_join(void **state)
{
    (void)state;
    struct where joined = source_join((struct where){3, 5}, (struct where){9, 12});
    assert_int_equal(joined.begin, 3);
    assert_int_equal(joined.end, 12);
}

static int utf8_length(const char *text)
{
    return source_utf8(text, text + strlen(text));
}

static void utf8_is_exact(void **state)
{
    (void)state;
    assert_int_equal(utf8_length("a"), 1);
    assert_int_equal(utf8_length("\xC2\x80"), 2);
    assert_int_equal(utf8_length("\xEF\xBF\xBF"), 3);
    assert_int_equal(utf8_length("\xF4\x8F\xBF\xBF"), 4);
    assert_int_equal(utf8_length("\x80"), 0);
    assert_int_equal(utf8_length("\xC0\x80"), 0);
    assert_int_equal(utf8_length("\xC3"), 0);
    assert_int_equal(utf8_length("\xC3("), 0);
    assert_int_equal(utf8_length("\xE0\x80\x80"), 0);
    assert_int_equal(utf8_length("\xED\xA0\x80"), 0);
    assert_int_equal(utf8_length("\xF4\x90\x80\x80"), 0);
    assert_int_equal(utf8_length("\xFF"), 0);
}

static void a_file_is_read_whole(void **state)
{
    (void)state;
    enum { SIZE = 300000 };
    char path[] = "/tmp/test_compiler_source_XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    for (int i = 0; i < SIZE; i++)
        fputc(i % 251, file);
    fclose(file);
    const char *why = NULL;
    struct source *source = source_read(path, &why);
    unlink(path);
    assert_non_null(source);
    assert_int_equal(source->length, SIZE);
    for (int i = 0; i < SIZE; i++)
        assert_int_equal((unsigned char)source->text[i], i % 251);
    assert_int_equal(source->text[SIZE], 0);
}

static void what_cannot_be_read_says_why(void **state)
{
    (void)state;
    const char *why = NULL;
    assert_null(source_read("/tmp", &why));
    assert_string_equal(why, "Is a directory");
    assert_null(source_read("/nowhere/at/all.csp", &why));
    assert_string_equal(why, "No such file or directory");
    assert_null(source_first());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(lines_and_columns_count_from_one, release),
        cmocka_unit_test_teardown(columns_count_characters, release),
        cmocka_unit_test_teardown(a_line_has_no_line_end, release),
        cmocka_unit_test_teardown(files_share_one_space, release),
        cmocka_unit_test_teardown(places_join, release),
        cmocka_unit_test_teardown(utf8_is_exact, release),
        cmocka_unit_test_teardown(a_file_is_read_whole, release),
        cmocka_unit_test_teardown(what_cannot_be_read_says_why, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
