/* cspc: compiles a .csp program to C, and what else one does with such files: cspc COMMAND. */
#include "arena.h"
#include "drive.h"
#include "fmt.h"
#include "help.h"
#include "home.h"
#include "lsp.h"
#include "path.h"
#include "run.h"
#include "spelling.h"
#include "trace.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* With options as the rules say; what `act` does with them is the command. */
static int with_options(int argc, char **argv, const struct option_rules *rules, int (*act)(struct options *options))
{
    struct options options = {0};
    int status;
    if (options_read(&options, rules, argc, argv, &status))
        return act(&options);
    return status == DONE ? drive_close_stdout() : status;
}

static int command_check(int argc, char **argv)
{
    static const struct option_rules rules = {"cspc check", "I:D:W:w", help_check, .most_files = INT_MAX};
    return with_options(argc, argv, &rules, drive_check);
}

static int command_fmt(int argc, char **argv)
{
    static const struct option_rules rules = {"cspc fmt", "", help_fmt, .is_formatting = true, .most_files = INT_MAX};
    return with_options(argc, argv, &rules, fmt_files);
}

static int command_lsp(int argc, char **argv)
{
    static const struct option_rules rules = {"cspc lsp", "I:D:W:w", help_lsp, .most_files = 0};
    return with_options(argc, argv, &rules, lsp_command);
}

static int command_run(int argc, char **argv)
{
    static const struct option_rules rules = {"cspc run", "+gI:D:W:wl:L:", help_run, .is_making = true, .most_files = INT_MAX};
    return with_options(argc, argv, &rules, run_program);
}

static int command_debug(int argc, char **argv)
{
    static const struct option_rules rules = {"cspc debug", "+I:D:W:wl:L:", help_debug, .is_making = true, .most_files = INT_MAX};
    return with_options(argc, argv, &rules, run_debugger);
}

static int command_help(int argc, char **argv);

/* argv[0] is the command. Returns the exit status. After --help each says what it takes. */
static const struct command {
    const char *name, *summary;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"check", "only print errors and warnings", command_check},
    {"fmt", "format files", command_fmt},
    {"lsp", "serve an editor by the Language Server Protocol", command_lsp},
    {"run", "build a program with the C compiler and run it", command_run},
    {"trace", "show what a program did that was run with --trace=FILE", trace_command},
    {"debug", "build a program and run it under gdb", command_debug},
    {"help", "say what a command takes", command_help},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const struct command *find_command(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* The command that a word was meant to be. */
static const struct command *likely_command(const char *word)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (spelling_distance(word, commands[i].name) <= 1)
            return &commands[i];
    return NULL;
}

static int no_command(const char *word)
{
    const struct command *likely = likely_command(word);
    fprintf(stderr, "cspc: there is no command '%s'", word);
    fprintf(stderr, likely ? "; did you mean '%s'?\n" : "\n", likely ? likely->name : "");
    fputs("Try 'cspc --help'.\n", stderr);
    return WRONG_USAGE;
}

static const char *help_of_all(void)
{
    const char *text = help_commands;
    for (int i = 0; i < COMMAND_COUNT; i++)
        text = arena_printf("%s  %-17s %s\n", text, commands[i].name, commands[i].summary);
    return arena_printf("%s%s", text, help_compile);
}

static int command_help(int argc, char **argv)
{
    static char help[] = "--help";
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
    if (argc > 2) {
        fprintf(stderr, "cspc help: one command at a time, not also %s\n", argv[2]);
        return WRONG_USAGE;
    }
    if (command && command->run != command_help)
        return command->run(2, (char *[]){argv[1], help, NULL});
    if (argc > 1 && !command && strcmp(argv[1], help) != 0)
        return no_command(argv[1]);
    fputs(argc > 1 ? help_help : help_of_all(), stdout);
    return drive_close_stdout();
}

static int compile(int argc, char **argv)
{
    struct option_rules rules = {"cspc", "o:I:D:W:wM:g", help_of_all(), .is_writing = true, .most_files = 1};
    return with_options(argc, argv, &rules, drive_compile);
}

/* A first word that is no file and nearly a command. */
static bool is_slip(const char *word)
{
    return word[0] != '-' && !path_exists(word) && likely_command(word);
}

int main(int argc, char **argv)
{
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
    int status;
    home_find(argc > 0 ? argv[0] : "cspc");
    if (command)
        status = command->run(argc - 1, argv + 1);
    else
        status = argc > 1 && is_slip(argv[1]) ? no_command(argv[1]) : compile(argc, argv);
    drive_release();
    return status;
}
