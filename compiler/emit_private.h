/* emit_private: what the files of emit share. Called by emit*.c only. */
#ifndef EMIT_PRIVATE_H
#define EMIT_PRIVATE_H

#include "arena.h"
#include "emit.h"
#include "text.h"
#include "type.h"

/* A constant array that the program indexes: emitted once, in front of everything that uses it. */
struct emitted_constant {
    const struct symbol *symbol;
    const char *name;
    struct emitted_constant *next;
};

/* The frame of a machine: first those of children that lie in it, and between them texts. */
struct emitted_frame {
    struct machine *child;
    size_t begin, end; /* child NULL: in emitter.frames */
    struct emitted_frame *next;
};

/* Where the C goes, and where in it we are. */
struct emitter {
    const struct machines *machines;
    const struct emit_options *options;
    struct text *out;
    struct text frames, prototypes, functions, steps, tables; /* … of all machines so far */
    struct text body, epilogue; /* of the machine being emitted: used again for each */
    const struct machine *machine;
    int indent;
    bool uses_scheduler;       /* the function being emitted needs its S */
    bool uses_frame;           /* the step being emitted needs its f */
    int outer_depth;           /* … and so many levels of frames around it */
    struct emitted_constant *constants, **last_constant;
    struct emitted_equal *equals; /* what compares structs, emitted where it is needed */
    struct emitted_value *values; /* tables of types, the last one first */
    struct where mark;         /* -g: the last one */
};

/* Structs of that type are compared, or arrays of them. */
struct emitted_equal {
    const struct type *type;
    struct emitted_equal *next;
};

/* A table says what values of that type are made of. */
struct emitted_value {
    const struct type *type;
    int number;
    struct emitted_value *next;
};

