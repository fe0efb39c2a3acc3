/* repair: what failed is made into something that does not: a sum wraps, an index is masked, a divisor is odd. Where there
 * is nothing like it, a function that gives zero takes its place. */
#include "random.h"

static void become_none(struct expr *expr)
{
    expr->op = NONE;
    expr->count = 0;
}

static struct expr *masked(struct expr *operand, wide mask)
{
    struct type *type = type_meet(operand->type, operand->type);
    return expr_new(AND, type, operand, expr_number(type_of(UINT8), mask), NULL);
}

static bool is_masked(const struct expr *expr)
{
    return expr->op == AND && expr->args[1]->op == LITERAL;
}

static void repair_index(struct expr *element)
{
    struct expr *index = element->args[1];
    int count = element->args[0]->type->count;
    if (index->op == LITERAL || is_masked(index))
        element->args[1] = expr_number(type_of(INT), 0);
    else
        element->args[1] = masked(index, count - 1);
}

static void repair_conversion(struct expr *expr)
{
    struct expr *from = expr->args[0];
    if (type_is_integer(from->type) && !is_masked(from))
        expr->args[0] = masked(from, expr->type->kind == ENUM ? 1 : 127);
    else
        become_none(expr);
}

static void repair_expr(struct expr *expr)
{
    bool is_integer = type_is_integer(expr->type);
    switch (expr->op) {
    case ADD: case SUB: case MUL:
        if (is_integer)
            expr->op = (enum op)(expr->op - ADD + WRAP_ADD);
        else
            become_none(expr);
        break;
    case ELEMENT: repair_index(expr); break;
    case CONVERT: repair_conversion(expr); break;
    case DIV: case MOD: expr->op = AND; if (!is_integer) become_none(expr); break;
    default: become_none(expr);
    }
}

void repair(struct run *run)
{
    if (run->failed)
        repair_expr(run->failed);
    else if (run->failing) {
        run->failing->kind = BLOCK; /* an empty one */
        run->failing->body = NULL;
    }
}
