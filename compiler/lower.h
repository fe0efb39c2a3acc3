/* lower: from checked processes and functions to machines. Nothing can fail here. Called by main after usage. */
#ifndef LOWER_H
#define LOWER_H

#include "machine.h"

/* Every function and process that main reaches, and all where there is no main, without their bodies: whoever calls them
 * asks for names and parameters only. */
struct machines *lower_begin(struct module *module);
/* Its body, and those of its branches, which come to stand behind it, in front of the next one. */
void lower_bodies(struct machine *machine);
/* Both, of all of them. */
struct machines *lower_module(struct module *module);
/* Machines from the first up to, not including, end need no more memory than before lower_bodies. */
void lower_forget(struct machine *first, const struct machine *end);

/* Whether an end as a value may outlive its channel, and so is a csp_end; else it is a csp_channel *. */
bool lower_is_mobile(const struct expr *end);
/* The name of a field or shape as C accepts it. */
const char *lower_c_name(const char *name);

/* Without silent conversions, of a channel to its end or of an end to itself. */
const struct expr *lower_bare(const struct expr *e);

#endif
