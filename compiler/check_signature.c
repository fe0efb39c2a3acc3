/* check_signature: what functions and processes take and give (language.md § 3), and what main takes from the command
 * line. Called by check.c before any body. */
#include "check_private.h"

#include "constant.h"
#include "diag.h"

#include <string.h>

/* ---- parameters ---- */

static bool is_end_type(const struct type *type)
{
    return type->kind == TYPE_IN || type->kind == TYPE_OUT;
}

static struct type *parameter_element(struct checker *checker, const struct declaration *declaration, const struct symbol *parameter)
{
    struct type *error = type_basic(TYPE_ERROR), *type = check_type_name(checker, parameter->type_name);
    struct where at = parameter->type_name->at;
    if (type->kind == TYPE_BARRIER && declaration->kind == DECLARATION_FUNCTION) {
        diag_error(at, "a function does not wait, so that it takes no barriers; a process does");
        return error;
    }
    if (type->kind == TYPE_VOID) {
        diag_error(at, "void has no values: %s cannot be passed", parameter->name);
        return error;
    }
    if (!is_end_type(type))
        return type;
    if (declaration->kind == DECLARATION_FUNCTION && declaration->symbol->type->kind != TYPE_ERROR) { /* procss f(?int in) */
        diag_error(at, "a function does not communicate, so that it takes no ends; a process does");
        return error;
    }
    return declaration->kind == DECLARATION_FUNCTION ? error : type;
}

static void check_default(struct checker *checker, struct symbol *parameter)
{
    struct expr *initial = parameter->initial;
    if (!initial)
        return;
    if (checker->module->main && checker->declaration == checker->module->main->declaration) {
        check_value(checker, initial, parameter->type, parameter->name);
        check_settle(initial);
        check_is_constant(initial, "a default");
        return;
    }
    check_expression(checker, initial);
    check_settle(initial);
    diag_error(initial->at, "only the parameters of main have defaults: they are the program's command line");
}

void check_parameters(struct checker *checker, struct declaration *declaration)
{
    struct declaration *around = checker->declaration;
    struct region *region_around = checker->region;
    if (declaration->is_checked)
        return;
    declaration->is_checked = true;
    checker->declaration = declaration;
    checker->region = declaration->region;
    for (struct symbol *parameter = declaration->parameters; parameter; parameter = parameter->next) {
        struct type *element = parameter_element(checker, declaration, parameter);
        parameter->type = check_symbol_type(checker, element, parameter);
        check_default(checker, parameter);
    }
    if (check_is_generic(declaration) && declaration->symbol != checker->module->main)
        check_are_mentioned(declaration);
    checker->declaration = around;
    checker->region = region_around;
}

/* ---- results ---- */

void check_result(struct checker *checker, struct declaration *declaration)
{
    if (check_is_generic(declaration))
        check_type_parameters(declaration);
    struct type *type = type_basic(TYPE_VOID);
    if (declaration->result) {
        type = check_type_name(checker, declaration->result);
        if (is_end_type(type)) {
            diag_error(declaration->result->at, "a function gives a value, and an end of a channel is none");
            type = type_basic(TYPE_ERROR);
        }
    }
    declaration->symbol->type = type;
}

/* ---- main ---- */

static const struct stream {
    const char *name;
    enum type_kind end;
    const char *written;
} streams[] = {
    {"stdin", TYPE_IN, "?char stdin"}, {"stdout", TYPE_OUT, "!char stdout"}, {"stderr", TYPE_OUT, "!char stderr"},
};

/* Standard input and output; in a program that is part of another, also ends that the other serves. */
static void check_main_end(const struct symbol *parameter, bool has_host)
{
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        if (strcmp(parameter->name, streams[i].name) != 0)
            continue;
        if (parameter->type->kind != streams[i].end || parameter->type->of->kind != TYPE_CHAR)
            diag_error(parameter->at, "%s is a stream of characters: %s", parameter->name, streams[i].written);
        return;
    }
    if (has_host)
        return;
    diag_error(parameter->at, "the ends that main takes are ?char stdin, !char stdout and !char stderr; "
                              "with --no-main also others, which a C program serves");
}

/* A value without default behind one with a default could never be left out. */
static const struct symbol *check_order(const struct symbol *parameter, const struct symbol *with_default)
{
    if (!parameter->initial && with_default) {
        diag_error(parameter->at, "%s needs a default, because %s before it has one", parameter->name,
                   with_default->name);
        diag_note(with_default->at, "%s is declared here", with_default->name);
    }
    return parameter->initial ? parameter : with_default;
}

/* What can be typed on a command line. */
static bool is_typed(const struct type *type)
{
    return check_is_ordered(type) || type->kind == TYPE_BOOL || type->kind == TYPE_STRING;
}

void check_main(const struct declaration *main, bool has_host)
{
    const struct symbol *with_default = NULL;
    if (main->type_parameters) {
        diag_error(main->type_parameters->at, "main is the whole program, which nothing calls: it has no type parameters");
        return;
    }
    for (const struct symbol *parameter = main->parameters; parameter; parameter = parameter->next) {
        const struct type *type = parameter->type;
        if (!type || type->kind == TYPE_ERROR)
            continue;
        if (type->kind == TYPE_ARRAY)
            diag_error(parameter->at, "main takes single values from the command line, and %s is an array",
                       parameter->name);
        else if (parameter->is_ref)
            diag_error(parameter->at, "main takes values from the command line, and %s is ref", parameter->name);
        else if (is_end_type(type))
            check_main_end(parameter, has_host);
        else if (!is_typed(type))
            diag_error(parameter->at, "main takes numbers, bools, times and text from the command line, and %s is %s",
                       parameter->name, type_text(type));
        else
            with_default = check_order(parameter, with_default);
    }
}
