/* check_type: from types as they are written to types, with their dimensions. Called by the other files of check. */
#include "check_private.h"

#include "arena.h"
#include "constant.h"
#include "diag.h"

enum { MOST_DIMENSIONS = 16 };

static struct type *declared_type(struct checker *checker, const struct type_name *name)
{
    struct symbol *symbol = name->symbol;
    struct type *type = symbol && symbol->type ? symbol->type : type_basic(TYPE_ERROR);
    bool has_fields = type->kind == TYPE_STRUCT || type->kind == TYPE_PROTOCOL;
    /* An end may be one of the type that it is a part of. */
    if (has_fields && name->direction == DIRECTION_NONE && !check_declared(checker, type->symbol->declaration, name->at))
        return type_basic(TYPE_ERROR);
    return type;
}

struct type *check_type_name(struct checker *checker, const struct type_name *name)
{
    struct type *type = name->name ? declared_type(checker, name) : type_basic(name->builtin);
    if (name->of)
        type = check_type_name(checker, name->of);
    if (name->direction == DIRECTION_NONE || type->kind == TYPE_ERROR)
        return type;
    return type_end(name->direction, type);
}

bool check_is_end(const struct type *type)
{
    return type->kind == TYPE_IN || type->kind == TYPE_OUT || type->kind == TYPE_CHANNEL;
}

bool check_is_ordered(const struct type *type)
{
    return type_is_number(type) || type->kind == TYPE_TIME;
}

bool check_is_text(const struct type *type)
{
    return type->kind == TYPE_STRING || (type->kind == TYPE_ARRAY && type->of->kind == TYPE_CHAR);
}

bool check_is_storable(struct type *type, struct where at)
{
    struct type *element = type_innermost(type);
    if (element->kind == TYPE_VOID)
        diag_error(at, "void has no values: only channels, ends and functions are void");
    return element->kind != TYPE_VOID;
}

struct type *check_carried(const struct expr *end)
{
    if (check_is_end(end->type))
        return end->type->of;
    if (end->type->kind == TYPE_ARRAY && check_is_end(type_innermost(end->type)))
        diag_error(end->at, "this is an array of channels: an index says which one is meant");
    else if (end->type->kind != TYPE_ERROR)
        diag_error(end->at, "only channels and their ends communicate, and this is %s", type_text(end->type));
    return type_basic(TYPE_ERROR);
}

/* ---- dimensions ---- */

/* 0 after an error. */
static int64_t length_of(struct checker *checker, struct expr *dimension)
{
    struct type *int64 = type_basic(TYPE_INT64);
    if (!check_value(checker, dimension, int64, "a length") || dimension->type != int64 ||
        !check_is_constant(dimension, "the length of an array"))
        return 0;
    wide length = dimension->value->integer;
    if (length > 0)
        return (int64_t)length;
    diag_error(dimension->at, "an array has at least one element, and this is %s", constant_text(dimension->value));
    return 0;
}

/* The lengths, outermost first; -1 for []. The number of them, or 0 after an error. */
static int lengths_of(struct checker *checker, struct symbol *symbol, int64_t lengths[])
{
    int count = 0;
    bool ok = true;
    for (struct expr *dimension = symbol->dimensions; dimension; dimension = dimension->next) {
        bool is_open = dimension->kind == EXPR_NONE;
        int64_t length = is_open ? -1 : length_of(checker, dimension);
        if (is_open && count > 0)
            diag_error(dimension->at, "only the first length of an array may be left out");
        if (count == MOST_DIMENSIONS)
            diag_error(dimension->at, "an array has at most %d dimensions", MOST_DIMENSIONS);
        ok = ok && length && !(is_open && count > 0) && count < MOST_DIMENSIONS;
        if (ok)
            lengths[count++] = length;
    }
    return ok ? count : 0;
}

static bool is_small(const struct type *element, const int64_t lengths[], int count)
{
    wide size = type_size(element) ? type_size(element) : 1;
    for (int i = 0; i < count && size <= CHECK_LARGEST_SIZE; i++)
        size *= lengths[i] < 0 ? 1 : lengths[i];
    return size <= CHECK_LARGEST_SIZE;
}

struct type *check_symbol_type(struct checker *checker, struct type *element, struct symbol *symbol)
{
    int64_t lengths[MOST_DIMENSIONS];
    if (!symbol->dimensions)
        return element;
    int count = lengths_of(checker, symbol, lengths);
    if (count == 0 || element->kind == TYPE_ERROR)
        return type_basic(TYPE_ERROR);
    if (!is_small(element, lengths, count)) {
        diag_error(symbol->at, "%s is too large: a variable takes at most 1 GiB", symbol->name);
        return type_basic(TYPE_ERROR);
    }
    struct type *type = element;
    while (count > 0)
        type = type_array(type, lengths[--count]);
    return type;
}

void check_room(struct checker *checker, const struct symbol *symbol)
{
    if (symbol->type->kind == TYPE_ERROR || checker->room < 0)
        return;
    checker->room -= type_size(symbol->type);
    if (checker->room < 0)
        diag_error(symbol->at, "with %s, the variables of %s are too large: together they take at most 1.5 GiB",
                   symbol->name, checker->declaration->symbol->name);
}
