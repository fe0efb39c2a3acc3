/* lower_expr: expressions whose order can be seen.
 *
 * C leaves the order of operands open; language.md promises that a program prints the same on every compiler. So calls
 * of functions with visible effects are taken out of larger expressions, from left to right, into variables. All other
 * expressions stay as they are. Called by the other files of lower. */
#include "lower_private.h"

#include "check.h"

struct op *lower_op(struct lowering *L, enum op_kind kind)
{
    struct op *op = NEW(struct op);
    op->kind = kind;
    op->at = op->statement = L->statement;
    *L->tail = op;
    L->tail = &op->next;
    return op;
}

void lower_set(struct lowering *L, struct expr *place, struct expr *value)
{
    if (place->kind == EXPR_NAME && value->kind == EXPR_NAME && place->symbol == value->symbol)
        return;
    struct op *op = lower_op(L, OP_SET);
    op->place = place;
    /* Text for a char array is copied as text. */
    op->value = value->kind == EXPR_CONVERT && value->type->kind == TYPE_ARRAY ? value->left : value;
    op->at = value->at;
}

void lower_declare(struct lowering *L, struct expr *variable, struct expr *value)
{
    struct op *op = lower_op(L, value ? OP_SET : OP_ZERO);
    op->place = variable;
    op->value = value;
    op->is_declaration = L->machine->kind == MACHINE_FUNCTION;
    struct slot *slot = variable->symbol->lowered;
    slot->is_in_place = op->is_declaration;
}

struct expr *expr_convert(struct expr *e, struct type *type, struct where at)
{
    if (e->type == type)
        return e;
    struct expr *convert = NEW(struct expr);
    convert->kind = EXPR_CONVERT;
    convert->at = convert->operator_at = at;
    convert->left = e;
    convert->type = type;
    return convert;
}

static struct expr *copy_expr(const struct expr *e)
{
    struct expr *copy = NEW(struct expr);
    *copy = *e;
    copy->effects = 0;
    return copy;
}

static struct expr *new_variable(struct lowering *L, struct expr *e, const char *name)
{
    /* Of a channel an end is kept; either would do. */
    if (e->type->kind == TYPE_CHANNEL)
        e = expr_convert(e, type_end(DIRECTION_IN, e->type->of), e->at);
    struct expr *variable = slot_temporary(L, name, e->type, e->at);
    bool is_end = e->type->kind == TYPE_IN || e->type->kind == TYPE_OUT;
    if (is_end && !lower_is_mobile(e))
        ((struct slot *)variable->symbol->lowered)->kind = SLOT_END;
    lower_declare(L, variable, e);
    return variable;
}

/* The value as it is now. Arrays are places and stay themselves; a barrier is always the same. */
static struct expr *save(struct lowering *L, struct expr *e)
{
    bool stays = e->value || e->type->kind == TYPE_ARRAY || e->type->kind == TYPE_BARRIER;
    return stays ? e : new_variable(L, e, "value");
}

struct expr *lower_fixed_place(struct lowering *L, struct expr *e)
{
    if (e->value || e->kind == EXPR_NAME)
        return e;
    if (e->kind != EXPR_INDEX && e->kind != EXPR_FIELD)
        return effects_seen(e) ? new_variable(L, lower_expr(L, e), "value") : e;
    struct expr *copy = copy_expr(e);
    copy->left = lower_fixed_place(L, e->left);
    if (e->kind == EXPR_INDEX)
        copy->right = lower_fixed(L, e->right, "index");
    return copy;
}

/* Arrays are not copied. */
static struct expr *lower_operand(struct lowering *L, struct expr *e)
{
    return e->type->kind == TYPE_ARRAY && e->kind != EXPR_CONVERT ? lower_fixed_place(L, e) : lower_expr(L, e);
}

/* What a blocking call gives is in a variable already. */
static struct expr *lower_saved(struct lowering *L, struct expr *e)
{
    bool is_saved = lower_is_blocking(e);
    struct expr *value = lower_operand(L, e);
    return is_saved ? value : save(L, value);
}

void lower_operands(struct lowering *L, struct expr **operands, int count)
{
    bool effects = false;
    int last = -1;
    for (int i = 0; i < count; i++) {
        effects = effects || effects_seen(operands[i]);
        if (operands[i] && !operands[i]->value)
            last = i;
    }
    if (!effects)
        return;
    for (int i = 0; i <= last; i++)
        if (operands[i])
            operands[i] = i < last ? lower_saved(L, operands[i]) : lower_operand(L, operands[i]);
}

static bool is_ref_parameter(const struct symbol *parameter)
{
    return parameter && parameter->is_ref;
}

