/* make_stmt: statements by chance. A block's variables are visible to its end; what leaves a loop or a function stands
 * behind a condition. */
#include "random.h"

static struct stmt *make_stmt(struct scope *scope);

static struct stmt *new_stmt(enum stmt_kind kind)
{
    struct stmt *stmt = NEW(struct stmt);
    stmt->kind = kind;
    return stmt;
}

struct stmt *make_block(struct scope *scope, int statements)
{
    struct stmt *first = NULL, **end = &first;
    int visible = scope->count;
    scope->depth++;
    for (int i = 0; i < statements; i++) {
        *end = make_stmt(scope);
        if (*end)
            end = &(*end)->next;
    }
    scope->depth--;
    scope->count = visible;
    return first;
}

static struct stmt *make_body(struct scope *scope)
{
    return make_block(scope, 1 + random_below(4));
}

static struct stmt *make_declare(struct scope *scope)
{
    struct stmt *stmt = new_stmt(DECLARE);
    struct type *type = type_any(scope->program);
    bool is_array = random_chance(25) && type->kind != PROTOCOL && type->slots < 30;
    if (is_array)
        type = type_array(type, 1 << random_below(4));
    if (is_array ? random_chance(60) : random_chance(85))
        stmt->value = is_array ? make_literal(type) : make_expr(scope, type, 3);
    stmt->variable = make_variable(scope, "v", type);
    return stmt;
}

static struct stmt *make_assign(struct scope *scope)
{
    struct stmt *stmt = new_stmt(ASSIGN);
    struct type *type = type_any(scope->program);
    stmt->place = make_place(scope, type);
    stmt->value = make_expr(scope, type, 3);
    return stmt->place ? stmt : make_declare(scope);
}

static struct stmt *make_step(struct scope *scope, struct type *type)
{
    struct stmt *stmt = new_stmt(STEP);
    stmt->place = make_place(scope, type);
    stmt->op = random_chance(50) ? ADD : SUB;
    return stmt->place ? stmt : NULL;
}

static struct stmt *make_update(struct scope *scope)
{
    static const enum op ops[] = {ADD, SUB, MUL, DIV, MOD, AND, OR, XOR, LEFT, RIGHT};
    struct type *type = type_of(random_chance(10) ? DOUBLE : (enum kind)(CHAR + random_below(UINT64 - CHAR + 1)));
    if (type->kind != DOUBLE && random_chance(30))
        return make_step(scope, type);
    struct stmt *stmt = new_stmt(UPDATE);
    stmt->place = make_place(scope, type);
    stmt->op = ops[random_below(type->kind == DOUBLE ? 3 : 10)];
    bool is_shift = stmt->op == LEFT || stmt->op == RIGHT;
    stmt->value = is_shift ? expr_number(type_of(INT), random_below(9)) : make_expr(scope, type, 2);
    if ((stmt->op == DIV || stmt->op == MOD) && stmt->value->op == LITERAL)
        stmt->op = OR;
    return stmt->place ? stmt : NULL;
}

static struct stmt *make_print(struct scope *scope)
{
    struct stmt *stmt = new_stmt(PRINT);
    stmt->op = ADD;
    for (stmt->count = 1 + random_below(4); stmt->args[stmt->count - 1] == NULL;)
        for (int i = 0; i < stmt->count; i++)
            stmt->args[i] = make_operand(scope, random_chance(15) ? scope->program->types[0] : type_any_scalar(), 3);
    return stmt;
}

static struct stmt *make_if(struct scope *scope)
{
    struct stmt *stmt = new_stmt(IF);
    stmt->value = make_operand(scope, type_of(BOOL), 3);
    stmt->body = make_body(scope);
    stmt->other = random_chance(50) ? make_body(scope) : NULL;
    return stmt;
}

static struct stmt *make_loop(struct scope *scope)
{
    struct stmt *stmt = new_stmt(LOOP);
    int visible = scope->count;
    stmt->value = random_chance(60) ? expr_number(type_of(INT), random_below(5))
                                    : expr_new(AND, type_of(INT), make_operand(scope, type_of(INT), 2),
                                               expr_number(type_of(INT), 3), NULL);
    stmt->variable = make_variable(scope, "i", type_of(INT));
    stmt->variable->is_fixed = true;
    scope->loops++;
    stmt->body = make_body(scope);
    scope->loops--;
    scope->count = visible;
    return stmt;
}

/* A break, continue or return; NULL where there is nothing to leave. */
static struct stmt *make_way_out(struct scope *scope)
{
    if (scope->loops > 0 && random_chance(70))
        return new_stmt(random_chance(50) ? BREAK : CONTINUE);
    if (scope->depth < 3 && !scope->loops)
        return NULL;
    struct stmt *stmt = new_stmt(RETURN);
    if (scope->function->result->kind != VOID)
        stmt->value = make_expr(scope, scope->function->result, 2);
    return stmt;
}

static struct stmt *make_leave(struct scope *scope)
{
    struct stmt *stmt = new_stmt(IF);
    stmt->value = make_operand(scope, type_of(BOOL), 3);
    int visible = scope->count;
    stmt->body = make_block(scope, random_below(2));
    struct stmt **end = &stmt->body;
    while (*end)
        end = &(*end)->next;
    scope->count = visible;
    *end = make_way_out(scope);
    return stmt;
}

