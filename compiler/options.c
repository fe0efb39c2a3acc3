/* options: the command line of cspc. Called by main. */
#include "options.h"

#include "arena.h"
#include "diag.h"
#include "home.h"
#include "path.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_EMIT = 256, OPTION_NO_MAIN, OPTION_UNCHECKED, OPTION_VALUES, OPTION_CHECK, OPTION_COLOUR, OPTION_FORMAT, OPTION_HELP,
       OPTION_VERSION };

/* Who takes an option: all commands, or those whose rules say so. */
enum taker { ALL, WRITING, MAKING, FORMATTING, PRINTING };

static const struct long_option {
    struct option option;
    enum taker taker;
} long_options[] = {
    {{"emit", required_argument, NULL, OPTION_EMIT}, WRITING},
    {{"no-main", no_argument, NULL, OPTION_NO_MAIN}, WRITING},
    {{"version", no_argument, NULL, OPTION_VERSION}, WRITING},
    {{"unchecked", no_argument, NULL, OPTION_UNCHECKED}, MAKING},
    {{"trace-values", no_argument, NULL, OPTION_VALUES}, MAKING},
    {{"check", no_argument, NULL, OPTION_CHECK}, FORMATTING},
    {{"color", required_argument, NULL, OPTION_COLOUR}, PRINTING},
    {{"error-format", required_argument, NULL, OPTION_FORMAT}, PRINTING},
    {{"help", no_argument, NULL, OPTION_HELP}, ALL},
};
enum { LONG_OPTIONS = sizeof long_options / sizeof *long_options };

static bool takes(const struct option_rules *rules, enum taker taker)
{
    switch (taker) {
    case ALL: return true;
    case PRINTING: return rules->most_files > 0;
    case WRITING: return rules->is_writing;
    case MAKING: return rules->is_making || rules->is_writing;
    case FORMATTING: return rules->is_formatting;
    }
    return false;
}

/* Of the line that is read. */
static const char *command;
static const char **include_paths;

static bool try_help(void)
{
    fprintf(stderr, "Try '%s --help'.\n", command);
    return false;
}

static bool wrong_usage(const char *text, const char *word)
{
    fprintf(stderr, "%s: %s%s\n", command, text, word);
    return try_help();
}

static bool read_emit(struct options *options, const char *what)
{
    static const char *const words[] = {[OUTPUT_C] = "c", [OUTPUT_MACHINE] = "machine", [OUTPUT_AST] = "ast", [OUTPUT_DOT] = "dot"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], what) == 0) {
            options->kind = (enum output)i;
            return true;
        }
    return wrong_usage("--emit takes c, machine, ast or dot, not ", what);
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

