/* machine: what a function, a process or a branch of a par becomes (the lowered program).
 *
 * A machine is a tree of ops in C's own control structures, with numbered points where it may wait. Its variables are
 * slots; those that live across a wait lie in the frame, the others are C locals. `lower` builds machines, `frame`
 * decides which slots the frame holds, `emit` writes them down. Expressions are the checked ones of ast.h: a name's
 * symbol has its slot in `lowered`. */
#ifndef MACHINE_H
#define MACHINE_H

#include "ast.h"

#include <stdio.h>

struct machine;

/* How a slot holds its value. */
enum slot_kind {
    SLOT_VALUE,   /* the value itself: a number, a string, an array, an end */
    SLOT_POINTER, /* a ref parameter that is no array: T * */
    SLOT_ARRAY,   /* an array parameter: pointer to the first element, and where its length is open NAME_length */
    SLOT_ENDS,    /* an array of ends as a parameter: csp_ends */
    SLOT_END,     /* an end of a channel that is sure to lie in a frame for as long: csp_channel *. Other ends are values */
    SLOT_CHANNEL, /* a channel, or an array of them */
    SLOT_CELLS,   /* the same in cells, because ends of it may outlive it: csp_end */
    SLOT_BARRIER, /* a barrier */
    SLOT_POOLED_BARRIER, /* one that is handed to spawned processes: csp_barrier * */
    SLOT_SEAT,    /* a barrier as a parameter: csp_seat */
    SLOT_GROUP,   /* processes that have been spawned: csp_group */
    SLOT_STANDING, /* an alt whose guards stand: csp_standing */
    SLOT_HELD     /* who waits for the body of a ??: csp_held */
};

struct slot {
    enum slot_kind kind;
    const char *name;        /* in C; unique in its machine */
    const char *length_name; /* SLOT_ARRAY of open length: where that is */
    const char *ring_name;   /* SLOT_CHANNEL with a buffer that carries values: where they are */
    int64_t guard_count;     /* SLOT_STANDING: how many guards lie behind it in the frame; -1: in the pool */
    struct type *type;
    struct machine *machine;
    struct symbol *symbol;   /* NULL: made by lower */
    bool in_frame;           /* else a C local. By lower where it must be, else by frame */
    bool is_parameter;
    bool is_memory;          /* of an alt: its last choice */
    bool is_in_place;        /* FUNCTION: declared where it is first set, not at the top */
    bool is_read;            /* its value is used somewhere */
    bool is_dropped;         /* by frame: the counter of guards that stand, which nobody asks for */
    int first_point, last_point; /* the points between which it is known: what it holds at others is nothing */
    int index;               /* by frame: among the slots that may become C locals; -1 for the others */
    struct slot *next;
};

/* Where control can be sent: a resume point has one, a handler, a loop left from inside a switch. */
struct label {
    const char *name;
    bool is_used;
    bool is_placed;
    uint64_t *live;          /* by frame: the slots whose values are still needed there */
};

enum point_kind { POINT_SEND, POINT_RECEIVE, POINT_ALT, POINT_CALL, POINT_PAR, POINT_TIME, POINT_YIELD, POINT_STOP,
    POINT_SYNC, POINT_JOIN, POINT_BLOCKING
};

/* A place where a machine may wait; resume points count from 1. */
struct point {
    int number;
    enum point_kind kind;
    struct label label;      /* "received_1" */
    struct where at;
    struct op *op;           /* the op that waits here */
    struct child *children;  /* POINT_CALL, POINT_PAR */
    struct point *next;
};

/* A frame (or several) that runs while its parent waits: a called process, a branch. It lies in the parent's frame, in
 * the union `at`, or, where count is not constant or the process is recursive, in the pool. */
struct child {
    struct machine *machine;
    const char *field;       /* in the parent's frame: "at.called_1", "at.joined_2.worker" */
    int64_t count;           /* frames; 1 for a call or branch; -1: computed */
    bool is_array;           /* the branches of a par for; one that is pooled and no array is a single frame */
    bool is_pooled;          /* the field is a csp_team */
    bool is_part;            /* of its parent: poison that ends it is met by the parent. Calls, and bare branches */
    struct argument *arguments;
    struct child *next;
};

/* A parameter of a child's frame and the expression that the parent sets it from. */
struct argument {
    struct slot *slot;
    struct expr *value;
    struct argument *next;
};

