/* habit: what is said where a syntax error is a habit from another language, or a slip that is often made. Called by
 * syntax.c. */
#ifndef HABIT_H
#define HABIT_H

#include "scan.h"

struct slip {
    const struct scanner *scanner; /* behind the token that cannot stand where it was found */
    struct token found, next;      /* and the one behind it */
    const char *const *expected;   /* by name */
    int count;
};

/* The message, or NULL where the slip is none of those; *at is where it belongs: at first the token that was found. */
const char *habit_text(const struct slip *slip, struct where *at);

#endif
