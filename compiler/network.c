/* network: follows the calls, branches and spawns of a program from main on, each where it stands, and finds which channel
 * each end leads to. What an end that came in a message leads to is not known here. Called by drive.c. */
#include "network.h"

#include "arena.h"
#include "type.h"

enum { MOST_NODES = 2000 }; /* more are no picture */

/* What the slots of a running machine lead to. */
struct binding {
    const struct slot *slot;
    struct wire *wire;
    struct binding *next;
};

struct instance {
    const struct machine *machine;
    struct node *node;
    struct binding *bindings;
    bool is_many;
    struct instance *outer; /* whose child it is */
};

struct builder {
    struct network *network;
    int nodes, wires;
};

static void visit_ops(struct builder *B, struct instance *I, const struct op *ops);

/* ---- channels ---- */

static const char *dimensions(const struct type *type)
{
    const char *text = "";
    for (; type->kind == TYPE_ARRAY; type = type->of)
        text = type->length > 0 ? arena_printf("%s[%lld]", text, (long long)type->length) : arena_printf("%s[]", text);
    return text;
}

static const char *label_of(const struct slot *slot)
{
    const struct type *type = type_innermost(slot->type);
    const char *name = slot->symbol ? slot->symbol->name : slot->name;
    if (type->kind == TYPE_BARRIER)
        return arena_printf("%s", name);
    if (type->buffer)
        return arena_printf("%s%s: %s, %lld buffered", name, dimensions(slot->type), type_text(type->of), (long long)type->buffer);
    return arena_printf("%s%s: %s", name, dimensions(slot->type), type_text(type->of));
}

static bool is_barrier(const struct slot *slot)
{
    return slot->kind == SLOT_BARRIER || slot->kind == SLOT_POOLED_BARRIER || slot->kind == SLOT_SEAT;
}

static bool leads_to_channels(const struct slot *slot)
{
    enum type_kind kind = type_innermost(slot->type)->kind;
    return is_barrier(slot) || slot->kind == SLOT_CHANNEL || slot->kind == SLOT_CELLS || slot->kind == SLOT_END ||
           slot->kind == SLOT_ENDS || kind == TYPE_IN || kind == TYPE_OUT;
}

static struct wire *new_wire(struct builder *B, const struct slot *slot, struct node *owner)
{
    struct wire *wire = NEW(struct wire), **end = owner ? &owner->wires : &B->network->outside;
    *wire = (struct wire){.number = ++B->wires, .label = label_of(slot), .owner = owner, .is_outside = !owner,
                          .is_barrier = is_barrier(slot)};
    while (*end)
        end = &(*end)->next;
    return *end = wire;
}

static void bind(struct instance *I, const struct slot *slot, struct wire *wire)
{
    struct binding *binding = NEW(struct binding);
    *binding = (struct binding){slot, wire, I->bindings};
    I->bindings = binding;
}

/* Branches see what the frames around them have. */
static struct wire *wire_of(const struct instance *I, const struct slot *slot)
{
    while (I && I->machine != slot->machine)
        I = I->outer;
    for (const struct binding *b = I ? I->bindings : NULL; b; b = b->next)
        if (b->slot == slot)
            return b->wire;
    return NULL;
}

static const struct slot *root_of(const struct expr *e)
{
    while (e && (e->kind == EXPR_INDEX || e->kind == EXPR_CONVERT))
        e = e->left;
    bool has_slot = e && e->kind == EXPR_NAME && e->symbol &&
                    (e->symbol->kind == SYMBOL_CHANNEL || e->symbol->kind == SYMBOL_BARRIER ||
                     e->symbol->kind == SYMBOL_PARAMETER || e->symbol->kind == SYMBOL_VARIABLE);
    const struct slot *slot = has_slot ? e->symbol->lowered : NULL;
    return slot && leads_to_channels(slot) ? slot : NULL;
}

