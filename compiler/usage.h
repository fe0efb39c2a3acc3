/* usage: the rules of CSP that need the whole program (language.md § 4, § 10): no two branches of a par race. After
 * usage nothing can fail. Called by main after check. */
#ifndef USAGE_H
#define USAGE_H

#include "ast.h"

void usage_module(struct module *module);

#endif
