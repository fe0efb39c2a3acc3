/* scan: from the bytes of a file to words (language.md § 1). The rules are in grammar/csp.re. Called by the parser. */
#ifndef SCAN_H
#define SCAN_H

#include "ast.h"
#include "nesting.h"

struct repair;

struct scanner {
    const struct source *source;
    const unsigned char *cursor, *limit;
    struct nesting nesting;
    bool is_cut; /* the rest of the file is a comment that is not closed */
    const struct repair *repairs; /* those that are still to come; by layout */
};

union GRAMMAR_STYPE; /* what comes with a token; made by bison from grammar/csp.y */

/* Also looks for what may stand nowhere in a file: NUL bytes and bytes that are no UTF-8. */
void scan_begin(struct scanner *scanner, const struct source *source);
/* The kind of the next token, by the names of grammar/csp.y. Errors are in diag; after one that leaves no token the
 * kind is the one that makes the parser recover silently. */
int scan_token(struct scanner *scanner, union GRAMMAR_STYPE *value, struct where *at);

#endif
