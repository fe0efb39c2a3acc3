/* lower_wait: sending, receiving, calling a process, sleeping: statements with one resume point each.
 *
 * A message lies in the frame while its process waits: in the variable itself where that is a plain one of this frame,
 * else in a member of the frame's union `at`, from which it is copied on. Called by lower_stmt.c. */
#include "lower_private.h"

static const char *const point_labels[] = {
    [POINT_SEND] = "sent", [POINT_RECEIVE] = "received", [POINT_ALT] = "chosen", [POINT_CALL] = "called",
    [POINT_PAR] = "joined", [POINT_TIME] = "awake", [POINT_YIELD] = "yielded", [POINT_STOP] = "stopped",
    [POINT_SYNC] = "synced", [POINT_JOIN] = "all_joined", [POINT_BLOCKING] = "returned"};

struct point *lower_point(struct lowering *L, enum point_kind kind)
{
    struct point *point = NEW(struct point);
    point->number = ++L->machine->point_count;
    point->kind = kind;
    point->label.name = arena_printf("%s_%d", point_labels[kind], point->number);
    point->label.is_used = true;
    point->at = L->statement;
    *L->last_point = point;
    L->last_point = &point->next;
    return point;
}

struct op *lower_wait(struct lowering *L, enum op_kind op_kind, enum point_kind kind)
{
    struct point *point = lower_point(L, kind);
    struct op *op = lower_op(L, op_kind);
    op->point = point;
    point->op = op;
    op->poisoned = L->poisoned ? L->poisoned : &L->machine->end;
    return op;
}

/* A member of the union `at`, which is free while its process waits for nothing else. NULL for void. */
struct slot *lower_message(struct lowering *L, const char *member, struct type *type)
{
    if (type->kind == TYPE_VOID)
        return NULL;
    struct slot *slot = NEW(struct slot);
    slot->name = arena_printf("at.%s", member);
    slot->type = type;
    slot->machine = L->machine;
    slot->in_frame = true;
    slot->index = -1;
    return slot;
}

void lower_send(struct lowering *L, struct stmt *s)
{
    struct expr *operands[] = {s->left, s->right};
    lower_operands(L, operands, 2);
    struct op *op = lower_wait(L, OP_SEND, POINT_SEND);
    op->poisoned->is_used = true;
    op->at = s->keyword_at;
    op->channel = operands[0];
    op->value = operands[1];
    op->message = lower_message(L, op->point->label.name, op->channel->type->of);
}

/* The variable of this frame that a message can go straight into; NULL where there is none. Declares a new one. */
struct slot *lower_target(struct lowering *L, enum target_kind kind, struct expr *place, struct symbol *declared)
{
    struct slot *slot = NULL;
    if (kind == TARGET_DECLARE)
        slot = slot_for(L->machine, declared);
    else if (kind == TARGET_PLACE && place->kind == EXPR_NAME)
        slot = place->symbol->lowered;
    if (!slot || slot->machine != L->machine || slot->kind != SLOT_VALUE)
        return NULL;
    slot->in_frame = true;
    return slot;
}

void lower_received(struct lowering *L, struct expr *place, struct slot *message)
{
    struct expr *value = slot_expr(message, place->at);
    /* What has to happen before the place is known may wait, and needs the union for itself. */
    if (effects_seen(place))
        value = lower_kept_value(L, value);
    lower_set(L, lower_place(L, place), value);
}

void lower_receive(struct lowering *L, struct stmt *s)
{
    if (s->is_extended) {
        lower_extended(L, s);
        return;
    }
    struct expr *channel = lower_expr(L, s->left);
    struct op *op = lower_wait(L, OP_RECEIVE, POINT_RECEIVE);
    op->poisoned->is_used = true;
    op->at = s->keyword_at;
    op->channel = channel;
    op->message = lower_target(L, s->target, s->right, s->symbols);
    if (op->message)
        return;
    op->message = lower_message(L, op->point->label.name, channel->type->of);
    if (s->target == TARGET_SHAPES)
        lower_shapes(L, slot_expr(op->message, s->at), s->arms);
    if (s->target == TARGET_PLACE)
        lower_received(L, s->right, op->message);
}

/* `for (x : c) S`: a loop around a receive that ends quietly. */
void lower_for_each(struct lowering *L, struct stmt *s)
{
    struct expr *channel = lower_fixed(L, s->left, "from");
    struct op *op = lower_op(L, OP_LOOP);
    struct loop loop = {L->loop, op, L->scope, L->switches};
    struct op **after = L->tail;
    L->loop = &loop;
    L->tail = &op->body;
    struct op *receive = lower_wait(L, OP_RECEIVE, POINT_RECEIVE);
    receive->poisoned = NULL;
    receive->at = s->keyword_at;
    receive->channel = channel;
    if (s->symbols)
        receive->message = lower_target(L, TARGET_DECLARE, NULL, s->symbols);
    else
        receive->message = lower_message(L, receive->point->label.name, channel->type->of);
    lower_stmt(L, s->body);
    L->loop = loop.outer;
    L->tail = after;
}

struct argument *lower_child_arguments(struct lowering *L, struct machine *callee, struct expr *call)
{
    struct argument *first = NULL, **end = &first;
    struct slot *slot = callee->slots;
    for (struct expr *value = lower_call_arguments(L, call); value; value = value->next) {
        struct argument *argument = NEW(struct argument);
        /* Of an array the callee has the address. */
        struct expr *kept = value->type->kind == TYPE_ARRAY ? lower_kept(L, value) : value;
        *argument = (struct argument){slot, kept, NULL};
        *end = argument;
        end = &argument->next;
        slot = slot->next;
    }
    return first;
}

/* Whether a frame of the callee cannot lie in one of the caller's: it might contain itself. */
bool lower_is_pooled(const struct lowering *L, const struct machine *callee)
{
    return callee->declaration->is_recursive && L->machine->declaration->is_recursive;
}

void lower_call(struct lowering *L, struct expr *call)
{
    struct machine *callee = call->left->symbol->lowered;
    struct argument *arguments = lower_child_arguments(L, callee, call);
    struct op *op = lower_wait(L, OP_RUN, POINT_CALL);
    op->poisoned->is_used = true;
    struct child *child = NEW(struct child);
    *child = (struct child){.machine = callee, .count = 1, .is_part = true, .arguments = arguments};
    child->field = arena_printf("at.%s", op->point->label.name);
    child->is_pooled = lower_is_pooled(L, callee);
    op->point->children = child;
}

void lower_sleep(struct lowering *L, struct stmt *s)
{
    struct expr *value = lower_expr(L, s->left);
    struct op *op = lower_wait(L, OP_SLEEP, POINT_TIME);
    op->value = value;
    op->is_instant = s->kind == STMT_AT;
}
