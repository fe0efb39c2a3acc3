/* check_expr: names, elements, initialisers and what can be set; check_operator.c has the operators, check_call.c the
 * calls. Called by the other files of check.
 *
 * Each function gives an expression its type and, where it is constant, its value. TYPE_ERROR is the type of what has
 * been reported; it fits everything, so that one mistake is one message. */
#include "check_private.h"

#include "arena.h"
#include "constant.h"
#include "diag.h"
#include "names.h"

enum { DEEPEST = 16000 }; /* the parser bounds each expression; this bounds constants that lead to constants */

static void set_error(struct expr *expr)
{
    expr->type = type_basic(TYPE_ERROR);
}

/* ---- names ---- */

static void report_not_a_value(const struct expr *expr)
{
    const char *name = expr->name;
    switch (expr->symbol->kind) {
    case SYMBOL_FUNCTION: case SYMBOL_BUILTIN:
        diag_error(expr->at, "%s is a function: it is called, %s(...)", name, name);
        break;
    case SYMBOL_PROCESS:
        diag_error(expr->at, "%s is a process, not a value", name);
        break;
    case SYMBOL_STRUCT:
        diag_error(expr->at, "%s is a struct, not a value: %s{...} is one", name, name);
        break;
    default:
        diag_error(expr->at, "%s is a type, not a value", name);
        break;
    }
}

static void check_name(struct checker *checker, struct expr *expr, bool is_read)
{
    struct symbol *symbol = expr->symbol;
    set_error(expr);
    if (!symbol)
        return;
    switch (symbol->kind) {
    case SYMBOL_CONSTANT:
        check_constant(checker, symbol);
        expr->value = symbol->is_declared_twice ? NULL : symbol->value;
        break;
    case SYMBOL_VARIABLE: case SYMBOL_PARAMETER: case SYMBOL_COUNTER: case SYMBOL_CHANNEL: case SYMBOL_BARRIER:
        break;
    case SYMBOL_ENUMERATOR: case SYMBOL_SHAPE:
        check_member(checker, expr, symbol, false);
        return;
    default:
        report_not_a_value(expr);
        return;
    }
    if (symbol->type && !symbol->is_declared_twice)
        expr->type = symbol->type;
    symbol->is_read = symbol->is_read || (is_read && !checker->measures);
    symbol->is_measured = symbol->is_measured || checker->measures;
}

/* ---- elements and fields ---- */

/* -1 where the length is not known when compiling. */
static int64_t length_of(const struct expr *expr)
{
    if (expr->type->kind == TYPE_ARRAY)
        return expr->type->length;
    return expr->value ? expr->value->length : -1;
}

static void take_item(struct expr *expr, int64_t index)
{
    const struct value *whole = expr->left->value;
    if (whole->kind == VALUE_STRING)
        expr->value = constant_integer((unsigned char)whole->bytes[index]);
    else
        expr->value = constant_item(whole, index, expr->type);
}

static void check_bounds(struct expr *expr)
{
    const struct expr *left = expr->left, *index = expr->right;
    int64_t length = length_of(left);
    if (!index->value)
        return;
    wide at = index->value->integer;
    if (at < 0 || (length >= 0 && at >= length)) {
        if (length < 0)
            diag_error(index->at, "index %s is out of bounds: the first element is 0", constant_text(index->value));
        else
            diag_error(index->at, "index %s is out of bounds: there are %lld elements, the first is 0",
                       constant_text(index->value), (long long)length);
        set_error(expr);
    } else if (left->value) {
        take_item(expr, (int64_t)at);
    }
}

