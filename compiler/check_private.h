/* check_private: what the files of check share. Called by check*.c only. */
#ifndef CHECK_PRIVATE_H
#define CHECK_PRIVATE_H

#include "ast.h"
#include "type.h"

/* The checking of one program, and where in it we are. */
struct checker {
    struct module *module;
    struct declaration *declaration; /* whose parameters or body this is; NULL in a constant */
    struct region *region;
    int loops;                       /* around this place, within its region */
    int loops_outside;               /* around the branch that is the region */
    bool measures;                   /* within len(...): no element is read */
    int depth;                       /* of expressions, through constants that use constants */
    bool is_in_guard;                /* of an alt, in front of its statement */
    bool says_no_wait;               /* of this function it has been said that it may not communicate */
    struct declaration *first_instance, **last_instance; /* instances of generics, whose bodies are checked behind all others */
    int64_t room;                    /* bytes left for variables of this declaration; negative: it has been said */
};

/* check_type.c: types as written */
struct type *check_type_name(struct checker *checker, const struct type_name *name);
/* … with dimensions. An open first one, [], gives length -1; the caller says where it may stand. */
struct type *check_symbol_type(struct checker *checker, struct type *element, struct symbol *symbol);
/* Counts a variable of the declaration at hand: distances within a frame are of 32 bits. */
void check_room(struct checker *checker, const struct symbol *symbol);
/* False, and an error at `at`, where a value of that type cannot be kept in a variable. */
bool check_is_storable(struct type *type, struct where at);
bool check_is_end(const struct type *type);       /* also a channel */
bool check_is_ordered(const struct type *type);   /* numbers and time */
bool check_is_text(const struct type *type);      /* a char array or a string */
/* What `c` of c ! e or c ? x carries; TYPE_ERROR after an error. */
struct type *check_carried(const struct expr *end);

/* check_declared.c: structs, enums, protocols, opaque types */
enum { CHECK_LARGEST_SIZE = 1 << 30, CHECK_LARGEST_ROOM = 3 << 29 }; /* bytes of one variable, of all */
void check_declare(struct declaration *declaration);
/* The fields of a struct or protocol that is used at a place; false, and an error, where it is part of itself. */
bool check_declared(struct checker *checker, struct declaration *declaration, struct where at);

/* check_construct.c: values of structs and messages of protocols */
void check_struct_literal(struct checker *checker, struct expr *expr);
/* Makes a value of an enum or a message of a protocol of an expression that names one where that type is expected; false
 * where it does not name one. */
bool check_expected(struct checker *checker, struct expr *expr, struct type *type);
/* … and where none is: red, quit, put(3, 4), and with their type's name in front, which is_qualified says. Colour(n) is a
 * conversion. */
void check_member(struct checker *checker, struct expr *expr, struct symbol *symbol, bool is_qualified);
/* What the field Colour.red or Req.quit stands for; NULL where it is a field of something else. */
struct symbol *check_qualified(const struct expr *field);
/* The shape that a pattern of an arm names, and its bindings; NULL after an error. */
struct symbol *check_shape_pattern(struct expr *pattern, struct type *protocol);

/* check_switch.c */
void check_switch(struct checker *checker, struct stmt *stmt);
void check_shape_arms(struct checker *checker, struct arm *arms, struct type *protocol, struct where at);

/* check_convert.c: how a type becomes another */
bool check_is_exact(const struct type *type);
/* Does every value of one type have its equal in the other? */
bool check_is_silent(const struct type *from, const struct type *to);
/* Makes the expression one of that type, where that loses nothing; else an error: «WHAT is TYPE, and this is …». */
bool check_fit(struct expr *expr, struct type *type, const char *what);
/* A parameter like ?int in[], or a row of it: it may stand for channels as well as for variables. */
bool check_is_row_of_ends(const struct expr *expr);
/* An exact constant that nothing says a type to takes its own: int, int64, uint64 or double. */
void check_settle(struct expr *expr);
/* The type in which two operands meet, both made so; NULL, and nothing changed, where there is none. In arithmetic
 * it is int at least. */
