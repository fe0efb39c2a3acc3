/* emit_expr: checked expressions as C expressions. What can go wrong becomes a call from csp_check.h with its place.
 * Called by the other files of emit. */
#include "emit_private.h"

#include "source.h"

#include <math.h>
#include <string.h>

/* ---- constants ---- */

static void put_integer(struct emitter *E, wide value, const struct type *type)
{
    int bits = type->kind == TYPE_TIME ? 64 : type_bits(type);
    bool is_signed = type->kind == TYPE_TIME || type_is_signed(type);
    if (is_signed && value == type_lowest(type))
        emit_put(E, "INT%d_MIN", bits);
    else if (bits == 64)
        is_signed ? emit_put(E, "INT64_C(%lld)", (long long)value)
                  : emit_put(E, "UINT64_C(%llu)", (unsigned long long)value);
    else
        emit_put(E, bits == 32 && !is_signed ? "%lldu" : "%lld", (long long)value);
}

static void put_character(struct emitter *E, int c)
{
    if (c == '\'' || c == '\\')
        emit_put(E, "'\\%c'", c);
    else if (c == '\n')
        emit_put(E, "'\\n'");
    else if (c >= ' ' && c < 127)
        emit_put(E, "'%c'", c);
    else
        emit_put(E, "%d", c);
}

static void put_real(struct emitter *E, double value, const struct type *type)
{
    const char *suffix = type->kind == TYPE_FLOAT ? "f" : "";
    const char *text = emit_real_text(value, type);
    emit_put(E, strpbrk(text, ".e") ? "%s%s" : "%s.0%s", text, suffix);
}

static const struct type *item_type(const struct type *type, int64_t i)
{
    return type->kind == TYPE_STRUCT ? type_member(type, i)->type : type->of;
}

void emit_initial(struct emitter *E, const struct value *value, const struct type *type)
{
    if (value->kind == VALUE_STRING) {
        emit_put(E, "{\"");
        emit_escaped(E, value->bytes, value->length);
        emit_put(E, "\", %lld}", (long long)value->length);
        return;
    }
    if (type->kind == TYPE_PROTOCOL || type->kind == TYPE_IN || type->kind == TYPE_OUT) { /* known only as zero */
        emit_put(E, "{0}");
        return;
    }
    if (value->kind != VALUE_LIST) {
        emit_value(E, value, type);
        return;
    }
    /* What a constant leaves out at the end is zero; an array of nothing else has the braces of its dimensions. */
    if (!value->length) {
        emit_zero_braces(E, type);
        return;
    }
    emit_put(E, "{");
    for (int64_t i = 0; i < value->length; i++) {
        emit_put(E, i ? ", " : "");
        if (value->items[i]->kind == VALUE_LIST && !value->items[i]->length)
            emit_inner_zero(E, item_type(type, i));
        else
            emit_initial(E, value->items[i], item_type(type, i));
    }
    emit_put(E, "}");
}

static double real_of(const struct value *value)
{
    return value->kind == VALUE_REAL ? value->real : (double)value->integer;
}

void emit_value(struct emitter *E, const struct value *value, const struct type *type)
{
    switch (type->kind) {
    case TYPE_BOOL:
        emit_put(E, value->integer ? "true" : "false");
        break;
    case TYPE_CHAR:
        put_character(E, (int)value->integer);
        break;
    case TYPE_FLOAT:
    case TYPE_DOUBLE:
        put_real(E, real_of(value), type);
        break;
    case TYPE_STRING:
        emit_put(E, "CSP_STRING(\"");
        emit_escaped(E, value->bytes, value->length);
        emit_put(E, "\")");
        break;
    case TYPE_ARRAY:
        emit_initial(E, value, type);
        break;
    case TYPE_STRUCT:
        emit_put(E, "(%s)", emit_type(type));
        emit_initial(E, value, type);
        break;
    case TYPE_ENUM: case TYPE_PROTOCOL:
        emit_put(E, "%s", (const char *)type_member(type, (int64_t)value->integer)->lowered);
        break;
    case TYPE_IN: case TYPE_OUT: case TYPE_OPAQUE:
        emit_put(E, "0");
        break;
    default:
        put_integer(E, value->integer, type);
        break;
    }
}

