/* type: makes each type once, so that equal types are the same pointer, and answers what is asked of types.
 * Called by every stage from the parser on. */
#include "type.h"

#include "arena.h"

#include <stdio.h>
#include <string.h>

enum { BUCKETS = 32768 };

static struct entry {
    struct type type;
    struct entry *next;
} *buckets[BUCKETS];
static struct type *basic[TYPE_VARIABLE + 1];

static bool equal(const struct type *a, const struct type *b)
{
    return a->kind == b->kind && a->of == b->of && a->length == b->length && a->buffer == b->buffer &&
           a->symbol == b->symbol;
}

static struct entry **bucket_of(const struct type *type)
{
    uint64_t hash = (uint64_t)type->kind;
    const uint64_t parts[] = {(uintptr_t)type->of >> 4, (uint64_t)type->length, (uint64_t)type->buffer,
                              (uintptr_t)type->symbol >> 4};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = (hash ^ parts[i]) * 0x9E3779B97F4A7C15u;
    return &buckets[hash >> 32 & (BUCKETS - 1)];
}

static struct type *intern(struct type type)
{
    struct entry **bucket = bucket_of(&type);
    for (struct entry *entry = *bucket; entry; entry = entry->next)
        if (equal(&entry->type, &type))
            return &entry->type;
    struct entry *entry = KEEP(struct entry);
    *entry = (struct entry){type, *bucket};
    *bucket = entry;
    return &entry->type;
}

struct type *type_basic(enum type_kind kind)
{
    if (!basic[kind])
        basic[kind] = intern((struct type){.kind = kind});
    return basic[kind];
}

struct type *type_array(struct type *of, int64_t length)
{
    return intern((struct type){.kind = TYPE_ARRAY, .of = of, .length = length});
}

struct type *type_end(enum type_direction direction, struct type *of)
{
    return intern((struct type){.kind = direction == DIRECTION_IN ? TYPE_IN : TYPE_OUT, .of = of});
}

struct type *type_channel(struct type *of, int64_t buffer)
{
    return intern((struct type){.kind = TYPE_CHANNEL, .of = of, .buffer = buffer});
}

struct type *type_named(enum type_kind kind, struct symbol *symbol)
{
    return intern((struct type){.kind = kind, .symbol = symbol});
}

/* ---- what they are called ---- */

const char *type_word(enum type_kind kind)
{
    switch (kind) {
    case TYPE_ERROR: return "an unknown type";
    case TYPE_VOID: return "void";
    case TYPE_BOOL: return "bool";
    case TYPE_CHAR: return "char";
    case TYPE_INT8: return "int8";
    case TYPE_INT16: return "int16";
    case TYPE_INT32: return "int";
    case TYPE_INT64: return "int64";
    case TYPE_UINT8: return "uint8";
    case TYPE_UINT16: return "uint16";
    case TYPE_UINT32: return "uint";
    case TYPE_UINT64: return "uint64";
    case TYPE_FLOAT: return "float";
    case TYPE_DOUBLE: return "double";
    case TYPE_TIME: return "time";
    case TYPE_STRING: return "string";
    case TYPE_EXACT_INT: return "an integer constant";
    case TYPE_EXACT_REAL: return "a real constant";
    case TYPE_BARRIER: return "barrier";
    case TYPE_ARRAY: case TYPE_IN: case TYPE_OUT: case TYPE_CHANNEL:
    case TYPE_STRUCT: case TYPE_ENUM: case TYPE_PROTOCOL: case TYPE_OPAQUE: case TYPE_VARIABLE: break;
    }
    return NULL;
}

/* Lengths stand outermost first, as in a declaration, behind the innermost element. */
static const char *array_text(const struct type *type)
{
    const struct type *element = type;
    const char *lengths = "";
    for (; element->kind == TYPE_ARRAY; element = element->of)
        lengths = element->length < 0 ? arena_printf("%s[]", lengths)
                                      : arena_printf("%s[%lld]", lengths, (long long)element->length);
    return arena_printf("%s%s", type_text(element), lengths);
}

static const char *text_of(const struct type *type)
{
    switch (type->kind) {
    case TYPE_ARRAY: return array_text(type);
    case TYPE_IN: return arena_printf("?%s", type_text(type->of));
    case TYPE_OUT: return arena_printf("!%s", type_text(type->of));
    case TYPE_CHANNEL:
        return type->buffer ? arena_printf("channel(%lld) %s", (long long)type->buffer, type_text(type->of))
                            : arena_printf("channel %s", type_text(type->of));
    case TYPE_STRUCT: case TYPE_ENUM: case TYPE_PROTOCOL: case TYPE_OPAQUE: case TYPE_VARIABLE:
        return type->symbol->name;
    default: return type_word(type->kind);
    }
}

