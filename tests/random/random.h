/* random: makes programs whose output is known.
 *
 * A program is made as a tree of plain sequential code (make_*.c) and executed here (run_*.c), so that its output is
 * known. What would fail on the way is repaired until nothing does (repair.c). Written down (print_*.c), it is in
 * disguise: an assignment may be a message, a loop a producer and a consumer, a sequence two branches and a barrier.
 * All that keeps the order of what is printed. */
#ifndef RANDOM_H
#define RANDOM_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

__extension__ typedef __int128 wide; /* holds the exact result of whatever two numbers of the language make */
__extension__ typedef unsigned __int128 natural;

enum kind {
    BOOL, CHAR, INT8, INT16, INT, INT64, UINT8, UINT16, UINT, UINT64, TIME, DOUBLE, STRING,
    ENUM, STRUCT, PROTOCOL, ARRAY, VOID
};

enum { MOST_PARTS = 5, MOST_VALUES = 2, MOST_ARGUMENTS = 5, MOST_VARIABLES = 4096, MOST_FUNCTIONS = 24 };

struct type {
    enum kind kind;
    const char *name;
    int slots;                      /* how many scalars make a value; a protocol has room for all shapes */
    int count;                      /* of elements, fields, shapes or enumerators */
    const char *names[MOST_PARTS];  /* of fields, shapes or enumerators */
    struct type *parts[MOST_PARTS]; /* of fields; the element at 0 */
    int arity[MOST_PARTS];          /* of shapes */
    struct type *values[MOST_PARTS][MOST_VALUES];
    wide least, most;               /* of integers, and of what is made of them */
};

union scalar {
    wide number;
    double real;
    const char *text;
    union scalar *place; /* of a variable that is passed by ref */
};

struct variable {
    const char *name;
    struct type *type;
    int id;     /* among all of the program */
    int offset; /* in the frame of its function */
    bool is_ref, is_fixed, is_open; /* is_fixed: never set. is_open: an array parameter, T a[] */
};

enum op {
    LITERAL, VARIABLE, ELEMENT, FIELD, CHARACTER, LENGTH, NONE,
    ADD, SUB, MUL, DIV, MOD, WRAP_ADD, WRAP_SUB, WRAP_MUL, AND, OR, XOR, LEFT, RIGHT,
    LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL, BOTH, EITHER,
    NOT, NEGATE, INVERT, CHOOSE, CALL, CONVERT, RECORD, SHAPE, MIN, MAX, ABS
};

struct expr {
    enum op op;
    struct type *type;
    int count;
    struct expr *args[MOST_ARGUMENTS];
    union scalar literal;
    struct variable *variable;
    struct function *function;
    int index; /* of a field or a shape */
};

enum stmt_kind {
    DECLARE, ASSIGN, UPDATE, STEP, PRINT, IF, LOOP, SWITCH, BREAK, CONTINUE, RETURN, BLOCK, INVOKE, MAP, SUM, FAIL
};

struct arm {
    int label; /* a number, an enumerator or a shape; -1: default */
    struct variable *variables[MOST_VALUES];
    struct stmt *body;
    struct arm *next;
};

struct stmt {
    enum stmt_kind kind;
    struct variable *variable; /* declared; the counter of a loop, the source of a MAP or SUM */
    struct expr *place, *value;
    enum op op;                /* of an UPDATE; ADD or SUB of a STEP */
    struct expr *args[MOST_ARGUMENTS];
    int count;                 /* of args; which FAIL */
    struct function *function;
    struct stmt *body, *other;
    struct arm *arms;
    struct stmt *next;
};

struct function {
    const char *name;
    struct type *result;
    int count;
    struct variable *parameters[MOST_ARGUMENTS];
    struct stmt *body;
    int slots;
    bool is_process, is_noisy;
};

struct program {
    struct type *types[12]; /* structs, enums and protocols, in the order of their declarations */
    int type_count;
    struct function *functions[MOST_FUNCTIONS]; /* each calls only those before it; main is the last */
    int function_count;
    int variable_count;
};

/* ---- random.c ---- */
void random_seed(uint64_t seed);
int random_below(int n);
bool random_chance(int percent);
uint64_t random_bits(void);

