/* names: keeps which places name what, and what is known of the place of the asked name. Called by resolve and check.
 */
#include "names.h"

#include "arena.h"
#include "resolve_scope.h"

#include <string.h>

static struct {
    bool is_kept;
    const char *asked;
    struct names_use *first, **last;
    int count;
    struct names_answer answer;
} names;

void names_begin(const char *asked)
{
    names_release();
    names.is_kept = true;
    names.asked = asked;
    names.last = &names.first;
}

const struct names_use *names_first(void)
{
    return names.first;
}

int names_count(void)
{
    return names.count;
}

const struct names_answer *names_answered(void)
{
    return &names.answer;
}

void names_release(void)
{
    memset(&names, 0, sizeof names);
}

void names_note(struct where at, struct symbol *symbol)
{
    if (!names.is_kept || !symbol || !at.begin)
        return;
    struct names_use *use = NEW(struct names_use);
    *use = (struct names_use){.at = at, .symbol = symbol, .order = names.count++};
    *names.last = use;
    names.last = &use->next;
}

void names_note_last(struct where at, struct symbol *symbol)
{
    if (symbol)
        names_note((struct where){at.end - (uint32_t)strlen(symbol->name), at.end}, symbol);
}

/* ---- the asked name ---- */

/* Names are interned. */
static bool is_asked(const char *name)
{
    bool is_it = name && name == names.asked;
    names.answer.is_found = names.answer.is_found || is_it;
    return is_it;
}

/* The name that an expression is, or calls. */
static const char *name_of(const struct expr *expr)
{
    if (expr && expr->kind == EXPR_CALL)
        expr = expr->left;
    return expr && expr->kind == EXPR_NAME ? expr->name : NULL;
}

static int count_of(const struct scope *scope)
{
    int count = 0;
    for (const struct binding *binding = scope->top; binding; binding = binding->below)
        count++;
    return count;
}

static void take_visible(const struct scope *scope, const struct scope *nearer)
{
    struct names_answer *answer = &names.answer;
    for (const struct binding *binding = scope->top; binding; binding = binding->below) {
        struct symbol *symbol = binding->symbol;
        bool is_hidden = scope_find(scope, symbol->name) != symbol || (nearer && scope_find(nearer, symbol->name));
        if (!is_hidden)
            answer->visible[answer->count++] = symbol;
    }
}

void names_tell_visible(const char *name, const struct scope *inner, const struct scope *members)
{
    if (!is_asked(name))
        return;
    names.answer.count = 0;
    names.answer.visible = NEW_ARRAY(struct symbol *, (size_t)(count_of(inner) + count_of(members)));
    take_visible(inner, NULL);
    take_visible(members, inner);
}

void names_tell_owner(const char *name, struct type *owner)
{
    if (is_asked(name))
        names.answer.owner = owner;
}

void names_tell_expected(const struct expr *expr, struct type *type)
{
    if (is_asked(name_of(expr)))
        names.answer.expected = type;
}

void names_tell_received(const struct expr *place, struct type *carried)
{
    if (is_asked(name_of(place)))
        names.answer.received = carried;
}

void names_tell_pattern(const char *name, struct type *protocol)
{
    if (is_asked(name))
        names.answer.pattern = protocol;
}

/* A list without the struct's name has no names in it, and behind a value without one there is none. */
void names_tell_literal(const struct expr *literal, struct symbol *owner)
{
    const struct expr *argument = names.asked && literal->left->operator_at.begin ? literal->arguments : NULL;
    while (argument && argument->item && argument->item->name)
        argument = argument->next;
    if (argument && is_asked(name_of(argument)))
        names.answer.literal = owner;
}
