/* mobile: which ends may outlive their channels (language.md § 5). Called by main after usage.
 *
 * A channel whose end is kept in a variable, sent or handed to a spawned process `escapes`: it gets a cell of its own, so
 * that ends can tell when it is over. A parameter that may be given such an end, or one out of a variable, `is_mobile`:
 * it holds a csp_end. All others stay pointers to channels in frames. A barrier escapes in the same way. */
#ifndef MOBILE_H
#define MOBILE_H

#include "ast.h"

void mobile_module(struct module *module);

#endif
