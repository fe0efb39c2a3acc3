/* frame: decides which slots of a process live across a wait and so lie in its frame; all others become C locals.
 * Called by main after lower. */
#ifndef FRAME_H
#define FRAME_H

#include "machine.h"

/* The machines from the first up to, not including, end; a process with all its branches. keeps_all: for debuggers, no
 * variable of the program becomes a C local. */
void frame_machines(struct machine *first, const struct machine *end, bool keeps_all);

#endif
