/* resolve_extern: compares declarations of C's as they are written, for their types are not known yet (language.md § 9).
 * Called by resolve.c. */
#include "resolve_extern.h"

static bool is_same_type(const struct type_name *a, const struct type_name *b)
{
    for (; a && b; a = a->of, b = b->of)
        if (a->direction != b->direction || a->builtin != b->builtin || a->name != b->name)
            return false;
    return !a && !b;
}

static bool is_same_length(const struct expr *a, const struct expr *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == EXPR_VALUE)
        return a->value->kind == VALUE_INT && b->value->kind == VALUE_INT && a->value->integer == b->value->integer;
    return a->kind == EXPR_NONE || (a->kind == EXPR_NAME && a->name == b->name);
}

static bool has_same_type(const struct symbol *a, const struct symbol *b)
{
    const struct expr *x = a->dimensions, *y = b->dimensions;
    for (; x && y; x = x->next, y = y->next)
        if (!is_same_length(x, y))
            return false;
    return !x && !y && a->is_ref == b->is_ref && is_same_type(a->type_name, b->type_name);
}

static bool is_same_function(const struct declaration *a, const struct declaration *b)
{
    const struct symbol *x = a->parameters, *y = b->parameters;
    for (; x && y; x = x->next, y = y->next)
        if (!has_same_type(x, y))
            return false;
    return !x && !y && a->is_blocking == b->is_blocking && is_same_type(a->result, b->result);
}

bool resolve_is_same_extern(const struct symbol *first, const struct symbol *second)
{
    const struct declaration *a = first->declaration, *b = second->declaration;
    if (!a || !b || !a->is_extern || !b->is_extern || a->kind != b->kind)
        return false;
    switch (a->kind) {
    case DECLARATION_OPAQUE:
        return true;
    case DECLARATION_FUNCTION:
        return is_same_function(a, b);
    default: /* DECLARATION_CONST */
        return first->is_extern && second->is_extern && has_same_type(first, second);
    }
}
