/* compiler_text: runs the first stages of the compiler over a text in memory, for the unit tests of its modules. */
#ifndef COMPILER_TEXT_H
#define COMPILER_TEXT_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"
#include "check.h"
#include "csp_parser.h"
#include "diag.h"
#include "resolve.h"
#include "source.h"
#include "type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What has been reported, to be freed: as many lines as it takes. */
static inline char *text_messages(void)
{
    char *text;
    size_t length;
    FILE *to = open_memstream(&text, &length);
    diag_flush(to);
    fclose(to);
    return text;
}

/* Fails unless exactly `count` errors were reported, one of them with that text. */
static inline void text_expect(const char *program, int count, const char *wanted)
{
    char *messages = text_messages();
    bool is_right = diag_errors() == count && (!wanted || strstr(messages, wanted));
    if (!is_right)
        print_error("in: %s\nexpected %d errors, \"%s\"; found\n%s", program, count, wanted ? wanted : "", messages);
    free(messages);
    assert_true(is_right);
}

static inline struct module *text_parse(const char *text)
{
    struct parser parser = {0};
    struct module *module = NEW(struct module);
    scan_begin(&parser.scanner, source_text("test.csp", text, strlen(text)));
    grammar_parse(&parser);
    module->declarations = parser.declarations;
    text_expect(text, 0, NULL);
    return module;
}

static inline struct module *text_resolve(const char *text)
{
    struct module *module = text_parse(text);
    resolve_module(module);
    return module;
}

static inline struct module *text_check(const char *text)
{
    struct module *module = text_resolve(text);
    check_module(module, NULL);
    return module;
}

static inline void text_release(void)
{
    diag_release();
    type_release();
    source_release();
    arena_release();
}

/* The declaration of that name. */
static inline struct declaration *text_declaration(const struct module *module, const char *name)
{
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        if (declaration->symbol && strcmp(declaration->symbol->name, name) == 0)
            return declaration;
    fail_msg("no declaration %s", name);
    return NULL;
}

/* The nth statement, from 0, of the body of a function or process. */
static inline struct stmt *text_statement(const struct module *module, const char *name, int n)
{
    struct stmt *stmt = text_declaration(module, name)->body->body;
    for (; n > 0 && stmt; n--)
        stmt = stmt->next;
    assert_non_null(stmt);
    return stmt;
}

#endif
