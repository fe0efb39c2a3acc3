/* options: the command line of cspc. Called by main. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "parse.h"

enum output { OUTPUT_C, OUTPUT_MACHINE, OUTPUT_AST, OUTPUT_DOT };

/* One -D. */
struct definition {
    const char *name, *value;
    struct definition *next;
};

/* -MD, -MF, -MT, -MP */
struct depend_options {
    const char *file;   /* what is written; NULL: nothing */
    const char *target; /* what stands in front of the colon */
    bool is_wanted, has_rules_for_files;
};

/* What the command line of a command looks like. */
struct option_rules {
    const char *command; /* its messages begin with it: "cspc check" */
    const char *letters; /* of options, for getopt. '+': what stands behind the file is not cspc's */
    const char *help;
    bool is_writing; /* takes --emit, --no-main, --version, and: */
    bool is_making;  /* takes --unchecked, --trace-values */
    bool is_formatting; /* takes --check */
    int most_files; /* 0: it takes none, and prints no messages */
};

struct options {
    const char *input;  /* the only file or the first; "-": standard input */
    char *const *files; /* all of them; for `run` also what follows, the arguments of the program */
    int file_count;
    const char *output;  /* "-": standard output */
    const char *program; /* the input's name without folder and .csp, as a C identifier */
    enum output kind;
    bool no_main, may_lack_main, unchecked, trace_values, debug;
    bool is_checking; /* --check: says only what is not formatted */
    struct depend_options depend;
    struct parse_options parse;
    struct definition *definitions;
    const char **linked; /* files, -l and -L, as the C compiler gets them */
    int linked_count;
};

/* Reads the command line. Returns true where there is something to compile; else *status is the exit status: 0 after
 * --help and --version, 2 after a wrong usage, which has been explained. */
bool options_read(struct options *options, const struct option_rules *rules, int argc, char **argv, int *status);

#endif
