/* check_convert: how a type becomes another (language.md § 2).
 *
 * Conversions that lose nothing are silent; a constant converts where its value fits, whatever its type. Exact
 * constants, literals and what is computed from them, have no width until their place gives them one: then the whole
 * expression becomes one literal of that type, so that nothing exact is left. Called by the other files of check. */
#include "check_private.h"

#include "arena.h"
#include "constant.h"
#include "diag.h"

bool check_is_exact(const struct type *type)
{
    return type->kind == TYPE_EXACT_INT || type->kind == TYPE_EXACT_REAL;
}

static bool is_real(const struct type *type)
{
    return type->kind == TYPE_FLOAT || type->kind == TYPE_DOUBLE || type->kind == TYPE_EXACT_REAL;
}

bool check_is_silent(const struct type *from, const struct type *to)
{
    if (from->kind == TYPE_CHANNEL)
        return (to->kind == TYPE_IN || to->kind == TYPE_OUT) && from->of == to->of;
    if (!type_is_number(from) || !type_is_number(to))
        return false;
    if (is_real(from))
        return from == to || (from->kind == TYPE_FLOAT && to->kind == TYPE_DOUBLE);
    if (is_real(to))
        return type_bits(from) <= (to->kind == TYPE_FLOAT ? 16 : 32);
    return type_lowest(to) <= type_lowest(from) && type_highest(from) <= type_highest(to);
}

/* The smallest type that holds both. Whole numbers do not meet in a real type unless one of them is real. */
static struct type *smallest(struct type *a, struct type *b)
{
    static const enum type_kind candidates[] = {TYPE_CHAR, TYPE_INT8, TYPE_UINT8, TYPE_INT16, TYPE_UINT16, TYPE_INT32,
                                                TYPE_UINT32, TYPE_INT64, TYPE_UINT64, TYPE_FLOAT, TYPE_DOUBLE};
    if (a == b)
        return a;
    bool may_be_real = is_real(a) || is_real(b);
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        struct type *type = type_basic(candidates[i]);
        if (check_is_silent(a, type) && check_is_silent(b, type) && (may_be_real || !is_real(type)))
            return type;
    }
    return NULL;
}

/* ---- exact constants ---- */

/* `b ? 1 : 2` is exact, too, but has no value; its two sides take the type of its place. */
static bool fits(const struct expr *expr, const struct type *type)
{
    if (expr->value)
        return constant_fits(expr->value, type);
    return check_is_exact(expr->type) && fits(expr->middle, type) && fits(expr->right, type);
}

/* The type that an exact constant has by itself; NULL where it is too large for any. */
static struct type *own_type(const struct expr *expr)
{
    static const enum type_kind candidates[] = {TYPE_INT32, TYPE_INT64, TYPE_UINT64};
    if (!check_is_exact(expr->type))
        return expr->type;
    if (expr->type->kind == TYPE_EXACT_REAL)
        return type_basic(TYPE_DOUBLE);
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++)
        if (fits(expr, type_basic(candidates[i])))
            return type_basic(candidates[i]);
    return NULL;
}

void check_become_literal(struct expr *expr)
{
    expr->kind = EXPR_VALUE;
    expr->operator = OPERATOR_NONE;
    expr->left = expr->middle = expr->right = expr->arguments = NULL;
    expr->symbol = NULL;
}

void check_wrap(struct expr *expr, struct type *type)
{
    if (expr->type == type)
        return;
    bool is_exact = check_is_exact(expr->type);
    if (is_exact && !expr->value) {
        check_wrap(expr->middle, type);
        check_wrap(expr->right, type);
        expr->type = type;
        return;
    }
    struct value *value = expr->value ? constant_convert(expr->value, type) : NULL;
    if (is_exact || expr->kind == EXPR_VALUE) {
        check_become_literal(expr);
    } else {
        struct expr *inner = NEW(struct expr);
        *inner = *expr;
        inner->next = NULL;
        *expr = (struct expr){.kind = EXPR_CONVERT, .at = inner->at, .operator_at = inner->at, .left = inner,
                              .next = expr->next};
    }
    expr->type = type;
    expr->value = value;
}

