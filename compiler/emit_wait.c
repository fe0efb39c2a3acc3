/* emit_wait: what may wait, each with its source line above and its resume point below. Called by emit_stmt.c. */
#include "emit_private.h"

#include <string.h>

void emit_resume(struct emitter *E, const struct op *op)
{
    emit_label(E, &op->point->label);
}

void emit_wait_at(struct emitter *E, const struct op *op)
{
    emit_line(E, "CSP_WAIT(%d);", op->point->number);
}

void emit_poison_check(struct emitter *E, const struct op *op)
{
    if (op->poisoned) {
        emit_line(E, "if (self->node.poisoned)");
        emit_line(E, "    goto %s;", op->poisoned->name);
        return;
    }
    emit_line(E, "if (self->node.poisoned) { // the end: the loop is done");
    emit_line(E, "    self->node.poisoned = false;");
    emit_line(E, "    break;");
    emit_line(E, "}");
}

/* ---- communication ---- */

static void put_message_set(struct emitter *E, const struct op *op)
{
    if (!op->message || !op->value)
        return;
    emit_indent(E);
    emit_slot(E, op->message);
    emit_put(E, " = ");
    emit_expr(E, op->value);
    emit_put(E, ";\n");
}

static void emit_communication(struct emitter *E, const struct op *op)
{
    if (op->kind == OP_SEND)
        put_message_set(E, op);
    static const char *const macros[][2] = {{"CSP_AWAIT", "CSP_SIGNAL"}, {"CSP_RECEIVE", "CSP_SEND"}};
    emit_indent(E);
    emit_put(E, "%s(%d, ", macros[op->message != NULL][op->kind == OP_SEND], op->point->number);
    emit_channel(E, op->channel);
    if (op->message) {
        emit_put(E, ", &");
        emit_slot(E, op->message);
    }
    emit_put(E, ");\n");
    emit_resume(E, op);
    emit_poison_check(E, op);
}

/* ---- calls and par ---- */

static void put_arguments(struct emitter *E, const struct child *child, const char *frame)
{
    for (const struct argument *a = child->arguments; a; a = a->next) {
        emit_indent(E);
        emit_put(E, "%s%s = ", frame, a->slot->name);
        emit_argument(E, a->slot, a->value);
        emit_put(E, ";\n");
        if (!a->slot->length_name)
            continue;
        emit_indent(E);
        emit_put(E, "%s%s = ", frame, a->slot->length_name);
        emit_length(E, a->value);
        emit_put(E, ";\n");
    }
}

/* `struct T_frame *child = …` from the pool. */
static void put_pooled_child(struct emitter *E, const struct op *op, const struct child *child)
{
    emit_indent(E);
    emit_put(E, "struct %s_frame *child = ", child->machine->name);
    emit_put(E, child->is_array ? "csp_team_take(" : "f->%s = csp_pool_take(", child->field);
    emit_at(E, op->at);
    if (child->is_array) {
        emit_put(E, ", &f->%s, csp_span(", child->field);
        emit_expr(E, op->value);
        emit_put(E, ", ");
        emit_expr(E, op->limit);
        emit_put(E, ")");
    } else
        emit_put(E, ", 1");
    emit_put(E, ", sizeof *child);\n");
}

/* The address of the header of a child's frame: `child->process` or in the parent's frame. */
static const char *child_header(const struct child *child)
{
    return child->is_pooled ? "child->process" : arena_printf("f->%s.process", child->field);
}

static void put_start(struct emitter *E, const struct child *child)
{
    emit_line(E, "CSP_START(&%s, %s_step);", child_header(child), child->machine->name);
}

/* A pooled frame is named by a variable that must not stay in scope of a label. */
static void open_pooled(struct emitter *E, const struct op *op, const struct child *child)
{
    if (!child->is_pooled)
        return;
    emit_line(E, "{");
    E->indent++;
    put_pooled_child(E, op, child);
}

static void close_pooled(struct emitter *E, const struct child *child)
{
    if (!child->is_pooled)
        return;
    E->indent--;
    emit_line(E, "}");
}

static void put_child_arguments(struct emitter *E, const struct child *child)
{
    put_arguments(E, child, child->is_pooled ? "child->" : arena_printf("f->%s.", child->field));
}

/* How the children ended, in C; NULL where the parent does not care. */
static const char *poisoned_children(const struct child *child)
{
    const char *field = child->field, *name = child->machine->name;
    if (!child->is_part)
        return NULL;
    if (child->is_pooled && !child->is_array)
        return arena_printf("f->%s->process.node.poisoned", field);
    if (child->is_pooled)
        return arena_printf("csp_any_poisoned(f->%s.frames, f->%s.count, sizeof(struct %s_frame))", field, field, name);
    if (child->is_array)
        return arena_printf("csp_any_poisoned(f->%s, %lld, sizeof(struct %s_frame))", field, (long long)child->count, name);
    return arena_printf("f->%s.process.node.poisoned", field);
}

