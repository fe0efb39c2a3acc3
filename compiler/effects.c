/* effects: calls of functions that check has found to be impure, wherever in an expression they stand.
 *
 * A very deep expression counts as having effects, so that lower takes it apart: C compilers refuse too many brackets
 * (clang more than 256). */
#include "effects.h"

#include <stddef.h>

enum { UNKNOWN, NONE, SEEN };
enum { DEEPEST = 60 };

static bool calls_impure(const struct expr *e)
{
    const struct symbol *callee = e->kind == EXPR_CALL ? e->left->symbol : NULL;
    return callee && callee->kind == SYMBOL_FUNCTION && callee->declaration->is_impure;
}

bool effects_seen(struct expr *e)
{
    if (!e || e->value)
        return false;
    if (e->effects == UNKNOWN) {
        bool has = e->depth > DEEPEST || calls_impure(e) || effects_seen(e->left) || effects_seen(e->middle) || effects_seen(e->right);
        for (struct expr *a = e->arguments; a && !has; a = a->next)
            has = effects_seen(a);
        e->effects = has ? SEEN : NONE;
    }
    return e->effects == SEEN;
}
