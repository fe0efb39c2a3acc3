/* habit_private: what the groups of habits ask about a slip. Included by habit.c and habit_order.c. */
#ifndef HABIT_PRIVATE_H
#define HABIT_PRIVATE_H

#include "habit.h"

#include "arena.h"
#include "build.h"
#include "csp_parser.h"

#include <string.h>

static inline const char *text_of(const struct slip *slip, struct where at)
{
    const struct source *source = slip->scanner->source;
    return arena_printf("%.*s", (int)(at.end - at.begin), source->text + (at.begin - source->base));
}

/* The token that was found is number 0, the one in front of it number 1. */
static inline struct token token(const struct slip *slip, int number)
{
    return slip->scanner->nesting.tokens[number];
}

static inline bool is(const struct slip *slip, int number, int kind)
{
    return token(slip, number).kind == kind;
}

static inline bool is_text(const struct slip *slip, int number, const char *text)
{
    return is(slip, number, TOKEN_NAME) && strcmp(text_of(slip, token(slip, number).at), text) == 0;
}

static inline bool touches(const struct slip *slip, int number)
{
    return token(slip, number).at.begin == token(slip, number + 1).at.end;
}

static inline bool expects(const struct slip *slip, const char *name)
{
    for (int i = 0; i < slip->count; i++)
        if (strcmp(slip->expected[i], name) == 0)
            return true;
    return false;
}

static inline bool is_at_statement(const struct slip *slip) { return expects(slip, "while") && !expects(slip, "import"); }
static inline bool is_at_declaration(const struct slip *slip) { return expects(slip, "import"); }
static inline bool is_at_value(const struct slip *slip) { return expects(slip, "a constant"); }
static inline bool is_at_name(const struct slip *slip)
{
    return expects(slip, "a name") && !is_at_value(slip) && !expects(slip, "while") && !expects(slip, "import");
}
static inline bool is_within_value(const struct slip *slip) { return expects(slip, "==") && !expects(slip, "+="); }
static inline bool is_behind_place(const struct slip *slip) { return expects(slip, "+="); }
static inline bool is_first(const struct slip *slip, int number)
{
    return token(slip, number).at.begin == slip->scanner->nesting.first.at.begin;
}
static inline bool begins_with(const struct slip *slip, int kind) { return slip->scanner->nesting.first.kind == kind; }

static inline bool is_word(const struct slip *slip, int number)
{
    const char *text = text_of(slip, token(slip, number).at);
    return *text >= 'a' && *text <= 'z' && !is(slip, number, TOKEN_NAME) && !is(slip, number, TOKEN_GRAMMAR_error) &&
           !is(slip, number, TOKEN_END);
}

/* habit_order.c: groups as in habit.c. */
const char *habit_parameter(const struct slip *slip, struct where *at);
const char *habit_order(const struct slip *slip, struct where *at);
const char *habit_guard(const struct slip *slip, struct where *at);
const char *habit_receive_as_value(const struct slip *slip, struct where *at);
const char *habit_channel(const struct slip *slip, struct where *at);

#endif
