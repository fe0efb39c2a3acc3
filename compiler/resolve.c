/* resolve: binds every name to what it stands for (language.md § 1, § 3) and gives each statement and each local its
 * region, the sequential process that it is part of.
 *
 * First all declarations of the program are made known, then each is walked with the scopes of resolve_scope.h. Values
 * of enums and shapes of protocols are known only where nothing nearer has their name; which one is meant is a question
 * of types. Called by main after parse. */
#include "resolve.h"

#include "arena.h"
#include "diag.h"
#include "names.h"
#include "resolve_extern.h"
#include "resolve_foreign.h"
#include "resolve_scope.h"
#include "spelling.h"

#include <string.h>

struct resolver {
    struct module *module;
    struct scope *names;   /* built-ins, then declarations, then what is local */
    struct scope *members; /* values of enums, shapes of protocols */
    struct scope *fields;  /* of one type: names of their own */
    struct scope *unknown; /* names of this declaration that have been reported: once is enough */
    struct region *region;
    const char *underscore;
};

static void resolve_statement(struct resolver *resolver, struct stmt *stmt);

/* ---- names ---- */

static bool is_underscore(const struct resolver *resolver, const char *name)
{
    return name == resolver->underscore;
}

static void declare(struct resolver *resolver, struct symbol *symbol)
{
    symbol->region = resolver->region;
    names_note(symbol->at, symbol);
    if (is_underscore(resolver, symbol->name))
        diag_error(symbol->at, "_ is no name: it only stands for a message that is thrown away");
    else
        scope_declare(resolver->names, symbol);
}

/* True the first time that a name is missed in this declaration. */
static bool is_first_miss(struct resolver *resolver, const char *name, struct where at)
{
    if (scope_find(resolver->unknown, name))
        return false;
    struct symbol *symbol = NEW(struct symbol);
    symbol->name = name;
    symbol->at = at;
    scope_declare(resolver->unknown, symbol);
    return true;
}

static void report_unknown(struct resolver *resolver, struct where at, const char *name, bool is_type)
{
    if (!is_first_miss(resolver, name, at))
        return;
    const char *similar = scope_similar(resolver->names, name, is_type), *foreign = foreign_name(name, is_type);
    const char *what = is_type ? "type" : "name";
    if (!similar)
        similar = is_type ? spelling_type(name) : NULL;
    if (foreign)
        diag_error(at, "unknown %s %s: %s", what, name, foreign);
    else if (similar)
        diag_error(at, "unknown %s %s; did you mean %s?", what, name, similar);
    else
        diag_error(at, "unknown %s %s", what, name);
}

/* What is set or received into has a name that may have been meant to be a new one. */
static void resolve_target(struct resolver *resolver, const struct stmt *stmt, const struct expr *target)
{
    bool is_new = target && target->kind == EXPR_NAME && !is_underscore(resolver, target->name) &&
                  !scope_find(resolver->names, target->name) && !scope_similar(resolver->names, target->name, false);
    if (!is_new || !is_first_miss(resolver, target->name, target->at))
        return;
    if (stmt->kind == STMT_ASSIGN)
        diag_error(target->at, "unknown name %s; a variable is declared with its type, as in int %s = ...;", target->name,
                   target->name);
    else
        diag_error(target->at, "unknown name %s; a new variable has its type in front, as in ... ? int %s", target->name,
                   target->name);
}

static bool is_barrier(const struct symbol *symbol)
{
    const struct type_name *type = symbol->type_name;
    return symbol->kind == SYMBOL_BARRIER || (symbol->kind == SYMBOL_PARAMETER && type && !type->name &&
                                              type->direction == DIRECTION_NONE && type->builtin == TYPE_BARRIER);
}

/* A branch that mentions a barrier from outside is a member of it, and so is every branch around it (§ 4). */
static void mention_barrier(struct resolver *resolver, struct symbol *barrier)
{
    for (struct region *region = resolver->region; region && region != barrier->region; region = region->outer) {
        struct barrier_use **use = &region->barriers;
        while (*use && (*use)->barrier != barrier)
            use = &(*use)->next;
        if (*use)
            return;
        *use = NEW(struct barrier_use);
        (*use)->barrier = barrier;
    }
}

