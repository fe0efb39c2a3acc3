/* lower_stmt: statements that stay C statements: declarations, assignments, loops, choices, blocks with their handlers.
 *
 * Those that may wait are in lower_wait.c, lower_par.c and lower_alt.c. Called by lower.c and by them. */
#include "lower_private.h"

struct label *lower_label(struct lowering *L, const char *stem)
{
    struct label *label = NEW(struct label);
    label->name = arena_printf("%s_%d", stem, ++L->machine->label_count);
    return label;
}

/* Lowers into a list of its own: a loop's body, a branch of an if. */
void lower_body(struct lowering *L, struct stmt *s, struct op **into)
{
    struct op **after = L->tail;
    L->tail = into;
    if (s)
        lower_stmt(L, s);
    L->tail = after;
}

/* ---- declarations and assignments ---- */

static struct expr *element(struct expr *array, int64_t index, struct where at)
{
    struct expr *number = NEW(struct expr), *e = NEW(struct expr);
    struct value *value = NEW(struct value);
    value->integer = index;
    *number = (struct expr){.kind = EXPR_VALUE, .at = at, .type = type_basic(TYPE_INT32), .value = value};
    *e = (struct expr){.kind = EXPR_INDEX, .at = at, .operator_at = at, .left = array, .right = number, .type = array->type->of};
    return e;
}

void lower_items(struct lowering *L, struct expr *array, const struct expr *list)
{
    int64_t i = 0;
    for (struct expr *item = list->arguments; item; item = item->next, i++) {
        struct expr *place = element(array, i, item->at);
        if (item->kind == EXPR_LIST)
            lower_items(L, place, item);
        else
            lower_set(L, place, lower_expr(L, item));
    }
}

static void lower_local(struct lowering *L, struct symbol *symbol)
{
    struct expr *initial = symbol->initial;
    struct expr *value = initial && initial->kind != EXPR_LIST ? lower_expr(L, initial) : NULL;
    struct expr *place = slot_expr(slot_for(L->machine, symbol), symbol->at);
    bool is_array = symbol->type->kind == TYPE_ARRAY;
    if (!is_array || !value || L->machine->kind == MACHINE_FUNCTION)
        lower_declare(L, place, is_array ? NULL : value);
    if (is_array && value)
        lower_set(L, place, value);
    if (initial && initial->kind == EXPR_LIST)
        lower_items(L, place, initial);
}

static void lower_channels(struct lowering *L, struct stmt *s)
{
    for (struct symbol *c = s->symbols; c; c = c->next) {
        struct slot *slot = slot_for(L->machine, c);
        if (slot->kind == SLOT_CELLS)
            scope_push(L, OP_CELLS_GIVE, slot);
        lower_op(L, OP_CHANNEL)->slot = slot;
    }
}

static bool is_shift(enum operator operator)
{
    return operator == OPERATOR_SHIFT_LEFT || operator == OPERATOR_SHIFT_RIGHT;
}

/* The type in which `x op= e` is computed: e's, which check has brought to where both meet; a shift's is x's own, at
 * least int; a time stays a time (language.md § 2). */
static struct type *meeting_type(const struct stmt *s)
{
    struct type *left = s->left->type;
    if (left->kind == TYPE_TIME)
        return left;
    if (!is_shift(s->operator))
        return s->right->type;
    return type_bits(left) < 32 ? type_basic(TYPE_INT32) : left;
}

/* The same element again, without a second look at its indices. */
static struct expr *checked_place(const struct expr *e)
{
    struct expr *copy = NEW(struct expr);
    *copy = *e;
    if (e->kind == EXPR_INDEX || e->kind == EXPR_FIELD)
        copy->left = checked_place(e->left);
    copy->is_checked = true;
    return copy;
}

static void lower_compound(struct lowering *L, struct stmt *s, struct expr *place, struct expr *right)
{
    struct expr *sum = NEW(struct expr);
    struct type *meet = meeting_type(s);
    *sum = (struct expr){.kind = EXPR_BINARY, .operator = s->operator, .at = s->at, .operator_at = s->keyword_at, .type = meet};
    sum->left = expr_convert(place, meet, s->keyword_at);
    sum->right = right;
    lower_set(L, checked_place(place), expr_convert(sum, place->type, s->keyword_at));
}

static void lower_assign(struct lowering *L, struct stmt *s)
{
    struct expr *place = effects_seen(s->right) ? lower_fixed_place(L, s->left) : lower_place(L, s->left);
    struct expr *right = lower_expr(L, s->right);
    if (effects_seen(right) && (place->kind != EXPR_NAME || s->operator != OPERATOR_NONE))
        right = lower_fixed(L, right, "value");
    if (s->operator != OPERATOR_NONE)
        lower_compound(L, s, place, right);
    else
        lower_set(L, place, right);
}

