/* emit: the C file from top to bottom: places, functions, frames, steps, tables, main. Called by main. */
#include "emit_private.h"

#include "source.h"

#include <string.h>

/* ---- functions ---- */

static void put_prototype(struct emitter *E, const struct machine *machine)
{
    const char *result = emit_type(machine->result);
    emit_put(E, "static %s %s_fn(csp_scheduler *S", result, machine->name);
    for (const struct slot *s = machine->slots; s && s->is_parameter; s = s->next) {
        emit_put(E, ", ");
        emit_parameter(E, s);
        if (s->length_name)
            emit_put(E, ", int32_t %s", s->length_name);
    }
    emit_put(E, ")");
}

static void put_unused_parameters(struct emitter *E, const struct machine *machine)
{
    if (!E->uses_scheduler)
        emit_line(E, "(void)S;");
    for (const struct slot *s = machine->slots; s && s->is_parameter; s = s->next) {
        if (!s->is_read)
            emit_line(E, "(void)%s;", s->name);
        if (s->length_name)
            emit_line(E, "(void)%s;", s->length_name);
    }
}

static bool is_c_struct(const struct type *type)
{
    return type->kind == TYPE_STRING || type->kind == TYPE_STRUCT || type->kind == TYPE_PROTOCOL ||
           type->kind == TYPE_IN || type->kind == TYPE_OUT;
}

static void put_local(struct emitter *E, const struct slot *slot)
{
    emit_indent(E);
    emit_parameter(E, slot);
    if (slot->is_read)
        emit_put(E, ";\n");
    else
        emit_put(E, " = %s; (void)%s;\n", is_c_struct(slot->type) ? "{0}" : "0", slot->name);
}

static bool is_c_local(const struct slot *slot)
{
    bool is_value = slot->kind == SLOT_VALUE || slot->kind == SLOT_END;
    return !slot->in_frame && !slot->is_parameter && !slot->is_in_place && !slot->is_memory && !slot->is_dropped && is_value;
}

static void put_locals(struct emitter *E, const struct machine *machine)
{
    for (const struct slot *s = machine->slots; s; s = s->next)
        if (is_c_local(s))
            put_local(E, s);
}

/* The size of what a function keeps on the C stack, as far as arrays go. */
static long long size_of_locals(const struct machine *machine)
{
    long long size = 0;
    for (const struct slot *s = machine->slots; s; s = s->next)
        if (!s->is_parameter && s->type->kind == TYPE_ARRAY)
            size += type_size(s->type);
    return size;
}

static void put_stack_check(struct emitter *E, const struct machine *machine)
{
    enum { LARGE = 1024 };
    long long size = size_of_locals(machine);
    if (!machine->checks_stack && size <= LARGE)
        return;
    emit_indent(E);
    emit_put(E, "csp_stack_check(");
    emit_at(E, machine->at);
    emit_put(E, ", %lld);\n", size);
}

/* The body is written first, for what stands above it depends on what it uses. */
static void put_body(struct emitter *E, const struct machine *machine)
{
    struct text *out = emit_into(E, &E->body);
    E->machine = machine;
    E->uses_scheduler = E->uses_frame = false;
    E->outer_depth = 0;
    E->indent = 1;
    text_clear(&E->body);
    text_clear(&E->epilogue);
    if (machine->kind == MACHINE_FUNCTION)
        put_stack_check(E, machine);
    emit_ops(E, machine->body);
    emit_into(E, &E->epilogue);
    emit_ops(E, machine->epilogue);
    emit_into(E, out);
}

static void put_function(struct emitter *E, const struct machine *machine)
{
    put_body(E, machine);
    put_prototype(E, machine);
    emit_put(E, "\n{\n");
    put_unused_parameters(E, machine);
    put_locals(E, machine);
    text_join(E->out, &E->body);
    emit_put(E, "}\n\n");
}

/* ---- steps ---- */

static void put_outers(struct emitter *E, const struct machine *machine)
{
    const struct machine *outer = machine->outer;
    for (int depth = 1; depth <= E->outer_depth; depth++, outer = outer->outer)
        if (depth == 1)
            emit_line(E, "struct %s_frame *outer = (struct %s_frame *)self->parent;", outer->name, outer->name);
        else if (depth == 2)
            emit_line(E, "struct %s_frame *outer_2 = (struct %s_frame *)outer->process.parent;", outer->name, outer->name);
        else
            emit_line(E, "struct %s_frame *outer_%d = (struct %s_frame *)outer_%d->process.parent;", outer->name, depth,
                      outer->name, depth - 1);
}

