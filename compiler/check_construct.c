/* check_construct: values of structs and enums, messages of protocols (language.md § 2, § 6). Called by the other files of
 * check.
 *
 * What is constructed becomes one kind of node: EXPR_STRUCT for a struct and for a message, with the struct or the shape
 * as its symbol, whatever its spelling was; a value of an enum is a constant like any other. */
#include "check_private.h"

#include "arena.h"
#include "constant.h"
#include "diag.h"
#include "names.h"

/* ---- fields ---- */

/* For a field that is left out: it is zero. */
static struct value *item_or_zero(struct value *item, const struct symbol *field)
{
    return item ? item : constant_zero(field->type);
}

/* The field that a value is for; NULL where there is none. */
static struct symbol *field_of(const struct expr *argument)
{
    return argument->item ? argument->item->field : NULL;
}

static const char *name_of(const struct expr *argument)
{
    return argument->item ? argument->item->name : NULL;
}

/* A constant where every field is one. */
static struct value *constant_of(const struct expr *expr, const struct declaration *declaration)
{
    for (const struct expr *argument = expr->arguments; argument; argument = argument->next)
        if (!argument->value || !field_of(argument))
            return NULL;
    struct value *value = NEW(struct value);
    value->kind = VALUE_LIST;
    value->length = declaration->member_count;
    value->items = NEW_ARRAY(struct value *, (size_t)value->length);
    for (const struct expr *argument = expr->arguments; argument; argument = argument->next)
        value->items[field_of(argument)->number] = argument->value;
    for (int64_t i = 0; i < value->length; i++)
        value->items[i] = item_or_zero(value->items[i], declaration->all[i]);
    return value;
}

static void refuse_field(const struct expr *argument, const struct symbol *owner)
{
    diag_error(argument->at, "%s has no field %s", owner->name, name_of(argument));
    diag_note(owner->at, "%s is declared here", owner->name);
}

static struct symbol *field_by_name(const struct expr *argument, const struct symbol *owner)
{
    for (struct symbol *field = owner->declaration->parameters; field; field = field->next)
        if (field->name == name_of(argument)) {
            names_note(argument->item->at, field);
            return field;
        }
    refuse_field(argument, owner);
    return NULL;
}

static void refuse_second(const struct expr *arguments, const struct expr *argument)
{
    for (const struct expr *other = arguments; other != argument; other = other->next)
        if (field_of(other) == field_of(argument)) {
            diag_error(argument->at, "%s is given twice", field_of(argument)->name);
            diag_note(other->at, "given here, too");
            return;
        }
}

/* Finds the field that an argument is for and makes it fit; NULL where there is none. */
static void check_field_value(struct checker *checker, struct expr *argument, struct symbol *field,
                              const struct symbol *owner)
{
    struct item *item = argument->item ? argument->item : NEW(struct item);
    argument->item = item;
    item->field = field;
    if (!field) {
        check_expression(checker, argument);
        check_settle(argument);
        return;
    }
    check_initial(checker, argument, field->type, arena_printf("%s.%s", owner->name, field->name));
    check_settle(argument);
    argument->item = item; /* the node may be a conversion by now */
}

static void check_named(struct checker *checker, struct expr *expr, const struct symbol *owner)
{
    for (struct expr *argument = expr->arguments; argument; argument = argument->next) {
        if (!name_of(argument))
            diag_error(argument->at, "either all fields have their names here, or none has");
        struct symbol *field = name_of(argument) ? field_by_name(argument, owner) : NULL;
        check_field_value(checker, argument, field, owner);
        if (field)
            refuse_second(expr->arguments, argument);
    }
}

static void check_positional(struct checker *checker, struct expr *expr, const struct symbol *owner)
{
    struct symbol *field = owner->declaration->parameters;
    int count = 0, most = owner->declaration->member_count;
    for (struct expr *argument = expr->arguments; argument; argument = argument->next) {
        check_field_value(checker, argument, field, owner);
        field = field ? field->next : NULL;
        count++;
    }
    if (count > most && owner->kind != SYMBOL_SHAPE) {
        diag_error(expr->at, "%s has %d field%s, and here are %d values", owner->name, most, most == 1 ? "" : "s", count);
        diag_note(owner->at, "%s is declared here", owner->name);
    }
}

static bool has_names(const struct expr *expr)
{
    for (const struct expr *argument = expr->arguments; argument; argument = argument->next)
        if (name_of(argument))
            return true;
    return false;
}

