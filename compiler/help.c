/* help: what cspc and its commands print after --help. Called by main. */
#include "help.h"

#define CONSTANT "  -D NAME=VALUE     give the top-level constant NAME another value\n"
#define INCLUDE "  -I DIR            look for imported files in DIR, too\n" CONSTANT
#define UNCHECKED                                                                           \
    "  --unchecked       leave out the checks of arithmetic and of indices\n"               \
    "  --trace-values    have the values of messages in what --trace of the program writes\n"
#define WARNINGS                                                                             \
    "  -WNAME -Wno-NAME  print warnings of that kind (as usual), or do not: unused,\n"       \
    "                    one-sided, alone, unreachable\n"                                    \
    "  -w                print no warnings\n"                                                \
    "  -Werror[=NAME]    make warnings errors\n"
#define MESSAGES                                                                             \
    WARNINGS                                                                                 \
    "  --color=WHEN      colour messages always, never, or auto: on a terminal (as usual)\n" \
    "  --error-format=F  print messages as gnu (as usual) or json, one object a line\n"      \
    "  --help            print this and exit\n"

const char help_commands[] =
    "Usage: cspc [OPTION]... FILE\n"
    "       cspc COMMAND [OPTION]... [FILE]...\n"
    "Compiles a .csp program to C. A command does something else with it; 'cspc help\n"
    "COMMAND' says what it takes:\n"
    "\n";

const char help_compile[] =
    "\n"
    "  -o OUT            write to OUT; '-' is standard output. Without it the C of\n"
    "                    DIR/model.csp goes to model.c in the current folder, that of\n"
    "                    standard input and of the other --emit forms to standard output\n"
    INCLUDE
    "  --emit=WHAT       write c (as usual), ast (the checked syntax tree), machine (the\n"
    "                    state machines that the C is made from) or dot (a picture of the\n"
    "                    processes and channels, for graphviz: dot -Tsvg)\n"
    "  --no-main         leave out main(), for linking into a C program, which may serve\n"
    "                    ends that process main takes\n"
    UNCHECKED
    "  -g                name the program's lines and variables for debuggers\n"
    "  -MD               also write a rule for make with the files that OUT is made from,\n"
    "                    for model.c to model.d\n"
    "  -MF FILE          write it to FILE instead\n"
    "  -MT TARGET        its target is TARGET instead of OUT\n"
    "  -MP               with an empty rule for each imported file, which may then go\n"
    MESSAGES
    "  --version         print the version and exit\n"
    "\n"
    "FILE '-' is standard input. The C is compiled and linked by, for example,\n"
    "cc -O2 model.c -lcsp -lpthread -lm -o model\n"
    "\n"
    "Exit status: 0 done; 1 the program has errors, or a file cannot be read or\n"
    "written; 2 wrong usage.\n";

const char help_check[] =
    "Usage: cspc check [OPTION]... FILE...\n"
    "Prints the errors and warnings of programs, and of files that programs import.\n"
    "\n"
    INCLUDE
    MESSAGES
    "\n"
    "FILE '-' is standard input.\n"
    "\n"
    "Exit status: 0 no errors; 1 there are, or a file cannot be read; 2 wrong usage.\n";

const char help_fmt[] =
    "Usage: cspc fmt [OPTION]... FILE...\n"
    "Formats programs where they are: indentation, the space between words, empty lines.\n"
    "Line breaks and comments stay, and so does what stands in columns.\n"
    "\n"
    "  --check           change nothing; say which files are not formatted\n"
    "  --color=WHEN      colour messages always, never, or auto: on a terminal (as usual)\n"
    "  --error-format=F  print messages as gnu (as usual) or json, one object a line\n"
    "  --help            print this and exit\n"
    "\n"
    "FILE '-' is standard input, formatted to standard output. A file with errors of\n"
    "syntax is left as it is.\n"
    "\n"
    "Exit status: 0 done; 1 a file has errors, cannot be read or written or, with --check,\n"
    "is not formatted; 2 wrong usage.\n";

const char help_lsp[] =
    "Usage: cspc lsp [OPTION]...\n"
    "Serves an editor by the Language Server Protocol 3.17, at standard input and output:\n"
    "diagnostics, hover, definition, references, rename, completion, outline, formatting.\n"
    "\n"
    INCLUDE
    WARNINGS
    "  --help            print this and exit\n"
    "\n"
    "Exit status: 0 the editor has said shutdown and exit; 1 it is gone without; 2 wrong\n"
    "usage.\n";

const char help_run[] =
    "Usage: cspc run [OPTION]... [C FILE]... FILE [ARGUMENT]...\n"
    "Compiles a program, builds it with the C compiler and runs it with the ARGUMENTs.\n"
    "What has been built is kept, and built again only where something has changed.\n"
    "\n"
    "  FILE.c FILE.o FILE.a FILE.so\n"
    "                    build the program with these\n"
    "  -l NAME           link with the library NAME\n"
    "  -L DIR            look for libraries in DIR, too\n"
    "  -I DIR            look for imported files and headers of C in DIR, too\n"
    CONSTANT
    UNCHECKED
    "  -g                build it for debuggers, not optimised\n"
    MESSAGES
    "\n"
    "FILE '-' is standard input. Headers of C are also looked for beside the program and\n"
    "the files that it imports. Variables: CC is the C compiler (cc), CFLAGS and LDFLAGS\n"
    "are options for it, behind -O2; programs are kept in XDG_CACHE_HOME/cspc\n"
    "(~/.cache/cspc).\n"
    "\n"
    "Exit status: that of the program; 1 where it cannot be built; 2 wrong usage.\n";

const char help_trace[] =
    "Usage: cspc trace [OPTION]... FILE\n"
    "Shows a trace, which a compiled program writes that is run with --trace=FILE, as a\n"
    "sequence chart: a page for a browser, in which nothing else is needed.\n"
    "\n"
    "  -o OUT            write to OUT; '-' is standard output. Without it the page for\n"
    "                    DIR/model.json goes to model.html in the current folder, text to\n"
    "                    standard output\n"
    "  --text            write the events as lines of text\n"
    "  --process=NAME    show only what concerns the process NAME, as philosopher[2] or,\n"
    "                    for all of them, philosopher; may be given several times\n"
    "  --last=N          show only the last N events\n"
    "  --help            print this and exit\n"
    "\n"
    "FILE '-' is standard input. A trace is Chrome trace JSON, which other viewers, such as\n"
    "Perfetto, open as well.\n"
    "\n"
    "Exit status: 0 done; 1 a file cannot be read or written, or is no trace; 2 wrong usage.\n";

const char help_debug[] =
    "Usage: cspc debug [OPTION]... [C FILE]... FILE [ARGUMENT]...\n"
    "Builds a program as cspc run -g does and starts gdb with it, which then stops at lines\n"
    "of the program (break model.csp:12) and prints its variables (print x). Beside gdb's own\n"
    "commands there are\n"
    "\n"
    "  info csp          all processes, where each waits and on what\n"
    "  csp next          on to the next line of this process, whatever others do meanwhile\n"
    "  csp bt [N]        how process N of that list came to be there; without N this one\n"
    "  csp locals [N]    its variables\n"
    "\n"
    "It takes the options of cspc run.\n"
    "\n"
    "Exit status: that of gdb; 1 where the program cannot be built; 2 wrong usage.\n";

const char help_help[] =
    "Usage: cspc help [COMMAND]\n"
    "Says what cspc, or one of its commands, takes.\n";
