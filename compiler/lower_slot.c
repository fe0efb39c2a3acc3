/* lower_slot: the variables of a machine and their names in C.
 *
 * A name of the program is kept where C allows it: a reserved one gets an underscore, a second one of the same machine a
 * number. Names of csp keywords (`at`, `process`) are free for the generated code's own use. Called by lower*.c. */
#include "lower_private.h"

#include <stdio.h>
#include <string.h>

/* C's keywords (those that are csp's too may name a field), what the generated code uses itself, and macros that
 * compilers predefine. In the order of strcmp, as the next ones are. */
static const char *const reserved[] = {
    "AT", "NULL", "S", "SIZE_MAX", "alignas", "alignof", "asm", "auto", "bool", "break", "case", "char", "child", "const",
    "continue", "default", "do", "double", "else", "enum", "extern", "f", "false", "float", "for", "goto", "i386", "if",
    "inline", "int", "int16_t", "int32_t", "int64_t", "int8_t", "linux", "long", "memcmp", "memcpy", "memset", "noreturn",
    "offsetof", "outer", "ptrdiff_t", "register", "replica", "restrict", "return", "self", "short", "signed", "size_t",
    "sizeof", "static", "struct", "switch", "thread_local", "true", "typedef", "typeof", "uint16_t", "uint32_t", "uint64_t",
    "uint8_t", "union", "unix", "unsigned", "void", "volatile", "which", "while"};

/* Macros of C's headers that stand without parentheses and do not look like macros. */
static const char *const macros[] = {"I", "assert", "complex", "errno", "imaginary", "sa_handler", "sa_sigaction",
                                     "st_atime", "st_ctime", "st_mtime", "static_assert", "stderr", "stdin", "stdout"};