void check_settle(struct expr *expr)
{
    if (!check_is_exact(expr->type))
        return;
    struct type *type = own_type(expr);
    if (type) {
        check_wrap(expr, type);
        return;
    }
    diag_error(expr->at, "this constant is too large for any type of integer");
    expr->type = type_basic(TYPE_ERROR);
}

/* ---- two operands ---- */

struct type *check_at_least_int(struct type *type)
{
    bool is_narrow = type_is_integer(type) && !check_is_exact(type) && type_bits(type) < 32;
    return is_narrow ? type_basic(TYPE_INT32) : type;
}

/* In arithmetic 'a' is the exact constant 97. */
static struct type *as_operand(const struct expr *expr)
{
    bool is_character = expr->kind == EXPR_VALUE && expr->type->kind == TYPE_CHAR;
    return is_character ? type_basic(TYPE_EXACT_INT) : expr->type;
}

void check_promote(struct expr *expr)
{
    check_wrap(expr, check_at_least_int(as_operand(expr)));
}

/* A real constant stays real beside an integer: n / 2.0 is no division of integers. */
static struct type *meet_exact(const struct expr *expr, enum type_kind exact, struct type *other)
{
    bool takes_other = exact == TYPE_EXACT_INT || is_real(other);
    if (takes_other && fits(expr, other))
        return other;
    struct type *own = exact == TYPE_EXACT_REAL ? type_basic(TYPE_DOUBLE) : own_type(expr);
    return own && type_is_number(other) ? smallest(own, other) : NULL;
}

/* A declared constant beside an integer that its type does not meet: u64 + N. */
static bool becomes(const struct expr *expr, const struct type *type)
{
    return expr->value && expr->value->kind == VALUE_INT && type_is_integer(type) && fits(expr, type);
}

static struct type *meet_types(const struct expr *left, struct type *left_type, const struct expr *right,
                               struct type *right_type)
{
    if (left_type == right_type)
        return left_type;
    if (check_is_exact(left_type) && check_is_exact(right_type))
        return type_basic(TYPE_EXACT_REAL);
    if (check_is_exact(left_type))
        return meet_exact(left, left_type->kind, right_type);
    if (check_is_exact(right_type))
        return meet_exact(right, right_type->kind, left_type);
    struct type *type = smallest(left_type, right_type);
    if (!type && becomes(right, left_type))
        return left_type;
    return !type && becomes(left, right_type) ? right_type : type;
}

struct type *check_meet(struct expr *left, struct expr *right, bool is_arithmetic)
{
    struct type *type = meet_types(left, is_arithmetic ? as_operand(left) : left->type, right,
                                   is_arithmetic ? as_operand(right) : right->type);
    if (type && is_arithmetic)
        type = check_at_least_int(type);
    if (type) {
        check_wrap(left, type);
        check_wrap(right, type);
    }
    return type;
}

static const char *operand_text(const struct expr *expr)
{
    if (expr->type->kind == TYPE_EXACT_REAL)
        return "double";
    return expr->type->kind == TYPE_EXACT_INT && expr->value ? constant_text(expr->value) : type_text(expr->type);
}

void check_refuse_meeting(struct where at, const struct expr *left, const struct expr *right)
{
    diag_error(at, "%s and %s meet in no type that holds both: convert one of them", operand_text(left),
               operand_text(right));
}

/* ---- to the type of a place ---- */

/* T(x): between all numbers; a bool gives an integer, a time its nanoseconds (§ 11). */
static bool is_explicit(const struct type *from, const struct type *to)
{
    if (from == to)
        return !check_is_end(from) && from->kind != TYPE_ARRAY;
    if (from->kind == TYPE_BOOL || from->kind == TYPE_ENUM)
        return type_is_integer(to);
    if (to->kind == TYPE_ENUM)
        return type_is_integer(from);
    if (from->kind == TYPE_TIME)
        return to->kind == TYPE_INT64;
    if (to->kind == TYPE_TIME)
        return type_is_integer(from);
    return type_is_number(from) && type_is_number(to);
}

