/* lower: the list of machines, and the machine of each function, process and branch.
 *
 * First every process and function gets its machine with slots for its parameters, so that calls can be lowered in any
 * order; then the bodies follow. Called by main. */
#include "lower_private.h"

#include <ctype.h>
#include <string.h>

/* id<int> becomes id_int. */
static const char *as_word(const char *name)
{
    char *word = arena_alloc(strlen(name) + 1), *end = word;
    for (; *name; name++)
        if (isalnum((unsigned char)*name) || *name == '_')
            *end++ = *name;
        else if (*name != '>' && end[-1] != '_')
            *end++ = '_';
    return end > word && end[-1] == '_' ? arena_name(word, (size_t)(end - word) - 1) : word;
}

static struct machine *new_machine(enum machine_kind kind, const char *name, struct declaration *declaration)
{
    struct machine *machine = KEEP(struct machine);
    machine->kind = kind;
    machine->name = slot_unique_name(NULL, as_word(name));
    machine->title = name;
    machine->declaration = declaration;
    machine->at = declaration->at;
    machine->end.name = "end";
    return machine;
}

static struct machine *declare(struct declaration *d)
{
    enum machine_kind kind = d->kind == DECLARATION_PROCESS ? MACHINE_PROCESS : MACHINE_FUNCTION;
    struct machine *machine = new_machine(kind, d->symbol->name, d);
    machine->at = d->symbol->at;
    d->symbol->lowered = machine;
    slot_begin_process(machine);
    for (struct symbol *p = d->parameters; p; p = p->next)
        slot_for(machine, p);
    if (kind == MACHINE_FUNCTION)
        machine->result = d->symbol->type;
    machine->checks_stack = d->is_recursive;
    return machine;
}

/* What a process has spawned outside every par it joins at its end, behind whatever else happens there. */
static void join_at_end(struct lowering *L, struct slot *group)
{
    L->tail = &L->machine->epilogue;
    lower_join_at_end(L, group);
}

/* Reports look at a group whenever its process waits, so that it is begun before anything else. A joined one is as new. */
static void begin_groups(struct machine *machine)
{
    for (struct slot *s = machine->slots; s; s = s->next) {
        if (s->kind != SLOT_GROUP)
            continue;
        struct op *begin = NEW(struct op);
        *begin = (struct op){.kind = OP_GROUP, .at = machine->at, .statement = machine->at, .slot = s, .next = machine->body};
        machine->body = begin;
    }
}

static void lower_machine(struct machine *machine, struct stmt *body, struct machine ***last_machine,
                          struct joiner *joiner)
{
    struct lowering L = {.machine = machine, .tail = &machine->body, .last_point = &machine->points};
    struct joiner own = {&L, NULL};
    L.last_machine = last_machine;
    L.statement = body->at;
    L.joiner = joiner ? joiner : &own;
    L.leaving = NEW(struct label);
    L.leaving->name = "leaving";
    lower_stmt(&L, body);
    if (own.group)
        join_at_end(&L, own.group);
    begin_groups(machine);
}

struct machine *lower_branch(struct lowering *L, struct stmt *branch, struct symbol *counter, struct joiner *joiner)
{
    struct machine *outer = L->machine;
    const char *name = arena_printf("%s_branch_%d", outer->declaration->symbol->name, ++outer->declaration->branch_count);
    struct machine *machine = new_machine(MACHINE_BRANCH, name, outer->declaration);
    machine->title = arena_printf("branch of %s", outer->declaration->symbol->name);
    machine->outer = outer;
    machine->at = branch->at;
    machine->next = **L->last_machine;
    **L->last_machine = machine;
    *L->last_machine = &machine->next;
    if (counter)
        slot_for(machine, counter)->in_frame = true;
    lower_machine(machine, branch, L->last_machine, joiner);
    return machine;
}

/* ---- types ---- */

/* Colour_red, Req_put: in C the values of all enums share one space. */
static void name_members(struct declaration *d)
{
    for (struct symbol *member = d->parameters; member; member = member->next)
        member->lowered = (char *)slot_global_name(arena_printf("%s_%s", d->symbol->name, member->name));
}

/* What is C's keeps its name, and everything else gives way. */
static void reserve_externs(const struct module *module)
{
    for (const struct declaration *d = module->declarations; d; d = d->next) {
        if (d->kind == DECLARATION_EXTERN)
            slot_expect_headers();
        for (const struct declaration *member = d->members; member; member = member->next)
            for (const struct symbol *s = member->symbol; s; s = s->next)
                slot_reserve(s->name);
    }
}

static void name_types(struct module *module)
{
    for (struct declaration *d = module->declarations; d; d = d->next) {
        if (d->kind == DECLARATION_STRUCT || d->kind == DECLARATION_ENUM || d->kind == DECLARATION_PROTOCOL)
            d->symbol->lowered = (char *)slot_unique_name(NULL, slot_tag(d->symbol->name));
        if (d->kind == DECLARATION_ENUM || d->kind == DECLARATION_PROTOCOL)
            name_members(d);
    }
}

static bool has_machine(const struct declaration *d)
{
    return (d->kind == DECLARATION_PROCESS || d->kind == DECLARATION_FUNCTION) && d->body && d->is_reachable;
}

struct machines *lower_begin(struct module *module)
{
    struct machines *machines = NEW(struct machines);
    struct machine **last = &machines->first;
    machines->module = module;
    slot_forget_names();
    reserve_externs(module);
    name_types(module);
    for (struct declaration *d = module->declarations; d; d = d->next)
        if (has_machine(d)) {
            *last = declare(d);
            last = &(*last)->next;
        }
    machines->main = module->main ? module->main->lowered : NULL;
    return machines;
}

void lower_bodies(struct machine *machine)
{
    struct machine **last = &machine->next;
    slot_begin_process(machine);
    lower_machine(machine, machine->declaration->body, &last, NULL);
}

struct machines *lower_module(struct module *module)
{
    struct machines *machines = lower_begin(module);
    for (struct machine *machine = machines->first, *next; machine; machine = next) {
        next = machine->next;
        lower_bodies(machine);
    }
    return machines;
}

static void forget(struct machine *machine)
{
    struct slot **end = &machine->slots;
    machine->last_slot = NULL;
    while (*end && (*end)->is_parameter) {
        machine->last_slot = *end;
        end = &(*end)->next;
    }
    *end = NULL;
    machine->body = machine->epilogue = NULL;
    machine->points = NULL;
    machine->links = NULL;
}

void lower_forget(struct machine *first, const struct machine *end)
{
    for (struct machine *machine = first; machine != end; machine = machine->next)
        forget(machine);
}