/* ---- calls of functions, print, assert ---- */

/* What is printed together: no argument may print while it is under way. */
static struct expr *lower_printed(struct lowering *L, struct expr *arguments)
{
    struct expr *first = lower_arguments(L, arguments);
    for (struct expr **e = &first; *e; e = &(*e)->next)
        if (effects_seen(*e)) {
            struct expr *next = (*e)->next;
            *e = lower_fixed(L, *e, "value");
            (*e)->next = next;
        }
    return first;
}

static void lower_builtin(struct lowering *L, struct expr *call)
{
    struct expr *arguments = lower_printed(L, call->arguments);
    struct op *op = lower_op(L, OP_PRINT);
    op->arguments = arguments;
    op->is_line = call->left->symbol->builtin == BUILTIN_PRINTLN;
}

static void lower_call_stmt(struct lowering *L, struct stmt *s)
{
    const struct symbol *callee = s->left->left->symbol;
    if (callee->kind == SYMBOL_PROCESS)
        lower_call(L, s->left);
    else if (callee->builtin == BUILTIN_PRINT || callee->builtin == BUILTIN_PRINTLN)
        lower_builtin(L, s->left);
    else if (lower_is_blocking(s->left))
        lower_blocking(L, s->left, false);
    else {
        struct expr *value = lower_expr(L, s->left);
        lower_op(L, OP_CALL)->value = value;
    }
}

static void lower_assert(struct lowering *L, struct stmt *s)
{
    struct expr *condition = lower_expr(L, s->arguments);
    struct op *op = lower_op(L, OP_ASSERT);
    op->value = condition;
    op->at = s->arguments->at;
    /* What it prints is evaluated only where the condition is false. */
    struct op **after = L->tail;
    L->tail = &op->body;
    op->arguments = lower_printed(L, s->arguments->next);
    L->tail = after;
}

/* ---- control ---- */

static void lower_if(struct lowering *L, struct stmt *s)
{
    struct expr *condition = lower_expr(L, s->left);
    struct op *op = lower_op(L, OP_IF);
    op->value = condition;
    lower_body(L, s->body, &op->body);
    lower_body(L, s->otherwise, &op->otherwise);
}

/* `if (!condition) break;` at the beginning of a loop whose condition has effects. */
static void leave_unless(struct lowering *L, struct expr *condition)
{
    struct expr *negated = NEW(struct expr);
    *negated = (struct expr){.kind = EXPR_UNARY, .operator = OPERATOR_NOT, .at = condition->at, .type = condition->type};
    negated->left = lower_expr(L, condition);
    struct op *op = lower_op(L, OP_IF);
    op->value = negated;
    struct op **after = L->tail;
    L->tail = &op->body;
    lower_op(L, OP_BREAK);
    L->tail = after;
}

/* The body of a loop: `op` is the loop, `condition` NULL for one that runs for ever. */
static void lower_loop(struct lowering *L, struct op *op, struct expr *condition, struct stmt *body)
{
    struct loop loop = {L->loop, op, L->scope, L->switches};
    struct op **after = L->tail;
    L->loop = &loop;
    L->tail = &op->body;
    if (condition && effects_seen(condition))
        leave_unless(L, condition);
    else if (condition && !(condition->value && condition->value->integer))
        op->value = condition;
    lower_stmt(L, body);
    L->loop = loop.outer;
    L->tail = after;
}

/* A step that is one assignment stands in C's `for`; any other at the end of the body, where `continue` jumps to. */
static void lower_step(struct lowering *L, struct op *op, struct stmt *step)
{
    struct op *ops = NULL, **after = L->tail;
    lower_body(L, step, &ops);
    if (!ops || (!ops->next && ops->kind == OP_SET && ops->place->type->kind != TYPE_ARRAY)) {
        op->step = ops;
        return;
    }
    for (L->tail = &op->body; *L->tail; L->tail = &(*L->tail)->next)
        ;
    lower_place_label(L, op->again);
    *L->tail = ops;
    L->tail = after;
}

static void lower_for(struct lowering *L, struct stmt *s)
{
    if (s->initial)
        lower_stmt(L, s->initial);
    struct op *op = lower_op(L, OP_LOOP);
    op->again = lower_label(L, "next");
    lower_loop(L, op, s->left, s->body);
    if (s->step)
        lower_step(L, op, s->step);
}

static void lower_while(struct lowering *L, struct stmt *s)
{
    lower_loop(L, lower_op(L, OP_LOOP), s->left, s->body);
}

static struct expr *new_binary(enum operator operator, struct expr *left, struct expr *right, struct type *type)
{
    struct expr *e = NEW(struct expr);
    *e = (struct expr){.kind = EXPR_BINARY, .operator = operator, .left = left, .right = right, .type = type};
    e->at = e->operator_at = left->at;
    return e;
}

