/* uses: which variables statements read and set, and whether they are left before their end. */
#include "random.h"

void uses_of_expr(struct uses *uses, const struct expr *expr)
{
    if (expr->op == VARIABLE)
        uses->is_read[expr->variable->id] = true;
    for (int i = 0; i < expr->count; i++)
        uses_of_expr(uses, expr->args[i]);
}

static void set_place(struct uses *uses, const struct expr *place)
{
    uses_of_expr(uses, place);
    while (place->op != VARIABLE)
        place = place->args[0];
    uses->is_set[place->variable->id] = true;
}

static void of_arguments(struct uses *uses, const struct stmt *stmt)
{
    for (int i = 0; i < stmt->count && stmt->kind != FAIL; i++)
        if (stmt->kind == INVOKE && stmt->function->parameters[i]->is_ref)
            set_place(uses, stmt->args[i]);
        else
            uses_of_expr(uses, stmt->args[i]);
}

void uses_of_stmts(struct uses *uses, const struct stmt *stmts)
{
    for (const struct stmt *stmt = stmts; stmt; stmt = stmt->next) {
        if (stmt->place)
            set_place(uses, stmt->place);
        if (stmt->value)
            uses_of_expr(uses, stmt->value);
        if (stmt->variable)
            uses->is_read[stmt->variable->id] = true;
        of_arguments(uses, stmt);
        uses_of_stmts(uses, stmt->body);
        uses_of_stmts(uses, stmt->other);
        for (const struct arm *arm = stmt->arms; arm; arm = arm->next)
            uses_of_stmts(uses, arm->body);
    }
}

static bool any_leaves(const struct stmt *stmts, bool in_loop)
{
    for (const struct stmt *stmt = stmts; stmt; stmt = stmt->next) {
        bool is_inside = in_loop || stmt->kind == LOOP;
        if (stmt->kind == RETURN || (!in_loop && (stmt->kind == BREAK || stmt->kind == CONTINUE)))
            return true;
        if (any_leaves(stmt->body, is_inside) || any_leaves(stmt->other, is_inside))
            return true;
        for (const struct arm *arm = stmt->arms; arm; arm = arm->next)
            if (any_leaves(arm->body, is_inside))
                return true;
    }
    return false;
}

bool uses_leave(const struct stmt *stmts)
{
    return any_leaves(stmts, false);
}

bool uses_return(const struct stmt *stmts)
{
    return any_leaves(stmts, true);
}
