/* usage_effects: what the branches of a par do to the variables around them (language.md § 4, § 11).
 *
 * An effect is one use of a variable: which part of it, read or set, and where. The part is a path of steps from the
 * variable inwards, one for each index and field. Two paths overlap unless some step of them provably differs. Made by
 * usage.c, judged by usage_race.c. */
#ifndef USAGE_EFFECTS_H
#define USAGE_EFFECTS_H

#include "ast.h"

#include <stddef.h>

/* In the order in which steps sort: those that may stand for several elements first. */
enum usage_step_kind {
    STEP_ANY,      /* an index that is not known */
    STEP_COUNTER,  /* exactly the counter of a par for that is still open: differs from copy to copy */
    STEP_CONSTANT, /* a constant index */
    STEP_FIELD
};

struct usage_step {
    enum usage_step_kind kind;
    const struct symbol *counter;
    int64_t index;
    const char *field;
};

struct usage_effect {
    struct symbol *symbol;
    struct usage_step *steps;
    int depth;        /* how many steps; 0 is the whole variable */
    bool is_set;      /* what is set may be read as well */
    int branch;       /* of the innermost par that is still open */
    bool is_reported; /* it is part of a race that has been reported: the pars around need not repeat that */
    struct where at;
};

/* All effects of the pars that are still open, those of an inner one behind those of the outer. */
struct usage_effects {
    struct usage_effect *items;
    size_t count, capacity;
};

void usage_effects_add(struct usage_effects *effects, struct usage_effect effect);
/* The order of steps; 0 where they are the same. */
int usage_effects_compare_steps(const struct usage_step *a, const struct usage_step *b);

/* The following work on the effects from an index on. */

/* Forgets the uses of what a branch declares itself: nobody else sees it. */
void usage_effects_forget(struct usage_effects *effects, size_t from, const struct region *region);
void usage_effects_forget_reported(struct usage_effects *effects, size_t from);
/* By variable, then by path, then by place. */
void usage_effects_sort(struct usage_effects *effects, size_t from);
/* Of the sorted uses of one path, keeps what stands for all: the first that reads and the first that sets, and of each
 * the first in another branch. */
void usage_effects_merge(struct usage_effects *effects, size_t from);
/* The counter's par for is done: around it, an element indexed by the counter is any element. */
void usage_effects_generalise(struct usage_effects *effects, size_t from, const struct symbol *counter);

/* Reports the races among the sorted effects of a par's branches, one for each variable, and marks what it reports. The
 * counter is that of a par for, whose copies all have all these effects; else NULL. */
void usage_race_report(struct usage_effect *effects, size_t count, const struct symbol *counter);

#endif
