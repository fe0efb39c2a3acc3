/* check: gives every expression its type and its constant value, makes silent conversions explicit, and refuses what
 * the types forbid (language.md § 2, § 3, § 5, § 7). Called by main after resolve.
 *
 * Results and parameters come first, then constants, then bodies: a body knows the types of all that it names. A
 * constant that a parameter needs is found on the way. What is not in the language yet is refused where it is declared
 * or stands, once: its type is TYPE_ERROR, which fits everything. */
#include "check.h"

#include "check_private.h"
#include "diag.h"

/* ---- constants from outside ---- */

static struct symbol *find_constant(const struct module *module, const char *name)
{
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        if (declaration->kind == DECLARATION_CONST)
            for (struct symbol *symbol = declaration->symbol; symbol; symbol = symbol->next)
                if (symbol->name == name)
                    return symbol;
    return NULL;
}

static bool uses_names(const struct expr *expr)
{
    if (!expr)
        return false;
    for (const struct expr *argument = expr->arguments; argument; argument = argument->next)
        if (uses_names(argument))
            return true;
    return expr->kind == EXPR_NAME || uses_names(expr->left) || uses_names(expr->middle) || uses_names(expr->right);
}

/* The value of a -D takes the place of the one in the program; of two for one constant the last. Resolve has not seen
 * it, so it is made of literals. */
static void apply_overrides(const struct checker *checker, struct check_override *overrides)
{
    for (struct check_override *override = overrides; override; override = override->next) {
        struct symbol *symbol = find_constant(checker->module, override->name);
        if (!symbol) {
            diag_error(override->value->at, "-D %s: the program has no constant of that name", override->name);
        } else if (uses_names(override->value)) {
            diag_error(override->value->at, "-D %s: the value is made without names", override->name);
        } else {
            override->used = true;
            symbol->initial = override->value;
        }
    }
}

/* ---- declarations ---- */

static bool is_callable(const struct declaration *declaration)
{
    return declaration->kind == DECLARATION_FUNCTION || declaration->kind == DECLARATION_PROCESS;
}

static void declare_types(struct declaration *list)
{
    for (struct declaration *declaration = list; declaration; declaration = declaration->next) {
        if (declaration->kind == DECLARATION_STRUCT || declaration->kind == DECLARATION_ENUM ||
            declaration->kind == DECLARATION_PROTOCOL || declaration->kind == DECLARATION_OPAQUE)
            check_declare(declaration);
        declare_types(declaration->members);
    }
}

static void check_types(struct checker *checker, const struct declaration *list)
{
    for (; list; list = list->next)
        if (list->kind == DECLARATION_STRUCT || list->kind == DECLARATION_PROTOCOL)
            check_declared(checker, (struct declaration *)list, list->symbol->at);
}

static void check_constants(struct checker *checker, struct declaration *declaration)
{
    for (struct symbol *symbol = declaration->symbol; symbol; symbol = symbol->next)
        check_constant(checker, symbol);
}

static bool gives_result(const struct declaration *declaration)
{
    enum type_kind kind = declaration->symbol->type->kind;
    return declaration->kind == DECLARATION_FUNCTION && kind != TYPE_VOID && kind != TYPE_ERROR;
}

static void check_body(struct checker *checker, struct declaration *declaration)
{
    if (!declaration->body || check_is_generic(declaration))
        return;
    diag_set_context(declaration->context);
    checker->declaration = declaration;
    checker->region = declaration->region;
    checker->says_no_wait = false;
    checker->room = CHECK_LARGEST_ROOM;
    for (const struct symbol *parameter = declaration->parameters; parameter; parameter = parameter->next)
        if (!parameter->is_ref && parameter->type->kind != TYPE_ARRAY)
            check_room(checker, parameter);
    check_statement(checker, declaration->body);
    if (gives_result(declaration) && check_comes_through(declaration->body))
        diag_error(declaration->symbol->at, "%s gives %s, but not every way through it returns one",
                   declaration->symbol->name, type_text(declaration->symbol->type));
    diag_set_context(NULL);
}

void check_module(struct module *module, struct check_override *overrides)
{
    struct checker checker = {.module = module};
    checker.last_instance = &checker.first_instance;
    apply_overrides(&checker, overrides);
    declare_types(module->declarations);
    check_types(&checker, module->declarations);
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        if (declaration->kind == DECLARATION_EXTERN)
            check_extern(&checker, declaration);
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        if (is_callable(declaration))
            check_result(&checker, declaration);
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        if (is_callable(declaration))
            check_parameters(&checker, declaration);
    if (module->main)
        check_main(module->main->declaration, module->has_host);
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        if (declaration->kind == DECLARATION_CONST)
            check_constants(&checker, declaration);
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        if (!declaration->is_instance)
            check_body(&checker, declaration);
    /* The bodies of instances may ask for more of them. */
    for (struct declaration *instance = checker.first_instance; instance; instance = instance->next_to_check)
        check_body(&checker, instance);
    check_forget_generics(module);
    check_graph_finish(module);
}
