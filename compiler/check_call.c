/* check_call: calls of functions, processes and what is built in (language.md § 3). Called by check_expr.c and
 * check_stmt.c. */
#include "check_private.h"

#include "arena.h"
#include "constant.h"
#include "diag.h"
#include "names.h"

/* ---- print ---- */

static bool is_printable(const struct type *type)
{
    return check_is_ordered(type) || type->kind == TYPE_BOOL || type->kind == TYPE_ENUM || check_is_text(type);
}

void check_printable(struct checker *checker, struct expr *list)
{
    for (struct expr *argument = list; argument; argument = argument->next) {
        check_expression(checker, argument);
        check_settle(argument);
        if (argument->type->kind != TYPE_ERROR && !is_printable(argument->type))
            diag_error(argument->at, "only numbers, bools, times, values of enums and text can be printed, and this is %s",
                       type_text(argument->type));
    }
}

/* ---- what is built in ---- */

/* The arguments of a built-in function, checked; false, and an error, where there are too few or too many. */
static bool check_operands(struct checker *checker, struct expr *call, int least, int most)
{
    int count = 0;
    bool ok = true;
    for (struct expr *argument = call->arguments; argument; argument = argument->next, count++) {
        check_expression(checker, argument);
        ok = ok && argument->type->kind != TYPE_ERROR;
    }
    if (count >= least && count <= most)
        return ok;
    const char *limit = least == most ? "" : " at least";
    diag_error(call->at, "%s takes%s %d argument%s, and here %s %d", call->left->name, limit, least,
               least == 1 ? "" : "s", count == 1 ? "is" : "are", count);
    return false;
}

static void mark_read(const struct expr *expr)
{
    if (!expr)
        return;
    if (expr->kind == EXPR_NAME && expr->symbol)
        expr->symbol->is_read = true;
    mark_read(expr->left);
    mark_read(expr->middle);
    mark_read(expr->right);
    for (const struct expr *argument = expr->arguments; argument; argument = argument->next)
        mark_read(argument);
}

/* The length of an array is part of its type, or beside it: measuring it reads no element. */
static bool check_measured(struct checker *checker, struct expr *call)
{
    bool around = checker->measures;
    checker->measures = true;
    bool ok = check_operands(checker, call, 1, 1);
    checker->measures = around;
    if (!around && ok && call->arguments->type->kind != TYPE_ARRAY)
        mark_read(call->arguments);
    return ok;
}

static void check_len(struct checker *checker, struct expr *call)
{
    const struct expr *of = call->arguments;
    if (!check_measured(checker, call))
        return;
    call->type = type_basic(TYPE_INT32);
    if (of->type->kind == TYPE_ARRAY && of->type->length >= 0)
        call->value = constant_integer(of->type->length);
    else if (of->type->kind == TYPE_STRING && of->value)
        call->value = constant_integer(of->value->length);
    else if (of->type->kind != TYPE_ARRAY && of->type->kind != TYPE_STRING)
        diag_error(call->at, "only arrays and strings have a length, and this is %s", type_text(of->type));
}

/* All arguments meet in the first one, which grows as it needs; only then is a narrow type made int, which an unsigned
 * one would not meet. */
static bool meet_all(struct expr *call)
{
    struct expr *first = call->arguments;
    for (struct expr *argument = first; argument; argument = argument->next) {
        if (check_is_ordered(argument->type) && check_meet(first, argument, false))
            continue;
        diag_error(call->at, "%s needs numbers or times that meet in one type, and these are %s and %s",
                   call->left->name, type_text(first->type), type_text(argument->type));
        return false;
    }
    struct type *type = check_at_least_int(first->type);
    for (struct expr *argument = first; argument; argument = argument->next)
        check_wrap(argument, type);
    return true;
}

/* An exact constant without a value, `b ? 1 : 2`, takes its own type. */
static bool settle_all(struct expr *call)
{
    bool is_known = true;
    for (struct expr *argument = call->arguments; argument; argument = argument->next)
        is_known = is_known && argument->value;
    for (struct expr *argument = call->arguments; argument && !is_known; argument = argument->next)
        if (!argument->value)
            check_settle(argument);
    return is_known;
}

