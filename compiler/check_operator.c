/* check_operator: unary and binary operators, `? :`, and `x += e` (language.md § 2). Called by check_expr.c and
 * check_stmt.c. */
#include "check_private.h"

#include "constant.h"
#include "diag.h"
#include "names.h"

static const char *operator_text(enum operator operator)
{
    switch (operator) {
    case OPERATOR_NONE: return "=";
    case OPERATOR_NEGATE: case OPERATOR_SUBTRACT: return "-";
    case OPERATOR_PLUS: case OPERATOR_ADD: return "+";
    case OPERATOR_NOT: return "!";
    case OPERATOR_COMPLEMENT: return "~";
    case OPERATOR_MULTIPLY: return "*";
    case OPERATOR_DIVIDE: return "/";
    case OPERATOR_REMAINDER: return "%";
    case OPERATOR_WRAP_MULTIPLY: return "*%";
    case OPERATOR_WRAP_ADD: return "+%";
    case OPERATOR_WRAP_SUBTRACT: return "-%";
    case OPERATOR_SHIFT_LEFT: return "<<";
    case OPERATOR_SHIFT_RIGHT: return ">>";
    case OPERATOR_LESS: return "<";
    case OPERATOR_LESS_EQUAL: return "<=";
    case OPERATOR_GREATER: return ">";
    case OPERATOR_GREATER_EQUAL: return ">=";
    case OPERATOR_EQUAL: return "==";
    case OPERATOR_NOT_EQUAL: return "!=";
    case OPERATOR_AND: return "&";
    case OPERATOR_XOR: return "^";
    case OPERATOR_OR: return "|";
    case OPERATOR_LOGICAL_AND: return "&&";
    case OPERATOR_LOGICAL_OR: return "||";
    }
    return "";
}

static bool is_comparison(enum operator operator)
{
    return operator >= OPERATOR_LESS && operator <= OPERATOR_NOT_EQUAL;
}

static bool is_equality(enum operator operator)
{
    return operator == OPERATOR_EQUAL || operator == OPERATOR_NOT_EQUAL;
}

static bool is_logical(enum operator operator)
{
    return operator == OPERATOR_LOGICAL_AND || operator == OPERATOR_LOGICAL_OR;
}

static bool is_shift(enum operator operator)
{
    return operator == OPERATOR_SHIFT_LEFT || operator == OPERATOR_SHIFT_RIGHT;
}

static bool is_bitwise(enum operator operator)
{
    return operator == OPERATOR_AND || operator == OPERATOR_XOR || operator == OPERATOR_OR;
}

static bool is_wrapping(enum operator operator)
{
    return operator >= OPERATOR_WRAP_MULTIPLY && operator <= OPERATOR_WRAP_SUBTRACT;
}

static bool is_division(enum operator operator)
{
    return operator == OPERATOR_DIVIDE || operator == OPERATOR_REMAINDER;
}

/* Operators that know whole numbers only. */
static bool is_whole(enum operator operator)
{
    return is_wrapping(operator) || is_bitwise(operator) || operator == OPERATOR_REMAINDER;
}

/* The operands of one operator, and where it stands. A compound assignment has them too. */
struct operands {
    enum operator operator;
    struct where at;
    struct expr *left, *right;
};

/* Reports what the operands are, and gives the type of what is wrong. */
static struct type *refuse(const struct operands *o)
{
    diag_error(o->at, "%s does not work on %s and %s", operator_text(o->operator), type_text(o->left->type),
               type_text(o->right->type));
    return type_basic(TYPE_ERROR);
}

static struct type *refuse_meeting(const struct operands *o)
{
    if (!type_is_number(o->left->type) || !type_is_number(o->right->type))
        return refuse(o);
    check_refuse_meeting(o->at, o->left, o->right);
    return type_basic(TYPE_ERROR);
}

/* ---- arithmetic ---- */

