/* spelling: which known word a wrong one was meant to be. Called by resolve_scope.c and habit.c. */
#ifndef SPELLING_H
#define SPELLING_H

/* How many letters must be put in, left out, changed or swapped with their neighbour to make b of a. */
int spelling_distance(const char *a, const char *b);
/* A distance that is no slip any more. */
int spelling_limit(const char *name);
/* The built-in type, or the keyword that declares something, that a word is most like; NULL where none is. */
const char *spelling_type(const char *word);
/* The keyword that is one slip away from a word; NULL where there is none. */
const char *spelling_keyword(const char *word);

#endif