enum op_kind {
    OP_SET,      /* place = value; by type a copy of an array or text */
    OP_ZERO,     /* place = all zero (arrays) */
    OP_CHANNEL,  /* slot: begin a channel or an array of them */
    OP_CALL,     /* value: call of a function */
    OP_PRINT,    /* arguments; is_line */
    OP_ASSERT,   /* value; arguments */
    OP_APART,    /* place, value: two elements, as many indices from one array, that must not be the same */
    OP_IF,       /* value; body, otherwise */
    OP_LOOP,     /* [initial]; value or NULL; [step]; body; exit, again: labels for jumps out of a C switch */
    OP_SWITCH,   /* value; arms */
    OP_BREAK,    /* of the C loop around */
    OP_CONTINUE,
    OP_GOTO,     /* label */
    OP_LABEL,    /* label */
    OP_HANDLER,  /* label: poison that is caught here is taken back */
    OP_RETURN,   /* value or NULL: functions only */
    OP_SEND,     /* point; channel ! message, which is first set to value (NULL: it is there already) */
    OP_RECEIVE,  /* point; channel ? message */
    OP_CLOSE, OP_POISON, /* channel */
    OP_RUN,      /* point: a call, or the branches of a par, and wait for them */
    OP_RUN_FOR,  /* point: par for; slot: the counter; value .. limit */
    OP_SLEEP,    /* point; value: a duration, or an instant (is_instant) */
    OP_YIELD, OP_STOP, /* point */
    OP_ALT,      /* point; choices */
    OP_CELLS_GIVE, OP_BARRIER_GIVE, OP_RELEASE, /* slot: the block of a channel or barrier, the body of a ??, ends */
    OP_CHECK,    /* poisoned: goes there where the process has met poison */
    OP_BARRIER,  /* slot: begin a barrier */
    OP_ENTER,    /* channel: a barrier that so many branches mention (count, or value .. limit); slot: their seats */
    OP_LEAVE,    /* channel, slot: one of them has ended */
    OP_SYNC,     /* point; channel: a barrier */
    OP_STANDING_END, /* slot */
    OP_GROUP,    /* slot: begin a group of spawned processes */
    OP_JOIN,     /* point; slot: wait for all of a group */
    OP_SPAWN,    /* child; slot: its group */
    OP_BLOCK     /* point; [place =] value: call of a blocking function */
};

struct op_arm {
    struct expr *patterns; /* constants, linked by next; NULL: default */
    struct op *body;
    struct op_arm *next;
};

/* A guard of an alt. */
struct choice {
    int which;               /* textual number, from 0 */
    enum guard_kind kind;
    struct where at;
    struct replicator *replicators;
    struct expr *when;       /* NULL: open */
    struct op *look;         /* what evaluating `when` takes: calls with effects */
    struct slot *open;       /* where the value of `when` is kept, because it has effects; else NULL */
    struct op *prepare;      /* what evaluating channel and value takes */
    struct expr *channel;    /* or duration, instant */
    bool is_writing_end;     /* GUARD_ENDED */
    struct expr *value;      /* GUARD_SEND; NULL: void */
    struct slot *message;    /* GUARD_SEND, GUARD_RECEIVE: of the frame; NULL: void */
    struct slot *held;       /* GUARD_RECEIVE: of a ??; else NULL */
    bool tells_counter;      /* with replicators: by frame, the body asks which replica it is */
    bool may_stand;          /* GUARD_RECEIVE: one replica for each channel of an array, and the same each time */
    struct op *body;
    struct choice *next;
};

struct op {
    enum op_kind kind;
    struct where at;         /* for messages */
    struct where statement;  /* the source statement, shown beside waits */
    struct op *next;
    struct expr *place, *value, *limit, *channel, *arguments;
    struct slot *slot;
    struct op *initial, *step, *body, *otherwise;
    struct op_arm *arms;
    struct choice *choices;
    struct label *label, *exit, *again;
    struct label *poisoned;  /* waits: where poison goes; NULL: it ends the loop around, quietly */
    struct point *point;
    struct child *child;     /* SPAWN */
    struct slot *message;    /* SEND, RECEIVE: of the frame; NULL: void */
    struct slot *fair;       /* ALT: where the last choice is remembered; by frame NULL where no one asks again */
    struct slot *standing;   /* ALT: one of its choices may stand; by frame NULL where no one comes again */
    uint64_t *live;          /* LOOP, by frame: the slots whose values are still needed at its head */
    bool is_line, is_instant, is_declaration;
    bool is_checked_later;   /* RUN, RUN_FOR: a JOIN follows, and looks for poison */
    bool is_total;           /* SWITCH: there is an arm for every value that there can be */
    bool is_pri;             /* ALT */
    bool has_replicas;       /* ALT: some guard has replicators: each guard has a record of its counters */
    bool looks_first;        /* ALT: every `when` is evaluated before any channel, for one of them has effects */
    int64_t count;           /* ALT: of guards, which lie in the frame; -1: computed, in the pool */
};

enum machine_kind { MACHINE_FUNCTION, MACHINE_PROCESS, MACHINE_BRANCH };

struct machine {
    enum machine_kind kind;
    const char *name;        /* in C: the stem of struct NAME_frame, NAME_step */
    const char *title;       /* in messages */
    struct where at;
    struct declaration *declaration;
    struct machine *outer;   /* BRANCH: the machine whose par it belongs to */
    struct slot *slots;      /* parameters first */
    struct slot *last_slot;
    struct op *body;
    struct point *points;
    int point_count;
    int label_count;
    struct link *links;      /* by link */
    struct label end;
    struct op *epilogue;     /* behind the end, however it is come to */
    bool is_linked;          /* by link: its links are there */
    int loops;               /* … while it looks for them: around the code it looks at */
    bool is_spawned;
    struct type *result;     /* FUNCTION */
    bool checks_stack;       /* FUNCTION: may recurse, or has large locals */
    struct emitted_frame *frame; /* by emit */
    struct machine *next;
};

/* All of a program, functions and processes in the order of their text, each process in front of its branches. */
struct machines {
    struct machine *first;
    struct machine *main;    /* NULL: none */
    struct module *module;
};

/* --emit=machine: the machines as text. */
void machine_print(FILE *to, const struct machines *machines);

#endif