/* ---- names ---- */

static void put_outer(struct emitter *E, int depth)
{
    if (depth > E->outer_depth)
        E->outer_depth = depth;
    emit_put(E, depth == 1 ? "outer->" : "outer_%d->", depth);
}

/* The frame that the slot lies in, as seen from here. */
static void put_owner(struct emitter *E, const struct slot *slot)
{
    int depth = 0;
    for (const struct machine *m = E->machine; m && m != slot->machine; m = m->outer)
        depth++;
    if (depth > 0)
        put_outer(E, depth);
    else if (slot->in_frame) {
        E->uses_frame = true;
        emit_put(E, "f->");
    }
}

static void put_name(struct emitter *E, const struct slot *slot)
{
    put_owner(E, slot);
    emit_put(E, "%s", slot->name);
}

void emit_slot(struct emitter *E, const struct slot *slot)
{
    if (slot->kind == SLOT_POINTER)
        emit_put(E, "(*");
    put_name(E, slot);
    if (slot->kind == SLOT_POINTER)
        emit_put(E, ")");
}

static const char *constant_name(struct emitter *E, const struct symbol *symbol)
{
    int number = 1;
    for (struct emitted_constant *c = E->constants; c; c = c->next, number++)
        if (c->symbol == symbol)
            return c->name;
    const char *name = arena_printf("constant_%s_%d", symbol->name, number);
    struct emitted_constant *c = KEEP(struct emitted_constant);
    c->symbol = symbol;
    c->name = arena_name(name, strlen(name));
    *E->last_constant = c;
    E->last_constant = &c->next;
    return c->name;
}

static bool is_end(const struct expr *e)
{
    return e->type->kind == TYPE_CHANNEL || e->type->kind == TYPE_IN || e->type->kind == TYPE_OUT;
}

static void put_symbol(struct emitter *E, const struct expr *e)
{
    if (e->symbol->kind == SYMBOL_CONSTANT)
        emit_put(E, "%s", constant_name(E, e->symbol));
    else
        emit_slot(E, e->symbol->lowered);
}

/* ---- indices ---- */

static const struct slot *slot_of(const struct expr *e)
{
    bool has_slot = e->kind == EXPR_NAME && e->symbol->kind != SYMBOL_CONSTANT;
    return has_slot ? e->symbol->lowered : NULL;
}

static const struct slot *ends_parameter(const struct expr *e)
{
    while (e->kind == EXPR_INDEX)
        e = e->left;
    const struct slot *slot = slot_of(e);
    return slot && slot->kind == SLOT_ENDS ? slot : NULL;
}

void emit_length(struct emitter *E, const struct expr *array)
{
    if (array->type->kind == TYPE_STRING) {
        emit_operand(E, array);
        emit_put(E, ".length");
    } else if (array->type->length >= 0)
        emit_put(E, "%lld", (long long)array->type->length);
    else {
        const struct slot *slot = slot_of(array);
        put_owner(E, slot);
        emit_put(E, slot->length_name ? "%s" : "%s.length", slot->length_name ? slot->length_name : slot->name);
    }
}

/* What messages call an array: its source text. */
static void put_array_name(struct emitter *E, const struct expr *array)
{
    const char *text = emit_source_text(array->at);
    emit_put(E, "\"");
    emit_escaped(E, text, (int64_t)strlen(text));
    emit_put(E, "\"");
}

static int64_t ends_in(const struct type *type)
{
    int64_t count = 1;
    for (; type->kind == TYPE_ARRAY; type = type->of)
        count *= type->length;
    return count;
}

/* Element or row of an array of ends that is a parameter. */
static void put_end_index(struct emitter *E, const struct expr *e)
{
    bool is_row = e->type->kind == TYPE_ARRAY;
    emit_put(E, is_row ? "csp_row(" : ends_parameter(e)->symbol->is_mobile ? "csp_mobile_at(" : "csp_end_at(");
    emit_at(E, e->at);
    emit_put(E, ", ");
    emit_place_of(E, e->left);
    emit_put(E, ", ");
    emit_expr(E, e->right);
    if (is_row)
        emit_put(E, ", %lld, %lld", (long long)e->type->length, (long long)ends_in(e->type));
    emit_put(E, ", ");
    put_array_name(E, e->left);
    emit_put(E, ")");
}

