/* print_ast: the tree as indented text, for `cspc --emit=ast`: places, names, and the types and values that check has
 * found. Called by main. */
#ifndef PRINT_AST_H
#define PRINT_AST_H

#include "ast.h"

#include <stdio.h>

void print_ast(FILE *to, const struct module *module);

#endif
