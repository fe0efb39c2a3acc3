/* build: makes the nodes of the tree, each with its place and its depth. Called by the actions of grammar/csp.y. */
#include "build.h"

#include "arena.h"
#include "diag.h"

#include <string.h>

#define APPEND(list, item)                                                                                             \
    do {                                                                                                               \
        if (!(item))                                                                                                   \
            break;                                                                                                     \
        if ((list).last)                                                                                               \
            (list).last->next = (item);                                                                                \
        else                                                                                                           \
            (list).first = (item);                                                                                     \
        (list).last = (item);                                                                                          \
        while ((list).last->next)                                                                                      \
            (list).last = (list).last->next;                                                                           \
    } while (0)

struct expr_list build_expr_list(struct expr_list list, struct expr *item)
{
    APPEND(list, item);
    return list;
}

struct stmt_list build_stmt_list(struct stmt_list list, struct stmt *item)
{
    APPEND(list, item);
    return list;
}

struct symbol_list build_symbol_list(struct symbol_list list, struct symbol *item)
{
    APPEND(list, item);
    return list;
}

struct arm_list build_arm_list(struct arm_list list, struct arm *item)
{
    APPEND(list, item);
    return list;
}

struct guard_list build_guard_list(struct guard_list list, struct guard *item)
{
    APPEND(list, item);
    return list;
}

struct replicator_list build_replicator_list(struct replicator_list list, struct replicator *item)
{
    APPEND(list, item);
    return list;
}

struct declaration_list build_declaration_list(struct declaration_list list, struct declaration *item)
{
    APPEND(list, item);
    return list;
}

/* ---- depth ---- */

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int expr_depth(const struct expr *list)
{
    int depth = 0;
    for (; list; list = list->next)
        depth = larger(depth, list->nesting);
    return depth;
}

static int longest(const struct expr *list)
{
    int depth = 0;
    for (; list; list = list->next)
        depth = larger(depth, list->depth);
    return depth;
}

static int stmt_depth(const struct stmt *list)
{
    int depth = 0;
    for (; list; list = list->next)
        depth = larger(depth, list->depth);
    return depth;
}

static int symbol_depth(const struct symbol *list)
{
    int depth = 0;
    for (; list; list = list->next)
        depth = larger(depth, larger(expr_depth(list->dimensions), expr_depth(list->initial)));
    return depth;
}

static int arm_depth(const struct arm *list)
{
    int depth = 0;
    for (; list; list = list->next)
        depth = larger(depth, larger(expr_depth(list->patterns), stmt_depth(list->body)));
    return depth;
}

static int guard_depth(const struct guard *list)
{
    int depth = 0;
    for (; list; list = list->next) {
        depth = larger(depth, larger(expr_depth(list->when), stmt_depth(list->body)));
        depth = larger(depth, larger(expr_depth(list->left), expr_depth(list->right)));
        depth = larger(depth, arm_depth(list->arms));
        for (const struct replicator *replicator = list->replicators; replicator; replicator = replicator->next)
            depth = larger(depth, larger(expr_depth(replicator->left), expr_depth(replicator->right)));
    }
    return depth;
}

/* Said once, by the first node that is too deep; those around it are deeper still. */
static int checked_depth(struct where at, int below)
{
    if (below == BUILD_DEPTH)
        diag_error(at, "this is nested too deeply: more than %d levels", BUILD_DEPTH);
    return below + 1;
}

/* The same of operands that follow each other: the tree of a sum is deep on its left side only. */
static int checked_length(struct where at, int below, int nesting)
{
    if (below == BUILD_LENGTH && nesting <= BUILD_DEPTH)
        diag_error(at, "this expression is too long: more than %d operands follow each other", BUILD_LENGTH);
    return below + 1;
}

/* ---- expressions ---- */

struct expr *build_expr(struct where at, struct where operator_at, struct expr parts)
{
    struct expr *expr = NEW(struct expr);
    *expr = parts;
    expr->at = at;
    expr->operator_at = operator_at;
    bool is_chain = parts.kind == EXPR_BINARY && expr_depth(parts.left) > expr_depth(parts.right);
    int nesting = larger(expr_depth(parts.left), larger(expr_depth(parts.middle), expr_depth(parts.right)));
    int depth = larger(longest(parts.left), larger(longest(parts.middle), longest(parts.right)));
    nesting = larger(nesting, expr_depth(parts.arguments));
    expr->nesting = is_chain ? nesting : checked_depth(at, nesting);
    expr->depth = checked_length(at, larger(depth, longest(parts.arguments)), expr->nesting);
    if (expr->nesting > BUILD_DEPTH || expr->depth > BUILD_LENGTH) {
        expr->kind = EXPR_NONE;
        expr->left = expr->middle = expr->right = expr->arguments = NULL;
    }
    return expr;
}