static bool starts_with(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool ends_with(const char *name, const char *suffix)
{
    size_t n = strlen(name), m = strlen(suffix);
    return n >= m && strcmp(name + n - m, suffix) == 0;
}

static bool contains(const char *const *names, size_t count, const char *name)
{
    while (count > 0) {
        size_t half = count / 2;
        int order = strcmp(name, names[half]);
        if (order == 0)
            return true;
        names += order > 0 ? half + 1 : 0;
        count = order > 0 ? count - half - 1 : half;
    }
    return false;
}

/* EOF, O_RDONLY: which macros there are nobody knows before C's headers have been read. */
static bool looks_like_macro(const char *name)
{
    for (const char *c = name; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            return false;
    return name[0] != '_' && name[1];
}

static bool is_reserved(const char *name)
{
    return contains(reserved, sizeof reserved / sizeof *reserved, name) || starts_with(name, "csp_") || starts_with(name, "CSP_") || starts_with(name, "INT") ||
           starts_with(name, "UINT") || starts_with(name, "outer_") || ends_with(name, "_fn") ||
           ends_with(name, "_step") || ends_with(name, "_names") || ends_with(name, "_equal") ||
           ends_with(name, "_kind") || ends_with(name, "_points") || starts_with(name, "constant_") || (name[0] == '_' && (name[1] == '_' || (name[1] >= 'A' && name[1] <= 'Z')));
}

/* The names in use, by machine: hash tables of the arena. */
struct used_name {
    const struct machine *machine;
    const char *name; /* interned */
    int next_number;
    struct used_name *next;
};

enum { FIRST_BUCKETS = 16 }; /* a power of two, as all after it */
struct name_table {
    struct used_name **buckets;
    size_t bucket_count, name_count;
};

/* Those of all the program, and those of one process and its branches, which are forgotten with these. */
static struct name_table global, local;

/* In place of a machine for names that expressions of all machines use: values of enums, shapes; and for those of C. */
static const struct machine everywhere, outside;
static bool has_headers;

static struct name_table *table_of(const struct machine *machine)
{
    return !machine || machine == &everywhere || machine == &outside ? &global : &local;
}

static void *new_memory(const struct name_table *table, size_t size)
{
    return table == &global ? arena_keep(size) : arena_alloc(size);
}

static struct used_name **bucket_of(const struct name_table *table, const struct machine *machine, const char *name)
{
    uint64_t hash = ((uint64_t)(uintptr_t)machine * 31 + (uintptr_t)name) * 0x9E3779B97F4A7C15u;
    return &table->buckets[(hash >> 32) & (table->bucket_count - 1)];
}

static void grow(struct name_table *table)
{
    struct used_name **old = table->buckets;
    size_t old_count = table->bucket_count;
    table->bucket_count = old_count ? 2 * old_count : FIRST_BUCKETS;
    table->buckets = new_memory(table, table->bucket_count * sizeof *table->buckets);
    for (size_t i = 0; i < old_count; i++)
        for (struct used_name *u = old[i], *next; u; u = next) {
            struct used_name **bucket = bucket_of(table, u->machine, u->name);
            next = u->next;
            u->next = *bucket;
            *bucket = u;
        }
}

static struct used_name *look_up(const struct machine *machine, const char *name)
{
    const struct name_table *table = table_of(machine);
    struct used_name *u = table->bucket_count ? *bucket_of(table, machine, name) : NULL;
    while (u && (u->machine != machine || u->name != name))
        u = u->next;
    return u;
}

static struct used_name *find_name(const struct machine *machine, const char *name, bool *found)
{
    struct name_table *table = table_of(machine);
    struct used_name *u = look_up(machine, name);
    *found = u;
    if (u)
        return u;
    if (table->name_count++ >= table->bucket_count)
        grow(table);
    struct used_name **bucket = bucket_of(table, machine, name);
    u = new_memory(table, sizeof *u);
    *u = (struct used_name){machine, name, 2, *bucket};
    return *bucket = u;
}

void slot_forget_names(void)
{
    memset(&global, 0, sizeof global);
    memset(&local, 0, sizeof local);
    has_headers = false;
}

/* Its parameters have their names already. */
void slot_begin_process(const struct machine *machine)
{
    bool taken;
    memset(&local, 0, sizeof local);
    for (const struct slot *s = machine->slots; s; s = s->next) {
        find_name(machine, s->name, &taken);
        if (s->length_name)
            find_name(machine, s->length_name, &taken);
    }
}

void slot_expect_headers(void)
{
    has_headers = true;
}

static bool is_used(const struct machine *machine, const char *name)
{
    return look_up(machine, name);
}

/* Also of names that end in underscores, so that f and f_ stay two. */
const char *lower_c_name(const char *name)
{
    size_t length = strlen(name);
    while (length > 0 && name[length - 1] == '_')
        length--;
    const char *stem = name[length] ? arena_name(name, length) : name;
    bool is_macro = has_headers && (looks_like_macro(stem) || contains(macros, sizeof macros / sizeof *macros, stem));
    return is_reserved(stem) || is_macro || (has_headers && is_used(&outside, arena_name(stem, length))) ? arena_printf("%s_", name) : name;
}

/* Beside C's headers, whose structs have small letters: struct tm, struct stat … */
const char *slot_tag(const char *name)
{
    return has_headers && name[0] >= 'a' && name[0] <= 'z' ? arena_printf("%s_", name) : name;
}

void slot_reserve(const char *name)
{
    bool taken;
    find_name(&outside, name, &taken);
}

/* Of machines other names are made. */
static bool meets_extern(const struct machine *machine, const char *name)
{
    static const char *const suffixes[] = {"", "_fn", "_step", "_kind", "_points", "_equal", "_name", "_groups"};
    size_t count = !has_headers ? 0 : machine ? 1 : sizeof suffixes / sizeof *suffixes;
    for (size_t i = 0; i < count; i++) {
        const char *made = arena_printf("%s%s", name, suffixes[i]);
        if (is_used(&outside, arena_name(made, strlen(made))))
            return true;
    }
    return false;
}

const char *slot_unique_name(const struct machine *machine, const char *name)
{
    bool taken;
    const char *base = lower_c_name(name);
    struct used_name *u = find_name(machine, arena_name(base, strlen(base)), &taken), *found = u;
    while (taken || is_used(&everywhere, found->name) || meets_extern(machine, found->name)) {
        const char *numbered = arena_printf("%s_%d", base, u->next_number++);
        found = find_name(machine, arena_name(numbered, strlen(numbered)), &taken);
    }
    return found->name;
}

const char *slot_global_name(const char *name)
{
    const char *unique = slot_unique_name(NULL, name);
    bool taken;
    return find_name(&everywhere, unique, &taken)->name;
}

struct slot *slot_new(struct machine *machine, const char *name, enum slot_kind kind, struct type *type)
{
    struct slot *slot = NEW(struct slot);
    slot->kind = kind;
    slot->name = slot_unique_name(machine, name);
    slot->type = type;
    slot->machine = machine;
    slot->first_point = machine->point_count + 1;
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
        return symbol->escapes ? SLOT_CELLS : SLOT_CHANNEL;
    if (symbol->kind == SYMBOL_BARRIER)
        return symbol->escapes ? SLOT_POOLED_BARRIER : SLOT_BARRIER;
    if (symbol->kind != SYMBOL_PARAMETER)
        return SLOT_VALUE;
    if (type->kind == TYPE_BARRIER)
        return SLOT_SEAT;
    if (type->kind == TYPE_ARRAY) {
        while (type->kind == TYPE_ARRAY)
            type = type->of;
        bool are_ends = type->kind == TYPE_IN || type->kind == TYPE_OUT;
        return are_ends && !symbol->is_ref ? SLOT_ENDS : SLOT_ARRAY;
    }
    if (symbol->is_ref)
        return SLOT_POINTER;
    bool is_end = type->kind == TYPE_IN || type->kind == TYPE_OUT;
    return is_end && !symbol->is_mobile ? SLOT_END : SLOT_VALUE;
}

const struct expr *lower_bare(const struct expr *e)
{
    while (e->kind == EXPR_CONVERT)
        e = e->left;
    return e;
}

bool lower_is_mobile(const struct expr *e)
{
    while (e->kind == EXPR_INDEX || e->kind == EXPR_CONVERT)
        e = e->left;
    if (e->kind != EXPR_NAME)
        return true;
    const struct slot *slot = e->symbol->lowered;
    return e->symbol->is_mobile || (slot->kind != SLOT_END && slot->kind != SLOT_CHANNEL && slot->kind != SLOT_ENDS);
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
                     (slot->is_parameter || symbol->kind == SYMBOL_CHANNEL || symbol->kind == SYMBOL_BARRIER ||
                      symbol->is_by_ref ||
                      type_has_array(symbol->type));
    if (slot->kind == SLOT_ARRAY && slot->type->length < 0)
        slot->length_name = slot_unique_name(machine, arena_printf("%s_length", slot->name));
    const struct type *channel = type_innermost(symbol->type);
    if (slot->kind == SLOT_CHANNEL && channel->buffer && channel->of->kind != TYPE_VOID)
        slot->ring_name = slot_unique_name(machine, arena_printf("%s_buffer", slot->name));
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
    struct slot *slot = slot_new(L->machine, name, SLOT_VALUE, type);
    slot->in_frame = L->machine->kind != MACHINE_FUNCTION && type_has_array(type);
    return slot_expr(slot, at);
}
