/* plan: what is to be run, read from a file of lines:
 *
 *     bench NAME TITLE…              begins one; the title says what one operation is
 *     program NAME                   the command is CONTESTANT/NAME, where that is not the name of the bench
 *     unit ns|bytes                  processor time (as usual), or the most memory, an operation
 *     per N | operations N           operations for each 1 of the count; in all
 *     check COUNT                    a short run, for all contestants the same: results are compared, and what it takes
 *                                    is what starting takes, which is taken off
 *     run COUNT CONTESTANT…          who takes part, and the count: the argument. ?CONTESTANT may be missing
 *     exact                          … also where it takes long; as usual those that are slow run with a smaller one
 *     input                          no argument: standard input is text.COUNT
 *     rounds N                       no more than so many
 *     memory MB                      only where so much is free
 *     to [BENCH/]CONTESTANT…         ratios are to the fastest of these in the same round
 *     atmost CONTESTANT RATIO        bars
 *     atleast CONTESTANT RATIO
 *     limit CONTESTANT COST
 */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>

enum { PLAN_BENCHES = 64, PLAN_CONTESTANTS = 8, PLAN_NAME = 24, PLAN_TITLE = 80, PLAN_ROUNDS = 99 };

enum plan_bar { BAR_NONE, BAR_AT_MOST, BAR_AT_LEAST, BAR_LIMIT };

struct contestant {
    char name[PLAN_NAME];
    long count;
    bool optional, missing;
    enum plan_bar bar;
    double bar_value;
    double cost[PLAN_ROUNDS]; /* an operation's: filled in by measure.c */
};

struct bench {
    char name[PLAN_NAME], program[PLAN_NAME], title[PLAN_TITLE];
    bool bytes, exact, input, chosen, skipped;
    double per, operations; /* operations 0: per times the count */
    long check, memory;
    int rounds, contestants, references;
    struct contestant contestant[PLAN_CONTESTANTS];
    char reference[PLAN_CONTESTANTS][2 * PLAN_NAME];
};

struct plan {
    int count;
    struct bench bench[PLAN_BENCHES];
};

/* Ends the program where the file is not as above. */
void plan_read(struct plan *plan, const char *path);
struct bench *plan_bench(struct plan *plan, const char *name);
struct contestant *plan_contestant(struct bench *b, const char *name);
/* The contestant that reference i of a bench means; NULL: it does not take part. */
struct contestant *plan_reference(struct plan *plan, struct bench *b, int i, struct bench **of);

#endif
