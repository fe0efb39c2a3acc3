/* ast: the program as it was written, and what the stages find out about it.
 *
 * The parser builds these nodes from grammar/csp.y; `resolve` binds names (symbol fields), `check` gives every
 * expression its type and, where it has one, its constant value, and makes silent conversions explicit; `usage` reads
 * all of that; `lower` turns it into machines. A comment «by check» names the stage that fills a field in. */
#ifndef AST_H
#define AST_H

#include "source.h"

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 wide; /* exact enough for constants: every int64 and uint64, and their sums and products */

struct diag_context;
struct resolver;
struct expr;
struct stmt;
struct symbol;
struct declaration;

/* ---- types (language.md § 2); made in type.h, equal types are the same pointer ---- */

enum type_kind {
    TYPE_ERROR, /* already reported; fits everything */
    TYPE_VOID, TYPE_BOOL,
    TYPE_CHAR, TYPE_INT8, TYPE_INT16, TYPE_INT32, TYPE_INT64, TYPE_UINT8, TYPE_UINT16, TYPE_UINT32, TYPE_UINT64,
    TYPE_FLOAT, TYPE_DOUBLE, TYPE_TIME, TYPE_STRING,
    TYPE_EXACT_INT,  /* a constant that has not yet met the type that its place needs */
    TYPE_EXACT_REAL,
    TYPE_ARRAY,      /* of, length; length -1: an array parameter of any length */
    TYPE_IN, TYPE_OUT, /* an end: ?of, !of */
    TYPE_CHANNEL,    /* of; buffer: 0 is a rendezvous */
    TYPE_BARRIER,
    TYPE_STRUCT, TYPE_ENUM, TYPE_PROTOCOL, TYPE_OPAQUE, /* symbol */
    TYPE_VARIABLE    /* a generic's T: symbol */
};

struct type {
    enum type_kind kind;
    struct type *of;
    int64_t length;
    int64_t buffer;
    struct symbol *symbol;
};

/* A type as written: a keyword or a name, behind ? or ! for an end. */
enum type_direction { DIRECTION_NONE, DIRECTION_IN, DIRECTION_OUT };

struct type_name {
    struct where at;
    enum type_direction direction : 8;
    enum type_kind builtin : 8; /* TYPE_ERROR: see name */
    const char *name;        /* a struct, an enum, a protocol, an opaque type, a type parameter */
    struct type_name *of;    /* behind ? or !, where that is an end again (`?!int`); then builtin and name are unused */
    struct symbol *symbol;   /* by resolve: what the name stands for */
};

/* ---- values of constants ---- */

enum value_kind { VALUE_INT, VALUE_REAL, VALUE_BOOL, VALUE_STRING, VALUE_LIST };

struct value {
    enum value_kind kind;
    int64_t length;           /* of a string; of a list */
    union {
        wide integer;         /* VALUE_INT (also char and time, in nanoseconds), VALUE_BOOL (0 or 1) */
        double real;
        const char *bytes;    /* VALUE_STRING: length bytes and a NUL */
        struct value **items; /* VALUE_LIST: a constant array */
    };
};

/* ---- symbols: everything that has a name ---- */

enum symbol_kind {
    SYMBOL_VARIABLE,  /* a local, also one made by `c ? int x` */
    SYMBOL_PARAMETER,
    SYMBOL_COUNTER,   /* of a for, par for or replicated guard; cannot be set */
    SYMBOL_CONSTANT, SYMBOL_CHANNEL, SYMBOL_BARRIER,
    SYMBOL_FUNCTION, SYMBOL_PROCESS, SYMBOL_BUILTIN,
    SYMBOL_STRUCT, SYMBOL_ENUM, SYMBOL_ENUMERATOR, SYMBOL_PROTOCOL, SYMBOL_SHAPE, SYMBOL_OPAQUE, SYMBOL_TYPE_PARAMETER
};

enum builtin { BUILTIN_NONE, BUILTIN_PRINT, BUILTIN_PRINTLN, BUILTIN_NOW, BUILTIN_LEN, BUILTIN_MIN, BUILTIN_MAX, BUILTIN_ABS };

/* What runs as one sequential process: a function, a process, or a branch of a par inside one. */
struct region {
    struct region *outer;            /* the region around a branch; NULL for a function or process */
    struct declaration *declaration; /* the function or process that all of it belongs to */
    struct stmt *branch;             /* the statement that is the branch; NULL for a whole function or process */
    struct barrier_use *barriers;    /* by resolve: those from outside that a branch mentions, or a branch inside it does */
};

struct barrier_use {
    struct symbol *barrier;          /* a SYMBOL_BARRIER, or a parameter */
    struct barrier_use *next;
};

