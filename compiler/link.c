/* link: which channels, ends and barriers a machine's own code uses, and how. Called by main after frame, which knows what lies in
 * frames.
 *
 * An end that is passed on counts as used in its direction: until the callee runs, its caller may still come to that. The
 * same holds of what a branch of a par uses, until the par begins; in a loop it may begin again. Who mentions a barrier
 * may be a member, but for the process that declares it (language.md § 4). */
#include "link.h"

#include "arena.h"
#include "type.h"

/* ---- slots ---- */

/* What lies in no frame is needed no more wherever a process waits. */
static bool holds_ends(const struct slot *slot)
{
    enum type_kind kind = type_innermost(slot->type)->kind;
    bool is_value = slot->kind == SLOT_VALUE && (kind == TYPE_IN || kind == TYPE_OUT);
    return slot->in_frame && (is_value || slot->kind == SLOT_CHANNEL || slot->kind == SLOT_CELLS ||
                              slot->kind == SLOT_END || slot->kind == SLOT_ENDS);
}

static bool may_be_member(const struct machine *machine, const struct slot *slot)
{
    bool is_barrier = slot->kind == SLOT_BARRIER || slot->kind == SLOT_POOLED_BARRIER;
    return slot->kind == SLOT_SEAT || (is_barrier && slot->machine != machine);
}

static struct link *link_for(struct machine *machine, const struct slot *slot)
{
    struct link **end = &machine->links;
    while (*end && (*end)->slot != slot)
        end = &(*end)->next;
    if (!*end) {
        *end = NEW(struct link);
        (*end)->slot = slot;
    }
    return *end;
}

/* ---- expressions ---- */

static unsigned direction_of(const struct type *type)
{
    enum type_kind kind = type_innermost((struct type *)type)->kind;
    switch (kind) {
    case TYPE_IN: return LINK_RECEIVES;
    case TYPE_OUT: return LINK_SENDS;
    case TYPE_BARRIER: return LINK_SYNCS;
    default: return 0;
    }
}

static const struct slot *slot_of(const struct symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_VARIABLE: case SYMBOL_PARAMETER: case SYMBOL_CHANNEL: case SYMBOL_BARRIER: return symbol->lowered;
    default: return NULL;
    }
}

static void use(struct link *link, unsigned uses, int point)
{
    link->only_point = link->uses == 0 || link->only_point == point ? point : 0;
    link->uses |= uses;
}

/* `uses` is what is done with the value of the expression, 0 where its type says it; `point` is where it is handed on to
 * frames below, else 0. */
static void visit(struct machine *machine, const struct expr *e, unsigned uses, int point)
{
    if (!e || e->value)
        return;
    if (!uses)
        uses = direction_of(e->type);
    if (e->kind == EXPR_NAME) {
        const struct slot *slot = slot_of(e->symbol);
        if (slot && uses && (holds_ends(slot) || may_be_member(machine, slot)))
            use(link_for(machine, slot), uses, point);
        return;
    }
    if (e->kind != EXPR_CALL && e->kind != EXPR_STRUCT)
        visit(machine, e->left, e->kind == EXPR_INDEX || e->kind == EXPR_CONVERT ? uses : 0, point);
    visit(machine, e->middle, uses, point);
    visit(machine, e->right, e->kind == EXPR_CONDITION ? uses : 0, point);
    for (const struct expr *argument = e->arguments; argument; argument = argument->next)
        visit(machine, argument, 0, point);
}

/* ---- ops ---- */

static void visit_ops(struct machine *machine, const struct op *ops);

static void link_machine(struct machine *machine);

/* What a branch uses of the frames around it. */
static void take_over(struct machine *machine, struct machine *branch, int point)
{
    link_machine(branch);
    for (const struct link *link = branch->links; link; link = link->next)
        if (link->slot->machine != branch && link->uses &&
            (link->uses != LINK_SYNCS || may_be_member(machine, link->slot)))
            use(link_for(machine, link->slot), link->uses, point);
}

static void visit_child(struct machine *machine, const struct child *child, int point)
{
    for (; child; child = child->next) {
        for (const struct argument *a = child->arguments; a; a = a->next)
            visit(machine, a->value, direction_of(a->slot->type), point);
        if (child->machine->kind == MACHINE_BRANCH)
            take_over(machine, child->machine, point);
    }
}

static void visit_choices(struct machine *machine, const struct choice *choice)
{
    for (; choice; choice = choice->next) {
        unsigned uses = choice->kind == GUARD_SEND ? LINK_SENDS : choice->kind == GUARD_RECEIVE ? LINK_RECEIVES : 0;
        if (uses || choice->kind == GUARD_SYNC)
            visit(machine, choice->channel, uses, 0);
        visit(machine, choice->when, 0, 0);
        visit(machine, choice->value, 0, 0);
        visit_ops(machine, choice->look);
        visit_ops(machine, choice->prepare);
        visit_ops(machine, choice->body);
    }
}

static void visit_op(struct machine *machine, const struct op *op)
{
    bool is_repeated = op->point && op->point->kind == POINT_PAR && machine->loops > 0;
    machine->loops += op->kind == OP_LOOP;
    if (op->kind == OP_SEND || op->kind == OP_RECEIVE)
        visit(machine, op->channel, op->kind == OP_SEND ? LINK_SENDS : LINK_RECEIVES, 0);
    if (op->kind == OP_SYNC)
        visit(machine, op->channel, 0, 0);
    visit(machine, op->place, 0, 0);
    visit(machine, op->value, 0, 0);
    visit(machine, op->limit, 0, 0);
    for (const struct expr *argument = op->arguments; argument; argument = argument->next)
        visit(machine, argument, 0, 0);
    if (op->point)
        visit_child(machine, op->point->children, is_repeated ? 0 : op->point->number);
    visit_child(machine, op->child, 0);
    visit_choices(machine, op->choices);
    visit_ops(machine, op->initial);
    visit_ops(machine, op->step);
    visit_ops(machine, op->body);
    visit_ops(machine, op->otherwise);
    for (const struct op_arm *arm = op->arms; arm; arm = arm->next)
        visit_ops(machine, arm->body);
    machine->loops -= op->kind == OP_LOOP;
}

static void visit_ops(struct machine *machine, const struct op *ops)
{
    for (; ops; ops = ops->next)
        visit_op(machine, ops);
}

static void link_machine(struct machine *machine)
{
    if (machine->is_linked || machine->kind == MACHINE_FUNCTION)
        return;
    machine->is_linked = true;
    for (const struct slot *slot = machine->slots; slot; slot = slot->next)
        if (slot->kind == SLOT_CHANNEL || slot->kind == SLOT_CELLS)
            link_for(machine, slot);
    visit_ops(machine, machine->body);
}

void link_machines(struct machine *first, const struct machine *end)
{
    for (struct machine *machine = first; machine != end; machine = machine->next)
        link_machine(machine);
}
