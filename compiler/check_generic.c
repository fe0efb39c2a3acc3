/* check_generic: calls of functions and processes with type parameters (language.md § 3). Called by check_call.c.
 *
 * What a type parameter stands for follows from the arguments: where the type of a parameter mentions it within an end or
 * an array, or behind ref, the argument's type fits in one way only; where a parameter is a plain T, its argument may
 * also be converted, so that the widest decides, and constants only where nothing else does. Each set of types is one
 * instance, a copy of the declaration that is resolved and checked by itself (Stroustrup's templates, not boxes: a
 * message keeps its size). */
#include "check_private.h"

#include "arena.h"
#include "clone.h"
#include "diag.h"
#include "resolve.h"

enum { MOST_NESTED = 50 }; /* instances that call for one another: beyond, each call asks for ever new types */

/* ---- what the arguments say ---- */

/* What one type parameter stands for in a call. */
struct binding {
    const struct symbol *parameter;
    struct type *type;    /* NULL: nothing has said it */
    struct where at;      /* the argument that did */
    bool is_exactly;      /* no other type will do */
    bool is_constant;     /* only constants have said it */
    struct binding *next;
};

static bool mentions_variable(const struct type *type)
{
    while (type->of)
        type = type->of;
    return type->kind == TYPE_VARIABLE;
}

static struct binding *new_bindings(const struct declaration *generic)
{
    struct binding *first = NULL, **end = &first;
    for (const struct symbol *parameter = generic->type_parameters; parameter; parameter = parameter->next) {
        *end = NEW(struct binding);
        (*end)->parameter = parameter;
        end = &(*end)->next;
    }
    return first;
}

static bool is_end_of(const struct type *pattern, const struct type *type)
{
    bool is_end = pattern->kind == TYPE_IN || pattern->kind == TYPE_OUT;
    return is_end && (type->kind == pattern->kind || type->kind == TYPE_CHANNEL);
}

/* What the variable in the pattern is, where the type has the pattern's form; else NULL. */
static struct type *match(const struct type *pattern, struct type *type)
{
    for (; pattern->kind != TYPE_VARIABLE; pattern = pattern->of, type = type->of)
        if (!is_end_of(pattern, type) && !(pattern->kind == TYPE_ARRAY && type->kind == TYPE_ARRAY))
            return NULL;
    return type;
}

static struct binding *binding_of(struct binding *bindings, const struct type *pattern)
{
    while (pattern->of)
        pattern = pattern->of;
    while (bindings->parameter != pattern->symbol)
        bindings = bindings->next;
    return bindings;
}

static void refuse_second(const struct binding *binding, const struct expr *argument, const struct type *type)
{
    diag_error(argument->at, "%s is %s here, and %s elsewhere in this call", binding->parameter->name, type_text(type),
               type_text(binding->type));
    diag_note(binding->at, "%s is %s here", binding->parameter->name, type_text(binding->type));
}

static bool is_a_value(const struct expr *argument, const struct symbol *parameter)
{
    const struct type *type = argument->type;
    const char *t = type_text(parameter->type);
    if (type->kind == TYPE_CHANNEL)
        diag_error(argument->at, "%s is a %s, and a channel has two ends: which one is meant?", parameter->name, t);
    else if (type->kind == TYPE_ARRAY)
        diag_error(argument->at, "%s is a %s, one value, and this is an array: %s %s[] takes one", parameter->name, t, t,
                   parameter->name);
    else if (type->kind == TYPE_BARRIER)
        diag_error(argument->at, "%s is a %s, a value, and this is a barrier", parameter->name, t);
    else
        return true;
    diag_note(parameter->at, "%s is declared here", parameter->name);
    return false;
}

/* A plain T: the widest of its arguments decides. */
static void bind_value(struct binding *binding, const struct expr *argument)
{
    bool is_wider = !binding->type || (!binding->is_exactly && check_is_silent(binding->type, argument->type));
    if (!is_wider)
        return; /* whether it fits is seen when it is passed */
    binding->type = argument->type;
    binding->at = argument->at;
}

static bool bind_exactly(struct binding *binding, const struct expr *argument, const struct symbol *parameter)
{
    struct type *type = match(parameter->type, argument->type);
    if (!type) {
        diag_error(argument->at, "%s is %s, and this is %s", parameter->name, type_text(parameter->type),
                   type_text(argument->type));
        diag_note(parameter->at, "%s is declared here", parameter->name);
        return false;
    }
    if (binding->type && binding->type != type) {
        refuse_second(binding, argument, type);
        return false;
    }
    binding->type = type;
    binding->at = argument->at;
    binding->is_exactly = true;
    return true;
}

/* The order in which arguments are asked. */
enum { ASK_EXACT, ASK_VALUES, ASK_CONSTANTS, ASK_END };

static int turn_of(const struct expr *argument, const struct symbol *parameter)
{
    if (parameter->type->kind != TYPE_VARIABLE || parameter->is_ref)
        return ASK_EXACT;
    return check_is_exact(argument->type) ? ASK_CONSTANTS : ASK_VALUES;
}

static bool bind(struct binding *bindings, struct expr *argument, const struct symbol *parameter, int turn)
{
    struct binding *binding = binding_of(bindings, parameter->type);
    if (argument->type->kind == TYPE_ERROR)
        return false;
    if (parameter->type->kind == TYPE_VARIABLE && !is_a_value(argument, parameter))
        return false;
    if (turn == ASK_EXACT)
        return bind_exactly(binding, argument, parameter);
    if (turn == ASK_VALUES || !binding->type || binding->is_constant) {
        check_settle(argument);
        bind_value(binding, argument);
        binding->is_constant = turn == ASK_CONSTANTS;
    }
    return true;
}

