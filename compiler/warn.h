/* warn: what is allowed but hardly meant (language.md § 10). Called by main after usage, where there are no errors. */
#ifndef WARN_H
#define WARN_H

#include "ast.h"

void warn_module(struct module *module);

#endif