static void resolve_name(struct resolver *resolver, struct expr *expr)
{
    if (is_underscore(resolver, expr->name)) {
        diag_error(expr->at, "_ has no value: it only stands for a message that is thrown away");
        return;
    }
    expr->symbol = scope_find(resolver->names, expr->name);
    if (!expr->symbol)
        expr->symbol = scope_find(resolver->members, expr->name);
    names_note(expr->operator_at, expr->symbol);
    names_tell_visible(expr->name, resolver->names, resolver->members);
    if (!expr->symbol)
        report_unknown(resolver, expr->at, expr->name, false);
    else if (is_barrier(expr->symbol))
        mention_barrier(resolver, expr->symbol);
}

static void resolve_type(struct resolver *resolver, struct type_name *type)
{
    while (type && type->of)
        type = type->of;
    if (!type || !type->name)
        return;
    struct symbol *symbol = scope_find(resolver->names, type->name);
    names_note_last(type->at, symbol);
    names_tell_visible(type->name, resolver->names, resolver->members);
    if (!symbol) {
        report_unknown(resolver, type->at, type->name, true);
    } else if (!scope_is_type(symbol)) {
        diag_error(type->at, "%s is %s, not a type", type->name, scope_kind_text(symbol));
        diag_note(symbol->at, "%s is declared here", type->name);
    } else {
        type->symbol = symbol;
    }
}

/* ---- expressions ---- */

static void resolve_expressions(struct resolver *resolver, struct expr *list);

static void resolve_expression(struct resolver *resolver, struct expr *expr)
{
    if (!expr)
        return;
    if (expr->kind == EXPR_NAME)
        resolve_name(resolver, expr);
    if (expr->kind == EXPR_CONVERT)
        resolve_type(resolver, expr->type_name);
    resolve_expression(resolver, expr->left);
    resolve_expression(resolver, expr->middle);
    resolve_expression(resolver, expr->right);
    resolve_expressions(resolver, expr->arguments);
}

static void resolve_expressions(struct resolver *resolver, struct expr *list)
{
    for (struct expr *expr = list; expr; expr = expr->next)
        resolve_expression(resolver, expr);
}

/* A variable is known behind its initialiser only: in `int n = n;` the second n is an outer one. */
/* An unknown word in front of a known name, "set n = 1;", hardly was to be a type. */
static bool is_no_declaration(const struct resolver *resolver, const struct symbol *symbol)
{
    const struct type_name *type = symbol->type_name;
    return type && !type->of && type->name && !type->symbol && scope_find(resolver->names, symbol->name);
}

static void resolve_locals(struct resolver *resolver, struct symbol *list)
{
    for (struct symbol *symbol = list; symbol; symbol = symbol->next) {
        resolve_type(resolver, symbol->type_name);
        resolve_expressions(resolver, symbol->dimensions);
        resolve_expression(resolver, symbol->initial);
        if (!is_no_declaration(resolver, symbol))
            declare(resolver, symbol);
    }
}

/* ---- statements ---- */

static void resolve_sequence(struct resolver *resolver, struct stmt *first)
{
    for (struct stmt *stmt = first; stmt; stmt = stmt->next)
        resolve_statement(resolver, stmt);
}

/* A statement in a scope of its own: what `c ? int x` declares there is known no further. */
static void resolve_alone(struct resolver *resolver, struct stmt *stmt)
{
    if (!stmt)
        return;
    struct binding *mark = scope_enter(resolver->names);
    resolve_statement(resolver, stmt);
    scope_leave(resolver->names, mark);
}

static struct region *begin_region(struct resolver *resolver, struct stmt *branch)
{
    struct region *region = NEW(struct region);
    region->outer = resolver->region;
    region->declaration = resolver->region->declaration;
    region->branch = branch;
    resolver->region = region;
    return region->outer;
}

static void resolve_par(struct resolver *resolver, struct stmt *par)
{
    for (struct stmt *branch = par->body; branch; branch = branch->next) {
        struct region *around = begin_region(resolver, branch);
        resolve_alone(resolver, branch);
        resolver->region = around;
    }
}

/* Each copy has its own counter, so that it belongs to the body's region. */
static void resolve_par_for(struct resolver *resolver, struct stmt *par)
{
    struct region *around = begin_region(resolver, par->body);
    struct binding *mark = scope_enter(resolver->names);
    resolve_locals(resolver, par->symbols);
    resolve_alone(resolver, par->body);
    scope_leave(resolver->names, mark);
    resolver->region = around;
}

static void resolve_block(struct resolver *resolver, struct stmt *block)
{
    struct binding *mark = scope_enter(resolver->names);
    resolve_sequence(resolver, block->body);
    scope_leave(resolver->names, mark);
}

