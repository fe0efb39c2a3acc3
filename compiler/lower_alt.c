/* lower_alt: alt and pri alt (language.md § 7).
 *
 * On entry every `when` is evaluated, then each open guard's channel, value or time. As long as nothing of that has
 * effects nobody can tell the order, and each guard is set up in one go. Guards with replicators keep their counters,
 * and what they send, in a record for each replica, unless they stand. Called by lower_stmt.c. */
#include "lower_private.h"

static bool guard_has_effects(const struct guard *g)
{
    return effects_seen(g->when) || effects_seen(g->left) || effects_seen(g->right);
}

/* The number of replicas where it is known, else -1. */
static int64_t replica_count(const struct guard *g)
{
    enum { MOST = 64 };
    int64_t count = 1;
    for (const struct replicator *r = g->replicators; r; r = r->next) {
        if (!r->left->value || !r->right->value)
            return -1;
        wide span = r->right->value->integer - r->left->value->integer;
        if (span < 0)
            span = 0;
        if (span > MOST)
            return -1;
        count *= (int64_t)span;
        if (count > MOST)
            return -1;
    }
    return count;
}

static int64_t guard_count(const struct guard *guards)
{
    int64_t count = 0;
    for (const struct guard *g = guards; g; g = g->next) {
        int64_t replicas = replica_count(g);
        if (replicas < 0)
            return -1;
        count += replicas;
    }
    return count;
}

/* The bounds of the outermost replicator are evaluated once; those of inner ones may name its counter, and as usage has
 * seen to, they have no effects. */
static struct replicator *lower_replicators(struct lowering *L, const struct replicator *r)
{
    struct replicator *first = NULL, **end = &first;
    for (; r; r = r->next) {
        struct replicator *copy = NEW(struct replicator);
        *copy = *r;
        copy->next = NULL;
        if (!first) {
            copy->left = lower_fixed(L, r->left, "first");
            copy->right = lower_fixed(L, r->right, "limit");
        }
        slot_for(L->machine, copy->counter);
        *end = copy;
        end = &copy->next;
    }
    return first;
}

/* A member of the replica's record, to which the generated code points while it sets guards up, or of the alt's part of
 * the frame. */
static struct slot *choice_slot(struct lowering *L, const struct op *op, const struct choice *c, const char *field,
                                struct type *type)
{
    struct slot *slot = lower_message(L, arena_printf("%s.%s_%d", op->point->label.name, field, c->which), type);
    if (slot && c->replicators) {
        slot->name = arena_printf("replica->%s_%d", field, c->which);
        slot->in_frame = false;
    }
    return slot;
}

static void lower_when(struct lowering *L, const struct op *op, struct choice *c, struct expr *when)
{
    c->when = when;
    if (!when || !op->looks_first)
        return;
    struct op **after = L->tail;
    L->tail = &c->look;
    c->open = choice_slot(L, op, c, "open", when->type);
    lower_set(L, slot_expr(c->open, when->at), lower_expr(L, when));
    L->tail = after;
}

static void lower_channel(struct lowering *L, const struct op *op, struct choice *c, const struct guard *g)
{
    struct expr *operands[] = {g->left, g->kind == GUARD_SEND ? g->right : NULL};
    struct op **after = L->tail;
    L->tail = &c->prepare;
    lower_operands(L, operands, 2);
    L->tail = after;
    c->channel = operands[0];
    c->value = operands[1];
    if (g->kind == GUARD_SEND)
        c->message = choice_slot(L, op, c, "sent", c->channel->type->of);
    if (g->kind == GUARD_ENDED)
        c->is_writing_end = c->channel->type->kind == TYPE_OUT;
}

static void lower_input(struct lowering *L, const struct op *op, struct choice *c, const struct guard *g)
{
    c->message = lower_target(L, g->target, g->right, g->symbols);
    if (!c->message) {
        struct type *type = c->channel->type->of;
        c->message = lower_message(L, arena_printf("%s.received_%d", op->point->label.name, c->which), type);
    }
}

static struct choice *lower_choice(struct lowering *L, const struct op *op, const struct guard *g, int which)
{
    struct choice *c = NEW(struct choice);
    c->which = which;
    c->kind = g->kind;
    c->at = g->at;
    c->replicators = lower_replicators(L, g->replicators);
    lower_when(L, op, c, g->when);
    if (g->left)
        lower_channel(L, op, c, g);
    if (g->kind == GUARD_RECEIVE)
        lower_input(L, op, c, g);
    if (g->is_extended) {
        c->held = slot_new(L->machine, "held", SLOT_HELD, type_basic(TYPE_VOID));
        c->held->in_frame = true;
    }
    return c;
}

