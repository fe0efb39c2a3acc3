/* check_constant: constants, variables and channels where they are declared (language.md § 2, § 5). A constant is
 * checked when it is first used, so that constants may stand in any order. Called by check.c and check_stmt.c. */
#include "check_private.h"

#include "constant.h"
#include "diag.h"

/* ---- types of what is declared ---- */

static bool is_open(const struct symbol *symbol)
{
    return symbol->dimensions && symbol->dimensions->kind == EXPR_NONE;
}

/* How many elements an initialiser has by itself; 0 where it has none, or that is not known when compiling. */
static int64_t initial_length(struct checker *checker, const struct expr *initial)
{
    int64_t length = 0;
    if (initial->kind == EXPR_LIST)
        for (const struct expr *item = initial->arguments; item; item = item->next)
            length++;
    if (initial->kind == EXPR_VALUE && initial->value->kind == VALUE_STRING)
        return initial->value->length;
    struct symbol *symbol = initial->kind == EXPR_NAME ? initial->symbol : NULL;
    if (!symbol)
        return length;
    if (symbol->kind == SYMBOL_CONSTANT)
        check_constant(checker, symbol);
    if (symbol->value && symbol->value->kind == VALUE_STRING)
        return symbol->value->length;
    return symbol->type && symbol->type->kind == TYPE_ARRAY ? symbol->type->length : 0;
}

static struct type *declared_type(struct checker *checker, struct symbol *symbol)
{
    struct type *element = check_type_name(checker, symbol->type_name);
    if (!check_is_storable(element, symbol->type_name->at))
        element = type_basic(TYPE_ERROR);
    struct type *type = check_symbol_type(checker, element, symbol);
    if (!is_open(symbol))
        return type;
    int64_t length = symbol->initial ? initial_length(checker, symbol->initial) : 0;
    if (length > 0 && type->kind == TYPE_ARRAY)
        return type_array(type->of, length);
    diag_error(symbol->at, "%s has no length: it takes one from a list or text that is not empty", symbol->name);
    return type_basic(TYPE_ERROR);
}

/* ---- constants ---- */

/* What a constant of a circle is, is not known. */
static void refuse_circle(struct symbol *symbol)
{
    diag_error(symbol->at, "%s depends on itself: its value cannot be known", symbol->name);
    symbol->type = type_basic(TYPE_ERROR);
}

static void find_value(struct checker *checker, struct symbol *symbol)
{
    struct type *type = declared_type(checker, symbol);
    if (!symbol->initial) {
        diag_error(symbol->at, "the constant %s has no value: const ... %s = ...;", symbol->name, symbol->name);
        type = type_basic(TYPE_ERROR);
    } else {
        check_initial(checker, symbol->initial, type, symbol->name);
        check_settle(symbol->initial);
        if (symbol->initial->type != type || !check_is_constant(symbol->initial, symbol->name))
            type = type_basic(TYPE_ERROR);
    }
    if (symbol->type) /* of a circle */
        return;
    symbol->type = type;
    symbol->value = type->kind == TYPE_ERROR ? NULL : symbol->initial->value;
}

void check_constant(struct checker *checker, struct symbol *symbol)
{
    if (symbol->type)
        return;
    if (symbol->is_extern) {
        check_extern_constant(checker, symbol);
        return;
    }
    if (symbol->is_being_checked) {
        refuse_circle(symbol);
        return;
    }
    symbol->is_being_checked = true;
    find_value(checker, symbol);
    symbol->is_being_checked = false;
}

/* ---- variables ---- */

void check_locals(struct checker *checker, struct symbol *list)
{
    for (struct symbol *symbol = list; symbol; symbol = symbol->next) {
        symbol->type = declared_type(checker, symbol);
        check_room(checker, symbol);
        if (!symbol->initial)
            continue;
        check_initial(checker, symbol->initial, symbol->type, symbol->name);
        check_settle(symbol->initial);
    }
}

/* ---- channels ---- */

static struct type *carried_type(struct checker *checker, const struct symbol *symbol)
{
    return check_type_name(checker, symbol->type_name);
}

/* How many messages a channel holds; 0 for a rendezvous, and after an error. */
static int64_t buffer_of(struct checker *checker, struct expr *size)
{
    struct type *int64 = type_basic(TYPE_INT64);
    if (!size || !check_value(checker, size, int64, "the size of a buffer") || size->type != int64 ||
        !check_is_constant(size, "the size of a buffer"))
        return 0;
    if (size->value->integer >= 1 && size->value->integer <= INT32_MAX)
        return (int64_t)size->value->integer;
    if (size->value->integer > INT32_MAX) {
        diag_error(size->at, "a buffer holds at most %d messages", INT32_MAX);
        return 0;
    }
    diag_error(size->at, "a buffer holds at least one message, and this is %s; without (...) the channel is a rendezvous",
               constant_text(size->value));
    return 0;
}

void check_channels(struct checker *checker, struct stmt *stmt)
{
    int64_t buffer = buffer_of(checker, stmt->left);
    for (struct symbol *symbol = stmt->symbols; symbol; symbol = symbol->next) {
        struct type *carried = carried_type(checker, symbol);
        struct type *channel = carried->kind == TYPE_ERROR ? carried : type_channel(carried, buffer);
        symbol->type = check_symbol_type(checker, channel, symbol);
        check_room(checker, symbol);
        if (!is_open(symbol))
            continue;
        diag_error(symbol->at, "%s has no length: an array of channels is given one", symbol->name);
        symbol->type = type_basic(TYPE_ERROR);
    }
}
