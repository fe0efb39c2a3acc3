/* fmt: one layout for all programs. Called by main (cspc fmt). */
#ifndef FMT_H
#define FMT_H

#include "options.h"

/* The text, formatted: indentation, the space between words, at most one empty line, one newline at the end. Line breaks
 * and comments stay where they are, and so does what stands in columns. NULL where it has errors of syntax, which are in
 * diag. Formatting what has been formatted changes nothing. */
const char *fmt_text(const char *path, const char *text, size_t length);

/* Formats files in place, standard input to standard output; or says only which are not formatted. */
int fmt_files(struct options *options);

#endif