struct symbol {
    enum symbol_kind kind : 8;
    enum builtin builtin : 8;
    bool is_ref : 1;                 /* a ref parameter */
    bool is_extern : 1;              /* by resolve: a constant whose value is C's, which the compiler does not know */
    bool is_read : 1, is_set : 1;    /* by check: its value is used; it is assigned, received into or passed by ref */
    bool is_measured : 1;            /* by check: the argument of a len, or in it */
    bool is_by_ref : 1;              /* by check: passed as a ref argument somewhere */
    bool is_being_checked : 1;       /* by check: a constant whose value is just being found */
    bool is_declared_twice : 1;      /* by resolve: which of them a use means is not known, and nothing more is said of it */
    bool is_ambiguous : 1;           /* by resolve: of an enumerator or shape, another type has one of the same name */
    bool escapes : 1;                /* by mobile: a channel, barrier or parameter of which an end may be kept longer */
    bool is_mobile : 1;              /* by mobile: a parameter that may be given an end which outlives its channel */
    int number;                      /* of an enumerator, shape or field: its place among them, from 0 */
    const char *name;
    struct where at;                 /* its name in its declaration */
    struct type *type;               /* by check */
    struct type_name *type_name;     /* locals, parameters, constants: as written; NULL for counters */
    struct expr *dimensions;         /* … and [4][8], linked by next; EXPR_NONE for [] */
    struct expr *initial;            /* a local's or constant's initialiser, a parameter's default; may be NULL */
    struct declaration *declaration; /* functions, processes, types; an extern function too */
    struct region *region;           /* by resolve: where a local or parameter lives */
    struct value *value;             /* by check: constants */
    struct travels *travels;         /* by mobile: of a channel, barrier or parameter */
    struct channel_uses *uses;       /* by warn: of a channel */
    struct symbol *next;             /* in the list that declares it: parameters, declarators, enumerators, fields */
    void *lowered;                   /* by lower: its slot; of a function or process its machine; of a struct, enum,
                                      * protocol, enumerator or shape its name in C */
};

/* ---- expressions ---- */

enum expr_kind {
    EXPR_NONE,     /* an empty dimension [] */
    EXPR_VALUE,    /* a literal: value; type EXACT_INT, EXACT_REAL, CHAR, TIME, BOOL, STRING */
    EXPR_NAME,     /* name; symbol */
    EXPR_UNARY,    /* operator, left */
    EXPR_BINARY,   /* operator, left, right */
    EXPR_CONDITION,/* left ? middle : right */
    EXPR_CALL,     /* left (EXPR_NAME or EXPR_FIELD) ( arguments ) */
    EXPR_INDEX,    /* left [ right ] */
    EXPR_FIELD,    /* left . name */
    EXPR_CONVERT,  /* type_name ( left ), or silent and put in by check: type_name NULL. The target is `type` */
    EXPR_LIST,     /* { arguments }: an array's initialiser */
    EXPR_STRUCT    /* left (EXPR_NAME) { arguments }, each with field_name or all without; by check also a message of a
                    * protocol: symbol is the struct or the shape, each argument's field the one it is for */
};

/* Operators, by their C spelling; the wrapping ones are +% -% *%. */
enum operator {
    OPERATOR_NONE,
    OPERATOR_NEGATE, OPERATOR_PLUS, OPERATOR_NOT, OPERATOR_COMPLEMENT, /* unary: - + ! ~ */
    OPERATOR_MULTIPLY, OPERATOR_DIVIDE, OPERATOR_REMAINDER, OPERATOR_ADD, OPERATOR_SUBTRACT,
    OPERATOR_WRAP_MULTIPLY, OPERATOR_WRAP_ADD, OPERATOR_WRAP_SUBTRACT,
    OPERATOR_SHIFT_LEFT, OPERATOR_SHIFT_RIGHT,
    OPERATOR_LESS, OPERATOR_LESS_EQUAL, OPERATOR_GREATER, OPERATOR_GREATER_EQUAL, OPERATOR_EQUAL, OPERATOR_NOT_EQUAL,
    OPERATOR_AND, OPERATOR_XOR, OPERATOR_OR, OPERATOR_LOGICAL_AND, OPERATOR_LOGICAL_OR
};