/* emit_text.c: the small change */
/* What is written from here on goes there; gives where it went before. */
struct text *emit_into(struct emitter *E, struct text *text);
void emit_indent(struct emitter *E);
/* An indented line; a '\n' is added. */
void emit_line(struct emitter *E, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A text with an expression, a type's name … in the middle is written piece by piece. */
void emit_put(struct emitter *E, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Bytes as the inside of a C string literal. */
void emit_escaped(struct emitter *E, const char *bytes, int64_t length);
/* The first line of a stretch of source, shortened, fit for a comment or a message. */
const char *emit_source_text(struct where at);
const char *emit_real_text(double value, const struct type *type);
/* AT(line, column), also for other files than the first. */
void emit_at(struct emitter *E, struct where at);
void emit_place(struct emitter *E, struct where at); /* CSP_PLACE(file, line, column) */
/* `T name`, with the dimensions of an array; a parameter's array is a pointer. */
void emit_declarator(struct emitter *E, const struct type *type, const char *name);
void emit_parameter(struct emitter *E, const struct slot *slot);
/* The messages that its channels hold. */
void emit_ring(struct emitter *E, const struct slot *slot);
const char *emit_type(const struct type *type); /* no array */
const char *emit_suffix(const struct type *type); /* the T in csp_add_T */
void emit_sizeof(struct emitter *E, const struct type *type);

/* emit_expr.c */
void emit_expr(struct emitter *E, const struct expr *e);
/* The same, in parentheses where it is an operator's operand. */
void emit_operand(struct emitter *E, const struct expr *e);
void emit_slot(struct emitter *E, const struct slot *slot);
/* An argument for a parameter of that kind: for arrays and refs an address. */
void emit_argument(struct emitter *E, const struct slot *parameter, const struct expr *e);
void emit_length(struct emitter *E, const struct expr *array);
void emit_value(struct emitter *E, const struct value *value, const struct type *type);
/* The same where C wants the initialiser of a variable: no compound literals. */
void emit_initial(struct emitter *E, const struct value *value, const struct type *type);

/* A variable, an element, a field, a channel: the thing itself. */
void emit_place_of(struct emitter *E, const struct expr *e);

/* Its address, as an argument. */
void emit_address(struct emitter *E, const struct expr *e);

/* emit_extern.c: what is C's */
bool emit_has_headers(const struct machines *machines);
void emit_headers(struct emitter *E, const struct machines *machines);
bool emit_is_extern(const struct expr *e);     /* a call of one of C's functions, or a constant of C's */
bool emit_is_raw_extern(const struct expr *e); /* … that comes out with the type that C gives it */
void emit_extern(struct emitter *E, const struct expr *e);
/* What a process and the thread that calls a blocking function share; the functions that call them there. */
void emit_blocking_calls(struct emitter *E, const struct machines *machines);
void emit_blocking(struct emitter *E, const struct op *op);
void emit_extern_raw(struct emitter *E, const struct expr *e); /* where nobody asks what it gives */

/* emit_debug.c: -g */
/* What is written next comes from there; nothing without -g. */
void emit_mark(struct emitter *E, struct where at);
/* A text with marks, as C with #line. */
void emit_with_lines(struct emitter *E, const struct text *text);
void emit_variables(struct emitter *E, const struct machine *machine);

/* emit_channel.c */
void emit_channel_begin(struct emitter *E, const struct op *op); /* OP_CHANNEL */
void emit_channel_end(struct emitter *E, const struct op *op);   /* OP_CLOSE, OP_POISON */
void emit_cells_give(struct emitter *E, const struct slot *slot);

/* emit_end.c */
void emit_channel(struct emitter *E, const struct expr *e); /* a csp_channel * to communicate with */
void emit_end(struct emitter *E, const struct expr *e);     /* a csp_end to keep */
void emit_ends(struct emitter *E, const struct expr *e);    /* csp_ends */

/* emit_spawn.c: spawned processes and barriers, and what blocks end */
void emit_spawn(struct emitter *E, const struct op *op);
void emit_joining(struct emitter *E, const struct op *op); /* OP_JOIN, OP_SYNC, OP_BLOCK: waits */
void emit_ending(struct emitter *E, const struct op *op);  /* what happens at the beginning and end of blocks and pars */
void emit_seat(struct emitter *E, const struct expr *barrier);        /* csp_seat, as an argument */
void emit_barrier(struct emitter *E, const struct expr *barrier);     /* csp_barrier * */
const char *emit_membership(struct emitter *E, const struct expr *barrier);
/* Whether the process is resumed here. */
void emit_resume(struct emitter *E, const struct op *op);
void emit_wait_at(struct emitter *E, const struct op *op);

/* emit_operator.c */
void emit_unary(struct emitter *E, const struct expr *e);
void emit_binary(struct emitter *E, const struct expr *e);
void emit_convert(struct emitter *E, const struct expr *e);
/* Whether it comes out as an operator of C's, not as a name or a call. */
bool emit_is_raw_operator(const struct expr *e);

/* emit_type.c: structs, enums and protocols */
void emit_types(struct emitter *E, const struct machines *machines);
/* What compares two values of that type, or two arrays of so many elements: the name of a function, to be called. */
const char *emit_equal(struct emitter *E, const struct type *type);
void emit_equals(struct emitter *E);
/* The names of the values of enums that are printed. */
void emit_names(struct emitter *E, const struct machines *machines);
/* The name in C of a struct's or shape's field. */
const char *emit_field_name(const struct symbol *field);
/* struct P{…} and message Req_put; also the items of constant ones. */
void emit_struct(struct emitter *E, const struct expr *e);

/* emit_stmt.c, emit_wait.c, emit_alt.c */
/* The initialiser of a variable that is zero. */
void emit_zero_braces(struct emitter *E, const struct type *type);
void emit_inner_zero(struct emitter *E, const struct type *type);
void emit_ops(struct emitter *E, const struct op *first);
void emit_block(struct emitter *E, const struct op *first); /* { … } behind a condition, and the line's end */
void emit_wait(struct emitter *E, const struct op *op);
void emit_alt(struct emitter *E, const struct op *op);
void emit_comment(struct emitter *E, struct where statement);
void emit_label(struct emitter *E, const struct label *label);
/* if (poisoned) goto … */
void emit_poison_check(struct emitter *E, const struct op *op);

/* emit_frame.c: what lies in memory and what is said of it */
/* Frames have an order of their own: first they are written to E->frames, then to the file. */
void emit_frame(struct emitter *E, struct machine *machine);
void emit_frames(struct emitter *E, FILE *to);
void emit_kind(struct emitter *E, const struct machine *machine);
/* emit_value.c: the table of a type, and of those that it is made of; what it is called, NULL where there are none. */
void emit_value_needs(struct emitter *E, const struct type *type);
const char *emit_value_name(struct emitter *E, const struct type *type);
/* emit_link.c: the table of links of a kind; how many there are. */
int emit_links(struct emitter *E, const struct machine *machine);
void emit_program(struct emitter *E);

#endif