/* `for` with its own variables: C's, over a range, over the messages of a channel. */
static void resolve_loop(struct resolver *resolver, struct stmt *loop)
{
    struct binding *mark = scope_enter(resolver->names);
    if (loop->initial)
        resolve_statement(resolver, loop->initial);
    resolve_locals(resolver, loop->symbols);
    if (loop->kind == STMT_FOR)
        resolve_expression(resolver, loop->left);
    if (loop->step)
        resolve_statement(resolver, loop->step);
    resolve_alone(resolver, loop->body);
    scope_leave(resolver->names, mark);
}

/* What a shape binds: `key` and `reply` of `get(key, reply)`. */
static void declare_bindings(struct resolver *resolver, struct expr *shape)
{
    for (struct expr *binding = shape->arguments; binding; binding = binding->next) {
        if (binding->kind != EXPR_NAME) {
            diag_error(binding->at, "a shape binds names, and this is none");
            continue;
        }
        if (is_underscore(resolver, binding->name))
            continue;
        binding->symbol = NEW(struct symbol);
        binding->symbol->kind = SYMBOL_VARIABLE;
        binding->symbol->name = binding->name;
        binding->symbol->at = binding->at;
        declare(resolver, binding->symbol);
    }
}

/* A pattern that looks like a call is a shape, unless it calls what may be constant. */
static bool is_shape(struct resolver *resolver, const struct expr *pattern)
{
    if (pattern->kind != EXPR_CALL || pattern->left->kind != EXPR_NAME)
        return pattern->kind == EXPR_CALL;
    struct symbol *symbol = scope_find(resolver->names, pattern->left->name);
    return !symbol || (symbol->kind != SYMBOL_ENUM && symbol->kind != SYMBOL_BUILTIN);
}

/* Of a shape that is not known, check says so. */
static bool is_unknown(struct resolver *resolver, const struct expr *name)
{
    return name->kind == EXPR_NAME && !scope_find(resolver->names, name->name) &&
           !scope_find(resolver->members, name->name);
}

/* In a receive the shapes' names are looked for among shapes only, by check: no name around is meant. */
static void resolve_pattern(struct resolver *resolver, struct expr *pattern, bool is_receive)
{
    const struct expr *name = pattern->kind == EXPR_CALL ? pattern->left : pattern;
    names_tell_visible(name->name, resolver->names, resolver->members);
    if (is_shape(resolver, pattern)) {
        if (!is_receive && !is_unknown(resolver, pattern->left))
            resolve_expression(resolver, pattern->left);
        declare_bindings(resolver, pattern);
    } else if (!is_receive) {
        resolve_expression(resolver, pattern);
    }
}

static void resolve_arms(struct resolver *resolver, struct arm *arms, bool is_receive)
{
    for (struct arm *arm = arms; arm; arm = arm->next) {
        struct binding *mark = scope_enter(resolver->names);
        for (struct expr *pattern = arm->patterns; pattern; pattern = pattern->next)
            resolve_pattern(resolver, pattern, is_receive);
        resolve_alone(resolver, arm->body);
        scope_leave(resolver->names, mark);
    }
}

/* A guard's counters are known in all of it; what it receives into a new variable only in its statement. */
static void resolve_guard(struct resolver *resolver, struct guard *guard)
{
    struct binding *mark = scope_enter(resolver->names);
    for (struct replicator *replicator = guard->replicators; replicator; replicator = replicator->next) {
        resolve_expression(resolver, replicator->left);
        resolve_expression(resolver, replicator->right);
        declare(resolver, replicator->counter);
    }
    resolve_expression(resolver, guard->when);
    resolve_expression(resolver, guard->left);
    resolve_expression(resolver, guard->right);
    resolve_locals(resolver, guard->symbols);
    resolve_arms(resolver, guard->arms, true);
    resolve_alone(resolver, guard->body);
    scope_leave(resolver->names, mark);
}