static struct arm *make_arm(struct scope *scope, const struct type *type, int label)
{
    struct arm *arm = NEW(struct arm);
    int visible = scope->count;
    arm->label = label;
    for (int i = 0; type->kind == PROTOCOL && label >= 0 && i < type->arity[label]; i++)
        if (random_chance(75))
            arm->variables[i] = make_variable(scope, "m", type->values[label][i]);
    arm->body = make_body(scope);
    scope->count = visible;
    return arm;
}

static struct stmt *make_switch(struct scope *scope)
{
    struct stmt *stmt = new_stmt(SWITCH);
    struct type *type = random_chance(25) ? type_of(INT)
                                          : scope->program->types[random_below(scope->program->type_count)];
    if (type->kind == STRUCT)
        type = type_of(UINT8);
    stmt->value = make_operand(scope, type, 2);
    struct arm **end = &stmt->arms;
    int count = type->count ? type->count : 1 + random_below(4), left_out = random_chance(50) ? random_below(count) : -1;
    for (int label = 0; label < count; label++)
        if (label != left_out) {
            *end = make_arm(scope, type, label);
            end = &(*end)->next;
        }
    if (!type->count || left_out >= 0)
        *end = make_arm(scope, type, -1);
    return stmt;
}

static bool is_used(const struct stmt *stmt, int count, const struct variable *variable)
{
    for (int i = 0; i < count; i++) {
        const struct expr *place = stmt->args[i];
        while (place->op == ELEMENT || place->op == FIELD)
            place = place->args[0];
        if (place->op == VARIABLE && place->variable == variable)
            return true;
    }
    return false;
}

/* A place to be passed by ref: in a variable that no other argument has to do with. */
static struct expr *make_ref(struct scope *scope, const struct stmt *stmt, int count, struct type *type)
{
    for (int tries = 0; tries < 10; tries++) {
        struct expr *place = make_place(scope, type), *root = place;
        while (root && root->op != VARIABLE)
            root = root->args[0];
        if (root && !is_used(stmt, count, root->variable))
            return place;
    }
    return NULL;
}

static bool make_arguments(struct scope *scope, struct stmt *stmt)
{
    struct function *function = stmt->function;
    bool has_refs = false;
    for (int i = 0; i < function->count; i++) {
        struct variable *parameter = function->parameters[i];
        has_refs = has_refs || parameter->is_ref;
        /* Behind a ref stand only literals: an argument may not look at what a ref sets. */
        stmt->args[i] = parameter->is_ref ? make_ref(scope, stmt, i, parameter->type)
                        : has_refs        ? parameter->is_open ? NULL : make_literal(parameter->type)
                                          : make_expr(scope, parameter->type, 2);
        if (!stmt->args[i])
            return false;
    }
    stmt->count = function->count;
    return true;
}

static struct stmt *make_invoke(struct scope *scope)
{
    struct program *program = scope->program;
    struct stmt *stmt = new_stmt(INVOKE);
    for (int tries = 0; tries < 6 && program->function_count; tries++) {
        stmt->function = program->functions[random_below(program->function_count)];
        bool may = stmt->function->result->kind == VOID && (scope->function->is_process || !stmt->function->is_process) &&
                   !(scope->is_quiet && stmt->function->is_noisy);
        if (may && make_arguments(scope, stmt))
            return stmt;
    }
    return NULL;
}

static bool is_mapping(const struct scope *scope, const struct function *function, const struct type *array)
{
    return function->count == 1 && function->result->kind != VOID && !function->is_noisy && !function->is_process &&
           function->parameters[0]->type == array->parts[0] && scope->function->is_process;
}

static struct stmt *make_map(struct scope *scope)
{
    for (int tries = 0; tries < 20 && scope->program->function_count; tries++) {
        struct variable *variable = scope->visible[random_below(scope->count)];
        struct function *function = scope->program->functions[random_below(scope->program->function_count)];
        if (variable->type->kind != ARRAY || variable->is_open || variable->is_ref ||
            !is_mapping(scope, function, variable->type))
            continue;
        struct stmt *stmt = new_stmt(function->result->kind == INT && random_chance(50) ? SUM : MAP);
        stmt->variable = variable;
        stmt->function = function;
        struct type *result = type_array(function->result, variable->type->count);
        stmt->place = make_place(scope, stmt->kind == SUM ? type_of(INT) : result);
        if (stmt->place && stmt->place->op == VARIABLE && stmt->place->variable != variable)
            return stmt;
    }
    return NULL;
}

static struct stmt *make_nested(struct scope *scope)
{
    struct stmt *stmt;
    switch (random_below(7)) {
    case 0: case 1: return make_if(scope);
    case 2: case 3: return make_loop(scope);
    case 4: case 5: return make_switch(scope);
    default:
        stmt = new_stmt(BLOCK);
        stmt->body = make_body(scope);
        return stmt;
    }
}

static struct stmt *make_stmt(struct scope *scope)
{
    int kind = random_below(100);
    if (scope->count == 0 || kind < 14)
        return make_declare(scope);
    if (kind < 34)
        return make_assign(scope);
    if (kind < 42)
        return make_update(scope);
    if (kind < 52)
        return scope->is_quiet ? make_assign(scope) : make_print(scope);
    if (kind < 62)
        return make_invoke(scope);
    if (kind < 68)
        return make_map(scope);
    if (kind < 74 && scope->loops + (scope->depth > 2) > 0)
        return make_leave(scope);
    return scope->depth < 4 ? make_nested(scope) : make_update(scope);
}
