/* emit_link: the tables that say which channels, ends and barriers the frames of a kind hold or use. Called by emit_frame.c. */
#include "emit_private.h"

#include "link.h"

#include <string.h>

static const char *form_of(const struct slot *slot)
{
    switch (slot->kind) {
    case SLOT_CHANNEL: return type_innermost(slot->type)->buffer ? "BUFFER" : "CHANNEL";
    case SLOT_CELLS: return "CELLS";
    case SLOT_END: return "POINTER";
    case SLOT_ENDS: return "ENDS";
    case SLOT_BARRIER: return "BARRIER";
    case SLOT_POOLED_BARRIER: return "POOLED_BARRIER";
    case SLOT_SEAT: return "SEAT";
    default: return "END";
    }
}

static void put_lengths(struct emitter *E, const struct type *type)
{
    if (type->kind != TYPE_ARRAY) {
        emit_put(E, "NULL");
        return;
    }
    emit_put(E, "(const int32_t[]){");
    for (; type->kind == TYPE_ARRAY; type = type->of)
        emit_put(E, "%lld, ", (long long)type->length);
    emit_put(E, "0}");
}

static int depth_of(const struct machine *machine, const struct slot *slot)
{
    int depth = 0;
    for (; machine != slot->machine; machine = machine->outer)
        depth++;
    return depth;
}

static void put_uses(struct emitter *E, unsigned uses)
{
    static const char *const words[] = {"0", "CSP_RECEIVES", "CSP_SENDS", "CSP_RECEIVES | CSP_SENDS", "CSP_SYNCS"};
    emit_put(E, "%s", words[uses]);
}

static const struct type *message_of(const struct slot *slot)
{
    return type_innermost(slot->type)->of;
}

static void put_link(struct emitter *E, const struct machine *machine, const struct link *link)
{
    const struct slot *slot = link->slot;
    const char *name = slot->symbol ? slot->symbol->name : slot->name;
    emit_indent(E);
    emit_put(E, "{\"%s\", ", name);
    put_lengths(E, slot->type);
    emit_put(E, ", offsetof(struct %s_frame, %s), ", slot->machine->name, slot->name);
    if (slot->is_parameter)
        emit_put(E, "0, UINT16_MAX");
    else
        emit_put(E, "%d, %d", slot->first_point, slot->last_point);
    emit_put(E, ", %d, %d, CSP_LINK_%s, ", link->only_point, depth_of(machine, slot), form_of(slot));
    put_uses(E, link->uses);
    emit_put(E, ", %s},\n", emit_value_name(E, message_of(slot)));
}

int emit_links(struct emitter *E, const struct machine *machine)
{
    int count = 0;
    if (!machine->links)
        return 0;
    for (const struct link *link = machine->links; link; link = link->next)
        emit_value_needs(E, message_of(link->slot));
    emit_line(E, "static const csp_link %s_links[] = {", machine->name);
    E->indent++;
    for (const struct link *link = machine->links; link; link = link->next, count++)
        put_link(E, machine, link);
    E->indent--;
    emit_line(E, "};");
    return count;
}
