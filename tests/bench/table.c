#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int bars, met;

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *values, int count)
{
    double sorted[PLAN_ROUNDS];
    memcpy(sorted, values, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, compare);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

static int rounds_of(const struct bench *b, int rounds)
{
    return b->rounds < rounds ? b->rounds : rounds;
}

/* What a contestant costs in comparison with the fastest reference of the same round; 0: there is no reference. */
static double ratio(struct plan *plan, struct bench *b, const struct contestant *c, int rounds)
{
    double ratios[PLAN_ROUNDS], best;
    struct bench *of;
    for (int i = 0; i < rounds; i++) {
        best = 0;
        for (int r = 0; r < b->references; r++) {
            const struct contestant *reference = plan_reference(plan, b, r, &of);
            double cost = reference->cost[i < of->rounds ? i : of->rounds - 1];
            if (!reference->missing && !of->skipped && cost > 0 && (best == 0 || cost < best))
                best = cost;
        }
        if (best == 0)
            return 0;
        ratios[i] = c->cost[i] / best;
    }
    return median(ratios, rounds);
}

static const char *plain(double value) /* three digits that count, no exponent */
{
    static char text[4][32];
    static int turn;
    char *t = text[turn++ % 4];
    double size = value < 0 ? -value : value;
    snprintf(t, sizeof text[0], "%.*f", size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0, value);
    return t;
}

static void print_bar(const struct bench *b, const struct contestant *c, double cost, double times)
{
    static const char *const words[] = {"", "at most", "at least", "at most"};
    bool judged = c->bar == BAR_LIMIT || times > 0;
    double value = atof(plain(c->bar == BAR_LIMIT ? cost : times)); /* as the table shows it */
    bool holds = c->bar == BAR_AT_LEAST ? value >= c->bar_value : value <= c->bar_value;
    printf(" %s %g%s", words[c->bar], c->bar_value, c->bar != BAR_LIMIT ? " times" : b->bytes ? " bytes" : " ns");
    for (int r = 0; c->bar != BAR_LIMIT && r < b->references; r++)
        printf("%s %s", r ? " or" : "", b->reference[r]);
    printf(" | %s |", !judged ? "" : holds ? "yes" : "**no**");
    bars += judged;
    met += judged && holds;
}

static void print_contestant(struct plan *plan, struct bench *b, const struct contestant *c, int rounds)
{
    double cost = median(c->cost, rounds), times = ratio(plan, b, c, rounds);
    printf(" %s | %s %s |", c->name, plain(cost), b->bytes ? "bytes" : "ns");
    printf(times > 0 ? " %s |" : " |", plain(times));
    if (c->bar)
        print_bar(b, c, cost, times);
    else
        printf(" | |");
    printf("\n");
}

void table_print(struct plan *plan, int rounds)
{
    printf("| bench | contestant | an operation | ratio | bar | met |\n|---|---|---:|---:|---|---|\n");
    for (int i = 0; i < plan->count; i++) {
        struct bench *b = &plan->bench[i];
        bool first = true;
        for (int k = 0; b->chosen && !b->skipped && k < b->contestants; k++) {
            if (b->contestant[k].missing)
                continue;
            printf(first ? "| %s: %s |" : "| |", b->name, b->title);
            first = false;
            print_contestant(plan, b, &b->contestant[k], rounds_of(b, rounds));
        }
        if (b->chosen && b->skipped)
            printf("| %s: %s | | needs %ld MB of memory, which is not free | | | |\n", b->name, b->title, b->memory);
    }
    printf("\n%d of %d bars met.\n", met, bars);
}
