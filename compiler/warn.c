/* warn: what is allowed but hardly meant (language.md § 10): variables and channels that nothing uses, channels that are
 * only read or only written, or both by one sequential process, and statements that nothing comes to. Called by main.
 *
 * One walk notes what is done with each channel, wherever it is known; what is passed on counts by the direction of the end
 * that arrives. Who waits on a channel that nobody serves may still be freed by whoever closes or poisons it, which is
 * followed through parameters; so channels are judged when all is known. */
#include "warn.h"

#include "arena.h"
#include "check.h"
#include "diag.h"
#include "type.h"

enum { RECEIVED = 1, SENT = 2, ENDED = 4 };

/* A parameter that an end is passed to. */
struct passing {
    struct channel_uses *to;
    struct passing *next;
};

/* Of a channel; of a parameter that is an end only whether it may be closed or poisoned. */
struct channel_uses {
    unsigned kinds;
    struct passing *passings;
    const struct symbol *asked_for; /* the last channel for which may_end came here */
    bool is_shared;             /* not by plain statements of one sequential process alone */
    struct region *region;      /* … which is this one */
    int copies;                 /* how many par fors stand around the declaration */
    struct where received_at, sent_at;
};

struct walk {
    struct region *region;
    int copies;                 /* par fors around this place */
    struct channel_list *channels;
};

struct channel_list {
    const struct symbol *channel;
    const struct diag_context *context;
    struct channel_list *next;
};

static void walk_expr(struct walk *walk, const struct expr *expr);
static void walk_stmt(struct walk *walk, const struct stmt *stmt);

/* ---- uses of channels ---- */

static bool is_end(const struct symbol *symbol)
{
    enum type_kind kind = type_innermost(symbol->type)->kind;
    return symbol->kind == SYMBOL_CHANNEL || (symbol->kind == SYMBOL_PARAMETER && (kind == TYPE_IN || kind == TYPE_OUT));
}

/* The channel that an expression names, or the parameter that is an end. */
static struct symbol *channel_of(const struct expr *expr)
{
    while (expr->kind == EXPR_INDEX || (expr->kind == EXPR_CONVERT && expr->left))
        expr = expr->left;
    return expr->kind == EXPR_NAME && expr->symbol && is_end(expr->symbol) ? expr->symbol : NULL;
}

static struct channel_uses *uses_of(struct symbol *symbol)
{
    if (!symbol->uses)
        symbol->uses = NEW(struct channel_uses);
    return symbol->uses;
}

static void walk_indices(struct walk *walk, const struct expr *expr)
{
    for (; expr->kind == EXPR_INDEX || expr->kind == EXPR_CONVERT; expr = expr->left)
        walk_expr(walk, expr->right);
}

static void note(const struct walk *walk, const struct expr *expr, unsigned kind, bool is_plain)
{
    struct channel_uses *uses = uses_of(channel_of(expr));
    bool is_first = uses->kinds == 0;
    if (is_first)
        uses->region = walk->region;
    if (kind & RECEIVED && !(uses->kinds & RECEIVED))
        uses->received_at = expr->at;
    if (kind & SENT && !(uses->kinds & SENT))
        uses->sent_at = expr->at;
    uses->is_shared = uses->is_shared || !is_plain || uses->region != walk->region || walk->copies > uses->copies;
    uses->kinds |= kind;
}

/* An end that something is done with. */
static void walk_end(struct walk *walk, const struct expr *end, unsigned kind, bool is_plain)
{
    walk_indices(walk, end);
    if (channel_of(end))
        note(walk, end, kind, is_plain);
    else
        walk_expr(walk, end);
}

/* What becomes of a channel whose end is kept or passed on as that type. */
static unsigned kind_for(const struct type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->of;
    return type->kind == TYPE_IN ? RECEIVED : type->kind == TYPE_OUT ? SENT : RECEIVED | SENT;
}

/* ---- expressions ---- */

static void walk_list(struct walk *walk, const struct expr *list)
{
    for (; list; list = list->next)
        walk_expr(walk, list);
}

static bool is_len(const struct symbol *called)
{
    return called->kind == SYMBOL_BUILTIN && called->builtin == BUILTIN_LEN;
}

