/* run_expr: computes expressions exactly as language.md § 2 says, apart from the compiler and the runtime. */
#include "random.h"

#include <math.h>
#include <string.h>

const char *run_text(union scalar scalar)
{
    return scalar.text ? scalar.text : "";
}

bool run_has_ended(const struct run *run)
{
    return run->failed || run->failing || run->steps > MOST_STEPS;
}

static bool fails(struct run *run, struct expr *expr)
{
    run->failed = expr;
    return false;
}

static wide wrapped(const struct type *type, wide number)
{
    wide range = type->most - type->least + 1;
    wide offset = (number - type->least) % range;
    return type->least + (offset < 0 ? offset + range : offset);
}

static bool gives(struct run *run, struct expr *expr, wide number, union scalar *result)
{
    result->number = number;
    return type_fits(expr->type, number) || fails(run, expr);
}

/* Bits are the same in every width once the sign is extended. */
static wide bits(enum op op, wide a, wide b)
{
    return op == AND ? a & b : op == OR ? a | b : a ^ b;
}

static bool shift(struct run *run, struct expr *expr, wide a, wide by, union scalar *result)
{
    int width = expr->type->kind == INT64 || expr->type->kind == UINT64 ? 64 : 32;
    if (by < 0 || by >= width)
        return fails(run, expr);
    wide power = (wide)1 << by;
    result->number = expr->op == LEFT ? wrapped(expr->type, (wide)((natural)a * (natural)power)) : a >> by;
    return true;
}

static bool divide(struct run *run, struct expr *expr, enum op op, wide a, wide b, union scalar *result)
{
    if (b == 0)
        return fails(run, expr);
    return gives(run, expr, op == DIV ? a / b : a % b, result);
}

/* Two uint64 may make more than even a wide number holds. */
static bool multiply(struct run *run, struct expr *expr, wide a, wide b, union scalar *result)
{
    wide product;
    return __builtin_mul_overflow(a, b, &product) ? fails(run, expr) : gives(run, expr, product, result);
}

static bool integers(struct run *run, struct expr *expr, enum op op, wide a, wide b, union scalar *result)
{
    switch (op) {
    case ADD: return gives(run, expr, a + b, result);
    case SUB: return gives(run, expr, a - b, result);
    case MUL: return multiply(run, expr, a, b, result);
    case DIV: case MOD: return divide(run, expr, op, a, b, result);
    case WRAP_ADD: result->number = wrapped(expr->type, a + b); return true;
    case WRAP_SUB: result->number = wrapped(expr->type, a - b); return true;
    case WRAP_MUL: result->number = wrapped(expr->type, (wide)((natural)a * (natural)b)); return true;
    case AND: case OR: case XOR: return gives(run, expr, bits(op, a, b), result);
    default: return shift(run, expr, a, b, result);
    }
}

static bool reals(struct run *run, struct expr *expr, enum op op, double a, double b, union scalar *result)
{
    result->real = op == ADD ? a + b : op == SUB ? a - b : op == MUL ? a * b : a / b;
    bool is_plain = result->real != 0 ? fabs(result->real) > 1e-9 : !signbit(result->real);
    return (is_plain && isfinite(result->real) && fabs(result->real) < 1e15) || fails(run, expr);
}

bool run_binary(struct run *run, struct expr *expr, enum op op, union scalar a, union scalar b, union scalar *result)
{
    if (expr->type->kind == DOUBLE)
        return reals(run, expr, op, a.real, b.real, result);
    return integers(run, expr, op, a.number, b.number, result);
}

static int order(const struct type *type, union scalar a, union scalar b)
{
    if (type->kind == STRING)
        return strcmp(run_text(a), run_text(b));
    if (type->kind == DOUBLE)
        return (a.real > b.real) - (a.real < b.real);
    return (a.number > b.number) - (a.number < b.number);
}

static int order_all(const struct type *type, const union scalar *a, const union scalar *b)
{
    int result = 0;
    for (int i = 0; i < type->count && result == 0 && (type->kind == STRUCT || type->kind == ARRAY); i++) {
        const struct type *part = type->parts[type->kind == STRUCT ? i : 0];
        int offset = type->kind == STRUCT ? type_offset(type, i) : i * part->slots;
        result = order_all(part, a + offset, b + offset);
    }
    return type->kind == STRUCT || type->kind == ARRAY ? result : order(type, *a, *b);
}

static bool compare(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    union scalar a[512], b[512];
    if (!run_expr(run, frame, expr->args[0], a) || !run_expr(run, frame, expr->args[1], b))
        return false;
    int order = order_all(expr->args[0]->type, a, b);
    switch (expr->op) {
    case LESS: result->number = order < 0; break;
    case LESS_EQUAL: result->number = order <= 0; break;
    case GREATER: result->number = order > 0; break;
    case GREATER_EQUAL: result->number = order >= 0; break;
    case EQUAL: result->number = order == 0; break;
    default: result->number = order != 0;
    }
    return true;
}

