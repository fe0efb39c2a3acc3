/* emit_operator: operators and conversions. Those that cannot go wrong are C's; the others are calls that check.
 * Called by emit_expr.c. */
#include "emit_private.h"

#include <string.h>

static const char *const spelling[] = {
    [OPERATOR_MULTIPLY] = "*", [OPERATOR_DIVIDE] = "/", [OPERATOR_ADD] = "+", [OPERATOR_SUBTRACT] = "-",
    [OPERATOR_LESS] = "<", [OPERATOR_LESS_EQUAL] = "<=", [OPERATOR_GREATER] = ">", [OPERATOR_GREATER_EQUAL] = ">=",
    [OPERATOR_EQUAL] = "==", [OPERATOR_NOT_EQUAL] = "!=", [OPERATOR_AND] = "&", [OPERATOR_XOR] = "^",
    [OPERATOR_OR] = "|", [OPERATOR_LOGICAL_AND] = "&&", [OPERATOR_LOGICAL_OR] = "||"};

/* The checking functions, by operator. */
static const char *const checking[] = {
    [OPERATOR_MULTIPLY] = "mul", [OPERATOR_DIVIDE] = "div", [OPERATOR_REMAINDER] = "rem", [OPERATOR_ADD] = "add",
    [OPERATOR_SUBTRACT] = "sub", [OPERATOR_WRAP_MULTIPLY] = "wrap_mul", [OPERATOR_WRAP_ADD] = "wrap_add",
    [OPERATOR_WRAP_SUBTRACT] = "wrap_sub", [OPERATOR_SHIFT_LEFT] = "shl", [OPERATOR_SHIFT_RIGHT] = "shr"};

static bool is_real(const struct type *type)
{
    return type->kind == TYPE_FLOAT || type->kind == TYPE_DOUBLE;
}

static bool is_arithmetic(enum operator operator)
{
    return operator >= OPERATOR_MULTIPLY && operator <= OPERATOR_SHIFT_RIGHT;
}

static bool wraps(enum operator operator)
{
    return operator == OPERATOR_WRAP_MULTIPLY || operator == OPERATOR_WRAP_ADD || operator == OPERATOR_WRAP_SUBTRACT;
}

static bool is_compared_by_call(const struct expr *e)
{
    const struct type *left = e->left->type;
    return left->kind == TYPE_STRING || left->kind == TYPE_ARRAY || left->kind == TYPE_STRUCT || left->kind == TYPE_IN ||
           left->kind == TYPE_OUT || e->right->type->kind == TYPE_STRING;
}

static bool is_whole(const struct type *type)
{
    return type->kind == TYPE_ENUM || type->kind == TYPE_TIME || type->kind == TYPE_BOOL || type_is_integer(type);
}

static bool is_inside(const struct type *from, const struct type *to)
{
    return from->kind == TYPE_BOOL || (type_lowest(from) >= type_lowest(to) && type_highest(from) <= type_highest(to));
}

static bool is_checked(const struct type *from, const struct type *to)
{
    if (is_whole(to) && to->kind != TYPE_BOOL)
        return is_real(from) || !is_inside(from, to);
    return to->kind == TYPE_FLOAT && from->kind == TYPE_DOUBLE;
}

/* Types that are one in C. */
static bool is_same_in_c(const struct type *from, const struct type *to)
{
    return to->kind == TYPE_IN || to->kind == TYPE_OUT || strcmp(emit_type(from), emit_type(to)) == 0;
}

bool emit_is_raw_operator(const struct expr *e)
{
    if (e->value)
        return false;
    switch (e->kind) {
    case EXPR_CONDITION:
        return true;
    case EXPR_CONVERT:
        return !is_checked(e->left->type, e->type) && is_same_in_c(e->left->type, e->type) && emit_is_raw_operator(e->left);
    case EXPR_UNARY:
        return e->operator != OPERATOR_NEGATE || is_real(e->type);
    case EXPR_BINARY:
        return is_arithmetic(e->operator) ? is_real(e->type) : !is_compared_by_call(e);
    default:
        return false;
    }
}

void emit_unary(struct emitter *E, const struct expr *e)
{
    if (e->operator == OPERATOR_NEGATE && !is_real(e->type)) {
        emit_put(E, "csp_neg_%s(", emit_suffix(e->type));
        emit_at(E, e->operator_at);
        emit_put(E, ", ");
        emit_expr(E, e->left);
        emit_put(E, ")");
        return;
    }
    emit_put(E, e->operator == OPERATOR_NEGATE ? "-" : e->operator == OPERATOR_NOT ? "!"
                : e->operator == OPERATOR_COMPLEMENT ? "~" : "");
    emit_operand(E, e->left);
}

static void put_arithmetic(struct emitter *E, const struct expr *e)
{
    /* The type that overflows: what a time is divided by, or a factor of it, is an int64 of the same size. */
    const struct type *type = e->type->kind == TYPE_TIME ? e->type : e->left->type;
    emit_put(E, "csp_%s_%s(", checking[e->operator], emit_suffix(type));
    if (!wraps(e->operator)) {
        emit_at(E, e->operator_at);
        emit_put(E, ", ");
    }
    emit_expr(E, e->left);
    emit_put(E, ", ");
    emit_expr(E, e->right);
    emit_put(E, ")");
}

static bool is_char_array(const struct expr *e)
{
    return e->type->kind == TYPE_ARRAY;
}

