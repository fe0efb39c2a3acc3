/* syntax: what is said of a syntax error. Called by the parser.
 *
 * Tokens are known by their names in grammar/csp.y: "while" and "'+'" are words, those with a blank in them ("a name")
 * describe a kind of word. */
#ifndef SYNTAX_H
#define SYNTAX_H

#include "scan.h"

/* found stands at a place where only one of the expected tokens can. Reorders expected. */
void syntax_error(const struct scanner *scanner, struct where at, const char *found, const char **expected, int count);

#endif