/* The part of a[i] behind a, which has been checked. */
static void check_element(struct checker *checker, struct expr *expr)
{
    struct type *whole = expr->left->type;
    struct expr *index = expr->right;
    check_expression(checker, index);
    check_settle(index);
    set_error(expr);
    if (whole->kind == TYPE_ERROR)
        return;
    if (whole->kind != TYPE_ARRAY && whole->kind != TYPE_STRING) {
        diag_error(expr->at, "only arrays and strings have elements, and this is %s", type_text(whole));
        return;
    }
    expr->type = whole->kind == TYPE_STRING ? type_basic(TYPE_CHAR) : whole->of;
    if (index->type->kind == TYPE_ERROR)
        return;
    if (type_is_integer(index->type))
        check_bounds(expr);
    else
        diag_error(index->at, "an index is an integer, and this is %s", type_text(index->type));
}

static bool names_type(const struct expr *expr)
{
    const struct symbol *symbol = expr->kind == EXPR_NAME ? expr->symbol : NULL;
    return symbol && (symbol->kind == SYMBOL_ENUM || symbol->kind == SYMBOL_PROTOCOL);
}

/* The part of p.x behind p, which has been checked. */
static void check_field_of(struct checker *checker, struct expr *expr)
{
    struct type *type = expr->left->type;
    set_error(expr);
    names_tell_owner(expr->name, type);
    if (type->kind == TYPE_ERROR)
        return;
    if (type->kind != TYPE_STRUCT) {
        const char *hint = type->kind == TYPE_PROTOCOL ? "; switch opens a message" : "";
        diag_error(expr->at, "only structs have fields, and this is %s%s", type_text(type), hint);
        return;
    }
    check_declared(checker, type->symbol->declaration, expr->at);
    struct symbol *field = type_find_member(type, expr->name);
    if (!field) {
        diag_error(expr->operator_at, "%s has no field %s", type_text(type), expr->name);
        diag_note(type->symbol->at, "%s is declared here", type_text(type));
        return;
    }
    expr->field = field;
    names_note(expr->operator_at, field);
    if (field->type)
        expr->type = field->type;
    if (expr->left->value)
        expr->value = constant_item(expr->left->value, field->number, field->type);
}

static void check_field(struct checker *checker, struct expr *expr)
{
    struct symbol *member = check_qualified(expr);
    names_note(expr->operator_at, member);
    if (member) {
        check_member(checker, expr, member, true);
    } else if (names_type(expr->left)) {
        names_tell_owner(expr->name, expr->left->symbol->type);
        set_error(expr);
        diag_error(expr->at, "%s has no %s %s", expr->left->name,
                   expr->left->symbol->kind == SYMBOL_ENUM ? "value" : "shape", expr->name);
        diag_note(expr->left->symbol->at, "%s is declared here", expr->left->name);
    } else {
        check_expression(checker, expr->left);
        check_settle(expr->left);
        check_field_of(checker, expr);
    }
}

/* ---- all expressions ---- */

static void check_by_kind(struct checker *checker, struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_VALUE:
        break;
    case EXPR_NAME:
        check_name(checker, expr, true);
        break;
    case EXPR_UNARY:
        check_unary(checker, expr);
        break;
    case EXPR_BINARY:
        check_binary(checker, expr);
        break;
    case EXPR_CONDITION:
        check_condition(checker, expr);
        break;
    case EXPR_CALL:
        check_call(checker, expr);
        break;
    case EXPR_INDEX:
        check_expression(checker, expr->left);
        check_element(checker, expr);
        break;
    case EXPR_FIELD:
        check_field(checker, expr);
        break;
    case EXPR_CONVERT:
        check_conversion(checker, expr);
        break;
    case EXPR_STRUCT:
        check_struct_literal(checker, expr);
        break;
    case EXPR_LIST:
        diag_error(expr->at, "a list stands only in a declaration, a struct literal or a message");
        set_error(expr);
        break;
    case EXPR_NONE:
        set_error(expr);
        break;
    }
}

bool check_is_shallow(const struct checker *checker, struct where at)
{
    if (checker->depth < DEEPEST)
        return true;
    diag_error(at, "this depends on too many others");
    return false;
}

