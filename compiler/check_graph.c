/* check_graph: who calls whom. Finds which functions have effects that can be seen, what may come to call itself, and
 * what main ever runs. Called by check.c when all bodies are known.
 *
 * One pass of Tarjan's algorithm gives the circles of calls, callees before callers, so that effects are known below
 * before they are asked for above. It keeps its own stack: chains of calls may be long. */
#include "check_private.h"

#include "arena.h"

struct call {
    struct call_node *callee;
    struct call *next;
};

/* A function or process. */
struct call_node {
    struct declaration *declaration;
    struct call *calls;
    int number;               /* in the order of being found; 0: not yet */
    int lowest;               /* the lowest number that its circle is known to reach */
    bool is_open;             /* found, and its circle not yet complete */
    struct call *rest;        /* calls that have not been followed */
    struct call_node *caller; /* from where it was found: the stack of the walk */
    struct call_node *below;  /* the stack of open ones */
};

struct walk {
    struct call_node *open;
    int count;
};

static struct call_node *node_of(struct declaration *declaration)
{
    if (!declaration->calls) {
        declaration->calls = NEW(struct call_node);
        declaration->calls->declaration = declaration;
    }
    return declaration->calls;
}

void check_graph_call(struct declaration *caller, struct declaration *callee)
{
    if (!caller)
        return;
    struct call *call = NEW(struct call);
    struct call_node *node = node_of(caller);
    call->callee = node_of(callee);
    call->next = node->calls;
    node->calls = call;
}

/* ---- circles ---- */

static void open_node(struct walk *walk, struct call_node *node, struct call_node *caller)
{
    node->number = node->lowest = ++walk->count;
    node->is_open = true;
    node->rest = node->calls;
    node->caller = caller;
    node->below = walk->open;
    walk->open = node;
}

static bool calls_impure(const struct call_node *node)
{
    for (const struct call *call = node->calls; call; call = call->next)
        if (call->callee->declaration->is_impure)
            return true;
    return node->declaration->is_impure;
}

static bool calls_itself(const struct call_node *node)
{
    for (const struct call *call = node->calls; call; call = call->next)
        if (call->callee == node)
            return true;
    return false;
}

/* The nodes above `first`, and it, are a circle of calls; what one of them does, each may do. */
static void close_circle(struct walk *walk, struct call_node *first)
{
    bool is_impure = false, is_circle = walk->open != first || calls_itself(first);
    for (struct call_node *node = walk->open; node != first->below; node = node->below)
        is_impure = is_impure || calls_impure(node);
    while (walk->open != first->below) {
        struct call_node *node = walk->open;
        walk->open = node->below;
        node->is_open = false;
        node->declaration->is_impure = is_impure;
        node->declaration->is_recursive = is_circle;
    }
}

static void reach(struct call_node *node, int lowest)
{
    if (lowest < node->lowest)
        node->lowest = lowest;
}

static void walk_from(struct walk *walk, struct call_node *node)
{
    open_node(walk, node, NULL);
    while (node) {
        struct call *call = node->rest;
        if (call) {
            node->rest = call->next;
            if (!call->callee->number) {
                open_node(walk, call->callee, node);
                node = call->callee;
            } else if (call->callee->is_open) {
                reach(node, call->callee->number);
            }
            continue;
        }
        if (node->lowest == node->number)
            close_circle(walk, node);
        if (node->caller)
            reach(node->caller, node->lowest);
        node = node->caller;
    }
}

/* ---- what main runs ---- */

static struct call_node *push(struct call_node *stack, struct declaration *declaration)
{
    if (declaration->is_reachable)
        return stack;
    declaration->is_reachable = true;
    struct call_node *node = node_of(declaration);
    node->below = stack;
    return node;
}

static void reach_from(struct declaration *main)
{
    struct call_node *stack = push(NULL, main);
    while (stack) {
        struct call_node *node = stack;
        stack = node->below;
        for (struct call *call = node->calls; call; call = call->next)
            stack = push(stack, call->callee->declaration);
    }
}

static bool is_callable(const struct declaration *declaration)
{
    return declaration->kind == DECLARATION_FUNCTION || declaration->kind == DECLARATION_PROCESS;
}

void check_graph_finish(struct module *module)
{
    struct walk walk = {0};
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next) {
        if (!is_callable(declaration))
            continue;
        if (!node_of(declaration)->number)
            walk_from(&walk, declaration->calls);
        if (!module->main)
            declaration->is_reachable = true;
    }
    if (module->main)
        reach_from(module->main->declaration);
}