/* argc places are enough for every -I, and one more for the standard library's folder. */
static void begin(struct options *options, int argc)
{
    options->parse.include_paths = include_paths = NEW_ARRAY(const char *, (size_t)argc + 1);
    options->linked = NEW_ARRAY(const char *, (size_t)argc);
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
    const char *file = path_name(options->input);
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

/* ---- rules for make ---- */

/* -MD -MP -MF FILE -MT TARGET, as gcc has them; FILE and TARGET may be words of their own. */
static bool read_depend(struct options *options, const char *text, char **argv)
{
    const char **value = *text == 'F' ? &options->depend.file : *text == 'T' ? &options->depend.target : NULL;
    if (strcmp(text, "D") == 0)
        return options->depend.is_wanted = true;
    if (strcmp(text, "P") == 0)
        return options->depend.has_rules_for_files = true;
    if (!value)
        return wrong_usage("there is -MD, -MF, -MT and -MP, not -M", text);
    *value = text[1] ? text + 1 : argv[optind];
    if (!*value)
        return wrong_usage("there is nothing behind -M", text);
    optind += !text[1];
    return true;
}

static const char *depend_file(const char *output)
{
    size_t length = strlen(output);
    bool is_c = length > 2 && strcmp(output + length - 2, ".c") == 0;
    return arena_printf("%.*s.d", (int)(is_c ? length - 2 : length), output);
}

static bool complete_depend(struct options *options)
{
    struct depend_options *depend = &options->depend;
    if (!depend->is_wanted)
        return (!depend->file && !depend->target && !depend->has_rules_for_files) ||
               wrong_usage("-MF, -MT and -MP stand beside -MD", "");
    bool is_stdout = strcmp(options->output, "-") == 0;
    if (is_stdout && (!depend->file || !depend->target))
        return wrong_usage("-MD needs -o FILE, or -MF and -MT", "");
    depend->file = depend->file ? depend->file : depend_file(options->output);
    depend->target = depend->target ? depend->target : options->output;
    return true;
}

/* ---- the line ---- */

static bool take_linked(struct options *options, const char *word)
{
    options->linked[options->linked_count++] = word;
    return true;
}

/* Reads one option; false where it ends the run with *status. */
static bool read_option(struct options *options, int option, char **argv, int *status)
{
    switch (option) {
    case 'o': options->output = optarg; return true;
    case 'I': include_paths[options->parse.include_count++] = optarg; return true;
    case 'D': return read_definition(options, optarg);
    case 'W': return read_warning(optarg);
    case 'w': return diag_ignore(NULL, true);
    case 'M': return read_depend(options, optarg, argv);
    case 'g': options->debug = true; return true;
    case 'l': return take_linked(options, arena_printf("-l%s", optarg));
    case 'L': return take_linked(options, arena_printf("-L%s", optarg));
    case OPTION_EMIT: return read_emit(options, optarg);
    case OPTION_NO_MAIN: options->no_main = true; return true;
    case OPTION_CHECK: options->is_checking = true; return true;
    case OPTION_UNCHECKED: options->unchecked = true; return true;
    case OPTION_VALUES: options->trace_values = true; return true;
    case OPTION_COLOUR: return diag_set_colour(optarg) || wrong_usage("--color takes auto, always or never, not ", optarg);
    case OPTION_FORMAT: return diag_set_format(optarg) || wrong_usage("--error-format takes gnu or json, not ", optarg);
    case OPTION_VERSION: puts("cspc " CSPC_VERSION); *status = 0; return false;
    default: return try_help();
    }
}

static bool read_options(struct options *options, const struct option_rules *rules, int argc, char **argv, int *status)
{
    struct option longs[LONG_OPTIONS + 1] = {{0}};
    for (int i = 0, n = 0; i < LONG_OPTIONS; i++)
        if (takes(rules, long_options[i].taker))
            longs[n++] = long_options[i].option;
    for (int option; (option = getopt_long(argc, argv, rules->letters, longs, NULL)) != -1;) {
        if (option == OPTION_HELP) {
            fputs(rules->help, stdout);
            *status = 0;
            return false;
        }
        if (!read_option(options, option, argv, status))
            return false;
    }
    return true;
}

static bool is_for_c_compiler(const char *file)
{
    static const char *const endings[] = {".c", ".o", ".a", ".so"};
    const char *dot = strrchr(path_name(file), '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(dot, endings[i]) == 0)
            return true;
    return false;
}

/* Where options stop at the first file, those for the C compiler stand among them. */
static bool read_words(struct options *options, const struct option_rules *rules, int argc, char **argv, int *status)
{
    while (read_options(options, rules, argc, argv, status)) {
        if (rules->letters[0] != '+' || optind == argc || !is_for_c_compiler(argv[optind]))
            return true;
        take_linked(options, argv[optind++]);
    }
    return false;
}

bool options_read(struct options *options, const struct option_rules *rules, int argc, char **argv, int *status)
{
    begin(options, argc);
    command = rules->command;
    if (argc > 0)
        argv[0] = strcpy(arena_alloc(strlen(command) + 1), command); /* getopt's messages begin with it */
    *status = 2;
    if (!read_words(options, rules, argc, argv, status))
        return false;
    options->files = argv + optind;
    options->file_count = argc - optind;
    if (options->file_count == 0 && rules->most_files > 0)
        return wrong_usage("no input file", "");
    if (options->file_count > rules->most_files)
        return rules->most_files == 0 ? wrong_usage("no file is taken, not ", options->files[0])
                                      : wrong_usage("one file at a time, not also ", options->files[1]);
    include_paths[options->parse.include_count++] = home_library();
    options->parse.library_count = 1;
    if (rules->most_files == 0)
        return true;
    options->input = options->files[0];
    choose_names(options);
    return complete_depend(options);
}