void check_expression(struct checker *checker, struct expr *expr)
{
    if (expr->type)
        return; /* a literal, or an argument that has said what a type parameter is */
    if (!check_is_shallow(checker, expr->at)) {
        set_error(expr);
        return;
    }
    checker->depth++;
    check_by_kind(checker, expr);
    checker->depth--;
}

static void check_towards(struct checker *checker, struct expr *expr, struct type *type)
{
    if (!check_expected(checker, expr, type))
        check_expression(checker, expr);
}

bool check_value(struct checker *checker, struct expr *expr, struct type *type, const char *what)
{
    check_towards(checker, expr, type);
    return check_fit(expr, type, what);
}

bool check_is_constant(const struct expr *expr, const char *what)
{
    if (!expr->value && expr->type->kind != TYPE_ERROR)
        diag_error(expr->at, "%s is a constant, and this is known only when the program runs", what);
    if (!expr->value && expr->kind == EXPR_NAME && expr->symbol && expr->symbol->is_extern)
        diag_note(expr->symbol->at, "%s is C's: its value is not known here", expr->name);
    return expr->value != NULL;
}

/* ---- initialisers ---- */

static struct value *list_value(const struct expr *list)
{
    int64_t count = 0;
    for (const struct expr *item = list->arguments; item; item = item->next, count++)
        if (!item->value)
            return NULL;
    struct value *value = constant_zero(list->type);
    value->items = NEW_ARRAY(struct value *, (size_t)count);
    for (const struct expr *item = list->arguments; item; item = item->next)
        value->items[value->length++] = item->value;
    return value;
}

static void check_list(struct checker *checker, struct expr *list, struct type *type, const char *what)
{
    set_error(list);
    if (type->kind == TYPE_STRUCT) {
        list->kind = EXPR_STRUCT;
        list->left = NEW(struct expr);
        *list->left = (struct expr){.kind = EXPR_NAME, .at = list->at, .name = type->symbol->name, .symbol = type->symbol};
        check_struct_literal(checker, list);
        return;
    }
    if (type->kind != TYPE_ARRAY) {
        if (type->kind != TYPE_ERROR)
            diag_error(list->at, "%s is %s, and this is a list", what, type_text(type));
        return;
    }
    int64_t count = 0;
    for (struct expr *item = list->arguments; item; item = item->next) {
        if (count++ == type->length)
            diag_error(item->at, "%s has %lld elements, and here is one more", what, (long long)type->length);
        check_initial(checker, item, type->of, what);
    }
    list->type = type;
    list->value = list_value(list);
}

/* Text for a char array: what is left of the array is zero. */
static void check_text(struct expr *text, struct type *type, const char *what)
{
    const struct value *bytes = text->value;
    if (bytes && bytes->length > type->length) {
        diag_error(text->at, "%s has %lld elements, and this text %lld", what, (long long)type->length,
                   (long long)bytes->length);
        return;
    }
    struct value *value = NULL;
    if (bytes) {
        value = constant_zero(type);
        value->items = NEW_ARRAY(struct value *, (size_t)bytes->length);
        for (; value->length < bytes->length; value->length++)
            value->items[value->length] = constant_integer((unsigned char)bytes->bytes[value->length]);
    }
    struct expr *inner = NEW(struct expr);
    *inner = *text;
    inner->next = NULL;
    *text = (struct expr){.kind = EXPR_CONVERT, .at = inner->at, .operator_at = inner->at, .left = inner,
                          .type = type, .value = value, .next = text->next};
}

void check_initial(struct checker *checker, struct expr *expr, struct type *type, const char *what)
{
    if (expr->kind == EXPR_LIST) {
        check_list(checker, expr, type, what);
        return;
    }
    check_towards(checker, expr, type);
    if (expr->type->kind == TYPE_STRING && type->kind == TYPE_ARRAY && type->of->kind == TYPE_CHAR)
        check_text(expr, type, what);
    else
        check_fit(expr, type, what);
}

/* ---- what can be set ---- */