static bool logical(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    if (!run_expr(run, frame, expr->args[0], result))
        return false;
    if (expr->op == NOT)
        return result->number = !result->number, true;
    return result->number == (expr->op == EITHER) || run_expr(run, frame, expr->args[1], result);
}

static bool convert(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    const struct type *from = expr->args[0]->type;
    if (!run_expr(run, frame, expr->args[0], result))
        return false;
    if (expr->type->kind == DOUBLE) {
        if (from->kind != DOUBLE)
            result->real = (double)result->number;
        return true;
    }
    if (from->kind == DOUBLE)
        result->number = (wide)result->real;
    return type_fits(expr->type, result->number) || fails(run, expr);
}

static bool parts(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    bool is_array = expr->type->kind == ARRAY;
    memset(result, 0, (size_t)expr->type->slots * sizeof *result);
    if (expr->op == SHAPE)
        result->number = expr->index;
    union scalar *to = result + (expr->op == SHAPE ? type_offset(expr->type, expr->index) : 0);
    for (int i = 0; i < expr->count; i++) {
        if (!run_expr(run, frame, expr->args[i], to))
            return false;
        to += is_array ? expr->type->parts[0]->slots : expr->args[i]->type->slots;
    }
    return true;
}

static bool call(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    struct function *function = expr->function;
    union scalar *new_frame = NEW_ARRAY(union scalar, (size_t)function->slots + 1);
    for (int i = 0; i < expr->count; i++)
        if (!run_expr(run, frame, expr->args[i], new_frame + function->parameters[i]->offset))
            return false;
    return run_function(run, function, new_frame, result);
}

static bool text(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    union scalar index = {0};
    if (!run_expr(run, frame, expr->args[0], result))
        return false;
    wide length = (wide)strlen(run_text(*result));
    if (expr->op == LENGTH)
        return result->number = length, true;
    if (!run_expr(run, frame, expr->args[1], &index))
        return false;
    if (index.number < 0 || index.number >= length)
        return fails(run, expr);
    result->number = (unsigned char)result->text[index.number];
    return true;
}

static bool unary(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    if (!run_expr(run, frame, expr->args[0], result))
        return false;
    wide a = result->number;
    if (expr->op == INVERT)
        return result->number = expr->type->least == 0 ? expr->type->most - a : ~a, true;
    return gives(run, expr, expr->op == ABS && a >= 0 ? a : -a, result);
}

static bool extreme(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    union scalar other = {0};
    if (!run_expr(run, frame, expr->args[0], result) || !run_expr(run, frame, expr->args[1], &other))
        return false;
    if ((other.number < result->number) == (expr->op == MIN))
        *result = other;
    return true;
}

union scalar *run_place(struct run *run, union scalar *frame, struct expr *place)
{
    union scalar index = {0};
    if (place->op == VARIABLE) {
        union scalar *slot = frame + place->variable->offset;
        return place->variable->is_ref ? slot->place : slot;
    }
    union scalar *base = run_place(run, frame, place->args[0]);
    if (!base || place->op == FIELD)
        return base ? base + type_offset(place->args[0]->type, place->index) : NULL;
    if (!run_expr(run, frame, place->args[1], &index))
        return NULL;
    if (index.number >= 0 && index.number < place->args[0]->type->count)
        return base + index.number * place->type->slots;
    fails(run, place);
    return NULL;
}

static bool read_place(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    union scalar *place = run_place(run, frame, expr);
    if (place)
        memcpy(result, place, (size_t)expr->type->slots * sizeof *result);
    return place;
}

static void none(const struct type *type, union scalar *result)
{
    memset(result, 0, (size_t)type->slots * sizeof *result);
}

bool run_expr(struct run *run, union scalar *frame, struct expr *expr, union scalar *result)
{
    union scalar b = {0};
    run->steps++;
    switch (expr->op) {
    case LITERAL: return *result = expr->literal, true;
    case NONE: return none(expr->type, result), true;
    case VARIABLE: case ELEMENT: case FIELD: return read_place(run, frame, expr, result);
    case LENGTH: case CHARACTER: return text(run, frame, expr, result);
    case RECORD: case SHAPE: return parts(run, frame, expr, result);
    case NOT: case BOTH: case EITHER: return logical(run, frame, expr, result);
    case LESS: case LESS_EQUAL: case GREATER: case GREATER_EQUAL: case EQUAL: case NOT_EQUAL:
        return compare(run, frame, expr, result);
    case CHOOSE:
        return run_expr(run, frame, expr->args[0], &b) && run_expr(run, frame, expr->args[b.number ? 1 : 2], result);
    case CALL: return call(run, frame, expr, result);
    case CONVERT: return convert(run, frame, expr, result);
    case NEGATE: case INVERT: case ABS: return unary(run, frame, expr, result);
    case MIN: case MAX: return extreme(run, frame, expr, result);
    default:
        return run_expr(run, frame, expr->args[0], result) && run_expr(run, frame, expr->args[1], &b) &&
               run_binary(run, expr, expr->op, *result, b, result);
    }
}
