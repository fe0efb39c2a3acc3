/* check_communication: send, receive, the loop over a channel, close and poison, alt (language.md § 5, § 7). Called by
 * check_stmt.c. */
#include "check_private.h"

#include "arena.h"
#include "diag.h"
#include "names.h"

/* ---- ends ---- */

static const char *name_of(const struct expr *end)
{
    const char *text = check_place_text(end);
    return text ? text : "this end";
}

/* What the end of a send or receive carries; TYPE_ERROR after an error. */
static struct type *check_direction(struct checker *checker, struct expr *end, enum type_kind wrong)
{
    check_expression(checker, end);
    struct type *carried = check_carried(end);
    if (end->type->kind != wrong)
        return carried;
    const struct symbol *root = check_root(end);
    const char *of = type_text(carried);
    if (wrong == TYPE_IN)
        diag_error(end->at, "%s is a reading end, ?%s: sending needs the writing end, !%s", name_of(end), of, of);
    else
        diag_error(end->at, "%s is a writing end, !%s: receiving needs the reading end, ?%s", name_of(end), of, of);
    if (root)
        diag_note(root->at, "%s is declared here", root->name);
    return carried;
}

void check_send(struct checker *checker, struct expr *end, struct expr *message, struct where at)
{
    struct type *carried = check_direction(checker, end, TYPE_IN);
    if (message && carried->kind == TYPE_VOID) {
        check_expression(checker, message);
        check_settle(message);
        diag_error(message->at, "%s is void and carries no value: %s !;", name_of(end), name_of(end));
    } else if (message) {
        check_value(checker, message, carried, arena_printf("a message of %s", name_of(end)));
        check_settle(message);
    } else if (carried->kind != TYPE_VOID && carried->kind != TYPE_ERROR) {
        diag_error(at, "%s carries %s, and here is no message: %s ! ...;", name_of(end), type_text(carried),
                   name_of(end));
    }
}

/* ---- where a message goes ---- */

struct receive {
    struct where at;
    struct expr *end;
    enum target_kind target;
    struct expr *place;
    struct symbol *symbols;
    struct arm *arms;
};

static void refuse_target(const struct receive *receive, struct where at, struct type *carried, struct type *type)
{
    diag_error(at, "%s carries %s, and this is %s: a message is received into a variable of its type",
               name_of(receive->end), type_text(carried), type_text(type));
}

static void check_new_variable(struct checker *checker, const struct receive *receive, struct type *carried)
{
    struct symbol *symbol = receive->symbols;
    struct type *type = check_symbol_type(checker, check_type_name(checker, symbol->type_name), symbol);
    symbol->type = check_is_storable(type, symbol->type_name->at) ? type : type_basic(TYPE_ERROR);
    if (symbol->type->kind != TYPE_ERROR && carried->kind != TYPE_ERROR && type != carried)
        refuse_target(receive, symbol->type_name->at, carried, type);
    check_room(checker, symbol);
}

static void check_place(struct checker *checker, const struct receive *receive, struct type *carried)
{
    struct expr *place = receive->place;
    names_tell_received(place, carried);
    if (check_target(checker, place, "received into") && place->type->kind != TYPE_ERROR &&
        carried->kind != TYPE_ERROR && place->type != carried)
        refuse_target(receive, place->at, carried, place->type);
}

static void check_shapes(struct checker *checker, const struct receive *receive, struct type *carried)
{
    if (carried->kind != TYPE_ERROR && carried->kind != TYPE_PROTOCOL)
        diag_error(receive->at, "%s carries %s, and only a protocol has shapes", name_of(receive->end),
                   type_text(carried));
    check_shape_arms(checker, receive->arms, carried, receive->at);
}

static void check_receive(struct checker *checker, const struct receive *receive)
{
    struct type *carried = check_direction(checker, receive->end, TYPE_OUT);
    const char *name = name_of(receive->end);
    bool is_void = carried->kind == TYPE_VOID;
    if (is_void && receive->target != TARGET_VOID && receive->target != TARGET_SHAPES)
        diag_error(receive->at, "%s is void and carries no value: %s ?;", name, name);
    if (is_void)
        carried = type_basic(TYPE_ERROR);
    switch (receive->target) {
    case TARGET_VOID:
        if (!is_void && carried->kind != TYPE_ERROR)
            diag_error(receive->at, "%s carries %s, and goes nowhere here: %s ? x; or %s ? _;", name,
                       type_text(carried), name, name);
        break;
    case TARGET_DISCARD:
        break;
    case TARGET_PLACE:
        check_place(checker, receive, carried);
        break;
    case TARGET_DECLARE:
        check_new_variable(checker, receive, carried);
        break;
    case TARGET_SHAPES:
        check_shapes(checker, receive, carried);
        break;
    }
}

