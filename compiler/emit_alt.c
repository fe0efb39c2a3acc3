/* emit_alt: an alt sets up its guards in textual order, selects one, and switches on its number. Called by emit_stmt.c.
 *
 * An alt with replicators has a record for each guard, in step with the guards: a pointer `replica` walks along. */
#include "emit_private.h"

#include "lower.h"

/* The alt's part of the frame. */
static const char *part(const struct op *op)
{
    if (op->standing)
        return arena_printf("f->%s", op->standing->name);
    return arena_printf("f->at.%s", op->point->label.name);
}

static void put_message(struct emitter *E, const struct slot *message)
{
    if (!message) {
        emit_put(E, ", NULL, 0");
        return;
    }
    emit_put(E, ", &");
    emit_slot(E, message);
    emit_put(E, ", sizeof ");
    emit_slot(E, message);
}

static void put_kept_value(struct emitter *E, const struct choice *c)
{
    if (c->kind != GUARD_SEND || !c->message)
        return;
    emit_indent(E);
    emit_slot(E, c->message);
    emit_put(E, " = ");
    emit_expr(E, c->value);
    emit_put(E, ";\n");
}

static const char *const guard_names[] = {[GUARD_RECEIVE] = "receive", [GUARD_SEND] = "send",  [GUARD_ENDED] = "ended",
                                          [GUARD_AFTER] = "time",      [GUARD_AT] = "time", [GUARD_SKIP] = "skip",
                                          [GUARD_SYNC] = "sync"};

static void put_guard(struct emitter *E, const struct op *op, const struct choice *c)
{
    emit_ops(E, c->prepare);
    put_kept_value(E, c);
    emit_indent(E);
    emit_put(E, "csp_guard_%s%s(&%s.alt, %d", guard_names[c->kind], c->held ? "_held" : "", part(op), c->which);
    if (c->kind == GUARD_SYNC) {
        emit_put(E, ", ");
        emit_barrier(E, c->channel);
        emit_put(E, ", %s", emit_membership(E, c->channel));
    } else if (c->channel) {
        emit_put(E, c->kind == GUARD_AFTER ? ", csp_deadline(S, " : ", ");
        if (c->kind == GUARD_AFTER || c->kind == GUARD_AT)
            emit_expr(E, c->channel);
        else
            emit_channel(E, c->channel);
        emit_put(E, c->kind == GUARD_AFTER ? ")" : "");
    }
    if (c->kind == GUARD_RECEIVE || c->kind == GUARD_SEND)
        put_message(E, c->message);
    if (c->held) {
        emit_put(E, ", &");
        emit_slot(E, c->held);
    }
    if (c->kind == GUARD_ENDED)
        emit_put(E, c->is_writing_end ? ", true" : ", false");
    emit_put(E, ");\n");
}

static void put_condition(struct emitter *E, const struct choice *c)
{
    if (c->open)
        emit_slot(E, c->open);
    else
        emit_expr(E, c->when);
}

/* A guard, or a place kept for one whose `when` is false. */
static void put_open_or_closed(struct emitter *E, const struct op *op, const struct choice *c)
{
    if (!c->when) {
        put_guard(E, op, c);
        return;
    }
    emit_indent(E);
    emit_put(E, "if (");
    put_condition(E, c);
    emit_put(E, ") {\n");
    E->indent++;
    put_guard(E, op, c);
    E->indent--;
    emit_line(E, "} else");
    emit_line(E, "    csp_guard_closed(&%s.alt);", part(op));
}

/* `for` heads; the innermost one moves on to the next record. Returns how many there are. */
static int open_replicators(struct emitter *E, const struct choice *c, bool moves_on)
{
    int depth = 0;
    for (const struct replicator *r = c->replicators; r; r = r->next, depth++) {
        const struct slot *counter = r->counter->lowered;
        emit_indent(E);
        emit_put(E, "for (");
        emit_slot(E, counter);
        emit_put(E, " = ");
        emit_expr(E, r->left);
        emit_put(E, "; ");
        emit_slot(E, counter);
        emit_put(E, " < ");
        emit_operand(E, r->right);
        emit_put(E, "; ");
        emit_slot(E, counter);
        emit_put(E, r->next || !moves_on ? "++) {\n" : "++, replica++) {\n");
        E->indent++;
    }
    return depth;
}

