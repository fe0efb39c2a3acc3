/* emit: writes machines down as C. Decides nothing; the same bytes for the same machines. Called by drive.c last.
 *
 * Process by process, so that no more machines have to be in memory than those of one. What they become is kept as text,
 * for in C everything stands in front of what uses it. */
#ifndef EMIT_H
#define EMIT_H

#include "machine.h"

struct emitter;

struct emit_options {
    bool no_main;             /* leave out `int main` */
    bool unchecked;           /* arithmetic and indices are not checked: see csp_check.h */
    bool debug;               /* lines and variables for debuggers */
    bool trace_values;        /* what messages are made of is in the tables */
    const char *program_name; /* "commstime": names the program's descriptor and its usage line */
};

struct emitter *emit_begin(const struct machines *machines, const struct emit_options *options);
/* The machines from the first up to, not including, end, in the order of the list; a process with all its branches. */
void emit_machines(struct emitter *E, struct machine *first, const struct machine *end);
/* All of the C. Of the machines only names and parameters are needed any more. */
void emit_finish(struct emitter *E, FILE *to);

#endif