bool lower_is_kept(const struct expr *e)
{
    while (e->kind == EXPR_INDEX || e->kind == EXPR_FIELD)
        e = e->left;
    return e->kind == EXPR_NAME;
}

struct expr *lower_kept_value(struct lowering *L, struct expr *e)
{
    return new_variable(L, e, "value");
}

struct expr *lower_kept(struct lowering *L, struct expr *e)
{
    if (e->kind == EXPR_NAME)
        return e;
    if (e->kind != EXPR_INDEX && e->kind != EXPR_FIELD)
        return new_variable(L, e, "value");
    struct expr *copy = copy_expr(e);
    copy->value = NULL;
    copy->left = lower_kept(L, e->left);
    return copy;
}

/* The arguments of a call one after the other; what is passed by ref is a place, only its indices are values. */
/* Two elements that would be passed as one are looked for before the call, the effects of the arguments behind it. */
static void lower_apart(struct lowering *L, const struct expr *a, const struct expr *b)
{
    struct op *op = lower_op(L, OP_APART);
    op->at = b->at;
    op->place = (struct expr *)a;
    op->value = (struct expr *)b;
}

/* Whether only its indices tell that no two arguments overlap; L: that is looked for there. */
static bool may_overlap(struct lowering *L, const struct expr *call, const struct expr *arguments)
{
    bool may = false;
    const struct declaration *callee = call->left->symbol->declaration;
    const struct symbol *b_parameter = callee ? callee->parameters : NULL;
    for (const struct expr *b = arguments; b && b_parameter; b = b->next, b_parameter = b_parameter->next) {
        const struct symbol *a_parameter = callee->parameters;
        for (const struct expr *a = arguments; a != b; a = a->next, a_parameter = a_parameter->next) {
            const struct expr *first = a, *second = b;
            bool is_pair = check_may_overlap(&first, a_parameter, &second, b_parameter);
            may = may || is_pair;
            if (is_pair && L)
                lower_apart(L, first, second);
        }
    }
    return may;
}

bool lower_may_overlap(const struct expr *call)
{
    return may_overlap(NULL, call, call->arguments);
}

static struct expr *arguments_in_order(struct lowering *L, const struct expr *call)
{
    struct expr *first = NULL, **end = &first;
    const struct symbol *callee = call->left->symbol;
    struct symbol *parameter = callee->declaration ? callee->declaration->parameters : NULL;
    struct expr *last = NULL;
    /* What is C's may be a macro, which repeats its arguments. */
    bool is_c = callee->declaration && callee->declaration->is_extern, has_effects = false;
    for (struct expr *a = call->arguments; a; a = a->next) {
        has_effects = has_effects || effects_seen(a);
        if (!a->value)
            last = a;
    }
    if (!has_effects)
        return call->arguments;
    for (struct expr *a = call->arguments; a; a = a->next) {
        bool is_ref = is_ref_parameter(parameter), is_saved = !is_ref && a != last;
        struct expr *value = is_ref ? lower_fixed_place(L, a) : is_saved ? lower_saved(L, a) : lower_operand(L, a);
        if (is_c && !is_ref && effects_seen(value))
            value = value->type->kind == TYPE_ARRAY ? lower_kept(L, value) : save(L, value);
        struct expr *argument = copy_expr(value);
        argument->next = NULL;
        *end = argument;
        end = &argument->next;
        if (parameter)
            parameter = parameter->next;
    }
    return first;
}

struct expr *lower_call_arguments(struct lowering *L, const struct expr *call)
{
    struct expr *arguments = arguments_in_order(L, call);
    may_overlap(L, call, arguments);
    return arguments;
}

static struct expr *call_with_effects(struct lowering *L, const struct expr *call)
{
    struct expr *copy = copy_expr(call);
    const struct declaration *callee = call->left->symbol->declaration;
    copy->arguments = callee && callee->is_extern ? lower_c_arguments(L, call) : lower_call_arguments(L, call);
    return copy;
}

/* a && f(), a || f(): what stands right happens only where it must. */
static struct expr *lazy_logic(struct lowering *L, const struct expr *e)
{
    struct expr *result = slot_temporary(L, "value", e->type, e->at);
    lower_set(L, result, lower_expr(L, e->left));
    struct op *op = lower_op(L, OP_IF);
    op->value = result;
    if (e->operator == OPERATOR_LOGICAL_OR) {
        struct expr *negated = NEW(struct expr);
        *negated = (struct expr){.kind = EXPR_UNARY, .operator = OPERATOR_NOT, .left = result, .type = e->type, .at = e->at};
        op->value = negated;
    }
    struct op **after = L->tail;
    L->tail = &op->body;
    lower_set(L, result, lower_expr(L, e->right));
    L->tail = after;
    return result;
}

