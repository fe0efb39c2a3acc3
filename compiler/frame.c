/* frame: which variables lie in the frame (language.md leaves it open; the smaller a frame, the more processes).
 *
 * A variable whose value is still needed when a process goes on after a wait must be in the frame; every other one is a
 * C local, free of charge. What is still needed is found by the classic backward pass over the ops, repeated until the
 * heads of loops stay as they are: a pass for each level of nesting. Called by main after lower. */
#include "frame.h"

#include "arena.h"

#include <string.h>

typedef uint64_t *set;

struct liveness {
    struct machine *machine;
    size_t words;       /* of a set */
    bool has_changed;   /* in this pass */
    set crossing;       /* needed behind some wait */
    set after_loop, next_round; /* where break and continue of the loop around go */
    set spare[64];      /* sets to use again */
    int spares;
};

/* ---- sets of slots ---- */

static set set_new(struct liveness *V)
{
    set s = V->spares ? V->spare[--V->spares] : NEW_ARRAY(uint64_t, V->words);
    memset(s, 0, V->words * sizeof *s);
    return s;
}

static void set_drop(struct liveness *V, set s)
{
    if (V->spares < 64)
        V->spare[V->spares++] = s;
}

static void set_copy(struct liveness *V, set to, const uint64_t *from)
{
    memcpy(to, from, V->words * sizeof *to);
}

static void set_clear(struct liveness *V, set s)
{
    memset(s, 0, V->words * sizeof *s);
}

static bool set_add(struct liveness *V, set to, const uint64_t *from)
{
    bool grew = false;
    for (size_t i = 0; from && i < V->words; i++) {
        grew = grew || (from[i] & ~to[i]);
        to[i] |= from[i];
    }
    return grew;
}

static bool set_has(const uint64_t *s, const struct slot *slot)
{
    return slot->index >= 0 && (s[slot->index / 64] >> (slot->index % 64) & 1);
}

static void set_kill(set s, const struct slot *slot)
{
    if (slot->index >= 0)
        s[slot->index / 64] &= ~((uint64_t)1 << (slot->index % 64));
}

/* What is kept from pass to pass: it only grows. */
static void keep(struct liveness *V, uint64_t **kept, const uint64_t *live)
{
    if (!*kept)
        *kept = NEW_ARRAY(uint64_t, V->words);
    if (set_add(V, *kept, live))
        V->has_changed = true;
}

/* ---- expressions ---- */

static struct slot *slot_of(const struct expr *e)
{
    if (e->kind != EXPR_NAME || e->value)
        return NULL;
    switch (e->symbol->kind) {
    case SYMBOL_VARIABLE:
    case SYMBOL_PARAMETER:
    case SYMBOL_COUNTER:
    case SYMBOL_CHANNEL:
        return e->symbol->lowered;
    default:
        return NULL;
    }
}

/* The names in an expression. What belongs to a machine around this one must lie in its frame. */
static void use(struct liveness *V, set live, const struct expr *e)
{
    if (!e || e->value)
        return;
    const struct slot *slot = slot_of(e);
    if (slot && slot->machine != V->machine)
        ((struct slot *)e->symbol->lowered)->in_frame = true;
    else if (slot && slot->index >= 0)
        live[slot->index / 64] |= (uint64_t)1 << (slot->index % 64);
    if (e->kind == EXPR_NAME)
        return;
    if (e->kind != EXPR_CALL)
        use(V, live, e->left);
    use(V, live, e->middle);
    use(V, live, e->right);
    for (const struct expr *a = e->arguments; a; a = a->next)
        use(V, live, a);
}

static void use_list(struct liveness *V, set live, const struct expr *first)
{
    for (; first; first = first->next)
        use(V, live, first);
}

static void define(struct liveness *V, set live, const struct expr *place)
{
    const struct slot *slot = slot_of(place);
    if (slot && slot->machine == V->machine && place->type->kind != TYPE_ARRAY)
        set_kill(live, slot);
    else
        use(V, live, place);
}

/* ---- ops, backwards: `live` is what is needed behind an op and becomes what is needed in front of it ---- */

static void live_list(struct liveness *V, struct op *first, set live);

static void live_wait(struct liveness *V, const struct op *op, set live)
{
    if (op->kind != OP_JOIN && op->kind != OP_BLOCK)
        set_add(V, live, op->poisoned ? op->poisoned->live : V->after_loop);
    if (op->kind == OP_RECEIVE && op->message)
        set_kill(live, op->message);
    if (op->kind == OP_BLOCK && op->place)
        define(V, live, op->place);
    if (op->kind == OP_STOP)
        set_clear(V, live);
    set_add(V, V->crossing, live);
    use(V, live, op->channel);
    use(V, live, op->value);
    use(V, live, op->limit);
    for (const struct child *c = op->point->children; c; c = c->next)
        for (const struct argument *a = c->arguments; a; a = a->next)
            use(V, live, a->value);
    if (op->kind == OP_RUN_FOR)
        set_kill(live, op->slot);
}

