/* check_stmt: statements other than communication, which is in check_communication.c. Called by check.c. */
#include "check_private.h"

#include "arena.h"
#include "constant.h"
#include "diag.h"

/* It has been refused for that already. */
static bool takes_ends(const struct declaration *declaration)
{
    for (const struct symbol *p = declaration->parameters; p; p = p->next)
        if (p->type_name && (p->type_name->direction != DIRECTION_NONE || p->type_name->builtin == TYPE_BARRIER))
            return true;
    return false;
}

void check_may_wait(struct checker *checker, struct where at)
{
    const struct declaration *declaration = checker->declaration;
    if (!declaration || declaration->kind != DECLARATION_FUNCTION || checker->says_no_wait ||
        takes_ends(declaration))
        return;
    checker->says_no_wait = true;
    diag_error(at, "%s is a function, and a function does not communicate or wait: make it a process",
               declaration->symbol->name);
    diag_note(declaration->symbol->at, "%s is declared here", declaration->symbol->name);
}

static void check_sequence(struct checker *checker, struct stmt *first)
{
    for (struct stmt *stmt = first; stmt; stmt = stmt->next)
        check_statement(checker, stmt);
}

/* A branch of a par is a process of its own: no loop around the par is its loop. */
static void check_branch(struct checker *checker, struct stmt *branch)
{
    struct checker around = *checker;
    checker->region = branch->region;
    checker->loops_outside += checker->loops;
    checker->loops = 0;
    check_statement(checker, branch);
    checker->region = around.region;
    checker->loops_outside = around.loops_outside;
    checker->loops = around.loops;
}

void check_loop_body(struct checker *checker, struct stmt *body)
{
    checker->loops++;
    check_statement(checker, body);
    checker->loops--;
}

static void check_handler(struct checker *checker, struct stmt *stmt)
{
    if (!stmt->handler)
        return;
    check_may_wait(checker, stmt->handler->at);
    check_statement(checker, stmt->handler);
}

static void check_truth(struct checker *checker, struct expr *condition)
{
    check_value(checker, condition, type_basic(TYPE_BOOL), "a condition");
}

/* ---- assignment ---- */

static void check_whole_array(const struct stmt *stmt)
{
    const struct type *type = stmt->left->type;
    if (type->kind == TYPE_ARRAY && type->length < 0 && stmt->right->type == type)
        diag_error(stmt->at, "arrays are assigned whole where both lengths are known when compiling");
}

static void check_assign(struct checker *checker, struct stmt *stmt)
{
    const struct symbol *root = check_root(stmt->left);
    check_target(checker, stmt->left, "assigned");
    if (stmt->operator == OPERATOR_NONE) {
        const char *place = check_place_text(stmt->left);
        check_value(checker, stmt->right, stmt->left->type, place ? place : "what is assigned");
        check_settle(stmt->right);
        check_whole_array(stmt);
        return;
    }
    check_expression(checker, stmt->right);
    check_compound(stmt);
    if (root && stmt->left->type->kind != TYPE_ERROR)
        ((struct symbol *)root)->is_read = true;
}

/* ---- control ---- */

void check_range(struct checker *checker, struct symbol *counter, struct expr *left, struct expr *right)
{
    check_expression(checker, left);
    check_expression(checker, right);
    counter->type = type_basic(TYPE_ERROR);
    struct expr *bounds[] = {left, right};
    for (int i = 0; i < 2; i++) {
        if (bounds[i]->type->kind == TYPE_ERROR)
            return;
        if (type_is_integer(bounds[i]->type))
            continue;
        diag_error(bounds[i]->at, "%s counts in integers, and this is %s", counter->name, type_text(bounds[i]->type));
        return;
    }
    if (check_is_exact(left->type) && check_is_exact(right->type)) {
        check_settle(left);
        check_settle(right);
    }
    struct type *type = check_meet(left, right, true);
    if (type && check_is_exact(type)) { /* a character beside a number */
        check_settle(left);
        check_settle(right);
        type = check_meet(left, right, true);
    }
    if (type)
        counter->type = type;
    else if (left->type->kind != TYPE_ERROR && right->type->kind != TYPE_ERROR)
        check_refuse_meeting(source_join(left->at, right->at), left, right);
}

static void check_for(struct checker *checker, struct stmt *stmt)
{
    if (stmt->initial)
        check_statement(checker, stmt->initial);
    if (stmt->left)
        check_truth(checker, stmt->left);
    if (stmt->step)
        check_statement(checker, stmt->step);
    check_loop_body(checker, stmt->body);
}

static void check_jump(const struct checker *checker, const struct stmt *stmt)
{
    const char *word = stmt->kind == STMT_BREAK ? "break" : "continue";
    if (checker->loops > 0)
        return;
    if (checker->loops_outside > 0)
        diag_error(stmt->at, "%s would leave a branch of a par: the loop is around the par", word);
    else
        diag_error(stmt->at, "%s stands in no loop", word);
}