struct type *check_meet(struct expr *left, struct expr *right, bool is_arithmetic);
/* Says that there is none. */
void check_refuse_meeting(struct where at, const struct expr *left, const struct expr *right);
/* An operand of arithmetic: a narrow integer becomes int, a character written as one becomes an exact constant. */
void check_promote(struct expr *expr);
/* The type in which arithmetic on such values is done: int for a narrower integer. */
struct type *check_at_least_int(struct type *type);
/* Puts a conversion around the expression; a constant keeps its value, fitted. */
void check_wrap(struct expr *expr, struct type *type);
/* Forgets how a constant was written; its type and value stay. */
void check_become_literal(struct expr *expr);
/* T(x), as written. */
void check_conversion(struct checker *checker, struct expr *expr);

/* check_expr.c, check_operator.c: values */
void check_expression(struct checker *checker, struct expr *expr);
/* Constants and types that lead to others are followed only so far: an error, and false. */
bool check_is_shallow(const struct checker *checker, struct where at);
/* … that must have that type, or convert to it silently. */
bool check_value(struct checker *checker, struct expr *expr, struct type *type, const char *what);
/* An array's or local's initialiser, which may also be a list or text. */
void check_initial(struct checker *checker, struct expr *expr, struct type *type, const char *what);
/* … that must be known to the compiler. */
bool check_is_constant(const struct expr *expr, const char *what);
/* What can be set: `verb` says how ("assigned", "received into"). */
bool check_target(struct checker *checker, struct expr *expr, const char *verb);
void check_unary(struct checker *checker, struct expr *expr);
void check_binary(struct checker *checker, struct expr *expr);
void check_condition(struct checker *checker, struct expr *expr);
/* `left operator= right`: the type of what is computed. Only right is converted. */
void check_compound(struct stmt *stmt);
/* The symbol at the root of a variable, element or field; NULL for other expressions. */
struct symbol *check_root(const struct expr *expr);
/* A place as messages name it: a, a.field, a[3], a[...]. NULL where it is none. */
const char *check_place_text(const struct expr *expr);

/* check_call.c: calls */
void check_call(struct checker *checker, struct expr *call);           /* as a value */
void check_call_statement(struct checker *checker, struct stmt *stmt); /* as a statement or branch */
void check_printable(struct checker *checker, struct expr *list);

/* False, and an error, where a call has too few or too many arguments. */
bool check_count(const struct expr *call, const struct symbol *callee);

/* check_generic.c: functions and processes with type parameters */
bool check_is_generic(const struct declaration *declaration);
/* What a call of a generic calls, the instance for the types of its arguments; NULL after an error. */
struct symbol *check_instance(struct checker *checker, struct expr *call, struct declaration *generic);
void check_type_parameters(struct declaration *generic);
void check_are_mentioned(const struct declaration *generic);
/* Only instances are compiled further. */
void check_forget_generics(struct module *module);

/* check_overlap.c: the arguments of one call may not be the same variable, where one of them is set */
void check_overlaps(const struct expr *call, const struct symbol *parameters);

/* check_stmt.c, check_communication.c: statements */
void check_statement(struct checker *checker, struct stmt *stmt);
void check_loop_body(struct checker *checker, struct stmt *body);
void check_alt(struct checker *checker, struct stmt *stmt);
void check_send(struct checker *checker, struct expr *end, struct expr *message, struct where at);
void check_for_each(struct checker *checker, struct stmt *stmt);
void check_receive_statement(struct checker *checker, struct stmt *stmt);
void check_end_statement(struct checker *checker, struct stmt *stmt);  /* close, poison */
void check_sync(struct checker *checker, struct expr *barrier);
void check_spawn(struct checker *checker, struct stmt *stmt);
/* The counter of left .. right. */
void check_range(struct checker *checker, struct symbol *counter, struct expr *left, struct expr *right);
/* In a function: an error, said once, that it communicates. */
void check_may_wait(struct checker *checker, struct where at);

/* check_constant.c: constants that are declared */
void check_constant(struct checker *checker, struct symbol *symbol);
void check_locals(struct checker *checker, struct symbol *list);
void check_channels(struct checker *checker, struct stmt *stmt);

/* check_signature.c: parameters and results */
void check_result(struct checker *checker, struct declaration *declaration);
void check_parameters(struct checker *checker, struct declaration *declaration);
void check_main(const struct declaration *main, bool has_host);

/* check_extern.c: what is C's (language.md § 9) */
void check_extern(struct checker *checker, struct declaration *header);
void check_extern_constant(struct checker *checker, struct symbol *symbol);

/* check_graph.c: who calls whom */
void check_graph_call(struct declaration *caller, struct declaration *callee);
/* Fills in is_impure, is_recursive and is_reachable of all declarations. */
void check_graph_finish(struct module *module);

#endif