/* Most of the memory that a large program takes is theirs. */
struct expr {
    enum expr_kind kind : 8;
    enum operator operator : 8;
    unsigned effects : 8;        /* effects.c's answer */
    bool is_checked : 1;         /* by lower: an index that was checked just before */
    uint16_t depth;              /* levels of nodes from here down; trees too deep to walk are refused */
    uint16_t nesting;            /* the same, where a + b + c is one level */
    struct where at;
    struct where operator_at;    /* unary, binary, the '(' '[' of the postfix forms; of EXPR_NAME and EXPR_FIELD the name */
    struct expr *left, *middle, *right;
    struct expr *arguments;      /* linked by next */
    const char *name;            /* EXPR_NAME, EXPR_FIELD (by lower NULL: the tag of a message, whose shape that says) */
    struct item *item;           /* of an argument of EXPR_STRUCT */
    union {
        struct symbol *field;    /* by check: of EXPR_FIELD, of a binding of a shape */
        struct type_name *type_name; /* EXPR_CONVERT as written */
    };
    struct symbol *symbol;       /* by resolve: EXPR_NAME; by check: EXPR_STRUCT; of a pattern the shape. By lower: of
                                  * EXPR_FIELD the shape that the field belongs to, NULL for a struct's */
    struct type *type;           /* by check. After it nothing is EXACT: silent conversions stand as EXPR_CONVERT,
                                  * and both operands of arithmetic and comparison have the same type (shifts: left's) */
    struct value *value;         /* by check: a constant's value, already fitted to type; NULL where not constant */
    struct expr *next;
};

/* What field a value in a literal of a struct is for. */
struct item {
    const char *name;            /* as written in `x: e`; NULL: by its place */
    struct where at;
    struct symbol *field;        /* by check */
};

/* ---- statements ---- */

enum stmt_kind {
    STMT_BLOCK,     /* body; handler */
    STMT_DECLARE,   /* symbols: locals of one declaration, each with its initialiser */
    STMT_CONST,     /* symbols */
    STMT_CHANNEL,   /* symbols; left: the size of the buffer, or NULL */
    STMT_BARRIER,   /* symbols */
    STMT_ASSIGN,    /* left = right, or left OPERATOR= right (++ and -- come as += 1 and -= 1) */
    STMT_CALL,      /* left: EXPR_CALL of a function, a process or a builtin */
    STMT_IF,        /* left; body, otherwise */
    STMT_WHILE,     /* left; body */
    STMT_FOR,       /* C's: initial; left (NULL: for ever); step; body */
    STMT_FOR_RANGE, /* symbols: the counter; left .. right; body */
    STMT_FOR_EACH,  /* symbols: the variable (NULL for _), left: the end; body */
    STMT_SWITCH,    /* left; arms */
    STMT_BREAK, STMT_CONTINUE,
    STMT_RETURN,    /* left or NULL */
    STMT_SEND,      /* left ! right;  right NULL: void */
    STMT_RECEIVE,   /* left ? target;  see below */
    STMT_CLOSE, STMT_POISON, /* left */
    STMT_PAR,       /* body: the branches; handler */
    STMT_PAR_FOR,   /* symbols: the counter; left .. right; body: one statement */
    STMT_SPAWN,     /* left: EXPR_CALL */
    STMT_ALT,       /* guards; is_pri; handler */
    STMT_AFTER, STMT_AT, /* left: a duration, an instant */
    STMT_SYNC,      /* left */
    STMT_ASSERT,    /* arguments: the condition, and what to print */
    STMT_YIELD, STMT_SKIP, STMT_STOP
};

/* Where a receive (statement or guard) puts its message. */
enum target_kind {
    TARGET_VOID,    /* tick ?; */
    TARGET_DISCARD, /* c ? _; */
    TARGET_PLACE,   /* c ? a[i]; : right */
    TARGET_DECLARE, /* c ? int x; : symbols (visible to the end of the block around, or in the guard's statement) */
    TARGET_SHAPES   /* c ? { get(k) -> S … } : arms */
};

/* One `case a, b -> S`, `default -> S`, or a shape `get(k, r) -> S` of a receive. */
struct arm {
    struct where at;
    bool is_default;
    struct expr *patterns;  /* linked by next: constants, or shapes as EXPR_NAME or EXPR_CALL of names */
    struct stmt *body;
    struct arm *next;
};

/* `for (i : left .. right)` in front of a guard. */
struct replicator {
    struct where at;
    struct symbol *counter;
    struct expr *left, *right;
    struct replicator *next; /* the next inner one */
};

enum guard_kind { GUARD_RECEIVE, GUARD_SEND, GUARD_ENDED, GUARD_AFTER, GUARD_AT, GUARD_SYNC, GUARD_SKIP };

