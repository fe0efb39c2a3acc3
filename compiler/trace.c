/* trace: cspc trace: a trace as a page with a sequence chart, or as text. Called by main. */
#include "trace.h"

#include "arena.h"
#include "drive.h"
#include "help.h"
#include "path.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_TEXT = 256, OPTION_PROCESS, OPTION_LAST, OPTION_HELP };

struct trace_options {
    const char *input, *output; /* output NULL: the input's name with .html, or for text standard output */
    bool is_text;
    char **processes;
    int process_count;
    int64_t last;
};

static int wrong_usage(const char *text, const char *word)
{
    fprintf(stderr, "cspc trace: %s%s\nTry 'cspc trace --help'.\n", text, word);
    return WRONG_USAGE;
}

static bool read_last(struct trace_options *o, const char *text)
{
    char *end;
    errno = 0;
    o->last = strtoll(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno && o->last > 0;
}

/* Returns the exit status, or -1 where there is something to do. */
static int read_options(struct trace_options *o, int argc, char **argv)
{
    static const struct option longs[] = {{"text", no_argument, NULL, OPTION_TEXT},
                                          {"process", required_argument, NULL, OPTION_PROCESS},
                                          {"last", required_argument, NULL, OPTION_LAST},
                                          {"help", no_argument, NULL, OPTION_HELP},
                                          {NULL, 0, NULL, 0}};
    static char name[] = "cspc trace";
    argv[0] = name; /* getopt's messages begin with it */
    o->processes = NEW_ARRAY(char *, (size_t)argc);
    for (int option; (option = getopt_long(argc, argv, "o:", longs, NULL)) != -1;)
        switch (option) {
        case 'o': o->output = optarg; break;
        case OPTION_TEXT: o->is_text = true; break;
        case OPTION_PROCESS: o->processes[o->process_count++] = optarg; break;
        case OPTION_LAST:
            if (!read_last(o, optarg))
                return wrong_usage("--last takes a number of events, not ", optarg);
            break;
        case OPTION_HELP: fputs(help_trace, stdout); return drive_close_stdout();
        default: fputs("Try 'cspc trace --help'.\n", stderr); return WRONG_USAGE;
        }
    if (optind == argc)
        return wrong_usage("no trace: a program run with --trace=FILE writes one", "");
    if (argc - optind > 1)
        return wrong_usage("one file at a time, not also ", argv[optind + 1]);
    o->input = argv[optind];
    return -1;
}

/* model.json: model.html, in the current folder */
static const char *output_of(const char *input)
{
    const char *name = path_name(input), *dot = strrchr(name, '.');
    if (strcmp(input, "-") == 0)
        return "-";
    return arena_printf("%.*s.html", (int)(dot && dot != name ? (size_t)(dot - name) : strlen(name)), name);
}

static int write_chart(const struct trace_options *o, const struct trace *trace)
{
    const char *path = o->output ? o->output : o->is_text ? "-" : output_of(o->input);
    FILE *to = drive_open_output(path, o->input);
    if (!to)
        return FAILED;
    if (o->is_text)
        trace_text(to, trace);
    else
        trace_html(to, trace);
    return drive_finish_output(to, path);
}

int trace_command(int argc, char **argv)
{
    struct trace_options o = {0};
    int status = read_options(&o, argc, argv);
    if (status >= 0)
        return status;
    struct trace *trace = trace_read(o.input);
    if (!trace || !trace_select(trace, o.processes, o.process_count, o.last))
        return FAILED;
    return write_chart(&o, trace);
}
