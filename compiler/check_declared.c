/* check_declared: structs, enums and protocols (language.md § 2, § 6): the types of their fields, what C makes of them.
 *
 * The fields of a type are checked when it is first used as a value, so that types may stand in any order; one that is
 * come to again in the middle of that contains itself. Called by check.c and check_type.c. */
#include "check_private.h"

#include "arena.h"
#include "constant.h"
#include "diag.h"

/* ---- members by number ---- */

static void number_members(struct declaration *declaration)
{
    int count = 0;
    for (struct symbol *member = declaration->parameters; member; member = member->next)
        member->number = count++;
    declaration->member_count = count;
    declaration->all = NEW_ARRAY(struct symbol *, (size_t)count);
    for (struct symbol *member = declaration->parameters; member; member = member->next)
        declaration->all[member->number] = member;
}

static void check_enum(struct declaration *declaration)
{
    struct type *type = type_named(TYPE_ENUM, declaration->symbol);
    number_members(declaration);
    declaration->symbol->type = type;
    for (struct symbol *value = declaration->parameters; value; value = value->next) {
        value->type = type;
        value->value = constant_integer(value->number);
    }
}

/* ---- fields ---- */

static void check_field_type(struct checker *checker, struct symbol *field)
{
    struct type *type = check_type_name(checker, field->type_name);
    if (!check_is_storable(type, field->type_name->at))
        type = type_basic(TYPE_ERROR);
    field->type = check_symbol_type(checker, type, field);
    if (field->type->kind == TYPE_ARRAY && field->type->length < 0) {
        diag_error(field->at, "%s has no length: the array in a struct or message has a constant one", field->name);
        field->type = type_basic(TYPE_ERROR);
    }
    if (field->is_ref)
        diag_error(field->at, "%s is ref, and a message carries values only", field->name);
    if (field->initial) {
        check_initial(checker, field->initial, field->type, field->name);
        check_settle(field->initial);
        diag_error(field->initial->at, "a field of a protocol has no default");
    }
}

/* As C lays a struct out. */
static void lay_out(struct declaration *declaration)
{
    int64_t size = 0;
    declaration->alignment = 1;
    declaration->has_equality = true;
    for (const struct symbol *field = declaration->parameters; field; field = field->next) {
        int alignment = type_alignment(field->type);
        if (alignment > declaration->alignment)
            declaration->alignment = alignment;
        declaration->has_equality = declaration->has_equality && type_has_equality(field->type);
        declaration->has_array = declaration->has_array || type_has_array(field->type);
        size = (size + alignment - 1) / alignment * alignment;
        if (__builtin_add_overflow(size, type_size(field->type), &size) || size > CHECK_LARGEST_SIZE)
            size = CHECK_LARGEST_SIZE + 1;
    }
    size = size ? size : 1;
    declaration->size = (size + declaration->alignment - 1) / declaration->alignment * declaration->alignment;
}

static void check_fields(struct checker *checker, struct declaration *declaration)
{
    number_members(declaration);
    for (struct symbol *field = declaration->parameters; field; field = field->next)
        check_field_type(checker, field);
    lay_out(declaration);
}

/* The tag, then the largest of the shapes. */
static void check_shapes(struct checker *checker, struct declaration *protocol)
{
    int64_t largest = 0;
    number_members(protocol);
    protocol->alignment = 4;
    for (struct symbol *shape = protocol->parameters; shape; shape = shape->next) {
        struct declaration *fields = shape->declaration;
        shape->type = protocol->symbol->type;
        check_fields(checker, fields);
        if (!fields->parameters)
            continue;
        protocol->has_array = protocol->has_array || fields->has_array;
        if (fields->alignment > protocol->alignment)
            protocol->alignment = fields->alignment;
        if (fields->size > largest)
            largest = fields->size;
    }
    protocol->size = protocol->alignment + (largest + protocol->alignment - 1) / protocol->alignment * protocol->alignment;
    if (!protocol->parameters)
        diag_error(protocol->symbol->at, "%s has no shapes, so that there is no message of it", protocol->symbol->name);
}

static void check_members(struct checker *checker, struct declaration *declaration)
{
    if (declaration->kind == DECLARATION_PROTOCOL)
        check_shapes(checker, declaration);
    else
        check_fields(checker, declaration);
    if (declaration->size > CHECK_LARGEST_SIZE)
        diag_error(declaration->symbol->at, "%s is too large: a variable takes at most 1 GiB", declaration->symbol->name);
}

bool check_declared(struct checker *checker, struct declaration *declaration, struct where at)
{
    if (declaration->is_checked)
        return true;
    if (declaration->is_being_checked) {
        diag_error(at, "%s contains itself, and would have no end; an end of a channel can stand for it",
                   declaration->symbol->name);
        return false;
    }
    if (!check_is_shallow(checker, at))
        return false;
    declaration->is_being_checked = true;
    checker->depth++;
    check_members(checker, declaration);
    checker->depth--;
    declaration->is_being_checked = false;
    declaration->is_checked = true;
    return true;
}

void check_declare(struct declaration *declaration)
{
    static const enum type_kind kinds[] = {[DECLARATION_STRUCT] = TYPE_STRUCT, [DECLARATION_PROTOCOL] = TYPE_PROTOCOL,
                                           [DECLARATION_OPAQUE] = TYPE_OPAQUE};
    if (declaration->kind == DECLARATION_ENUM)
        check_enum(declaration);
    else
        declaration->symbol->type = type_named(kinds[declaration->kind], declaration->symbol);
}
