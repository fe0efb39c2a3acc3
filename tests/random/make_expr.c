/* make_expr: expressions of a given type, out of what is visible. A literal stands only where its place gives it a type,
 * so that what is constant and what is computed cannot be confused. */
#include "random.h"

struct expr *expr_new(enum op op, struct type *type, struct expr *a, struct expr *b, struct expr *c)
{
    struct expr *expr = NEW(struct expr);
    *expr = (struct expr){.op = op, .type = type, .args = {a, b, c}, .count = !a ? 0 : !b ? 1 : !c ? 2 : 3};
    return expr;
}

struct expr *expr_variable(struct variable *variable)
{
    struct expr *expr = expr_new(VARIABLE, variable->type, NULL, NULL, NULL);
    expr->variable = variable;
    return expr;
}

struct expr *expr_number(struct type *type, wide number)
{
    struct expr *expr = expr_new(LITERAL, type, NULL, NULL, NULL);
    expr->literal.number = number;
    return expr;
}

/* Small numbers, the ends of the range, anything. */
static wide any_number(const struct type *type)
{
    wide bits = (wide)random_bits();
    if (type->most < 20)
        return bits % (type->most + 1);
    switch (random_below(5)) {
    case 0: return type->most - bits % 3;
    case 1: return type->least + bits % 3;
    case 2: return type->least + bits % (type->most - type->least + 1);
    default: return bits % 20;
    }
}

static struct expr *make_record(struct type *type)
{
    struct expr *record = expr_new(RECORD, type, NULL, NULL, NULL);
    if (type->kind == STRUCT)
        for (record->count = 0; record->count < type->count; record->count++)
            record->args[record->count] = make_literal(type->parts[record->count]);
    else
        for (record->count = 0; record->count < type->count && record->count < MOST_ARGUMENTS; record->count++)
            record->args[record->count] = make_literal(type->parts[0]);
    return record;
}

static struct expr *make_shape(struct scope *scope, struct type *type, int depth)
{
    struct expr *shape = expr_new(SHAPE, type, NULL, NULL, NULL);
    shape->index = random_below(type->count);
    shape->count = type->arity[shape->index];
    for (int i = 0; i < shape->count; i++) {
        struct type *value = type->values[shape->index][i];
        shape->args[i] = scope ? make_expr(scope, value, depth - 1) : make_literal(value);
    }
    return shape;
}

struct expr *make_literal(struct type *type)
{
    static const char *const texts[] = {"", "a", "text", "some more", "{}", "%d", "x y", "tail"};
    if (type->kind == STRUCT || type->kind == ARRAY)
        return make_record(type);
    if (type->kind == PROTOCOL)
        return make_shape(NULL, type, 0);
    struct expr *literal = expr_number(type, 0);
    if (type->kind == DOUBLE)
        literal->literal.real = random_below(64) * 0.25;
    else if (type->kind == STRING)
        literal->literal.text = texts[random_below(8)];
    else
        literal->literal.number = type->kind == TIME ? random_below(5000) : any_number(type);
    if (type->kind == CHAR)
        literal->literal.number = ' ' + random_below(95);
    return literal;
}

static bool same(const struct type *a, const struct type *b)
{
    return a == b || (a->kind == ARRAY && b->kind == ARRAY && a->parts[0] == b->parts[0] && a->count == b->count);
}

/* An index that mostly is in bounds; the rest is repaired. */
static struct expr *make_index(struct scope *scope, int count, bool is_quiet)
{
    bool was_quiet = scope->is_quiet;
    scope->is_quiet = is_quiet || was_quiet;
    int depth = scope->is_index ? 0 : random_chance(15);
    bool is_literal = random_chance(scope->is_index ? 70 : 40), was_index = scope->is_index;
    scope->is_index = true;
    struct expr *index = is_literal ? expr_number(type_of(INT), random_below(count))
                                    : make_operand(scope, type_of(random_chance(80) ? INT : UINT8), depth);
    scope->is_index = was_index;
    scope->is_quiet = was_quiet;
    bool is_masked = index->op != LITERAL && random_chance(90);
    return is_masked ? expr_new(AND, type_of(INT), index, expr_number(type_of(INT), count - 1), NULL) : index;
}

static bool holds(const struct type *type, const struct type *wanted)
{
    bool is_held = same(type, wanted);
    for (int i = 0; i < (type->kind == STRUCT ? type->count : type->kind == ARRAY); i++)
        is_held = is_held || holds(type->parts[i], wanted);
    return is_held;
}

/* From a place of another type to one inside it. */
static struct expr *descend(struct scope *scope, struct expr *place, struct type *wanted, bool to_set)
{
    if (same(place->type, wanted) || !holds(place->type, wanted))
        return same(place->type, wanted) ? place : NULL;
    if (place->type->kind == ARRAY) {
        struct expr *index = make_index(scope, place->type->count, to_set);
        return descend(scope, expr_new(ELEMENT, place->type->parts[0], place, index, NULL), wanted, to_set);
    }
    int first = random_below(place->type->count);
    for (int i = 0; i < place->type->count; i++) {
        int part = (first + i) % place->type->count;
        struct expr *field = expr_new(FIELD, place->type->parts[part], place, NULL, NULL);
        field->index = part;
        struct expr *found = descend(scope, field, wanted, to_set);
        if (found)
            return found;
    }
    return NULL;
}