/* Two exact operands of which one is `b ? 1 : 2` cannot be computed: they take their own types. */
static void settle_unknown(struct expr *left, struct expr *right)
{
    if (!check_is_exact(left->type) || !check_is_exact(right->type) || (left->value && right->value))
        return;
    check_settle(left);
    check_settle(right);
}

static bool divides_by_zero(const struct operands *o)
{
    const struct value *by = o->right->value;
    if (!is_division(o->operator) || !by || by->kind != VALUE_INT || by->integer != 0)
        return false;
    diag_error(o->at, "this divides by zero");
    return true;
}

static struct type *arithmetic(struct operands *o)
{
    settle_unknown(o->left, o->right);
    if (is_wrapping(o->operator) && check_is_exact(o->left->type) && check_is_exact(o->right->type)) {
        check_settle(o->left);
        check_settle(o->right);
    }
    struct type *type = check_meet(o->left, o->right, true);
    if (!type)
        return refuse_meeting(o);
    return type_is_number(type) && (type_is_integer(type) || !is_whole(o->operator)) ? type : refuse(o);
}

static struct type *shift(struct operands *o)
{
    struct expr *left = o->left, *right = o->right;
    if (!type_is_integer(left->type) || !type_is_integer(right->type))
        return refuse(o);
    check_promote(left);
    if (!left->value || !right->value)
        check_settle(left);
    check_settle(right);
    if (left->type->kind == TYPE_ERROR || right->type->kind == TYPE_ERROR)
        return type_basic(TYPE_ERROR);
    if (check_is_exact(left->type) || !right->value)
        return left->type;
    int bits = type_bits(left->type);
    if (right->value->integer < 0 || right->value->integer >= bits) {
        diag_error(o->at, "%s has %d bits: it is shifted by 0 to %d", type_text(left->type), bits, bits - 1);
        return type_basic(TYPE_ERROR);
    }
    return left->type;
}

/* time * integer, integer * time, time / integer. */
static struct type *scaled_time(struct operands *o, struct expr *factor)
{
    if (!type_is_integer(factor->type))
        return refuse(o);
    bool ok = check_fit(factor, type_basic(TYPE_INT64), "what a time is multiplied with or divided by");
    return type_basic(ok ? TYPE_TIME : TYPE_ERROR);
}

static struct type *time_arithmetic(struct operands *o)
{
    struct type *time = type_basic(TYPE_TIME);
    bool both = o->left->type == o->right->type, left_is_time = o->left->type == time;
    struct expr *other = left_is_time ? o->right : o->left;
    switch (o->operator) {
    case OPERATOR_MULTIPLY:
        return both ? refuse(o) : scaled_time(o, other);
    case OPERATOR_DIVIDE:
        if (both)
            return type_basic(TYPE_INT64);
        return left_is_time ? scaled_time(o, other) : refuse(o);
    case OPERATOR_ADD: case OPERATOR_SUBTRACT: case OPERATOR_REMAINDER:
        if (!both && !type_is_number(other->type))
            return refuse(o);
        return check_fit(other, time, "the other operand") ? time : type_basic(TYPE_ERROR);
    default:
        return refuse(o);
    }
}

/* ---- comparisons ---- */

/* A channel stands for either of its ends; two ends are equal where they belong to one channel (§ 11). */
static bool compares_ends(struct expr *left, struct expr *right)
{
    if (!check_is_end(left->type) || !check_is_end(right->type) || left->type->of != right->type->of)
        return false;
    if (left->type->kind == TYPE_CHANNEL && right->type->kind != TYPE_CHANNEL)
        check_wrap(left, right->type);
    else if (right->type->kind == TYPE_CHANNEL && left->type->kind != TYPE_CHANNEL)
        check_wrap(right, left->type);
    return true;
}

