/* emit: writes machines down as C. Decides nothing; the same bytes for the same machines. Called by main last. */
#ifndef EMIT_H
#define EMIT_H

#include "machine.h"

struct emit_options {
    bool no_main;             /* leave out `int main` */
    bool unchecked;           /* arithmetic and indices are not checked: see csp_check.h */
    bool debug;               /* lines and variables for debuggers */
    bool trace_values;        /* what messages are made of is in the tables */
    const char *program_name; /* "commstime": names the program's descriptor and its usage line */
};

void emit_c(FILE *to, const struct machines *machines, const struct emit_options *options);

#endif
