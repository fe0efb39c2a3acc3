/* drive: from a file to C. The stages, in order, each with a header of its own; errors stop after the stage that found
 * them. Called by the commands of cspc. */
#include "drive.h"

#include "arena.h"
#include "check.h"
#include "depend.h"
#include "diag.h"
#include "emit.h"
#include "frame.h"
#include "link.h"
#include "lower.h"
#include "machine.h"
#include "mobile.h"
#include "network.h"
#include "parse.h"
#include "path.h"
#include "print_ast.h"
#include "resolve.h"
#include "type.h"
#include "usage.h"
#include "warn.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct check_override *drive_definitions(const struct options *options)
{
    struct check_override *first = NULL, **end = &first;
    for (const struct definition *d = options->definitions; d; d = d->next, end = &(*end)->next) {
        *end = NEW(struct check_override);
        const char *name = arena_name(d->name, strlen(d->name)); /* the options may be older than the arena */
        **end = (struct check_override){.name = name, .value = parse_value(d->value)};
    }
    return first;
}

/* Without a main there is nothing to run; what is linked into a C program needs none. */
static void require_main(const struct module *module, const struct options *options)
{
    if (!module->main && !options->no_main && !options->may_lack_main && options->kind == OUTPUT_C)
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
    module->has_host = options->no_main;
    struct check_override *overrides = drive_definitions(options);
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
struct machines *drive_lower(struct module *module, bool is_debugged)
{
    mobile_module(module);
    struct machines *machines = lower_module(module);
    frame_machines(machines->first, NULL, is_debugged);
    link_machines(machines->first, NULL);
    return machines;
}

/* The machines of one process after the other; most of the memory that a large program takes would be theirs. */
void drive_emit(FILE *to, struct module *module, const struct emit_options *options)
{
    mobile_module(module);
    struct machines *machines = lower_begin(module);
    struct emitter *emitter = emit_begin(machines, options);
    for (struct machine *machine = machines->first, *next; machine; machine = next) {
        next = machine->next;
        arena_begin();
        lower_bodies(machine);
        frame_machines(machine, next, options->debug);
        link_machines(machine, next);
        emit_machines(emitter, machine, next);
        lower_forget(machine, next);
        arena_end();
    }
    emit_finish(emitter, to);
}

void drive_write(FILE *to, const struct options *options, struct module *module)
{
    struct emit_options emit_options = {.no_main = options->no_main, .unchecked = options->unchecked,
                                        .trace_values = options->trace_values, .debug = options->debug, .program_name = options->program};
    switch (options->kind) {
    case OUTPUT_AST: print_ast(to, module); break;
    case OUTPUT_MACHINE: machine_print(to, drive_lower(module, options->debug)); break;
    case OUTPUT_DOT: print_dot(to, network_build(drive_lower(module, options->debug)), options->program); break;
    case OUTPUT_C: drive_emit(to, module, &emit_options); break;
    }
}

int drive_fail(const char *text)
{
    diag_error((struct where){0, 0}, "%s", text);
    diag_flush(stderr);
    return FAILED;
}

static int report_unwritten(const char *path, int error)
{
    return drive_fail(arena_printf("cannot write %s: %s", path, strerror(error)));
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

FILE *drive_open_output(const char *path, const char *input)
{
    FILE *to = strcmp(path, "-") == 0 ? stdout : NULL;
    if (path_is_same(input, path))
        drive_fail(arena_printf("the output %s is the input", path));
    else if (!to && !(to = fopen(path, "w")))
        report_unwritten(path, errno);
    return to;
}

/* Leaves no half of a file. */
int drive_finish_output(FILE *to, const char *path)
{
    bool is_stdout = to == stdout;
    if (close_output(to))
        return DONE;
    int error = errno;
    if (!is_stdout && is_regular_file(path))
        remove(path);
    return report_unwritten(is_stdout ? "standard output" : path, error);
}

/* Opens the output only now that nothing can be wrong with the program. */
static int write_program(const struct options *options, struct module *module)
{
    FILE *to = strcmp(options->output, "-") == 0 ? stdout : fopen(options->output, "w");
    if (!to)
        return report_unwritten(options->output, errno);
    drive_write(to, options, module);
    return drive_finish_output(to, options->output);
}

static int write_depend(const struct depend_options *depend)
{
    FILE *to = fopen(depend->file, "w");
    if (!to)
        return report_unwritten(depend->file, errno);
    depend_write(to, depend);
    return drive_finish_output(to, depend->file);
}

/* What is to be written must not be what is read, nor both the same. */
static bool is_mixed_up(const struct options *options)
{
    const char *c = options->output, *rule = options->depend.file;
    if (path_is_same(options->input, c))
        drive_fail(arena_printf("the output %s is the input", c));
    else if (rule && path_is_same(options->input, rule))
        drive_fail(arena_printf("the output %s is the input", rule));
    else if (rule && (strcmp(rule, c) == 0 || path_is_same(rule, c)))
        drive_fail(arena_printf("the rule and the C cannot both go to %s", rule));
    return diag_errors() > 0;
}

/* The rule goes first: where there is the C, make knows what it comes from. Without the C there is no rule. */
static int write_with_rule(const struct options *options, struct module *module)
{
    const char *rule = options->depend.file;
    int status = rule ? write_depend(&options->depend) : DONE;
    if (status != DONE)
        return status;
    status = write_program(options, module);
    if (status != DONE && rule && is_regular_file(rule))
        remove(rule);
    return status;
}

int drive_compile(struct options *options)
{
    if (is_mixed_up(options))
        return WRONG_USAGE;
    struct module *module = drive_front(options);
    return module ? write_with_rule(options, module) : FAILED;
}

/* A file without a process main may be one that others import. */
int drive_check(struct options *options)
{
    int status = DONE;
    options->no_main = true;
    for (int i = 0; i < options->file_count; i++) {
        options->input = options->files[i];
        diag_forget_errors();
        if (!drive_front(options))
            status = FAILED;
    }
    return status;
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
