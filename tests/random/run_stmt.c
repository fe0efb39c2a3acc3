/* run_stmt: executes statements one after the other, as they stand before they are disguised. */
#include "random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum control { NEXT, BROKEN, CONTINUED, RETURNED, ENDED };

struct activation {
    struct run *run;
    union scalar *frame, *result;
};

static enum control run_stmts(struct activation *a, struct stmt *stmts);

/* The shortest digits that read back the same, laid out plainly: run_binary keeps reals where that is so. */
static void print_real(FILE *to, double real)
{
    char digits[64];
    for (int precision = 1; precision < 18; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, real);
        if (strtod(digits, NULL) == real)
            break;
    }
    if (!strchr(digits, 'e')) {
        fputs(digits, to);
        return;
    }
    int exponent = atoi(strchr(digits, 'e') + 1), used = (int)(strchr(digits, 'e') - digits) - (real < 0);
    int decimals = (used > 1 ? used - 2 : 0) - exponent;
    fprintf(to, "%.*f", decimals > 0 ? decimals : 0, real);
}

static void print_wide(FILE *to, const struct type *type, wide number)
{
    if (type->least == 0)
        fprintf(to, "%llu", (unsigned long long)number);
    else
        fprintf(to, "%lld", (long long)number);
}

void run_print(FILE *to, const struct type *type, const union scalar *value)
{
    switch (type->kind) {
    case BOOL: fputs(value->number ? "true" : "false", to); break;
    case CHAR: fputc((int)value->number, to); break;
    case STRING: fputs(run_text(*value), to); break;
    case DOUBLE: print_real(to, value->real); break;
    case ENUM: fputs(type->names[value->number], to); break;
    default: print_wide(to, type, value->number);
    }
}

static enum control of(bool is_done)
{
    return is_done ? NEXT : ENDED;
}

static enum control declare(struct activation *a, struct stmt *stmt)
{
    union scalar *to = a->frame + stmt->variable->offset;
    if (stmt->value)
        return of(run_expr(a->run, a->frame, stmt->value, to));
    memset(to, 0, (size_t)stmt->variable->type->slots * sizeof *to);
    return NEXT;
}

static enum control assign(struct activation *a, struct stmt *stmt)
{
    union scalar value[512];
    union scalar *place = run_place(a->run, a->frame, stmt->place);
    if (!place || !run_expr(a->run, a->frame, stmt->value, value))
        return ENDED;
    memcpy(place, value, (size_t)stmt->place->type->slots * sizeof *place);
    return NEXT;
}

/* x += e is computed where the types of x and e meet, and must fit x. */
static enum control update(struct activation *a, struct stmt *stmt)
{
    union scalar value = {.number = 1}, result = {0};
    union scalar *place = run_place(a->run, a->frame, stmt->place);
    if (!place || (stmt->value && !run_expr(a->run, a->frame, stmt->value, &value)))
        return ENDED;
    struct type *type = stmt->place->type, *other = stmt->value ? stmt->value->type : type;
    bool is_shift = stmt->op == LEFT || stmt->op == RIGHT;
    struct type *meet = type_is_integer(type) ? type_meet(type, is_shift ? type : other) : type;
    struct expr operation = {.op = stmt->op, .type = meet};
    if (!run_binary(a->run, &operation, stmt->op, *place, value, &result) ||
        (type->kind != DOUBLE && !type_fits(type, result.number))) {
        a->run->failed = NULL;
        a->run->failing = stmt;
        return ENDED;
    }
    *place = result;
    return NEXT;
}

static enum control print(struct activation *a, struct stmt *stmt)
{
    union scalar values[MOST_ARGUMENTS];
    for (int i = 0; i < stmt->count; i++)
        if (!run_expr(a->run, a->frame, stmt->args[i], &values[i]))
            return ENDED;
    for (int i = 0; i < stmt->count; i++) {
        run_print(a->run->output, stmt->args[i]->type, &values[i]);
        if (stmt->op == ADD)
            fputc(' ', a->run->output);
    }
    fputc('\n', a->run->output);
    return NEXT;
}

static enum control choose(struct activation *a, struct stmt *stmt)
{
    union scalar condition = {0};
    if (!run_expr(a->run, a->frame, stmt->value, &condition))
        return ENDED;
    return run_stmts(a, condition.number ? stmt->body : stmt->other);
}

static enum control loop(struct activation *a, struct stmt *stmt)
{
    union scalar bound = {0};
    if (!run_expr(a->run, a->frame, stmt->value, &bound))
        return ENDED;
    for (wide i = 0; i < bound.number; i++) {
        a->frame[stmt->variable->offset].number = i;
        enum control control = run_stmts(a, stmt->body);
        if (control == BROKEN)
            break;
        if (control >= RETURNED)
            return control;
    }
    return NEXT;
}

