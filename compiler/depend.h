/* depend: the rule for make that -MD writes. Called by drive.c. */
#ifndef DEPEND_H
#define DEPEND_H

#include "options.h"

#include <stdio.h>

/* target: the program and all that it imports. */
void depend_write(FILE *to, const struct depend_options *options);

#endif
