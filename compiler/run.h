/* run: compiles a program, builds it and becomes it. Called by main. */
#ifndef RUN_H
#define RUN_H

#include "options.h"

/* Returns only where there is nothing to run: the exit status. */
int run_program(struct options *options);
/* … under gdb, built for it. */
int run_debugger(struct options *options);

#endif