/* No one goes on behind a stop. */
static void put_resume(struct emitter *E, const struct machine *machine)
{
    bool is_begun = false;
    for (const struct point *p = machine->points; p; p = p->next) {
        if (p->kind == POINT_STOP)
            continue;
        if (!is_begun)
            emit_line(E, "switch (self->node.resume) {");
        is_begun = true;
        emit_line(E, "case %d:", p->number);
        emit_line(E, "    goto %s;", p->label.name);
    }
    if (is_begun)
        emit_line(E, "}");
}

static bool has_computed_alt(const struct machine *machine)
{
    for (const struct point *p = machine->points; p; p = p->next)
        if (p->kind == POINT_ALT && p->op->count < 0 && !p->op->standing)
            return true;
    return false;
}

static void put_step(struct emitter *E, const struct machine *machine)
{
    put_body(E, machine);
    emit_put(E, "static void %s_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)\n{\n", machine->name);
    if (E->uses_frame)
        emit_line(E, "struct %s_frame *f = (struct %s_frame *)self;", machine->name, machine->name);
    put_outers(E, machine);
    put_locals(E, machine);
    if (has_computed_alt(machine))
        emit_line(E, "int which;");
    put_resume(E, machine);
    text_join(E->out, &E->body);
    if (machine->kind == MACHINE_PROCESS) {
        uint32_t end = machine->declaration->body->at.end;
        emit_mark(E, (struct where){end - 1, end});
    }
    if (machine->end.is_used)
        emit_label(E, &machine->end);
    text_join(E->out, &E->epilogue);
    emit_line(E, "CSP_END();");
    emit_put(E, "}\n\n");
}

/* With -g it is written into a text, which then gets its lines. */
static void put_code(struct emitter *E, const struct machine *machine)
{
    struct text code = {0}, *out = E->options->debug ? emit_into(E, &code) : NULL;
    emit_mark(E, machine->at);
    if (machine->kind == MACHINE_FUNCTION)
        put_function(E, machine);
    else
        put_step(E, machine);
    if (!out)
        return;
    emit_into(E, out);
    emit_with_lines(E, &code);
    emit_variables(E, machine);
    text_free(&code);
}

/* ---- the file ---- */

static void put_includes(struct emitter *E, const struct machines *machines, const struct emit_options *options)
{
    if (emit_has_headers(machines))
        emit_put(E, "#ifndef _DEFAULT_SOURCE\n#define _DEFAULT_SOURCE /* all that headers have, also where C is -std=c11 */\n"
                    "#endif\n");
    if (options->unchecked)
        emit_put(E, "#define CSP_UNCHECKED\n");
    emit_put(E, "#include \"csp.h\"\n%s", options->debug ? "#include \"csp_debug.h\"\n" : "");
    emit_headers(E, machines);
    emit_put(E, "\nCSP_GENERATED_CODE\n\n");
}

static void put_files(struct emitter *E)
{
    emit_put(E, "static const char *const files[] = {");
    for (const struct source *s = source_first(); s; s = s->next) {
        emit_put(E, s->index ? ", \"" : "\"");
        emit_escaped(E, s->path, (int64_t)strlen(s->path));
        emit_put(E, "\"");
    }
    emit_put(E, "};\n");
}

static void put_head(struct emitter *E, const struct machines *machines, const struct emit_options *options)
{
    const struct source *first = source_first();
    emit_put(E, "/* %s, compiled by cspc. */\n", first->path);
    put_includes(E, machines, options);
    emit_put(E, "/* Who runs, and where in the source: for messages. */\n");
    for (const struct source *s = first; s; s = s->next)
        if (s->index)
            emit_put(E, "#define AT_%d(line, column) S, CSP_PLACE(%d, line, column)\n", s->index, s->index);
        else
            emit_put(E, "#define AT(line, column) S, CSP_PLACE(0, line, column)\n");
    if (machines->main)
        put_files(E);
    emit_put(E, "\n");
}

