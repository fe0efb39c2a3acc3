/* emit_end: ends of channels, in the two forms that they have in C. A channel that lies in a frame, and an end that is sure
 * not to outlive it, are pointers; all other ends are csp_end, which find out whether their channel still is. What
 * communicates wants the pointer, what keeps an end the csp_end. Called by the other files of emit. */
#include "emit_private.h"

#include "lower.h"

static const struct slot *slot_of(const struct expr *e)
{
    return e->kind == EXPR_NAME ? e->symbol->lowered : NULL;
}

static const struct slot *root_of(const struct expr *e)
{
    while (e->kind == EXPR_INDEX)
        e = e->left;
    return slot_of(e);
}

static void put_address(struct emitter *E, const struct expr *channel)
{
    emit_put(E, "&");
    emit_place_of(E, channel);
    if (channel->type->buffer)
        emit_put(E, ".channel");
}

/* The csp_channel * of an end that is no csp_end. */
static void put_pointer(struct emitter *E, const struct expr *e)
{
    if (e->type->kind == TYPE_CHANNEL)
        put_address(E, e);
    else
        emit_place_of(E, e);
}

void emit_channel(struct emitter *E, const struct expr *e)
{
    e = lower_bare(e);
    if (!lower_is_mobile(e)) {
        put_pointer(E, e);
        return;
    }
    E->uses_scheduler = true;
    emit_put(E, "csp_channel_of(S, ");
    emit_end(E, e);
    emit_put(E, ")");
}

void emit_end(struct emitter *E, const struct expr *e)
{
    e = lower_bare(e);
    if (e->value) {
        emit_put(E, "(csp_end){0}");
    } else if (lower_is_mobile(e)) {
        emit_place_of(E, e);
    } else {
        emit_put(E, "csp_end_to(");
        put_pointer(E, e);
        emit_put(E, ")");
    }
}

/* An array of ends as csp_ends: a parameter of that kind already, its row, the channels themselves, or variables. */
void emit_ends(struct emitter *E, const struct expr *e)
{
    const struct slot *slot = root_of(e);
    if (slot && slot->kind == SLOT_ENDS) {
        emit_place_of(E, e);
        return;
    }
    const struct type *element = type_innermost(e->type);
    const char *stride = !slot || slot->kind != SLOT_CHANNEL ? "0" : element->buffer ? "sizeof(csp_buffer)" : "sizeof(csp_channel)";
    emit_put(E, "(csp_ends){");
    emit_place_of(E, e);
    emit_put(E, ", ");
    emit_length(E, e);
    emit_put(E, ", %s}", stride);
}
