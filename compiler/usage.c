/* usage: no two branches of a par race (language.md § 4, § 11). Called by main after check.
 *
 * One walk through each process collects what the branches of the pars do to variables. Where a par ends, the effects
 * of its branches are compared, and what is left of them counts for the branch around it. Outside every par nothing is
 * collected. A variable's declaration (also `c ? int x` and `for (x : c)`) is no effect: whatever could race with it
 * lies in the same branch. */
#include "usage.h"

#include "arena.h"
#include "diag.h"
#include "effects.h"
#include "usage_effects.h"

/* A par around the place where the walk is. */
struct open_par {
    const struct symbol *counter; /* of a par for; NULL for a par */
    struct open_par *outer;
};

struct walk {
    struct usage_effects effects;
    struct open_par *pars; /* the innermost; NULL outside all */
};

static void walk_expr(struct walk *walk, struct expr *expr);
static void walk_list(struct walk *walk, struct expr *list);
static void walk_block(struct walk *walk, struct stmt *statements);
static void walk_stmt(struct walk *walk, struct stmt *stmt);

/* ---- places: variables and parts of them ---- */

static bool is_open_counter(const struct walk *walk, const struct symbol *symbol)
{
    for (const struct open_par *par = walk->pars; par; par = par->outer)
        if (par->counter && par->counter == symbol)
            return true;
    return false;
}

static struct usage_step index_step(const struct walk *walk, const struct expr *index)
{
    if (index->value)
        return (struct usage_step){.kind = STEP_CONSTANT, .index = (int64_t)index->value->integer};
    while (index->kind == EXPR_CONVERT && !index->type_name)
        index = index->left;
    if (index->kind == EXPR_NAME && is_open_counter(walk, index->symbol))
        return (struct usage_step){.kind = STEP_COUNTER, .counter = index->symbol};
    return (struct usage_step){.kind = STEP_ANY};
}

static bool is_part(const struct expr *expr)
{
    return expr->kind == EXPR_INDEX || expr->kind == EXPR_FIELD;
}

static bool is_variable(const struct expr *expr)
{
    return expr->kind == EXPR_NAME && expr->symbol &&
           (expr->symbol->kind == SYMBOL_VARIABLE || expr->symbol->kind == SYMBOL_PARAMETER);
}

static void add_effect(struct walk *walk, struct expr *place, struct symbol *symbol, int depth, bool is_set)
{
    struct usage_step *steps = depth ? NEW_ARRAY(struct usage_step, (size_t)depth) : NULL;
    struct expr *part = place;
    for (int i = depth; i-- > 0; part = part->left)
        steps[i] = part->kind == EXPR_INDEX ? index_step(walk, part->right)
                                            : (struct usage_step){.kind = STEP_FIELD, .field = part->name};
    usage_effects_add(&walk->effects, (struct usage_effect){.symbol = symbol, .steps = steps, .depth = depth,
                                                            .is_set = is_set, .at = place->at});
}

/* The indices of a place are read; returns what it is a part of. */
static struct expr *walk_indices(struct walk *walk, struct expr *place, int *depth)
{
    for (*depth = 0; is_part(place); place = place->left, ++*depth)
        if (place->kind == EXPR_INDEX)
            walk_expr(walk, place->right);
    return place;
}

static void walk_place(struct walk *walk, struct expr *place, bool is_set)
{
    int depth;
    struct expr *base = walk_indices(walk, place, &depth);
    if (!is_variable(base))
        walk_expr(walk, base);
    else if (walk->pars)
        add_effect(walk, place, base->symbol, depth, is_set);
}

/* ---- expressions ---- */

/* The length of an array never changes: to ask for it is no use of the array. */
static void walk_len(struct walk *walk, struct expr *argument)
{
    int depth;
    if (argument->type && argument->type->kind == TYPE_ARRAY)
        walk_indices(walk, argument, &depth);
    else
        walk_expr(walk, argument);
}

static void walk_call(struct walk *walk, struct expr *call)
{
    const struct symbol *called = call->left->symbol;
    if (called && called->builtin == BUILTIN_LEN && call->arguments) {
        walk_len(walk, call->arguments);
        return;
    }
    const struct symbol *parameter = called && called->declaration ? called->declaration->parameters : NULL;
    for (struct expr *argument = call->arguments; argument; argument = argument->next) {
        if (parameter && parameter->is_ref)
            walk_place(walk, argument, true);
        else
            walk_expr(walk, argument);
        parameter = parameter ? parameter->next : NULL;
    }
}

static void walk_expr(struct walk *walk, struct expr *expr)
{
    if (!expr || expr->value)
        return;
    switch (expr->kind) {
    case EXPR_NONE:
    case EXPR_VALUE:
        break;
    case EXPR_NAME:
        if (is_variable(expr))
            walk_place(walk, expr, false);
        break;
    case EXPR_INDEX:
    case EXPR_FIELD:
        walk_place(walk, expr, false);
        break;
    case EXPR_CALL:
        walk_call(walk, expr);
        break;
    case EXPR_LIST:
    case EXPR_STRUCT:
        walk_list(walk, expr->arguments);
        break;
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_CONDITION:
    case EXPR_CONVERT:
        walk_expr(walk, expr->left);
        walk_expr(walk, expr->middle);
        walk_expr(walk, expr->right);
        break;
    }
}

static void walk_list(struct walk *walk, struct expr *list)
{
    for (; list; list = list->next)
        walk_expr(walk, list);
}

/* ---- pars ---- */

