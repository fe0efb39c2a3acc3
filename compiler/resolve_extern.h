/* resolve_extern: what C has may be declared by several files (language.md § 9). Called by resolve.c. */
#ifndef RESOLVE_EXTERN_H
#define RESOLVE_EXTERN_H

#include "ast.h"

/* Whether both say the same of one thing of C's, so that the second adds nothing. */
bool resolve_is_same_extern(const struct symbol *first, const struct symbol *second);

#endif
