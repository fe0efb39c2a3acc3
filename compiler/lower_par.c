/* lower_par: par and par for (language.md § 4).
 *
 * A branch that is the call of a process is that process's frame, its arguments set by the par; so is nothing else in
 * the way. Every other branch becomes a machine of its own, which reaches the variables around it through its parent.
 * Called by lower_stmt.c. */
#include "lower_private.h"

static bool calls_function(const struct expr *e)
{
    if (!e)
        return false;
    if (e->kind == EXPR_CALL && e->left->symbol && e->left->symbol->kind == SYMBOL_FUNCTION)
        return true;
    for (const struct expr *a = e->arguments; a; a = a->next)
        if (calls_function(a))
            return true;
    return calls_function(e->left) || calls_function(e->middle) || calls_function(e->right);
}

/* The process that the branch calls, where its arguments may as well be evaluated by the par: what has to be taken apart
 * may not, for the par's op stands there already. */
static struct machine *called_process(const struct stmt *branch)
{
    if (branch->kind != STMT_CALL || branch->left->left->symbol->kind != SYMBOL_PROCESS || branch->region->barriers)
        return NULL;
    if (lower_may_overlap(branch->left))
        return NULL;
    for (struct expr *a = branch->left->arguments; a; a = a->next)
        if (calls_function(a) || effects_seen(a) || (a->type->kind == TYPE_ARRAY && !lower_is_kept(a)))
            return NULL;
    return branch->left->left->symbol->lowered;
}

/* A bare branch is part of its parent (§ 5, § 11): one send or receive and nothing else. */
static bool is_bare(const struct stmt *branch)
{
    return branch->kind == STMT_SEND ||
           (branch->kind == STMT_RECEIVE && !branch->is_extended && branch->target != TARGET_SHAPES);
}

/* A branch's frame, named after what runs in it. */
static const char *child_field(const struct point *point, const struct machine *machine, int number)
{
    const char *stem = machine->kind == MACHINE_PROCESS ? machine->name : "branch";
    return arena_printf("at.%s.%s_%d", point->label.name, stem, number);
}

static struct child *new_child(struct lowering *L, struct stmt *branch, struct symbol *counter, struct joiner *joiner)
{
    struct child *child = NEW(struct child);
    child->count = 1;
    child->is_part = is_bare(branch);
    child->machine = called_process(branch);
    if (child->machine) {
        child->arguments = lower_child_arguments(L, child->machine, branch->left);
        child->is_pooled = lower_is_pooled(L, child->machine);
    } else
        child->machine = lower_branch(L, branch, counter, joiner);
    return child;
}

/* What belongs in front of a par whose op has just been made, and behind it. */
static void surround(struct lowering *L, struct stmt *s, struct op *op, struct op **before, const struct joiner *joiner)
{
    struct op *first = lower_enter(L, s, op), **end = &first;
    while (*end)
        end = &(*end)->next;
    if (first) {
        *end = *before;
        *before = first;
    }
    if (!joiner->group)
        return;
    op->is_checked_later = true;
    L->statement = s->at;
    lower_join(L, joiner->group);
    if (op->poisoned->is_used) {
        struct op *check = lower_op(L, OP_CHECK);
        check->poisoned = op->poisoned;
    }
}

void lower_par(struct lowering *L, struct stmt *s)
{
    if (!s->body)
        return;
    struct op **before = L->tail;
    struct op *op = lower_wait(L, OP_RUN, POINT_PAR);
    struct child **end = &op->point->children;
    struct joiner joiner = {L, NULL};
    int number = 0;
    for (struct stmt *branch = s->body; branch; branch = branch->next) {
        struct child *child = new_child(L, branch, NULL, &joiner);
        child->field = child_field(op->point, child->machine, ++number);
        if (child->is_part)
            op->poisoned->is_used = true;
        *end = child;
        end = &child->next;
    }
    surround(L, s, op, before, &joiner);
}

/* The counter of a par for. A branch that is a machine has a copy of its own, a parameter set from the par's. */
static void set_counter(struct lowering *L, struct op *op, struct child *child, struct symbol *counter)
{
    if (child->machine->kind == MACHINE_PROCESS) {
        op->slot = slot_for(L->machine, counter);
        return;
    }
    op->slot = slot_new(L->machine, counter->name, SLOT_VALUE, counter->type);
    child->arguments = NEW(struct argument);
    *child->arguments = (struct argument){child->machine->slots, slot_expr(op->slot, counter->at), NULL};
}

/* The number of branches where it is known; -1 where it is computed, or more than anyone wants inside a frame. */
static int64_t constant_count(const struct expr *first, const struct expr *limit)
{
    enum { MOST = 10000000 };
    if (!first->value || !limit->value)
        return -1;
    wide count = limit->value->integer - first->value->integer;
    return count < 0 ? 0 : count > MOST ? -1 : (int64_t)count;
}

void lower_par_for(struct lowering *L, struct stmt *s)
{
    struct expr *bounds[] = {s->left, s->right};
    lower_operands(L, bounds, 2);
    int64_t count = constant_count(bounds[0], bounds[1]);
    if (count == 0)
        return;
    bounds[0] = lower_fixed(L, bounds[0], "first");
    bounds[1] = lower_fixed(L, bounds[1], "limit");
    struct op **before = L->tail;
    struct joiner joiner = {L, NULL};
    struct op *op = lower_wait(L, OP_RUN_FOR, POINT_PAR);
    op->value = bounds[0];
    op->limit = bounds[1];
    struct child *child = new_child(L, s->body, s->symbols, &joiner);
    set_counter(L, op, child, s->symbols);
    child->field = child_field(op->point, child->machine, 1);
    child->count = count;
    child->is_array = true;
    child->is_pooled = child->is_pooled || count < 0;
    if (child->is_part)
        op->poisoned->is_used = true;
    op->point->children = child;
    surround(L, s, op, before, &joiner);
}