static struct expr *find_place(struct scope *scope, struct type *type, bool to_set)
{
    for (int tries = 0; tries < 12 && scope->count; tries++) {
        struct variable *variable = scope->visible[random_below(scope->count)];
        if ((to_set && variable->is_fixed) || (variable->is_open && same(variable->type, type)))
            continue;
        struct expr *place = descend(scope, expr_variable(variable), type, to_set);
        if (place)
            return place;
    }
    return NULL;
}

struct expr *make_place(struct scope *scope, struct type *type)
{
    return find_place(scope, type, true);
}

static struct expr *make_none(struct type *type)
{
    return expr_new(NONE, type, NULL, NULL, NULL);
}

static struct expr *make_call(struct scope *scope, struct type *type, int depth)
{
    struct program *program = scope->program;
    for (int tries = 0; tries < 8 && program->function_count; tries++) {
        struct function *function = program->functions[random_below(program->function_count)];
        if (!same(function->result, type) || (function->is_noisy && scope->is_quiet))
            continue;
        struct expr *call = expr_new(CALL, type, NULL, NULL, NULL);
        call->function = function;
        for (; call->count < function->count; call->count++)
            call->args[call->count] = make_expr(scope, function->parameters[call->count]->type, depth - 1);
        for (int i = 0; i < call->count; i++)
            if (!call->args[i])
                return NULL;
        return call;
    }
    return NULL;
}

/* Two types of numbers that meet in that one; the first is not narrower than need be for a shift. */
static struct type *meeting(struct type *type, struct type *with)
{
    for (int tries = 0; tries < 10; tries++) {
        struct type *other = type_of((enum kind)(CHAR + random_below(UINT64 - CHAR + 1)));
        if (type_meet(with, other) == type)
            return other;
    }
    return type;
}

static struct expr *make_right(struct scope *scope, struct type *type, int depth)
{
    return random_chance(30) ? make_literal(type) : make_operand(scope, type, depth);
}

static struct expr *make_shift(struct scope *scope, struct type *type, int depth)
{
    enum op op = random_chance(50) ? LEFT : RIGHT;
    int width = type == type_of(INT64) || type == type_of(UINT64) ? 64 : 32;
    struct expr *by = random_chance(60) ? expr_number(type_of(INT), random_below(width))
                                        : make_operand(scope, type_of(UINT8), 0);
    return expr_new(op, type, make_operand(scope, type, depth), by, NULL);
}

static struct expr *make_unary(struct scope *scope, struct type *type, int depth)
{
    enum op op = type->least < 0 ? (enum op[]){NEGATE, INVERT, ABS}[random_below(3)] : INVERT;
    return expr_new(op, type, make_operand(scope, type, depth), NULL, NULL);
}

static struct expr *make_arithmetic(struct scope *scope, struct type *type, int depth)
{
    static const enum op ops[] = {ADD, SUB, MUL, DIV, MOD, WRAP_ADD, WRAP_SUB, WRAP_MUL, AND, OR, XOR, ADD, SUB};
    if (random_chance(15))
        return make_shift(scope, type, depth);
    if (random_chance(15))
        return make_unary(scope, type, depth);
    if (random_chance(10))
        return expr_new(random_chance(50) ? MIN : MAX, type, make_operand(scope, type, depth),
                        make_operand(scope, type, depth), NULL);
    struct type *left = meeting(type, type), *right = type;
    if (random_chance(50)) {
        right = meeting(type, left);
        if (type_meet(left, right) != type)
            right = type;
    }
    struct expr *b = make_right(scope, right, depth);
    struct expr *a = make_operand(scope, b->op == LITERAL ? type : left, depth);
    if (b->op == LITERAL)
        b = make_literal(type);
    enum op op = ops[random_below(13)];
    if ((op == DIV || op == MOD) && b->op == LITERAL && b->literal.number == 0)
        op = WRAP_ADD;
    return expr_new(op, type, a, b, NULL);
}

static struct expr *make_convert(struct scope *scope, struct type *type, int depth)
{
    struct type *from = type_of((enum kind)(BOOL + random_below(UINT64 - BOOL + 1)));
    if (from == type_of(BOOL) || random_chance(10))
        from = type == type_of(TIME) || type == type_of(DOUBLE) ? type_of(INT) : type_of(BOOL);
    if (random_chance(10) && type != type_of(CHAR) && type->kind != TIME)
        from = type_of(type->kind == INT64 ? TIME : type->kind == DOUBLE ? INT : DOUBLE);
    if (type_is_integer(type) && random_chance(10))
        from = scope->program->types[0];
    if (type->kind == DOUBLE)
        from = type_of(random_chance(50) ? INT : UINT16);
    return expr_new(CONVERT, type, make_operand(scope, from, depth), NULL, NULL);
}

