/* diag: what cspc has to say about a program, as file:line:column: error: …
 *
 * Each message shows the source line and marks the place. Messages are kept and printed in the order of their places
 * by diag_flush, so that the passes need not care about order. Called by every stage. */
#ifndef DIAG_H
#define DIAG_H

#include "source.h"

#include <stdio.h>

/* An error: the compilation fails after the current stage. The same text at the same place is said once. */
void diag_error(struct where at, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What is allowed but hardly meant; each kind has a name, as in -Wno-unused. */
enum warning { WARNING_UNUSED, WARNING_ONE_SIDED, WARNING_ALONE, WARNING_UNREACHABLE, WARNING_COUNT };
void diag_warning(enum warning warning, struct where at, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* From now on warnings of that kind are not printed, or count as errors. False: there is none of that name; NULL stands for
 * all kinds. */
bool diag_ignore(const char *warning, bool is_ignored);
bool diag_make_error(const char *warning, bool is_error);
/* How messages are printed: "gnu" or "json"; "auto" (on a terminal), "always" or "never" in colours. False: another word. */
bool diag_set_format(const char *format);
bool diag_set_colour(const char *when);
/* A second place that belongs to the message before it ("set here"). */
void diag_note(struct where at, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* For code that is compiled several times, for different callers: each message from here on ends with notes that say for
 * which one, the innermost first. NULL: it is compiled once. */
struct diag_context {
    struct where at;
    const char *text;
    const struct diag_context *outer;
    int depth; /* of these */
};
void diag_set_context(const struct diag_context *context);

int diag_errors(void);
/* Whether the last message is an error at that place. */
bool diag_is_wrong(struct where at);
/* What has been said so far; diag_rewind forgets what has been said since. */
struct diag_mark {
    struct message *last;
    int count, errors;
};
struct diag_mark diag_mark(void);
void diag_rewind(struct diag_mark mark);
/* Counts anew: another file is compiled, with the same settings. */
void diag_forget_errors(void);
/* Prints what has been collected, in source order, and forgets it; the count of errors stays. */
void diag_flush(FILE *to);
/* Forgets the messages and their count; settings stay. */
void diag_forget(void);
/* Forgets all, the settings too. */
void diag_release(void);

#endif
