/* emit_extern: what is C's (language.md § 9): headers, calls of functions, constants. Called by emit.c and emit_expr.c.
 *
 * Numbers come back through a check, for what C really gives only the C compiler knows; so do strings, whose length has to
 * be found. Bools, reals and pointers C converts by itself where they are kept, see emit_operand. */
#include "emit_private.h"

#include "lower.h"

#include <string.h>

/* ---- headers ---- */

static bool is_included_before(const struct machines *machines, const struct declaration *header)
{
    for (const struct declaration *d = machines->module->declarations; d != header; d = d->next)
        if (d->kind == DECLARATION_EXTERN && strcmp(d->path, header->path) == 0)
            return true;
    return false;
}

bool emit_has_headers(const struct machines *machines)
{
    for (const struct declaration *d = machines->module->declarations; d; d = d->next)
        if (d->kind == DECLARATION_EXTERN)
            return true;
    return false;
}

void emit_headers(struct emitter *E, const struct machines *machines)
{
    for (const struct declaration *d = machines->module->declarations; d; d = d->next)
        if (d->kind == DECLARATION_EXTERN && !is_included_before(machines, d))
            emit_put(E, "#include \"%s\"\n", d->path);
}

/* ---- arguments ---- */

/* char, unsigned char and void are all the same to those who take bytes. */
static bool is_bytes(const struct type *element)
{
    return type_is_integer(element) && type_bits(element) == 8;
}

static bool is_c_number(const struct type *type)
{
    return type_is_integer(type) || type->kind == TYPE_TIME;
}

/* The type in C of a parameter that is a pointer; NULL: it is none. What is not passed by ref C may only read; of rows C
 * before C23 cannot say so in a way that fits both rows that are const and others. */
static const char *pointer_type(const struct symbol *parameter)
{
    const struct type *type = parameter->type, *element = type->kind == TYPE_ARRAY ? type->of : type;
    if (!parameter->is_ref && type->kind != TYPE_ARRAY)
        return NULL;
    if (element->kind == TYPE_ARRAY)
        return "void *";
    if (is_bytes(element))
        return parameter->is_ref ? "void *" : "const void *";
    const char *word = emit_type(element);
    if (element->kind == TYPE_OPAQUE)
        return arena_printf(parameter->is_ref ? "%s*" : "%sconst *", word);
    return arena_printf(parameter->is_ref ? "%s *" : "const %s *", word);
}

/* C's own conversion will do where it is a pointer to the very type. */
static void put_cast(struct emitter *E, const struct symbol *parameter)
{
    const struct type *type = parameter->type, *element = type->kind == TYPE_ARRAY ? type->of : type;
    if (!parameter->is_ref || element->kind == TYPE_ARRAY || is_bytes(element))
        emit_put(E, "(%s)", pointer_type(parameter));
}

static void put_argument(struct emitter *E, const struct symbol *parameter, const struct expr *e)
{
    if (parameter->is_ref || parameter->type->kind == TYPE_ARRAY) {
        put_cast(E, parameter);
        parameter->type->kind == TYPE_ARRAY ? emit_place_of(E, e) : emit_address(E, e);
    } else if (e->type->kind == TYPE_STRING && e->value) {
        emit_put(E, "\"");
        emit_escaped(E, e->value->bytes, e->value->length);
        emit_put(E, "\"");
    } else {
        emit_put(E, e->type->kind == TYPE_STRING ? "csp_string_to_c(" : "");
        emit_expr(E, e);
        emit_put(E, e->type->kind == TYPE_STRING ? ")" : "");
    }
}

/* ---- calls and constants ---- */

static bool is_extern_call(const struct expr *e)
{
    return e->kind == EXPR_CALL && e->left->symbol->declaration && e->left->symbol->declaration->is_extern;
}

bool emit_is_extern(const struct expr *e)
{
    return is_extern_call(e) || (e->kind == EXPR_NAME && e->symbol->is_extern);
}

bool emit_is_raw_extern(const struct expr *e)
{
    return emit_is_extern(e) && (e->type->kind == TYPE_BOOL || e->type->kind == TYPE_FLOAT || e->type->kind == TYPE_DOUBLE);
}

void emit_extern_raw(struct emitter *E, const struct expr *e)
{
    if (e->kind == EXPR_NAME) {
        emit_put(E, "%s", e->symbol->name);
        return;
    }
    const struct symbol *callee = e->left->symbol, *parameter = callee->declaration->parameters;
    emit_put(E, "%s(", callee->name);
    for (const struct expr *a = e->arguments; a; a = a->next, parameter = parameter->next) {
        put_argument(E, parameter, a);
        emit_put(E, a->next ? ", " : "");
    }
    emit_put(E, ")");
}

