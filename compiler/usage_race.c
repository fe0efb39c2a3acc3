/* usage_race: finds the effects that race, and says so (see usage_effects.h). Called by usage.c where a par ends.
 *
 * The sorted effects on one variable are a tree of places: a range of them that agrees in its first steps is a subtree,
 * the runs of its next step are the children. Two subtrees are searched together only where their steps may meet, so
 * thousands of branches that each have their own element are told apart in one pass. */
#include "usage_effects.h"

#include "diag.h"

struct range {
    struct usage_effect *from, *to;
};

struct search {
    const struct symbol *counter;         /* of a par for; NULL: branches have numbers */
    struct usage_effect *one, *two; /* what has been found */
};

/* ---- ranges ---- */

static bool is_empty(struct range range)
{
    return range.from == range.to;
}

/* The front of a range whose paths end here: uses of all that lies below. */
static struct range ended(struct range range, int depth)
{
    struct range front = {range.from, range.from};
    while (front.to < range.to && front.to->depth == depth)
        front.to++;
    return front;
}

/* The front of a range that takes the same next step. */
static struct range run(struct range range, int depth)
{
    struct range front = {range.from, range.from};
    while (front.to < range.to &&
           usage_effects_compare_steps(&front.to->steps[depth], &range.from->steps[depth]) == 0)
        front.to++;
    return front;
}

/* May stand for several elements. */
static bool is_wild(struct range range, int depth)
{
    enum usage_step_kind kind = range.from->steps[depth].kind;
    return kind == STEP_ANY || kind == STEP_COUNTER;
}

static bool is_own(const struct search *search, const struct usage_step *step)
{
    return search->counter && step->kind == STEP_COUNTER && step->counter == search->counter;
}

/* ---- searching ---- */

static bool found(struct search *search, struct usage_effect *one, struct usage_effect *two)
{
    search->one = one;
    search->two = two;
    return true;
}

/* The copies of a par for all have the same effects, so that each effect meets itself too. */
static bool in_two_branches(const struct search *search, const struct usage_effect *a, const struct usage_effect *b)
{
    return search->counter || a->branch != b->branch;
}

/* Looks for one that sets and another that uses, where each of the one range overlaps each of the other. Where all of
 * the others are in the branch of the first that sets, the first of them stands for all. */
static bool set_meets_use(struct search *search, struct range sets, struct range uses)
{
    while (!is_empty(sets) && !sets.from->is_set)
        sets.from++;
    if (is_empty(sets) || is_empty(uses))
        return false;
    for (struct usage_effect *use = uses.from; use < uses.to; use++)
        if (in_two_branches(search, sets.from, use))
            return found(search, sets.from, use);
    for (struct usage_effect *set = sets.from; set < sets.to; set++)
        if (set->is_set && in_two_branches(search, set, uses.from))
            return found(search, set, uses.from);
    return false;
}

static bool ranges_race(struct search *search, struct range a, struct range b, int depth);

static bool wild_races(struct search *search, struct range wild, struct range other, int depth)
{
    for (struct range a; !is_empty(wild) && is_wild(wild, depth); wild.from = a.to) {
        a = run(wild, depth);
        struct range rest = other, b;
        for (; !is_empty(rest); rest.from = b.to) {
            b = run(rest, depth);
            bool differ = is_own(search, &a.from->steps[depth]) && is_own(search, &b.from->steps[depth]);
            if (!differ && ranges_race(search, a, b, depth + 1))
                return true;
        }
    }
    return false;
}

static struct range without_wild(struct range range, int depth)
{
    while (!is_empty(range) && is_wild(range, depth))
        range.from++;
    return range;
}

static bool same_steps_race(struct search *search, struct range a, struct range b, int depth)
{
    while (!is_empty(a) && !is_empty(b)) {
        struct range run_a = run(a, depth), run_b = run(b, depth);
        int order = usage_effects_compare_steps(&a.from->steps[depth], &b.from->steps[depth]);
        if (order == 0 && ranges_race(search, run_a, run_b, depth + 1))
            return true;
        if (order <= 0)
            a.from = run_a.to;
        if (order >= 0)
            b.from = run_b.to;
    }
    return false;
}

/* Looks for a race between two ranges that may meet as far as their first `depth` steps go. */
static bool ranges_race(struct search *search, struct range a, struct range b, int depth)
{
    struct range ended_a = ended(a, depth), ended_b = ended(b, depth);
    if (set_meets_use(search, ended_a, b) || set_meets_use(search, b, ended_a) ||
        set_meets_use(search, a, ended_b) || set_meets_use(search, ended_b, a))
        return true;
    a.from = ended_a.to;
    b.from = ended_b.to;
    struct range fixed_a = without_wild(a, depth), fixed_b = without_wild(b, depth);
    return wild_races(search, a, b, depth) || wild_races(search, b, fixed_a, depth) ||
           same_steps_race(search, fixed_a, fixed_b, depth);
}