static void lower_for_range(struct lowering *L, struct stmt *s)
{
    struct expr *first = lower_expr(L, s->left);
    if (effects_seen(first) || effects_seen(s->right))
        first = lower_fixed(L, first, "first");
    struct expr *limit = lower_fixed(L, s->right, "limit");
    struct expr *counter = slot_expr(slot_for(L->machine, s->symbols), s->symbols->at);
    struct op *op = lower_op(L, OP_LOOP);
    op->slot = counter->symbol->lowered;
    struct op **after = L->tail;
    L->tail = &op->initial;
    lower_declare(L, counter, first);
    L->tail = after;
    lower_loop(L, op, NULL, s->body);
    op->value = new_binary(OPERATOR_LESS, counter, limit, type_basic(TYPE_BOOL));
}

static void lower_break(struct lowering *L)
{
    struct loop *loop = L->loop;
    scope_leave_to(L, loop->scope);
    if (L->switches == loop->switches) {
        lower_op(L, OP_BREAK);
        return;
    }
    if (!loop->op->exit)
        loop->op->exit = lower_label(L, "left");
    lower_goto(L, loop->op->exit);
}

static void lower_continue(struct lowering *L)
{
    struct label *again = L->loop->op->again;
    scope_leave_to(L, L->loop->scope);
    lower_op(L, OP_CONTINUE)->label = again;
    if (again)
        again->is_used = true;
}

static bool has_default(const struct arm *arms)
{
    for (const struct arm *arm = arms; arm; arm = arm->next)
        if (arm->is_default)
            return true;
    return false;
}

static void lower_arms(struct lowering *L, struct op *op, struct arm *arms)
{
    L->switches++;
    struct op_arm **end = &op->arms;
    for (struct arm *arm = arms; arm; arm = arm->next) {
        struct op_arm *lowered = NEW(struct op_arm);
        lowered->patterns = arm->is_default ? NULL : arm->patterns;
        lower_body(L, arm->body, &lowered->body);
        *end = lowered;
        end = &lowered->next;
    }
    L->switches--;
}

static void lower_switch(struct lowering *L, struct stmt *s)
{
    if (s->left->type->kind == TYPE_PROTOCOL) {
        struct expr *message = s->left->kind == EXPR_NAME ? s->left : lower_fixed(L, s->left, "message");
        lower_shapes(L, message, s->arms);
        return;
    }
    struct expr *value = lower_expr(L, s->left);
    struct op *op = lower_op(L, OP_SWITCH);
    op->value = value;
    op->is_total = value->type->kind == TYPE_ENUM && !has_default(s->arms);
    lower_arms(L, op, s->arms);
}

/* ---- shapes ---- */

/* The tag of a message, and the constant that a shape has there: both of the protocol's type. */
static struct expr *shape_tag(struct expr *message)
{
    struct expr *e = NEW(struct expr);
    *e = (struct expr){.kind = EXPR_FIELD, .at = message->at, .operator_at = message->at, .left = message,
                       .type = message->type};
    return e;
}

static struct expr *shape_constant(const struct symbol *shape, struct where at)
{
    struct expr *e = NEW(struct expr);
    struct value *value = NEW(struct value);
    value->integer = shape->number;
    *e = (struct expr){.kind = EXPR_VALUE, .at = at, .type = shape->type, .value = value};
    return e;
}

/* Names are copies of what the message carries. */
static void lower_bindings(struct lowering *L, struct expr *message, const struct arm *arm)
{
    for (const struct expr *pattern = arm->patterns; pattern; pattern = pattern->next)
        for (const struct expr *binding = pattern->arguments; binding; binding = binding->next) {
            if (!binding->symbol)
                continue;
            struct expr *place = slot_expr(slot_for(L->machine, binding->symbol), binding->at);
            struct expr *carried = expr_field(message, binding->field, binding->at);
            carried->symbol = pattern->symbol;
            if (place->type->kind == TYPE_ARRAY)
                lower_set(L, place, carried);
            else
                lower_declare(L, place, carried);
        }
}

static struct expr *shape_constants(const struct arm *arm)
{
    struct expr *first = NULL, **end = &first;
    for (const struct expr *pattern = arm->patterns; pattern; pattern = pattern->next) {
        *end = shape_constant(pattern->symbol, pattern->at);
        end = &(*end)->next;
    }
    return first;
}