/* All have ended: what they met counts where they are parts of this process; pooled frames go back. */
static void put_joined(struct emitter *E, const struct op *op)
{
    bool has_parts = false;
    for (const struct child *c = op->point->children; c; c = c->next) {
        if (poisoned_children(c))
            emit_line(E, "self->node.poisoned |= %s;", poisoned_children(c));
        if (c->is_pooled && !c->is_array)
            emit_line(E, "csp_pool_give(S, f->%s, 1, sizeof(struct %s_frame));", c->field, c->machine->name);
        else if (c->is_pooled)
            emit_line(E, "csp_team_give(S, &f->%s, sizeof(struct %s_frame));", c->field, c->machine->name);
        has_parts = has_parts || c->is_part;
    }
    if (has_parts && !op->is_checked_later)
        emit_poison_check(E, op);
}

static void emit_call(struct emitter *E, const struct op *op)
{
    const struct child *child = op->point->children;
    open_pooled(E, op, child);
    put_child_arguments(E, child);
    emit_line(E, "csp_begin(&%s, %s_step, self);", child_header(child), child->machine->name);
    emit_line(E, "CSP_CALL(%d, &%s);", op->point->number, child_header(child));
    close_pooled(E, child);
}

static void emit_par(struct emitter *E, const struct op *op)
{
    int count = 0;
    for (const struct child *c = op->point->children; c; c = c->next, count++) {
        open_pooled(E, op, c);
        put_child_arguments(E, c);
        put_start(E, c);
        close_pooled(E, c);
    }
    emit_line(E, "self->node.message = %d;", count);
    emit_wait_at(E, op);
}

static void emit_run(struct emitter *E, const struct op *op)
{
    E->uses_frame = true;
    if (op->point->kind == POINT_CALL)
        emit_call(E, op);
    else
        emit_par(E, op);
    emit_resume(E, op);
    put_joined(E, op);
}

static void put_for_head(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    emit_put(E, "for (");
    emit_slot(E, op->slot);
    emit_put(E, " = ");
    emit_expr(E, op->value);
    emit_put(E, "; ");
    emit_slot(E, op->slot);
    emit_put(E, " < ");
    emit_operand(E, op->limit);
    emit_put(E, "; ");
    emit_slot(E, op->slot);
    emit_put(E, "++, child++) {\n");
}

static void emit_par_for(struct emitter *E, const struct op *op)
{
    const struct child *child = op->point->children;
    const char *name = child->machine->name;
    E->uses_frame = true;
    emit_line(E, "{");
    E->indent++;
    if (child->is_pooled)
        put_pooled_child(E, op, child);
    else
        emit_line(E, "struct %s_frame *child = f->%s;", name, child->field);
    put_for_head(E, op);
    E->indent++;
    put_arguments(E, child, "child->");
    emit_line(E, "CSP_START(&child->process, %s_step);", name);
    E->indent--;
    emit_line(E, "}");
    E->indent--;
    emit_line(E, "}");
    if (child->count >= 0) {
        emit_line(E, "self->node.message = %lld;", (long long)child->count);
        emit_wait_at(E, op);
    } else {
        emit_line(E, "self->node.message = (int32_t)f->%s.count;", child->field);
        emit_line(E, "if (f->%s.count > 0)", child->field);
        E->indent++;
        emit_wait_at(E, op);
        E->indent--;
    }
    emit_resume(E, op);
    put_joined(E, op);
}

/* ---- time ---- */

static void emit_sleep(struct emitter *E, const struct op *op)
{
    E->uses_frame = true;
    emit_indent(E);
    emit_put(E, "CSP_OUT(csp_sleep(S, self, &f->at.%s, %s", op->point->label.name, op->is_instant ? "" : "csp_deadline(S, ");
    emit_expr(E, op->value);
    emit_put(E, op->is_instant ? "));\n" : ")));\n");
    emit_wait_at(E, op);
    emit_resume(E, op);
}

void emit_wait(struct emitter *E, const struct op *op)
{
    if (op->kind != OP_JOIN)
        emit_comment(E, op->statement);
    switch (op->kind) {
    case OP_SEND:
    case OP_RECEIVE:
        emit_communication(E, op);
        break;
    case OP_RUN:
        emit_run(E, op);
        break;
    case OP_RUN_FOR:
        emit_par_for(E, op);
        break;
    case OP_SLEEP:
        emit_sleep(E, op);
        break;
    case OP_SYNC:
    case OP_JOIN:
        emit_joining(E, op);
        break;
    case OP_BLOCK:
        emit_blocking(E, op);
        break;
    case OP_YIELD:
        emit_line(E, "CSP_READY(&self->node);");
        emit_wait_at(E, op);
        emit_resume(E, op);
        break;
    default: /* OP_STOP: no one will make it runnable, and so no variable is kept for what follows */
        emit_wait_at(E, op);
        break;
    }
}