struct expr *build_unary(struct where at, struct where operator_at, enum operator operator, struct expr *left)
{
    return build_expr(at, operator_at, (struct expr){.kind = EXPR_UNARY, .operator = operator, .left = left});
}

struct expr *build_binary(struct where operator_at, enum operator operator, struct expr *left, struct expr *right)
{
    return build_expr(source_join(left->at, right->at), operator_at,
                      (struct expr){.kind = EXPR_BINARY, .operator = operator, .left = left, .right = right});
}

struct expr *build_name(struct where at, const char *name)
{
    return build_expr(at, at, (struct expr){.kind = EXPR_NAME, .name = name});
}

struct expr *build_index(struct where at, struct where bracket, struct expr *left, struct expr *index)
{
    return build_expr(at, bracket, (struct expr){.kind = EXPR_INDEX, .left = left, .right = index});
}

struct expr *build_field(struct where at, struct expr *left, struct where name_at, const char *name)
{
    return build_expr(at, name_at, (struct expr){.kind = EXPR_FIELD, .left = left, .name = name});
}

struct expr *build_item(struct expr *value, const char *name, struct where name_at)
{
    value->item = NEW(struct item);
    *value->item = (struct item){.name = name, .at = name_at};
    return value;
}

/* ---- statements ---- */

/* What is nested too deeply is left out, so that no tree is too deep to walk, also where an editor wants to know about the
 * rest of the program. */
static void cut_deep(struct stmt *stmt)
{
    if (stmt->depth > BUILD_DEPTH)
        *stmt = (struct stmt){.kind = stmt->kind == STMT_BLOCK ? STMT_BLOCK : STMT_SKIP, .at = stmt->at,
                              .keyword_at = stmt->keyword_at, .depth = stmt->depth};
}

struct stmt *build_stmt(struct where at, struct where keyword_at, struct stmt parts)
{
    struct stmt *stmt = NEW(struct stmt);
    *stmt = parts;
    stmt->at = at;
    stmt->keyword_at = keyword_at;
    int depth = larger(stmt_depth(parts.body), larger(stmt_depth(parts.otherwise), stmt_depth(parts.handler)));
    depth = larger(depth, larger(stmt_depth(parts.initial), stmt_depth(parts.step)));
    depth = larger(depth, larger(expr_depth(parts.left), expr_depth(parts.right)));
    depth = larger(depth, larger(expr_depth(parts.arguments), symbol_depth(parts.symbols)));
    depth = larger(depth, larger(arm_depth(parts.arms), guard_depth(parts.guards)));
    stmt->depth = checked_depth(at, depth);
    cut_deep(stmt);
    return stmt;
}

static bool is_declaration(const struct stmt *stmt)
{
    return stmt->kind == STMT_DECLARE || stmt->kind == STMT_CONST || stmt->kind == STMT_CHANNEL ||
           stmt->kind == STMT_BARRIER;
}

struct stmt *build_body(struct stmt *body)
{
    if (is_declaration(body))
        diag_error(body->at, "a declaration cannot stand alone here; put it and what uses it in braces");
    return body;
}

struct stmt *build_branches(struct stmt *branches)
{
    for (const struct stmt *branch = branches; branch; branch = branch->next)
        if (is_declaration(branch))
            diag_error(branch->at, "a declaration is no branch of a par; it belongs in front of the par");
    return branches;
}

struct stmt *build_handled(struct stmt *stmt, struct stmt *handler)
{
    stmt->handler = handler;
    if (handler && handler->depth >= stmt->depth)
        stmt->depth = checked_depth(handler->at, handler->depth);
    cut_deep(stmt);
    return stmt;
}

/* ---- receives, arms and guards ---- */

static bool is_underscore(const char *name)
{
    return strcmp(name, "_") == 0;
}

struct symbol *build_received(struct symbol *variable)
{
    if (is_underscore(variable->name))
        return NULL;
    variable->kind = SYMBOL_VARIABLE;
    return variable;
}

static enum target_kind target_kind_of(const struct expr *place)
{
    if (!place)
        return TARGET_VOID;
    return place->kind == EXPR_NAME && is_underscore(place->name) ? TARGET_DISCARD : TARGET_PLACE;
}

struct stmt *build_target(struct where at, struct expr *place)
{
    enum target_kind target = target_kind_of(place);
    return build_stmt(at, at, (struct stmt){.kind = STMT_RECEIVE, .target = target,
                                            .right = target == TARGET_PLACE ? place : NULL});
}

struct stmt *build_target_variable(struct type_name *type, struct where at, const char *name)
{
    struct symbol *variable = build_symbol(SYMBOL_VARIABLE, name, at);
    variable->type_name = type;
    return build_stmt(at, at, (struct stmt){.kind = STMT_RECEIVE, .target = TARGET_DECLARE, .symbols = variable});
}

