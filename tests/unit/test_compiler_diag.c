/* diag: order, marks, and what is left out of the messages. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"
#include "diag.h"

#include <stdlib.h>
#include <string.h>

static char *printed;

static int release(void **state)
{
    (void)state;
    free(printed);
    printed = NULL;
    diag_release();
    source_release();
    arena_release();
    return 0;
}

static const char *flushed(void)
{
    free(printed);
    size_t length;
    FILE *to = open_memstream(&printed, &length);
    diag_flush(to);
    fclose(to);
    return printed;
}

static struct source *text(const char *text)
{
    return source_text("x.csp", text, strlen(text));
}

static struct where part(const struct source *source, uint32_t begin, uint32_t end)
{
    return (struct where){source->base + begin, source->base + end};
}

static void a_message_shows_its_line(void **state)
{
    (void)state;
    const struct source *source = text("one\nint two;\n");
    diag_error(part(source, 8, 11), "'%s' is wrong", "two");
    assert_string_equal(flushed(), "x.csp:2:5: error: 'two' is wrong\n"
                                   "    2 | int two;\n"
                                   "      |     ^~~\n");
    assert_int_equal(diag_errors(), 1);
    assert_string_equal(flushed(), "");
}

static void tabs_are_kept(void **state)
{
    (void)state;
    diag_error(part(text("\tx\t= \xC3\xA9;"), 5, 7), "so");
    assert_string_equal(flushed(), "x.csp:1:6: error: so\n"
                                   "    1 | \tx\t= \xC3\xA9;\n"
                                   "      | \t \t  ^\n");
}

static void a_range_is_clipped_to_its_line(void **state)
{
    (void)state;
    diag_error(part(text("par {\n}"), 0, 7), "so");
    assert_string_equal(flushed(), "x.csp:1:1: error: so\n"
                                   "    1 | par {\n"
                                   "      | ^~~~~\n");
}

static void the_end_of_a_file_can_be_marked(void **state)
{
    (void)state;
    diag_error(part(text("ab"), 2, 2), "so");
    assert_string_equal(flushed(), "x.csp:1:3: error: so\n"
                                   "    1 | ab\n"
                                   "      |   ^\n");
}

static void nowhere_has_no_line(void **state)
{
    (void)state;
    diag_error((struct where){0, 0}, "-D N: so");
    assert_string_equal(flushed(), "cspc: error: -D N: so\n");
}

static void messages_are_sorted_with_their_notes(void **state)
{
    (void)state;
    const struct source *source = text("abc");
    diag_error(part(source, 2, 3), "third");
    diag_note(part(source, 0, 1), "its note");
    diag_error(part(source, 0, 1), "first");
    diag_warning(WARNING_UNUSED, part(source, 0, 1), "second");
    const char *output = flushed();
    const char *first = strstr(output, "1:1: error: first"), *second = strstr(output, "1:1: warning: second");
    const char *third = strstr(output, "1:3: error: third"), *note = strstr(output, "1:1: note: its note");
    assert_true(first && first < second && second < third && third < note);
    assert_int_equal(diag_errors(), 2);
}

static int occurrences(const char *text, const char *word)
{
    int count = 0;
    for (text = strstr(text, word); text; text = strstr(text + 1, word))
        count++;
    return count;
}

static void the_same_is_said_once(void **state)
{
    (void)state;
    const struct source *source = text("abc");
    diag_error(part(source, 0, 1), "again");
    diag_error(part(source, 0, 1), "other");
    diag_error(part(source, 0, 2), "again");
    diag_error(part(source, 1, 2), "again");
    assert_int_equal(occurrences(flushed(), "again"), 2);
}

static void twenty_errors_are_enough(void **state)
{
    (void)state;
    const struct source *source = text("0123456789012345678901234567890");
    for (uint32_t i = 0; i < 20; i++)
        diag_error(part(source, i, i + 1), "bad");
    assert_null(strstr(flushed(), "more"));
    for (uint32_t i = 0; i < 21; i++)
        diag_error(part(source, i, i + 1), "bad");
    assert_non_null(strstr(flushed(), "cspc: and 1 more error\n"));
    for (uint32_t i = 0; i < 25; i++)
        diag_error(part(source, i, i + 1), "bad");
    const char *output = flushed();
    assert_int_equal(occurrences(output, ": bad"), 20);
    assert_non_null(strstr(output, "cspc: and 5 more errors\n"));
}

static void long_lines_are_cut(void **state)
{
    (void)state;
    static char line[100001];
    memset(line, 'a', sizeof line - 1);
    line[50000] = 'X';
    diag_error(part(text(line), 50000, 50001), "so");
    const char *output = flushed();
    assert_true(strlen(output) < 600);
    const char *shown = strchr(output, '|') + 2, *marked = strrchr(output, '|') + 2;
    assert_memory_equal(shown, "...", 3);
    assert_int_equal(shown[strchr(marked, '^') - marked], 'X');
}

static void unprintable_bytes_are_harmless(void **state)
{
    (void)state;
    diag_error(part(text("a\x1B[1m\xFF\xE2\x80\xAE\xC2\x9B z"), 12, 13), "found '\x1B'");
    assert_string_equal(flushed(), "x.csp:1:10: error: found '?'\n"
                                   "    1 | a?[1m??? z\n"
                                   "      |          ^\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_message_shows_its_line, release),
        cmocka_unit_test_teardown(tabs_are_kept, release),
        cmocka_unit_test_teardown(a_range_is_clipped_to_its_line, release),
        cmocka_unit_test_teardown(the_end_of_a_file_can_be_marked, release),
        cmocka_unit_test_teardown(nowhere_has_no_line, release),
        cmocka_unit_test_teardown(messages_are_sorted_with_their_notes, release),
        cmocka_unit_test_teardown(the_same_is_said_once, release),
        cmocka_unit_test_teardown(twenty_errors_are_enough, release),
        cmocka_unit_test_teardown(long_lines_are_cut, release),
        cmocka_unit_test_teardown(unprintable_bytes_are_harmless, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
