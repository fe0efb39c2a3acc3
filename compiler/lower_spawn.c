/* lower_spawn: spawned processes and barriers (language.md § 4).
 *
 * A group of spawned processes lies in the frame of the machine that joins it: the one with the nearest par around the
 * spawn, or else the process. A branch that mentions a barrier is a machine of its own, which leaves the barrier at its
 * end; how many seats its par has to give up is counted in the par's frame. Called by lower_stmt.c and lower_par.c. */
#include "lower_private.h"

/* ---- spawn ---- */

static struct slot *group_of(struct joiner *joiner)
{
    if (!joiner->group) {
        joiner->group = slot_new(joiner->L->machine, "spawned", SLOT_GROUP, type_basic(TYPE_VOID));
        joiner->group->in_frame = true;
    }
    return joiner->group;
}

void lower_spawn(struct lowering *L, struct stmt *s)
{
    struct machine *callee = s->left->left->symbol->lowered;
    struct argument *arguments = lower_child_arguments(L, callee, s->left);
    struct op *op = lower_op(L, OP_SPAWN);
    op->slot = group_of(L->joiner);
    op->child = NEW(struct child);
    *op->child = (struct child){.machine = callee, .count = 1, .is_pooled = true, .arguments = arguments};
    callee->is_spawned = true;
}

void lower_join_at_end(struct lowering *L, struct slot *group)
{
    uint32_t end = L->machine->declaration->body->at.end;
    L->statement = (struct where){end - 1, end}; /* the closing brace */
    lower_join(L, group);
}

void lower_join(struct lowering *L, struct slot *group)
{
    struct op *op = lower_wait(L, OP_JOIN, POINT_JOIN);
    op->slot = group;
    op->poisoned = NULL;
}

/* ---- barriers ---- */

void lower_barriers(struct lowering *L, struct stmt *s)
{
    for (struct symbol *b = s->symbols; b; b = b->next) {
        struct slot *slot = slot_for(L->machine, b);
        if (slot->kind == SLOT_POOLED_BARRIER)
            scope_push(L, OP_BARRIER_GIVE, slot);
        lower_op(L, OP_BARRIER)->slot = slot;
    }
}

void lower_sync(struct lowering *L, struct stmt *s)
{
    struct op *op = lower_wait(L, OP_SYNC, POINT_SYNC);
    op->channel = s->left;
}

static struct expr *name_of(struct symbol *symbol, struct where at)
{
    struct expr *e = NEW(struct expr);
    *e = (struct expr){.kind = EXPR_NAME, .at = at, .name = symbol->name, .symbol = symbol, .type = symbol->type};
    return e;
}

static bool mentions(const struct stmt *branch, const struct symbol *barrier)
{
    for (const struct barrier_use *use = branch->region->barriers; use; use = use->next)
        if (use->barrier == barrier)
            return true;
    return false;
}

static int64_t count_branches(const struct stmt *par, const struct symbol *barrier)
{
    int64_t count = 0;
    for (const struct stmt *branch = par->body; branch; branch = branch->next)
        count += mentions(branch, barrier);
    return count;
}

/* What each branch that mentions the barrier does at its end. */
static void leave_at_end(struct op *op, const struct stmt *par, struct symbol *barrier, struct slot *seats)
{
    const struct child *child = op->point->children;
    for (const struct stmt *branch = par->body; branch; branch = branch->next, child = child->next) {
        if (!mentions(branch, barrier))
            continue;
        struct op *leave = NEW(struct op);
        *leave = (struct op){.kind = OP_LEAVE, .at = branch->at, .statement = branch->at, .slot = seats};
        leave->channel = name_of(barrier, branch->at);
        leave->next = child->machine->epilogue;
        child->machine->epilogue = leave;
    }
}

static struct op *enter(struct lowering *L, const struct stmt *par, struct op *op, struct symbol *barrier)
{
    struct op *enter = NEW(struct op);
    struct slot *seats = slot_new(L->machine, arena_printf("%s_seats", barrier->name), SLOT_VALUE, type_basic(TYPE_INT64));
    seats->in_frame = true;
    *enter = (struct op){.kind = OP_ENTER, .at = par->keyword_at, .statement = par->at, .slot = seats};
    enter->channel = name_of(barrier, par->keyword_at);
    enter->count = count_branches(par, barrier);
    if (op->kind == OP_RUN_FOR) {
        enter->value = op->value;
        enter->limit = op->limit;
    }
    leave_at_end(op, par, barrier, seats);
    return enter;
}

/* Is this the first branch that mentions the barrier? */
static bool is_first(const struct stmt *par, const struct stmt *branch, const struct symbol *barrier)
{
    for (const struct stmt *earlier = par->body; earlier != branch; earlier = earlier->next)
        if (mentions(earlier, barrier))
            return false;
    return true;
}

struct op *lower_enter(struct lowering *L, struct stmt *par, struct op *op)
{
    struct op *first = NULL, **end = &first;
    for (const struct stmt *branch = par->body; branch; branch = branch->next)
        for (const struct barrier_use *use = branch->region->barriers; use; use = use->next)
            if (is_first(par, branch, use->barrier)) {
                *end = enter(L, par, op, use->barrier);
                end = &(*end)->next;
            }
    return first;
}
