/* build: makes the nodes of the tree. Called by the actions of grammar/csp.y.
 *
 * An action says what it has parsed as a literal, `build_stmt(@$, @1, (struct stmt){.kind = STMT_CLOSE, .left = $2})`;
 * here it is given its place and its depth. Trees deeper than BUILD_DEPTH are refused, so that all stages may walk them
 * by recursion. */
#ifndef BUILD_H
#define BUILD_H

#include "ast.h"

enum { BUILD_DEPTH = 1000, BUILD_LENGTH = 12000 };

/* Lists while they are being parsed. */
struct expr_list { struct expr *first, *last; };
struct stmt_list { struct stmt *first, *last; };
struct symbol_list { struct symbol *first, *last; };
struct arm_list { struct arm *first, *last; };
struct guard_list { struct guard *first, *last; };
struct replicator_list { struct replicator *first, *last; };
struct declaration_list { struct declaration *first, *last; };

/* Appends an item (with those linked behind it), or nothing where it is NULL (after a syntax error), and gives the
 * list. */
struct expr_list build_expr_list(struct expr_list list, struct expr *item);
struct stmt_list build_stmt_list(struct stmt_list list, struct stmt *item);
struct symbol_list build_symbol_list(struct symbol_list list, struct symbol *item);
struct arm_list build_arm_list(struct arm_list list, struct arm *item);
struct guard_list build_guard_list(struct guard_list list, struct guard *item);
struct replicator_list build_replicator_list(struct replicator_list list, struct replicator *item);
struct declaration_list build_declaration_list(struct declaration_list list, struct declaration *item);

struct expr *build_expr(struct where at, struct where operator_at, struct expr parts);
struct expr *build_unary(struct where at, struct where operator_at, enum operator operator, struct expr *left);
struct expr *build_binary(struct where operator_at, enum operator operator, struct expr *left, struct expr *right);
struct expr *build_name(struct where at, const char *name);
struct expr *build_index(struct where at, struct where bracket, struct expr *left, struct expr *index);
struct expr *build_field(struct where at, struct expr *left, struct where name_at, const char *name);

/* `name: value` in a literal of a struct. */
struct expr *build_item(struct expr *value, const char *name, struct where name_at);

struct stmt *build_stmt(struct where at, struct where keyword_at, struct stmt parts);
/* The one statement of an if, a loop, an arm or a guard: no declaration. */
struct stmt *build_body(struct stmt *body);
/* The branches of a par: no declarations. */
struct stmt *build_branches(struct stmt *branches);
/* Gives a block, par or alt its handler. */
struct stmt *build_handled(struct stmt *stmt, struct stmt *handler);

/* The variable of a for over a channel; NULL for `_`. */
struct symbol *build_received(struct symbol *variable);
/* What stands behind a `?`: a place, `_` or nothing (NULL). Carried as a statement that has no channel yet. */
struct stmt *build_target(struct where at, struct expr *place);
struct stmt *build_target_variable(struct type_name *type, struct where at, const char *name);
/* The statements and guards made with it. */
struct stmt *build_receive(struct where at, struct where keyword_at, struct expr *channel, struct stmt *target);
struct stmt *build_extended(struct where at, struct where keyword_at, struct expr *channel, struct stmt *target,
                            struct stmt *body);
struct guard *build_guard_receive(struct expr *channel, const struct stmt *target, bool is_extended);
struct guard *build_guard_shapes(struct expr *channel, struct arm *arms, bool is_extended);
struct guard *build_communication(enum guard_kind kind, struct expr *left, struct expr *right);
/* Gives a guard what stands around its communication. */
struct guard *build_guard(struct where at, struct replicator *replicators, struct expr *when, struct guard *guard,
                          struct stmt *body);
struct replicator *build_replicator(struct where at, struct symbol *counter, struct expr *left, struct expr *right);
struct arm *build_arm(struct where at, struct arm parts);

struct symbol *build_symbol(enum symbol_kind kind, const char *name, struct where at);
/* Gives the declarators of one declaration their kind and type. */
struct symbol *build_declarators(struct symbol *symbols, enum symbol_kind kind, struct type_name *type);

struct type_name *build_type(struct where at, enum type_kind builtin, const char *name);
struct type_name *build_end(struct where at, enum type_direction direction, struct type_name *of);

struct declaration *build_declaration(struct where at, struct declaration parts);
/* A function or process; result NULL or `void`: it has none. */
struct declaration *build_callable(enum declaration_kind kind, struct where at, struct type_name *result,
                                   struct symbol *symbol, struct symbol *type_parameters, struct symbol *parameters,
                                   struct stmt *body);
/* A shape of a protocol, with a declaration of its own that holds its fields. */
/* The name of a file. */
const char *build_path(struct where at, const struct value *text);
struct symbol *build_shape(struct where at, const char *name, struct symbol *fields);

#endif