/* The statements that hold others, after their own expressions. */
static void resolve_parts(struct resolver *resolver, struct stmt *stmt)
{
    switch (stmt->kind) {
    case STMT_BLOCK:
        resolve_block(resolver, stmt);
        break;
    case STMT_FOR: case STMT_FOR_RANGE: case STMT_FOR_EACH:
        resolve_loop(resolver, stmt);
        break;
    case STMT_PAR:
        resolve_par(resolver, stmt);
        break;
    case STMT_PAR_FOR:
        resolve_par_for(resolver, stmt);
        break;
    case STMT_SWITCH:
        resolve_arms(resolver, stmt->arms, false);
        break;
    case STMT_ALT:
        for (struct guard *guard = stmt->guards; guard; guard = guard->next)
            resolve_guard(resolver, guard);
        break;
    default: /* declarations are known to the end of the block around, also those of a receive */
        resolve_locals(resolver, stmt->symbols);
        resolve_arms(resolver, stmt->arms, true);
        resolve_alone(resolver, stmt->body);
        resolve_alone(resolver, stmt->otherwise);
    }
    resolve_alone(resolver, stmt->handler);
}

static void resolve_statement(struct resolver *resolver, struct stmt *stmt)
{
    stmt->region = resolver->region;
    if (stmt->kind == STMT_RECEIVE || stmt->kind == STMT_ASSIGN)
        resolve_target(resolver, stmt, stmt->kind == STMT_ASSIGN ? stmt->left : stmt->right);
    if (stmt->kind != STMT_FOR)
        resolve_expression(resolver, stmt->left);
    resolve_expression(resolver, stmt->right);
    resolve_expressions(resolver, stmt->arguments);
    resolve_parts(resolver, stmt);
}

/* ---- declarations ---- */

/* The outermost names of a body stand beside the parameters, as in C; its handler sees the parameters only. */
static void resolve_body(struct resolver *resolver, struct stmt *body)
{
    struct binding *mark = resolver->names->top;
    body->region = resolver->region;
    resolve_sequence(resolver, body->body);
    scope_rewind(resolver->names, mark);
    resolve_alone(resolver, body->handler);
}

/* Fields have names of their own, which hide nothing. */
static void resolve_fields(struct resolver *resolver, struct symbol *fields)
{
    struct binding *mark = scope_enter(resolver->fields);
    for (struct symbol *field = fields; field; field = field->next) {
        resolve_type(resolver, field->type_name);
        resolve_expressions(resolver, field->dimensions);
        resolve_expression(resolver, field->initial);
        names_note(field->at, field);
        if (is_underscore(resolver, field->name))
            diag_error(field->at, "_ is no name: it only stands for a message that is thrown away");
        else
            scope_declare(resolver->fields, field);
    }
    scope_leave(resolver->fields, mark);
}

static void resolve_members(struct resolver *resolver, const struct declaration *declaration)
{
    if (declaration->kind == DECLARATION_STRUCT)
        resolve_fields(resolver, declaration->parameters);
    for (struct symbol *shape = declaration->parameters; shape; shape = shape->next)
        if (declaration->kind == DECLARATION_PROTOCOL)
            resolve_fields(resolver, shape->declaration->parameters);
}

static bool has_members(const struct declaration *declaration)
{
    return declaration->kind == DECLARATION_STRUCT || declaration->kind == DECLARATION_ENUM ||
           declaration->kind == DECLARATION_PROTOCOL;
}

/* "proces p() { … }" has been reported as an unknown type. */
static bool is_misspelt_process(const struct declaration *declaration)
{
    const struct type_name *result = declaration->kind == DECLARATION_FUNCTION ? declaration->result : NULL;
    const char *near = result && result->name && !result->symbol ? spelling_keyword(result->name) : NULL;
    return near && strcmp(near, "process") == 0;
}

static void resolve_declaration(struct resolver *resolver, struct declaration *declaration)
{
    scope_rewind(resolver->unknown, NULL);
    resolver->region = declaration->region = NEW(struct region);
    declaration->region->declaration = declaration;
    struct binding *mark = scope_enter(resolver->names);
    for (struct symbol *symbol = declaration->type_parameters; symbol; symbol = symbol->next)
        declare(resolver, symbol);
    resolve_type(resolver, declaration->result);
    if (is_misspelt_process(declaration)) {
        declaration->kind = DECLARATION_PROCESS;
        declaration->symbol->kind = SYMBOL_PROCESS;
    }
    if (has_members(declaration))
        resolve_members(resolver, declaration);
    else
        resolve_locals(resolver, declaration->parameters);
    if (declaration->body)
        resolve_body(resolver, declaration->body);
    scope_leave(resolver->names, mark);
    resolver->region = NULL;
}

