/* usage_effects: the list of effects and its order (see usage_effects.h). Called by usage.c. */
#include "usage_effects.h"

#include "arena.h"

#include <stdlib.h>
#include <string.h>

void usage_effects_add(struct usage_effects *effects, struct usage_effect effect)
{
    if (effects->count == effects->capacity) {
        size_t capacity = effects->capacity ? 2 * effects->capacity : 64;
        struct usage_effect *items = NEW_ARRAY(struct usage_effect, capacity);
        if (effects->count)
            memcpy(items, effects->items, effects->count * sizeof *items);
        effects->items = items;
        effects->capacity = capacity;
    }
    effects->items[effects->count++] = effect;
}

void usage_effects_forget(struct usage_effects *effects, size_t from, const struct region *region)
{
    size_t kept = from;
    for (size_t i = from; i < effects->count; i++)
        if (effects->items[i].symbol->region != region)
            effects->items[kept++] = effects->items[i];
    effects->count = kept;
}

void usage_effects_forget_reported(struct usage_effects *effects, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < effects->count; i++)
        if (!effects->items[i].is_reported)
            effects->items[kept++] = effects->items[i];
    effects->count = kept;
}

int usage_effects_compare_steps(const struct usage_step *a, const struct usage_step *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    switch (a->kind) {
    case STEP_ANY:
        return 0;
    case STEP_COUNTER:
        return (a->counter->at.begin > b->counter->at.begin) - (a->counter->at.begin < b->counter->at.begin);
    case STEP_CONSTANT:
        return (a->index > b->index) - (a->index < b->index);
    case STEP_FIELD:
        return strcmp(a->field, b->field);
    }
    return 0;
}

static int compare_paths(const struct usage_effect *a, const struct usage_effect *b)
{
    for (int i = 0; i < a->depth && i < b->depth; i++) {
        int order = usage_effects_compare_steps(&a->steps[i], &b->steps[i]);
        if (order)
            return order;
    }
    return (a->depth > b->depth) - (a->depth < b->depth);
}

/* Variables go by the places of their declarations: no two share one, and the order is the same in every run. */
static int compare_places(const struct usage_effect *a, const struct usage_effect *b)
{
    uint32_t declared_a = a->symbol->at.begin, declared_b = b->symbol->at.begin;
    if (declared_a != declared_b)
        return declared_a < declared_b ? -1 : 1;
    return compare_paths(a, b);
}

static int compare_effects(const void *left, const void *right)
{
    const struct usage_effect *a = left, *b = right;
    int order = compare_places(a, b);
    if (order)
        return order;
    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    return a->is_set - b->is_set;
}

void usage_effects_sort(struct usage_effects *effects, size_t from)
{
    if (effects->count - from > 1)
        qsort(effects->items + from, effects->count - from, sizeof *effects->items, compare_effects);
}

void usage_effects_merge(struct usage_effects *effects, size_t from)
{
    size_t kept = from;
    struct {
        const struct usage_effect *first; /* of the latest path */
        bool second;                      /* another branch's has been kept as well */
    } seen[2] = {{NULL, false}, {NULL, false}};
    for (size_t i = from; i < effects->count; i++) {
        struct usage_effect effect = effects->items[i];
        bool is_new = !seen[effect.is_set].first || compare_places(seen[effect.is_set].first, &effect) != 0;
        if (!is_new && (seen[effect.is_set].second || seen[effect.is_set].first->branch == effect.branch))
            continue;
        effects->items[kept] = effect;
        seen[effect.is_set].second = !is_new;
        if (is_new)
            seen[effect.is_set].first = &effects->items[kept];
        kept++;
    }
    effects->count = kept;
}

void usage_effects_generalise(struct usage_effects *effects, size_t from, const struct symbol *counter)
{
    for (size_t i = from; i < effects->count; i++) {
        struct usage_effect *effect = &effects->items[i];
        for (int k = 0; k < effect->depth; k++)
            if (effect->steps[k].kind == STEP_COUNTER && effect->steps[k].counter == counter)
                effect->steps[k] = (struct usage_step){.kind = STEP_ANY};
    }
}