/* ---- messages ---- */

static const char *use_text(const struct usage_effect *effect)
{
    return effect->is_set ? "set" : "read";
}

static bool is_constant_path(const struct usage_effect *effect)
{
    for (int i = 0; i < effect->depth; i++)
        if (effect->steps[i].kind != STEP_CONSTANT && effect->steps[i].kind != STEP_FIELD)
            return false;
    return true;
}

/* The error stands at the use that comes later in the text. */
static void say_branches_race(const struct usage_effect *one, const struct usage_effect *two)
{
    const struct usage_effect *later = one->at.begin > two->at.begin ? one : two;
    const struct usage_effect *first = later == one ? two : one;
    const char *name = later->symbol->name;
    const char *too = one->is_set && two->is_set ? " too" : "";
    if (is_constant_path(one) && is_constant_path(two))
        diag_error(later->at, "%s is %s here, but another branch of the par %ss it%s: what one branch sets, no other "
                   "may use", name, use_text(later), use_text(first), too);
    else
        diag_error(later->at, "%s is %s here, but another branch of the par may %s the same element%s: only different "
                   "constant indices are sure to differ", name, use_text(later), use_text(first), too);
    diag_note(first->at, "%s here", use_text(first));
}

/* A set that meets itself in the other copies. */
static void say_copies_set(const struct usage_effect *set, const struct symbol *counter)
{
    const char *name = set->symbol->name;
    if (set->depth == 0)
        diag_error(set->at, "every copy of the par for sets %s: a copy may set what it declares itself, and elements "
                   "indexed by %s", name, counter->name);
    else
        diag_error(set->at, "copies of the par for may set the same element of %s: only the index %s itself is sure "
                   "to differ", name, counter->name);
    diag_note(set->symbol->at, "%s is declared here, outside the par for", name);
}

static bool has_own_step(const struct search *search, const struct usage_effect *effect)
{
    for (int i = 0; i < effect->depth; i++)
        if (is_own(search, &effect->steps[i]))
            return true;
    return false;
}

/* The error stands at the use that is not of the copy's own element; else at the later one. */
static void say_copies_race(const struct search *search)
{
    const struct usage_effect *one = search->one, *two = search->two;
    bool own_one = has_own_step(search, one), own_two = has_own_step(search, two);
    bool first_is_wrong = own_one == own_two ? one->at.begin > two->at.begin : own_two;
    const struct usage_effect *wrong = first_is_wrong ? one : two, *other = first_is_wrong ? two : one;
    diag_error(wrong->at, "%s is %s here, but other copies of the par for %s elements of it: a copy may use only its "
               "own, indexed by %s in the same dimension", wrong->symbol->name, use_text(wrong), use_text(other),
               search->counter->name);
    diag_note(other->at, "%s here", use_text(other));
}

/* ---- one variable ---- */

/* The first set in the text, if any, that is indexed by no counter of this par for. */
static struct usage_effect *shared_set(const struct search *search, struct range range)
{
    struct usage_effect *first = NULL;
    for (struct usage_effect *effect = range.from; effect < range.to; effect++)
        if (effect->is_set && !has_own_step(search, effect) && (!first || effect->at.begin < first->at.begin))
            first = effect;
    return first;
}

static bool may_race(struct range range, const struct symbol *counter)
{
    bool set = false, several = counter != NULL;
    for (const struct usage_effect *effect = range.from; effect < range.to; effect++) {
        set |= effect->is_set;
        several |= effect->branch != range.from->branch;
    }
    return set && several;
}

/* A set that is shared by all copies is the plainest of the races that there may be. */
static bool find_race(struct search *search, struct range range)
{
    struct usage_effect *shared = search->counter ? shared_set(search, range) : NULL;
    return shared ? found(search, shared, shared) : ranges_race(search, range, range, 0);
}

static void report_variable(struct range range, const struct symbol *counter)
{
    struct search search = {.counter = counter};
    if (!may_race(range, counter) || !find_race(&search, range))
        return;
    search.one->is_reported = search.two->is_reported = true;
    if (!counter)
        say_branches_race(search.one, search.two);
    else if (search.one == search.two)
        say_copies_set(search.one, counter);
    else
        say_copies_race(&search);
}

void usage_race_report(struct usage_effect *effects, size_t count, const struct symbol *counter)
{
    struct usage_effect *end = effects + count;
    while (effects < end) {
        struct range range = {effects, effects};
        while (range.to < end && range.to->symbol == effects->symbol)
            range.to++;
        report_variable(range, counter);
        effects = range.to;
    }
}
