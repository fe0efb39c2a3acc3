/* mobile: follows ends from channels through parameters to where they are kept. Called by main.
 *
 * One walk over all bodies finds what is kept at once, and who is given to which parameter. Then two marks spread along
 * these gifts: that something is kept, from parameters back to what they were given; that an end may outlive its channel,
 * from what is given on to the parameters. */
#include "mobile.h"

#include "arena.h"
#include "type.h"

/* An argument's root that is given to a parameter; listed at both. */
struct gift {
    struct symbol *from, *to;
    struct gift *next_from, *next_to; /* the next of the same giver, of the same taker */
};

/* Where the ends of a symbol come from and go. */
struct travels {
    struct gift *given_to, *given_from; /* the parameters that it is given to as an argument, and what this one is given */
    struct symbol *next_escaping, *next_mobile; /* in the stacks of walk: it may stand in both */
};

struct walk {
    struct symbol *escaping, *mobile; /* stacks of what has been marked and not yet followed */
};

static void keep(struct walk *walk, struct expr *e);
static void walk_stmt(struct walk *walk, struct stmt *stmt);

static struct travels *travels_of(struct symbol *symbol)
{
    if (!symbol->travels)
        symbol->travels = NEW(struct travels);
    return symbol->travels;
}

/* ---- marks ---- */

static void mark_escaping(struct walk *walk, struct symbol *symbol)
{
    if (symbol->escapes)
        return;
    symbol->escapes = true;
    travels_of(symbol)->next_escaping = walk->escaping;
    walk->escaping = symbol;
}

static void mark_mobile(struct walk *walk, struct symbol *symbol)
{
    if (symbol->is_mobile)
        return;
    symbol->is_mobile = true;
    travels_of(symbol)->next_mobile = walk->mobile;
    walk->mobile = symbol;
}

static void give(struct symbol *from, struct symbol *to)
{
    struct gift *gift = NEW(struct gift);
    *gift = (struct gift){from, to, travels_of(from)->given_to, travels_of(to)->given_from};
    travels_of(from)->given_to = gift;
    travels_of(to)->given_from = gift;
}

/* ---- ends in expressions ---- */

static bool is_end(const struct type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->of;
    return type->kind == TYPE_IN || type->kind == TYPE_OUT || type->kind == TYPE_CHANNEL || type->kind == TYPE_BARRIER;
}

/* The channel, barrier or parameter of ends that an end is taken from; NULL: it comes out of a variable. */
static struct symbol *root_of(const struct expr *e)
{
    while (e->kind == EXPR_INDEX || (e->kind == EXPR_CONVERT && is_end(e->type)))
        e = e->left;
    struct symbol *symbol = e->kind == EXPR_NAME ? e->symbol : NULL;
    bool is_source = symbol && (symbol->kind == SYMBOL_CHANNEL || symbol->kind == SYMBOL_BARRIER ||
                                (symbol->kind == SYMBOL_PARAMETER && !symbol->is_ref && is_end(symbol->type)));
    return is_source ? symbol : NULL;
}

/* An end that is only used here: what is evaluated to find it. */
static void use(struct walk *walk, struct expr *e)
{
    for (; e; e = e->left) {
        if (e->kind == EXPR_INDEX)
            keep(walk, e->right);
        if (e->kind != EXPR_INDEX && e->kind != EXPR_FIELD && e->kind != EXPR_CONVERT) {
            if (e->kind != EXPR_NAME)
                keep(walk, e);
            return;
        }
    }
}

static void keep_list(struct walk *walk, struct expr *list)
{
    for (; list; list = list->next)
        keep(walk, list);
}

static void give_argument(struct walk *walk, struct expr *argument, struct symbol *parameter)
{
    struct symbol *root = root_of(argument);
    if (root) {
        give(root, parameter);
        use(walk, argument);
        return;
    }
    if (parameter->type->kind != TYPE_BARRIER)
        mark_mobile(walk, parameter);
    keep(walk, argument);
}

static void walk_call(struct walk *walk, struct expr *call, bool is_spawn)
{
    const struct symbol *callee = call->left->symbol;
    struct symbol *parameter = callee && callee->declaration ? callee->declaration->parameters : NULL;
    if (callee && callee->builtin == BUILTIN_LEN) {
        use(walk, call->arguments);
        return;
    }
    for (struct expr *a = call->arguments; a; a = a->next, parameter = parameter ? parameter->next : NULL) {
        if (!parameter || !is_end(parameter->type) || parameter->is_ref) {
            keep(walk, a);
            continue;
        }
        if (is_spawn && root_of(a))
            mark_escaping(walk, root_of(a));
        if (is_spawn && parameter->type->kind != TYPE_BARRIER)
            mark_mobile(walk, parameter);
        give_argument(walk, a, parameter);
    }
}

