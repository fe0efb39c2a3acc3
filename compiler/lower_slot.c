/* lower_slot: the variables of a machine and their names in C.
 *
 * A name of the program is kept where C allows it: a reserved one gets an underscore, a second one of the same machine a
 * number. Names of csp keywords (`at`, `process`) are free for the generated code's own use. Called by lower*.c. */
#include "lower_private.h"

#include <stdio.h>
#include <string.h>

/* C's keywords that are none in csp, what the generated code uses itself, and macros that compilers predefine. */
static const char *const reserved[] = {
    "AT", "NULL", "S", "SIZE_MAX", "alignas", "alignof", "asm", "auto", "bool", "child", "do", "f", "goto", "i386", "inline",
    "int16_t", "int32_t", "int64_t", "int8_t", "linux", "long", "memcmp", "memcpy", "memset", "noreturn", "offsetof",
    "outer", "ptrdiff_t", "register", "replica", "restrict", "self", "short", "signed", "size_t", "sizeof", "static",
    "thread_local", "typedef", "typeof", "uint16_t", "uint32_t", "uint64_t", "uint8_t", "union", "unix", "unsigned",
    "volatile", "which"};

static bool starts_with(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool ends_with(const char *name, const char *suffix)
{
    size_t n = strlen(name), m = strlen(suffix);
    return n >= m && strcmp(name + n - m, suffix) == 0;
}

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(name, reserved[i]) == 0)
            return true;
    return starts_with(name, "csp_") || starts_with(name, "CSP_") || starts_with(name, "INT") ||
           starts_with(name, "UINT") || starts_with(name, "outer_") || ends_with(name, "_fn") ||
           ends_with(name, "_step") || (name[0] == '_' && (name[1] == '_' || (name[1] >= 'A' && name[1] <= 'Z')));
}

const char *slot_c_name(const char *name)
{
    return is_reserved(name) ? arena_printf("%s_", name) : name;
}

/* The names in use, by machine: an open hash table of the arena. */
struct used_name {
    const struct machine *machine;
    const char *name; /* interned */
    int next_number;
    struct used_name *next;
};

enum { BUCKETS = 4096 };
static struct used_name *used[BUCKETS];

void slot_forget_names(void)
{
    memset(used, 0, sizeof used);
}

static struct used_name *find_name(const struct machine *machine, const char *name, bool *found)
{
    struct used_name **bucket = &used[((uintptr_t)machine / 16 * 31 + (uintptr_t)name / 8) % BUCKETS];
    for (struct used_name *u = *bucket; u; u = u->next)
        if (u->machine == machine && u->name == name) {
            *found = true;
            return u;
        }
    struct used_name *fresh = NEW(struct used_name);
    *fresh = (struct used_name){machine, name, 2, *bucket};
    *bucket = fresh;
    *found = false;
    return fresh;
}

const char *slot_unique_name(const struct machine *machine, const char *name)
{
    bool taken;
    const char *base = slot_c_name(name);
    struct used_name *u = find_name(machine, arena_name(base, strlen(base)), &taken);
    while (taken) {
        const char *numbered = arena_printf("%s_%d", base, u->next_number++);
        struct used_name *other = find_name(machine, arena_name(numbered, strlen(numbered)), &taken);
        if (!taken)
            return other->name;
    }
    return u->name;
}

struct slot *slot_new(struct machine *machine, const char *name, enum slot_kind kind, struct type *type)
{
    struct slot *slot = NEW(struct slot);
    slot->kind = kind;
    slot->name = slot_unique_name(machine, name);
    slot->type = type;
    slot->machine = machine;
    slot->index = -1;
    slot->is_read = true;
    struct slot **end = &machine->slots;
    if (machine->last_slot)
        end = &machine->last_slot->next;
    *end = machine->last_slot = slot;
    return slot;
}

static enum slot_kind kind_of(const struct symbol *symbol)
{
    const struct type *type = symbol->type;
    if (symbol->kind == SYMBOL_CHANNEL)
        return SLOT_CHANNEL;
    if (symbol->kind != SYMBOL_PARAMETER)
        return SLOT_VALUE;
    if (type->kind == TYPE_ARRAY) {
        while (type->kind == TYPE_ARRAY)
            type = type->of;
        return type->kind == TYPE_IN || type->kind == TYPE_OUT ? SLOT_ENDS : SLOT_ARRAY;
    }
    return symbol->is_ref ? SLOT_POINTER : SLOT_VALUE;
}

struct slot *slot_for(struct machine *machine, struct symbol *symbol)
{
    struct slot *slot = slot_new(machine, symbol->name, kind_of(symbol), symbol->type);
    slot->symbol = symbol;
    slot->is_parameter = symbol->kind == SYMBOL_PARAMETER;
    slot->is_read = symbol->is_read;
    /* What is reached through a pointer must stay where it is; so must arrays, for no address of a C local may leave a
     * step: with it gcc would make no tail call. */
    slot->in_frame = machine->kind != MACHINE_FUNCTION &&
                     (slot->is_parameter || symbol->kind == SYMBOL_CHANNEL || symbol->is_by_ref ||
                      symbol->type->kind == TYPE_ARRAY);
    if (slot->kind == SLOT_ARRAY && slot->type->length < 0)
        slot->length_name = slot_unique_name(machine, arena_printf("%s_length", slot->name));
    symbol->lowered = slot;
    return slot;
}

struct expr *slot_expr(struct slot *slot, struct where at)
{
    struct symbol *symbol = slot->symbol;
    if (!symbol) {
        symbol = NEW(struct symbol);
        symbol->kind = SYMBOL_VARIABLE;
        symbol->name = slot->name;
        symbol->type = slot->type;
        symbol->lowered = slot;
        slot->symbol = symbol;
    }
    struct expr *e = NEW(struct expr);
    e->kind = EXPR_NAME;
    e->at = at;
    e->name = symbol->name;
    e->symbol = symbol;
    e->type = slot->type;
    return e;
}

struct expr *slot_temporary(struct lowering *L, const char *name, struct type *type, struct where at)
{
    return slot_expr(slot_new(L->machine, name, SLOT_VALUE, type), at);
}
