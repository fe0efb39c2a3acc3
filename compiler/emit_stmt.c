/* emit_stmt: ops as C statements. Waits are in emit_wait.c, alts in emit_alt.c. Called by emit.c. */
#include "emit_private.h"

#include "check.h"
#include "source.h"

#include <string.h>

static void put_text(struct emitter *E, const struct expr *e)
{
    const char *text = emit_source_text(e->at);
    emit_put(E, "\"");
    emit_escaped(E, text, (int64_t)strlen(text));
    emit_put(E, "\"");
}

/* They are the same where all indices are. */
static void put_apart(struct emitter *E, const struct op *op)
{
    const struct expr *index = NULL;
    emit_indent(E);
    emit_put(E, "csp_apart(");
    emit_at(E, op->at);
    emit_put(E, ", ");
    for (const struct expr *a = op->place, *b = op->value; a->kind != EXPR_NAME; a = a->left, b = b->left) {
        if (a->kind != EXPR_INDEX || check_is_same_index(a->right, b->right))
            continue;
        emit_put(E, index ? " && (int64_t)" : "(int64_t)");
        emit_operand(E, a->right);
        emit_put(E, " == (int64_t)");
        emit_operand(E, b->right);
        index = a->right;
    }
    emit_put(E, ", ");
    put_text(E, op->place);
    emit_put(E, ", ");
    put_text(E, op->value);
    emit_put(E, ", (int64_t)");
    emit_operand(E, index);
    emit_put(E, ");\n");
}

void emit_label(struct emitter *E, const struct label *label)
{
    emit_put(E, "%s:;\n", label->name);
}

void emit_comment(struct emitter *E, struct where statement)
{
    emit_line(E, "// %d: %s", source_position(statement.begin).line, emit_source_text(statement));
}

void emit_block(struct emitter *E, const struct op *first)
{
    emit_put(E, "{\n");
    E->indent++;
    emit_ops(E, first);
    E->indent--;
    emit_indent(E);
    emit_put(E, "}");
}

/* ---- assignments ---- */

static const struct slot *declared(const struct op *op)
{
    return op->is_declaration ? op->place->symbol->lowered : NULL;
}

/* An end that is a csp_channel *. */
static bool is_pointer(const struct expr *place)
{
    const struct slot *slot = place->kind == EXPR_NAME ? place->symbol->lowered : NULL;
    return slot && slot->kind == SLOT_END;
}

static void put_target(struct emitter *E, const struct op *op)
{
    const struct slot *slot = declared(op);
    if (slot)
        emit_declarator(E, slot->type, slot->name);
    else
        emit_place_of(E, op->place);
}

/* gcc and clang warn of variables that are set and never used; cspc has said so already. */
static void put_unused(struct emitter *E, const struct op *op)
{
    const struct slot *slot = declared(op);
    if (slot && !slot->is_read)
        emit_line(E, "(void)%s;", slot->name);
}

static bool is_array(const struct expr *e)
{
    return e->type->kind == TYPE_ARRAY;
}

static void put_array_set(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    if (op->value->type->kind == TYPE_STRING) {
        emit_put(E, "csp_chars_from_string(");
        emit_at(E, op->at);
        emit_put(E, ", ");
        emit_expr(E, op->place);
        emit_put(E, ", %lld, ", (long long)op->place->type->length);
        emit_expr(E, op->value);
        emit_put(E, ");\n");
        return;
    }
    emit_put(E, "memmove(");
    emit_expr(E, op->place);
    emit_put(E, ", ");
    emit_expr(E, op->value);
    emit_put(E, ", ");
    emit_sizeof(E, op->place->type);
    emit_put(E, ");\n");
}

static void put_set(struct emitter *E, const struct op *op)
{
    put_target(E, op);
    emit_put(E, " = ");
    if (is_pointer(op->place))
        emit_channel(E, op->value);
    else
        emit_expr(E, op->value);
}

static void emit_set(struct emitter *E, const struct op *op)
{
    if (is_array(op->place)) {
        put_array_set(E, op);
        return;
    }
    emit_indent(E);
    put_set(E, op);
    emit_put(E, ";\n");
    put_unused(E, op);
}

static const char *zero_of(const struct type *type)
{
    switch (type->kind) {
    case TYPE_BOOL:
        return "false";
    case TYPE_STRING:
        return "CSP_STRING(\"\")";
    case TYPE_FLOAT:
        return "0.0f";
    case TYPE_DOUBLE:
        return "0.0";
    default:
        return "0";
    }
}

static bool is_struct(const struct type *type)
{
    return type->kind == TYPE_STRUCT || type->kind == TYPE_PROTOCOL || type->kind == TYPE_IN || type->kind == TYPE_OUT;
}

