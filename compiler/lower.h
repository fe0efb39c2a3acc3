/* lower: from checked processes and functions to machines. Nothing can fail here. Called by main after usage. */
#ifndef LOWER_H
#define LOWER_H

#include "machine.h"

/* Everything that main reaches; the whole module where there is no main. */
struct machines *lower_module(struct module *module);

#endif
