/* drive: from a file to C. The stages, in order, each with a header of its own; errors stop after the stage that found
 * them. Called by the commands of cspc. */
#include "drive.h"

#include "arena.h"
#include "check.h"
#include "diag.h"
#include "emit.h"
#include "frame.h"
#include "link.h"
#include "lower.h"
#include "machine.h"
#include "mobile.h"
#include "parse.h"
#include "print_ast.h"
#include "resolve.h"
#include "type.h"
#include "usage.h"
#include "warn.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The values of -D, which are expressions. */
static struct check_override *parse_definitions(const struct definition *definition)
{
    struct check_override *first = NULL, **end = &first;
    for (; definition; definition = definition->next, end = &(*end)->next) {
        *end = NEW(struct check_override);
        **end = (struct check_override){.name = definition->name, .value = parse_value(definition->value)};
    }
    return first;
}

/* Without a main there is nothing to run; what is linked into a C program needs none. */
static void require_main(const struct module *module, const struct options *options)
{
    if (!module->main && !options->no_main && options->kind == OUTPUT_C)
        diag_error((struct where){0, 0}, "%s has no process main; --no-main compiles it as a part of a C program",
                   source_first()->path);
}

struct module *drive_front(const struct options *options)
{
    struct module *module = parse_file(options->input, &options->parse);
    if (!module) {
        diag_flush(stderr);
        return NULL;
    }
    struct check_override *overrides = parse_definitions(options->definitions);
    /* Each stage passes over what one before it has reported, so that independent errors are reported at once. */
    if (diag_errors() == 0) {
        resolve_module(module);
        check_module(module, overrides);
        usage_module(module);
    }
    if (diag_errors() == 0)
        warn_module(module);
    if (diag_errors() == 0)
        require_main(module, options);
    diag_flush(stderr);
    return diag_errors() == 0 ? module : NULL;
}

/* From here on nothing can fail. */
static struct machines *lower(struct module *module)
{
    mobile_module(module);
    struct machines *machines = lower_module(module);
    frame_machines(machines);
    link_machines(machines);
    return machines;
}

static void write_output(FILE *to, const struct options *options, struct module *module)
{
    struct emit_options emit_options = {.no_main = options->no_main, .unchecked = options->unchecked, .program_name = options->program};
    switch (options->kind) {
    case OUTPUT_AST: print_ast(to, module); break;
    case OUTPUT_MACHINE: machine_print(to, lower(module)); break;
    case OUTPUT_C: emit_c(to, lower(module), &emit_options); break;
    }
}

static int report_unwritten(const char *path, int error)
{
    diag_error((struct where){0, 0}, "cannot write %s: %s", path, strerror(error));
    diag_flush(stderr);
    return FAILED;
}

/* What has been written may still meet a full disk when it is flushed. */
static bool close_output(FILE *to)
{
    bool is_whole = !ferror(to);
    return fclose(to) == 0 && is_whole;
}

static bool is_regular_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && S_ISREG(first.st_mode) &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* Opens the output only now that nothing can be wrong with the program; leaves no half of a file. */
static int write_program(const struct options *options, struct module *module)
{
    bool is_stdout = strcmp(options->output, "-") == 0;
    FILE *to = is_stdout ? stdout : fopen(options->output, "w");
    if (!to)
        return report_unwritten(options->output, errno);
    write_output(to, options, module);
    if (close_output(to))
        return DONE;
    int error = errno;
    if (!is_stdout && is_regular_file(options->output))
        remove(options->output);
    return report_unwritten(is_stdout ? "standard output" : options->output, error);
}

int drive_compile(const struct options *options)
{
    if (is_same_file(options->input, options->output)) {
        diag_error((struct where){0, 0}, "the output %s is the input", options->output);
        diag_flush(stderr);
        return WRONG_USAGE;
    }
    struct module *module = drive_front(options);
    return module ? write_program(options, module) : FAILED;
}

int drive_check(const struct options *options)
{
    return drive_front(options) ? DONE : FAILED;
}

int drive_close_stdout(void)
{
    return close_output(stdout) ? DONE : report_unwritten("standard output", errno);
}

void drive_release(void)
{
    diag_release();
    type_release();
    source_release();
    arena_release();
}