void check_receive_statement(struct checker *checker, struct stmt *stmt)
{
    check_receive(checker, &(struct receive){stmt->at, stmt->left, stmt->target, stmt->right,
                                             stmt->symbols, stmt->arms});
    check_statement(checker, stmt->body);
}

/* A loop over a number, or over an array, is one over a range. */
static bool is_range_meant(struct checker *checker, struct expr *over)
{
    check_expression(checker, over);
    bool is_array = over->type->kind == TYPE_ARRAY && !check_is_end(type_innermost(over->type));
    if (is_array)
        diag_error(over->at, "a for receives from a channel, and this is an array: for (i : 0 .. len(...)) counts its places");
    else if (over->type->kind == TYPE_EXACT_INT || type_is_integer(over->type))
        diag_error(over->at, "a for receives from a channel, and this is a number: a range has two ends, as in 0 .. n");
    else
        return false;
    return true;
}

void check_for_each(struct checker *checker, struct stmt *stmt)
{
    struct symbol *symbol = stmt->symbols;
    check_may_wait(checker, stmt->at);
    struct type *carried = is_range_meant(checker, stmt->left) ? type_basic(TYPE_ERROR)
                                                               : check_direction(checker, stmt->left, TYPE_OUT);
    if (symbol && carried->kind == TYPE_VOID) {
        diag_error(symbol->at, "%s is void and carries no value: for (_ : %s) counts its events", name_of(stmt->left),
                   name_of(stmt->left));
        carried = type_basic(TYPE_ERROR);
    }
    if (symbol) {
        symbol->type = carried;
        check_room(checker, symbol);
    }
    check_loop_body(checker, stmt->body);
}

void check_end_statement(struct checker *checker, struct stmt *stmt)
{
    check_expression(checker, stmt->left);
    check_settle(stmt->left);
    check_carried(stmt->left);
}

/* ---- alt ---- */

void check_sync(struct checker *checker, struct expr *barrier)
{
    check_expression(checker, barrier);
    check_settle(barrier);
    if (barrier->type->kind != TYPE_BARRIER && barrier->type->kind != TYPE_ERROR)
        diag_error(barrier->at, "sync waits at a barrier, and this is %s", type_text(barrier->type));
}

static void check_guard_communication(struct checker *checker, struct guard *guard)
{
    switch (guard->kind) {
    case GUARD_RECEIVE:
        check_receive(checker, &(struct receive){guard->at, guard->left, guard->target, guard->right,
                                                 guard->symbols, guard->arms});
        break;
    case GUARD_SEND:
        check_send(checker, guard->left, guard->right, guard->at);
        break;
    case GUARD_ENDED:
        check_expression(checker, guard->left);
        check_settle(guard->left);
        check_carried(guard->left);
        break;
    case GUARD_AFTER:
        check_value(checker, guard->left, type_basic(TYPE_TIME), "the duration");
        break;
    case GUARD_AT:
        check_value(checker, guard->left, type_basic(TYPE_TIME), "the instant");
        break;
    case GUARD_SYNC:
        check_sync(checker, guard->left);
        break;
    case GUARD_SKIP:
        break;
    }
}

static void check_guard(struct checker *checker, struct guard *guard)
{
    checker->is_in_guard = true;
    for (struct replicator *replicator = guard->replicators; replicator; replicator = replicator->next)
        check_range(checker, replicator->counter, replicator->left, replicator->right);
    if (guard->when)
        check_value(checker, guard->when, type_basic(TYPE_BOOL), "when");
    check_guard_communication(checker, guard);
    checker->is_in_guard = false;
    check_statement(checker, guard->body);
}

void check_alt(struct checker *checker, struct stmt *stmt)
{
    if (!stmt->guards)
        diag_error(stmt->keyword_at, "an alt without guards has nothing to wait for; stop waits for ever");
    for (struct guard *guard = stmt->guards; guard; guard = guard->next)
        check_guard(checker, guard);
}
