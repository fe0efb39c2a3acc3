/* literal: the values of numbers, durations, characters and strings (language.md § 1). Called by the scanner, which has
 * found out their form; what is wrong with the value is reported here. Each gives an EXPR_VALUE. */
#ifndef LITERAL_H
#define LITERAL_H

#include "ast.h"

/* base 10, or 2 or 16 with 0b or 0x in front. */
struct expr *literal_integer(struct where at, const char *text, int base);
struct expr *literal_real(struct where at, const char *text);
/* 250ns … 1h, also 1.5s where that is a whole number of nanoseconds. */
struct expr *literal_duration(struct where at, const char *text);
bool literal_is_unit(const char *word);
/* With their quotes. */
struct expr *literal_character(struct where at, const char *text);
struct expr *literal_string(struct where at, const char *text);

struct expr *literal_bool(struct where at, bool value);
/* A one, for ++ and --. */
struct expr *literal_one(struct where at);
/* What to go on with after a word that was meant as a number and is none. */
struct expr *literal_none(struct where at);
/* Adjacent strings, linked by next, as one. */
struct expr *literal_join(struct where at, struct expr *strings);

#endif
