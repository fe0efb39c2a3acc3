/* make_program: types, functions and processes, each of which calls only those before it. */
#include "random.h"

struct variable *make_variable(struct scope *scope, const char *prefix, struct type *type)
{
    struct variable *variable = NEW(struct variable);
    int id = scope->program->variable_count++ % MOST_VARIABLES;
    *variable = (struct variable){.name = arena_printf("%s%d", prefix, id), .type = type, .id = id,
                                  .offset = scope->function->slots};
    scope->function->slots += type->slots;
    if (scope->count < 256)
        scope->visible[scope->count++] = variable;
    return variable;
}

static void make_parameter(struct scope *scope, bool may_be_ref)
{
    struct function *function = scope->function;
    struct type *type = type_any(scope->program);
    bool is_ref = may_be_ref && random_chance(40), is_array = !is_ref && random_chance(10) && type->kind != PROTOCOL;
    struct variable *parameter = make_variable(scope, "p", is_array ? type_array(type, 4) : type);
    parameter->is_ref = is_ref;
    parameter->is_open = parameter->is_fixed = is_array;
    function->parameters[function->count++] = parameter;
}

static struct stmt *last_return(struct scope *scope)
{
    struct stmt *stmt = NEW(struct stmt);
    stmt->kind = RETURN;
    stmt->value = make_expr(scope, scope->function->result, 3);
    return stmt;
}

static void append(struct stmt **stmts, struct stmt *last)
{
    while (*stmts)
        stmts = &(*stmts)->next;
    *stmts = last;
}

static void make_function(struct program *program, bool has_result)
{
    struct function *function = NEW(struct function);
    struct scope scope = {.program = program, .function = function};
    function->result = has_result ? type_any(program) : type_of(VOID);
    function->is_process = !has_result && random_chance(75);
    function->is_noisy = !has_result || random_chance(40);
    function->name = arena_printf("%s%d", function->is_process ? "process_" : "function_", program->function_count);
    scope.is_quiet = !function->is_noisy;
    for (int i = has_result && random_chance(50) ? 1 : random_below(MOST_ARGUMENTS); i > 0; i--)
        make_parameter(&scope, !has_result);
    function->body = make_block(&scope, 1 + random_below(5));
    if (has_result)
        append(&function->body, last_return(&scope));
    program->functions[program->function_count++] = function;
}

static void make_main(struct program *program)
{
    struct function *main = NEW(struct function);
    *main = (struct function){.name = "main", .result = type_of(VOID), .is_process = true, .is_noisy = true};
    struct scope scope = {.program = program, .function = main};
    main->body = make_block(&scope, 8 + random_below(10));
    program->functions[program->function_count++] = main;
}

struct program *make_program(void)
{
    struct program *program = NEW(struct program);
    types_make(program);
    for (int i = 3 + random_below(5); i > 0; i--)
        make_function(program, true);
    for (int i = 2 + random_below(6); i > 0; i--)
        make_function(program, random_chance(25));
    make_main(program);
    return program;
}