static void put_string_index(struct emitter *E, const struct expr *e)
{
    emit_put(E, "csp_string_at(");
    emit_at(E, e->at);
    emit_put(E, ", ");
    emit_expr(E, e->left);
    emit_put(E, ", ");
    emit_expr(E, e->right);
    emit_put(E, ")");
}

static void put_checked_index(struct emitter *E, const struct expr *e)
{
    emit_put(E, "csp_index(");
    emit_at(E, e->at);
    emit_put(E, ", ");
    emit_expr(E, e->right);
    emit_put(E, ", ");
    emit_length(E, e->left);
    emit_put(E, ", ");
    put_array_name(E, e->left);
    emit_put(E, ")");
}

static void put_index(struct emitter *E, const struct expr *e)
{
    if (ends_parameter(e)) {
        put_end_index(E, e);
        return;
    }
    if (e->left->type->kind == TYPE_STRING) {
        put_string_index(E, e);
        return;
    }
    emit_place_of(E, e->left);
    emit_put(E, "[");
    if (e->is_checked || (e->right->value && e->left->type->length >= 0))
        emit_expr(E, e->right);
    else
        put_checked_index(E, e);
    emit_put(E, "]");
}

/* p.x, (*p).x as p->x, what a message carries as .as.put.key, its tag as .shape */
static void put_field(struct emitter *E, const struct expr *e)
{
    const struct slot *slot = slot_of(e->left);
    bool is_pointer = slot && slot->kind == SLOT_POINTER;
    if (is_pointer)
        put_name(E, slot);
    else if (e->left->kind == EXPR_STRUCT || e->left->kind == EXPR_CALL)
        emit_operand(E, e->left);
    else
        emit_place_of(E, e->left);
    emit_put(E, is_pointer ? "->" : ".");
    if (!e->name)
        emit_put(E, "shape");
    else if (e->symbol)
        emit_put(E, "as.%s.%s", emit_field_name(e->symbol), emit_field_name(e->field));
    else
        emit_put(E, "%s", emit_field_name(e->field));
}

/* A variable, an element, a field, a channel: the thing itself, not its value or address. */
void emit_place_of(struct emitter *E, const struct expr *e)
{
    if (e->kind == EXPR_NAME)
        put_symbol(E, e);
    else if (e->kind == EXPR_INDEX)
        put_index(E, e);
    else if (e->kind == EXPR_FIELD)
        put_field(E, e);
    else
        emit_operand(E, e);
}

/* ---- calls ---- */

void emit_address(struct emitter *E, const struct expr *e)
{
    const struct slot *slot = slot_of(e);
    if (slot && slot->kind == SLOT_POINTER) {
        put_name(E, slot);
        return;
    }
    emit_put(E, "&");
    emit_expr(E, e);
}

static bool is_constant_array(const struct expr *e)
{
    while (e->kind == EXPR_INDEX || e->kind == EXPR_FIELD)
        e = e->left;
    return e->kind == EXPR_NAME && e->symbol->kind == SYMBOL_CONSTANT;
}

/* Array parameters are not const in C, where a pointer to rows could not become one to const rows. */
static void put_array(struct emitter *E, const struct slot *parameter, const struct expr *e)
{
    if (is_constant_array(e)) {
        struct slot cast = *parameter;
        cast.name = "";
        emit_put(E, "(");
        emit_parameter(E, &cast);
        emit_put(E, ")");
    }
    emit_place_of(E, e);
}

void emit_argument(struct emitter *E, const struct slot *parameter, const struct expr *e)
{
    switch (parameter->kind) {
    case SLOT_POINTER:
        emit_address(E, e);
        break;
    case SLOT_ARRAY:
        put_array(E, parameter, e);
        break;
    case SLOT_ENDS:
        emit_ends(E, e);
        break;
    case SLOT_END:
        emit_channel(E, e);
        break;
    case SLOT_SEAT:
        emit_seat(E, e);
        break;
    default:
        emit_expr(E, e);
        break;
    }
}

