/* resolve_foreign: names that other languages have and this one writes in another way. Called by resolve.c. */
#ifndef RESOLVE_FOREIGN_H
#define RESOLVE_FOREIGN_H

#include <stdbool.h>

/* What is written instead, as a sentence; NULL where nothing is known of the name. */
const char *foreign_name(const char *name, bool is_type);

#endif