/* Exact arguments are left only where all are constants; then the call becomes one literal, see check_wrap. */
static void check_extreme(struct checker *checker, struct expr *call)
{
    if (!check_operands(checker, call, 2, INT32_MAX))
        return;
    bool is_known = settle_all(call);
    if (!meet_all(call))
        return;
    call->type = call->arguments->type;
    if (!is_known)
        return;
    bool is_max = call->left->symbol->builtin == BUILTIN_MAX;
    call->value = call->arguments->value;
    for (struct expr *argument = call->arguments->next; argument; argument = argument->next)
        if (is_max ? constant_less(call->value, argument->value) : constant_less(argument->value, call->value))
            call->value = argument->value;
}

static void check_abs(struct checker *checker, struct expr *call)
{
    struct expr *of = call->arguments;
    if (!check_operands(checker, call, 1, 1))
        return;
    check_promote(of);
    if (!of->value)
        check_settle(of);
    if (!check_is_ordered(of->type) || !type_is_signed(of->type)) {
        diag_error(call->at, "abs needs a number with a sign, or a time, and this is %s", type_text(of->type));
        return;
    }
    const char *why = NULL;
    call->type = of->type;
    if (!of->value)
        return;
    bool is_negative = constant_less(of->value, constant_zero(of->type));
    call->value = is_negative ? constant_unary(OPERATOR_NEGATE, of->value, of->type, &why) : of->value;
    if (!call->value)
        diag_error(call->at, "%s", why);
}

static void check_builtin(struct checker *checker, struct expr *call)
{
    switch (call->left->symbol->builtin) {
    case BUILTIN_NOW:
        if (check_operands(checker, call, 0, 0))
            call->type = type_basic(TYPE_TIME);
        break;
    case BUILTIN_LEN:
        check_len(checker, call);
        break;
    case BUILTIN_MIN: case BUILTIN_MAX:
        check_extreme(checker, call);
        break;
    case BUILTIN_ABS:
        check_abs(checker, call);
        break;
    default:
        check_printable(checker, call->arguments);
        diag_error(call->at, "%s gives no value: it is a statement", call->left->name);
    }
}

/* ---- arguments ---- */

/* May an array be passed where the parameter has that type? Channels stand for their ends. */
static bool is_same_array(const struct type *parameter, const struct type *argument)
{
    if (parameter->kind != TYPE_ARRAY || argument->kind != TYPE_ARRAY) {
        bool is_end = parameter->kind == TYPE_IN || parameter->kind == TYPE_OUT;
        return parameter == argument ||
               (is_end && argument->kind == TYPE_CHANNEL && parameter->of == argument->of);
    }
    if (parameter->length >= 0 && parameter->length != argument->length)
        return false;
    return is_same_array(parameter->of, argument->of);
}

static bool check_reference(struct checker *checker, struct expr *argument, const struct symbol *parameter)
{
    if (!check_target(checker, argument, "passed as ref"))
        return true;
    struct symbol *root = check_root(argument);
    root->is_read = root->is_by_ref = true;
    if (argument->type->kind == TYPE_ERROR || is_same_array(parameter->type, argument->type))
        return true;
    diag_error(argument->at, "%s is ref %s, so that its argument is exactly that, and this is %s", parameter->name,
               type_text(parameter->type), type_text(argument->type));
    return false;
}

static bool check_array(struct checker *checker, struct expr *argument, const struct symbol *parameter)
{
    check_expression(checker, argument);
    check_settle(argument);
    if (argument->type->kind == TYPE_ERROR || is_same_array(parameter->type, argument->type))
        return true;
    diag_error(argument->at, "%s is %s, and this is %s", parameter->name, type_text(parameter->type),
               type_text(argument->type));
    return false;
}

static bool check_argument(struct checker *checker, struct expr *argument, const struct symbol *parameter)
{
    if (!parameter->type || parameter->type->kind == TYPE_ERROR) { /* not yet known, or refused */
        check_expression(checker, argument);
        check_settle(argument);
        return true;
    }
    if (parameter->is_ref)
        return check_reference(checker, argument, parameter);
    if (parameter->type->kind == TYPE_ARRAY)
        return check_array(checker, argument, parameter);
    return check_value(checker, argument, parameter->type, parameter->name);
}

static void check_unknown_arguments(struct checker *checker, struct expr *list)
{
    for (struct expr *argument = list; argument; argument = argument->next) {
        check_expression(checker, argument);
        check_settle(argument);
    }
}

