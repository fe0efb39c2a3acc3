/* cspc: compiles a .csp program to C, and what else one does with such files: cspc COMMAND. */
#include "drive.h"

#include <string.h>

/* With options as for compiling; what `act` does with them is the command. */
static int with_options(int argc, char **argv, int (*act)(const struct options *options))
{
    struct options options = {0};
    int status;
    if (options_read(&options, argc, argv, &status))
        return act(&options);
    return status == DONE ? drive_close_stdout() : status;
}

static int command_check(int argc, char **argv)
{
    return with_options(argc, argv, drive_check);
}

/* argv[0] is the command. Returns the exit status. */
static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"check", command_check},
};

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

int main(int argc, char **argv)
{
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
    int status = command ? command->run(argc - 1, argv + 1) : with_options(argc, argv, drive_compile);
    drive_release();
    return status;
}
