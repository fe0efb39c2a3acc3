/* constant: what is computed when compiling (language.md § 2). Called by check. */
#include "constant.h"

#include "arena.h"
#include "type.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide_bits; /* wraps around where wide overflows */

/* Can its whole part be a wide integer? What is no number cannot. */
static bool is_wide(double real)
{
    return real > -0x1p126 && real < 0x1p126;
}

static struct value *new_value(enum value_kind kind)
{
    struct value *value = NEW(struct value);
    value->kind = kind;
    return value;
}

struct value *constant_integer(wide integer)
{
    static struct value small[256]; /* most constants are one of them; nothing changes a value that has been made */
    bool is_small = integer >= 0 && integer < (wide)(sizeof small / sizeof *small);
    struct value *value = is_small ? &small[integer] : NEW(struct value);
    value->kind = VALUE_INT;
    value->integer = integer;
    return value;
}

struct value *constant_real(double real)
{
    struct value *value = new_value(VALUE_REAL);
    value->real = real;
    return value;
}

struct value *constant_bool(bool truth)
{
    struct value *value = new_value(VALUE_BOOL);
    value->integer = truth;
    return value;
}

struct value *constant_zero(struct type *type)
{
    switch (type->kind) {
    case TYPE_BOOL:
        return constant_bool(false);
    case TYPE_FLOAT: case TYPE_DOUBLE:
        return constant_real(0);
    case TYPE_ARRAY: case TYPE_STRUCT:
        return new_value(VALUE_LIST);
    case TYPE_STRING: {
        struct value *value = new_value(VALUE_STRING);
        value->bytes = "";
        return value;
    }
    default:
        return constant_integer(0);
    }
}

struct value *constant_item(const struct value *list, int64_t index, struct type *element)
{
    return index < list->length ? list->items[index] : constant_zero(element);
}

/* ---- types ---- */

static bool is_real_type(const struct type *type)
{
    return type->kind == TYPE_FLOAT || type->kind == TYPE_DOUBLE || type->kind == TYPE_EXACT_REAL;
}

static bool is_whole(double real)
{
    return is_wide(real) && (double)(wide)real == real;
}

static bool in_range(wide integer, const struct type *type)
{
    return type->kind == TYPE_EXACT_INT || (type_lowest(type) <= integer && integer <= type_highest(type));
}

static double rounded(double real, const struct type *type)
{
    return type->kind == TYPE_FLOAT ? (double)(float)real : real;
}

bool constant_fits(const struct value *value, const struct type *type)
{
    bool is_integer = value->kind == VALUE_INT;
    if (!is_integer && value->kind != VALUE_REAL)
        return false;
    if (type->kind == TYPE_TIME)
        return is_integer && value->integer == 0;
    if (type_is_integer(type))
        return is_integer ? in_range(value->integer, type)
                          : is_whole(value->real) && in_range((wide)value->real, type);
    if (!is_real_type(type))
        return false;
    if (!is_integer)
        return type->kind != TYPE_FLOAT || isinf(value->real) || !isinf(rounded(value->real, type));
    double real = rounded((double)value->integer, type);
    return is_wide(real) && (wide)real == value->integer;
}

struct value *constant_convert(const struct value *value, const struct type *type)
{
    double real = value->kind == VALUE_REAL ? value->real : (double)value->integer;
    if (is_real_type(type))
        return constant_real(rounded(real, type));
    if (value->kind == VALUE_REAL && !is_wide(real))
        return NULL;
    wide integer = value->kind == VALUE_REAL ? (wide)real : value->integer;
    return in_range(integer, type) ? constant_integer(integer) : NULL;
}

/* ---- arithmetic ---- */

static struct value *fitted(bool overflow, wide integer, const struct type *type, const char **why)
{
    if (!overflow && in_range(integer, type))
        return constant_integer(integer);
    if (type->kind == TYPE_EXACT_INT)
        *why = "this constant is too large to be computed";
    else
        *why = arena_printf("this constant overflows: it does not fit %s", type_text(type));
    return NULL;
}

/* The lowest bits of a number, as a number of that type. */
static wide wrapped(wide_bits bits, const struct type *type)
{
    int width = type->kind == TYPE_TIME ? 64 : type_bits(type);
    wide_bits modulus = (wide_bits)1 << width;
    wide low = (wide)(bits % modulus);
    return low > type_highest(type) ? low - (wide)modulus : low;
}

static struct value *summed(enum operator operator, wide left, wide right, const struct type *type, const char **why)
{
    wide result;
    bool overflow;
    switch (operator) {
    case OPERATOR_ADD: overflow = __builtin_add_overflow(left, right, &result); break;
    case OPERATOR_SUBTRACT: overflow = __builtin_sub_overflow(left, right, &result); break;
    default: overflow = __builtin_mul_overflow(left, right, &result); break;
    }
    return fitted(overflow, result, type, why);
}

struct value *constant_unary(enum operator operator, const struct value *value, const struct type *type,
                             const char **why)
{
    switch (operator) {
    case OPERATOR_NOT:
        return constant_bool(!value->integer);
    case OPERATOR_NEGATE:
        if (value->kind == VALUE_REAL)
            return constant_real(-value->real);
        return summed(OPERATOR_SUBTRACT, 0, value->integer, type, why);
    case OPERATOR_COMPLEMENT:
        if (type->kind == TYPE_EXACT_INT)
            return constant_integer(~value->integer);
        return constant_integer(wrapped(~(wide_bits)value->integer, type));
    default:
        return constant_convert(value, type);
    }
}

