/* help: what cspc and its commands print after --help. Called by main. */
#ifndef HELP_H
#define HELP_H

/* In the first of these the commands of main follow. */
extern const char help_commands[], help_compile[], help_check[], help_run[], help_debug[], help_fmt[], help_trace[], help_lsp[],
    help_help[];

#endif
