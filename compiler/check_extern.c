/* check_extern: what a C header has, as an `extern` declares it (language.md § 9). Called by check.c, and by
 * check_constant.c for constants that are needed before their turn.
 *
 * C is taken at its word: whether a header has what is declared of it, the C compiler finds out. Here it is only seen to
 * that C can have it at all. */
#include "check_private.h"

#include "diag.h"

#include <string.h>

/* ---- names ---- */

static bool starts_with(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

/* What a name of C's would meet around the places where the generated C uses it, and could not give way to. */
static bool is_own(const char *name)
{
    static const char *const names[] = {"AT", "S", "arguments", "child", "f", "files", "main_groups", "main_kind",
                                        "main_points", "main_step", "outer", "replica", "self", "tail", "which"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return starts_with(name, "csp_") || starts_with(name, "CSP_") || starts_with(name, "AT_") || starts_with(name, "outer_");
}

static void check_c_name(const struct symbol *symbol)
{
    if (is_own(symbol->name))
        diag_error(symbol->at, "%s is a name that the generated C has for itself: a header of your own can give it another",
                   symbol->name);
}

/* ---- types ---- */

static bool is_known_to_c(const struct type *type)
{
    return type_is_number(type) || type->kind == TYPE_BOOL || type->kind == TYPE_TIME || type->kind == TYPE_STRING ||
           type->kind == TYPE_OPAQUE || type->kind == TYPE_ERROR;
}

static struct type *check_c_type(struct checker *checker, const struct type_name *name)
{
    struct type *type = check_type_name(checker, name);
    if (is_known_to_c(type))
        return type;
    diag_error(name->at, "C gets and gives numbers, bools, times, strings and what extern calls a type, and this is %s",
               type_text(type));
    return type_basic(TYPE_ERROR);
}

/* Strings lie otherwise in memory than C's, so that only single ones are passed, as copies of their addresses. */
static bool check_memory(const struct symbol *parameter, const struct type *element)
{
    if (element->kind != TYPE_STRING || (!parameter->is_ref && !parameter->dimensions))
        return true;
    if (parameter->is_ref && !parameter->dimensions)
        diag_error(parameter->at, "%s is ref string, and text never changes: C writes into a ref char array", parameter->name);
    else
        diag_error(parameter->at, "%s is an array of strings, which C's arrays of text are not: pass them one by one",
                   parameter->name);
    return false;
}

/* ---- functions ---- */

static void check_parameter(struct checker *checker, struct symbol *parameter)
{
    struct type *element = check_c_type(checker, parameter->type_name);
    if (!check_memory(parameter, element))
        element = type_basic(TYPE_ERROR);
    parameter->type = check_symbol_type(checker, element, parameter);
    if (parameter->initial)
        diag_error(parameter->at, "only the parameters of main have defaults: they are the program's command line");
}

static void check_function(struct checker *checker, struct declaration *function)
{
    struct symbol *symbol = function->symbol;
    check_c_name(symbol);
    if (function->type_parameters)
        diag_error(function->type_parameters->at, "C's functions have no type parameters");
    if (function->body)
        diag_error(symbol->at, "%s is C's, and has its body there: extern only declares it", symbol->name);
    for (struct symbol *parameter = function->parameters; parameter; parameter = parameter->next)
        check_parameter(checker, parameter);
    symbol->type = function->result ? check_c_type(checker, function->result) : type_basic(TYPE_VOID);
    function->is_impure = true;
}

/* ---- constants ---- */

void check_extern_constant(struct checker *checker, struct symbol *symbol)
{
    symbol->type = check_c_type(checker, symbol->type_name);
    check_c_name(symbol);
    if (!symbol->dimensions)
        return;
    diag_error(symbol->at, "%s is an array, and only single values are constants of C's", symbol->name);
    symbol->type = type_basic(TYPE_ERROR);
}

/* ---- headers ---- */

/* The name goes into an #include as it is. */
static void check_header(const struct declaration *header)
{
    bool is_plain = *header->path != 0;
    for (const char *c = header->path; *c; c++)
        is_plain = is_plain && *c != '"' && *c != '\\' && (unsigned char)*c >= ' ';
    if (!is_plain)
        diag_error(header->path_at, "this is not the name of a header");
}

static void check_declaration(struct checker *checker, struct declaration *member)
{
    if (member->kind == DECLARATION_FUNCTION)
        check_function(checker, member);
    else if (member->kind == DECLARATION_OPAQUE)
        check_c_name(member->symbol);
    else
        for (struct symbol *symbol = member->symbol; symbol; symbol = symbol->next)
            check_constant(checker, symbol);
}

void check_extern(struct checker *checker, struct declaration *header)
{
    check_header(header);
    for (struct declaration *member = header->members; member; member = member->next)
        check_declaration(checker, member);
}