static void check_returned(struct checker *checker, struct stmt *stmt)
{
    const struct symbol *symbol = checker->declaration->symbol;
    struct type *result = symbol->type;
    if (checker->declaration->kind == DECLARATION_PROCESS || result->kind == TYPE_VOID) {
        if (!stmt->left)
            return;
        check_expression(checker, stmt->left);
        check_settle(stmt->left);
        if (!checker->declaration->is_mistaken)
            diag_error(stmt->left->at, "%s gives no value, so that none is returned", symbol->name);
    } else if (!stmt->left) {
        diag_error(stmt->at, "%s gives %s, so that a value is returned", symbol->name, type_text(result));
    } else {
        check_value(checker, stmt->left, result, arena_printf("the result of %s", symbol->name));
    }
}

static void check_return(struct checker *checker, struct stmt *stmt)
{
    if (checker->region->branch)
        diag_error(stmt->at, "return would leave a branch of a par");
    check_returned(checker, stmt);
}

static void check_assert(struct checker *checker, struct stmt *stmt)
{
    check_truth(checker, stmt->arguments);
    check_printable(checker, stmt->arguments->next);
}

static void check_duration(struct checker *checker, struct stmt *stmt)
{
    const char *what = stmt->kind == STMT_AFTER ? "the duration" : "the instant";
    check_may_wait(checker, stmt->at);
    check_value(checker, stmt->left, type_basic(TYPE_TIME), what);
}

/* ---- all statements ---- */

static void check_by_kind(struct checker *checker, struct stmt *stmt)
{
    switch (stmt->kind) {
    case STMT_BLOCK:
        check_sequence(checker, stmt->body);
        check_handler(checker, stmt);
        break;
    case STMT_DECLARE:
        check_locals(checker, stmt->symbols);
        break;
    case STMT_CONST:
        for (struct symbol *symbol = stmt->symbols; symbol; symbol = symbol->next)
            check_constant(checker, symbol);
        break;
    case STMT_CHANNEL:
        check_may_wait(checker, stmt->at);
        check_channels(checker, stmt);
        break;
    case STMT_ASSIGN:
        check_assign(checker, stmt);
        break;
    case STMT_CALL:
        check_call_statement(checker, stmt);
        break;
    case STMT_IF:
        check_truth(checker, stmt->left);
        check_statement(checker, stmt->body);
        check_statement(checker, stmt->otherwise);
        break;
    case STMT_WHILE:
        check_truth(checker, stmt->left);
        check_loop_body(checker, stmt->body);
        break;
    case STMT_FOR:
        check_for(checker, stmt);
        break;
    case STMT_FOR_RANGE:
        check_range(checker, stmt->symbols, stmt->left, stmt->right);
        check_loop_body(checker, stmt->body);
        break;
    case STMT_FOR_EACH:
        check_for_each(checker, stmt);
        break;
    case STMT_SWITCH:
        check_switch(checker, stmt);
        break;
    case STMT_BREAK: case STMT_CONTINUE:
        check_jump(checker, stmt);
        break;
    case STMT_RETURN:
        check_return(checker, stmt);
        break;
    case STMT_SEND:
        check_may_wait(checker, stmt->at);
        check_send(checker, stmt->left, stmt->right, stmt->at);
        break;
    case STMT_RECEIVE:
        check_may_wait(checker, stmt->at);
        check_receive_statement(checker, stmt);
        break;
    case STMT_CLOSE: case STMT_POISON:
        check_may_wait(checker, stmt->at);
        check_end_statement(checker, stmt);
        break;
    case STMT_PAR:
        check_may_wait(checker, stmt->keyword_at);
        for (struct stmt *branch = stmt->body; branch; branch = branch->next)
            check_branch(checker, branch);
        check_handler(checker, stmt);
        break;
    case STMT_PAR_FOR:
        check_may_wait(checker, stmt->keyword_at);
        check_range(checker, stmt->symbols, stmt->left, stmt->right);
        check_branch(checker, stmt->body);
        break;
    case STMT_ALT:
        check_may_wait(checker, stmt->keyword_at);
        check_alt(checker, stmt);
        check_handler(checker, stmt);
        break;
    case STMT_AFTER: case STMT_AT:
        check_duration(checker, stmt);
        break;
    case STMT_ASSERT:
        check_assert(checker, stmt);
        break;
    case STMT_BARRIER:
        check_may_wait(checker, stmt->at);
        for (struct symbol *symbol = stmt->symbols; symbol; symbol = symbol->next)
            symbol->type = type_basic(TYPE_BARRIER);
        break;
    case STMT_SYNC:
        check_may_wait(checker, stmt->at);
        check_sync(checker, stmt->left);
        break;
    case STMT_SPAWN:
        check_may_wait(checker, stmt->keyword_at);
        check_spawn(checker, stmt);
        break;
    case STMT_YIELD: case STMT_STOP:
        check_may_wait(checker, stmt->at);
        break;
    case STMT_SKIP:
        break;
    }
}

void check_statement(struct checker *checker, struct stmt *stmt)
{
    bool is_in_guard = checker->is_in_guard; /* an arm of a guard that receives shapes */
    if (!stmt)
        return;
    checker->is_in_guard = false;
    check_by_kind(checker, stmt);
    checker->is_in_guard = is_in_guard;
}
