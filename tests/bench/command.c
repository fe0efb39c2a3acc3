#define _DEFAULT_SOURCE /* wait4 */
#include "command.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void become(const char *program, const char *argument, const char *input, int out)
{
    int in = open(input ? input : "/dev/null", O_RDONLY);
    if (in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0) {
        perror(input ? input : "/dev/null");
        _exit(127);
    }
    close(in);
    close(out);
    execl(program, program, argument, (char *)NULL);
    perror(program);
    _exit(127);
}

/* All that comes from a file, with white space squeezed. */
static char *read_all(int from)
{
    size_t length = 0, room = 4096;
    char *text = malloc(room), buffer[4096];
    ssize_t count;
    while (text && (count = read(from, buffer, sizeof buffer)) > 0) {
        if (length + (size_t)count >= room)
            text = realloc(text, room = 2 * (room + (size_t)count));
        for (ssize_t i = 0; text && i < count; i++) {
            bool space = isspace((unsigned char)buffer[i]);
            if (!space)
                text[length++] = buffer[i];
            else if (length && text[length - 1] != ' ')
                text[length++] = ' ';
        }
    }
    if (!text)
        exit(1);
    text[length] = '\0';
    return text;
}

bool command_run(const char *program, const char *argument, const char *input, struct command_result *result)
{
    int ends[2], status;
    struct rusage used;
    fflush(stdout);
    if (pipe(ends) < 0)
        return perror("pipe"), false;
    pid_t child = fork();
    if (child < 0)
        return perror("fork"), false;
    if (child == 0) {
        close(ends[0]);
        become(program, argument, input, ends[1]);
    }
    close(ends[1]);
    result->output = read_all(ends[0]);
    close(ends[0]);
    while (wait4(child, &status, 0, &used) < 0) {
        if (errno != EINTR)
            return perror("wait4"), false;
    }
    result->seconds = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                      (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    result->bytes = 1024.0 * (double)used.ru_maxrss;
    if (status == 0)
        return true;
    fprintf(stderr, "%s %s: %s %d\n", program, argument ? argument : "", WIFSIGNALED(status) ? "signal" : "exit status",
            WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    free(result->output);
    return false;
}