struct symbol *check_root(const struct expr *expr)
{
    while (expr->kind == EXPR_INDEX || expr->kind == EXPR_FIELD)
        expr = expr->left;
    return expr->kind == EXPR_NAME ? expr->symbol : NULL;
}

const char *check_place_text(const struct expr *expr)
{
    if (expr->kind == EXPR_NAME)
        return expr->symbol ? expr->symbol->name : NULL;
    const char *of = expr->kind == EXPR_INDEX || expr->kind == EXPR_FIELD ? check_place_text(expr->left) : NULL;
    if (!of)
        return NULL;
    if (expr->kind == EXPR_FIELD)
        return arena_printf("%s.%s", of, expr->name);
    return arena_printf("%s[%s]", of, expr->right->value ? constant_text(expr->right->value) : "...");
}

static bool is_read_only(const struct symbol *symbol)
{
    return symbol->kind == SYMBOL_PARAMETER && symbol->type && symbol->type->kind == TYPE_ARRAY && !symbol->is_ref;
}

/* False, and an error, where the symbol is nothing that can be set. */
static bool is_settable(const struct expr *expr, const char *verb)
{
    const struct symbol *symbol = expr->symbol;
    const char *name = expr->name;
    if (symbol->kind == SYMBOL_COUNTER)
        diag_error(expr->at, "%s counts for its loop, and cannot be %s", name, verb);
    else if (symbol->kind == SYMBOL_CONSTANT)
        diag_error(expr->at, "%s is a constant, and cannot be %s", name, verb);
    else if (symbol->kind == SYMBOL_CHANNEL)
        diag_error(expr->at, "%s is a channel, and cannot be %s", name, verb);
    else if (symbol->kind != SYMBOL_VARIABLE && symbol->kind != SYMBOL_PARAMETER)
        diag_error(expr->at, "%s is not a variable, and cannot be %s", name, verb);
    else if (is_read_only(symbol))
        diag_error(expr->at, "%s is an array parameter without ref: it is only read, and cannot be %s", name, verb);
    else
        return true;
    if (symbol->kind != SYMBOL_BUILTIN)
        diag_note(symbol->at, "%s is declared here", name);
    return false;
}

static bool check_name_target(struct checker *checker, struct expr *expr, const char *verb)
{
    struct symbol *symbol = expr->symbol;
    set_error(expr);
    if (!symbol || (symbol->kind != SYMBOL_CONSTANT && symbol->type && symbol->type->kind == TYPE_ERROR))
        return false;
    if (!is_settable(expr, verb))
        return false;
    check_name(checker, expr, false);
    if (expr->type->kind == TYPE_BARRIER) {
        diag_error(expr->at, "%s is a barrier, and cannot be %s", expr->name, verb);
        set_error(expr);
        return false;
    }
    symbol->is_set = true;
    if (symbol->is_ref)
        checker->declaration->is_impure = true;
    return true;
}

static bool check_element_target(struct checker *checker, struct expr *expr, const char *verb)
{
    bool ok = check_target(checker, expr->left, verb);
    check_element(checker, expr);
    if (!ok || expr->left->type->kind != TYPE_STRING)
        return ok;
    diag_error(expr->at, "text never changes: an element of a string cannot be %s; a char array can", verb);
    set_error(expr);
    return false;
}

bool check_target(struct checker *checker, struct expr *expr, const char *verb)
{
    if (expr->kind == EXPR_NAME)
        return check_name_target(checker, expr, verb);
    if (expr->kind == EXPR_INDEX)
        return check_element_target(checker, expr, verb);
    if (expr->kind == EXPR_FIELD && !check_qualified(expr) && !names_type(expr->left)) {
        bool ok = check_target(checker, expr->left, verb);
        check_field_of(checker, expr);
        return ok;
    }
    check_expression(checker, expr);
    if (expr->type->kind != TYPE_ERROR)
        diag_error(expr->at, "only variables and their elements and fields can be %s", verb);
    set_error(expr);
    return false;
}