bool check_count(const struct expr *call, const struct symbol *callee)
{
    int expected = 0, given = 0;
    for (const struct symbol *parameter = callee->declaration->parameters; parameter; parameter = parameter->next)
        expected++;
    for (const struct expr *argument = call->arguments; argument; argument = argument->next)
        given++;
    if (expected == given)
        return true;
    diag_error(call->at, "%s takes %d argument%s, and here %s %d", callee->name, expected, expected == 1 ? "" : "s",
               given == 1 ? "is" : "are", given);
    diag_note(callee->at, "%s is declared here", callee->name);
    return false;
}

static void check_arguments(struct checker *checker, struct expr *call, const struct symbol *callee)
{
    const struct symbol *parameter = callee->declaration->parameters;
    struct expr *argument = call->arguments;
    for (; argument && parameter; argument = argument->next, parameter = parameter->next)
        if (!check_argument(checker, argument, parameter))
            diag_note(parameter->at, "%s is declared here", parameter->name);
    check_unknown_arguments(checker, argument);
    check_count(call, callee);
    check_overlaps(call, callee->declaration->parameters);
}

/* ---- calls ---- */

static bool is_constructor(const struct symbol *symbol)
{
    return symbol->kind == SYMBOL_ENUM || symbol->kind == SYMBOL_ENUMERATOR || symbol->kind == SYMBOL_SHAPE;
}

/* T(x) in an instance. */
static void convert_to_parameter(struct checker *checker, struct expr *call)
{
    struct symbol *parameter = call->left->symbol;
    if (parameter->type->kind == TYPE_ENUM) {
        check_member(checker, call, parameter->type->symbol, false);
        return;
    }
    if (!check_operands(checker, call, 1, 1)) {
        call->type = type_basic(TYPE_ERROR);
        return;
    }
    struct type_name *name = NEW(struct type_name);
    *name = (struct type_name){.at = call->left->at, .name = parameter->name, .symbol = parameter};
    call->kind = EXPR_CONVERT;
    call->type_name = name;
    call->left = call->arguments;
    call->arguments = NULL;
    check_conversion(checker, call);
}

/* Colour(1), put(3, 4), Req.put(3, 4): a value, whose type has been found. False where the call is none. */
static bool constructs(struct checker *checker, struct expr *call)
{
    struct expr *left = call->left;
    struct symbol *member = left->kind == EXPR_FIELD ? check_qualified(left) : NULL;
    if (member) {
        names_note(left->operator_at, member);
        check_member(checker, call, member, true);
        return true;
    }
    if (left->kind != EXPR_NAME || !left->symbol)
        return false;
    if (left->symbol->kind == SYMBOL_TYPE_PARAMETER && left->symbol->type) {
        convert_to_parameter(checker, call);
        return true;
    }
    if (!is_constructor(left->symbol))
        return false;
    check_member(checker, call, left->symbol, false);
    return true;
}

static void refuse_callee(const struct expr *call, const struct symbol *callee)
{
    if (callee->kind == SYMBOL_STRUCT)
        diag_error(call->at, "%s is a struct: %s{...} makes a value of it", callee->name, callee->name);
    else
        diag_error(call->at, "%s is not a function or process, and cannot be called", callee->name);
    diag_note(callee->at, "%s is declared here", callee->name);
}

/* The function, process or built-in that is called; NULL, and an error unless it has been reported, for all else. */
static const struct symbol *callee_of(struct checker *checker, struct expr *call)
{
    const struct symbol *callee = call->left->kind == EXPR_NAME ? call->left->symbol : NULL;
    call->type = type_basic(TYPE_ERROR);
    const struct declaration *declared = callee ? callee->declaration : NULL;
    bool is_callable = callee && !callee->is_declared_twice &&
        (callee->kind == SYMBOL_FUNCTION || callee->kind == SYMBOL_PROCESS || callee->kind == SYMBOL_BUILTIN);
    bool is_generic = is_callable && declared && check_is_generic(declared);
    if (is_callable && !is_generic)
        return callee;
    if (is_generic) {
        callee = check_instance(checker, call, callee->declaration);
        if (callee)
            return callee;
    } else if (callee && !callee->is_declared_twice) {
        refuse_callee(call, callee);
    } else if (call->left->kind != EXPR_NAME) {
        check_expression(checker, call->left);
        if (call->left->type->kind != TYPE_ERROR)
            diag_error(call->at, "only functions and processes can be called");
    }
    check_unknown_arguments(checker, call->arguments);
    return NULL;
}