static void live_if(struct liveness *V, const struct op *op, set live)
{
    set otherwise = set_new(V);
    set_copy(V, otherwise, live);
    live_list(V, op->body, live);
    live_list(V, op->otherwise, otherwise);
    set_add(V, live, otherwise);
    set_drop(V, otherwise);
    use(V, live, op->value);
}

static void live_loop(struct liveness *V, struct op *op, set live)
{
    set after_loop = V->after_loop, next_round = V->next_round, after = set_new(V), round = set_new(V), body = set_new(V);
    set_copy(V, after, live);
    if (op->exit)
        keep(V, &op->exit->live, after);
    keep(V, &op->live, op->value ? after : NULL);
    set_copy(V, round, op->live);
    live_list(V, op->step, round);
    V->after_loop = after;
    V->next_round = round;
    set_copy(V, body, round);
    live_list(V, op->body, body);
    use(V, body, op->value);
    keep(V, &op->live, body);
    set_copy(V, live, op->live);
    live_list(V, op->initial, live);
    V->after_loop = after_loop;
    V->next_round = next_round;
    set_drop(V, after);
    set_drop(V, round);
    set_drop(V, body);
}

static void live_switch(struct liveness *V, const struct op *op, set live)
{
    set after = set_new(V), arm = set_new(V);
    bool has_default = false;
    set_copy(V, after, live);
    set_clear(V, live);
    for (const struct op_arm *a = op->arms; a; a = a->next) {
        has_default = has_default || !a->patterns;
        set_copy(V, arm, after);
        live_list(V, a->body, arm);
        set_add(V, live, arm);
    }
    if (!has_default)
        set_add(V, live, after);
    set_drop(V, after);
    set_drop(V, arm);
    use(V, live, op->value);
}

static void live_guard(struct liveness *V, struct choice *c, set live)
{
    use(V, live, c->value);
    use(V, live, c->channel);
    live_list(V, c->prepare, live);
    use(V, live, c->when);
    live_list(V, c->look, live);
    for (const struct replicator *r = c->replicators; r; r = r->next) {
        set_kill(live, r->counter->lowered);
        use(V, live, r->left);
        use(V, live, r->right);
    }
}

/* The bodies, then the wait, then the guards. A last choice is worth remembering where the alt can be reached again. */
static void live_alt(struct liveness *V, struct op *op, set live)
{
    set after = set_new(V), body = set_new(V);
    set_copy(V, after, live);
    set_clear(V, live);
    for (struct choice *c = op->choices; c; c = c->next) {
        set_copy(V, body, after);
        live_list(V, c->body, body);
        for (const struct replicator *r = c->replicators; r; r = r->next)
        {
            c->tells_counter = ((struct slot *)r->counter->lowered)->index < 0 || set_has(body, r->counter->lowered);
            set_kill(body, r->counter->lowered);
        }
        set_add(V, live, body);
    }
    set_drop(V, after);
    set_drop(V, body);
    if (op->fair && set_has(live, op->fair))
        op->fair->in_frame = true;
    live_wait(V, op, live);
    for (struct choice *c = op->choices; c; c = c->next)
        live_guard(V, c, live);
    if (op->fair)
        live[op->fair->index / 64] |= (uint64_t)1 << (op->fair->index % 64);
}

static void live_op(struct liveness *V, struct op *op, set live)
{
    switch (op->kind) {
    case OP_SET:
        define(V, live, op->place);
        use(V, live, op->value);
        break;
    case OP_ZERO:
        if (op->place)
            define(V, live, op->place);
        break;
    case OP_APART:
        use(V, live, op->place);
        use(V, live, op->value);
        break;
    case OP_CALL:
    case OP_RETURN:
        use(V, live, op->value);
        break;
    case OP_PRINT:
        use_list(V, live, op->arguments);
        break;
    case OP_ASSERT:
        use_list(V, live, op->arguments);
        live_list(V, op->body, live);
        use(V, live, op->value);
        break;
    case OP_IF:
        live_if(V, op, live);
        break;
    case OP_LOOP:
        live_loop(V, op, live);
        break;
    case OP_SWITCH:
        live_switch(V, op, live);
        break;
    case OP_BREAK:
        set_copy(V, live, V->after_loop);
        break;
    case OP_CONTINUE:
        if (op->label && op->label->is_placed && op->label->live)
            set_copy(V, live, op->label->live);
        else
            set_copy(V, live, V->next_round);
        break;
    case OP_GOTO:
        set_clear(V, live);
        set_add(V, live, op->label->live);
        break;
    case OP_LABEL:
    case OP_HANDLER:
        keep(V, &op->label->live, live);
        break;
    case OP_CLOSE:
    case OP_POISON:
        use(V, live, op->channel);
        break;
    case OP_CHANNEL: case OP_CELLS_GIVE: case OP_BARRIER: case OP_BARRIER_GIVE: case OP_RELEASE: case OP_GROUP:
    case OP_LEAVE: case OP_STANDING_END:
        break;
    case OP_CHECK:
        set_add(V, live, op->poisoned->live);
        break;
    case OP_ENTER:
        use(V, live, op->value);
        use(V, live, op->limit);
        break;
    case OP_SPAWN:
        for (const struct argument *a = op->child->arguments; a; a = a->next)
            use(V, live, a->value);
        break;
    case OP_ALT:
        live_alt(V, op, live);
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
        live_wait(V, op, live);
        break;
    }
}

