/* The pool: alignment, reuse, zeros, the end of memory. */
#include "actor.h"

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

static bool is_zero(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i])
            return false;
    }
    return true;
}

static void blocks_are_apart_and_aligned(void **state)
{
    (void)state;
    char *before = NULL;
    for (size_t size = 1; size < 2000; size += 37) {
        char *block = csp_pool_take(n->S, 0, 1, size);
        assert_true((uintptr_t)block % (size <= 112 ? 16 : 64) == 0);
        assert_true(block >= before);
        assert_true(is_zero(block, size));
        memset(block, 0xff, size);
        before = block + size;
    }
}

/* Classes are in the order of their sizes, no block is smaller than what is wanted, and few are much larger. */
static void classes_are_in_order(void **state)
{
    (void)state;
    size_t before = 0, block_before = 16;
    for (size_t wanted = 1; wanted < 100000; wanted++) {
        size_t bytes = wanted, class = csp_pool_class(&bytes), again = bytes;
        assert_true(bytes >= wanted && (bytes <= wanted + 64 || bytes < wanted + wanted / 4));
        assert_true(class == before ? bytes == block_before : class == before + 1 && bytes > block_before);
        assert_true(csp_pool_class(&again) == class && again == bytes);
        before = class;
        block_before = bytes;
    }
    size_t most = SIZE_MAX / 2 + 1;
    assert_true(csp_pool_class(&most) < CSP_POOL_CLASSES);
}

static void given_blocks_come_back_empty(void **state)
{
    (void)state;
    char *a = csp_pool_take(n->S, 0, 10, 40), *b = csp_pool_take(n->S, 0, 1, 400);
    memset(a, 0xff, 400);
    memset(b, 0xff, 400);
    csp_pool_give(n->S, a, 10, 40);
    csp_pool_give(n->S, b, 1, 400);
    char *again = csp_pool_take(n->S, 0, 1, 448);
    assert_ptr_equal(again, b);
    assert_true(is_zero(again, 448));
    assert_ptr_equal(csp_pool_take(n->S, 0, 400, 1), a);
    assert_ptr_not_equal(csp_pool_take(n->S, 0, 1, 400), a);
}

static void teams(void **state)
{
    (void)state;
    csp_team team;
    assert_null(csp_team_take(n->S, 0, &team, 0, 64));
    csp_team_give(n->S, &team, 64);
    csp_process *frames = csp_team_take(n->S, 0, &team, 3, sizeof *frames);
    assert_int_equal(team.count, 3);
    assert_false(csp_any_poisoned(frames, 3, sizeof *frames));
    frames[2].node.poisoned = 1;
    assert_true(csp_any_poisoned(frames, 3, sizeof *frames));
    csp_team_give(n->S, &team, sizeof *frames);
    assert_null(team.frames);
}

static jmp_buf left;

static void leave(void *context, int status)
{
    (void)context;
    longjmp(left, status);
}

static int fails(size_t count, size_t size)
{
    n->S->world->leave = leave;
    int status = setjmp(left);
    if (status == 0)
        csp_pool_take(n->S, 0, count, size);
    return status;
}

static void no_more_memory(void **state)
{
    (void)state;
    assert_int_equal(fails(1, NETWORK_MEMORY), 1);
    assert_int_equal(fails(SIZE_MAX / 4, 8), 1);
    assert_int_equal(fails(1, SIZE_MAX), 1);
    size_t size;
    csp_pool_scratch(n->S, &size);
    assert_true(size > NETWORK_MEMORY / 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_apart_and_aligned),
        cmocka_unit_test(classes_are_in_order),
        cmocka_unit_test(given_blocks_come_back_empty),
        cmocka_unit_test(teams),
        cmocka_unit_test(no_more_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