static void walk_branch(struct walk *walk, struct stmt *branch, int number)
{
    size_t from = walk->effects.count;
    walk_stmt(walk, branch);
    usage_effects_forget(&walk->effects, from, branch->region);
    for (size_t i = from; i < walk->effects.count; i++)
        walk->effects.items[i].branch = number;
}

static void compare_branches(struct usage_effects *effects, size_t from, const struct symbol *counter)
{
    if (effects->count == from)
        return;
    usage_effects_sort(effects, from);
    usage_effects_merge(effects, from);
    usage_race_report(effects->items + from, effects->count - from, counter);
    usage_effects_forget_reported(effects, from);
    if (counter)
        usage_effects_generalise(effects, from, counter);
}

/* All branches of the innermost par have been walked: their effects become the par's own. */
static void finish_par(struct walk *walk, size_t from)
{
    compare_branches(&walk->effects, from, walk->pars->counter);
    walk->pars = walk->pars->outer;
    if (!walk->pars)
        walk->effects.count = from;
}

static void walk_par(struct walk *walk, struct stmt *par)
{
    struct open_par open = {.outer = walk->pars};
    size_t from = walk->effects.count;
    int number = 0;
    walk->pars = &open;
    for (struct stmt *branch = par->body; branch; branch = branch->next)
        walk_branch(walk, branch, number++);
    finish_par(walk, from);
}

static void walk_par_for(struct walk *walk, struct stmt *par)
{
    walk_expr(walk, par->left);
    walk_expr(walk, par->right);
    struct open_par open = {.counter = par->symbols, .outer = walk->pars};
    size_t from = walk->effects.count;
    walk->pars = &open;
    walk_branch(walk, par->body, 0);
    finish_par(walk, from);
}

/* ---- statements ---- */

static void walk_initials(struct walk *walk, const struct symbol *declared)
{
    for (; declared; declared = declared->next)
        walk_expr(walk, declared->initial);
}

static void walk_arms(struct walk *walk, struct arm *arms)
{
    for (; arms; arms = arms->next)
        walk_stmt(walk, arms->body);
}

static void walk_guard(struct walk *walk, struct guard *guard)
{
    for (struct replicator *replicator = guard->replicators; replicator; replicator = replicator->next) {
        /* They are evaluated once to count the guards and once more to set them up. */
        if (replicator != guard->replicators && (effects_seen(replicator->left) || effects_seen(replicator->right)))
            diag_error(replicator->at, "the bounds of an inner for are evaluated again and again: nothing in them prints or "
                       "sets a variable");
        walk_expr(walk, replicator->left);
        walk_expr(walk, replicator->right);
    }
    walk_expr(walk, guard->when);
    walk_expr(walk, guard->left);
    if (guard->kind == GUARD_SEND)
        walk_expr(walk, guard->right);
    else if (guard->kind == GUARD_RECEIVE && guard->target == TARGET_PLACE)
        walk_place(walk, guard->right, true);
    walk_arms(walk, guard->arms);
    walk_stmt(walk, guard->body);
}

static void walk_receive(struct walk *walk, struct stmt *receive)
{
    walk_expr(walk, receive->left);
    if (receive->target == TARGET_PLACE)
        walk_place(walk, receive->right, true);
    walk_arms(walk, receive->arms);
    walk_stmt(walk, receive->body);
}

static void walk_stmt(struct walk *walk, struct stmt *stmt)
{
    if (!stmt)
        return;
    switch (stmt->kind) {
    case STMT_CONST:
    case STMT_CHANNEL:
    case STMT_BARRIER:
    case STMT_BREAK:
    case STMT_CONTINUE:
    case STMT_YIELD:
    case STMT_SKIP:
    case STMT_STOP:
    case STMT_SYNC:
        break;
    case STMT_BLOCK:
        walk_block(walk, stmt->body);
        break;
    case STMT_DECLARE:
        walk_initials(walk, stmt->symbols);
        break;
    case STMT_ASSIGN:
        walk_place(walk, stmt->left, true);
        walk_expr(walk, stmt->right);
        break;
    case STMT_RECEIVE:
        walk_receive(walk, stmt);
        break;
    case STMT_PAR:
        walk_par(walk, stmt);
        break;
    case STMT_PAR_FOR:
        walk_par_for(walk, stmt);
        break;
    case STMT_ALT:
        for (struct guard *guard = stmt->guards; guard; guard = guard->next)
            walk_guard(walk, guard);
        break;
    case STMT_CALL:
    case STMT_SPAWN:
    case STMT_IF:
    case STMT_WHILE:
    case STMT_FOR:
    case STMT_FOR_RANGE:
    case STMT_FOR_EACH:
    case STMT_SWITCH:
    case STMT_RETURN:
    case STMT_SEND:
    case STMT_CLOSE:
    case STMT_POISON:
    case STMT_AFTER:
    case STMT_AT:
    case STMT_ASSERT:
        walk_stmt(walk, stmt->initial);
        walk_expr(walk, stmt->left);
        walk_expr(walk, stmt->right);
        walk_list(walk, stmt->arguments);
        walk_stmt(walk, stmt->step);
        walk_stmt(walk, stmt->body);
        walk_stmt(walk, stmt->otherwise);
        walk_arms(walk, stmt->arms);
        break;
    }
    walk_stmt(walk, stmt->handler);
}

static void walk_block(struct walk *walk, struct stmt *statements)
{
    for (; statements; statements = statements->next)
        walk_stmt(walk, statements);
}

void usage_module(struct module *module)
{
    struct walk walk = {.pars = NULL};
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        if (declaration->kind == DECLARATION_PROCESS) {
            diag_set_context(declaration->context);
            walk_stmt(&walk, declaration->body);
        }
    diag_set_context(NULL);
}
