/* emit_type: structs, enums and protocols in C: what they are, how they are made and compared. Called by emit.c and
 * emit_expr.c.
 *
 * A struct is a C struct. A protocol is a tag and a union `as` with a struct for each shape that carries something. Both
 * are all zero before they are set. */
#include "emit_private.h"

#include "lower.h"


const char *emit_field_name(const struct symbol *field)
{
    return lower_c_name(field->name);
}

/* ---- what they are ---- */

static void put_fields(struct emitter *E, const struct symbol *fields)
{
    for (const struct symbol *field = fields; field; field = field->next) {
        emit_indent(E);
        emit_declarator(E, field->type, emit_field_name(field));
        emit_put(E, ";\n");
    }
}

static void put_values(struct emitter *E, const struct declaration *d)
{
    emit_line(E, d->kind == DECLARATION_ENUM ? "enum %s {" : "enum %s_shape {", (const char *)d->symbol->lowered);
    E->indent++;
    for (const struct symbol *member = d->parameters; member; member = member->next)
        emit_line(E, "%s,", (const char *)member->lowered);
    E->indent--;
    emit_line(E, "};");
}

static void put_names(struct emitter *E, const struct declaration *d)
{
    const char *name = d->symbol->lowered;
    emit_line(E, "static csp_string %s_name(enum %s value)", name, name);
    emit_line(E, "{");
    E->indent++;
    emit_line(E, "static const csp_string names[] = {");
    for (const struct symbol *member = d->parameters; member; member = member->next)
        emit_line(E, "    {\"%s\", sizeof \"%s\" - 1},", member->name, member->name);
    emit_line(E, "};");
    emit_line(E, "return names[value];");
    E->indent--;
    emit_line(E, "}");
    emit_put(E, "\n");
}

static bool carries_anything(const struct declaration *protocol)
{
    for (const struct symbol *shape = protocol->parameters; shape; shape = shape->next)
        if (shape->declaration->parameters)
            return true;
    return false;
}

static void put_shapes(struct emitter *E, const struct declaration *d)
{
    emit_line(E, "enum %s_shape shape;", (const char *)d->symbol->lowered);
    if (!carries_anything(d))
        return;
    emit_line(E, "union {");
    E->indent++;
    for (const struct symbol *shape = d->parameters; shape; shape = shape->next) {
        if (!shape->declaration->parameters)
            continue;
        emit_line(E, "struct {");
        E->indent++;
        put_fields(E, shape->declaration->parameters);
        E->indent--;
        emit_line(E, "} %s;", emit_field_name(shape));
    }
    E->indent--;
    emit_line(E, "} as;");
}

static void put_type(struct emitter *E, struct declaration *d);

/* Types that a struct holds come first. */
static void put_types_of(struct emitter *E, const struct symbol *fields)
{
    for (const struct symbol *field = fields; field; field = field->next) {
        const struct type *type = type_innermost(field->type);
        if (type->kind == TYPE_STRUCT || type->kind == TYPE_PROTOCOL || type->kind == TYPE_ENUM)
            put_type(E, type->symbol->declaration);
    }
}

static void put_struct(struct emitter *E, const struct declaration *d)
{
    emit_line(E, "struct %s {", (const char *)d->symbol->lowered);
    E->indent++;
    if (d->kind == DECLARATION_PROTOCOL)
        put_shapes(E, d);
    else
        put_fields(E, d->parameters);
    if (d->kind == DECLARATION_STRUCT && !d->parameters)
        emit_line(E, "uint8_t nothing; /* C has no empty structs */");
    E->indent--;
    emit_line(E, "};");
    emit_put(E, "\n");
}

static void put_type(struct emitter *E, struct declaration *d)
{
    if (d->is_emitted)
        return;
    d->is_emitted = true;
    if (d->kind == DECLARATION_STRUCT)
        put_types_of(E, d->parameters);
    for (const struct symbol *shape = d->parameters; shape && d->kind == DECLARATION_PROTOCOL; shape = shape->next)
        put_types_of(E, shape->declaration->parameters);
    if (d->kind != DECLARATION_STRUCT) {
        put_values(E, d);
        emit_put(E, "\n");
    }
    if (d->kind != DECLARATION_ENUM)
        put_struct(E, d);
}

static bool is_type(const struct declaration *d)
{
    return d->kind == DECLARATION_STRUCT || d->kind == DECLARATION_ENUM || d->kind == DECLARATION_PROTOCOL;
}

void emit_types(struct emitter *E, const struct machines *machines)
{
    bool has_heading = false;
    for (struct declaration *d = machines->module->declarations; d; d = d->next) {
        if (!is_type(d))
            continue;
        if (!has_heading)
            emit_put(E, "/* ---- types ---- */\n\n");
        has_heading = true;
        put_type(E, d);
    }
}

/* ---- how they are made ---- */