/* False, and an error, where the arguments do not fit the parameters. Where there are too few, some bindings stay empty. */
static bool bind_all(struct checker *checker, struct binding *bindings, const struct expr *call,
                     const struct declaration *generic)
{
    bool ok = true;
    for (int turn = ASK_EXACT; turn < ASK_END; turn++) {
        const struct symbol *parameter = generic->parameters;
        for (struct expr *a = call->arguments; a && parameter; a = a->next, parameter = parameter->next) {
            if (!mentions_variable(parameter->type))
                continue;
            check_expression(checker, a);
            if (turn_of(a, parameter) == turn)
                ok = bind(bindings, a, parameter, turn) && ok;
        }
    }
    return ok;
}

static bool is_complete(const struct binding *binding)
{
    while (binding && binding->type)
        binding = binding->next;
    return !binding;
}

/* ---- instances ---- */

static struct declaration *find_instance(const struct declaration *generic, const struct binding *bindings)
{
    for (struct declaration *instance = generic->instances; instance; instance = instance->next_instance) {
        const struct binding *binding = bindings;
        const struct symbol *parameter = instance->type_parameters;
        while (binding && binding->type == parameter->type) {
            binding = binding->next;
            parameter = parameter->next;
        }
        if (!binding)
            return instance;
    }
    return NULL;
}

static const char *instance_name(const char *name, const struct binding *bindings)
{
    const char *separator = "<";
    for (; bindings; bindings = bindings->next, separator = ", ")
        name = arena_printf("%s%s%s", name, separator, type_text(bindings->type));
    return arena_printf("%s>", name);
}

static struct diag_context *new_context(const struct declaration *instance, const struct expr *call,
                                        const struct declaration *caller)
{
    struct diag_context *context = NEW(struct diag_context);
    context->at = call->at;
    context->text = arena_printf("in %s, which is called here", instance->symbol->name);
    context->outer = caller ? caller->context : NULL;
    context->depth = context->outer ? context->outer->depth + 1 : 1;
    return context;
}

/* Behind the generic and its other instances, so that what is made of one text stands together. */
static void insert(struct checker *checker, struct declaration *generic, struct declaration *instance)
{
    struct declaration *before = generic;
    struct declaration **end = &generic->instances;
    for (; *end; end = &(*end)->next_instance)
        before = *end;
    *end = instance;
    instance->next = before->next;
    before->next = instance;
    *checker->last_instance = instance;
    checker->last_instance = &instance->next_to_check;
}

static struct declaration *new_instance(struct checker *checker, struct declaration *generic,
                                        const struct binding *bindings, const struct expr *call)
{
    struct declaration *instance = clone_declaration(generic);
    instance->symbol->name = instance_name(generic->symbol->name, bindings);
    instance->context = new_context(instance, call, checker->declaration);
    struct symbol *parameter = instance->type_parameters;
    for (; bindings; bindings = bindings->next, parameter = parameter->next)
        parameter->type = bindings->type;
    instance->is_instance = true;
    insert(checker, generic, instance);
    diag_set_context(instance->context);
    resolve_instance(checker->module, instance);
    check_result(checker, instance);
    check_parameters(checker, instance);
    diag_set_context(checker->declaration ? checker->declaration->context : NULL);
    return instance;
}

static bool is_too_deep(const struct checker *checker, const struct expr *call)
{
    const struct diag_context *context = checker->declaration ? checker->declaration->context : NULL;
    if (!context || context->depth < MOST_NESTED)
        return false;
    diag_error(call->at, "%s is called with other types again and again, without end", call->left->name);
    return true;
}

static void refuse_missing(const struct binding *bindings, const struct expr *call, const struct declaration *generic)
{
    if (check_count(call, generic->symbol))
        for (; bindings; bindings = bindings->next)
            if (!bindings->type)
                diag_error(call->at, "no argument of %s says which type %s is", generic->symbol->name,
                           bindings->parameter->name);
}

struct symbol *check_instance(struct checker *checker, struct expr *call, struct declaration *generic)
{
    check_parameters(checker, generic);
    struct binding *bindings = new_bindings(generic);
    if (!bind_all(checker, bindings, call, generic))
        return NULL;
    if (!is_complete(bindings)) {
        refuse_missing(bindings, call, generic);
        return NULL;
    }
    struct declaration *instance = find_instance(generic, bindings);
    if (!instance && is_too_deep(checker, call))
        return NULL;
    if (!instance)
        instance = new_instance(checker, generic, bindings, call);
    call->left->symbol = instance->symbol;
    return instance->symbol;
}

/* ---- declarations ---- */

bool check_is_generic(const struct declaration *declaration)
{
    return declaration->type_parameters && !declaration->is_instance;
}

void check_type_parameters(struct declaration *generic)
{
    for (struct symbol *parameter = generic->type_parameters; parameter; parameter = parameter->next)
        parameter->type = type_named(TYPE_VARIABLE, parameter);
}

static bool is_mentioned(const struct declaration *generic, const struct type *variable)
{
    for (const struct symbol *parameter = generic->parameters; parameter; parameter = parameter->next) {
        const struct type *type = parameter->type;
        while (type->of)
            type = type->of;
        if (type == variable || type->kind == TYPE_ERROR)
            return true;
    }
    return false;
}

void check_are_mentioned(const struct declaration *generic)
{
    for (const struct symbol *parameter = generic->type_parameters; parameter; parameter = parameter->next)
        if (!is_mentioned(generic, parameter->type))
            diag_error(parameter->at, "no parameter of %s mentions %s, so that no call can say what it is",
                       generic->symbol->name, parameter->name);
}

void check_forget_generics(struct module *module)
{
    struct declaration **link = &module->declarations;
    while (*link)
        if (check_is_generic(*link))
            *link = (*link)->next;
        else
            link = &(*link)->next;
}
