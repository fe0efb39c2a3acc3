/* scan: the words of language.md § 1, and what is said of those that are malformed. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"
#include "csp_parser.h"
#include "diag.h"
#include "scan.h"
#include "type.h"

#include <stdlib.h>
#include <string.h>

static struct scanner scanner;
static union GRAMMAR_STYPE value;
static struct where place;

static int release(void **state)
{
    (void)state;
    diag_release();
    type_release();
    source_release();
    arena_release();
    return 0;
}

static void begin(const char *text, size_t length)
{
    scan_begin(&scanner, source_text("text.csp", text, length));
}

static int next(void)
{
    return scan_token(&scanner, &value, &place);
}

static void assert_tokens(const char *text, const int *tokens)
{
    begin(text, strlen(text));
    do
        assert_int_equal(next(), *tokens);
    while (*tokens++ != TOKEN_END);
    assert_int_equal(diag_errors(), 0);
}

#define ASSERT_TOKENS(text, ...) assert_tokens(text, (const int[]){__VA_ARGS__, TOKEN_END})

/* The one constant that a text is. */
static const struct expr *constant(const char *text)
{
    begin(text, strlen(text));
    int token = next();
    assert_true(token == TOKEN_CONSTANT || token == TOKEN_STRING);
    assert_int_equal(place.end - place.begin, strlen(text));
    const struct expr *expr = value.expr;
    assert_int_equal(next(), TOKEN_END);
    return expr;
}

static void assert_integer(const char *text, enum type_kind type, uint64_t expected)
{
    const struct expr *expr = constant(text);
    assert_int_equal(diag_errors(), 0);
    assert_ptr_equal(expr->type, type_basic(type));
    assert_true(expr->value->kind == VALUE_INT && expr->value->integer == expected);
}

static void assert_real(const char *text, double expected)
{
    const struct expr *expr = constant(text);
    assert_int_equal(diag_errors(), 0);
    assert_true(expr->value->kind == VALUE_REAL && expr->value->real == expected);
}

static void assert_string(const char *text, const char *bytes, size_t length)
{
    const struct expr *expr = constant(text);
    assert_int_equal(diag_errors(), 0);
    assert_int_equal(expr->value->length, length);
    assert_memory_equal(expr->value->bytes, bytes, length + 1);
}

/* A text that is a single malformed word gives one message, which contains `message`. */
static void assert_malformed(const char *text, const char *message)
{
    char *printed;
    size_t length;
    diag_release();
    begin(text, strlen(text));
    while (next() != TOKEN_END)
        continue;
    assert_int_equal(diag_errors(), 1);
    FILE *to = open_memstream(&printed, &length);
    diag_flush(to);
    fclose(to);
    if (!strstr(printed, message))
        fail_msg("%s: %s", text, printed);
    free(printed);
}

static void words_are_keywords_types_and_names(void **state)
{
    (void)state;
    ASSERT_TOKENS("process p par_ Par int uint8 string time void true _",
                  TOKEN_PROCESS, TOKEN_NAME, TOKEN_NAME, TOKEN_NAME, TOKEN_BUILTIN, TOKEN_BUILTIN, TOKEN_BUILTIN,
                  TOKEN_BUILTIN, TOKEN_BUILTIN, TOKEN_TRUE, TOKEN_NAME);
    begin("int32 type", 10);
    next();
    assert_int_equal(value.word.builtin, TYPE_INT32);
    assert_string_equal(value.word.name, "int32");
    next();
    assert_string_equal(value.word.name, "type");
}

static void the_longest_operator_wins(void **state)
{
    (void)state;
    ASSERT_TOKENS("a<<=b>>c->d..e", TOKEN_NAME, TOKEN_SET_LEFT, TOKEN_NAME, TOKEN_RIGHT, TOKEN_NAME, TOKEN_ARROW,
                  TOKEN_NAME, TOKEN_RANGE, TOKEN_NAME);
    ASSERT_TOKENS("?? ? ! != +% += ++ -%", TOKEN_EXTENDED, '?', '!', TOKEN_NOT_EQUAL, TOKEN_WRAP_ADD, TOKEN_SET_ADD,
                  TOKEN_INCREMENT, TOKEN_WRAP_SUBTRACT);
}

static void a_range_is_no_real(void **state)
{
    (void)state;
    ASSERT_TOKENS("0..5", TOKEN_CONSTANT, TOKEN_RANGE, TOKEN_CONSTANT);
    ASSERT_TOKENS("a[0].x", TOKEN_NAME, '[', TOKEN_CONSTANT, ']', '.', TOKEN_NAME);
    ASSERT_TOKENS("0xe+1", TOKEN_CONSTANT, '+', TOKEN_CONSTANT);
}

static void comments_are_space(void **state)
{
    (void)state;
    ASSERT_TOKENS("a // b\n/* c /* ** \n // */ d /**/ e //", TOKEN_NAME, TOKEN_NAME, TOKEN_NAME);
    ASSERT_TOKENS("\xEF\xBB\xBFx // \xC3\xA9", TOKEN_NAME);
    ASSERT_TOKENS("#!/usr/bin/env -S cspc run\nx", TOKEN_NAME);
    ASSERT_TOKENS("#!cspc run", TOKEN_END);
}

