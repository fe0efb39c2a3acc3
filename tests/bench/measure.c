/* measure: runs the programs of a plan in turn, round by round, so that what else the machine does hits all alike, and
 * prints a table of medians. A program whose result differs from the others' makes it fail. Called by run:
 *
 *     measure PLAN ROUNDS [BENCH…]      in the folder that holds CONTESTANT/BENCH
 *     measure PLAN --check [BENCH…]     only compares results, of short runs
 *     measure PLAN --files [BENCH…]     the files that it runs and reads; behind a ? those that may be missing
 */
#include "command.h"
#include "plan.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct plan plan;
static int passed, failed;

static void path_of(char *path, size_t size, const struct bench *b, const struct contestant *c)
{
    snprintf(path, size, "%s/%s", c->name, b->program);
}

/* ---- who takes part ---- */

static void choose(struct bench *b)
{
    b->chosen = true;
    for (int r = 0; r < b->references; r++) {
        struct bench *of;
        if (plan_reference(&plan, b, r, &of) && !of->chosen)
            choose(of);
    }
}

static void choose_all(char **names, int count)
{
    for (int i = 0; i < count; i++) {
        struct bench *b = plan_bench(&plan, names[i]);
        if (!b) {
            fprintf(stderr, "there is no bench '%s'\n", names[i]);
            exit(2);
        }
        choose(b);
    }
    for (int i = 0; count == 0 && i < plan.count; i++)
        plan.bench[i].chosen = true;
}

static void find_missing(void)
{
    char path[2 * PLAN_NAME];
    for (int i = 0; i < plan.count; i++) {
        struct bench *b = &plan.bench[i];
        for (int k = 0; k < b->contestants; k++) {
            path_of(path, sizeof path, b, &b->contestant[k]);
            b->contestant[k].missing = b->contestant[k].optional && access(path, X_OK) != 0;
        }
    }
}

static long free_megabytes(void)
{
    char text[256];
    long kilobytes = 0;
    FILE *f = fopen("/proc/meminfo", "r");
    while (f && fgets(text, sizeof text, f)) {
        if (sscanf(text, "MemAvailable: %ld", &kilobytes) == 1)
            break;
    }
    if (f)
        fclose(f);
    return kilobytes / 1024;
}

static void skip_large(void)
{
    long megabytes = free_megabytes();
    for (int i = 0; i < plan.count; i++)
        plan.bench[i].skipped = plan.bench[i].memory > megabytes;
}

/* ---- runs ---- */

/* What all contestants of a bench that have run with the same count should print. */
struct expected {
    int count;
    long of[PLAN_CONTESTANTS];
    char *output[PLAN_CONTESTANTS];
};

static bool is_expected(struct expected *expected, const struct bench *b, const struct contestant *c, long count,
                        char *output)
{
    for (int i = 0; i < expected->count; i++) {
        if (expected->of[i] != count)
            continue;
        bool same = strcmp(output, expected->output[i]) == 0;
        if (!same)
            fprintf(stderr, "%s: %s %ld prints '%.60s', not '%.60s'\n", b->name, c->name, count, output,
                    expected->output[i]);
        free(output);
        return same;
    }
    expected->of[expected->count] = count;
    expected->output[expected->count++] = output;
    return true;
}

static void forget(struct expected *expected)
{
    for (int i = 0; i < expected->count; i++)
        free(expected->output[i]);
    expected->count = 0;
}

/* Runs a contestant, and counts whether its result is right. */
static struct command_result run(const struct bench *b, const struct contestant *c, long count, struct expected *expected)
{
    char path[2 * PLAN_NAME], argument[32], input[32];
    struct command_result result = {0};
    path_of(path, sizeof path, b, c);
    snprintf(argument, sizeof argument, "%ld", count);
    snprintf(input, sizeof input, "text.%ld", count);
    bool ends = command_run(path, b->input ? NULL : argument, b->input ? input : NULL, &result);
    bool good = ends && is_expected(expected, b, c, count, result.output);
    good ? passed++ : failed++;
    return result;
}

static double amount(const struct bench *b, const struct command_result *result)
{
    return b->bytes ? result->bytes : result->seconds * 1e9;
}