static void check_may_block(struct checker *checker, const struct expr *call, const struct symbol *callee)
{
    check_may_wait(checker, call->at);
    if (!checker->is_in_guard)
        return;
    diag_error(call->at, "%s blocks, and a guard is evaluated at once: call it in front of the alt", callee->name);
    diag_note(callee->at, "%s is declared here", callee->name);
}

static void check_function_call(struct checker *checker, struct expr *call, const struct symbol *callee)
{
    if (callee->declaration->is_blocking)
        check_may_block(checker, call, callee);
    check_arguments(checker, call, callee);
    check_graph_call(checker->declaration, callee->declaration);
    call->type = callee->type;
}

void check_call(struct checker *checker, struct expr *call)
{
    if (constructs(checker, call))
        return;
    const struct symbol *callee = callee_of(checker, call);
    if (!callee)
        return;
    if (callee->kind == SYMBOL_BUILTIN) {
        check_builtin(checker, call);
    } else if (callee->kind == SYMBOL_FUNCTION) {
        check_function_call(checker, call, callee);
        if (call->type->kind == TYPE_VOID) {
            diag_error(call->at, "%s gives no value", callee->name);
            call->type = type_basic(TYPE_ERROR);
        }
    } else {
        check_unknown_arguments(checker, call->arguments);
        diag_error(call->at, "%s is a process: it is called as a statement, and gives no value", callee->name);
        diag_note(callee->at, "%s is declared here", callee->name);
    }
}

static void check_process_call(struct checker *checker, struct expr *call, const struct symbol *callee)
{
    check_may_wait(checker, call->at);
    check_arguments(checker, call, callee);
    check_graph_call(checker->declaration, callee->declaration);
    call->type = type_basic(TYPE_VOID);
    if (callee == checker->module->main)
        diag_error(call->at, "main is the whole program, and cannot be called");
}

static void check_builtin_statement(struct checker *checker, struct expr *call)
{
    enum builtin builtin = call->left->symbol->builtin;
    if (builtin != BUILTIN_PRINT && builtin != BUILTIN_PRINTLN) {
        check_builtin(checker, call);
        check_settle(call);
        diag_error(call->at, "%s only gives a value, and here is nothing that uses it", call->left->name);
        return;
    }
    check_printable(checker, call->arguments);
    call->type = type_basic(TYPE_VOID);
    checker->declaration->is_impure = true;
}

/* What a spawned process is given it has for itself: nobody knows how long it runs (§ 4). */
static void refuse_refs(const struct expr *call, const struct symbol *callee)
{
    const struct symbol *parameter = callee->declaration->parameters;
    for (const struct expr *a = call->arguments; a && parameter; a = a->next, parameter = parameter->next)
        if (parameter->is_ref) {
            diag_error(a->at, "%s is ref, and a spawned process, which may outlive what it would set, takes none",
                       parameter->name);
            diag_note(parameter->at, "%s is declared here", parameter->name);
        }
}

void check_spawn(struct checker *checker, struct stmt *stmt)
{
    struct expr *call = stmt->left;
    if (constructs(checker, call)) {
        diag_error(call->at, "only a process can be spawned");
        return;
    }
    const struct symbol *callee = callee_of(checker, call);
    if (callee && callee->kind == SYMBOL_PROCESS) {
        check_process_call(checker, call, callee);
        refuse_refs(call, callee);
    } else if (callee) {
        check_unknown_arguments(checker, call->arguments);
        diag_error(call->at, "%s is a function, and only a process can be spawned", callee->name);
    }
}

void check_call_statement(struct checker *checker, struct stmt *stmt)
{
    struct expr *call = stmt->left;
    if (constructs(checker, call)) {
        if (call->type->kind != TYPE_ERROR)
            diag_error(call->at, "this only makes a value, and here is nothing that uses it");
        return;
    }
    const struct symbol *callee = callee_of(checker, call);
    if (!callee)
        return;
    if (callee->kind == SYMBOL_BUILTIN)
        check_builtin_statement(checker, call);
    else if (callee->kind == SYMBOL_FUNCTION)
        check_function_call(checker, call, callee);
    else
        check_process_call(checker, call, callee);
}
