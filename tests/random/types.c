/* types: the built-in ones, and structs, enums and protocols by chance. */
#include "random.h"

static struct type builtin[VOID + 1] = {
    [BOOL] = {BOOL, "bool", 1, .most = 1},
    [CHAR] = {CHAR, "char", 1, .most = UINT8_MAX},
    [INT8] = {INT8, "int8", 1, .least = INT8_MIN, .most = INT8_MAX},
    [INT16] = {INT16, "int16", 1, .least = INT16_MIN, .most = INT16_MAX},
    [INT] = {INT, "int", 1, .least = INT32_MIN, .most = INT32_MAX},
    [INT64] = {INT64, "int64", 1, .least = INT64_MIN, .most = INT64_MAX},
    [UINT8] = {UINT8, "uint8", 1, .most = UINT8_MAX},
    [UINT16] = {UINT16, "uint16", 1, .most = UINT16_MAX},
    [UINT] = {UINT, "uint", 1, .most = UINT32_MAX},
    [UINT64] = {UINT64, "uint64", 1, .most = UINT64_MAX},
    [TIME] = {TIME, "time", 1, .least = INT64_MIN, .most = INT64_MAX},
    [DOUBLE] = {DOUBLE, "double", 1},
    [STRING] = {STRING, "string", 1},
    [VOID] = {VOID, "void", 0},
};

struct type *type_of(enum kind kind)
{
    return &builtin[kind];
}

struct type *type_array(struct type *element, int count)
{
    struct type *type = NEW(struct type);
    *type = (struct type){ARRAY, element->name, element->slots * count, count, .parts = {element}};
    return type;
}

bool type_is_integer(const struct type *type)
{
    return type->kind >= CHAR && type->kind <= UINT64;
}

bool type_fits(const struct type *type, wide number)
{
    return number >= type->least && number <= type->most;
}

int type_slots_of_shape(const struct type *type, int shape)
{
    int slots = 0;
    for (int i = 0; i < type->arity[shape]; i++)
        slots += type->values[shape][i]->slots;
    return slots;
}

int type_offset(const struct type *type, int part)
{
    int offset = type->kind == PROTOCOL;
    for (int i = 0; i < part; i++)
        offset += type->kind == PROTOCOL ? type_slots_of_shape(type, i) : type->parts[i]->slots;
    return offset;
}

static struct type *promoted(struct type *type)
{
    return type->kind < INT || type->kind == UINT8 || type->kind == UINT16 ? type_of(INT) : type;
}

static bool is_unsigned(const struct type *type)
{
    return type->least == 0;
}

/* The smallest of int, uint, int64, uint64 that holds both. Narrow unsigned types meet uint and uint64 there. */
struct type *type_meet(struct type *a, struct type *b)
{
    static const enum kind candidates[] = {INT, UINT, INT64, UINT64};
    struct type *wider = promoted(a)->most >= promoted(b)->most ? promoted(a) : promoted(b);
    if (is_unsigned(wider) && !(is_unsigned(a) && is_unsigned(b)))
        wider = type_of(INT64);
    for (int i = 0; i < 4; i++) {
        struct type *type = type_of(candidates[i]);
        if (type->least <= a->least && type->least <= b->least && type->most >= wider->most && type->most >= a->most &&
            type->most >= b->most)
            return type;
    }
    return NULL;
}

struct type *type_any_scalar(void)
{
    return type_of((enum kind)random_below(STRING + 1));
}

struct type *type_any(struct program *program)
{
    if (random_chance(35) && program->type_count)
        return program->types[random_below(program->type_count)];
    return random_chance(40) ? type_of(INT) : type_any_scalar();
}

static struct type *add(struct program *program, enum kind kind, const char *prefix)
{
    struct type *type = NEW(struct type);
    type->kind = kind;
    type->name = arena_printf("%s%d", prefix, program->type_count);
    program->types[program->type_count++] = type;
    return type;
}

static void make_enum(struct program *program)
{
    struct type *type = add(program, ENUM, "Enum");
    type->count = 2 + random_below(MOST_PARTS - 1);
    type->slots = 1;
    type->most = type->count - 1;
    for (int i = 0; i < type->count; i++)
        type->names[i] = arena_printf("%c%d", 'a' + i, program->type_count);
}

/* A part of something larger: a scalar, an earlier struct or enum. */
static struct type *make_part(struct program *program)
{
    struct type *type = type_any(program);
    return type->kind == PROTOCOL || type == program->types[program->type_count - 1] ? type_any_scalar() : type;
}

static void make_struct(struct program *program)
{
    struct type *type = add(program, STRUCT, "Struct");
    type->count = 1 + random_below(MOST_PARTS - 1);
    for (int i = 0; i < type->count; i++) {
        struct type *part = type->slots < 24 ? make_part(program) : type_any_scalar();
        type->names[i] = arena_printf("f%d", i);
        type->parts[i] = random_chance(25) ? type_array(part, 1 << random_below(3)) : part;
        type->slots += type->parts[i]->slots;
    }
}

static void make_protocol(struct program *program)
{
    struct type *type = add(program, PROTOCOL, "Protocol");
    type->count = 2 + random_below(MOST_PARTS - 1);
    type->slots = 1;
    for (int i = 0; i < type->count; i++) {
        type->names[i] = arena_printf("%c_%d", 'p' + i, program->type_count);
        type->arity[i] = random_below(MOST_VALUES + 1);
        for (int k = 0; k < type->arity[i]; k++)
            type->values[i][k] = make_part(program);
        type->slots += type_slots_of_shape(type, i);
    }
}

void types_make(struct program *program)
{
    make_enum(program);
    for (int i = 1 + random_below(3); i > 0; i--)
        make_struct(program);
    for (int i = 1 + random_below(2); i > 0; i--)
        make_protocol(program);
    if (random_chance(50))
        make_enum(program);
    if (random_chance(50))
        make_struct(program);
}