static struct value *real_binary(enum operator operator, double left, double right, const struct type *type)
{
    switch (operator) {
    case OPERATOR_ADD: return constant_real(rounded(left + right, type));
    case OPERATOR_SUBTRACT: return constant_real(rounded(left - right, type));
    case OPERATOR_MULTIPLY: return constant_real(rounded(left * right, type));
    default: return constant_real(rounded(left / right, type));
    }
}

/* -1 is apart because the smallest number divided by it overflows, and its remainder is 0 (§ 11). */
static struct value *divided(enum operator operator, wide left, wide right, const struct type *type, const char **why)
{
    if (right == 0) {
        *why = "this divides by zero";
        return NULL;
    }
    if (operator == OPERATOR_REMAINDER)
        return constant_integer(right == -1 ? 0 : left % right);
    if (right == -1)
        return summed(OPERATOR_SUBTRACT, 0, left, type, why);
    return constant_integer(left / right);
}

/* An exact constant has no width: it may be shifted as far as 128 bits go. */
static struct value *shifted(enum operator operator, wide left, wide by, const struct type *type, const char **why)
{
    bool is_exact = type->kind == TYPE_EXACT_INT;
    int width = is_exact ? 127 : type_bits(type);
    if (by < 0 || by >= width) {
        *why = "this shifts by more bits than there are";
        return NULL;
    }
    if (operator == OPERATOR_SHIFT_RIGHT)
        return constant_integer(left >> (int)by);
    wide_bits bits = (wide_bits)left << (int)by;
    if (!is_exact)
        return constant_integer(wrapped(bits, type));
    return fitted((wide)bits >> (int)by != left, (wide)bits, type, why);
}

static struct value *integer_binary(enum operator operator, wide left, wide right, const struct type *type,
                                    const char **why)
{
    switch (operator) {
    case OPERATOR_ADD: case OPERATOR_SUBTRACT: case OPERATOR_MULTIPLY:
        return summed(operator, left, right, type, why);
    case OPERATOR_WRAP_ADD:
        return constant_integer(wrapped((wide_bits)left + (wide_bits)right, type));
    case OPERATOR_WRAP_SUBTRACT:
        return constant_integer(wrapped((wide_bits)left - (wide_bits)right, type));
    case OPERATOR_WRAP_MULTIPLY:
        return constant_integer(wrapped((wide_bits)left * (wide_bits)right, type));
    case OPERATOR_SHIFT_LEFT: case OPERATOR_SHIFT_RIGHT:
        return shifted(operator, left, right, type, why);
    case OPERATOR_AND:
        return constant_integer(left & right);
    case OPERATOR_XOR:
        return constant_integer(left ^ right);
    case OPERATOR_OR:
        return constant_integer(left | right);
    default:
        return divided(operator, left, right, type, why);
    }
}

static struct value *bool_binary(enum operator operator, bool left, bool right)
{
    switch (operator) {
    case OPERATOR_AND: case OPERATOR_LOGICAL_AND: return constant_bool(left && right);
    case OPERATOR_OR: case OPERATOR_LOGICAL_OR: return constant_bool(left || right);
    default: return constant_bool(left != right);
    }
}

struct value *constant_binary(enum operator operator, const struct value *left, const struct value *right,
                              const struct type *type, const char **why)
{
    switch (left->kind) {
    case VALUE_BOOL: return bool_binary(operator, left->integer, right->integer);
    case VALUE_REAL: return real_binary(operator, left->real, right->real, type);
    default: return integer_binary(operator, left->integer, right->integer, type, why);
    }
}

/* ---- comparisons ---- */

static bool is_equal(const struct value *left, const struct value *right)
{
    switch (left->kind) {
    case VALUE_REAL:
        return left->real == right->real;
    case VALUE_STRING:
        return left->length == right->length && memcmp(left->bytes, right->bytes, (size_t)left->length) == 0;
    default:
        return left->integer == right->integer;
    }
}

bool constant_less(const struct value *left, const struct value *right)
{
    return left->kind == VALUE_REAL ? left->real < right->real : left->integer < right->integer;
}

/* Not equal to itself is only what is no number: then every comparison but != is false. */
struct value *constant_compare(enum operator operator, const struct value *left, const struct value *right)
{
    bool equal = is_equal(left, right);
    switch (operator) {
    case OPERATOR_EQUAL: return constant_bool(equal);
    case OPERATOR_NOT_EQUAL: return constant_bool(!equal);
    case OPERATOR_LESS: return constant_bool(constant_less(left, right));
    case OPERATOR_LESS_EQUAL: return constant_bool(equal || constant_less(left, right));
    case OPERATOR_GREATER: return constant_bool(constant_less(right, left));
    default: return constant_bool(equal || constant_less(right, left));
    }
}

/* ---- text ---- */

static const char *integer_text(wide integer)
{
    char digits[44];
    char *at = digits + sizeof digits;
    wide_bits rest = integer < 0 ? -(wide_bits)integer : (wide_bits)integer;
    do {
        *--at = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest);
    if (integer < 0)
        *--at = '-';
    return arena_name(at, (size_t)(digits + sizeof digits - at));
}

const char *constant_text(const struct value *value)
{
    switch (value->kind) {
    case VALUE_INT: return integer_text(value->integer);
    case VALUE_REAL: return arena_printf("%.15g", value->real);
    case VALUE_BOOL: return value->integer ? "true" : "false";
    case VALUE_STRING: return arena_printf("\"%s\"", value->bytes);
    case VALUE_LIST: return "this list";
    }
    return "";
}