void check_struct_literal(struct checker *checker, struct expr *expr)
{
    struct symbol *owner = expr->left->symbol;
    expr->type = type_basic(TYPE_ERROR);
    bool is_struct = owner && owner->kind == SYMBOL_STRUCT;
    if (!is_struct || !check_declared(checker, owner->declaration, expr->at)) {
        for (struct expr *argument = expr->arguments; argument; argument = argument->next)
            check_field_value(checker, argument, NULL, owner);
        if (owner && !is_struct)
            diag_error(expr->left->at, "%s is not a struct", owner->name);
        return;
    }
    names_tell_literal(expr, owner);
    if (has_names(expr))
        check_named(checker, expr, owner);
    else
        check_positional(checker, expr, owner);
    expr->symbol = owner;
    expr->type = owner->type;
    expr->value = constant_of(expr, owner->declaration);
}

/* ---- messages ---- */

static void check_message(struct checker *checker, struct expr *expr, struct symbol *shape)
{
    int given = 0, wanted = shape->declaration->member_count;
    bool is_call = expr->kind == EXPR_CALL;
    for (const struct expr *argument = expr->arguments; argument; argument = argument->next)
        given++;
    expr->kind = EXPR_STRUCT;
    expr->symbol = shape;
    expr->left = NULL;
    check_positional(checker, expr, shape);
    expr->type = shape->type;
    if (given != wanted)
        diag_error(expr->at, "%s carries %d value%s, and here %s %s", shape->name, wanted, wanted == 1 ? "" : "s",
                   given == 1 ? "is" : "are", given ? arena_printf("%d", given) : "none");
    else if (is_call && wanted == 0)
        diag_error(expr->at, "%s carries no value, and is written without brackets", shape->name);
    else
        return;
    diag_note(shape->at, "%s is declared here", shape->name);
}

static void check_enumerator(struct expr *expr, struct symbol *symbol)
{
    expr->kind = EXPR_NAME;
    expr->name = symbol->name;
    expr->symbol = symbol;
    expr->type = symbol->type;
    expr->value = symbol->value;
}

struct symbol *check_qualified(const struct expr *field)
{
    const struct symbol *type = field->left->kind == EXPR_NAME ? field->left->symbol : NULL;
    if (!type || (type->kind != SYMBOL_ENUM && type->kind != SYMBOL_PROTOCOL))
        return NULL;
    return type_find_member(type->type, field->name);
}

/* ---- where a type is expected ---- */

/* The name that an expression consists of, or that it calls; NULL where it is something else. */
static const char *bare_name(const struct expr *expr, enum type_kind expected)
{
    if (expr->kind == EXPR_NAME)
        return expr->name;
    bool is_call = expr->kind == EXPR_CALL && expr->left->kind == EXPR_NAME && expected == TYPE_PROTOCOL;
    return is_call ? expr->left->name : NULL;
}

/* A name nearer than the enum hides its value; a shape wins over everything (§ 6). */
static bool is_hidden(const struct expr *expr, enum type_kind expected)
{
    const struct symbol *symbol = expr->symbol;
    return expected == TYPE_ENUM && symbol && symbol->kind != SYMBOL_ENUMERATOR && symbol->kind != SYMBOL_SHAPE;
}

static void check_expected_choice(struct checker *checker, struct expr *expr, struct type *type)
{
    check_value(checker, expr->left, type_basic(TYPE_BOOL), "a condition");
    bool ok = check_value(checker, expr->middle, type, "what is chosen");
    ok = check_value(checker, expr->right, type, "what is chosen") && ok;
    expr->type = ok ? type : type_basic(TYPE_ERROR);
    if (ok && expr->left->value && expr->middle->value && expr->right->value)
        expr->value = expr->left->value->integer ? expr->middle->value : expr->right->value;
}

bool check_expected(struct checker *checker, struct expr *expr, struct type *type)
{
    bool has_members = type->kind == TYPE_ENUM || type->kind == TYPE_PROTOCOL;
    names_tell_expected(expr, type);
    bool is_end = type->kind == TYPE_IN || type->kind == TYPE_OUT;
    if ((has_members || is_end) && expr->kind == EXPR_CONDITION) {
        check_expected_choice(checker, expr, type);
        return true;
    }
    if (!has_members)
        return false;
    const char *name = bare_name(expr, type->kind);
    struct symbol *member = name && !is_hidden(expr, type->kind) ? type_find_member(type, name) : NULL;
    if (!member)
        return false;
    names_note(expr->kind == EXPR_CALL ? expr->left->operator_at : expr->operator_at, member);
    if (type->kind == TYPE_ENUM)
        check_enumerator(expr, member);
    else
        check_message(checker, expr, member);
    return true;
}

