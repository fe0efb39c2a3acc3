/* nesting: which brackets are open and which statement is being read, so that messages can speak of it and the parser
 * finds a place to go on. Called by the scanner for each token. */
#ifndef NESTING_H
#define NESTING_H

#include "source.h"

/* A bracket that has not met its partner yet. */
struct bracket {
    short kind;     /* '{' '(' '[' */
    short opener;   /* the token in front of it */
    short first;    /* the first token of the statement that it stands in */
    bool is_inner;  /* braces without statements in them: a list, a struct literal, the names of an enum … */
    struct where at;
    struct bracket *outer;
};

struct token {
    int kind;
    struct where at;
};

enum { TOKENS_KEPT = 4 };

struct nesting {
    struct bracket *brackets;
    struct token tokens[TOKENS_KEPT]; /* the last one is the first here */
    struct token first;               /* of the statement or declaration */
    bool is_complete;                 /* the next token begins another one */
};

void nesting_begin(struct nesting *nesting);
void nesting_note(struct nesting *nesting, int token, struct where at);

/* The innermost braces around statements or declarations; NULL outside of all. */
struct bracket *nesting_block(const struct nesting *nesting);
/* The innermost braces of any kind. */
struct bracket *nesting_braces(const struct nesting *nesting);
/* Whether they hold the arms of a receive of shapes. */
bool nesting_holds_arms(const struct bracket *brace);
/* Whether a '(' behind that token is open within the innermost braces. */
bool nesting_is_in_header(const struct nesting *nesting, int opener);

#endif
