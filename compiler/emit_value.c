/* emit_value: what messages are made of, in tables, for --trace-values. Called by emit_link.c and emit.c.
 *
 * Built-in types have a table in the runtime; each other one is written once, behind those that it is made of. */
#include "emit_private.h"

static const struct emitted_value *find(const struct emitter *E, const struct type *type)
{
    const struct emitted_value *v = E->values;
    while (v && v->type != type)
        v = v->next;
    return v;
}

static const char *builtin(const struct type *type)
{
    static const char *const names[] = {
        [TYPE_BOOL] = "BOOL",     [TYPE_CHAR] = "CHAR",     [TYPE_INT8] = "INT8",   [TYPE_INT16] = "INT16",
        [TYPE_INT32] = "INT32",   [TYPE_INT64] = "INT64",   [TYPE_UINT8] = "UINT8", [TYPE_UINT16] = "UINT16",
        [TYPE_UINT32] = "UINT32", [TYPE_UINT64] = "UINT64", [TYPE_FLOAT] = "FLOAT", [TYPE_DOUBLE] = "DOUBLE",
        [TYPE_TIME] = "TIME",     [TYPE_STRING] = "STRING", [TYPE_IN] = "END",      [TYPE_OUT] = "END",
        [TYPE_OPAQUE] = "OPAQUE"};
    return (size_t)type->kind < sizeof names / sizeof *names ? names[type->kind] : NULL;
}

const char *emit_value_name(struct emitter *E, const struct type *type)
{
    if (!E->options->trace_values || type->kind == TYPE_VOID)
        return "NULL";
    if (builtin(type))
        return arena_printf("&csp_values[CSP_VALUE_%s]", builtin(type));
    return arena_printf("&csp_value_%d", find(E, type)->number);
}

static void put_member(struct emitter *E, const struct symbol *member, const char *of, const char *path)
{
    emit_line(E, "{\"%s\", %s, offsetof(%s, %s%s)},", member->name, emit_value_name(E, member->type), of, path,
              emit_field_name(member));
}

static void need_all(struct emitter *E, const struct symbol *members)
{
    for (const struct symbol *m = members; m; m = m->next)
        emit_value_needs(E, m->type);
}

/* The fields of a struct or a shape; how many there are. */
static int put_fields(struct emitter *E, const struct symbol *fields, const char *table, const char *of,
                      const char *path)
{
    int count = 0;
    if (!fields)
        return 0;
    emit_line(E, "static const csp_member %s[] = {", table);
    E->indent++;
    for (const struct symbol *field = fields; field; field = field->next, count++)
        put_member(E, field, of, path);
    E->indent--;
    emit_line(E, "};");
    return count;
}

/* A shape is a struct whose fields are counted from the beginning of the message. */
static void put_shape(struct emitter *E, const struct symbol *shape, const char *of, const char *name)
{
    const char *table = arena_printf("%s_members", name), *path = arena_printf("as.%s.", emit_field_name(shape));
    int count = put_fields(E, shape->declaration->parameters, table, of, path);
    emit_line(E, "static const csp_value %s = {CSP_VALUE_SHAPE, 0, %d, NULL, %s};", name, count,
              count ? table : "NULL");
}

static void put_protocol(struct emitter *E, const struct type *type, const char *name)
{
    int count = 0, number = 0;
    const struct symbol *shapes = type->symbol->declaration->parameters;
    for (const struct symbol *shape = shapes; shape; shape = shape->next)
        need_all(E, shape->declaration->parameters);
    for (const struct symbol *shape = shapes; shape; shape = shape->next)
        put_shape(E, shape, emit_type(type), arena_printf("%s_%d", name, count++));
    emit_line(E, "static const csp_member %s_members[] = {", name);
    for (const struct symbol *shape = shapes; shape; shape = shape->next)
        emit_line(E, "    {\"%s\", &%s_%d, 0},", shape->name, name, number++);
    emit_line(E, "};");
    emit_line(E, "static const csp_value %s = {CSP_VALUE_PROTOCOL, sizeof(%s), %d, NULL, %s_members};", name,
              emit_type(type), count, name);
}

static void put_enum(struct emitter *E, const struct type *type, const char *name)
{
    int count = 0;
    emit_line(E, "static const csp_member %s_members[] = {", name);
    for (const struct symbol *m = type->symbol->declaration->parameters; m; m = m->next, count++)
        emit_line(E, "    {\"%s\", NULL, 0},", m->name);
    emit_line(E, "};");
    emit_line(E, "static const csp_value %s = {CSP_VALUE_ENUM, sizeof(%s), %d, NULL, %s_members};", name,
              emit_type(type), count, name);
}

static void put_struct(struct emitter *E, const struct type *type, const char *name)
{
    const char *table = arena_printf("%s_members", name);
    need_all(E, type->symbol->declaration->parameters);
    int count = put_fields(E, type->symbol->declaration->parameters, table, emit_type(type), "");
    emit_line(E, "static const csp_value %s = {CSP_VALUE_STRUCT, sizeof(%s), %d, NULL, %s};", name, emit_type(type),
              count, count ? table : "NULL");
}

static void put_array(struct emitter *E, const struct type *type, const char *name)
{
    emit_value_needs(E, type->of);
    emit_line(E, "static const csp_value %s = {CSP_VALUE_ARRAY, %lld, %lld, %s, NULL};", name,
              (long long)type_size(type), (long long)type->length, emit_value_name(E, type->of));
}

void emit_value_needs(struct emitter *E, const struct type *type)
{
    if (!E->options->trace_values || type->kind == TYPE_VOID || builtin(type) || find(E, type))
        return;
    struct emitted_value *v = KEEP(struct emitted_value);
    *v = (struct emitted_value){type, E->values ? E->values->number + 1 : 1, E->values};
    E->values = v;
    const char *name = arena_printf("csp_value_%d", v->number);
    switch (type->kind) {
    case TYPE_STRUCT: put_struct(E, type, name); break;
    case TYPE_PROTOCOL: put_protocol(E, type, name); break;
    case TYPE_ENUM: put_enum(E, type, name); break;
    default: put_array(E, type, name); break;
    }
    emit_put(E, "\n");
}
