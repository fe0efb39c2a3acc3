/* recover: where the parser goes on after a syntax error. Called by grammar/csp.y. */
#ifndef RECOVER_H
#define RECOVER_H

#include "scan.h"

/* What the parser is given before the scanner's next token: a ';' that ends the statement with the error in it, and the
 * '}' of blocks that were left open. */
struct recovery {
    int semicolons, braces;
    int pending;       /* the one of these that was the parser's last token; 0: it was the scanner's */
    uint32_t resumed;  /* where the last one went on: not again at the same token */
    bool is_if_lost; /* the else of an if with an error in it may follow */
};

/* A token was found where it cannot stand; `before` is the scanner as it was in front of it, and *scanner is set to
 * where the text goes on. is_missing: a ';' could have stood there. */
void recover(struct scanner *scanner, const struct scanner *before, bool is_missing, struct recovery *recovery);

/* Whether a declaration at the margin, or the end of the file, has been read inside of blocks whose '}' are missing and in
 * which a statement could begin. recover_close puts these in front of it: the parser then finishes what stands in them, as it
 * could not after an error. */
bool recover_lacks_braces(const struct scanner *scanner, const struct scanner *before);
void recover_close(struct scanner *scanner, const struct scanner *before, struct recovery *recovery);

/* Whether what has been read cannot stand behind the '}' of a declaration. At an error the parser throws away what it has not
 * finished, and that is the declaration: a ';' in front, which changes nothing, ends it. */
bool recover_is_behind_declaration(const struct scanner *scanner, const struct scanner *before);
/* Whether the file stops in the middle of a statement or declaration. */
bool recover_is_cut(const struct scanner *before);

#endif