static void close_replicators(struct emitter *E, int depth)
{
    while (depth-- > 0) {
        E->indent--;
        emit_line(E, "}");
    }
}

static void put_counters(struct emitter *E, const struct choice *c)
{
    for (const struct replicator *r = c->replicators; r; r = r->next) {
        const struct slot *counter = r->counter->lowered;
        emit_indent(E);
        emit_put(E, "replica->%s = ", counter->name);
        emit_slot(E, counter);
        emit_put(E, ";\n");
    }
}

static void put_choice(struct emitter *E, const struct op *op, const struct choice *c)
{
    int depth = open_replicators(E, c, true);
    put_counters(E, c);
    put_open_or_closed(E, op, c);
    close_replicators(E, depth);
    if (op->has_replicas && !c->replicators)
        emit_line(E, "replica++;");
}

/* Where some `when` has effects, all are evaluated before the first channel is. */
static void put_looks(struct emitter *E, const struct op *op)
{
    if (!op->looks_first)
        return;
    for (const struct choice *c = op->choices; c; c = c->next) {
        int depth = open_replicators(E, c, true);
        emit_ops(E, c->look);
        close_replicators(E, depth);
        if (op->has_replicas && !c->replicators)
            emit_line(E, "replica++;");
    }
    if (op->has_replicas)
        emit_line(E, "replica = %s.replicas;", part(op));
}

/* ---- memory: guards in the frame, or as many as are counted, in the pool ---- */

static const char *replica_type(const struct emitter *E, const struct op *op)
{
    return arena_printf("struct %s_replica_%d", E->machine->name, op->point->number);
}

static void put_count(struct emitter *E, const struct choice *c)
{
    if (!c->replicators) {
        emit_line(E, "count++;");
        return;
    }
    int depth = open_replicators(E, c, false);
    emit_line(E, "count++;");
    close_replicators(E, depth);
}

static void put_pool_take(struct emitter *E, const struct op *op, const char *member, const char *type)
{
    emit_indent(E);
    emit_put(E, "%s.%s = csp_pool_take(", part(op), member);
    emit_at(E, op->at);
    emit_put(E, ", %s.count, sizeof(%s));\n", part(op), type);
}

static bool is_pooled(const struct op *op)
{
    return op->count < 0 && !op->standing;
}

static void put_memory(struct emitter *E, const struct op *op)
{
    if (!is_pooled(op))
        return;
    emit_line(E, "size_t count = 0;");
    for (const struct choice *c = op->choices; c; c = c->next)
        put_count(E, c);
    emit_line(E, "%s.count = count;", part(op));
    put_pool_take(E, op, "guards", "csp_guard");
    put_pool_take(E, op, "replicas", replica_type(E, op));
}

static void put_give_back(struct emitter *E, const struct op *op)
{
    if (!is_pooled(op))
        return;
    emit_line(E, "csp_pool_give(S, %s.guards, %s.count, sizeof(csp_guard));", part(op), part(op));
    emit_line(E, "csp_pool_give(S, %s.replicas, %s.count, sizeof(%s));", part(op), part(op), replica_type(E, op));
}

/* ---- guards that stand ---- */

static const struct choice *standing_choice(const struct op *op)
{
    const struct choice *c = op->choices;
    while (!c->may_stand)
        c = c->next;
    return c;
}

static void put_bounds(struct emitter *E, const struct replicator *r)
{
    emit_expr(E, r->left);
    emit_put(E, ", ");
    emit_expr(E, r->right);
}

static void put_standing_begin(struct emitter *E, const struct op *op)
{
    const char *name = part(op);
    if (op->count >= 0) {
        emit_line(E, "csp_standing_begin(&%s, self, %s_guards, %lld);", name, name, (long long)op->count);
        return;
    }
    int others = -1;
    for (const struct choice *c = op->choices; c; c = c->next)
        others++;
    emit_indent(E);
    emit_put(E, "csp_standing_begin_pooled(");
    emit_at(E, op->at);
    emit_put(E, ", &%s, self, %d, ", name, others);
    put_bounds(E, standing_choice(op)->replicators);
    emit_put(E, ");\n");
}

