/* resolve_scope: which name stands for what at one place of the program. Called by resolve.c.
 *
 * All bindings lie on one stack, innermost last; the bindings of a name are linked in a hash table, so that the first
 * one found there is the one that counts. */
#ifndef RESOLVE_SCOPE_H
#define RESOLVE_SCOPE_H

#include "ast.h"

struct binding {
    struct symbol *symbol;
    int depth;                /* of the scope that it belongs to */
    struct binding *below;    /* the one declared before it, whatever its name */
    struct binding *shadowed; /* the next in its slot of the hash table */
};

struct scope {
    struct binding *top;
    struct binding **slots;   /* as many as bindings, or more */
    size_t slot_count, count;
    struct binding *spare;    /* left, to be used again; linked by below */
    int depth;
};

struct scope *scope_new(void);

/* A place to come back to: scope_leave forgets what was declared since. */
struct binding *scope_enter(struct scope *scope);
void scope_leave(struct scope *scope, struct binding *mark);

/* Forgets what was declared since the mark, but stays in the same scope. */
void scope_rewind(struct scope *scope, struct binding *mark);

/* Makes a name known. A second one of that name in the same scope is refused, and the first one stays. */
void scope_declare(struct scope *scope, struct symbol *symbol);

/* The innermost symbol of that name, or NULL. Names are interned. */
struct symbol *scope_find(const struct scope *scope, const char *name);

/* The known name that is most like the wrong one and of the wanted sort, or NULL where none is near. */
const char *scope_similar(const struct scope *scope, const char *name, bool is_type);

/* What a symbol is, in words: "a process", "a channel" … */
const char *scope_kind_text(const struct symbol *symbol);
bool scope_is_type(const struct symbol *symbol);

#endif