static struct expr *make_compare(struct scope *scope, int depth)
{
    enum op op = (enum op)(LESS + random_below(6));
    struct type *type = type_any(scope->program), *right;
    bool is_ordered = type_is_integer(type) || type->kind == TIME || type->kind == ENUM || type->kind == DOUBLE;
    if (type->kind == PROTOCOL)
        type = type_of(INT);
    else if (!is_ordered)
        op = random_chance(50) ? EQUAL : NOT_EQUAL;
    right = type;
    if (type_is_integer(type) && random_chance(40)) {
        right = type_of((enum kind)(CHAR + random_below(UINT64 - CHAR + 1)));
        right = type_meet(type, right) ? right : type;
    }
    struct expr *left = make_operand(scope, type, depth);
    bool is_literal = type_is_integer(type) && random_chance(30);
    return expr_new(op, type_of(BOOL), left, is_literal ? make_literal(type) : make_operand(scope, right, depth), NULL);
}

static struct expr *make_bool(struct scope *scope, int depth)
{
    struct type *type = type_of(BOOL);
    switch (random_below(5)) {
    case 0: return expr_new(NOT, type, make_operand(scope, type, depth), NULL, NULL);
    case 1: return expr_new(BOTH, type, make_operand(scope, type, depth), make_operand(scope, type, depth), NULL);
    case 2: return expr_new(EITHER, type, make_operand(scope, type, depth), make_operand(scope, type, depth), NULL);
    default: return make_compare(scope, depth);
    }
}

static struct expr *make_time(struct scope *scope, int depth)
{
    struct type *type = type_of(TIME);
    struct expr *a = make_operand(scope, type, depth);
    switch (random_below(6)) {
    case 0: return expr_new(ADD, type, a, make_operand(scope, type, depth), NULL);
    case 1: return expr_new(SUB, type, a, make_right(scope, type, depth), NULL);
    case 2: return expr_new(MUL, type, a, make_operand(scope, type_of(INT), depth), NULL);
    case 3: return expr_new(DIV, type, a, make_operand(scope, type_of(INT), depth), NULL);
    case 4: return expr_new(MOD, type, a, make_operand(scope, type, depth), NULL);
    default: return make_convert(scope, type, depth);
    }
}

static struct expr *make_double(struct scope *scope, int depth)
{
    struct type *type = type_of(DOUBLE);
    struct expr *a = make_operand(scope, type, depth);
    if (random_chance(30))
        return make_convert(scope, type, depth);
    return expr_new((enum op)(ADD + random_below(4)), type, a, make_right(scope, type, depth), NULL);
}

static struct expr *make_text_use(struct scope *scope, struct type *type, int depth)
{
    struct expr *text = make_operand(scope, type_of(STRING), depth);
    if (type == type_of(INT))
        return expr_new(LENGTH, type, text, NULL, NULL);
    return expr_new(CHARACTER, type, text, make_index(scope, 4, false), NULL);
}

static struct expr *make_choice(struct scope *scope, struct type *type, int depth)
{
    struct expr *condition = make_operand(scope, type_of(BOOL), depth);
    struct expr *yes = make_operand(scope, type, depth);
    return expr_new(CHOOSE, type, condition, yes, make_operand(scope, type, depth));
}

static struct expr *make_composite(struct scope *scope, struct type *type, int depth)
{
    struct expr *record = expr_new(RECORD, type, NULL, NULL, NULL);
    for (; record->count < type->count; record->count++) {
        struct type *part = type->parts[record->count];
        record->args[record->count] = part->kind == ARRAY ? make_literal(part) : make_expr(scope, part, depth - 1);
    }
    return record;
}

static struct expr *make_inner(struct scope *scope, struct type *type, int depth)
{
    if ((type == type_of(INT) || type == type_of(CHAR)) && random_chance(12))
        return make_text_use(scope, type, depth);
    if (random_chance(12))
        return make_choice(scope, type, depth);
    switch (type->kind) {
    case BOOL: return make_bool(scope, depth);
    case INT: case UINT: case INT64: case UINT64:
        return random_chance(25) ? make_convert(scope, type, depth) : make_arithmetic(scope, type, depth);
    case CHAR: case INT8: case INT16: case UINT8: case UINT16: return make_convert(scope, type, depth);
    case TIME: return make_time(scope, depth);
    case DOUBLE: return make_double(scope, depth);
    case ENUM: return expr_new(CONVERT, type, make_operand(scope, type_of(INT), depth), NULL, NULL);
    case STRUCT: return make_composite(scope, type, depth);
    case PROTOCOL: return make_shape(scope, type, depth);
    default: return NULL;
    }
}

struct expr *make_operand(struct scope *scope, struct type *type, int depth)
{
    struct expr *expr = NULL;
    if (depth > 0 && random_chance(20))
        expr = make_call(scope, type, depth);
    if (!expr && depth > 0 && random_chance(65))
        expr = make_inner(scope, type, depth - 1);
    if (!expr)
        expr = find_place(scope, type, false);
    return expr ? expr : make_none(type);
}

struct expr *make_expr(struct scope *scope, struct type *type, int depth)
{
    if (type->kind == ARRAY)
        return find_place(scope, type, false);
    return random_chance(20) ? make_literal(type) : make_operand(scope, type, depth);
}