/* Zero within a list has all braces and all fields: C compilers take {0} for anything without a warning on its own only. */
void emit_inner_zero(struct emitter *E, const struct type *type)
{
    if (type->kind == TYPE_ARRAY) {
        emit_put(E, "{");
        emit_inner_zero(E, type->of);
    } else if (type->kind == TYPE_STRUCT && type->symbol->declaration->parameters) {
        const char *before = "{";
        for (const struct symbol *field = type->symbol->declaration->parameters; field; field = field->next, before = ", ") {
            emit_put(E, "%s", before);
            emit_inner_zero(E, field->type);
        }
    } else {
        emit_zero_braces(E, type);
        return;
    }
    emit_put(E, "}");
}

/* The braces of an array's zero: as many as it has dimensions. Those of a struct would depend on its first field; C compilers
 * take {0} for anything. */
void emit_zero_braces(struct emitter *E, const struct type *type)
{
    const struct type *element = type;
    int depth = 0;
    while (element->kind == TYPE_ARRAY)
        element = element->of;
    if (is_struct(element)) {
        emit_put(E, "{0}");
        return;
    }
    for (; type->kind == TYPE_ARRAY; type = type->of, depth++)
        emit_put(E, "{");
    emit_put(E, "%s", type->kind == TYPE_STRING ? "{NULL, 0}" : zero_of(type));
    for (; depth > 0; depth--)
        emit_put(E, "}");
}

/* What a block ends is zero before it is begun. */
static void zero_slot(struct emitter *E, const struct slot *slot)
{
    emit_indent(E);
    if (slot->kind == SLOT_POOLED_BARRIER) {
        emit_slot(E, slot);
        emit_put(E, " = NULL;\n");
        return;
    }
    emit_put(E, "memset(&");
    emit_slot(E, slot);
    emit_put(E, ", 0, sizeof ");
    emit_slot(E, slot);
    emit_put(E, ");\n");
}

static void emit_zero(struct emitter *E, const struct op *op)
{
    if (!op->place) {
        zero_slot(E, op->slot);
        return;
    }
    emit_indent(E);
    if (is_array(op->place) && !op->is_declaration) {
        emit_put(E, "memset(");
        emit_expr(E, op->place);
        emit_put(E, ", 0, ");
        emit_sizeof(E, op->place->type);
        emit_put(E, ");\n");
        return;
    }
    put_target(E, op);
    emit_put(E, " = ");
    if (is_array(op->place))
        emit_zero_braces(E, op->place->type);
    else if (is_struct(op->place->type))
        emit_put(E, "(%s){0}", emit_type(op->place->type));
    else if (op->place->type->kind == TYPE_ENUM)
        emit_put(E, "%s", (const char *)type_member(op->place->type, 0)->lowered);
    else
        emit_put(E, "%s", op->place->type->kind == TYPE_OPAQUE ? "NULL" : zero_of(op->place->type));
    emit_put(E, ";\n");
    put_unused(E, op);
}

/* ---- print and assert ---- */

static const char *printer(const struct type *type)
{
    switch (type->kind) {
    case TYPE_BOOL:
        return "bool";
    case TYPE_CHAR:
        return "char";
    case TYPE_UINT8:
    case TYPE_UINT16:
    case TYPE_UINT32:
    case TYPE_UINT64:
        return "uint";
    case TYPE_FLOAT:
        return "float";
    case TYPE_DOUBLE:
        return "double";
    case TYPE_STRING: case TYPE_ENUM:
        return "string";
    case TYPE_ARRAY:
        return "chars";
    default:
        return "int";
    }
}

static void emit_print_arguments(struct emitter *E, const struct expr *first)
{
    for (const struct expr *a = first; a; a = a->next) {
        emit_indent(E);
        emit_put(E, "csp_print_%s(S, ", printer(a->type));
        if (a->type->kind == TYPE_ENUM) {
            a->type->symbol->declaration->is_printed = true;
            emit_put(E, "%s_name(", (const char *)a->type->symbol->lowered);
        }
        emit_expr(E, a);
        if (a->type->kind == TYPE_ENUM)
            emit_put(E, ")");
        if (is_array(a)) {
            emit_put(E, ", ");
            emit_length(E, a);
        }
        emit_put(E, ");\n");
    }
}

static void emit_print(struct emitter *E, const struct op *op)
{
    E->uses_scheduler = true;
    emit_print_arguments(E, op->arguments);
    if (op->is_line)
        emit_line(E, "csp_print_char(S, '\\n');");
    emit_line(E, "csp_print_done(S);");
}

/* A failed assert says what the program gave it to say, or else the condition itself. */
static void emit_assert(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    emit_put(E, "if (!(");
    emit_expr(E, op->value);
    emit_put(E, ")) {\n");
    E->indent++;
    emit_ops(E, op->body);
    emit_line(E, "csp_assert_begin(S);");
    if (op->arguments)
        emit_print_arguments(E, op->arguments);
    else {
        const char *text = emit_source_text(op->at);
        emit_indent(E);
        emit_put(E, "csp_print_string(S, CSP_STRING(\"");
        emit_escaped(E, text, (int64_t)strlen(text));
        emit_put(E, "\"));\n");
    }
    emit_indent(E);
    emit_put(E, "csp_assert_failed(");
    emit_at(E, op->at);
    emit_put(E, ");\n");
    E->indent--;
    emit_line(E, "}");
}

