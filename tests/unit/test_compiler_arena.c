/* arena: memory, interned names, printf. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"

#include <stdio.h>
#include <string.h>

static int release(void **state)
{
    (void)state;
    arena_release();
    return 0;
}

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    for (size_t size = 1; size < 100; size++) {
        unsigned char *memory = arena_alloc(size);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xFF, size);
    }
}

static void pieces_do_not_overlap(void **state)
{
    (void)state;
    enum { COUNT = 2000, SIZE = 1000 };
    unsigned char *pieces[COUNT];
    for (int i = 0; i < COUNT; i++) {
        pieces[i] = arena_alloc(SIZE);
        memset(pieces[i], i & 0xFF, SIZE);
    }
    for (int i = 0; i < COUNT; i++)
        assert_true(pieces[i][0] == (i & 0xFF) && pieces[i][SIZE - 1] == (i & 0xFF));
}

static void large_pieces_and_empty_ones(void **state)
{
    (void)state;
    char *large = arena_alloc(10 * 1000 * 1000);
    large[10 * 1000 * 1000 - 1] = 1;
    assert_non_null(arena_alloc(0));
    assert_non_null(arena_alloc(1));
}

static void what_passes_is_given_back_and_what_is_kept_is_not(void **state)
{
    (void)state;
    enum { ROUNDS = 100, SIZE = 50000 };
    char *kept[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        arena_begin();
        for (int i = 0; i < round; i++) {
            char *passing = arena_alloc(SIZE);
            assert_int_equal(passing[0], 0);
            assert_int_equal(passing[SIZE - 1], 0);
            memset(passing, 0xFF, SIZE);
        }
        kept[round] = arena_keep(1);
        *kept[round] = (char)round;
        assert_ptr_equal(arena_name("passing", 7), arena_name("passing", 7));
        arena_end();
    }
    for (int round = 0; round < ROUNDS; round++)
        assert_int_equal(*kept[round], round);
    assert_string_equal(arena_name("passing", 7), "passing");
}

static void equal_names_are_one_pointer(void **state)
{
    (void)state;
    assert_ptr_equal(arena_name("count", 5), arena_name("counter", 5));
    assert_ptr_not_equal(arena_name("count", 5), arena_name("counter", 7));
    assert_string_equal(arena_name("counter", 5), "count");
    assert_string_equal(arena_name("", 0), "");
}

static void many_names_stay_themselves(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    static const char *names[COUNT];
    char text[32];
    for (int i = 0; i < COUNT; i++)
        names[i] = arena_name(text, (size_t)sprintf(text, "name%d", i));
    for (int i = 0; i < COUNT; i++)
        assert_ptr_equal(names[i], arena_name(text, (size_t)sprintf(text, "name%d", i)));
}

static void printf_has_any_length(void **state)
{
    (void)state;
    assert_string_equal(arena_printf("%s[%d]", "forks", 5), "forks[5]");
    assert_int_equal(strlen(arena_printf("%100000d", 1)), 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(memory_is_zeroed_and_aligned, release),
        cmocka_unit_test_teardown(pieces_do_not_overlap, release),
        cmocka_unit_test_teardown(large_pieces_and_empty_ones, release),
        cmocka_unit_test_teardown(what_passes_is_given_back_and_what_is_kept_is_not, release),
        cmocka_unit_test_teardown(equal_names_are_one_pointer, release),
        cmocka_unit_test_teardown(many_names_stay_themselves, release),
        cmocka_unit_test_teardown(printf_has_any_length, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
