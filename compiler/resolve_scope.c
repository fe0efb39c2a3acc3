/* resolve_scope: which name stands for what at one place of the program. Called by resolve.c. */
#include "resolve_scope.h"

#include "arena.h"
#include "diag.h"
#include "spelling.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 }; /* a power of two, as all after it */

struct scope *scope_new(void)
{
    struct scope *scope = NEW(struct scope);
    scope->slot_count = FIRST_SLOTS;
    scope->slots = NEW_ARRAY(struct binding *, FIRST_SLOTS);
    return scope;
}

/* Names are interned, so that the pointer is the name. */
static struct binding **slot_of(const struct scope *scope, const char *name)
{
    uint64_t hash = (uintptr_t)name * 0x9E3779B97F4A7C15u;
    return &scope->slots[(hash >> 32) & (scope->slot_count - 1)];
}

/* Each binding goes behind those that are nearer. */
static void grow(struct scope *scope)
{
    scope->slot_count *= 2;
    scope->slots = NEW_ARRAY(struct binding *, scope->slot_count);
    for (struct binding *binding = scope->top; binding; binding = binding->below) {
        struct binding **slot = slot_of(scope, binding->symbol->name);
        while (*slot)
            slot = &(*slot)->shadowed;
        binding->shadowed = NULL;
        *slot = binding;
    }
}

static struct binding *find(const struct scope *scope, const char *name)
{
    struct binding *binding = *slot_of(scope, name);
    while (binding && binding->symbol->name != name)
        binding = binding->shadowed;
    return binding;
}

struct binding *scope_enter(struct scope *scope)
{
    scope->depth++;
    return scope->top;
}

void scope_rewind(struct scope *scope, struct binding *mark)
{
    while (scope->top != mark) {
        struct binding *binding = scope->top;
        *slot_of(scope, binding->symbol->name) = binding->shadowed;
        scope->top = binding->below;
        binding->below = scope->spare;
        scope->spare = binding;
        scope->count--;
    }
}

void scope_leave(struct scope *scope, struct binding *mark)
{
    scope_rewind(scope, mark);
    scope->depth--;
}

void scope_declare(struct scope *scope, struct symbol *symbol)
{
    struct binding *other = find(scope, symbol->name);
    if (other && other->depth == scope->depth) {
        other->symbol->is_declared_twice = true;
        diag_error(symbol->at, "%s is declared twice", symbol->name);
        diag_note(other->symbol->at, "%s is already %s", symbol->name, scope_kind_text(other->symbol));
        return;
    }
    if (scope->count++ == scope->slot_count)
        grow(scope);
    struct binding **slot = slot_of(scope, symbol->name), *binding = scope->spare;
    if (binding)
        scope->spare = binding->below;
    else
        binding = APART(struct binding);
    *binding = (struct binding){.symbol = symbol, .depth = scope->depth, .below = scope->top, .shadowed = *slot};
    *slot = scope->top = binding;
}

struct symbol *scope_find(const struct scope *scope, const char *name)
{
    struct binding *binding = find(scope, name);
    return binding ? binding->symbol : NULL;
}

/* ---- suggestions ---- */

const char *scope_similar(const struct scope *scope, const char *name, bool is_type)
{
    const char *nearest = NULL;
    int limit = spelling_limit(name);
    for (struct binding *binding = scope->top; binding; binding = binding->below) {
        int far = spelling_distance(name, binding->symbol->name);
        if (far < limit && scope_is_type(binding->symbol) == is_type) {
            limit = far;
            nearest = binding->symbol->name;
        }
    }
    return nearest;
}

/* ---- kinds ---- */

bool scope_is_type(const struct symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_STRUCT: case SYMBOL_ENUM: case SYMBOL_PROTOCOL: case SYMBOL_OPAQUE: case SYMBOL_TYPE_PARAMETER:
        return true;
    default:
        return false;
    }
}

const char *scope_kind_text(const struct symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_VARIABLE: return "a variable";
    case SYMBOL_PARAMETER: return "a parameter";
    case SYMBOL_COUNTER: return "a counter";
    case SYMBOL_CONSTANT: return "a constant";
    case SYMBOL_CHANNEL: return "a channel";
    case SYMBOL_BARRIER: return "a barrier";
    case SYMBOL_FUNCTION: return "a function";
    case SYMBOL_PROCESS: return "a process";
    case SYMBOL_BUILTIN: return "built in";
    case SYMBOL_STRUCT: return "a struct";
    case SYMBOL_ENUM: return "an enum";
    case SYMBOL_ENUMERATOR: return "a value of an enum";
    case SYMBOL_PROTOCOL: return "a protocol";
    case SYMBOL_SHAPE: return "a shape of a protocol";
    case SYMBOL_OPAQUE: return "an opaque type";
    case SYMBOL_TYPE_PARAMETER: return "a type parameter";
    }
    return "";
}