static bool compares_arrays(const struct operands *o)
{
    const struct type *left = o->left->type, *right = o->right->type;
    if (!is_equality(o->operator))
        return false;
    if (left != right)
        return check_is_text(left) && check_is_text(right) &&
               (left->kind == TYPE_STRING || right->kind == TYPE_STRING);
    bool is_row = check_is_row_of_ends(o->left) || check_is_row_of_ends(o->right);
    return left->kind == TYPE_ARRAY && type_has_equality(left) && !is_row;
}

static struct type *comparison(struct operands *o)
{
    struct type *truth = type_basic(TYPE_BOOL);
    if (compares_arrays(o) || (is_equality(o->operator) && compares_ends(o->left, o->right)))
        return truth;
    bool left_is_time = o->left->type->kind == TYPE_TIME, right_is_time = o->right->type->kind == TYPE_TIME;
    if ((left_is_time && type_is_number(o->right->type)) || (right_is_time && type_is_number(o->left->type))) {
        check_fit(left_is_time ? o->right : o->left, type_basic(TYPE_TIME), "the other operand");
        return truth;
    }
    settle_unknown(o->left, o->right);
    struct type *type = check_meet(o->left, o->right, false);
    if (!type)
        return refuse_meeting(o);
    if (check_is_ordered(type) || type->kind == TYPE_ENUM)
        return truth;
    return type->kind != TYPE_ARRAY && type_has_equality(type) && is_equality(o->operator) ? truth : refuse(o);
}

static struct type *logical(struct operands *o)
{
    struct type *truth = type_basic(TYPE_BOOL);
    check_fit(o->left, truth, "what stands left");
    check_fit(o->right, truth, "what stands right");
    return truth;
}

/* ---- binary ---- */

/* The type of the result; operands are made to fit. */
static struct type *result_type(struct operands *o)
{
    struct type *left = o->left->type, *right = o->right->type;
    if (is_logical(o->operator))
        return logical(o);
    if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR) {
        check_settle(o->left);
        check_settle(o->right);
        return type_basic(is_comparison(o->operator) ? TYPE_BOOL : TYPE_ERROR);
    }
    if (is_comparison(o->operator))
        return comparison(o);
    if (is_shift(o->operator))
        return shift(o);
    if (left->kind == TYPE_BOOL && right->kind == TYPE_BOOL && is_bitwise(o->operator))
        return left;
    bool has_time = left->kind == TYPE_TIME || right->kind == TYPE_TIME;
    struct type *type = has_time ? time_arithmetic(o) : arithmetic(o);
    return type->kind != TYPE_ERROR && divides_by_zero(o) ? type_basic(TYPE_ERROR) : type;
}

/* Constant structs and arrays are compared when the program runs. */
static void fold(struct expr *expr)
{
    const struct value *left = expr->left->value, *right = expr->right->value;
    const char *why = NULL;
    if (!left || !right || left->kind == VALUE_LIST || left->kind != right->kind || expr->type->kind == TYPE_ERROR)
        return;
    if (is_comparison(expr->operator)) {
        expr->value = constant_compare(expr->operator, left, right);
        return;
    }
    expr->value = constant_binary(expr->operator, left, right, expr->type, &why);
    if (expr->value)
        return;
    diag_error(expr->at, "%s", why);
    expr->type = type_basic(TYPE_ERROR);
}

/* The result of a comparison is no exact constant, so its operands must not stay exact below it. */
static void forget_exact_operands(struct expr *expr)
{
    if (is_comparison(expr->operator) && expr->value && check_is_exact(expr->left->type))
        check_become_literal(expr);
}

static bool names_member(const struct expr *expr)
{
    return expr->kind == EXPR_NAME && expr->symbol && expr->symbol->kind == SYMBOL_ENUMERATOR;
}

/* What an enum's value is compared with says which enum is meant. */
static void check_operands(struct checker *checker, struct expr *expr)
{
    bool left_first = !names_member(expr->left) || names_member(expr->right);
    struct expr *first = left_first ? expr->left : expr->right, *second = left_first ? expr->right : expr->left;
    check_expression(checker, first);
    if (!names_member(second) || !check_expected(checker, second, first->type))
        check_expression(checker, second);
    names_tell_expected(first, second->type);
    names_tell_expected(second, first->type);
}

