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
    struct scope *scope;
    int switches;     /* C switches around the loop: a `break` behind more of them needs a goto */
};

/* A block, or the body of a ??, that has something to end however it is left: cells of channels, barriers, a sender that
 * is held. Poison that is met in it goes to `ending`, where that is done, and from there on to `around`. */
struct cleanup {
    enum op_kind kind;       /* OP_CELLS_GIVE, OP_BARRIER_GIVE, OP_RELEASE */
    struct slot *slot;
    struct cleanup *earlier;
};

struct scope {
    struct scope *outer;
    struct op **entry;       /* its first op */
    struct cleanup *cleanups; /* the latest */
    struct label *ending, *around;
};

/* Where spawned processes are joined: at the end of a par, or of the whole process. */
struct joiner {
    struct lowering *L;      /* whose frame the group lies in */
    struct slot *group;      /* made where something is spawned; NULL: nothing is */
};

/* The lowering of one machine. */
struct lowering {
    struct machine *machine;
    struct op **tail;         /* where the next op goes */
    struct loop *loop;
    struct scope *scope;      /* the innermost */
    struct joiner *joiner;    /* of what is spawned here */
    struct label *leaving;    /* a process: where `return` goes */
    struct label *poisoned;   /* the handler around; NULL: the machine's end */
    int switches;             /* C switches around */
    struct where statement;   /* what is being lowered */
    struct point **last_point;
    struct machine ***last_machine; /* the end of the list of all machines: a branch is added there */
};

/* lower.c */
struct machine *lower_branch(struct lowering *L, struct stmt *branch, struct symbol *counter, struct joiner *joiner);

/* lower_slot.c: names that C accepts, each once in its machine; machine NULL: among the names of machines. */
const char *slot_unique_name(const struct machine *machine, const char *name);
/* A name among those of machines that no slot has either. */
const char *slot_global_name(const char *name);
struct slot *slot_new(struct machine *machine, const char *name, enum slot_kind kind, struct type *type);
struct slot *slot_for(struct machine *machine, struct symbol *symbol);
/* A variable of lower's own, and its name as an expression. */
struct expr *slot_temporary(struct lowering *L, const char *name, struct type *type, struct where at);
struct expr *slot_expr(struct slot *slot, struct where at);
void slot_forget_names(void);
/* The names that follow are those of this process or function and its branches. */
void slot_begin_process(const struct machine *machine);
/* A name of C's, which nothing of the program's has. */
void slot_reserve(const char *name);
/* There are macros about. */
void slot_expect_headers(void);
/* What a struct or enum is called in C, if that name is free. */
const char *slot_tag(const char *name);

/* lower_expr.c */
struct op *lower_op(struct lowering *L, enum op_kind kind);
void lower_set(struct lowering *L, struct expr *place, struct expr *value);
/* The first setting of a variable (value NULL: to zero); a function declares it there. */
void lower_declare(struct lowering *L, struct expr *variable, struct expr *value);
/* The value, where what has to happen before it has been turned into ops: calls whose effects can be seen, in order. */
struct expr *lower_expr(struct lowering *L, struct expr *e);
struct expr *lower_place(struct lowering *L, struct expr *e);
/* … as it is now, whatever is evaluated later; it may also be a part of a value. */
struct expr *lower_fixed_place(struct lowering *L, struct expr *e);
/* Several operands that C may evaluate in any order. */
void lower_operands(struct lowering *L, struct expr **operands, int count);
/* The arguments of a call, one behind the other; those of one that prints are all values. */
/* Whether two arguments of a call may turn out to be the same element. */
bool lower_may_overlap(const struct expr *call);
struct expr *lower_call_arguments(struct lowering *L, const struct expr *call);
struct expr *lower_arguments(struct lowering *L, struct expr *arguments);
/* Whether a place is part of a variable or constant, and not of a value that is gone behind the expression. */
bool lower_is_kept(const struct expr *e);
/* The same place; in a variable of its own where it is not kept. */
struct expr *lower_kept(struct lowering *L, struct expr *e);
/* A copy in a variable. */
struct expr *lower_kept_value(struct lowering *L, struct expr *e);
/* A copy in a variable that nothing sets any more; the expression itself where it cannot change. */
struct expr *lower_fixed(struct lowering *L, struct expr *e, const char *name);
struct expr *expr_convert(struct expr *e, struct type *type, struct where at);
struct expr *expr_field(struct expr *of, struct symbol *field, struct where at);

/* lower_blocking.c: calls of blocking functions. Gives the variable that has the result; NULL where nobody uses it. */
bool lower_is_blocking(const struct expr *e);
struct expr *lower_blocking(struct lowering *L, const struct expr *call, bool is_used);
/* The arguments of a call of C's. Parts are parts of variables: a C macro does not understand the commas of other values. */
struct expr *lower_c_arguments(struct lowering *L, const struct expr *call);

/* lower_stmt.c */
void lower_stmt(struct lowering *L, struct stmt *s);
void lower_body(struct lowering *L, struct stmt *s, struct op **into);
struct label *lower_label(struct lowering *L, const char *stem);
/* place = { items }, where the place is zero already. */
void lower_items(struct lowering *L, struct expr *place, const struct expr *list);
/* A switch on the shape of a message that nothing changes until the bindings of its arms are copied. */
void lower_shapes(struct lowering *L, struct expr *message, struct arm *arms);

/* lower_scope.c: blocks, and how they are left */
void lower_block(struct lowering *L, struct stmt *s);
void scope_begin(struct lowering *L, struct scope *scope);
void scope_end(struct lowering *L, struct scope *scope);
/* Something to be ended with the innermost scope. */
void scope_push(struct lowering *L, enum op_kind kind, struct slot *slot);
/* Ends all scopes within `outermost`, which control is about to leave. */
void scope_leave_to(struct lowering *L, const struct scope *outermost);
void lower_goto(struct lowering *L, struct label *label);
void lower_place_label(struct lowering *L, struct label *label);

/* lower_spawn.c: spawned processes and barriers */
void lower_spawn(struct lowering *L, struct stmt *s);
void lower_barriers(struct lowering *L, struct stmt *s);
void lower_sync(struct lowering *L, struct stmt *s);
void lower_join(struct lowering *L, struct slot *group);
/* … at the end of a process. */
void lower_join_at_end(struct lowering *L, struct slot *group);
/* The branches of a par that mention barriers: OP_ENTER for each barrier, in front of the par. */
struct op *lower_enter(struct lowering *L, struct stmt *par, struct op *op);

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
void lower_extended(struct lowering *L, struct stmt *s);
void lower_sleep(struct lowering *L, struct stmt *s);
struct slot *lower_message(struct lowering *L, const char *member, struct type *type);
/* Sets a place to what has just been received. */
void lower_received(struct lowering *L, struct expr *place, struct slot *message);
struct argument *lower_child_arguments(struct lowering *L, struct machine *callee, struct expr *call);
bool lower_is_pooled(const struct lowering *L, const struct machine *callee);
struct slot *lower_target(struct lowering *L, enum target_kind kind, struct expr *place, struct symbol *declared);

#endif
