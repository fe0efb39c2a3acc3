/* parse: from a file's text to declarations (grammar/csp.re and grammar/csp.y). Called by main.
 *
 * Imports are followed here: each file once, found beside the importing file, then along the search path. */
#ifndef PARSE_H
#define PARSE_H

#include "ast.h"

struct parse_options {
    const char *const *include_paths; /* -I, in order, then the standard library's folders */
    int include_count;
    int library_count; /* how many of the last are the standard library's; its files are shown as std/… */
};

/* NULL only where the file cannot be read; errors are in diag. */
struct module *parse_file(const char *path, const struct parse_options *options);
/* The same of a text that is already in memory. */
struct module *parse_text(const struct source *source, const struct parse_options *options);
/* Whether a text follows the grammar; what it imports is not looked at. Errors are in diag. */
bool parse_is_right(const struct source *source);
/* The value of -D NAME=VALUE. NULL after an error. */
struct expr *parse_value(const char *text);

#endif