static void report_constant(const struct expr *expr, const struct type *type, const char *what)
{
    const char *text = constant_text(expr->value);
    if (type->kind == TYPE_TIME)
        diag_error(expr->at, "%s is time, and a bare number is none: it needs a unit, as in %sms", what, text);
    else if (expr->value->kind == VALUE_REAL && !is_real(type) && !fits(expr, type_basic(TYPE_EXACT_INT)))
        diag_error(expr->at, "%s is %s, and %s is not a whole number", what, type_text(type), text);
    else if (is_real(type))
        diag_error(expr->at, "%s is %s, which does not hold %s exactly", what, type_text(type), text);
    else
        diag_error(expr->at, "%s is %s, from %s to %s: %s does not fit", what, type_text(type),
                   constant_text(constant_integer(type_lowest(type))),
                   constant_text(constant_integer(type_highest(type))), text);
}

static void report_type(const struct expr *expr, const struct type *type, const char *what)
{
    const char *to = type_text(type), *from = type_text(expr->type);
    if (is_explicit(expr->type, type))
        diag_error(expr->at, "%s is %s, and this is %s; %s(...) converts it", what, to, from, to);
    else if (type->kind == TYPE_BOOL && type_is_number(expr->type))
        diag_error(expr->at, "%s is bool, and this is %s; compare it, as in ... != 0", what, from);
    else
        diag_error(expr->at, "%s is %s, and this is %s", what, to, from);
}

/* May a constant of that type become one of the other at all? */
static bool is_constant_number(const struct expr *expr, const struct type *type)
{
    if (type->kind == TYPE_TIME)
        return expr->type->kind == TYPE_EXACT_INT;
    return type_is_number(expr->type) && type_is_number(type) && (!is_real(expr->type) || is_real(type) ||
           check_is_exact(expr->type));
}

bool check_is_row_of_ends(const struct expr *expr)
{
    const struct symbol *root = expr->type->kind == TYPE_ARRAY && check_is_end(type_innermost(expr->type)) ? check_root(expr) : NULL;
    return root && root->kind == SYMBOL_PARAMETER && !root->is_ref;
}

bool check_fit(struct expr *expr, struct type *type, const char *what)
{
    if (check_is_row_of_ends(expr)) {
        diag_error(expr->at, "an array parameter of ends is indexed and passed on, not copied: %s is %s", what, type_text(type));
        return false;
    }
    if (expr->type == type || expr->type->kind == TYPE_ERROR || type->kind == TYPE_ERROR)
        return true;
    if (check_is_exact(expr->type) && !expr->value) {
        bool ok = check_fit(expr->middle, type, what);
        ok = check_fit(expr->right, type, what) && ok;
        expr->type = ok ? type : type_basic(TYPE_ERROR);
        return ok;
    }
    bool is_constant = expr->value && is_constant_number(expr, type);
    bool ok = is_constant ? fits(expr, type) : check_is_silent(expr->type, type);
    if (ok)
        check_wrap(expr, type);
    else if (is_constant)
        report_constant(expr, type, what);
    else
        report_type(expr, type, what);
    return ok;
}

/* ---- T(x) ---- */

void check_conversion(struct checker *checker, struct expr *expr)
{
    struct expr *from = expr->left;
    struct type *to = check_type_name(checker, expr->type_name);
    check_expression(checker, from);
    if (!from->value)
        check_settle(from);
    expr->type = to;
    if (to->kind == TYPE_ERROR || from->type->kind == TYPE_ERROR)
        return;
    expr->type = type_basic(TYPE_ERROR);
    if (!is_explicit(from->type, to)) {
        diag_error(expr->at, "%s does not convert to %s", type_text(from->type), type_text(to));
        return;
    }
    expr->value = from->value && from->type != to ? constant_convert(from->value, to) : from->value;
    if (from->value && !expr->value) {
        diag_error(expr->at, to->kind == TYPE_ENUM ? "%s is no value of %s" : "%s does not fit %s",
                   constant_text(from->value), type_text(to));
        return;
    }
    expr->type = to;
    if (check_is_exact(from->type))
        check_become_literal(expr);
}