static void put_heading(struct emitter *E, const char *text)
{
    emit_put(E, "/* ---- %s ---- */\n\n", text);
}

static bool has_processes(const struct emitter *E)
{
    return E->steps.length > 0;
}

/* All steps and kinds are declared in front of those that name them. */
static void put_steps(struct emitter *E)
{
    for (const struct machine *m = E->machines->first; m; m = m->next)
        if (m->kind != MACHINE_FUNCTION)
            emit_put(E, "static csp_step %s_step;\n", m->name);
    for (const struct machine *m = E->machines->first; m; m = m->next)
        if (m->is_spawned)
            emit_put(E, "static const csp_kind %s_kind;\n", m->name);
    emit_put(E, "\n");
}

static void put_kinds(struct emitter *E)
{
    for (const struct machine *m = E->machines->first; m; m = m->next)
        if (m->kind != MACHINE_FUNCTION)
            emit_put(E, "static const csp_kind %s_kind;\n", m->name);
    emit_put(E, "\n");
}

static void put_constants(struct emitter *E)
{
    if (E->constants)
        put_heading(E, "constants");
    for (const struct emitted_constant *c = E->constants; c; c = c->next) {
        emit_put(E, "static const ");
        emit_declarator(E, c->symbol->type, c->name);
        emit_put(E, " = ");
        emit_initial(E, c->symbol->value, c->symbol->type);
        emit_put(E, ";\n");
    }
    if (E->constants)
        emit_put(E, "\n");
}

/* ---- process by process ---- */

struct emitter *emit_begin(const struct machines *machines, const struct emit_options *options)
{
    struct emitter *E = NEW(struct emitter);
    E->machines = machines;
    E->options = options;
    E->last_constant = &E->constants;
    return E;
}

static void emit_function(struct emitter *E, const struct machine *machine)
{
    emit_into(E, &E->prototypes);
    put_prototype(E, machine);
    emit_put(E, ";\n");
    emit_into(E, &E->functions);
    put_code(E, machine);
}

static void emit_process(struct emitter *E, struct machine *machine)
{
    emit_into(E, &E->steps);
    put_code(E, machine);
    E->indent = 0;
    emit_into(E, &E->frames);
    emit_frame(E, machine);
    emit_into(E, &E->tables);
    emit_kind(E, machine);
}

void emit_machines(struct emitter *E, struct machine *first, const struct machine *end)
{
    for (struct machine *machine = first; machine != end; machine = machine->next)
        if (machine->kind == MACHINE_FUNCTION)
            emit_function(E, machine);
        else
            emit_process(E, machine);
}

/* ---- the whole file ---- */

static void write_text(struct text *text, FILE *to)
{
    text_write(text, to);
    text_free(text);
}

static void write_top(struct emitter *E, FILE *to)
{
    put_head(E, E->machines, E->options);
    emit_types(E, E->machines);
    emit_blocking_calls(E, E->machines);
    if (has_processes(E))
        put_heading(E, "frames");
    write_text(E->out, to);
    emit_frames(E, to);
}

static void write_declarations(struct emitter *E, FILE *to)
{
    if (has_processes(E))
        put_steps(E);
    if (E->functions.length)
        put_heading(E, "functions");
    text_join(E->out, &E->prototypes);
    emit_put(E, E->functions.length ? "\n" : "");
    emit_names(E, E->machines);
    emit_equals(E);
    put_constants(E);
    write_text(E->out, to);
}

static void write_processes(struct emitter *E, FILE *to)
{
    put_heading(E, "processes");
    write_text(E->out, to);
    write_text(&E->steps, to);
    put_heading(E, "for reports and debuggers");
    put_kinds(E);
    write_text(E->out, to);
    write_text(&E->tables, to);
}

void emit_finish(struct emitter *E, FILE *to)
{
    struct text rest = {0};
    emit_into(E, &rest);
    E->indent = 0;
    write_top(E, to);
    write_declarations(E, to);
    write_text(&E->functions, to);
    if (has_processes(E))
        write_processes(E, to);
    if (E->machines->main)
        emit_program(E);
    write_text(&rest, to);
    text_free(&E->body);
    text_free(&E->epilogue);
    text_free(&E->frames);
    text_free(&E->prototypes);
}
