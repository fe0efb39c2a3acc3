/* generate SEED FILE: writes FILE.csp, what it prints to FILE.out, and the beginning of its run-time error, which is the
 * last thing that some of the programs do, to FILE.err. Called by run. */
#include "random.h"

#include <stdlib.h>

static FILE *open_or_exit(const char *base, const char *extension)
{
    FILE *file = fopen(arena_printf("%s.%s", base, extension), "w");
    if (file)
        return file;
    perror(base);
    exit(2);
}

static struct run run_once(struct program *program, const char *path, long stop_at)
{
    struct run run = {.output = path ? open_or_exit(path, "out") : fopen("/dev/null", "w"), .stop_at = stop_at};
    run_program(&run, program);
    fclose(run.output);
    return run;
}

/* Runs it until nothing fails any more. False: it takes too long. */
static bool make_clean(struct program *program, struct run *run)
{
    for (int tries = 0; tries < 2000; tries++) {
        *run = run_once(program, NULL, -1);
        if (run->steps > MOST_STEPS)
            return false;
        if (!run_has_ended(run))
            return true;
        repair(run);
    }
    return false;
}

/* Puts a failure before a statement that is executed. */
static void make_fail(struct program *program, const struct run *clean)
{
    struct run run = run_once(program, NULL, (long)(random_bits() % (uint64_t)clean->steps));
    if (!run.stopped)
        return;
    struct stmt *moved = NEW(struct stmt);
    *moved = *run.stopped;
    *run.stopped = (struct stmt){.kind = FAIL, .count = random_below(6), .next = moved};
}

static void write_program(struct program *program, const char *path)
{
    struct printer printer = {.to = open_or_exit(path, "csp")};
    print_program(&printer, program);
    fclose(printer.to);
    struct run run = run_once(program, path, -1);
    FILE *error = open_or_exit(path, "err");
    if (run.failing)
        fprintf(error, ":%d:\n", printer.failing_line);
    fclose(error);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: generate SEED FILE\n");
        return 2;
    }
    random_seed(strtoull(argv[1], NULL, 10));
    struct program *program;
    struct run run;
    do {
        arena_release();
        program = make_program();
    } while (!make_clean(program, &run) || run.steps < 200 || program->variable_count > MOST_VARIABLES);
    if (random_chance(15))
        make_fail(program, &run);
    write_program(program, argv[2]);
    arena_release();
    return 0;
}