static struct wire *wire_at(const struct instance *I, const struct expr *e)
{
    const struct slot *slot = root_of(e);
    return slot ? wire_of(I, slot) : NULL;
}

static void use(struct instance *I, struct wire *wire, unsigned kind)
{
    if (!wire)
        return;
    I->node->acts = I->node->acts || kind != USE_GIVES;
    struct use **end = &wire->uses;
    while (*end && (*end)->node != I->node)
        end = &(*end)->next;
    if (!*end) {
        *end = NEW(struct use);
        (*end)->node = I->node;
    }
    (*end)->kinds |= kind;
}

/* Ends within a value that is kept or sent. */
static void give(struct instance *I, const struct expr *e)
{
    if (!e)
        return;
    if (root_of(e)) {
        use(I, wire_at(I, e), USE_GIVES);
        return;
    }
    bool is_called = e->kind == EXPR_CALL && !(e->left->symbol && e->left->symbol->kind == SYMBOL_SHAPE);
    if (is_called) /* functions take no ends, but for len of an array of them */
        return;
    give(I, e->left);
    give(I, e->middle);
    give(I, e->right);
    for (const struct expr *a = e->arguments; a; a = a->next)
        give(I, a);
}

/* ---- processes ---- */

static struct node *new_node(struct builder *B, struct node *outer, const char *label)
{
    struct node *node = NEW(struct node), **end = outer ? &outer->nodes : &B->network->nodes;
    *node = (struct node){.number = ++B->nodes, .label = label, .outer = outer};
    while (*end)
        end = &(*end)->next;
    return *end = node;
}

/* A branch is run by its own process only. */
static bool is_running(const struct instance *I, const struct machine *machine)
{
    while (I && I->machine != machine)
        I = I->outer;
    return I;
}

/* One that is not followed uses what it is given. */
static void use_arguments(struct instance *I, const struct machine *machine)
{
    for (const struct slot *s = machine->slots; s && s->is_parameter; s = s->next) {
        enum type_kind kind = type_innermost(s->type)->kind;
        unsigned uses = kind == TYPE_IN ? USE_RECEIVES : kind == TYPE_OUT ? USE_SENDS : is_barrier(s) ? USE_SYNCS : 0;
        if (uses && leads_to_channels(s))
            use(I, wire_of(I, s), uses);
    }
}

static void run(struct builder *B, struct instance *I)
{
    bool is_cut = is_running(I->outer, I->machine) || B->nodes > MOST_NODES;
    if (is_cut) {
        I->node->is_cut = true;
        use_arguments(I, I->machine);
    } else {
        visit_ops(B, I, I->machine->body);
        visit_ops(B, I, I->machine->epilogue);
    }
    I->node->acts = I->node->acts || !I->node->nodes;
}

/* A branch is a part of the process that it stands in. */
static void run_child(struct builder *B, struct instance *I, const struct child *child, bool is_many)
{
    bool is_branch = child->machine->kind == MACHINE_BRANCH;
    struct instance inner = {.machine = child->machine, .outer = I};
    inner.is_many = is_many || child->count != 1 || (is_branch && I->is_many);
    inner.node = is_branch ? I->node : new_node(B, I->node, child->machine->title);
    if (!is_branch)
        inner.node->is_many = inner.is_many || (I->machine->kind == MACHINE_BRANCH && I->is_many);
    for (const struct argument *a = child->arguments; a; a = a->next) {
        struct wire *wire = leads_to_channels(a->slot) ? wire_at(I, a->value) : NULL;
        if (wire)
            bind(&inner, a->slot, wire);
        else
            give(I, a->value);
    }
    run(B, &inner);
}

/* ---- ops ---- */

static void visit_choice(struct builder *B, struct instance *I, const struct choice *c)
{
    unsigned kind = c->kind == GUARD_SEND ? USE_SENDS : c->kind == GUARD_RECEIVE ? USE_RECEIVES : c->kind == GUARD_SYNC ? USE_SYNCS
                    : c->kind == GUARD_ENDED ? (c->is_writing_end ? USE_SENDS : USE_RECEIVES) : 0;
    if (kind)
        use(I, wire_at(I, c->channel), kind);
    give(I, c->value);
    visit_ops(B, I, c->look);
    visit_ops(B, I, c->prepare);
    visit_ops(B, I, c->body);
}

