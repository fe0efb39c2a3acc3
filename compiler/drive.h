/* drive: from a file to C. */
#ifndef DRIVE_H
#define DRIVE_H

#include "emit.h"
#include "options.h"

#include <stdio.h>

struct check_override;

/* Exit statuses. */
enum { DONE = 0, FAILED = 1, WRONG_USAGE = 2 };

/* From a file to a program in which everything holds; NULL where it does not. Messages have been written to stderr. */
struct module *drive_front(const struct options *options);
/* The values of -D, which are parsed for this compilation. */
struct check_override *drive_definitions(const struct options *options);
/* … for each of the files; whether it does for all. */
int drive_check(struct options *options);
/* … and writes the output. Where there is an error no output file is left. */
int drive_compile(struct options *options);
/* Of such a program all machines at once, to be looked at; or the C. */
struct machines *drive_lower(struct module *module, bool is_debugged);
void drive_emit(FILE *to, struct module *module, const struct emit_options *options);
/* Writes what the options ask for: the C. */
void drive_write(FILE *to, const struct options *options, struct module *module);
/* Says what is wrong, and not in one place of a file; the status FAILED. */
int drive_fail(const char *text);
/* Opens a file for writing, "-" for standard output; NULL where that fails, or is the file that is read: it has been said. */
FILE *drive_open_output(const char *path, const char *input);
/* Closes it; where not all of it could be written says so, and leaves no half of a file. */
int drive_finish_output(FILE *to, const char *path);
/* Closes standard output; says so where not all of it could be written. */
int drive_close_stdout(void);
/* Frees all that the stages have made. */
void drive_release(void);

#endif
