/* names: which places of a text name what, for editors. Called by resolve and check, wherever they bind a name; read by
 * lsp*.c. Nothing is kept unless names_begin asked for it.
 *
 * One name may be asked about: it is no name of the program, and stands where a word is to be completed. The stages
 * then leave here what they know of that place. */
#ifndef NAMES_H
#define NAMES_H

#include "ast.h"

struct scope;

struct names_use {
    struct where at;
    struct symbol *symbol; /* whose `at` is where it is declared; {0, 0}: built in */
    int order;
    struct names_use *next;
};

/* What is known of the place where the asked name stands. */
struct names_answer {
    bool is_found;
    struct symbol **visible; /* what may be named there, the innermost first; in `count` */
    int count;
    struct type *owner;     /* the type whose field, value or shape it is, behind a point */
    struct type *expected;  /* the type that a value should have there */
    struct type *received;  /* what a channel carries that is received into it */
    struct type *pattern;   /* the protocol of which it should be a shape, in an arm */
    struct symbol *literal; /* the struct in whose braces it stands */
};

/* From now on uses are kept. `asked` may be NULL. */
void names_begin(const char *asked);
/* All of them, in the order in which they were bound; the last of one place is the one that holds. */
const struct names_use *names_first(void);
int names_count(void);
const struct names_answer *names_answered(void);
/* Forgets all. */
void names_release(void);

void names_note(struct where at, struct symbol *symbol);
/* … of the word at the end of an expression, as in p.x. */
void names_note_last(struct where at, struct symbol *symbol);

/* Each says something of the place of a name, if that is the asked one. */
void names_tell_visible(const char *name, const struct scope *names, const struct scope *members);
void names_tell_owner(const char *name, struct type *owner);
void names_tell_expected(const struct expr *expr, struct type *type);
void names_tell_received(const struct expr *place, struct type *carried);
void names_tell_pattern(const char *name, struct type *protocol);
void names_tell_literal(const struct expr *literal, struct symbol *owner);

#endif
