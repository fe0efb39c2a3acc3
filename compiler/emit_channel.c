/* emit_channel: channels begin and end. Called by emit_stmt.c and emit_spawn.c. */
#include "emit_private.h"

#include "lower.h"

/* All channels of an array, of whatever dimensions, lie one behind the other: the address of the first. */
static void put_first(struct emitter *E, const struct slot *slot, const char *type)
{
    const struct type *t = slot->type;
    if (t->kind != TYPE_ARRAY)
        emit_put(E, "&");
    else if (t->of->kind == TYPE_ARRAY)
        emit_put(E, "(%s *)", type);
    emit_slot(E, slot);
}

static void put_cells(struct emitter *E, const struct op *op)
{
    const struct type *channel = type_innermost(op->slot->type);
    emit_indent(E);
    emit_put(E, "csp_cells_take(");
    emit_at(E, op->at);
    emit_put(E, ", ");
    put_first(E, op->slot, "csp_end");
    emit_put(E, ", %lld, %lld, ", (long long)type_count(op->slot->type), (long long)channel->buffer);
    if (channel->buffer && channel->of->kind != TYPE_VOID)
        emit_sizeof(E, channel->of);
    else
        emit_put(E, "0");
    emit_put(E, ");\n");
}

static void put_buffers(struct emitter *E, const struct op *op)
{
    const struct slot *slot = op->slot;
    const struct type *channel = type_innermost(slot->type);
    bool is_void = channel->of->kind == TYPE_VOID, is_one = slot->type->kind != TYPE_ARRAY;
    emit_indent(E);
    emit_put(E, is_one ? "csp_buffer_begin(" : "csp_buffers_begin(");
    put_first(E, slot, "csp_buffer");
    emit_put(E, ", ");
    E->uses_frame = true;
    emit_put(E, is_void ? "NULL" : "f->%s", slot->ring_name);
    if (!is_one)
        emit_put(E, ", %lld", (long long)type_count(slot->type));
    emit_put(E, ", %lld, ", (long long)channel->buffer);
    if (is_void)
        emit_put(E, "0");
    else
        emit_sizeof(E, channel->of);
    emit_put(E, ");\n");
}

static const struct slot *standing_on(const struct op *alt)
{
    for (const struct choice *c = alt->standing ? alt->choices : NULL; c; c = c->next)
        if (c->may_stand)
            return lower_bare(c->channel)->left->symbol->lowered;
    return NULL;
}

/* No guard stands in the queues of channels that begin anew. */
static void put_forgetting(struct emitter *E, const struct slot *channels)
{
    for (const struct point *p = E->machine->points; p; p = p->next)
        if (p->kind == POINT_ALT && standing_on(p->op) == channels)
            emit_line(E, "csp_standing_forget(&f->%s);", p->op->standing->name);
}

void emit_channel_begin(struct emitter *E, const struct op *op)
{
    const struct type *type = op->slot->type;
    put_forgetting(E, op->slot);
    if (op->slot->kind == SLOT_CELLS) {
        put_cells(E, op);
        return;
    }
    if (type_innermost(op->slot->type)->buffer) {
        put_buffers(E, op);
        return;
    }
    emit_indent(E);
    emit_put(E, type->kind == TYPE_ARRAY ? "csp_channels_open(S, " : "csp_channel_open(S, ");
    put_first(E, op->slot, "csp_channel");
    if (type->kind == TYPE_ARRAY)
        emit_put(E, ", %lld", (long long)type_count(type));
    emit_put(E, ");\n");
}

/* A channel, or what was given as one: an unset end that is passed on is rare, and is reported without a place. */
static bool is_surely_connected(const struct expr *end)
{
    while (end->kind == EXPR_INDEX || end->kind == EXPR_FIELD || end->kind == EXPR_CONVERT)
        end = end->left;
    return end->kind != EXPR_NAME || end->symbol->kind == SYMBOL_CHANNEL || end->symbol->kind == SYMBOL_PARAMETER;
}

void emit_channel_end(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    bool may_be_unset = !is_surely_connected(op->channel);
    emit_put(E, op->kind == OP_CLOSE ? "CSP_OUT(csp_close" : "CSP_OUT(csp_poison");
    emit_put(E, may_be_unset ? "_at(S, " : "(S, ");
    emit_channel(E, op->channel);
    if (may_be_unset) {
        emit_put(E, ", ");
        emit_place(E, op->at);
    }
    emit_put(E, "));\n");
}

void emit_cells_give(struct emitter *E, const struct slot *slot)
{
    emit_indent(E);
    emit_put(E, "CSP_OUT(csp_cells_give(S, ");
    put_first(E, slot, "csp_end");
    emit_put(E, ", %lld));\n", (long long)type_count(slot->type));
}
