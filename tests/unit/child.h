/* child: runs a compiled program, or what a test has written by hand in the form of one, in a process of its own with
 * files as its streams, and collects what it wrote. */
#ifndef CHILD_H
#define CHILD_H

#define _POSIX_C_SOURCE 200809L /* fork, fileno; so this header comes first */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "csp_host.h"
#include "world.h"

enum { CHILD_TEXT = 1 << 16 };

struct child {
    int status;
    char out[CHILD_TEXT], errors[CHILD_TEXT];
};

static void child_collect(FILE *file, char text[CHILD_TEXT])
{
    rewind(file);
    text[fread(text, 1, CHILD_TEXT - 1, file)] = '\0';
    fclose(file);
}

static inline void child_run(struct child *child, const csp_program *program, char **argv, const char *input)
{
    FILE *files[3] = {tmpfile(), tmpfile(), tmpfile()};
    int argc = 0, status;
    while (argv[argc])
        argc++;
    fwrite(input, 1, strlen(input), files[0]);
    rewind(files[0]);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        for (int i = 0; i < 3; i++)
            dup2(fileno(files[i]), i);
        _exit(csp_main(program, argc, argv));
    }
    waitpid(pid, &status, 0);
    child->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    fclose(files[0]);
    child_collect(files[1], child->out);
    child_collect(files[2], child->errors);
}

#define CHILD_RUN(child, program, input, ...) child_run(child, program, (char *[]){__VA_ARGS__, NULL}, input)

#endif
