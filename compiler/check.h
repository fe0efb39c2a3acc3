/* check: gives every expression its type and its constant value, makes silent conversions explicit, and refuses what
 * the types forbid (language.md § 2, § 3, § 5, § 7). Called by main after resolve. */
#ifndef CHECK_H
#define CHECK_H

#include "ast.h"

/* One `-D NAME=VALUE`: the value's text is parsed as an expression. */
struct check_override {
    const char *name;        /* interned */
    struct expr *value;
    bool used;               /* set by check: a top-level constant has that name */
    struct check_override *next;
};

/* check_flow.c: whether control can come out at the end of a statement, rather than return, break or stay. */
bool check_comes_through(const struct stmt *stmt);

/* check_overlap.c: whether two arguments of a call may turn out to be the same place, which only the indices on the way to them
 * tell; then *a and *b become the places to be compared, as many steps from their root. */
bool check_may_overlap(const struct expr **a, const struct symbol *a_parameter, const struct expr **b,
                       const struct symbol *b_parameter);
bool check_is_same_index(const struct expr *a, const struct expr *b);

void check_module(struct module *module, struct check_override *overrides);

#endif
