/* emit_extern: what is C's (language.md § 9): headers, calls of functions, constants. Called by emit.c and emit_expr.c.
 *
 * Numbers come back through a check, for what C really gives only the C compiler knows; so do strings, whose length has to
 * be found. Bools, reals and pointers C converts by itself where they are kept, see emit_operand. */
#include "emit_private.h"

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

/* What is not passed by ref C may only read. Of rows C before C23 cannot say so in a way that fits both rows that are const
 * and others. */
static void put_cast(struct emitter *E, const struct symbol *parameter)
{
    const struct type *type = parameter->type;
    if (type->kind == TYPE_ARRAY && type->of->kind == TYPE_ARRAY)
        emit_put(E, "(void *)");
    else if (is_bytes(type->kind == TYPE_ARRAY ? type->of : type))
        emit_put(E, parameter->is_ref ? "(void *)" : "(const void *)");
    else if (!parameter->is_ref && type->of->kind == TYPE_OPAQUE)
        emit_put(E, "(%sconst *)", emit_type(type->of));
    else if (!parameter->is_ref)
        emit_put(E, "(const %s *)", emit_type(type->of));
}

static void put_argument(struct emitter *E, const struct symbol *parameter, const struct expr *e)
{
    if (parameter->is_ref || parameter->type->kind == TYPE_ARRAY) {
        put_cast(E, parameter);
        parameter->type->kind == TYPE_ARRAY ? emit_place_of(E, e) : emit_address(E, e);
    } else if (e->type->kind == TYPE_STRING && e->value) {
        emit_put(E, "\"");
        emit_escaped(E->out, e->value->bytes, e->value->length);
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

void emit_extern(struct emitter *E, const struct expr *e)
{
    bool is_number = type_is_integer(e->type) || e->type->kind == TYPE_TIME, is_string = e->type->kind == TYPE_STRING;
    if (is_number || is_string) {
        emit_put(E, "csp_%s_from_c(", is_string ? "string" : emit_suffix(e->type));
        emit_at(E, e->at);
        emit_put(E, is_number ? ", CSP_C(" : ", ");
    }
    emit_extern_raw(E, e);
    emit_put(E, is_number ? "))" : is_string ? ")" : "");
}
