/* lower_scope: blocks, and how they are left (language.md § 5, § 11).
 *
 * What a block has to end is zero from its beginning, so that one stretch of code ends it whatever has been come to. On
 * the way out by break, continue or return that code is repeated; poison goes through it. The outermost block of a
 * process joins what the process has spawned before its channels end, unless it is left for its handler: then the process
 * is not over. Called by the other files of lower. */
#include "lower_private.h"

void lower_goto(struct lowering *L, struct label *label)
{
    lower_op(L, OP_GOTO)->label = label;
    label->is_used = true;
}

void lower_place_label(struct lowering *L, struct label *label)
{
    lower_op(L, OP_LABEL)->label = label;
    label->is_placed = true;
}

void scope_begin(struct lowering *L, struct scope *scope)
{
    *scope = (struct scope){.outer = L->scope, .entry = L->tail, .around = L->poisoned};
    L->scope = scope;
}

/* At the beginning of the scope, which may still be empty. */
static void zero_at_entry(struct lowering *L, struct scope *scope, struct slot *slot)
{
    struct op *zero = NEW(struct op);
    *zero = (struct op){.kind = OP_ZERO, .at = L->statement, .statement = L->statement, .slot = slot, .next = *scope->entry};
    *scope->entry = zero;
    if (L->tail == scope->entry)
        L->tail = &zero->next;
}

void scope_push(struct lowering *L, enum op_kind kind, struct slot *slot)
{
    struct scope *scope = L->scope;
    struct cleanup *cleanup = NEW(struct cleanup);
    *cleanup = (struct cleanup){kind, slot, scope->cleanups};
    scope->cleanups = cleanup;
    if (kind != OP_RELEASE)
        zero_at_entry(L, scope, slot);
    if (!scope->ending) {
        scope->ending = lower_label(L, "ending");
        L->poisoned = scope->ending;
    }
}

static void lower_cleanups(struct lowering *L, const struct scope *scope)
{
    for (const struct cleanup *c = scope->cleanups; c; c = c->earlier)
        lower_op(L, c->kind)->slot = c->slot;
}

void scope_leave_to(struct lowering *L, const struct scope *outermost)
{
    for (const struct scope *scope = L->scope; scope != outermost; scope = scope->outer)
        lower_cleanups(L, scope);
}

static struct label *around(struct lowering *L, const struct scope *scope)
{
    return scope->around ? scope->around : &L->machine->end;
}

/* Poison goes on. */
static void lower_check(struct lowering *L, struct label *to)
{
    lower_op(L, OP_CHECK)->poisoned = to;
    to->is_used = true;
}

void scope_end(struct lowering *L, struct scope *scope)
{
    L->scope = scope->outer;
    L->poisoned = scope->around;
    if (!scope->cleanups)
        return;
    lower_place_label(L, scope->ending);
    lower_cleanups(L, scope);
    if (scope->ending->is_used)
        lower_check(L, around(L, scope));
}

/* The outermost block of a process that has spawned: the ways out of it differ. */
static void end_joining(struct lowering *L, struct scope *scope)
{
    L->scope = NULL;
    L->poisoned = scope->around;
    lower_place_label(L, L->leaving);
    if (!scope->around)
        lower_place_label(L, scope->ending);
    lower_join_at_end(L, L->joiner->group);
    lower_cleanups(L, scope);
    if (!scope->around || !scope->ending->is_used)
        return;
    lower_goto(L, &L->machine->end);
    lower_place_label(L, scope->ending);
    lower_cleanups(L, scope);
    lower_goto(L, scope->around);
}

static void end_outermost(struct lowering *L, struct scope *scope)
{
    if (scope->cleanups && L->joiner->group) {
        end_joining(L, scope);
    } else if (scope->cleanups) {
        lower_place_label(L, L->leaving);
        scope_end(L, scope);
    } else {
        L->leaving->name = L->machine->end.name;
        L->machine->end.is_used = L->machine->end.is_used || L->leaving->is_used;
        scope_end(L, scope);
    }
    L->leaving = &L->machine->end; /* of a return in the handler */
}

/* What was declared since `before` is known up to the last point. */
static void end_slots(const struct machine *machine, struct slot *before)
{
    for (struct slot *slot = before ? before->next : machine->slots; slot; slot = slot->next)
        if (!slot->last_point)
            slot->last_point = machine->point_count;
}

void lower_block(struct lowering *L, struct stmt *s)
{
    struct scope scope;
    struct slot *before = L->machine->last_slot;
    bool is_outermost = L->machine->kind == MACHINE_PROCESS && !L->scope && L->leaving != &L->machine->end;
    scope_begin(L, &scope);
    for (struct stmt *inner = s->body; inner; inner = inner->next)
        lower_stmt(L, inner);
    if (is_outermost)
        end_outermost(L, &scope);
    else
        scope_end(L, &scope);
    end_slots(L->machine, before);
}
