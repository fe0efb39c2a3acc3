/* Ends that outlive their channels: generations, cells and their reuse (language.md § 5). */
#include "actor.h"

static struct network *n;
static csp_scheduler *S;

static int set_up(void **state)
{
    (void)state;
    n = network_new();
    S = n->S;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    network_free(n);
    return 0;
}

static csp_end take_one(uint32_t capacity, size_t size)
{
    csp_end end;
    csp_cells_take(S, 0, &end, 1, capacity, size);
    return end;
}

static csp_cell *cell_of(csp_end end)
{
    return (csp_cell *)((char *)csp_channel_of(S, end) - offsetof(csp_cell, channel));
}

static void zero_leads_nowhere(void **state)
{
    (void)state;
    csp_end none = {0};
    csp_channel *c = csp_channel_of(S, none);
    assert_int_equal(c->first->kind, CSP_UNCONNECTED);
    assert_true((uintptr_t)S->cells % 16 == 0);
    csp_cells_give(S, &none, 1);
    assert_int_equal(none.handle, 0);
    assert_ptr_equal(csp_channel_of(S, none), c);
    assert_int_equal(c->first->kind, CSP_UNCONNECTED);
}

static void ends_of_channels_in_frames(void **state)
{
    (void)state;
    csp_channel c, d;
    assert_ptr_equal(csp_channel_of(S, csp_end_to(&c)), &c);
    assert_true(csp_same_end(csp_end_to(&c), csp_end_to(&c)));
    assert_false(csp_same_end(csp_end_to(&c), csp_end_to(&d)));
}

static void channels_carry_messages(void **state)
{
    (void)state;
    csp_end end = take_one(0, 4);
    csp_channel *c = csp_channel_of(S, end);
    network_add(n, ACTIONS(send(c, 7)));
    network_add(n, ACTIONS(receive(c)));
    assert_string_equal(network_run(n), "b?7 a!7 ");
    csp_cells_give(S, &end, 1);
}

static void an_end_that_is_over_meets_poison(void **state)
{
    (void)state;
    csp_end end = take_one(0, 4), copy = end;
    csp_cells_give(S, &end, 1);
    assert_int_equal(end.handle, 0);
    assert_ptr_equal(csp_channel_of(S, copy), &csp_gone);
    network_add(n, ACTIONS(send(csp_channel_of(S, copy), 1), receive(csp_channel_of(S, copy))));
    network_add(n, ACTIONS(close_(csp_channel_of(S, copy)), poison(csp_channel_of(S, copy))));
    assert_string_equal(network_run(n), "a* a* ");
    assert_int_equal(csp_gone.first->kind, CSP_POISONED);
}

static void those_who_wait_meet_poison(void **state)
{
    (void)state;
    csp_end ends[3];
    csp_cells_take(S, 0, ends, 3, 0, 4);
    csp_channel *c[3] = {csp_channel_of(S, ends[0]), csp_channel_of(S, ends[1]), csp_channel_of(S, ends[2])};
    network_add(n, ACTIONS(send(c[0], 1)));
    network_add(n, ACTIONS(receive(c[1])));
    network_add(n, ACTIONS(alt(on_receive(c[1]), on_ended(c[2]))));
    assert_string_equal(network_run(n), "");
    csp_cells_give(S, ends, 3);
    assert_string_equal(network_run(n), "a* b* c* ");
    for (int i = 0; i < 3; i++)
        assert_int_equal(ends[i].handle, 0);
}

/* Reused, with another generation: the old ends do not come to fit. */
static void cells_are_used_again(void **state)
{
    (void)state;
    csp_end first = take_one(0, 4), end = first;
    csp_cell *cell = cell_of(first);
    char *rest = S->world->pool.rest;
    for (int i = 0; i < 1000; i++) {
        csp_end old = end;
        csp_cells_give(S, &end, 1);
        assert_ptr_equal(csp_channel_of(S, old), &csp_gone);
        end = take_one(0, 4);
        assert_ptr_equal(cell_of(end), cell);
        assert_ptr_equal(csp_channel_of(S, old), &csp_gone);
        assert_ptr_equal(csp_channel_of(S, first), &csp_gone);
        assert_false(csp_same_end(old, end));
        assert_int_equal(csp_channel_of(S, end)->first->kind, CSP_OPEN);
    }
    assert_ptr_equal(S->world->pool.rest, rest);
}

/* Neither memory that the pool has back serves as a cell, nor the other way round. */
static void cells_stay_cells(void **state)
{
    (void)state;
    csp_end end = take_one(0, 4);
    csp_cell *cell = cell_of(end);
    uint32_t generation = cell->generation;
    csp_cells_give(S, &end, 1);
    for (int i = 0; i < 10; i++)
        assert_ptr_not_equal(csp_pool_take(S, 0, 1, sizeof(csp_cell)), cell);
    assert_int_equal(cell->generation, generation + 1);
}