/* ---- where none is ---- */

static bool is_clear(const struct expr *expr, const struct symbol *symbol)
{
    if (!symbol->is_ambiguous)
        return true;
    const char *type = symbol->type ? type_text(symbol->type) : "its type";
    diag_error(expr->at, "several types have a %s: write %s.%s if that one is meant", symbol->name, type, symbol->name);
    return false;
}

static void check_enum_conversion(struct checker *checker, struct expr *call, struct symbol *symbol)
{
    struct expr *from = call->arguments;
    if (!from || from->next) {
        diag_error(call->at, "%s(...) makes a value of one number", symbol->name);
        for (; from; from = from->next)
            check_expression(checker, from);
        return;
    }
    struct type_name *name = NEW(struct type_name);
    *name = (struct type_name){.at = call->left->at, .name = symbol->name, .symbol = symbol};
    *call = (struct expr){.kind = EXPR_CONVERT, .at = call->at, .operator_at = call->operator_at, .type_name = name,
                          .left = from, .depth = call->depth, .next = call->next, .item = call->item};
    check_conversion(checker, call);
}

void check_member(struct checker *checker, struct expr *expr, struct symbol *symbol, bool is_qualified)
{
    expr->type = type_basic(TYPE_ERROR);
    if (symbol->kind == SYMBOL_ENUM) {
        check_enum_conversion(checker, expr, symbol);
    } else if (symbol->kind == SYMBOL_ENUMERATOR && expr->kind == EXPR_CALL) {
        diag_error(expr->at, "%s is a value of %s, and cannot be called", symbol->name, type_text(symbol->type));
    } else if (is_qualified || is_clear(expr, symbol)) {
        if (symbol->kind == SYMBOL_ENUMERATOR)
            check_enumerator(expr, symbol);
        else if (symbol->type)
            check_message(checker, expr, symbol);
    }
}

/* ---- patterns ---- */

/* The shape's name in a pattern: get, get(k), Req.get(k). */
static const struct expr *pattern_name(const struct expr *pattern)
{
    return pattern->kind == EXPR_CALL ? pattern->left : pattern;
}

static struct symbol *shape_of(const struct expr *pattern, struct type *protocol)
{
    const struct expr *name = pattern_name(pattern);
    bool is_qualified = name->kind == EXPR_FIELD && name->left->kind == EXPR_NAME;
    bool fits = name->kind == EXPR_NAME || (is_qualified && name->left->name == protocol->symbol->name);
    struct symbol *shape = fits && name->name ? type_find_member(protocol, name->name) : NULL;
    names_tell_pattern(name->name, protocol);
    names_note(name->operator_at, shape);
    if (shape && is_qualified)
        names_note(name->left->operator_at, protocol->symbol);
    if (shape)
        return shape;
    if (name->name)
        diag_error(name->at, "%s has no shape %s", type_text(protocol), name->name);
    else
        diag_error(name->at, "this is no shape of %s", type_text(protocol));
    diag_note(protocol->symbol->at, "%s is declared here", type_text(protocol));
    return NULL;
}

struct symbol *check_shape_pattern(struct expr *pattern, struct type *protocol)
{
    struct symbol *shape = shape_of(pattern, protocol);
    struct symbol *field = shape ? shape->declaration->parameters : NULL;
    int given = 0, wanted = shape ? shape->declaration->member_count : 0;
    for (struct expr *binding = pattern->arguments; binding; binding = binding->next, given++) {
        if (binding->symbol)
            binding->symbol->type = field ? field->type : type_basic(TYPE_ERROR);
        binding->field = field;
        field = field ? field->next : NULL;
    }
    pattern->symbol = shape;
    if (!shape || given == wanted)
        return shape;
    diag_error(pattern->at, "%s carries %d value%s, and here %s %d name%s", shape->name, wanted, wanted == 1 ? "" : "s",
               given == 1 ? "is" : "are", given, given == 1 ? "" : "s");
    diag_note(shape->at, "%s is declared here", shape->name);
    return NULL;
}
