/* emit_spawn: spawned processes, barriers, what a block begins and ends. Called by emit_stmt.c and emit_wait.c. */
#include "emit_private.h"

/* ---- barriers ---- */

static const struct slot *slot_of(const struct expr *barrier)
{
    return barrier->symbol->lowered;
}

void emit_barrier(struct emitter *E, const struct expr *barrier)
{
    const struct slot *slot = slot_of(barrier);
    emit_put(E, slot->kind == SLOT_BARRIER ? "&" : "");
    emit_slot(E, slot);
    emit_put(E, slot->kind == SLOT_SEAT ? ".barrier" : "");
}

/* A branch is a member of what it mentions; the process that declares a barrier is none; one that was given it may be. */
const char *emit_membership(struct emitter *E, const struct expr *barrier)
{
    const struct slot *slot = slot_of(barrier);
    if (slot->machine != E->machine)
        return "true";
    if (slot->kind != SLOT_SEAT)
        return "false";
    E->uses_frame = true;
    return arena_printf("f->%s.is_member", slot->name);
}

void emit_seat(struct emitter *E, const struct expr *barrier)
{
    const struct slot *slot = slot_of(barrier);
    if (slot->kind == SLOT_SEAT && slot->machine == E->machine) {
        emit_slot(E, slot);
        return;
    }
    emit_put(E, "(csp_seat){");
    emit_barrier(E, barrier);
    emit_put(E, ", %s}", emit_membership(E, barrier));
}

static void put_enter(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    emit_slot(E, op->slot);
    emit_put(E, " = csp_barrier_enter(");
    emit_barrier(E, op->channel);
    if (op->value) {
        emit_put(E, ", csp_span(");
        emit_expr(E, op->value);
        emit_put(E, ", ");
        emit_expr(E, op->limit);
        emit_put(E, ")");
    } else
        emit_put(E, ", %lld", (long long)op->count);
    emit_put(E, ", %s);\n", emit_membership(E, op->channel));
}

static void put_leave(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    emit_put(E, "CSP_OUT(csp_barrier_leave(S, ");
    emit_barrier(E, op->channel);
    emit_put(E, ", &");
    emit_slot(E, op->slot);
    emit_put(E, "));\n");
}

/* ---- blocks ---- */

static void put_simple(struct emitter *E, const char *before, const struct slot *slot, const char *behind)
{
    emit_indent(E);
    emit_put(E, "%s", before);
    emit_slot(E, slot);
    emit_put(E, "%s", behind);
}

static void put_barrier(struct emitter *E, const struct op *op)
{
    if (op->slot->kind == SLOT_BARRIER) {
        put_simple(E, "csp_barrier_begin(&", op->slot, ");\n");
        return;
    }
    put_simple(E, "", op->slot, " = csp_barrier_take(");
    emit_at(E, op->at);
    emit_put(E, ");\n");
}

void emit_ending(struct emitter *E, const struct op *op)
{
    switch (op->kind) {
    case OP_CELLS_GIVE:
        emit_cells_give(E, op->slot);
        break;
    case OP_BARRIER:
        put_barrier(E, op);
        break;
    case OP_BARRIER_GIVE:
        put_simple(E, "CSP_OUT(csp_barrier_give(S, ", op->slot, "));\n");
        break;
    case OP_RELEASE:
        put_simple(E, "CSP_OUT(csp_release(S, &", op->slot, "));\n");
        break;
    case OP_STANDING_END:
        E->uses_frame = true;
        emit_line(E, "csp_standing_end(S, &f->%s);", op->slot->name);
        break;
    case OP_GROUP:
        put_simple(E, "csp_group_begin(&", op->slot, ");\n");
        break;
    case OP_ENTER:
        put_enter(E, op);
        break;
    case OP_LEAVE:
        put_leave(E, op);
        break;
    default: /* OP_CHECK */
        emit_poison_check(E, op);
        break;
    }
}

/* ---- spawn ---- */

static void put_length(struct emitter *E, const struct expr *array)
{
    emit_put(E, "(size_t)");
    emit_length(E, array);
}