static void resolve_constants(struct resolver *resolver, struct declaration *declaration)
{
    scope_rewind(resolver->unknown, NULL);
    for (struct symbol *symbol = declaration->symbol; symbol; symbol = symbol->next) {
        resolve_type(resolver, symbol->type_name);
        resolve_expressions(resolver, symbol->dimensions);
        resolve_expression(resolver, symbol->initial);
    }
}

/* The first of a name stands for all: where it is ambiguous, check says so. Twice in one type is an error. */
static void declare_members(struct resolver *resolver, struct declaration *declaration)
{
    for (struct symbol *symbol = declaration->parameters; symbol; symbol = symbol->next) {
        struct symbol *first = scope_find(resolver->members, symbol->name);
        names_note(symbol->at, symbol);
        if (!first)
            scope_declare(resolver->members, symbol);
        else
            first->is_ambiguous = true;
    }
    struct binding *mark = scope_enter(resolver->fields);
    for (struct symbol *symbol = declaration->parameters; symbol; symbol = symbol->next)
        scope_declare(resolver->fields, symbol);
    scope_leave(resolver->fields, mark);
}

static void declare_symbol(struct resolver *resolver, struct symbol *symbol)
{
    struct symbol *known = scope_find(resolver->names, symbol->name);
    if (known && resolve_is_same_extern(known, symbol))
        names_note(symbol->at, known);
    else
        declare(resolver, symbol);
}

static void declare_top_level(struct resolver *resolver, struct declaration *declaration)
{
    for (struct symbol *symbol = declaration->symbol; symbol; symbol = symbol->next) {
        symbol->is_extern = declaration->kind == DECLARATION_CONST && declaration->is_extern && !symbol->initial;
        declare_symbol(resolver, symbol);
        if (declaration->kind != DECLARATION_CONST)
            break;
    }
    if (declaration->kind == DECLARATION_ENUM || declaration->kind == DECLARATION_PROTOCOL)
        declare_members(resolver, declaration);
    for (struct declaration *member = declaration->members; member; member = member->next)
        declare_top_level(resolver, member);
}

static void declare_builtins(struct resolver *resolver)
{
    static const struct {
        const char *name;
        enum builtin builtin;
    } builtins[] = {
        {"print", BUILTIN_PRINT}, {"println", BUILTIN_PRINTLN}, {"now", BUILTIN_NOW}, {"len", BUILTIN_LEN},
        {"min", BUILTIN_MIN}, {"max", BUILTIN_MAX}, {"abs", BUILTIN_ABS},
    };
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
        struct symbol *symbol = NEW(struct symbol);
        symbol->kind = SYMBOL_BUILTIN;
        symbol->name = arena_name(builtins[i].name, strlen(builtins[i].name));
        symbol->builtin = builtins[i].builtin;
        scope_declare(resolver->names, symbol);
    }
}

static void find_main(struct resolver *resolver)
{
    struct symbol *symbol = scope_find(resolver->names, arena_name("main", 4));
    if (!symbol)
        return;
    if (symbol->kind != SYMBOL_PROCESS)
        diag_error(symbol->at, "main is the program, so it is a process: process main(...) { ... }");
    if (symbol->kind == SYMBOL_FUNCTION && !symbol->declaration->is_extern) { /* and is taken for one from here on */
        symbol->kind = SYMBOL_PROCESS;
        symbol->declaration->kind = DECLARATION_PROCESS;
        symbol->declaration->result = NULL;
        symbol->declaration->is_mistaken = true;
    }
    if (symbol->kind == SYMBOL_PROCESS)
        resolver->module->main = symbol;
}

static void resolve_top_level(struct resolver *resolver, struct declaration *declaration)
{
    if (declaration->kind == DECLARATION_CONST)
        resolve_constants(resolver, declaration);
    else
        resolve_declaration(resolver, declaration);
    for (struct declaration *member = declaration->members; member; member = member->next)
        resolve_top_level(resolver, member);
}

void resolve_module(struct module *module)
{
    struct resolver *resolver = module->resolver = NEW(struct resolver);
    *resolver = (struct resolver){
        .module = module, .names = scope_new(), .members = scope_new(), .fields = scope_new(), .unknown = scope_new(),
        .underscore = arena_name("_", 1),
    };
    declare_builtins(resolver);
    scope_enter(resolver->names); /* a program may have a min of its own */
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        declare_top_level(resolver, declaration);
    find_main(resolver);
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        resolve_top_level(resolver, declaration);
}

void resolve_instance(struct module *module, struct declaration *instance)
{
    resolve_declaration(module->resolver, instance);
}
