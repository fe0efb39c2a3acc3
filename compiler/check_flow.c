/* check_flow: does every way through a function return (language.md § 3)? Conditions that are constant count as what
 * they are; all others may turn out either way. Called by check.c. */
#include "check.h"

/* The ways out of a statement, other than returning or never coming out. */
enum { NEXT = 1, BREAK = 2 };

static int ways_out(const struct stmt *stmt);

/* Once a statement never comes through, the next one does not count. */
static int ways_out_of_sequence(const struct stmt *first)
{
    int ways = NEXT;
    for (const struct stmt *stmt = first; stmt && (ways & NEXT); stmt = stmt->next)
        ways = (ways & ~NEXT) | ways_out(stmt);
    return ways;
}

static bool is_constant(const struct expr *condition, bool truth)
{
    return condition->value && (condition->value->integer != 0) == truth;
}

static int ways_out_of_if(const struct stmt *stmt)
{
    int then = ways_out(stmt->body), otherwise = stmt->otherwise ? ways_out(stmt->otherwise) : NEXT;
    if (is_constant(stmt->left, true))
        return then;
    return is_constant(stmt->left, false) ? otherwise : then | otherwise;
}

/* A loop for ever is only left by its break. */
static int ways_out_of_loop(const struct stmt *stmt)
{
    bool is_endless = stmt->kind == STMT_FOR || stmt->kind == STMT_WHILE ? !stmt->left || is_constant(stmt->left, true)
                                                                        : false;
    return !is_endless || (ways_out(stmt->body) & BREAK) ? NEXT : 0;
}

static int ways_out_of_switch(const struct stmt *stmt)
{
    int ways = 0;
    enum type_kind on = stmt->left->type->kind;
    bool has_default = on == TYPE_ENUM || on == TYPE_PROTOCOL; /* nothing is left out there */
    for (const struct arm *arm = stmt->arms; arm; arm = arm->next) {
        ways |= ways_out(arm->body);
        has_default = has_default || arm->is_default;
    }
    return has_default ? ways : ways | NEXT;
}

static int ways_out_of_arms(const struct arm *arms)
{
    int ways = 0;
    for (; arms; arms = arms->next)
        ways |= ways_out(arms->body);
    return ways;
}

/* One of the guards is taken. */
static int ways_out_of_alt(const struct stmt *stmt)
{
    int ways = 0;
    for (const struct guard *guard = stmt->guards; guard; guard = guard->next)
        ways |= guard->arms ? ways_out_of_arms(guard->arms) : guard->body ? ways_out(guard->body) : NEXT;
    return ways;
}

static int ways_out_of_receive(const struct stmt *stmt)
{
    if (stmt->target == TARGET_SHAPES)
        return ways_out_of_arms(stmt->arms);
    return stmt->body ? ways_out(stmt->body) : NEXT;
}

static int ways_out_inside(const struct stmt *stmt)
{
    switch (stmt->kind) {
    case STMT_BLOCK:
        return ways_out_of_sequence(stmt->body);
    case STMT_ALT:
        return ways_out_of_alt(stmt);
    case STMT_RECEIVE:
        return ways_out_of_receive(stmt);
    case STMT_IF:
        return ways_out_of_if(stmt);
    case STMT_WHILE: case STMT_FOR: case STMT_FOR_RANGE: case STMT_FOR_EACH:
        return ways_out_of_loop(stmt);
    case STMT_SWITCH:
        return ways_out_of_switch(stmt);
    case STMT_BREAK:
        return BREAK;
    case STMT_RETURN: case STMT_STOP: case STMT_CONTINUE:
        return 0;
    default:
        return NEXT;
    }
}

/* Poison may lead into the handler from anywhere in a statement, and on from there. */
static int ways_out(const struct stmt *stmt)
{
    return ways_out_inside(stmt) | (stmt->handler ? ways_out(stmt->handler) : 0);
}

bool check_comes_through(const struct stmt *stmt)
{
    return ways_out(stmt) & NEXT;
}
