/* lower: from checked processes and functions to machines. Nothing can fail here. Called by main after usage. */
#ifndef LOWER_H
#define LOWER_H

#include "machine.h"

/* Everything that main reaches; the whole module where there is no main. */
struct machines *lower_module(struct module *module);

/* Whether an end as a value may outlive its channel, and so is a csp_end; else it is a csp_channel *. */
bool lower_is_mobile(const struct expr *end);
/* The name of a field or shape as C accepts it. */
const char *lower_c_name(const char *name);

/* Without silent conversions, of a channel to its end or of an end to itself. */
const struct expr *lower_bare(const struct expr *e);

#endif