static void open_shape(struct activation *a, const struct arm *arm, const struct type *type, const union scalar *value)
{
    const union scalar *from = value + type_offset(type, arm->label);
    for (int i = 0; i < type->arity[arm->label]; i++) {
        size_t slots = (size_t)type->values[arm->label][i]->slots;
        if (arm->variables[i])
            memcpy(a->frame + arm->variables[i]->offset, from, slots * sizeof *from);
        from += slots;
    }
}

static enum control select_arm(struct activation *a, struct stmt *stmt)
{
    union scalar value[512];
    if (!run_expr(a->run, a->frame, stmt->value, value))
        return ENDED;
    for (struct arm *arm = stmt->arms; arm; arm = arm->next) {
        if (arm->label != -1 && arm->label != value->number)
            continue;
        if (stmt->value->type->kind == PROTOCOL && arm->label != -1)
            open_shape(a, arm, stmt->value->type, value);
        return run_stmts(a, arm->body);
    }
    return NEXT;
}

static enum control invoke(struct activation *a, struct stmt *stmt)
{
    struct function *function = stmt->function;
    union scalar *frame = NEW_ARRAY(union scalar, (size_t)function->slots + 1), none;
    for (int i = 0; i < stmt->count; i++) {
        union scalar *slot = frame + function->parameters[i]->offset;
        if (function->parameters[i]->is_ref)
            slot->place = run_place(a->run, a->frame, stmt->args[i]);
        else if (!run_expr(a->run, a->frame, stmt->args[i], slot))
            return ENDED;
        if (a->run->failed)
            return ENDED;
    }
    return of(run_function(a->run, function, frame, &none));
}

static enum control give_back(struct activation *a, struct stmt *stmt)
{
    if (!stmt->value)
        return RETURNED;
    return run_expr(a->run, a->frame, stmt->value, a->result) ? RETURNED : ENDED;
}

/* Of each element of an array what a function makes of it: into another array, or added up with wrapping. */
static enum control map(struct activation *a, struct stmt *stmt)
{
    struct function *function = stmt->function;
    struct type *type = function->result;
    union scalar *from = a->frame + stmt->variable->offset, *to = run_place(a->run, a->frame, stmt->place);
    wide sum = to->number;
    for (int i = 0; i < stmt->variable->type->count; i++) {
        union scalar *frame = NEW_ARRAY(union scalar, (size_t)function->slots + 1), result = {0};
        memcpy(frame + function->parameters[0]->offset, from + i * stmt->variable->type->parts[0]->slots,
               (size_t)stmt->variable->type->parts[0]->slots * sizeof *from);
        if (!run_function(a->run, function, frame, stmt->kind == MAP ? to + i * type->slots : &result))
            return ENDED;
        sum += result.number;
    }
    if (stmt->kind == SUM)
        to->number = (int32_t)(uint32_t)(natural)sum;
    return NEXT;
}

static enum control fail(struct activation *a, struct stmt *stmt)
{
    a->run->failing = stmt;
    return ENDED;
}

static enum control run_stmt(struct activation *a, struct stmt *stmt)
{
    switch (stmt->kind) {
    case DECLARE: return declare(a, stmt);
    case ASSIGN: return assign(a, stmt);
    case UPDATE: case STEP: return update(a, stmt);
    case PRINT: return print(a, stmt);
    case IF: return choose(a, stmt);
    case LOOP: return loop(a, stmt);
    case SWITCH: return select_arm(a, stmt);
    case BREAK: return BROKEN;
    case CONTINUE: return CONTINUED;
    case RETURN: return give_back(a, stmt);
    case BLOCK: return run_stmts(a, stmt->body);
    case INVOKE: return invoke(a, stmt);
    case MAP: case SUM: return map(a, stmt);
    case FAIL: return fail(a, stmt);
    }
    return NEXT;
}

static enum control run_stmts(struct activation *a, struct stmt *stmts)
{
    enum control control = NEXT;
    for (struct stmt *stmt = stmts; stmt && control == NEXT; stmt = stmt->next) {
        if (a->run->steps++ >= a->run->stop_at && a->run->stop_at >= 0 && !a->run->stopped)
            a->run->stopped = stmt;
        control = run_has_ended(a->run) ? ENDED : run_stmt(a, stmt);
    }
    return control;
}

bool run_function(struct run *run, struct function *function, union scalar *frame, union scalar *result)
{
    struct activation activation = {run, frame, result};
    return run_stmts(&activation, function->body) != ENDED;
}

bool run_program(struct run *run, struct program *program)
{
    struct function *main = program->functions[program->function_count - 1];
    union scalar none, *frame = NEW_ARRAY(union scalar, (size_t)main->slots + 1);
    return run_function(run, main, frame, &none);
}
