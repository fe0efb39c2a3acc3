/* effects: whether evaluating an expression does something that can be seen: print, or set a variable. Called by usage and
 * lower; check has found out which functions do. */
#ifndef EFFECTS_H
#define EFFECTS_H

#include "ast.h"

/* Also NULL, which has none. True also where the expression is too deep to be one of C's. Remembers its answer in the
 * expression. */
bool effects_seen(struct expr *e);

#endif