const char *type_text(const struct type *type)
{
    const char *text = text_of(type);
    return arena_name(text, strlen(text));
}

/* ---- what they can do ---- */

bool type_is_integer(const struct type *type)
{
    return (type->kind >= TYPE_CHAR && type->kind <= TYPE_UINT64) || type->kind == TYPE_EXACT_INT;
}

bool type_is_number(const struct type *type)
{
    return type_is_integer(type) || type->kind == TYPE_FLOAT || type->kind == TYPE_DOUBLE ||
           type->kind == TYPE_EXACT_REAL;
}

bool type_is_signed(const struct type *type)
{
    switch (type->kind) {
    case TYPE_INT8: case TYPE_INT16: case TYPE_INT32: case TYPE_INT64:
    case TYPE_FLOAT: case TYPE_DOUBLE: case TYPE_TIME: case TYPE_EXACT_INT: case TYPE_EXACT_REAL: return true;
    default: return false;
    }
}

int type_bits(const struct type *type)
{
    switch (type->kind) {
    case TYPE_CHAR: case TYPE_INT8: case TYPE_UINT8: return 8;
    case TYPE_INT16: case TYPE_UINT16: return 16;
    case TYPE_INT32: case TYPE_UINT32: case TYPE_FLOAT: case TYPE_ENUM: return 32;
    case TYPE_INT64: case TYPE_UINT64: case TYPE_DOUBLE: case TYPE_TIME: return 64;
    default: return 0;
    }
}

wide type_lowest(const struct type *type)
{
    if (type->kind == TYPE_ENUM)
        return 0;
    return type_is_signed(type) ? -((wide)1 << (type_bits(type) - 1)) : 0;
}

wide type_highest(const struct type *type)
{
    if (type->kind == TYPE_ENUM)
        return type->symbol->declaration->member_count - 1;
    return ((wide)1 << (type_bits(type) - type_is_signed(type))) - 1;
}

struct type *type_innermost(struct type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->of;
    return type;
}

int64_t type_count(const struct type *type)
{
    int64_t count = 1;
    for (; type->kind == TYPE_ARRAY; type = type->of)
        count *= type->length;
    return count;
}

static int64_t array_size(const struct type *type)
{
    int64_t size;
    if (type->length < 0)
        return 16;
    return __builtin_mul_overflow(type->length, type_size(type->of), &size) ? INT64_MAX : size;
}

int64_t type_size(const struct type *type)
{
    switch (type->kind) {
    case TYPE_VOID: return 0;
    case TYPE_BOOL: return 1;
    case TYPE_STRING: return 16;
    case TYPE_CHANNEL: return type->buffer ? 48 + type->buffer * type_size(type->of) : 16;
    case TYPE_ARRAY: return array_size(type);
    case TYPE_IN: case TYPE_OUT: case TYPE_OPAQUE: return 8;
    case TYPE_BARRIER: return 32;
    case TYPE_STRUCT: case TYPE_PROTOCOL: return type->symbol->declaration->size;
    default: return type_bits(type) / 8;
    }
}

int type_alignment(const struct type *type)
{
    switch (type->kind) {
    case TYPE_BOOL: return 1;
    case TYPE_ARRAY: return type->length < 0 ? 8 : type_alignment(type->of);
    case TYPE_STRUCT: case TYPE_PROTOCOL: return type->symbol->declaration->alignment;
    default: return type_bits(type) ? type_bits(type) / 8 : 8;
    }
}

bool type_has_equality(const struct type *type)
{
    switch (type->kind) {
    case TYPE_ARRAY:
        return type->length >= 0 && type_has_equality(type->of);
    case TYPE_STRUCT:
        return type->symbol->declaration->has_equality;
    case TYPE_PROTOCOL: case TYPE_VOID: case TYPE_CHANNEL: case TYPE_BARRIER: case TYPE_VARIABLE:
        return false;
    default:
        return true;
    }
}

bool type_has_array(const struct type *type)
{
    bool has_fields = type->kind == TYPE_STRUCT || type->kind == TYPE_PROTOCOL;
    return type->kind == TYPE_ARRAY || (has_fields && type->symbol->declaration->has_array);
}

/* ---- members ---- */

struct symbol *type_member(const struct type *type, int64_t number)
{
    return type->symbol->declaration->all[number];
}

struct symbol *type_find_member(const struct type *type, const char *name)
{
    for (struct symbol *member = type->symbol->declaration->parameters; member; member = member->next)
        if (member->name == name)
            return member;
    return NULL;
}

void type_release(void)
{
    memset(buckets, 0, sizeof buckets);
    memset(basic, 0, sizeof basic);
}