static void all_free_cells_come_back(void **state)
{
    (void)state;
    enum { COUNT = 100 };
    csp_end ends[COUNT], again[COUNT];
    csp_cells_take(S, 0, ends, COUNT, 0, 4);
    for (int i = 1; i < COUNT; i++) {
        assert_true(csp_channel_of(S, ends[i]) != csp_channel_of(S, ends[i - 1]));
        assert_true((uintptr_t)cell_of(ends[i]) % 16 == 0);
    }
    char *rest = S->world->pool.rest;
    csp_cells_give(S, ends, COUNT);
    csp_cells_take(S, 0, again, COUNT, 0, 8);
    assert_ptr_equal(S->world->pool.rest, rest);
    csp_end more = take_one(0, 8);
    assert_ptr_not_equal(S->world->pool.rest, rest);
    for (int i = 0; i < COUNT; i++)
        assert_false(csp_same_end(more, again[i]));
}

static void a_cell_with_no_generations_left_is_retired(void **state)
{
    (void)state;
    csp_end end = take_one(0, 4);
    csp_cell *cell = cell_of(end);
    csp_cells_give(S, &end, 1);
    cell->generation = INT32_MAX - 2;
    end = take_one(0, 4);
    assert_ptr_equal(cell_of(end), cell);
    csp_cells_give(S, &end, 1);
    end = take_one(0, 4);
    assert_ptr_equal(cell_of(end), cell);
    csp_end old = end;
    csp_cells_give(S, &end, 1);
    assert_ptr_equal(csp_channel_of(S, old), &csp_gone);
    end = take_one(0, 4);
    assert_ptr_not_equal(cell_of(end), cell);
    assert_ptr_equal(csp_channel_of(S, old), &csp_gone);
}

static void buffers(void **state)
{
    (void)state;
    csp_end end = take_one(100, 24), old = end;
    csp_buffer *b = (csp_buffer *)csp_channel_of(S, end);
    assert_int_equal(b->capacity, 100);
    assert_int_equal(b->size, 24);
    assert_true(b->bytes >= (unsigned char *)(b + 1));
    assert_true(b->bytes + 2400 <= (unsigned char *)cell_of(end) + cell_of(end)->bytes);
    memset(b->bytes, 0xff, 2400);
    csp_cells_give(S, &end, 1);
    assert_ptr_equal(csp_channel_of(S, old), &csp_gone);
    end = take_one(99, 24);
    assert_ptr_equal(csp_channel_of(S, end), b);
    assert_int_equal(b->capacity, 99);
    csp_end events = take_one(3, 0);
    assert_null(((csp_buffer *)csp_channel_of(S, events))->bytes);
}

static jmp_buf left;

static void leave(void *context, int status)
{
    (void)context;
    longjmp(left, status);
}

static int fails(size_t count, uint32_t capacity, size_t size)
{
    csp_end ends[10000];
    S->world->leave = leave;
    int status = setjmp(left);
    if (status == 0) {
        for (size_t i = 0; i < count; i += 10000)
            csp_cells_take(S, 0, ends, 10000, capacity, size);
    }
    return status;
}

static void no_more_memory(void **state)
{
    (void)state;
    assert_int_equal(fails(1000000, 0, 4), 1);
    assert_int_equal(fails(1, UINT32_MAX, UINT32_MAX), 1);
    assert_int_equal(fails(1, 1 << 20, 64), 1);
}

/* Distances are 32 bits wide. */
static void cells_too_far_away(void **state)
{
    (void)state;
    S->cells = (char *)((uintptr_t)S->cells - ((uintptr_t)1 << 36));
    assert_int_equal(fails(1, 0, 4), 1);
}

static void elements_of_array_parameters(void **state)
{
    (void)state;
    csp_channel channels[3];
    csp_end ends[3] = {csp_end_to(&channels[2]), csp_end_to(&channels[1]), {0}};
    csp_ends of_channels = {channels, 3, sizeof *channels}, of_ends = {ends, 3, 0};
    assert_ptr_equal(csp_channel_of(S, csp_mobile_at(S, 0, of_channels, 2, "c")), &channels[2]);
    assert_ptr_equal(csp_channel_of(S, csp_mobile_at(S, 0, of_ends, 0, "c")), &channels[2]);
    assert_int_equal(csp_channel_of(S, csp_mobile_at(S, 0, of_ends, 2, "c"))->first->kind, CSP_UNCONNECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(zero_leads_nowhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ends_of_channels_in_frames, set_up, tear_down),
        cmocka_unit_test_setup_teardown(channels_carry_messages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_end_that_is_over_meets_poison, set_up, tear_down),
        cmocka_unit_test_setup_teardown(those_who_wait_meet_poison, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_are_used_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_stay_cells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_free_cells_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cell_with_no_generations_left_is_retired, set_up, tear_down),
        cmocka_unit_test_setup_teardown(buffers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_more_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_too_far_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(elements_of_array_parameters, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
