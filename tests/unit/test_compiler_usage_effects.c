/* usage_effects and usage_race: the list of effects, and the search for races in it, which is compared with the plain
 * definition: some two effects in different branches, one of which sets, no step of which provably differs. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"
#include "diag.h"
#include "usage_effects.h"

static struct region around, branch;
static struct symbol x = {.name = "x", .at = {10, 11}, .region = &around};
static struct symbol y = {.name = "y", .at = {20, 21}, .region = &branch};
static struct symbol outer_counter = {.name = "i", .at = {30, 31}};
static struct symbol counter = {.name = "j", .at = {40, 41}};

static struct usage_effect effect_of(struct symbol *symbol, bool is_set, int number, uint32_t place)
{
    return (struct usage_effect){.symbol = symbol, .is_set = is_set, .branch = number, .at = {place, place + 1}};
}

static void test_forget(void **state)
{
    (void)state;
    struct usage_effects effects = {0};
    usage_effects_add(&effects, effect_of(&y, true, 0, 100)); /* before the branch begins */
    usage_effects_add(&effects, effect_of(&y, true, 0, 110));
    usage_effects_add(&effects, effect_of(&x, true, 0, 120));
    usage_effects_add(&effects, effect_of(&y, false, 0, 130));
    usage_effects_forget(&effects, 1, &branch);
    assert_int_equal(effects.count, 2);
    assert_ptr_equal(effects.items[1].symbol, &x);
}

static void test_sort_and_merge(void **state)
{
    (void)state;
    struct usage_effects effects = {0};
    usage_effects_add(&effects, effect_of(&y, false, 0, 150));
    usage_effects_add(&effects, effect_of(&x, true, 2, 140));
    usage_effects_add(&effects, effect_of(&x, true, 1, 130));
    usage_effects_add(&effects, effect_of(&x, true, 0, 120));
    usage_effects_add(&effects, effect_of(&x, false, 0, 115));
    usage_effects_add(&effects, effect_of(&x, true, 0, 110));
    usage_effects_sort(&effects, 0);
    usage_effects_merge(&effects, 0);
    static const uint32_t places[] = {110, 115, 130, 150}; /* of branch 0 and 1 one that sets each, one that reads */
    assert_int_equal(effects.count, 4);
    for (size_t i = 0; i < effects.count; i++)
        assert_int_equal(effects.items[i].at.begin, places[i]);
}

static void test_generalise(void **state)
{
    (void)state;
    struct usage_step steps[] = {{.kind = STEP_COUNTER, .counter = &outer_counter},
                                 {.kind = STEP_COUNTER, .counter = &counter}};
    struct usage_effects effects = {0};
    struct usage_effect effect = effect_of(&x, true, 0, 100);
    effect.steps = steps;
    effect.depth = 2;
    usage_effects_add(&effects, effect);
    usage_effects_generalise(&effects, 0, &counter);
    assert_int_equal(steps[0].kind, STEP_COUNTER);
    assert_int_equal(steps[1].kind, STEP_ANY);
}

/* ---- the search, against the definition ---- */

static uint32_t next_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static struct usage_step random_step(uint32_t *seed, bool is_field)
{
    static const char *const fields[] = {"key", "value"};
    if (is_field)
        return (struct usage_step){.kind = STEP_FIELD, .field = fields[next_random(seed, 2)]};
    switch (next_random(seed, 4)) {
    case 0:
        return (struct usage_step){.kind = STEP_ANY};
    case 1:
        return (struct usage_step){.kind = STEP_COUNTER, .counter = next_random(seed, 3) ? &counter : &outer_counter};
    default:
        return (struct usage_step){.kind = STEP_CONSTANT, .index = next_random(seed, 3)};
    }
}

static struct usage_effect random_effect(uint32_t *seed, uint32_t place)
{
    struct usage_effect effect = effect_of(&x, next_random(seed, 3) == 0, (int)next_random(seed, 3), place);
    effect.depth = (int)(next_random(seed, 8) ? 2 + next_random(seed, 2) : next_random(seed, 3));
    effect.steps = NEW_ARRAY(struct usage_step, 3);
    for (int i = 0; i < effect.depth; i++)
        effect.steps[i] = random_step(seed, i == 2);
    return effect;
}

static bool steps_differ(const struct usage_step *a, const struct usage_step *b, const struct symbol *own)
{
    if (a->kind == STEP_COUNTER && b->kind == STEP_COUNTER)
        return own && a->counter == own && b->counter == own;
    bool are_fixed = a->kind >= STEP_CONSTANT && b->kind >= STEP_CONSTANT;
    return are_fixed && usage_effects_compare_steps(a, b) != 0;
}

static bool effects_race(const struct usage_effect *a, const struct usage_effect *b, const struct symbol *own)
{
    if ((!own && a->branch == b->branch) || !(a->is_set || b->is_set))
        return false;
    for (int i = 0; i < a->depth && i < b->depth; i++)
        if (steps_differ(&a->steps[i], &b->steps[i], own))
            return false;
    return true;
}

static bool some_race(const struct usage_effects *effects, const struct symbol *own)
{
    for (size_t i = 0; i < effects->count; i++)
        for (size_t k = i; k < effects->count; k++)
            if (effects_race(&effects->items[i], &effects->items[k], own))
                return true;
    return false;
}

static bool search_finds(struct usage_effects *effects, const struct symbol *own)
{
    usage_effects_sort(effects, 0);
    usage_effects_merge(effects, 0);
    usage_race_report(effects->items, effects->count, own);
    bool found = diag_errors() > 0;
    diag_release();
    return found;
}

static void test_search(void **state)
{
    (void)state;
    uint32_t seed = 1;
    int races[2] = {0, 0};
    for (int round = 0; round < 20000; round++) {
        const struct symbol *own = round % 2 ? &counter : NULL;
        struct usage_effects effects = {0};
        uint32_t count = 1 + next_random(&seed, 6);
        for (uint32_t i = 0; i < count; i++) {
            usage_effects_add(&effects, random_effect(&seed, 100 + i));
            effects.items[i].branch = own ? 0 : effects.items[i].branch;
        }
        bool expected = some_race(&effects, own);
        if (search_finds(&effects, own) != expected)
            fail_msg("round %d: expected %s", round, expected ? "a race" : "no race");
        races[expected]++;
    }
    assert_true(races[false] > 2000 && races[true] > 2000);
}

static int tear_down(void **state)
{
    (void)state;
    diag_release();
    arena_release();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_forget, tear_down),
        cmocka_unit_test_teardown(test_sort_and_merge, tear_down),
        cmocka_unit_test_teardown(test_generalise, tear_down),
        cmocka_unit_test_teardown(test_search, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
