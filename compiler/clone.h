/* clone: a second copy of a function or process as it was written, for a generic's next set of types. Called by check. */
#ifndef CLONE_H
#define CLONE_H

#include "ast.h"

/* The copy lies in the arena; what resolve and later stages have filled in is to be filled in again. */
struct declaration *clone_declaration(const struct declaration *declaration);

#endif
