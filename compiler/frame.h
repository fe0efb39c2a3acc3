/* frame: decides which slots of a process live across a wait and so lie in its frame; all others become C locals.
 * Called by main after lower. */
#ifndef FRAME_H
#define FRAME_H

#include "machine.h"

/* keeps_all: for debuggers, no variable of the program becomes a C local. */
void frame_machines(struct machines *machines, bool keeps_all);

#endif
