/* command: runs a program, and takes its processor time, its memory and what it prints. Called by measure.c. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct command_result {
    double seconds;   /* user and system */
    double bytes;     /* of memory, at most at any time */
    char *output;     /* each run of white space as one space; malloc */
};

/* argument, input: may be NULL. False: it could not be run, or did not end with status 0; standard error says why, and
 * there is no output. */
bool command_run(const char *program, const char *argument, const char *input, struct command_result *result);

#endif
