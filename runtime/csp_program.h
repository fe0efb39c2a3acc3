/* csp_program: what a program says of itself, in tables that cspc writes: for reports, `--help` and debuggers. Included by
 * csp.h. */
#ifndef CSP_PROGRAM_H
#define CSP_PROGRAM_H

#include "csp.h"

enum csp_point_kind {
    CSP_AT_START, CSP_AT_SEND, CSP_AT_RECEIVE, CSP_AT_ALT, CSP_AT_CALL, CSP_AT_PAR, CSP_AT_TIME, CSP_AT_YIELD, CSP_AT_STOP,
    CSP_AT_SYNC, CSP_AT_JOIN, CSP_AT_BLOCKING
};

enum {
    CSP_TEAM = -1,         /* as many as a csp_team says */
    CSP_SINGLE = -2        /* one, of a process that may be its own caller's kind */
};

/* Frames that run while their parent waits at a point. */
typedef struct csp_children {
    const csp_kind *kind;
    uint32_t offset;       /* in the parent's frame: of the first child's frame, of a csp_team, or of a pointer to a frame */
    int32_t count;         /* of frames; CSP_TEAM and CSP_SINGLE: they are in the pool */
} csp_children;

/* The branches of a computed par for: frames in the pool. */
typedef struct csp_team {
    void *frames;          /* count frames of the kind's size, one behind the other; NULL while there are none */
    int64_t count;
} csp_team;

/* A resume point: where a process waits, and on what. */
typedef struct csp_point {
    csp_place place;
    enum csp_point_kind kind;
    const char *text;      /* the source of the waiting statement, shortened: "in ? x" */
    const csp_children *children; /* CALL, PAR */
    uint32_t children_count;
} csp_point;

enum csp_link_form {
    CSP_LINK_CHANNEL, /* csp_channel */
    CSP_LINK_BUFFER,  /* csp_buffer */
    CSP_LINK_CELLS,   /* csp_end, whose cells belong to the frame */
    CSP_LINK_POINTER, /* csp_channel * */
    CSP_LINK_END,     /* csp_end */
    CSP_LINK_ENDS,    /* csp_ends */
    CSP_LINK_BARRIER, /* csp_barrier */
    CSP_LINK_POOLED_BARRIER, /* csp_barrier * */
    CSP_LINK_SEAT     /* csp_seat */
};

/* What a message is made of, in programs compiled with --trace-values. */
enum csp_value_kind {
    CSP_VALUE_BOOL, CSP_VALUE_CHAR, CSP_VALUE_INT8, CSP_VALUE_INT16, CSP_VALUE_INT32, CSP_VALUE_INT64,
    CSP_VALUE_UINT8, CSP_VALUE_UINT16, CSP_VALUE_UINT32, CSP_VALUE_UINT64,
    CSP_VALUE_FLOAT, CSP_VALUE_DOUBLE, CSP_VALUE_TIME, CSP_VALUE_STRING, CSP_VALUE_END, CSP_VALUE_OPAQUE, /* csp_values */
    CSP_VALUE_ENUM, CSP_VALUE_STRUCT, CSP_VALUE_PROTOCOL, CSP_VALUE_SHAPE, CSP_VALUE_ARRAY
};

typedef struct csp_value {
    enum csp_value_kind kind;
    uint32_t size;                    /* in bytes */
    uint32_t count;                   /* of members; of the elements of an array */
    const struct csp_value *of;       /* an array's element */
    const struct csp_member *members; /* fields; the names of an enum; the shapes of a protocol, all by number */
} csp_value;

typedef struct csp_member {
    const char *name;
    const csp_value *value;
    uint32_t offset;                  /* of a shape's field: in the whole message */
} csp_member;

/* By kind: those that are made of nothing else. */
extern const csp_value csp_values[];

enum { CSP_RECEIVES = 1, CSP_SENDS = 2, CSP_SYNCS = 4 };

/* A channel or an end in a frame, or an array of them, or a barrier, and what the code of a kind does with it. Who declares
 * a barrier is no member, and has no link to it. */
typedef struct csp_link {
    const char *name;
    const int32_t *lengths; /* of an array, outermost first, behind the last a 0; of a csp_ends the first is -1; NULL: none */
    uint32_t offset;
    uint16_t first_point, last_point; /* between which it is known, in the frame that it lies in */
    uint16_t only_point;    /* where it is only handed to the frames below, at this one point; else 0 */
    uint8_t depth;          /* 0: in the frame itself; 1: in its parent's … */
    uint8_t form;           /* enum csp_link_form */
    uint8_t uses;           /* CSP_RECEIVES, CSP_SENDS; CSP_SYNCS */
    const csp_value *value; /* of a message; NULL: void, a barrier, or it is not said */
} csp_link;

/* A kind of process: what all frames with one step have in common. */
struct csp_kind {
    const char *name;      /* "philosopher", or "main.par" for a branch that is a block */
    csp_place place;       /* of its declaration or branch */
    csp_step *step;
    uint32_t size;         /* of the frame, in bytes */
    uint32_t point_count;
    const csp_point *points; /* by resume point; [0] is the start */
    uint32_t group_count;
    const uint32_t *groups;  /* offsets in the frame of its csp_groups: processes that it has spawned */
    uint32_t link_count;
    const csp_link *links;   /* first those that it declares */
};

enum csp_argument_kind {
    CSP_ARGUMENT_BOOL, CSP_ARGUMENT_CHAR, CSP_ARGUMENT_INT8, CSP_ARGUMENT_INT16, CSP_ARGUMENT_INT32, CSP_ARGUMENT_INT64,
    CSP_ARGUMENT_UINT8, CSP_ARGUMENT_UINT16, CSP_ARGUMENT_UINT32, CSP_ARGUMENT_UINT64,
    CSP_ARGUMENT_FLOAT, CSP_ARGUMENT_DOUBLE, CSP_ARGUMENT_TIME, CSP_ARGUMENT_STRING,
    CSP_ARGUMENT_IN, CSP_ARGUMENT_OUT /* ?T and !T, whose other end is csp_host_channel's; behind all others */
};

/* A parameter of `process main`: one argument of the command line, or an end that a host program serves. */
typedef struct csp_argument {
    const char *name;
    enum csp_argument_kind kind;
    uint32_t offset;       /* of the parameter in main's frame */
    const char *fallback;  /* the default, as a user would type it; NULL: must be given */
} csp_argument;

enum { CSP_STDIN, CSP_STDOUT, CSP_STDERR };

typedef struct csp_program {
    const char *name;
    const char *const *files;   /* by the index in a csp_place */
    const csp_kind *main;
    const csp_argument *arguments;
    uint32_t argument_count;
    int32_t streams[3];         /* offset of the end called stdin, stdout, stderr in main's frame; -1: none */
} csp_program;

/* Runs a whole program: reads the command line, runs main, writes all output. Returns the exit status: 0; 1 after a
 * run-time error; 2 for wrong arguments; 3 for a deadlock. */
int csp_main(const csp_program *program, int argc, char **argv);

#endif