/* ---- types.c ---- */
struct type *type_of(enum kind kind);
struct type *type_array(struct type *element, int count);
void types_make(struct program *program);
bool type_is_integer(const struct type *type);
bool type_fits(const struct type *type, wide number);
int type_offset(const struct type *type, int part); /* of a field or of a shape's values */
int type_slots_of_shape(const struct type *type, int shape);
/* The type where two integers meet; NULL: nowhere. */
struct type *type_meet(struct type *a, struct type *b);
struct type *type_any_scalar(void);
/* One that goes over channels and out of functions: no array. */
struct type *type_any(struct program *program);

/* ---- make_expr.c: for what is visible in the scope ---- */
struct scope {
    struct program *program;
    struct function *function;
    struct variable *visible[256];
    int count;
    int loops, depth;
    bool is_quiet; /* nothing that prints may be called */
    bool is_index; /* an index within an index is a plain one */
};
struct expr *make_expr(struct scope *scope, struct type *type, int depth);
struct expr *make_operand(struct scope *scope, struct type *type, int depth); /* no literal */
struct expr *make_literal(struct type *type);
struct expr *make_place(struct scope *scope, struct type *type); /* NULL: there is none */
struct expr *expr_new(enum op op, struct type *type, struct expr *a, struct expr *b, struct expr *c);
struct expr *expr_variable(struct variable *variable);
struct expr *expr_number(struct type *type, wide number);

/* ---- make_stmt.c ---- */
struct stmt *make_block(struct scope *scope, int statements);
/* ---- make_program.c ---- */
struct program *make_program(void);
struct variable *make_variable(struct scope *scope, const char *prefix, struct type *type);

/* ---- run_expr.c ---- */
struct run {
    FILE *output;
    long steps;
    struct expr *failed;  /* what cannot be computed; to be repaired */
    struct stmt *failing; /* the same for a statement; a FAIL means it */
    long stop_at;         /* at this step `stopped` becomes the statement that runs; -1: never */
    struct stmt *stopped;
};
enum { MOST_STEPS = 60000 };
const char *run_text(union scalar scalar); /* unset, a string is empty */
bool run_expr(struct run *run, union scalar *frame, struct expr *expr, union scalar *result);
union scalar *run_place(struct run *run, union scalar *frame, struct expr *place);
bool run_binary(struct run *run, struct expr *expr, enum op op, union scalar a, union scalar b, union scalar *result);
bool run_has_ended(const struct run *run);
/* ---- run_stmt.c ---- */
bool run_function(struct run *run, struct function *function, union scalar *frame, union scalar *result);
bool run_program(struct run *run, struct program *program);
void run_print(FILE *to, const struct type *type, const union scalar *value);
/* ---- repair.c ---- */
void repair(struct run *run);

/* ---- uses.c ---- */
struct uses {
    bool is_read[MOST_VARIABLES], is_set[MOST_VARIABLES];
};
void uses_of_stmts(struct uses *uses, const struct stmt *stmts);
void uses_of_expr(struct uses *uses, const struct expr *expr);
bool uses_leave(const struct stmt *stmts);   /* a break, continue or return that leaves them */
bool uses_return(const struct stmt *stmts);

/* ---- print_*.c ---- */
struct printer {
    FILE *to;
    int line, indent;
    int names;               /* how many have been made up */
    int failing_line;        /* of the FAIL */
    struct program *program;
    struct function *function;
    bool has_cell[40], has_ask[40];
    struct type *helped[40]; /* the types that processes of their own were made for */
    int helped_count;
};
const char *print_expr(const struct expr *expr);
const char *print_op(enum op op);
void print_line(struct printer *printer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void print_stmts(struct printer *printer, const struct stmt *stmts);
void print_assign(struct printer *printer, const char *place, const struct type *type, const struct expr *value,
                  bool is_safe);
bool print_disguised_if(struct printer *printer, const struct stmt *stmt);
bool print_disguised_loop(struct printer *printer, const struct stmt *stmt);
bool print_disguised_rest(struct printer *printer, const struct stmt *first, const struct stmt **rest);
void print_map(struct printer *printer, const struct stmt *stmt);
void print_sum(struct printer *printer, const struct stmt *stmt);
const char *print_name(struct printer *printer, const char *prefix);
void print_program(struct printer *printer, struct program *program);
void print_helpers(struct printer *printer);
int print_helper_index(struct printer *printer, const struct type *type);

#endif