/* A place, or a channel as one of its ends; not what is made of several, like a list. */
static bool is_single(const struct expr *e)
{
    return e->kind == EXPR_NAME || e->kind == EXPR_INDEX || e->kind == EXPR_FIELD || e->kind == EXPR_CONVERT;
}

static bool compares_ends(const struct expr *e)
{
    return e->kind == EXPR_BINARY && is_end(e->left->type);
}

/* A value that is kept somewhere: ends in it may outlive their channels. */
static void keep(struct walk *walk, struct expr *e)
{
    if (!e || e->value)
        return;
    if (e->type && is_end(e->type) && is_single(e)) {
        if (root_of(e))
            mark_escaping(walk, root_of(e));
        use(walk, e);
    } else if (compares_ends(e)) {
        use(walk, e->left);
        use(walk, e->right);
    } else if (e->kind == EXPR_CALL) {
        walk_call(walk, e, false);
    } else {
        keep(walk, e->kind == EXPR_STRUCT ? NULL : e->left);
        keep(walk, e->middle);
        keep(walk, e->right);
        keep_list(walk, e->arguments);
    }
}

/* ---- statements ---- */

static void keep_symbols(struct walk *walk, struct symbol *list)
{
    for (; list; list = list->next) {
        if (list->is_ref || list->is_set)
            mark_mobile(walk, list);
        keep(walk, list->initial);
    }
}

static void walk_arms(struct walk *walk, struct arm *arms)
{
    for (; arms; arms = arms->next)
        walk_stmt(walk, arms->body);
}

static void walk_guards(struct walk *walk, struct guard *guard)
{
    for (; guard; guard = guard->next) {
        for (struct replicator *r = guard->replicators; r; r = r->next) {
            keep(walk, r->left);
            keep(walk, r->right);
        }
        keep(walk, guard->when);
        use(walk, guard->left);
        keep(walk, guard->right);
        walk_arms(walk, guard->arms);
        walk_stmt(walk, guard->body);
    }
}

static void walk_left(struct walk *walk, const struct stmt *stmt)
{
    switch (stmt->kind) {
    case STMT_SEND: case STMT_RECEIVE: case STMT_CLOSE: case STMT_POISON: case STMT_FOR_EACH: case STMT_SYNC:
    case STMT_ASSIGN:
        use(walk, stmt->left);
        break;
    case STMT_SPAWN:
        walk_call(walk, stmt->left, true);
        break;
    default:
        keep(walk, stmt->left);
        break;
    }
}

static void walk_stmt(struct walk *walk, struct stmt *stmt)
{
    for (; stmt; stmt = stmt->next) {
        keep_symbols(walk, stmt->symbols);
        walk_stmt(walk, stmt->initial);
        if (stmt->left)
            walk_left(walk, stmt);
        keep(walk, stmt->right);
        keep_list(walk, stmt->arguments);
        walk_stmt(walk, stmt->step);
        walk_arms(walk, stmt->arms);
        walk_guards(walk, stmt->guards);
        walk_stmt(walk, stmt->body);
        walk_stmt(walk, stmt->otherwise);
        walk_stmt(walk, stmt->handler);
    }
}

/* ---- spreading ---- */

static void spread_escaping(struct walk *walk)
{
    while (walk->escaping) {
        struct symbol *symbol = walk->escaping;
        walk->escaping = travels_of(symbol)->next_escaping;
        for (const struct gift *gift = travels_of(symbol)->given_from; gift; gift = gift->next_to)
            mark_escaping(walk, gift->from);
        if (symbol->kind == SYMBOL_CHANNEL)
            for (const struct gift *gift = travels_of(symbol)->given_to; gift; gift = gift->next_from)
                mark_mobile(walk, gift->to);
    }
}

static void spread_mobile(struct walk *walk)
{
    while (walk->mobile) {
        struct symbol *symbol = walk->mobile;
        walk->mobile = travels_of(symbol)->next_mobile;
        for (const struct gift *gift = travels_of(symbol)->given_to; gift; gift = gift->next_from)
            if (gift->to->type->kind != TYPE_BARRIER)
                mark_mobile(walk, gift->to);
    }
}

void mobile_module(struct module *module)
{
    struct walk walk = {NULL, NULL};
    for (struct declaration *d = module->declarations; d; d = d->next)
        if (d->body && d->is_reachable) {
            keep_symbols(&walk, d->parameters);
            walk_stmt(&walk, d->body);
        }
    spread_escaping(&walk);
    spread_mobile(&walk);
}
