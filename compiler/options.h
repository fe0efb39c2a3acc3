/* options: the command line of cspc. Called by main. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "parse.h"

enum output { OUTPUT_C, OUTPUT_MACHINE, OUTPUT_AST };

/* One -D. */
struct definition {
    const char *name, *value;
    struct definition *next;
};

struct options {
    const char *input;   /* "-": standard input */
    const char *output;  /* "-": standard output */
    const char *program; /* the input's name without folder and .csp, as a C identifier */
    enum output kind;
    bool no_main, unchecked;
    struct parse_options parse;
    struct definition *definitions;
};

/* Reads the command line. Returns true where there is something to compile; else *status is the exit status: 0 after
 * --help and --version, 2 after a wrong usage, which has been explained. */
bool options_read(struct options *options, int argc, char **argv, int *status);

#endif