struct guard {
    struct where at;                /* from `for`/`when` up to the `->` */
    struct replicator *replicators; /* outermost first */
    struct expr *when;              /* NULL: always open */
    enum guard_kind kind;
    struct expr *left;              /* the channel, duration, instant or barrier */
    struct expr *right;             /* what is sent (NULL: void); where to receive (TARGET_PLACE) */
    enum target_kind target;
    struct symbol *symbols;         /* TARGET_DECLARE */
    struct arm *arms;               /* TARGET_SHAPES */
    bool is_extended;               /* ?? */
    struct stmt *body;              /* behind the -> (NULL for TARGET_SHAPES) */
    struct guard *next;
};

struct stmt {
    enum stmt_kind kind : 8;
    enum operator operator : 8; /* STMT_ASSIGN: OPERATOR_NONE is plain = */
    enum target_kind target : 8;
    bool is_extended : 1;      /* STMT_RECEIVE: ??, its body is `body` */
    bool is_pri : 1;
    uint16_t depth;            /* levels of nodes from here down */
    struct where at;           /* the whole statement, without its handler */
    struct where keyword_at;   /* its first word, or the `?`/`!`/`=`: the place that run-time messages name */
    struct stmt *next;         /* in its block */
    struct stmt *body;         /* a block's first statement; a loop's or branch's one statement */
    struct stmt *otherwise;    /* else */
    struct stmt *handler;      /* on poison: a STMT_BLOCK. Of a block, par or alt */
    struct stmt *initial, *step; /* C's for */
    struct expr *left, *right;
    struct expr *arguments;
    struct symbol *symbols;    /* linked by next */
    struct arm *arms;
    struct guard *guards;
    struct region *region;     /* by resolve. A branch of a par or the body of a par for: its own region */
};

/* ---- declarations of a file ---- */

enum declaration_kind {
    DECLARATION_PROCESS, DECLARATION_FUNCTION, DECLARATION_CONST, DECLARATION_STRUCT, DECLARATION_ENUM,
    DECLARATION_PROTOCOL, DECLARATION_EXTERN, DECLARATION_IMPORT, DECLARATION_OPAQUE
};

struct declaration {
    enum declaration_kind kind : 8;
    bool is_instance : 1;         /* by check: made of a generic for one set of types */
    bool is_blocking : 1, is_extern : 1;
    bool is_being_checked : 1, is_checked : 1; /* by check: the fields of a struct or protocol, the parameters of the rest */
    bool has_equality : 1;        /* by check: every field of a struct can be compared */
    bool has_array : 1;           /* by check: of a struct or protocol, some field is or has an array */
    bool is_called : 1;           /* by lower: a blocking function is called somewhere */
    bool is_mistaken : 1;         /* by resolve: a function that should be a process, which has been told */
    bool is_impure : 1;           /* by check: a function that prints, sets a ref, or calls one that does, or an extern one */
    bool is_recursive : 1;        /* by check: a function or process that may come to call itself */
    bool is_reachable : 1;        /* by check: from main (everything, where there is no main) */
    bool is_emitted : 1;          /* by emit: of a type, it stands in the C already */
    bool is_printed : 1;          /* by emit: values of an enum are printed, so that their names are needed */
    int member_count;             /* by check: fields, enumerators or shapes */
    struct declaration *next;
    struct where at;              /* up to the body */
    struct symbol *symbol;        /* what it declares (NULL: extern, import); DECLARATION_CONST: a list */
    struct stmt *body;            /* STMT_BLOCK, maybe with a handler; NULL for an extern function */
    struct declaration *members;  /* extern */
    struct type_name *result;     /* function; NULL: void. symbol->type is the result's type after check */
    struct symbol *type_parameters; /* of a generic, and of its instances, where each has the type that it stands for */
    struct declaration *instances, *next_instance; /* by check: of a generic */
    struct declaration *next_to_check; /* by check: of the instances of all generics, in the order of their making */
    const struct diag_context *context; /* by check: which call an instance was made for */
    struct symbol *parameters;    /* process, function; fields of a struct; enumerators; shapes, each with its own declaration */
    struct region *region;        /* by resolve */
    const char *path;             /* import "path", extern "header" */
    struct where path_at;
    const struct source *imported; /* by parse: what an import has read; NULL where it could not */
    struct symbol **all;          /* by check: the same, by number */
    int64_t size;                 /* by check: of a struct or protocol in bytes, as C lays it out on a 64-bit machine */
    int alignment;
    int branch_count;             /* by lower: machines made of its branches */
    struct call_node *calls;      /* by check: its node in the graph of calls */
};

struct module {
    struct declaration *declarations; /* of all files, imported ones first, in the order of their text */
    struct symbol *main;              /* by resolve; NULL where the program has none */
    bool has_host;                    /* it is a part of a C program, which may serve ends that main takes */
    struct resolver *resolver;        /* by resolve: what is known throughout the program, for instances of generics */
};

#endif
