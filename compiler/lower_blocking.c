/* lower_blocking: calls of C's functions that block (language.md § 9).
 *
 * The process waits for the call like for anything else, so that it is taken out of its expression and has a resume point.
 * What it is given must stay where it is until it returns: values go into the frame with the call, arrays and refs are
 * variables. Called by lower_expr.c and lower_stmt.c. */
#include "lower_private.h"

bool lower_is_blocking(const struct expr *e)
{
    const struct symbol *callee = e->kind == EXPR_CALL ? e->left->symbol : NULL;
    return callee && callee->kind == SYMBOL_FUNCTION && callee->declaration->is_blocking;
}

static bool is_part(const struct expr *e)
{
    return e->type->kind == TYPE_ARRAY || e->kind == EXPR_INDEX || e->kind == EXPR_FIELD;
}

struct expr *lower_c_arguments(struct lowering *L, const struct expr *call)
{
    struct expr *first = NULL, **end = &first;
    for (struct expr *a = lower_call_arguments(L, call); a; a = a->next) {
        struct expr *copy = NEW(struct expr);
        *copy = *(is_part(a) ? lower_kept(L, a) : a);
        copy->next = NULL;
        *end = copy;
        end = &copy->next;
    }
    return first;
}

struct expr *lower_blocking(struct lowering *L, const struct expr *call, bool is_used)
{
    struct expr *copy = NEW(struct expr);
    *copy = *call;
    copy->arguments = lower_c_arguments(L, call);
    struct op *op = lower_wait(L, OP_BLOCK, POINT_BLOCKING);
    op->poisoned = NULL;
    op->at = call->at;
    op->value = copy;
    if (is_used)
        op->place = slot_temporary(L, "value", call->type, call->at);
    call->left->symbol->declaration->is_called = true;
    return op->place;
}