void lower_shapes(struct lowering *L, struct expr *message, struct arm *arms)
{
    struct op *op = lower_op(L, OP_SWITCH);
    op->value = shape_tag(message);
    op->is_total = !has_default(arms);
    L->switches++;
    struct op_arm **end = &op->arms;
    for (struct arm *arm = arms; arm; arm = arm->next) {
        struct op_arm *lowered = NEW(struct op_arm);
        struct op **after = L->tail;
        lowered->patterns = arm->is_default ? NULL : shape_constants(arm);
        L->tail = &lowered->body;
        lower_bindings(L, message, arm);
        lower_stmt(L, arm->body);
        L->tail = after;
        *end = lowered;
        end = &lowered->next;
    }
    L->switches--;
}

/* Out of all scopes but the outermost, whose end is where `leaving` leads. */
static void lower_leave(struct lowering *L)
{
    const struct scope *outermost = L->scope;
    while (outermost && outermost->outer)
        outermost = outermost->outer;
    scope_leave_to(L, L->leaving == &L->machine->end ? NULL : outermost);
    lower_goto(L, L->leaving);
}

static void lower_return(struct lowering *L, struct stmt *s)
{
    if (L->machine->kind != MACHINE_FUNCTION) {
        lower_leave(L);
        return;
    }
    struct expr *value = s->left ? lower_expr(L, s->left) : NULL;
    lower_op(L, OP_RETURN)->value = value;
}

/* ---- blocks and their handlers ---- */

static void lower_unhandled(struct lowering *L, struct stmt *s)
{
    if (s->kind == STMT_PAR)
        lower_par(L, s);
    else if (s->kind == STMT_ALT)
        lower_alt(L, s);
    else
        lower_block(L, s);
}

/* A block, par or alt with `on poison`: what meets poison inside goes to the handler, which is outside of it. A handler
 * that nothing can reach is left out. */
static void lower_handled(struct lowering *L, struct stmt *s)
{
    struct label *outer = L->poisoned, *poisoned = lower_label(L, "poisoned"), *handled = lower_label(L, "handled");
    L->poisoned = poisoned;
    lower_unhandled(L, s);
    L->poisoned = outer;
    if (!poisoned->is_used)
        return;
    L->statement = s->handler->at;
    lower_goto(L, handled);
    lower_op(L, OP_HANDLER)->label = poisoned;
    lower_stmt(L, s->handler);
    lower_place_label(L, handled);
}

static void lower_end(struct lowering *L, struct stmt *s)
{
    struct expr *channel = lower_expr(L, s->left);
    lower_op(L, s->kind == STMT_CLOSE ? OP_CLOSE : OP_POISON)->channel = channel;
}

void lower_stmt(struct lowering *L, struct stmt *s)
{
    L->statement = s->at;
    switch (s->kind) {
    case STMT_BLOCK:
    case STMT_PAR:
    case STMT_ALT:
        if (s->handler)
            lower_handled(L, s);
        else
            lower_unhandled(L, s);
        break;
    case STMT_DECLARE:
        for (struct symbol *v = s->symbols; v; v = v->next)
            lower_local(L, v);
        break;
    case STMT_CHANNEL:
        lower_channels(L, s);
        break;
    case STMT_ASSIGN:
        lower_assign(L, s);
        break;
    case STMT_CALL:
        lower_call_stmt(L, s);
        break;
    case STMT_IF:
        lower_if(L, s);
        break;
    case STMT_WHILE:
        lower_while(L, s);
        break;
    case STMT_FOR:
        lower_for(L, s);
        break;
    case STMT_FOR_RANGE:
        lower_for_range(L, s);
        break;
    case STMT_FOR_EACH:
        lower_for_each(L, s);
        break;
    case STMT_SWITCH:
        lower_switch(L, s);
        break;
    case STMT_BREAK:
        lower_break(L);
        break;
    case STMT_CONTINUE:
        lower_continue(L);
        break;
    case STMT_RETURN:
        lower_return(L, s);
        break;
    case STMT_SEND:
        lower_send(L, s);
        break;
    case STMT_RECEIVE:
        lower_receive(L, s);
        break;
    case STMT_CLOSE:
    case STMT_POISON:
        lower_end(L, s);
        break;
    case STMT_PAR_FOR:
        lower_par_for(L, s);
        break;
    case STMT_AFTER:
    case STMT_AT:
        lower_sleep(L, s);
        break;
    case STMT_ASSERT:
        lower_assert(L, s);
        break;
    case STMT_YIELD:
        lower_wait(L, OP_YIELD, POINT_YIELD);
        break;
    case STMT_STOP:
        lower_wait(L, OP_STOP, POINT_STOP);
        break;
    case STMT_SPAWN:
        lower_spawn(L, s);
        break;
    case STMT_BARRIER:
        lower_barriers(L, s);
        break;
    case STMT_SYNC:
        lower_sync(L, s);
        break;
    case STMT_CONST:   /* constants have been folded */
    case STMT_SKIP:
        break;
    }
}
