/* drive: from a file to C. */
#ifndef DRIVE_H
#define DRIVE_H

#include "ast.h"
#include "options.h"

/* Exit statuses. */
enum { DONE = 0, FAILED = 1, WRONG_USAGE = 2 };

/* From a file to a program in which everything holds; NULL where it does not. Messages have been written to stderr. */
struct module *drive_front(const struct options *options);
/* The same, and whether it does. */
int drive_check(const struct options *options);
/* … and writes the output. Where there is an error no output file is left. */
int drive_compile(const struct options *options);
/* Closes standard output; says so where not all of it could be written. */
int drive_close_stdout(void);
/* Frees all that the stages have made. */
void drive_release(void);

#endif