/* The place of a received message is looked at when the guard has been taken. */
static void lower_choice_body(struct lowering *L, struct choice *c, struct guard *g)
{
    struct op **after = L->tail;
    L->tail = &c->body;
    L->statement = g->at;
    struct scope scope;
    if (c->held) {
        scope_begin(L, &scope);
        scope_push(L, OP_RELEASE, c->held);
    }
    const struct slot *direct = g->target == TARGET_PLACE && g->right->kind == EXPR_NAME ? g->right->symbol->lowered : NULL;
    if (g->kind == GUARD_RECEIVE && g->target == TARGET_PLACE && c->message != direct)
        lower_received(L, g->right, c->message);
    if (g->target == TARGET_SHAPES)
        lower_shapes(L, slot_expr(c->message, g->at), g->arms);
    if (g->body)
        lower_stmt(L, g->body);
    if (c->held)
        scope_end(L, &scope);
    L->tail = after;
}

/* Where a fair alt remembers its last choice. `frame` puts the op that clears it at the machine's beginning. */
static void lower_memory(struct lowering *L, struct op *alt)
{
    const char *name = arena_printf("next_%d", alt->point->number);
    alt->fair = slot_new(L->machine, name, SLOT_VALUE, type_basic(TYPE_INT32));
    alt->fair->is_memory = true;
    struct op **after = L->tail;
    L->tail = &alt->initial;
    lower_declare(L, slot_expr(alt->fair, alt->at), NULL);
    L->tail = after;
}

/* ---- guards that stand ----
 * A guard for each channel of an array, the same each time: it need not be set up again (csp_standing.h). */

static bool may_stand(const struct choice *c)
{
    const struct replicator *r = c->replicators;
    if (c->kind != GUARD_RECEIVE || !r || r->next || c->when || c->held || c->prepare)
        return false;
    const struct expr *channel = lower_bare(c->channel);
    return channel->kind == EXPR_INDEX && channel->left->kind == EXPR_NAME && !lower_is_mobile(channel) &&
           channel->right->kind == EXPR_NAME && channel->right->symbol == r->counter;
}

static void lower_standing(struct lowering *L, struct op *op)
{
    struct choice *found = NULL;
    for (struct choice *c = op->choices; c; c = c->next) {
        if (c->replicators && (found || !may_stand(c)))
            return;
        found = c->replicators ? c : found;
    }
    if (!found || op->looks_first)
        return;
    found->may_stand = true;
    op->standing = slot_new(L->machine, arena_printf("standing_%d", op->point->number), SLOT_STANDING, type_basic(TYPE_VOID));
    op->standing->guard_count = op->count;
    op->standing->is_memory = true;
}

/* `c ?? x { S }` is an alt of one guard. */
void lower_extended(struct lowering *L, struct stmt *s)
{
    struct guard *guard = NEW(struct guard);
    struct stmt *alt = NEW(struct stmt);
    *guard = (struct guard){.at = s->at, .kind = GUARD_RECEIVE, .left = lower_expr(L, s->left), .right = s->right, .target = s->target,
                            .symbols = s->symbols, .arms = s->arms, .is_extended = true, .body = s->body};
    *alt = (struct stmt){.kind = STMT_ALT, .at = s->at, .keyword_at = s->keyword_at, .guards = guard, .is_pri = true,
                         .region = s->region};
    lower_alt(L, alt);
}

void lower_alt(struct lowering *L, struct stmt *s)
{
    /* Bounds are evaluated in front of the alt, so its op is put behind them. */
    struct op **after = L->tail, *op = NULL;
    L->tail = &op;
    lower_wait(L, OP_ALT, POINT_ALT);
    L->tail = after;
    op->poisoned->is_used = true;
    op->at = s->keyword_at;
    op->is_pri = s->is_pri;
    op->count = guard_count(s->guards);
    for (struct guard *g = s->guards; g; g = g->next) {
        op->looks_first = op->looks_first || guard_has_effects(g);
        op->has_replicas = op->has_replicas || g->replicators;
    }
    struct choice **end = &op->choices;
    int which = 0;
    for (struct guard *g = s->guards; g; g = g->next, end = &(*end)->next)
        *end = lower_choice(L, op, g, which++);
    if (!s->is_pri) {
        lower_memory(L, op);
        lower_standing(L, op);
    }
    *L->tail = op;
    L->tail = &op->next;
    L->switches++;
    struct choice *c = op->choices;
    for (struct guard *g = s->guards; g; g = g->next, c = c->next)
        lower_choice_body(L, c, g);
    L->switches--;
}
