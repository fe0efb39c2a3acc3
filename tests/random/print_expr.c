/* print_expr: expressions as text. */
#include "random.h"

static const char *const spelling[] = {
    [ADD] = "+", [SUB] = "-", [MUL] = "*", [DIV] = "/", [MOD] = "%", [WRAP_ADD] = "+%", [WRAP_SUB] = "-%",
    [WRAP_MUL] = "*%", [AND] = "&", [OR] = "|", [XOR] = "^", [LEFT] = "<<", [RIGHT] = ">>", [LESS] = "<",
    [LESS_EQUAL] = "<=", [GREATER] = ">", [GREATER_EQUAL] = ">=", [EQUAL] = "==", [NOT_EQUAL] = "!=", [BOTH] = "&&",
    [EITHER] = "||", [NOT] = "!", [NEGATE] = "-", [INVERT] = "~", [MIN] = "min", [MAX] = "max", [ABS] = "abs",
};

const char *print_op(enum op op)
{
    return spelling[op];
}

static const char *print_number(const struct type *type, wide number)
{
    if (type->least == 0)
        return arena_printf("%llu", (unsigned long long)number);
    return arena_printf("%lld", (long long)number);
}

static const char *print_literal(const struct type *type, union scalar value)
{
    int number = (int)value.number;
    switch (type->kind) {
    case BOOL: return value.number ? "true" : "false";
    case CHAR: return arena_printf(number == '\'' || number == '\\' ? "'\\%c'" : "'%c'", number);
    case DOUBLE: return arena_printf("%.2f", value.real);
    case TIME: return arena_printf("%lldns", (long long)value.number);
    case STRING: return arena_printf("\"%s\"", run_text(value));
    case ENUM: return arena_printf("%s%s%s", number % 2 ? type->name : "", number % 2 ? "." : "", type->names[number]);
    default: return print_number(type, value.number);
    }
}

static const char *print_list(const struct expr *expr)
{
    const char *text = "";
    for (int i = 0; i < expr->count; i++)
        text = arena_printf("%s%s%s", text, i ? ", " : "", print_expr(expr->args[i]));
    return text;
}

static const char *print_shape(const struct expr *expr)
{
    const char *name = expr->type->names[expr->index];
    const char *owner = expr->index % 2 ? arena_printf("%s.", expr->type->name) : "";
    return arena_printf(expr->count ? "%s%s(%s)" : "%s%s%s", owner, name, print_list(expr));
}

static const char *print_binary(const struct expr *expr)
{
    return arena_printf("(%s %s %s)", print_expr(expr->args[0]), spelling[expr->op], print_expr(expr->args[1]));
}

static const char *print_unary(const struct expr *expr)
{
    return arena_printf("%s(%s)", spelling[expr->op], print_list(expr));
}

const char *print_expr(const struct expr *expr)
{
    const char *first = expr->count ? print_expr(expr->args[0]) : "";
    switch (expr->op) {
    case LITERAL: return print_literal(expr->type, expr->literal);
    case VARIABLE: return expr->variable->name;
    case ELEMENT: case CHARACTER: return arena_printf("%s[%s]", first, print_expr(expr->args[1]));
    case FIELD: return arena_printf("%s.%s", first, expr->args[0]->type->names[expr->index]);
    case LENGTH: return arena_printf("len(%s)", first);
    case NONE: return arena_printf("none_%s()", expr->type->name);
    case CALL: return arena_printf("%s(%s)", expr->function->name, print_list(expr));
    case CONVERT: return arena_printf("%s(%s)", expr->type->name, first);
    case RECORD:
        return arena_printf("%s{%s}", expr->type->kind == STRUCT ? expr->type->name : "", print_list(expr));
    case SHAPE: return print_shape(expr);
    case CHOOSE:
        return arena_printf("(%s ? %s : %s)", first, print_expr(expr->args[1]), print_expr(expr->args[2]));
    case NOT: case NEGATE: case INVERT: case MIN: case MAX: case ABS: return print_unary(expr);
    default: return print_binary(expr);
    }
}