/* An end in a variable leads where it led before. */
static void visit_set(struct instance *I, const struct op *op)
{
    const struct slot *slot = root_of(op->place);
    struct wire *wire = wire_at(I, op->value);
    if (slot && wire && slot->machine == I->machine && !wire_of(I, slot))
        bind(I, slot, wire);
    else
        give(I, op->value);
}

static void visit_op(struct builder *B, struct instance *I, const struct op *op)
{
    switch (op->kind) {
    case OP_SEND: use(I, wire_at(I, op->channel), USE_SENDS); give(I, op->value); break;
    case OP_RECEIVE: use(I, wire_at(I, op->channel), USE_RECEIVES); break;
    case OP_SYNC: use(I, wire_at(I, op->channel), USE_SYNCS); break;
    case OP_CHANNEL: case OP_BARRIER: bind(I, op->slot, new_wire(B, op->slot, I->node)); break;
    case OP_SET: visit_set(I, op); break;
    case OP_SPAWN: run_child(B, I, op->child, true); break;
    default: break;
    }
    for (const struct child *child = op->point ? op->point->children : NULL; child; child = child->next)
        run_child(B, I, child, op->kind == OP_RUN_FOR);
    for (const struct choice *c = op->choices; c; c = c->next)
        visit_choice(B, I, c);
    visit_ops(B, I, op->initial);
    visit_ops(B, I, op->body);
    visit_ops(B, I, op->step);
    visit_ops(B, I, op->otherwise);
    for (const struct op_arm *arm = op->arms; arm; arm = arm->next)
        visit_ops(B, I, arm->body);
}

static void visit_ops(struct builder *B, struct instance *I, const struct op *ops)
{
    for (; ops; ops = ops->next)
        visit_op(B, I, ops);
}

/* ---- all ---- */

static void run_root(struct builder *B, const struct machine *machine)
{
    struct instance root = {.machine = machine, .node = new_node(B, NULL, machine->title)};
    for (const struct slot *s = machine->slots; s && s->is_parameter; s = s->next)
        if (leads_to_channels(s))
            bind(&root, s, new_wire(B, s, NULL));
    run(B, &root);
}

static bool starts(const struct op *ops, const struct machine *machine)
{
    for (; ops; ops = ops->next) {
        if (ops->child && ops->child->machine == machine)
            return true;
        for (const struct child *child = ops->point ? ops->point->children : NULL; child; child = child->next)
            if (child->machine == machine)
                return true;
        for (const struct choice *c = ops->choices; c; c = c->next)
            if (starts(c->look, machine) || starts(c->prepare, machine) || starts(c->body, machine))
                return true;
        for (const struct op_arm *arm = ops->arms; arm; arm = arm->next)
            if (starts(arm->body, machine))
                return true;
        if (starts(ops->initial, machine) || starts(ops->body, machine) || starts(ops->step, machine) ||
            starts(ops->otherwise, machine))
            return true;
    }
    return false;
}

/* What is started by another is in that one's picture. */
static bool is_started(const struct machines *machines, const struct machine *machine)
{
    for (const struct machine *m = machines->first; m; m = m->next)
        if (m != machine && (starts(m->body, machine) || starts(m->epilogue, machine)))
            return true;
    return false;
}

struct network *network_build(const struct machines *machines)
{
    struct builder B = {.network = NEW(struct network)};
    if (machines->main) {
        run_root(&B, machines->main);
        return B.network;
    }
    for (const struct machine *m = machines->first; m && B.nodes < MOST_NODES; m = m->next)
        if (m->kind == MACHINE_PROCESS && !is_started(machines, m))
            run_root(&B, m);
    return B.network;
}
