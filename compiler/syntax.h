/* syntax: what is said of a syntax error. Called by the parser.
 *
 * Tokens are known by their names in grammar/csp.y: "while" and "'+'" are words, those with a blank in them ("a name")
 * describe a kind of word. */
#ifndef SYNTAX_H
#define SYNTAX_H

#include "scan.h"

/* found, the token that the scanner gave last, stands where only one of the expected ones can. Reorders expected. True:
 * a ';' could have stood there. is_if_lost: an else here belongs to an if with an error in it. */
bool syntax_error(const struct scanner *scanner, struct where at, const char *found, const char **expected, int count,
                  bool is_if_lost);

#endif
