/* A fuzz target of libFuzzer: takes any bytes as a program through all stages of the compiler, up to the C text, and formats
 * it. What is looked for are crashes, reads beyond an object, undefined behaviour and leaks; and programs that can't be
 * formatted, or come out otherwise the second time. Built and started by run. */
#include "arena.h"
#include "check.h"
#include "diag.h"
#include "drive.h"
#include "fmt.h"
#include "network.h"
#include "parse.h"
#include "print_ast.h"
#include "resolve.h"
#include "type.h"
#include "usage.h"
#include "warn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *nowhere;

/* The stages as main.c calls them. */
static struct module *compile(const char *text, size_t size)
{
    static const char *const library[] = {FUZZ_LIBRARY};
    struct parse_options options = {library, 1, 1};
    struct module *module = parse_text(source_text("fuzz.csp", text, size), &options);
    if (diag_errors() == 0) {
        resolve_module(module);
        check_module(module, NULL);
        usage_module(module);
    }
    if (diag_errors() == 0)
        warn_module(module);
    diag_flush(nowhere);
    return diag_errors() == 0 ? module : NULL;
}

/* A program can be lowered once only; most become C. */
static void write_all(struct module *module, size_t size)
{
    print_ast(nowhere, module);
    if (size % 4) {
        drive_emit(nowhere, module, &(struct emit_options){.no_main = !module->main, .program_name = "fuzz"});
        return;
    }
    struct machines *machines = drive_lower(module, false);
    machine_print(nowhere, machines);
    print_dot(nowhere, network_build(machines), "fuzz");
}

static void format(const char *text, size_t size)
{
    diag_forget_errors();
    if (!parse_is_right(source_text("fuzz.csp", text, size)))
        return;
    const char *once = fmt_text("fuzz.csp", text, size);
    const char *twice = once ? fmt_text("fuzz.csp", once, strlen(once)) : NULL;
    if (!twice || strcmp(once, twice) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!nowhere)
        nowhere = fopen("/dev/null", "w");
    char *text = malloc(size + 1);
    if (!text || !nowhere)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    struct module *module = compile(text, size);
    if (module)
        write_all(module, size);
    format(text, size);
    diag_flush(nowhere);
    diag_release();
    type_release();
    source_release();
    arena_release();
    free(text);
    return 0;
}