/* A char array against a string, whichever stands left. */
static void put_text_equal(struct emitter *E, const struct expr *array, const struct expr *string)
{
    emit_put(E, "csp_chars_equal_string(");
    emit_expr(E, array);
    emit_put(E, ", ");
    emit_length(E, array);
    emit_put(E, ", ");
    emit_expr(E, string);
    emit_put(E, ")");
}

static void put_count(struct emitter *E, const struct type *type)
{
    int64_t count = 1;
    for (; type->kind == TYPE_ARRAY; type = type->of)
        count *= type->length;
    emit_put(E, "%lld", (long long)count);
}

/* Numbers with a fraction are compared one by one, for 0.0 == -0.0, and NaN is never equal; so are strings and structs. */
static void put_arrays_equal(struct emitter *E, const struct expr *e)
{
    const struct type *element = type_innermost(e->left->type);
    if (!is_real(element) && element->kind != TYPE_STRING && element->kind != TYPE_STRUCT) {
        emit_put(E, "memcmp(");
        emit_expr(E, e->left);
        emit_put(E, ", ");
        emit_expr(E, e->right);
        emit_put(E, ", ");
        emit_sizeof(E, e->left->type);
        emit_put(E, ") == 0");
        return;
    }
    emit_put(E, "%s((const %s *)", emit_equal(E, element), emit_type(element));
    emit_expr(E, e->left);
    emit_put(E, ", (const %s *)", emit_type(element));
    emit_expr(E, e->right);
    emit_put(E, ", ");
    put_count(E, e->left->type);
    emit_put(E, ")");
}

static void put_strings_equal(struct emitter *E, const struct expr *e)
{
    emit_put(E, "csp_string_equal(");
    emit_expr(E, e->left);
    emit_put(E, ", ");
    emit_expr(E, e->right);
    emit_put(E, ")");
}

/* C cannot take the address of a value: an operand that is none of a variable's is copied into one. */
static void put_struct_address(struct emitter *E, const struct expr *e)
{
    bool is_place = e->kind == EXPR_NAME || e->kind == EXPR_INDEX || e->kind == EXPR_STRUCT;
    for (const struct expr *f = e; f->kind == EXPR_FIELD; f = f->left)
        is_place = f->left->kind == EXPR_NAME || f->left->kind == EXPR_INDEX;
    if (is_place)
        emit_put(E, "&");
    else
        emit_put(E, "(%s[]){", emit_type(e->type));
    emit_expr(E, e);
    emit_put(E, is_place ? "" : "}");
}

static void put_structs_equal(struct emitter *E, const struct expr *e)
{
    emit_put(E, "%s(", emit_equal(E, e->left->type));
    put_struct_address(E, e->left);
    emit_put(E, ", ");
    put_struct_address(E, e->right);
    emit_put(E, ", 1)");
}

static void put_same_end(struct emitter *E, const struct expr *e)
{
    emit_put(E, "csp_same_end(");
    emit_expr(E, e->left);
    emit_put(E, ", ");
    emit_expr(E, e->right);
    emit_put(E, ")");
}

static void put_compared_by_call(struct emitter *E, const struct expr *e)
{
    emit_put(E, e->operator == OPERATOR_NOT_EQUAL ? "!(" : "(");
    if (e->left->type->kind == TYPE_STRUCT)
        put_structs_equal(E, e);
    else if (e->left->type->kind == TYPE_IN || e->left->type->kind == TYPE_OUT)
        put_same_end(E, e);
    else if (is_char_array(e->left) && is_char_array(e->right))
        put_arrays_equal(E, e);
    else if (is_char_array(e->left))
        put_text_equal(E, e->left, e->right);
    else if (is_char_array(e->right))
        put_text_equal(E, e->right, e->left);
    else
        put_strings_equal(E, e);
    emit_put(E, ")");
}

void emit_binary(struct emitter *E, const struct expr *e)
{
    if (is_arithmetic(e->operator) && !is_real(e->type))
        put_arithmetic(E, e);
    else if (!is_arithmetic(e->operator) && is_compared_by_call(e))
        put_compared_by_call(E, e);
    else {
        emit_operand(E, e->left);
        emit_put(E, " %s ", spelling[e->operator]);
        emit_operand(E, e->right);
    }
}

/* ---- conversions ---- */

static const char *source_of(const struct type *from)
{
    if (is_real(from))
        return "double";
    return from->kind == TYPE_TIME || type_is_signed(from) ? "int" : "uint";
}

void emit_convert(struct emitter *E, const struct expr *e)
{
    const struct type *from = e->left->type, *to = e->type;
    if (to->kind == TYPE_ENUM && from->kind != TYPE_ENUM) {
        emit_put(E, "(%s)csp_enum(", emit_type(to));
        emit_at(E, e->at);
        emit_put(E, ", ");
        emit_expr(E, e->left);
        emit_put(E, ", %d, \"%s\")", to->symbol->declaration->member_count, to->symbol->name);
    } else if (is_checked(from, to)) {
        emit_put(E, "csp_%s_from_%s(", emit_suffix(to), source_of(from));
        emit_at(E, e->at);
        emit_put(E, ", ");
        emit_expr(E, e->left);
        emit_put(E, ")");
    } else if (is_same_in_c(from, to))
        emit_expr(E, e->left);
    else {
        emit_put(E, "(%s)", emit_type(to));
        emit_operand(E, e->left);
    }
}
