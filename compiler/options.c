/* options: the command line of cspc. Called by main. */
#include "options.h"

#include "arena.h"
#include "diag.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: cspc [OPTION]... FILE\n"
    "       cspc COMMAND [OPTION]... FILE\n"
    "Compiles a .csp program to C. A command does something else with it:\n"
    "\n"
    "  check             only prints its errors and warnings\n"
    "\n"
    "  -o OUT            write to OUT; '-' is standard output. Without it the C of\n"
    "                    DIR/model.csp goes to model.c in the current folder, that of\n"
    "                    standard input and what --emit=ast|machine prints to standard output\n"
    "  -I DIR            look for imported files in DIR, too\n"
    "  -D NAME=VALUE     give the top-level constant NAME another value\n"
    "  --emit=WHAT       write c (as usual), ast (the checked syntax tree) or\n"
    "                    machine (the state machines that the C is made from)\n"
    "  --no-main         leave out main(), for linking into a C program\n"
    "  --unchecked       leave out the checks of arithmetic and of indices\n"
    "  -WNAME -Wno-NAME  print warnings of that kind (as usual), or do not: unused,\n"
    "                    one-sided, alone, unreachable\n"
    "  -w                print no warnings\n"
    "  -Werror[=NAME]    make warnings errors\n"
    "  --color=WHEN      colour messages always, never, or auto: on a terminal (as usual)\n"
    "  --error-format=F  print messages as gnu (as usual) or json, one object a line\n"
    "  --help            print this and exit\n"
    "  --version         print the version and exit\n"
    "\n"
    "FILE '-' is standard input. The C is compiled and linked by, for example,\n"
    "cc -O2 -I runtime model.c libcsp.a -o model\n"
    "\n"
    "Exit status: 0 done; 1 the program has errors, or a file cannot be read or\n"
    "written; 2 wrong usage.\n";

enum { OPTION_EMIT = 256, OPTION_NO_MAIN, OPTION_UNCHECKED, OPTION_COLOUR, OPTION_FORMAT, OPTION_HELP, OPTION_VERSION };

static const struct option long_options[] = {
    {"emit", required_argument, NULL, OPTION_EMIT}, {"no-main", no_argument, NULL, OPTION_NO_MAIN},
    {"unchecked", no_argument, NULL, OPTION_UNCHECKED},
    {"help", no_argument, NULL, OPTION_HELP},       {"version", no_argument, NULL, OPTION_VERSION},
    {"color", required_argument, NULL, OPTION_COLOUR}, {"error-format", required_argument, NULL, OPTION_FORMAT},
    {NULL, 0, NULL, 0},
};

static bool wrong_usage(const char *text, const char *word)
{
    fprintf(stderr, "cspc: %s%s\nTry 'cspc --help'.\n", text, word);
    return false;
}

static bool read_emit(struct options *options, const char *what)
{
    static const char *const words[] = {[OUTPUT_C] = "c", [OUTPUT_MACHINE] = "machine", [OUTPUT_AST] = "ast"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], what) == 0) {
            options->kind = (enum output)i;
            return true;
        }
    return wrong_usage("--emit takes c, machine or ast, not ", what);
}

static bool read_definition(struct options *options, const char *text)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return wrong_usage("-D takes NAME=VALUE, not ", text);
    struct definition **end = &options->definitions;
    while (*end)
        end = &(*end)->next;
    *end = NEW(struct definition);
    **end = (struct definition){.name = arena_name(text, (size_t)(equals - text)), .value = equals + 1};
    return true;
}

/* argc places are enough for every -I, and one more for each folder of the standard library. */
static const char **new_include_paths(struct options *options, int argc)
{
    const char **paths = NEW_ARRAY(const char *, (size_t)argc + 2);
    options->parse.include_paths = paths;
    return paths;
}

static const char *without_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The name becomes a part of names in the C: what cannot stand in one is an underscore. */
static const char *as_identifier(const char *text, size_t length)
{
    bool begins_with_digit = *text >= '0' && *text <= '9';
    const char *raw = arena_printf("%s%.*s", begins_with_digit ? "_" : "", (int)length, text);
    char *name = arena_alloc(strlen(raw) + 1);
    for (size_t i = 0; raw[i]; i++) {
        bool is_letter = (raw[i] >= 'a' && raw[i] <= 'z') || (raw[i] >= 'A' && raw[i] <= 'Z');
        name[i] = is_letter || (raw[i] >= '0' && raw[i] <= '9') ? raw[i] : '_';
    }
    return name;
}

static void choose_names(struct options *options)
{
    const char *file = without_folder(options->input);
    size_t length = strlen(file);
    bool is_stdin = strcmp(options->input, "-") == 0;
    if (length > 4 && strcmp(file + length - 4, ".csp") == 0)
        length -= 4;
    options->program = is_stdin ? "program" : as_identifier(file, length);
    if (!options->output)
        options->output = is_stdin || options->kind != OUTPUT_C ? "-" : arena_printf("%.*s.c", (int)length, file);
}

/* -Wunused -Wno-unused -Werror -Werror=unused -Wno-error=unused */
static bool read_warning(const char *text)
{
    bool is_off = strncmp(text, "no-", 3) == 0;
    const char *name = is_off ? text + 3 : text;
    bool ok;
    if (strcmp(name, "error") == 0)
        ok = diag_make_error(NULL, !is_off);
    else if (strncmp(name, "error=", 6) == 0)
        ok = diag_make_error(name + 6, !is_off);
    else
        ok = diag_ignore(name, is_off);
    return ok || wrong_usage("there is no warning -W", text);
}

/* Reads one option; false where it ends the run with *status. */
static bool read_option(struct options *options, const char **include_paths, int option, int *status)
{
    switch (option) {
    case 'o': options->output = optarg; return true;
    case 'I': include_paths[options->parse.include_count++] = optarg; return true;
    case 'D': return read_definition(options, optarg);
    case 'W': return read_warning(optarg);
    case 'w': return diag_ignore(NULL, true);
    case OPTION_EMIT: return read_emit(options, optarg);
    case OPTION_NO_MAIN: options->no_main = true; return true;
    case OPTION_UNCHECKED: options->unchecked = true; return true;
    case OPTION_COLOUR: return diag_set_colour(optarg) || wrong_usage("--color takes auto, always or never, not ", optarg);
    case OPTION_FORMAT: return diag_set_format(optarg) || wrong_usage("--error-format takes gnu or json, not ", optarg);
    case OPTION_HELP: fputs(help, stdout); *status = 0; return false;
    case OPTION_VERSION: puts("cspc " CSPC_VERSION); *status = 0; return false;
    default: fputs("Try 'cspc --help'.\n", stderr); return false;
    }
}

bool options_read(struct options *options, int argc, char **argv, int *status)
{
    static char name[] = "cspc";
    const char **include_paths = new_include_paths(options, argc);
    if (argc > 0)
        argv[0] = name; /* getopt's messages begin with it */
    *status = 2;
    for (int option; (option = getopt_long(argc, argv, "o:I:D:W:w", long_options, NULL)) != -1;)
        if (!read_option(options, include_paths, option, status))
            return false;
    if (optind != argc - 1)
        return wrong_usage(optind < argc ? "one file at a time, not also " : "no input file",
                           optind < argc ? argv[optind + 1] : "");
    options->input = argv[optind];
    include_paths[options->parse.include_count++] = CSPC_LIBRARY;
    include_paths[options->parse.include_count++] = CSPC_INSTALLED_LIBRARY;
    options->parse.library_count = 2;
    choose_names(options);
    return true;
}
