/* lsp: cspc for editors, by the Language Server Protocol 3.17. Called by main (cspc lsp). */
#ifndef LSP_H
#define LSP_H

#include "options.h"

/* Serves the client at two descriptors until it says exit or is gone. Returns the exit status: 0 where it had said
 * shutdown before. Of the options those of `cspc check` are used. */
int lsp_serve(const struct options *options, int in, int out);
/* … at standard input and output. */
int lsp_command(struct options *options);

#endif