/* Around what C gives: what makes a value of that type of it. */
static bool put_opening(struct emitter *E, const struct expr *e)
{
    bool is_checked = is_c_number(e->type) || e->type->kind == TYPE_STRING;
    if (is_checked) {
        emit_put(E, "csp_%s_from_c(", e->type->kind == TYPE_STRING ? "string" : emit_suffix(e->type));
        emit_at(E, e->at);
        emit_put(E, ", ");
    }
    return is_checked;
}

void emit_extern(struct emitter *E, const struct expr *e)
{
    bool is_checked = put_opening(E, e);
    emit_put(E, is_c_number(e->type) ? "CSP_C(" : "");
    emit_extern_raw(E, e);
    emit_put(E, is_c_number(e->type) ? ")" : "");
    emit_put(E, is_checked ? ")" : "");
}

/* ---- functions that block ---- */

/* The members of a csp_call that are no parameters: csp_job job and result. */
static const char *member_name(const struct symbol *parameter)
{
    const char *name = parameter->name, *own[] = {"job", "result"};
    for (int i = 0; i < 2; i++) {
        size_t length = strlen(own[i]);
        if (strncmp(name, own[i], length) == 0 && name[length + strspn(name + length, "_")] == 0)
            return arena_printf("%s_", name);
    }
    return lower_c_name(name);
}

static void put_member(struct emitter *E, const struct symbol *parameter)
{
    const struct type *type = parameter->type;
    const char *pointer = pointer_type(parameter);
    const char *word = pointer ? pointer : type->kind == TYPE_STRING ? "const char *" : emit_type(type);
    emit_line(E, word[strlen(word) - 1] == '*' ? "%s%s;" : "%s %s;", word, member_name(parameter));
}

static void put_call_type(struct emitter *E, const struct declaration *d)
{
    const struct type *result = d->symbol->type;
    emit_line(E, "struct csp_call_%s {", d->symbol->name);
    E->indent++;
    emit_line(E, "csp_job job;");
    for (const struct symbol *p = d->parameters; p; p = p->next)
        put_member(E, p);
    if (is_c_number(result))
        emit_line(E, "csp_number result;");
    else if (result->kind == TYPE_STRING)
        emit_line(E, "const char *result;");
    else if (result->kind != TYPE_VOID)
        emit_line(E, result->kind == TYPE_OPAQUE ? "%sresult;" : "%s result;", emit_type(result));
    E->indent--;
    emit_line(E, "};");
    emit_put(E, "\n");
}

static void put_run(struct emitter *E, const struct declaration *d)
{
    const struct type *result = d->symbol->type;
    const char *name = d->symbol->name;
    emit_line(E, "static void csp_run_%s(void *self)", name);
    emit_line(E, "{");
    E->indent++;
    if (d->parameters || result->kind != TYPE_VOID)
        emit_line(E, "struct csp_call_%s *f = (struct csp_call_%s *)self;", name, name);
    else
        emit_line(E, "(void)self;");
    emit_indent(E);
    emit_put(E, "%s%s%s(", result->kind != TYPE_VOID ? "f->result = " : "", is_c_number(result) ? "CSP_C(" : "", name);
    for (const struct symbol *p = d->parameters; p; p = p->next)
        emit_put(E, p->next ? "f->%s, " : "f->%s", member_name(p));
    emit_put(E, is_c_number(result) ? "));\n" : ");\n");
    E->indent--;
    emit_line(E, "}");
    emit_put(E, "\n");
}

void emit_blocking_calls(struct emitter *E, const struct machines *machines)
{
    bool has_heading = false;
    for (const struct declaration *d = machines->module->declarations; d; d = d->next)
        for (const struct declaration *member = d->members; member; member = member->next) {
            if (!member->is_called)
                continue;
            emit_put(E, has_heading ? "" : "/* ---- calls that block: what they share with the threads they run on ---- */\n\n");
            has_heading = true;
            put_call_type(E, member);
            put_run(E, member);
        }
}

static void put_result(struct emitter *E, const struct op *op, const char *call)
{
    emit_indent(E);
    emit_place_of(E, op->place);
    emit_put(E, " = ");
    bool is_checked = put_opening(E, op->value);
    emit_put(E, "f->%s.result%s;\n", call, is_checked ? ")" : "");
}

void emit_blocking(struct emitter *E, const struct op *op)
{
    const struct symbol *callee = op->value->left->symbol, *parameter = callee->declaration->parameters;
    const char *call = arena_printf("at.%s", op->point->label.name);
    E->uses_frame = E->uses_scheduler = true;
    for (const struct expr *a = op->value->arguments; a; a = a->next, parameter = parameter->next) {
        emit_indent(E);
        emit_put(E, "f->%s.%s = ", call, member_name(parameter));
        put_argument(E, parameter, a);
        emit_put(E, ";\n");
    }
    emit_line(E, "csp_block(S, self, &f->%s.job, csp_run_%s, &f->%s);", call, callee->name, call);
    emit_wait_at(E, op);
    emit_resume(E, op);
    if (op->place)
        put_result(E, op, call);
}