static void pass(const struct expr *argument, struct symbol *parameter)
{
    struct channel_uses *uses = uses_of(channel_of(argument));
    struct passing *passing = NEW(struct passing);
    *passing = (struct passing){uses_of(parameter), uses->passings};
    uses->passings = passing;
}

/* An argument is an end of the parameter's direction; len(c) is no use at all. */
static void walk_call(struct walk *walk, const struct expr *call)
{
    const struct symbol *called = call->left->symbol;
    struct symbol *parameter = called && called->declaration ? called->declaration->parameters : NULL;
    for (const struct expr *argument = call->arguments; argument; argument = argument->next) {
        if (!channel_of(argument)) {
            walk_expr(walk, argument);
        } else if (parameter) {
            walk_end(walk, argument, kind_for(parameter->type), false);
            pass(argument, parameter);
        } else if (called && is_len(called)) {
            walk_indices(walk, argument);
        }
        parameter = parameter ? parameter->next : NULL;
    }
}

static void walk_expr(struct walk *walk, const struct expr *expr)
{
    if (!expr)
        return;
    if (expr->kind == EXPR_CALL) {
        walk_call(walk, expr);
    } else if (channel_of(expr)) {
        walk_end(walk, expr, kind_for(expr->type) | ENDED, false); /* it is kept, and may come anywhere */
    } else {
        walk_expr(walk, expr->left);
        walk_expr(walk, expr->middle);
        walk_expr(walk, expr->right);
        walk_list(walk, expr->arguments);
    }
}

/* ---- what was declared ---- */

/* Whether somebody may close or poison it. */
static bool may_end(const struct symbol *channel, struct channel_uses *uses)
{
    bool ends = uses->kinds & ENDED;
    if (uses->asked_for == channel)
        return false;
    uses->asked_for = channel;
    for (const struct passing *passing = uses->passings; passing && !ends; passing = passing->next)
        ends = may_end(channel, passing->to);
    return ends;
}

static void judge_channel(const struct symbol *channel)
{
    struct channel_uses *uses = channel->uses;
    const char *name = channel->name;
    unsigned both = RECEIVED | SENT;
    bool has_buffer = type_innermost(channel->type)->buffer > 0;
    if (uses->kinds == 0) {
        diag_warning(WARNING_UNUSED, channel->at, "the channel %s is never used", name);
    } else if (uses->kinds == RECEIVED && !may_end(channel, uses)) {
        diag_warning(WARNING_ONE_SIDED, channel->at, "nothing is ever sent on %s", name);
        diag_note(uses->received_at, "here it is received from");
    } else if (uses->kinds == SENT && !may_end(channel, uses)) {
        diag_warning(WARNING_ONE_SIDED, channel->at, "nothing is ever received from %s", name);
        diag_note(uses->sent_at, "here it is sent on");
    } else if ((uses->kinds & both) == both && !uses->is_shared && !has_buffer) {
        diag_warning(WARNING_ALONE, uses->received_at, "%s is read and written by one sequential process alone, "
                     "which waits for itself for ever", name);
        diag_note(uses->sent_at, "here it is sent on");
    }
}

static void judge(const struct symbol *symbol)
{
    bool is_used = symbol->is_read || symbol->is_set || symbol->is_measured;
    if (symbol->kind == SYMBOL_BARRIER && !symbol->is_read)
        diag_warning(WARNING_UNUSED, symbol->at, "the barrier %s is never used", symbol->name);
    else if (symbol->kind == SYMBOL_VARIABLE && !is_used)
        diag_warning(WARNING_UNUSED, symbol->at, "the variable %s is never used", symbol->name);
}

static void declare(struct walk *walk, struct symbol *symbol)
{
    if (symbol->kind != SYMBOL_CHANNEL)
        return;
    uses_of(symbol)->copies = walk->copies;
    struct channel_list *item = NEW(struct channel_list);
    *item = (struct channel_list){symbol, walk->region->declaration->context, walk->channels};
    walk->channels = item;
}

static bool declares(const struct stmt *stmt)
{
    return stmt->kind == STMT_DECLARE || stmt->kind == STMT_CHANNEL || stmt->kind == STMT_BARRIER;
}

/* ---- statements ---- */

