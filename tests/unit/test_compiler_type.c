/* type: equal types are one pointer; texts, ranges, sizes. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"
#include "type.h"

static int release(void **state)
{
    (void)state;
    type_release();
    arena_release();
    return 0;
}

static struct type *integer(void)
{
    return type_basic(TYPE_INT32);
}

static void equal_types_are_one_pointer(void **state)
{
    (void)state;
    struct symbol colour = {.name = "Colour"}, shade = {.name = "Shade"};
    assert_ptr_equal(integer(), type_basic(TYPE_INT32));
    assert_ptr_equal(type_array(integer(), 4), type_array(integer(), 4));
    assert_ptr_not_equal(type_array(integer(), 4), type_array(integer(), 5));
    assert_ptr_not_equal(type_array(integer(), 4), type_array(type_basic(TYPE_UINT32), 4));
    assert_ptr_equal(type_end(DIRECTION_IN, integer()), type_end(DIRECTION_IN, integer()));
    assert_ptr_not_equal(type_end(DIRECTION_IN, integer()), type_end(DIRECTION_OUT, integer()));
    assert_ptr_not_equal(type_channel(integer(), 0), type_channel(integer(), 8));
    assert_ptr_equal(type_named(TYPE_ENUM, &colour), type_named(TYPE_ENUM, &colour));
    assert_ptr_not_equal(type_named(TYPE_ENUM, &colour), type_named(TYPE_ENUM, &shade));
}

static void many_types_stay_themselves(void **state)
{
    (void)state;
    struct type *types[2000];
    for (int i = 0; i < 2000; i++)
        types[i] = type_array(integer(), i);
    for (int i = 0; i < 2000; i++)
        assert_ptr_equal(types[i], type_array(integer(), i));
}

static void texts_are_as_written(void **state)
{
    (void)state;
    struct symbol point = {.name = "P"};
    struct type *grid = type_array(type_array(integer(), 8), 4);
    assert_string_equal(type_text(integer()), "int");
    assert_string_equal(type_text(type_basic(TYPE_UINT32)), "uint");
    assert_string_equal(type_text(grid), "int[4][8]");
    assert_string_equal(type_text(type_array(type_array(integer(), 8), -1)), "int[][8]");
    assert_string_equal(type_text(type_end(DIRECTION_IN, type_end(DIRECTION_OUT, integer()))), "?!int");
    assert_string_equal(type_text(type_array(type_end(DIRECTION_IN, integer()), -1)), "?int[]");
    assert_string_equal(type_text(type_array(type_channel(type_basic(TYPE_VOID), 0), 3)), "channel void[3]");
    assert_string_equal(type_text(type_channel(integer(), 8)), "channel(8) int");
    assert_string_equal(type_text(type_named(TYPE_STRUCT, &point)), "P");
    assert_ptr_equal(type_text(grid), type_text(grid));
}

static void ranges(void **state)
{
    (void)state;
    assert_true(type_lowest(type_basic(TYPE_INT8)) == -128 && type_highest(type_basic(TYPE_INT8)) == 127);
    assert_true(type_lowest(type_basic(TYPE_CHAR)) == 0 && type_highest(type_basic(TYPE_CHAR)) == 255);
    assert_true(type_lowest(type_basic(TYPE_INT64)) == INT64_MIN && type_highest(type_basic(TYPE_INT64)) == INT64_MAX);
    assert_true(type_lowest(type_basic(TYPE_UINT64)) == 0 && type_highest(type_basic(TYPE_UINT64)) == UINT64_MAX);
    assert_true(type_lowest(type_basic(TYPE_TIME)) == INT64_MIN);
}

static void kinds(void **state)
{
    (void)state;
    assert_true(type_is_integer(type_basic(TYPE_CHAR)) && !type_is_signed(type_basic(TYPE_CHAR)));
    assert_true(type_is_integer(type_basic(TYPE_EXACT_INT)) && type_is_number(type_basic(TYPE_EXACT_REAL)));
    assert_true(type_is_number(type_basic(TYPE_DOUBLE)) && !type_is_integer(type_basic(TYPE_DOUBLE)));
    assert_false(type_is_number(type_basic(TYPE_TIME)));
    assert_false(type_is_number(type_basic(TYPE_BOOL)));
    assert_ptr_equal(type_innermost(type_array(type_array(integer(), 8), 4)), integer());
    assert_ptr_equal(type_innermost(integer()), integer());
}

static void sizes(void **state)
{
    (void)state;
    assert_int_equal(type_size(type_basic(TYPE_VOID)), 0);
    assert_int_equal(type_size(type_basic(TYPE_CHAR)), 1);
    assert_int_equal(type_size(type_basic(TYPE_TIME)), 8);
    assert_int_equal(type_size(type_basic(TYPE_STRING)), 16);
    assert_int_equal(type_size(type_end(DIRECTION_IN, integer())), 8);
    assert_int_equal(type_size(type_array(type_array(integer(), 8), 4)), 128);
    assert_int_equal(type_size(type_array(type_array(integer(), INT64_MAX), INT64_MAX)), INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(equal_types_are_one_pointer, release),
        cmocka_unit_test_teardown(many_types_stay_themselves, release),
        cmocka_unit_test_teardown(texts_are_as_written, release),
        cmocka_unit_test_teardown(ranges, release),
        cmocka_unit_test_teardown(kinds, release),
        cmocka_unit_test_teardown(sizes, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
