/* parse: reads files, runs the grammar over them and follows their imports, so that what comes out holds all
 * declarations of the program. Called by main. */
#include "parse.h"

#include "arena.h"
#include "build.h"
#include "diag.h"
#include "layout.h"
#include "path.h"
#include "type.h"
#include "csp_parser.h"

#include <string.h>
#include <sys/stat.h>

/* A file that has been taken in; two paths may lead to it. */
struct taken {
    dev_t device;
    ino_t inode;
    const struct source *source; /* NULL while it is not read */
    struct taken *next;
};

struct import {
    const struct parse_options *options;
    struct declaration_list declarations;
    struct taken *taken;
};

static struct declaration *parse_repaired(const struct source *source, const struct repair *repairs)
{
    struct parser parser = {0};
    scan_begin(&parser.scanner, source);
    parser.scanner.repairs = repairs;
    layout_report(source, repairs);
    grammar_parse(&parser);
    return parser.declarations;
}

/* Of a file with errors: with the brackets that it seems to lack, if that leaves fewer errors, and one error does not become
 * several; else as it stands. */
static struct declaration *parse_wrong(const struct source *source, struct declaration *declarations, struct diag_mark mark)
{
    int errors = diag_errors() - mark.errors;
    struct diag_mark here = diag_mark();
    const struct repair *repairs = layout_repairs(source);
    diag_rewind(here);
    if (!repairs)
        return declarations;
    diag_rewind(mark);
    struct declaration *repaired = parse_repaired(source, repairs);
    int tried = diag_errors() - mark.errors, left = tried - layout_count(repairs);
    if (left < errors && (tried <= errors || errors > 1))
        return repaired;
    diag_rewind(mark);
    return parse_repaired(source, NULL);
}

static struct declaration *parse_source(const struct source *source)
{
    struct diag_mark mark = diag_mark();
    struct declaration *declarations = parse_repaired(source, NULL);
    return diag_errors() > mark.errors ? parse_wrong(source, declarations, mark) : declarations;
}

bool parse_is_right(const struct source *source)
{
    int errors = diag_errors();
    parse_source(source);
    return diag_errors() == errors;
}

struct expr *parse_value(const char *text)
{
    int errors = diag_errors();
    struct parser parser = {.is_value = true};
    scan_begin(&parser.scanner, source_text("-D", text, strlen(text)));
    grammar_parse(&parser);
    return diag_errors() > errors ? NULL : parser.value;
}

/* A file that has been taken in before, or a new entry, in which *is_new. Standard input is always new. */
static struct taken *take(struct import *import, const char *path, bool *is_new)
{
    struct stat status;
    *is_new = false;
    bool is_file = strcmp(path, "-") != 0 && stat(path, &status) == 0;
    for (struct taken *taken = import->taken; is_file && taken; taken = taken->next)
        if (taken->device == status.st_dev && taken->inode == status.st_ino)
            return taken;
    struct taken *taken = NEW(struct taken);
    *is_new = true;
    if (is_file) {
        *taken = (struct taken){.device = status.st_dev, .inode = status.st_ino, .next = import->taken};
        import->taken = taken;
    }
    return taken;
}

static const char *beside(const char *importer, const char *path)
{
    const char *slash = strrchr(importer, '/');
    return slash ? arena_printf("%.*s%s", (int)(slash + 1 - importer), importer, path) : path;
}

/* Where an imported file is: beside the importing one, then along the search path (language.md § 9). */
static const char *find_import(const struct parse_options *options, const char *importer, const char *path)
{
    if (path[0] == '/')
        return path;
    const char *found = beside(importer, path);
    for (int i = 0; i < options->include_count && !path_exists(found); i++)
        found = arena_printf("%s/%s", options->include_paths[i], path);
    return path_exists(found) ? found : NULL;
}

/* How messages and the generated C name a file: where the standard library lies is no part of either. */
static const char *shown_path(const struct parse_options *options, const char *path)
{
    for (int i = options->include_count - options->library_count; i < options->include_count; i++) {
        size_t length = strlen(options->include_paths[i]);
        if (strncmp(path, options->include_paths[i], length) == 0 && path[length] == '/')
            return path + length + 1;
    }
    return path;
}

static void take_file(struct import *import, const struct source *source, const char *path);

static void follow(struct import *import, const char *importer, struct declaration *declaration)
{
    const char *why, *path = find_import(import->options, importer, declaration->path);
    if (!path) {
        diag_error(declaration->path_at, "cannot find \"%s\"", declaration->path);
        return;
    }
    bool is_new;
    struct taken *taken = take(import, path, &is_new);
    struct source *source = is_new ? source_read(path, &why) : NULL;
    declaration->imported = is_new ? source : taken->source;
    if (!is_new)
        return;
    if (!source) {
        diag_error(declaration->path_at, "cannot read %s: %s", path, why);
        return;
    }
    source->path = shown_path(import->options, path);
    taken->source = source;
    take_file(import, source, path);
}

/* What a file imports comes before what it declares itself. */
static void take_file(struct import *import, const struct source *source, const char *path)
{
    struct declaration *declarations = parse_source(source);
    for (struct declaration *d = declarations; d; d = d->next)
        if (d->kind == DECLARATION_IMPORT)
            follow(import, path, d);
    import->declarations = build_declaration_list(import->declarations, declarations);
}

static struct module *take_program(struct import *import, const struct source *source)
{
    take_file(import, source, source->path);
    struct module *module = NEW(struct module);
    module->declarations = import->declarations.first;
    return module;
}

struct module *parse_text(const struct source *source, const struct parse_options *options)
{
    return take_program(&(struct import){.options = options}, source);
}

struct module *parse_file(const char *path, const struct parse_options *options)
{
    struct import import = {.options = options};
    const char *why;
    bool is_new;
    struct taken *taken = take(&import, path, &is_new);
    const struct source *source = taken->source = source_read(path, &why);
    if (source)
        return take_program(&import, source);
    diag_error((struct where){0, 0}, "cannot read %s: %s", path, why);
    return NULL;
}
