/* layout: where braces and the ')' of headers are missing or too many, as the indentation of a file tells. Called by parse.c
 * for files with syntax errors. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "source.h"

/* What the scanner does behind the word that ends at `after`: it gives another token, or passes by the next one. */
struct repair {
    uint32_t after;
    int token;               /* '{', '}' or ')'; 0: the next one is left out */
    bool is_instead;         /* a '{' that stands for the next one, which is left out */
    struct where found;      /* the next one; empty at the end of the file */
    struct where opened;     /* the bracket that seems not to be closed; empty: none */
    const struct repair *next;
};

/* In the order of the text; NULL where nothing is wrong, or so much that the indentation means nothing. */
const struct repair *layout_repairs(const struct source *source);
/* A message for each place; how many these are. */
int layout_count(const struct repair *repairs);
void layout_report(const struct source *source, const struct repair *repairs);

#endif
