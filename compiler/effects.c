/* effects: calls of functions that check has found to be impure, wherever in an expression they stand.
 *
 * What C cannot say in one expression counts as having effects, so that lower takes it apart: very deep ones, for C
 * compilers refuse too many brackets (clang more than 256), and structs that are made of arrays. */
#include "effects.h"

#include <stddef.h>

enum { UNKNOWN, NONE, SEEN };
enum { DEEPEST = 60 };

static bool calls_impure(const struct expr *e)
{
    const struct symbol *callee = e->kind == EXPR_CALL ? e->left->symbol : NULL;
    return callee && callee->kind == SYMBOL_FUNCTION && callee->declaration->is_impure;
}

static bool is_made_of_arrays(const struct expr *e)
{
    for (const struct expr *a = e->kind == EXPR_STRUCT ? e->arguments : NULL; a; a = a->next)
        if (a->type && a->type->kind == TYPE_ARRAY && !a->value)
            return true;
    return false;
}

bool effects_seen(struct expr *e)
{
    if (!e || e->value)
        return false;
    if (e->effects == UNKNOWN) {
        bool has = e->depth > DEEPEST || calls_impure(e) || is_made_of_arrays(e) || effects_seen(e->left) ||
                   effects_seen(e->middle) || effects_seen(e->right);
        for (struct expr *a = e->arguments; a && !has; a = a->next)
            has = effects_seen(a);
        e->effects = has ? SEEN : NONE;
    }
    return e->effects == SEEN;
}
