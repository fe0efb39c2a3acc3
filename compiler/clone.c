/* clone: a second copy of a function or process as it was written. Called by check_generic.c.
 *
 * Lists are walked, so that only nesting costs stack, which the parser bounds. What a name stands for is not carried
 * over: the copy is resolved anew, so that its locals are its own. */
#include "clone.h"

#include "arena.h"

#include <string.h>

static struct expr *clone_exprs(const struct expr *list);
static struct stmt *clone_stmts(const struct stmt *list);

/* A copy of one node of the arena. */
#define COPY(node) copy_node(node, sizeof *(node))

static void *copy_node(const void *node, size_t size)
{
    return memcpy(arena_alloc(size), node, size);
}

static struct type_name *clone_type(const struct type_name *type)
{
    if (!type)
        return NULL;
    struct type_name *copy = COPY(type);
    copy->symbol = NULL;
    copy->of = clone_type(type->of);
    return copy;
}

static struct symbol *clone_symbols(const struct symbol *list)
{
    struct symbol *first = NULL, **end = &first;
    for (; list; list = list->next, end = &(*end)->next) {
        *end = NEW(struct symbol);
        **end = (struct symbol){.kind = list->kind, .name = list->name, .at = list->at, .is_ref = list->is_ref,
                                .number = list->number};
        (*end)->type_name = clone_type(list->type_name);
        (*end)->dimensions = clone_exprs(list->dimensions);
        (*end)->initial = clone_exprs(list->initial);
    }
    return first;
}

static struct expr *clone_exprs(const struct expr *list)
{
    struct expr *first = NULL, **end = &first;
    for (; list; list = list->next, end = &(*end)->next) {
        struct expr *copy = *end = COPY(list);
        copy->symbol = NULL;
        copy->left = clone_exprs(list->left);
        copy->middle = clone_exprs(list->middle);
        copy->right = clone_exprs(list->right);
        copy->arguments = clone_exprs(list->arguments);
        if (list->item)
            copy->item = COPY(list->item);
        if (list->kind == EXPR_CONVERT)
            copy->type_name = clone_type(list->type_name);
    }
    return first;
}

static struct arm *clone_arms(const struct arm *list)
{
    struct arm *first = NULL, **end = &first;
    for (; list; list = list->next, end = &(*end)->next) {
        *end = COPY(list);
        (*end)->patterns = clone_exprs(list->patterns);
        (*end)->body = clone_stmts(list->body);
    }
    return first;
}

static struct replicator *clone_replicators(const struct replicator *list)
{
    struct replicator *first = NULL, **end = &first;
    for (; list; list = list->next, end = &(*end)->next) {
        *end = COPY(list);
        (*end)->counter = clone_symbols(list->counter);
        (*end)->left = clone_exprs(list->left);
        (*end)->right = clone_exprs(list->right);
    }
    return first;
}

static struct guard *clone_guards(const struct guard *list)
{
    struct guard *first = NULL, **end = &first;
    for (; list; list = list->next, end = &(*end)->next) {
        struct guard *copy = *end = COPY(list);
        copy->replicators = clone_replicators(list->replicators);
        copy->when = clone_exprs(list->when);
        copy->left = clone_exprs(list->left);
        copy->right = clone_exprs(list->right);
        copy->symbols = clone_symbols(list->symbols);
        copy->arms = clone_arms(list->arms);
        copy->body = clone_stmts(list->body);
    }
    return first;
}

static struct stmt *clone_stmts(const struct stmt *list)
{
    struct stmt *first = NULL, **end = &first;
    for (; list; list = list->next, end = &(*end)->next) {
        struct stmt *copy = *end = COPY(list);
        copy->body = clone_stmts(list->body);
        copy->otherwise = clone_stmts(list->otherwise);
        copy->handler = clone_stmts(list->handler);
        copy->initial = clone_stmts(list->initial);
        copy->step = clone_stmts(list->step);
        copy->left = clone_exprs(list->left);
        copy->right = clone_exprs(list->right);
        copy->arguments = clone_exprs(list->arguments);
        copy->symbols = clone_symbols(list->symbols);
        copy->arms = clone_arms(list->arms);
        copy->guards = clone_guards(list->guards);
        copy->region = NULL;
    }
    return first;
}

struct declaration *clone_declaration(const struct declaration *declaration)
{
    struct declaration *copy = NEW(struct declaration);
    *copy = (struct declaration){.kind = declaration->kind, .at = declaration->at};
    copy->symbol = NEW(struct symbol);
    *copy->symbol = (struct symbol){.kind = declaration->symbol->kind, .name = declaration->symbol->name,
                                    .at = declaration->symbol->at, .declaration = copy};
    copy->result = clone_type(declaration->result);
    copy->type_parameters = clone_symbols(declaration->type_parameters);
    copy->parameters = clone_symbols(declaration->parameters);
    copy->body = clone_stmts(declaration->body);
    return copy;
}
