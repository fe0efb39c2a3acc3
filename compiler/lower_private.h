/* lower_private: what the files of lower share. Called by lower*.c only. */
#ifndef LOWER_PRIVATE_H
#define LOWER_PRIVATE_H

#include "arena.h"
#include "effects.h"
#include "lower.h"
#include "type.h"

/* A loop around what is being lowered. */
struct loop {
    struct loop *outer;
    struct op *op;
    int switches;     /* C switches around the loop: a `break` behind more of them needs a goto */
};

/* The lowering of one machine. */
struct lowering {
    struct machine *machine;
    struct op **tail;         /* where the next op goes */
    struct loop *loop;
    struct label *poisoned;   /* the handler around; NULL: the machine's end */
    int switches;             /* C switches around */
    struct where statement;   /* what is being lowered */
    struct point **last_point;
    struct machine ***last_machine; /* the end of the list of all machines: a branch is added there */
};

/* lower.c */
struct machine *lower_branch(struct lowering *L, struct stmt *branch, struct symbol *counter);

/* lower_slot.c: names that C accepts, each once in its machine */
const char *slot_c_name(const char *name);
/* machine NULL: among the names of machines. */
const char *slot_unique_name(const struct machine *machine, const char *name);
struct slot *slot_new(struct machine *machine, const char *name, enum slot_kind kind, struct type *type);
struct slot *slot_for(struct machine *machine, struct symbol *symbol);
/* A variable of lower's own, and its name as an expression. */
struct expr *slot_temporary(struct lowering *L, const char *name, struct type *type, struct where at);
struct expr *slot_expr(struct slot *slot, struct where at);
void slot_forget_names(void);

/* lower_expr.c */
struct op *lower_op(struct lowering *L, enum op_kind kind);
void lower_set(struct lowering *L, struct expr *place, struct expr *value);
/* The first setting of a variable (value NULL: to zero); a function declares it there. */
void lower_declare(struct lowering *L, struct expr *variable, struct expr *value);
/* The value, where what has to happen before it has been turned into ops: calls whose effects can be seen, in order. */
struct expr *lower_expr(struct lowering *L, struct expr *e);
struct expr *lower_place(struct lowering *L, struct expr *e);
/* Several operands that C may evaluate in any order. */
void lower_operands(struct lowering *L, struct expr **operands, int count);
/* The arguments of a call, one behind the other; those of one that prints are all values. */
struct expr *lower_call_arguments(struct lowering *L, const struct expr *call);
struct expr *lower_arguments(struct lowering *L, struct expr *arguments);
/* A copy in a variable that nothing sets any more; the expression itself where it cannot change. */
struct expr *lower_fixed(struct lowering *L, struct expr *e, const char *name);
struct expr *expr_convert(struct expr *e, struct type *type, struct where at);

/* lower_stmt.c */
void lower_stmt(struct lowering *L, struct stmt *s);
void lower_body(struct lowering *L, struct stmt *s, struct op **into);
struct label *lower_label(struct lowering *L, const char *stem);

/* lower_wait.c, lower_par.c, lower_alt.c: statements that may wait */
struct point *lower_point(struct lowering *L, enum point_kind kind);
struct op *lower_wait(struct lowering *L, enum op_kind op_kind, enum point_kind kind);
void lower_send(struct lowering *L, struct stmt *s);
void lower_receive(struct lowering *L, struct stmt *s);
void lower_for_each(struct lowering *L, struct stmt *s);
void lower_call(struct lowering *L, struct expr *call);
void lower_par(struct lowering *L, struct stmt *s);
void lower_par_for(struct lowering *L, struct stmt *s);
void lower_alt(struct lowering *L, struct stmt *s);
void lower_sleep(struct lowering *L, struct stmt *s);
struct slot *lower_message(struct lowering *L, const char *member, struct type *type);
struct argument *lower_child_arguments(struct lowering *L, struct machine *callee, struct expr *call);
bool lower_is_pooled(const struct lowering *L, const struct machine *callee);
struct slot *lower_target(struct lowering *L, enum target_kind kind, struct expr *place, struct symbol *declared);

#endif