static void walk_sequence(struct walk *walk, const struct stmt *first)
{
    bool is_reached = true;
    for (const struct stmt *stmt = first; stmt; stmt = stmt->next) {
        walk_stmt(walk, stmt);
        if (is_reached && stmt->next && !check_comes_through(stmt)) {
            diag_warning(WARNING_UNREACHABLE, stmt->next->at, "this is never reached");
            diag_note(stmt->keyword_at, "nothing comes through here");
            is_reached = false;
        }
    }
    for (const struct stmt *stmt = first; stmt; stmt = stmt->next)
        for (const struct symbol *symbol = declares(stmt) ? stmt->symbols : NULL; symbol; symbol = symbol->next)
            judge(symbol);
}

static void walk_arms(struct walk *walk, const struct arm *arms)
{
    for (; arms; arms = arms->next)
        walk_stmt(walk, arms->body);
}

static void walk_guard(struct walk *walk, const struct guard *guard)
{
    for (const struct replicator *r = guard->replicators; r; r = r->next) {
        walk_expr(walk, r->left);
        walk_expr(walk, r->right);
    }
    walk_expr(walk, guard->when);
    if (guard->kind == GUARD_SEND || guard->kind == GUARD_RECEIVE)
        walk_end(walk, guard->left, guard->kind == GUARD_SEND ? SENT : RECEIVED, false);
    else if (guard->kind == GUARD_ENDED)
        walk_end(walk, guard->left, RECEIVED | SENT, false);
    else
        walk_expr(walk, guard->left);
    walk_expr(walk, guard->right);
    walk_arms(walk, guard->arms);
    walk_stmt(walk, guard->body);
}

/* The statements that hold others, after their own expressions. */
static void walk_parts(struct walk *walk, const struct stmt *stmt)
{
    switch (stmt->kind) {
    case STMT_BLOCK:
        walk_sequence(walk, stmt->body);
        break;
    case STMT_PAR:
        for (const struct stmt *branch = stmt->body; branch; branch = branch->next)
            walk_stmt(walk, branch);
        break;
    case STMT_PAR_FOR:
        walk->copies++;
        walk_stmt(walk, stmt->body);
        walk->copies--;
        break;
    case STMT_ALT:
        for (const struct guard *guard = stmt->guards; guard; guard = guard->next)
            walk_guard(walk, guard);
        break;
    default:
        walk_arms(walk, stmt->arms);
        if (stmt->body)
            walk_sequence(walk, stmt->body);
        walk_stmt(walk, stmt->otherwise);
    }
}

static void walk_own(struct walk *walk, const struct stmt *stmt)
{
    switch (stmt->kind) {
    case STMT_SEND:
        walk_end(walk, stmt->left, SENT, true);
        break;
    case STMT_RECEIVE: case STMT_FOR_EACH:
        walk_end(walk, stmt->left, RECEIVED, true);
        break;
    case STMT_CLOSE: case STMT_POISON:
        walk_end(walk, stmt->left, ENDED, true);
        break;
    default:
        walk_expr(walk, stmt->left);
    }
    walk_expr(walk, stmt->right);
    walk_list(walk, stmt->arguments);
}

static void walk_stmt(struct walk *walk, const struct stmt *stmt)
{
    if (!stmt)
        return;
    struct region *around = walk->region;
    walk->region = stmt->region;
    for (struct symbol *symbol = stmt->symbols; symbol; symbol = symbol->next) {
        declare(walk, symbol);
        walk_expr(walk, symbol->initial);
    }
    walk_stmt(walk, stmt->initial);
    walk_own(walk, stmt);
    walk_stmt(walk, stmt->step);
    walk_parts(walk, stmt);
    walk_stmt(walk, stmt->handler);
    walk->region = around;
}

void warn_module(struct module *module)
{
    struct walk walk = {0};
    for (const struct declaration *declaration = module->declarations; declaration; declaration = declaration->next) {
        walk.region = declaration->region;
        diag_set_context(declaration->context);
        walk_stmt(&walk, declaration->body);
    }
    for (const struct channel_list *item = walk.channels; item; item = item->next) {
        diag_set_context(item->context);
        judge_channel(item->channel);
    }
    diag_set_context(NULL);
}