static void put_standing(struct emitter *E, const struct op *op, const struct choice *c)
{
    const struct expr *channel = lower_bare(c->channel), *array = channel->left;
    emit_indent(E);
    emit_put(E, "csp_indices(");
    emit_at(E, channel->at);
    emit_put(E, ", ");
    put_bounds(E, c->replicators);
    emit_put(E, ", ");
    emit_length(E, array);
    emit_put(E, ", \"%s\");\n", array->symbol->name);
    emit_indent(E);
    emit_put(E, "csp_guards_stand(&%s, %d, ", part(op), c->which);
    emit_ends(E, array);
    emit_put(E, ", ");
    put_bounds(E, c->replicators);
    put_message(E, c->message);
    emit_put(E, ");\n");
}

static void put_guards(struct emitter *E, const struct op *op)
{
    if (op->has_replicas) {
        emit_line(E, "{");
        E->indent++;
        put_memory(E, op);
        emit_line(E, "%s *replica = %s.replicas;", replica_type(E, op), part(op));
    }
    put_looks(E, op);
    if (op->standing)
        put_standing_begin(E, op);
    else
        emit_line(E, "csp_alt_begin(&%s.alt, self, %s.guards);", part(op), part(op));
    for (const struct choice *c = op->choices; c; c = c->next)
        if (op->standing && c->may_stand)
            put_standing(E, op, c);
        else
            put_choice(E, op, c);
    if (op->has_replicas) {
        E->indent--;
        emit_line(E, "}");
    }
}

static void put_select(struct emitter *E, const struct op *op)
{
    emit_indent(E);
    emit_put(E, op->fair ? "if (!CSP_ASK(csp_alt_select(S, &%s.alt, &" : "if (!CSP_ASK(csp_alt_select_pri(S, &%s.alt", part(op));
    if (op->fair)
        emit_slot(E, op->fair);
    emit_put(E, ", ");
    emit_place(E, op->at);
    emit_put(E, ")))\n");
    emit_line(E, "    CSP_WAIT(%d);", op->point->number);
}

/* The counters of the guard that was taken. A record holds those of all guards; only its own are of interest. */
static void put_taken_counters(struct emitter *E, const struct op *op)
{
    const struct slot *counter = op->standing ? standing_choice(op)->replicators->counter->lowered : NULL;
    if (counter && !counter->is_dropped) {
        emit_indent(E);
        emit_slot(E, counter);
        emit_put(E, " = (%s)csp_standing_counter(&%s);\n", emit_type(counter->type), part(op));
    }
    if (!op->has_replicas)
        return;
    emit_line(E, "{");
    E->indent++;
    emit_line(E, "const %s *replica = &%s.replicas[%s.alt.taken];", replica_type(E, op), part(op), part(op));
    for (const struct choice *c = op->choices; c; c = c->next)
        for (const struct replicator *r = c->replicators; r; r = r->next) {
            const struct slot *counter = r->counter->lowered;
            emit_indent(E);
            emit_slot(E, counter);
            emit_put(E, " = replica->%s;\n", counter->name);
        }
    E->indent--;
    emit_line(E, "}");
}

static void put_bodies(struct emitter *E, const struct op *op)
{
    if (is_pooled(op))
        emit_line(E, "switch (which) {");
    else
        emit_line(E, "switch (csp_alt_which(&%s.alt)) {", part(op));
    for (const struct choice *c = op->choices; c; c = c->next) {
        emit_line(E, "case %d: // %s", c->which, emit_source_text(c->at));
        E->indent++;
        emit_ops(E, c->body);
        emit_line(E, "break;");
        E->indent--;
    }
    emit_line(E, "}");
}

void emit_alt(struct emitter *E, const struct op *op)
{
    E->uses_frame = true;
    emit_comment(E, op->statement);
    put_guards(E, op);
    put_select(E, op);
    emit_label(E, &op->point->label);
    put_taken_counters(E, op);
    if (is_pooled(op))
        emit_line(E, "which = csp_alt_which(&%s.alt);", part(op));
    put_give_back(E, op);
    emit_poison_check(E, op);
    put_bodies(E, op);
}
