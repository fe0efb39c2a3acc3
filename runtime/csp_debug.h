/* csp_debug: what programs that are compiled with -g say of their variables, for debuggers: gdb/csp-gdb.py reads it. Included
 * by such programs only. */
#ifndef CSP_DEBUG_H
#define CSP_DEBUG_H

#include "csp.h"

enum csp_variable_form {
    CSP_VARIABLE_VALUE,   /* the place holds it */
    CSP_VARIABLE_POINTER, /* … or leads to it */
    CSP_VARIABLE_ARRAY    /* … or to the first element; `length` holds how many there are */
};

/* A variable of a process or function. */
typedef struct csp_variable {
    const char *name;      /* as the program writes it */
    const char *place;     /* a member of the frame, or a variable in C */
    const char *length;    /* the same of an array's length; NULL: the type tells it */
    uint32_t line;         /* where it is declared */
    uint8_t form;          /* enum csp_variable_form */
} csp_variable;

/* Tables that nothing refers to are kept. */
#ifdef __GNUC__
#define CSP_FOR_DEBUGGERS __attribute__((used))
#else
#define CSP_FOR_DEBUGGERS
#endif

/* Numbers that have names in C only. */
static const struct csp_numbers {
    uint8_t node_open, node_guard, node_ended;              /* the first kinds of node that end a queue, are guards … */
    uint8_t link_channel, link_buffer, link_cells;
    uint8_t variable_pointer, variable_array;
} csp_numbers CSP_FOR_DEBUGGERS = {CSP_OPEN, CSP_ALT_RECEIVING, CSP_ALT_ENDED, CSP_LINK_CHANNEL, CSP_LINK_BUFFER,
                                   CSP_LINK_CELLS, CSP_VARIABLE_POINTER, CSP_VARIABLE_ARRAY};

#endif