static void places_are_byte_offsets(void **state)
{
    (void)state;
    begin("ab  'x'", 7);
    next();
    next();
    assert_int_equal(place.begin - scanner.source->base, 4);
    assert_int_equal(place.end - scanner.source->base, 7);
    assert_int_equal(scanner.nesting.tokens[1].at.end - scanner.source->base, 2);
}

static void integers(void **state)
{
    (void)state;
    assert_integer("0", TYPE_EXACT_INT, 0);
    assert_integer("1_000_000", TYPE_EXACT_INT, 1000000);
    assert_integer("0xfF_00", TYPE_EXACT_INT, 0xFF00);
    assert_integer("0b1010", TYPE_EXACT_INT, 10);
    assert_integer("18446744073709551615", TYPE_EXACT_INT, UINT64_MAX);
}

static void reals(void **state)
{
    (void)state;
    assert_real("1.5", 1.5);
    assert_real("2e9", 2e9);
    assert_real("1_0.2_5e-1", 1.025);
    assert_real(".5", 0.5);
}

static void durations(void **state)
{
    (void)state;
    assert_integer("250ns", TYPE_TIME, 250);
    assert_integer("10us", TYPE_TIME, 10000);
    assert_integer("5ms", TYPE_TIME, 5000000);
    assert_integer("2s", TYPE_TIME, 2000000000);
    assert_integer("3min", TYPE_TIME, 180000000000);
    assert_integer("1h", TYPE_TIME, 3600000000000);
    assert_integer("1.5s", TYPE_TIME, 1500000000);
    assert_integer("9223372036854775807ns", TYPE_TIME, INT64_MAX);
}

static void characters(void **state)
{
    (void)state;
    assert_integer("'a'", TYPE_CHAR, 'a');
    assert_integer("'\\n'", TYPE_CHAR, '\n');
    assert_integer("'\\x41'", TYPE_CHAR, 'A');
    assert_integer("'\\''", TYPE_CHAR, '\'');
    assert_integer("'\\377'", TYPE_CHAR, 255);
    assert_integer("'\"'", TYPE_CHAR, '"');
}

static void strings(void **state)
{
    (void)state;
    assert_string("\"\"", "", 0);
    assert_string("\"a\\tb\\\"\\\\\"", "a\tb\"\\", 5);
    assert_string("\"\\0\\1234\\x41\"", "\0S4A", 4);
    assert_string("\"\xC3\xA9\"", "\xC3\xA9", 2);
}

static void malformed_numbers_are_one_word(void **state)
{
    (void)state;
    static const char *const words[] = {"0b12", "0b",  "0x", "0xg", "0x_1",  "1_",  "1__0", "5xs",
                                        "05s",  "1e",  "1e+", "1.5.2", "10u", "1.e5", "2e3s"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_malformed(words[i], "is not a number");
    assert_malformed("08", "no leading zeros");
    assert_malformed("007", "no leading zeros");
    assert_malformed("18446744073709551616", "too large for any integer type");
    assert_malformed("1e999", "too large for a double");
    assert_malformed("0.5ns", "whole number of nanoseconds");
    assert_malformed("2562048h", "too long");
    assert_malformed("99999999999999999999999999999999999999999999s", "too long");
}

static void malformed_texts(void **state)
{
    (void)state;
    assert_malformed("''", "empty");
    assert_malformed("'ab'", "one character");
    assert_malformed("'\xC3\xA9'", "ASCII");
    assert_malformed("'\\q'", "unknown escape '\\q'");
    assert_malformed("\"\\e\"", "unknown escape");
    assert_malformed("\"\\x\"", "digits must follow");
    assert_malformed("\"\\x100\"", "larger than a char");
    assert_malformed("\"\\400\"", "larger than a char");
    assert_malformed("'a", "not closed");
    assert_malformed("\"abc\\\"", "not closed");
    assert_malformed("/* abc *", "not closed");
}

static void stray_bytes(void **state)
{
    (void)state;
    assert_malformed("@", "a stray '@'");
    assert_malformed("\x01", "a stray byte 0x01");
    assert_malformed("\xC3\xA9", "can stand only in comments");
    assert_malformed("// \xFF", "not UTF-8 (byte 0xff)");
    assert_malformed("#include <stdio.h>", "no preprocessor");
    assert_malformed("\n#!/usr/bin/env cspc", "no preprocessor");
    diag_release();
    begin("a\0b", 3);
    while (next() != TOKEN_END)
        continue;
    assert_int_equal(diag_errors(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(words_are_keywords_types_and_names, release),
        cmocka_unit_test_teardown(the_longest_operator_wins, release),
        cmocka_unit_test_teardown(a_range_is_no_real, release),
        cmocka_unit_test_teardown(comments_are_space, release),
        cmocka_unit_test_teardown(places_are_byte_offsets, release),
        cmocka_unit_test_teardown(integers, release),
        cmocka_unit_test_teardown(reals, release),
        cmocka_unit_test_teardown(durations, release),
        cmocka_unit_test_teardown(characters, release),
        cmocka_unit_test_teardown(strings, release),
        cmocka_unit_test_teardown(malformed_numbers_are_one_word, release),
        cmocka_unit_test_teardown(malformed_texts, release),
        cmocka_unit_test_teardown(stray_bytes, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