static void put_function_call(struct emitter *E, const struct expr *e)
{
    const struct machine *callee = e->left->symbol->lowered;
    const struct slot *parameter = callee->slots;
    E->uses_scheduler = true;
    emit_put(E, "%s_fn(S", callee->name);
    for (const struct expr *a = e->arguments; a; a = a->next, parameter = parameter->next) {
        emit_put(E, ", ");
        emit_argument(E, parameter, a);
        if (parameter->length_name) {
            emit_put(E, ", ");
            emit_length(E, a);
        }
    }
    emit_put(E, ")");
}

/* min(a, b, c) is min(min(a, b), c). */
static void put_extreme(struct emitter *E, const struct expr *e, const char *which)
{
    for (const struct expr *a = e->arguments->next; a; a = a->next)
        emit_put(E, "csp_%s_%s(", which, emit_suffix(e->type));
    emit_expr(E, e->arguments);
    for (const struct expr *a = e->arguments->next; a; a = a->next) {
        emit_put(E, ", ");
        emit_expr(E, a);
        emit_put(E, ")");
    }
}

static void put_abs(struct emitter *E, const struct expr *e)
{
    const struct type *type = e->type;
    emit_put(E, "csp_abs_%s(", emit_suffix(type));
    if (type->kind != TYPE_FLOAT && type->kind != TYPE_DOUBLE) {
        emit_at(E, e->operator_at);
        emit_put(E, ", ");
    }
    emit_expr(E, e->arguments);
    emit_put(E, ")");
}

static void put_call(struct emitter *E, const struct expr *e)
{
    switch (e->left->symbol->builtin) {
    case BUILTIN_NOW:
        E->uses_scheduler = true;
        emit_put(E, "csp_now(S)");
        break;
    case BUILTIN_LEN:
        emit_length(E, e->arguments);
        break;
    case BUILTIN_MIN:
        put_extreme(E, e, "min");
        break;
    case BUILTIN_MAX:
        put_extreme(E, e, "max");
        break;
    case BUILTIN_ABS:
        put_abs(E, e);
        break;
    default:
        put_function_call(E, e);
        break;
    }
}

/* ---- all together ---- */

static void put_condition(struct emitter *E, const struct expr *e)
{
    emit_operand(E, e->left);
    emit_put(E, " ? ");
    emit_operand(E, e->middle);
    emit_put(E, " : ");
    emit_operand(E, e->right);
}

void emit_expr(struct emitter *E, const struct expr *e)
{
    bool is_whole = e->type->kind == TYPE_ARRAY || (e->type->kind == TYPE_STRUCT && e->kind == EXPR_NAME);
    if (e->value && !is_whole) {
        emit_value(E, e->value, e->type);
        if (e->kind == EXPR_NAME && e->symbol->kind != SYMBOL_ENUMERATOR)
            emit_put(E, " /* %s */", e->name);
        return;
    }
    if (is_end(e) && e->kind != EXPR_CONDITION) {
        emit_end(E, e);
        return;
    }
    if (emit_is_extern(e)) {
        emit_extern(E, e);
        return;
    }
    switch (e->kind) {
    case EXPR_NAME:
        put_symbol(E, e);
        break;
    case EXPR_INDEX:
        put_index(E, e);
        break;
    case EXPR_UNARY:
        emit_unary(E, e);
        break;
    case EXPR_BINARY:
        emit_binary(E, e);
        break;
    case EXPR_CONDITION:
        put_condition(E, e);
        break;
    case EXPR_CALL:
        put_call(E, e);
        break;
    case EXPR_CONVERT:
        emit_convert(E, e);
        break;
    case EXPR_FIELD:
        put_field(E, e);
        break;
    case EXPR_STRUCT:
        emit_struct(E, e);
        break;
    case EXPR_VALUE:
    case EXPR_NONE:
    case EXPR_LIST: /* by lower: none is left */
        break;
    }
}

/* C's numbers meet the others as what the program says they are. */
void emit_operand(struct emitter *E, const struct expr *e)
{
    bool in_parentheses = emit_is_raw_operator(e);
    if (emit_is_raw_extern(e))
        emit_put(E, "(%s)", emit_type(e->type));
    emit_put(E, in_parentheses ? "(" : "");
    emit_expr(E, e);
    emit_put(E, in_parentheses ? ")" : "");
}