void check_binary(struct checker *checker, struct expr *expr)
{
    check_operands(checker, expr);
    struct operands operands = {expr->operator, expr->at, expr->left, expr->right};
    expr->type = result_type(&operands);
    fold(expr);
    forget_exact_operands(expr);
}

/* ---- x += e ---- */

/* Computed in the type where both meet; x itself stays as it is, so a copy of it stands in. */
void check_compound(struct stmt *stmt)
{
    struct expr *right = stmt->right;
    struct expr left = *stmt->left;
    struct operands operands = {stmt->operator, stmt->at, &left, right};
    struct type *to = stmt->left->type;
    if (type_is_integer(to) && right->type->kind == TYPE_EXACT_REAL && right->value && constant_fits(right->value, to))
        check_wrap(right, to);
    struct type *type = result_type(&operands);
    if (type->kind == TYPE_ERROR || to->kind == TYPE_ERROR || type == to)
        return;
    bool loses_fraction = type_is_integer(to) && !type_is_integer(type);
    if (!type_is_number(to) || !type_is_number(type) || loses_fraction)
        diag_error(stmt->at, "%s is computed here, and what it is assigned to is %s", type_text(type), type_text(to));
}

/* ---- unary ---- */

static bool has_unary(enum operator operator, const struct type *type)
{
    switch (operator) {
    case OPERATOR_NOT: return type->kind == TYPE_BOOL;
    case OPERATOR_COMPLEMENT: return type_is_integer(type);
    default: return check_is_ordered(type);
    }
}

void check_unary(struct checker *checker, struct expr *expr)
{
    struct expr *operand = expr->left;
    const char *why = NULL;
    check_expression(checker, operand);
    expr->type = type_basic(TYPE_ERROR);
    if (operand->type->kind == TYPE_ERROR)
        return;
    if (!has_unary(expr->operator, operand->type)) {
        const char *hint = expr->operator == OPERATOR_NOT && type_is_number(operand->type) ? "; compare it with 0" : "";
        diag_error(expr->at, "%s does not work on %s%s", operator_text(expr->operator), type_text(operand->type), hint);
        return;
    }
    check_promote(operand);
    if (!operand->value)
        check_settle(operand);
    expr->type = operand->type;
    if (!operand->value)
        return;
    expr->value = constant_unary(expr->operator, operand->value, expr->type, &why);
    if (expr->value)
        return;
    diag_error(expr->at, "%s", why);
    expr->type = type_basic(TYPE_ERROR);
}

/* ---- a ? b : c ---- */

/* Two exact sides stay exact: their place says what they become, see check_wrap. */
static struct type *choice_type(struct operands *o)
{
    struct type *left = o->left->type, *right = o->right->type;
    if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR)
        return type_basic(TYPE_ERROR);
    struct type *type = left->kind == TYPE_ARRAY ? NULL : check_meet(o->left, o->right, false);
    if (type && type->kind != TYPE_VOID && type->kind != TYPE_CHANNEL && type->kind != TYPE_BARRIER)
        return type;
    diag_error(o->at, "%s and %s cannot stand for each other in ? :", type_text(left), type_text(right));
    return type_basic(TYPE_ERROR);
}

void check_condition(struct checker *checker, struct expr *expr)
{
    check_value(checker, expr->left, type_basic(TYPE_BOOL), "a condition");
    check_expression(checker, expr->middle);
    check_expression(checker, expr->right);
    struct operands operands = {OPERATOR_NONE, expr->at, expr->middle, expr->right};
    expr->type = choice_type(&operands);
    if (expr->type->kind != TYPE_ERROR && expr->left->value && expr->middle->value && expr->right->value)
        expr->value = expr->left->value->integer ? expr->middle->value : expr->right->value;
}