static void put_items(struct emitter *E, const struct expr *arguments)
{
    for (const struct expr *a = arguments; a; a = a->next) {
        emit_put(E, a == arguments ? ".%s = " : ", .%s = ", emit_field_name(a->item->field));
        if (a->type->kind == TYPE_ARRAY)
            emit_initial(E, a->value, a->type);
        else
            emit_expr(E, a);
    }
}

void emit_struct(struct emitter *E, const struct expr *e)
{
    emit_put(E, "(%s){", emit_type(e->type));
    if (e->symbol->kind == SYMBOL_SHAPE) {
        emit_put(E, ".shape = %s", (const char *)e->symbol->lowered);
        if (e->arguments) {
            emit_put(E, ", .as.%s = {", emit_field_name(e->symbol));
            put_items(E, e->arguments);
            emit_put(E, "}");
        }
    } else if (e->arguments)
        put_items(E, e->arguments);
    else
        emit_put(E, "0");
    emit_put(E, "}");
}

/* ---- how they are compared ---- */

static bool is_compared_by_bytes(const struct type *type)
{
    switch (type->kind) {
    case TYPE_FLOAT: case TYPE_DOUBLE: case TYPE_STRING: case TYPE_STRUCT:
        return false;
    default:
        return true;
    }
}

const char *emit_equal(struct emitter *E, const struct type *type)
{
    if (type->kind != TYPE_STRUCT)
        return arena_printf("csp_%s", type->kind == TYPE_STRING ? "strings_equal" : type->kind == TYPE_FLOAT
                                      ? "float_equal" : "double_equal");
    struct emitted_equal *known = E->equals;
    while (known && known->type != type)
        known = known->next;
    if (!known) {
        known = KEEP(struct emitted_equal);
        *known = (struct emitted_equal){type, E->equals};
        E->equals = known;
    }
    return arena_printf("%s_equal", (const char *)type->symbol->lowered);
}

static void put_arrays_equal(struct emitter *E, const struct type *type, const char *a, const char *b)
{
    struct type *element = type_innermost((struct type *)type);
    if (is_compared_by_bytes(element))
        emit_put(E, "memcmp(%s, %s, sizeof %s) == 0", a, b, a);
    else
        emit_put(E, "%s((const %s *)%s, (const %s *)%s, sizeof %s / sizeof(%s))", emit_equal(E, element), emit_type(element),
                 a, emit_type(element), b, a, emit_type(element));
}

static void put_field_equal(struct emitter *E, const struct symbol *field)
{
    const struct type *type = field->type;
    const char *a = arena_printf("a[i].%s", emit_field_name(field)), *b = arena_printf("b[i].%s", emit_field_name(field));
    if (type->kind == TYPE_ARRAY)
        put_arrays_equal(E, type, a, b);
    else if (type->kind == TYPE_STRUCT)
        emit_put(E, "%s(&%s, &%s, 1)", emit_equal(E, type), a, b);
    else if (type->kind == TYPE_STRING)
        emit_put(E, "csp_string_equal(%s, %s)", a, b);
    else if (type->kind == TYPE_IN || type->kind == TYPE_OUT)
        emit_put(E, "csp_same_end(%s, %s)", a, b);
    else
        emit_put(E, "%s == %s", a, b);
}

static void put_equal(struct emitter *E, const struct type *type)
{
    const char *name = type->symbol->lowered;
    emit_line(E, "static bool %s_equal(const struct %s *a, const struct %s *b, size_t count)", name, name, name);
    emit_line(E, "{");
    E->indent++;
    emit_line(E, "for (size_t i = 0; i < count; i++) {");
    E->indent++;
    for (const struct symbol *field = type->symbol->declaration->parameters; field; field = field->next) {
        emit_indent(E);
        emit_put(E, "if (!(");
        put_field_equal(E, field);
        emit_put(E, "))\n");
        emit_line(E, "    return false;");
    }
    E->indent--;
    emit_line(E, "}");
    if (!type->symbol->declaration->parameters)
        emit_line(E, "(void)a, (void)b;");
    emit_line(E, "return true;");
    E->indent--;
    emit_line(E, "}");
    emit_put(E, "\n");
}

void emit_names(struct emitter *E, const struct machines *machines)
{
    for (const struct declaration *d = machines->module->declarations; d; d = d->next)
        if (d->is_printed)
            put_names(E, d);
}

/* One may ask for another while it is written, so all are declared first. */
void emit_equals(struct emitter *E)
{
    const struct emitted_equal *done = NULL;
    struct text text = {0}, *out = emit_into(E, &text);
    while (E->equals != done) {
        const struct emitted_equal *first = E->equals;
        for (const struct emitted_equal *e = first; e != done; e = e->next)
            put_equal(E, e->type);
        done = first;
    }
    emit_into(E, out);
    for (const struct emitted_equal *e = E->equals; e; e = e->next) {
        const char *name = e->type->symbol->lowered;
        emit_line(E, "static bool %s_equal(const struct %s *a, const struct %s *b, size_t count);", name, name, name);
    }
    emit_put(E, E->equals ? "\n" : "");
    text_join(E->out, &text);
    text_free(&text);
}