struct stmt *build_receive(struct where at, struct where keyword_at, struct expr *channel, struct stmt *target)
{
    target->left = channel;
    return build_stmt(at, keyword_at, *target);
}

struct stmt *build_extended(struct where at, struct where keyword_at, struct expr *channel, struct stmt *target,
                            struct stmt *body)
{
    target->is_extended = true;
    target->body = body;
    return build_receive(at, keyword_at, channel, target);
}

static struct guard *new_guard(struct guard parts)
{
    struct guard *guard = NEW(struct guard);
    *guard = parts;
    return guard;
}

struct guard *build_guard_receive(struct expr *channel, const struct stmt *target, bool is_extended)
{
    return new_guard((struct guard){.kind = GUARD_RECEIVE, .left = channel, .target = target->target,
                                    .right = target->right, .symbols = target->symbols, .is_extended = is_extended});
}

struct guard *build_guard_shapes(struct expr *channel, struct arm *arms, bool is_extended)
{
    return new_guard((struct guard){.kind = GUARD_RECEIVE, .left = channel, .target = TARGET_SHAPES, .arms = arms,
                                    .is_extended = is_extended});
}

struct guard *build_communication(enum guard_kind kind, struct expr *left, struct expr *right)
{
    return new_guard((struct guard){.kind = kind, .left = left, .right = right});
}

struct guard *build_guard(struct where at, struct replicator *replicators, struct expr *when, struct guard *guard,
                          struct stmt *body)
{
    guard->at = at;
    guard->replicators = replicators;
    guard->when = when;
    guard->body = body;
    return guard;
}

struct replicator *build_replicator(struct where at, struct symbol *counter, struct expr *left, struct expr *right)
{
    struct replicator *replicator = NEW(struct replicator);
    *replicator = (struct replicator){.at = at, .counter = counter, .left = left, .right = right};
    return replicator;
}

struct arm *build_arm(struct where at, struct arm parts)
{
    struct arm *arm = NEW(struct arm);
    *arm = parts;
    arm->at = at;
    return arm;
}

/* ---- declarations ---- */

struct symbol *build_symbol(enum symbol_kind kind, const char *name, struct where at)
{
    struct symbol *symbol = NEW(struct symbol);
    *symbol = (struct symbol){.kind = kind, .name = name, .at = at};
    return symbol;
}

struct symbol *build_declarators(struct symbol *symbols, enum symbol_kind kind, struct type_name *type)
{
    for (struct symbol *symbol = symbols; symbol; symbol = symbol->next) {
        symbol->kind = kind;
        symbol->type_name = type;
    }
    return symbols;
}

struct type_name *build_type(struct where at, enum type_kind builtin, const char *name)
{
    struct type_name *type = NEW(struct type_name);
    *type = (struct type_name){.at = at, .builtin = builtin, .name = name};
    return type;
}

struct type_name *build_end(struct where at, enum type_direction direction, struct type_name *of)
{
    struct type_name *type = NEW(struct type_name);
    *type = of->direction == DIRECTION_NONE ? *of : (struct type_name){.of = of};
    type->at = at;
    type->direction = direction;
    return type;
}

/* What a declaration declares points back to it. */
struct declaration *build_declaration(struct where at, struct declaration parts)
{
    struct declaration *declaration = APART(struct declaration);
    *declaration = parts;
    declaration->at = at;
    for (struct symbol *symbol = parts.symbol; symbol; symbol = symbol->next)
        symbol->declaration = declaration;
    return declaration;
}

static bool is_void(const struct type_name *type)
{
    return type->direction == DIRECTION_NONE && type->builtin == TYPE_VOID;
}

struct declaration *build_callable(enum declaration_kind kind, struct where at, struct type_name *result,
                                   struct symbol *symbol, struct symbol *type_parameters, struct symbol *parameters,
                                   struct stmt *body)
{
    return build_declaration(at, (struct declaration){
        .kind = kind, .symbol = symbol, .result = result && !is_void(result) ? result : NULL,
        .type_parameters = type_parameters, .parameters = parameters, .body = body});
}

struct symbol *build_shape(struct where at, const char *name, struct symbol *fields)
{
    struct symbol *shape = build_symbol(SYMBOL_SHAPE, name, at);
    build_declaration(at, (struct declaration){.kind = DECLARATION_STRUCT, .symbol = shape, .parameters = fields});
    return shape;
}

const char *build_path(struct where at, const struct value *text)
{
    if (memchr(text->bytes, 0, (size_t)text->length))
        diag_error(at, "no file has a NUL in its name");
    return text->bytes;
}