/* A short run of all, and what it takes to start them. */
static void check(struct bench *b, double start[PLAN_CONTESTANTS])
{
    struct expected expected = {0};
    for (int k = 0; k < b->contestants; k++) {
        if (b->contestant[k].missing)
            continue;
        struct command_result result = run(b, &b->contestant[k], b->check, &expected);
        start[k] = amount(b, &result);
    }
    forget(&expected);
}

/* Makes the count of a slow contestant smaller, so that it takes about a quarter of a second. */
static void calibrate(struct bench *b, struct contestant *c, double start)
{
    const double AIM = 0.25e9, ENOUGH = 0.02e9;
    struct expected expected = {0};
    double took = 0;
    long count = b->check;
    while (took < ENOUGH && !failed && count < c->count) {
        count = count * 8 < c->count ? count * 8 : c->count;
        struct command_result result = run(b, c, count, &expected);
        took = amount(b, &result) - start;
        forget(&expected);
    }
    double fitting = (double)count * AIM / (took > 0 ? took : AIM);
    if (fitting < (double)c->count && fitting < 1e18)
        c->count = (long)fitting > b->check ? (long)fitting : b->check + 1;
}

static double cost(const struct bench *b, const struct contestant *c, const struct command_result *result, double start)
{
    double operations = b->operations > 0 ? b->operations : b->per * (double)(c->count - b->check);
    return (amount(b, result) - start) / operations;
}

/* Who first asks for much memory after a bench of another kind may pay for putting it in order: the kernel makes large pages
 * of small ones. That is nobody's cost, and run once more before it is counted. */
static void warm_up(struct bench *b, struct expected *expected)
{
    int first = 0;
    while (first < b->contestants && b->contestant[first].missing)
        first++;
    if (first < b->contestants && !b->bytes)
        run(b, &b->contestant[first], b->contestant[first].count, expected);
}

static void run_round(struct bench *b, int round)
{
    double start[PLAN_CONTESTANTS];
    struct expected expected = {0}, warm = {0};
    warm_up(b, &warm);
    forget(&warm);
    check(b, start);
    for (int k = 0; k < b->contestants; k++) {
        struct contestant *c = &b->contestant[k];
        if (c->missing)
            continue;
        if (round == 0 && !b->exact && !b->bytes)
            calibrate(b, c, start[k]);
        struct command_result result = run(b, c, c->count, &expected);
        c->cost[round] = cost(b, c, &result, start[k]);
    }
    forget(&expected);
}

static void check_all(void)
{
    double start[PLAN_CONTESTANTS];
    for (int i = 0; i < plan.count; i++) {
        if (plan.bench[i].chosen)
            check(&plan.bench[i], start);
    }
    printf("%d passed, %d failed\n", passed, failed);
}

static void list_all(void)
{
    for (int i = 0; i < plan.count; i++) {
        const struct bench *b = &plan.bench[i];
        for (int k = 0; b->chosen && k < b->contestants; k++) {
            const struct contestant *c = &b->contestant[k];
            printf("%s%s/%s\n", c->optional ? "?" : "", c->name, b->program);
            if (b->input && k == 0)
                printf("text.%ld\n?text.%ld\n", b->check, c->count);
        }
    }
}

static void measure_all(int rounds)
{
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < plan.count; i++) {
            struct bench *b = &plan.bench[i];
            if (b->chosen && !b->skipped && round < b->rounds)
                run_round(b, round);
            if (failed)
                exit(1);
        }
        fprintf(stderr, "round %d of %d is done\n", round + 1, rounds);
    }
}

static _Noreturn void refuse_usage(void)
{
    fprintf(stderr, "usage: measure PLAN 1..%d|--check|--files [BENCH...]\n", PLAN_ROUNDS);
    exit(2);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        refuse_usage();
    plan_read(&plan, argv[1]);
    choose_all(argv + 3, argc - 3);
    find_missing();
    int rounds = atoi(argv[2]);
    if (strcmp(argv[2], "--check") == 0)
        return check_all(), failed > 0;
    if (strcmp(argv[2], "--files") == 0)
        return list_all(), 0;
    if (rounds < 1 || rounds > PLAN_ROUNDS)
        refuse_usage();
    skip_large();
    measure_all(rounds);
    table_print(&plan, rounds);
    return 0;
}