/* ---- control ---- */

static void emit_if(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    for (;;) {
        emit_put(E, "if (");
        emit_expr(E, op->value);
        emit_put(E, ") ");
        emit_block(E, op->body);
        const struct op *next = op->otherwise;
        if (!next)
            break;
        emit_put(E, " else ");
        if (next->kind != OP_IF || next->next) {
            emit_block(E, next);
            break;
        }
        op = next;
    }
    emit_put(E, "\n");
}

static void emit_loop(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    if (!op->initial && !op->step && op->value)
        emit_put(E, "while (");
    else {
        emit_put(E, "for (");
        if (op->initial)
            put_set(E, op->initial);
        emit_put(E, op->value ? "; " : ";");
    }
    if (op->value)
        emit_expr(E, op->value);
    if (op->initial || op->step || !op->value) {
        emit_put(E, op->slot || op->step ? "; " : ";");
        if (op->slot) {
            emit_slot(E, op->slot);
            emit_put(E, "++");
        } else if (op->step)
            put_set(E, op->step);
    }
    emit_put(E, ") ");
    emit_block(E, op->body);
    emit_put(E, "\n");
    if (op->exit)
        emit_label(E, op->exit);
}

static void emit_switch(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    emit_put(E, "switch (");
    emit_expr(E, op->value);
    emit_put(E, ") {\n");
    for (const struct op_arm *arm = op->arms; arm; arm = arm->next) {
        for (const struct expr *p = arm->patterns; p; p = p->next) {
            emit_indent(E);
            emit_put(E, "case ");
            emit_expr(E, p);
            emit_put(E, ":%s\n", p->next || (op->is_total && !arm->next) ? "" : " {");
        }
        if (!arm->patterns || (op->is_total && !arm->next))
            emit_line(E, "default: {");
        E->indent++;
        emit_ops(E, arm->body);
        emit_line(E, "break;");
        E->indent--;
        emit_line(E, "}");
    }
    emit_line(E, "}");
}

static void emit_return(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    emit_put(E, op->value ? "return " : "return");
    if (op->value)
        emit_expr(E, op->value);
    emit_put(E, ";\n");
}

static void emit_handler(struct emitter *E, const struct op *op)
{
    emit_put(E, "%s: // on poison\n", op->label->name);
    emit_line(E, "self->node.poisoned = false;");
}

static void emit_call(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    if (emit_is_extern(op->value))
        emit_extern_raw(E, op->value);
    else
        emit_expr(E, op->value);
    emit_put(E, ";\n");
}

static void emit_op(struct emitter *E, const struct op *op)
{
    switch (op->kind) {
    case OP_SET:
        emit_set(E, op);
        break;
    case OP_ZERO:
        emit_zero(E, op);
        break;
    case OP_CHANNEL:
        emit_channel_begin(E, op);
        break;
    case OP_CALL:
        emit_call(E, op);
        break;
    case OP_PRINT:
        emit_print(E, op);
        break;
    case OP_ASSERT:
        emit_assert(E, op);
        break;
    case OP_APART:
        put_apart(E, op);
        break;
    case OP_IF:
        emit_if(E, op);
        break;
    case OP_LOOP:
        emit_loop(E, op);
        break;
    case OP_SWITCH:
        emit_switch(E, op);
        break;
    case OP_BREAK:
        emit_line(E, "break;");
        break;
    case OP_CONTINUE:
        if (op->label && op->label->is_placed)
            emit_line(E, "goto %s;", op->label->name);
        else
            emit_line(E, "continue;");
        break;
    case OP_GOTO:
        emit_line(E, "goto %s;", op->label->name);
        break;
    case OP_LABEL:
        if (op->label->is_used)
            emit_label(E, op->label);
        break;
    case OP_HANDLER:
        emit_handler(E, op);
        break;
    case OP_RETURN:
        emit_return(E, op);
        break;
    case OP_CLOSE:
    case OP_POISON:
        emit_channel_end(E, op);
        break;
    case OP_ALT:
        emit_alt(E, op);
        break;
    case OP_SPAWN:
        emit_spawn(E, op);
        break;
    case OP_CELLS_GIVE: case OP_BARRIER: case OP_BARRIER_GIVE: case OP_RELEASE: case OP_GROUP: case OP_ENTER: case OP_LEAVE:
    case OP_STANDING_END:
    case OP_CHECK:
        emit_ending(E, op);
        break;
    case OP_SEND:
    case OP_RECEIVE:
    case OP_RUN:
    case OP_RUN_FOR:
    case OP_SLEEP:
    case OP_YIELD:
    case OP_STOP:
    case OP_SYNC:
    case OP_JOIN:
    case OP_BLOCK:
        emit_wait(E, op);
        break;
    }
}

void emit_ops(struct emitter *E, const struct op *first)
{
    struct where around = E->mark;
    for (const struct op *op = first; op; op = op->next) {
        emit_mark(E, op->statement);
        emit_op(E, op);
    }
    if (first)
        emit_mark(E, around);
}
