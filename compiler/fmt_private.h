/* fmt_private: what the files of fmt share. */
#ifndef FMT_PRIVATE_H
#define FMT_PRIVATE_H

#include "source.h"

#include <stdbool.h>

enum { FMT_INDENT = 4 }; /* and between the stops of tabs */

enum { FMT_COMMENT = -1, FMT_LINE_COMMENT = -2 }; /* kinds beside those of tokens */

/* What a word means where kinds of token have two meanings. */
enum fmt_role {
    FMT_PLAIN,
    FMT_PREFIX,  /* -x !x ?int */
    FMT_INFIX,
    FMT_POSTFIX, /* x++ */
    FMT_INNER,   /* brackets and separators of lists, struct literals and type parameters: { 1, 2 } <T> P{x: 1} */
    FMT_HEADER,  /* a ')' behind which a statement begins */
    FMT_ENDING   /* a '}' or ';' that ends a statement; a '{' that begins a block */
};

/* A word or a comment, in the order of the text. */
struct fmt_piece {
    int kind; /* of token, or a comment */
    enum fmt_role role;
    const char *text;
    size_t length;
    int line;      /* in the text, of which one begins behind a comment of several, too: an index into `lines` */
    int breaks;    /* newlines in front of it in the text */
    int column;    /* in the text, in characters from 0; a tab goes on to the next stop */
    int width;     /* in characters, of its last line */
    int gap;       /* columns of blanks in front of it in the text, on its line */
    bool begins;   /* a statement, a declaration, or what stands between such */
    int space;     /* in front of it, by the rules: 0 or 1 */
    bool in_column;
    int behind;    /* the first of its line in the text, in columns, as it will be */
    bool is_first; /* on its line, as it will be */
    int at;        /* its column, as it will be */
};

struct fmt_pieces {
    struct fmt_piece *first;
    int count;
    int *lines; /* the first piece of each, and behind the last line `count` */
    int line_count;
    const char *front; /* what may stand before a program: a byte order mark, a line for the system */
    size_t front_length;
};

/* fmt_read.c: the pieces of a text that has no errors of syntax. */
struct fmt_pieces fmt_read(const struct source *source);
/* fmt_space.c: sets role and space. */
void fmt_space(struct fmt_pieces *pieces);
/* fmt_columns.c: sets in_column and behind; and at of comments behind lines, which have at already. */
void fmt_columns(struct fmt_pieces *pieces);
void fmt_comment_columns(struct fmt_pieces *pieces);
/* fmt_layout.c: sets is_first and at. */
void fmt_layout(struct fmt_pieces *pieces);
/* The column behind a piece. */
int fmt_end(const struct fmt_piece *piece);
/* The kind of the next word behind a piece; 0: there is none. */
int fmt_next(const struct fmt_pieces *pieces, int i);

/* The column behind a blank. */
static inline int fmt_behind_blank(char blank, int column)
{
    return blank == '\t' ? column - column % FMT_INDENT + FMT_INDENT : column + 1;
}

static inline bool fmt_is_comment(const struct fmt_piece *p)
{
    return p->kind < 0;
}

#endif
