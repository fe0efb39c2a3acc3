/* resolve: binds every name to what it stands for (language.md § 1, § 3: declarations of a file are known throughout
 * it, inner blocks may shadow). Fills in symbol and region fields. Called by main after parse. */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "ast.h"

void resolve_module(struct module *module);

/* The names of an instance of a generic, a fresh copy of its declaration. */
void resolve_instance(struct module *module, struct declaration *instance);

#endif