/* Lists can be long and must be walked from their end: they are reversed for the time. */
static void live_list(struct liveness *V, struct op *first, set live)
{
    struct op *reversed = NULL;
    while (first) {
        struct op *next = first->next;
        first->next = reversed;
        reversed = first;
        first = next;
    }
    struct op *restored = NULL;
    while (reversed) {
        struct op *next = reversed->next;
        reversed->next = restored;
        restored = reversed;
        live_op(V, restored, live);
        reversed = next;
    }
}

/* ---- machines ---- */

static int number_slots(struct machine *machine)
{
    int count = 0;
    for (struct slot *s = machine->slots; s; s = s->next)
        s->index = s->in_frame ? -1 : count++;
    return count;
}

static void find_crossing(struct liveness *V)
{
    set live = set_new(V);
    do {
        V->has_changed = false;
        set_clear(V, live);
        live_list(V, V->machine->body, live);
    } while (V->has_changed);
    set_drop(V, live);
}

static void prepend(struct op **first, enum op_kind kind, struct slot *slot, const struct op *like)
{
    struct op *op = NEW(struct op);
    *op = (struct op){.kind = kind, .at = like->at, .statement = like->statement, .slot = slot, .next = *first};
    *first = op;
}

/* What stands does so until the machine ends. */
static void begin_standing(struct machine *machine, struct op *alt)
{
    if (!alt->standing)
        return;
    alt->has_replicas = false;
    for (struct choice *c = alt->choices; c; c = c->next)
        if (c->may_stand && !c->tells_counter)
            ((struct slot *)c->replicators->counter->lowered)->is_dropped = true;
    alt->standing->in_frame = true;
    prepend(&machine->body, OP_ZERO, alt->standing, alt);
    prepend(&machine->epilogue, OP_STANDING_END, alt->standing, alt);
}

/* Alts that are run again start with their memory at zero; the others need none. */
static void begin_alts(struct machine *machine)
{
    for (struct point *p = machine->points; p; p = p->next) {
        struct slot *fair = p->kind == POINT_ALT ? p->op->fair : NULL;
        if (fair && fair->in_frame) {
            struct op *zero = p->op->initial;
            zero->next = machine->body;
            machine->body = zero;
            p->op->initial = NULL;
            begin_standing(machine, p->op);
        } else if (fair) {
            p->op->fair = NULL;
            p->op->standing = NULL;
        }
    }
}

/* A variable of the frame is sent from where it is. */
static void send_in_place(struct machine *machine)
{
    for (struct point *p = machine->points; p; p = p->next) {
        const struct expr *value = p->kind == POINT_SEND ? p->op->value : NULL;
        struct slot *slot = value ? slot_of(value) : NULL;
        if (!slot || slot->machine != machine || !slot->in_frame || slot->kind != SLOT_VALUE)
            continue;
        p->op->message = slot;
        p->op->value = NULL;
    }
}

/* Every variable of the program is kept, so that a debugger finds it at any time. */
static void keep_all(struct machine *machine)
{
    for (struct slot *s = machine->slots; s; s = s->next)
        if (s->symbol && (s->kind == SLOT_VALUE || s->kind == SLOT_END))
            s->in_frame = true;
}

static void frame_machine(struct machine *machine, bool keeps_all)
{
    struct liveness V = {.machine = machine};
    V.words = (size_t)number_slots(machine) / 64 + 1;
    V.crossing = NEW_ARRAY(uint64_t, V.words);
    V.after_loop = set_new(&V);
    V.next_round = set_new(&V);
    find_crossing(&V);
    for (struct slot *s = machine->slots; s; s = s->next)
        if (set_has(V.crossing, s) && !s->is_memory)
            s->in_frame = true;
    if (keeps_all)
        keep_all(machine);
    begin_alts(machine);
    send_in_place(machine);
}

/* A branch stands behind the machine around it, whose variables it uses through the frame: so the last comes first. */
void frame_machines(struct machine *first, const struct machine *end, bool keeps_all)
{
    size_t count = 0;
    for (const struct machine *m = first; m != end; m = m->next)
        count++;
    struct machine **all = NEW_ARRAY(struct machine *, count);
    for (struct machine *m = first; m != end; m = m->next)
        *all++ = m;
    while (count-- > 0)
        if ((*--all)->kind != MACHINE_FUNCTION)
            frame_machine(*all, keeps_all);
}