static struct expr *lazy_choice(struct lowering *L, const struct expr *e)
{
    struct expr *result = slot_temporary(L, "value", e->type, e->at);
    struct expr *condition = lower_expr(L, e->left);
    struct op *op = lower_op(L, OP_IF);
    op->value = condition;
    struct op **after = L->tail;
    L->tail = &op->body;
    lower_set(L, result, lower_expr(L, e->middle));
    L->tail = &op->otherwise;
    lower_set(L, result, lower_expr(L, e->right));
    L->tail = after;
    return result;
}

struct expr *expr_field(struct expr *of, struct symbol *field, struct where at)
{
    struct expr *e = NEW(struct expr);
    *e = (struct expr){.kind = EXPR_FIELD, .at = at, .operator_at = at, .left = of, .name = field->name, .field = field,
                       .type = field->type};
    return e;
}

/* Field by field, in the order of the text. */
static struct expr *struct_in_order(struct lowering *L, const struct expr *e)
{
    bool is_message = e->symbol->kind == SYMBOL_SHAPE;
    struct expr *result = slot_temporary(L, "value", e->type, e->at);
    struct expr *empty = copy_expr(e);
    empty->arguments = NULL;
    lower_declare(L, result, is_message ? empty : NULL);
    for (struct expr *a = e->arguments; a; a = a->next) {
        struct expr *place = expr_field(result, a->item->field, a->at);
        place->symbol = is_message ? e->symbol : NULL;
        if (a->kind == EXPR_LIST)
            lower_items(L, place, a);
        else
            lower_set(L, place, lower_expr(L, a));
    }
    return result;
}

static struct expr *in_order(struct lowering *L, struct expr *e)
{
    if (lower_is_blocking(e))
        return lower_blocking(L, e, true);
    if (e->kind == EXPR_CALL)
        return call_with_effects(L, e);
    if (e->kind == EXPR_STRUCT)
        return struct_in_order(L, e);
    if (e->kind == EXPR_CONDITION)
        return lazy_choice(L, e);
    if (e->operator == OPERATOR_LOGICAL_AND || e->operator == OPERATOR_LOGICAL_OR)
        return lazy_logic(L, e);
    struct expr *copy = copy_expr(e);
    struct expr *operands[] = {e->left, e->right};
    lower_operands(L, operands, 2);
    copy->left = operands[0];
    copy->right = operands[1];
    return copy;
}

/* A deep expression is cut into pieces that C compilers take. */
static bool is_cut(const struct expr *e)
{
    enum { PIECE = 30 };
    return e->depth > PIECE && e->depth % PIECE == 0;
}

struct expr *lower_expr(struct lowering *L, struct expr *e)
{
    if (!effects_seen(e))
        return e;
    struct expr *value = in_order(L, e);
    return is_cut(e) && e->type->kind != TYPE_VOID ? save(L, value) : value;
}

struct expr *lower_place(struct lowering *L, struct expr *e)
{
    if ((e->kind != EXPR_INDEX && e->kind != EXPR_FIELD) || !effects_seen(e))
        return e;
    struct expr *copy = copy_expr(e);
    copy->left = lower_place(L, e->left);
    if (e->kind == EXPR_INDEX)
        copy->right = save(L, lower_expr(L, e->right));
    return copy;
}

struct expr *lower_arguments(struct lowering *L, struct expr *arguments)
{
    int count = 0;
    for (struct expr *a = arguments; a; a = a->next)
        count++;
    if (count == 0)
        return NULL;
    struct expr **operands = NEW_ARRAY(struct expr *, (size_t)count);
    int i = 0;
    for (struct expr *a = arguments; a; a = a->next)
        operands[i++] = a;
    lower_operands(L, operands, count);
    struct expr *first = NULL, **end = &first;
    for (i = 0; i < count; i++) {
        *end = copy_expr(operands[i]);
        end = &(*end)->next;
    }
    *end = NULL;
    return first;
}

/* A name that nothing sets while it is used, or a constant. */
static bool cannot_change(const struct expr *e)
{
    if (e->value)
        return true;
    if (e->kind == EXPR_CONVERT)
        return cannot_change(e->left);
    if (e->kind != EXPR_NAME)
        return false;
    const struct symbol *s = e->symbol;
    if (s->is_extern) /* errno */
        return false;
    return s->kind == SYMBOL_CHANNEL || s->kind == SYMBOL_COUNTER || (!s->is_set && !s->is_by_ref && !s->is_ref);
}

struct expr *lower_fixed(struct lowering *L, struct expr *e, const char *name)
{
    e = lower_expr(L, e);
    return cannot_change(e) ? e : new_variable(L, e, name);
}