/* The bytes of an array that is copied. */
static void put_bytes(struct emitter *E, const struct expr *array)
{
    if (array->type->length >= 0) {
        emit_sizeof(E, array->type);
        return;
    }
    put_length(E, array);
    emit_put(E, " * ");
    emit_sizeof(E, array->type->of);
}

static bool needs_room(const struct slot *parameter)
{
    return parameter->kind == SLOT_ARRAY || parameter->kind == SLOT_ENDS || parameter->kind == SLOT_SEAT;
}

static void put_room(struct emitter *E, const struct argument *a)
{
    if (a->slot->kind == SLOT_SEAT) {
        emit_put(E, "sizeof(csp_enrolled)");
        return;
    }
    emit_put(E, "CSP_SPAWN_ROOM(");
    if (a->slot->kind == SLOT_ARRAY)
        put_bytes(E, a->value);
    else {
        put_length(E, a->value);
        emit_put(E, " * %lld * sizeof(csp_end)", (long long)type_count(a->value->type->of));
    }
    emit_put(E, ")");
}

/* Returns whether there is any. */
static bool put_extra(struct emitter *E, const struct argument *arguments)
{
    bool is_first = true;
    for (const struct argument *a = arguments; a; a = a->next) {
        if (!needs_room(a->slot))
            continue;
        emit_put(E, is_first ? "" : " + ");
        put_room(E, a);
        is_first = false;
    }
    if (is_first)
        emit_put(E, "0");
    return !is_first;
}

static void put_spawned_argument(struct emitter *E, const struct argument *a)
{
    emit_indent(E);
    emit_put(E, "child->%s = ", a->slot->name);
    if (a->slot->kind == SLOT_SEAT) {
        emit_put(E, "csp_spawn_seat(&child->process, &tail, ");
        emit_barrier(E, a->value);
        emit_put(E, ")");
    } else if (a->slot->kind == SLOT_ENDS) {
        emit_put(E, "csp_spawn_ends(&tail, ");
        emit_ends(E, a->value);
        emit_put(E, ")");
    } else if (a->slot->kind == SLOT_ARRAY) {
        emit_put(E, "csp_spawn_copy(&tail, ");
        emit_argument(E, a->slot, a->value);
        emit_put(E, ", ");
        put_bytes(E, a->value);
        emit_put(E, ")");
    } else
        emit_argument(E, a->slot, a->value);
    emit_put(E, ";\n");
    if (!a->slot->length_name)
        return;
    emit_indent(E);
    emit_put(E, "child->%s = ", a->slot->length_name);
    emit_length(E, a->value);
    emit_put(E, ";\n");
}

void emit_spawn(struct emitter *E, const struct op *op)
{
    const struct child *child = op->child;
    const char *name = child->machine->name;
    emit_comment(E, op->statement);
    emit_line(E, "{");
    E->indent++;
    emit_indent(E);
    emit_put(E, "struct %s_frame *child = csp_spawn(", name);
    emit_at(E, op->at);
    emit_put(E, ", &");
    emit_slot(E, op->slot);
    emit_put(E, ", &%s_kind, ", name);
    bool has_tail = put_extra(E, child->arguments);
    emit_put(E, ");\n");
    if (has_tail)
        emit_line(E, "char *tail = (char *)(child + 1);");
    for (const struct argument *a = child->arguments; a; a = a->next)
        put_spawned_argument(E, a);
    emit_line(E, "CSP_OUT(csp_spawn_start(S, &child->process));");
    E->indent--;
    emit_line(E, "}");
}

/* ---- waits ---- */

void emit_joining(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    if (op->kind == OP_SYNC) {
        emit_put(E, "if (!CSP_ASK(csp_sync(S, self, ");
        emit_barrier(E, op->channel);
        emit_put(E, ", %s)))\n", emit_membership(E, op->channel));
    } else {
        emit_put(E, "if (!csp_join(self, &");
        emit_slot(E, op->slot);
        emit_put(E, "))\n");
    }
    E->indent++;
    emit_wait_at(E, op);
    E->indent--;
    emit_resume(E, op);
}
