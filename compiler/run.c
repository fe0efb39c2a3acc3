/* run: compiles a program, builds it where it is not yet in the cache, and becomes it, so that signals, exit status and
 * standard streams are the program's. Called by main. */
#include "run.h"

#include "arena.h"
#include "cache.h"
#include "cc.h"
#include "drive.h"
#include "home.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

static int fail(const char *what, const char *path)
{
    return drive_fail(arena_printf("cannot %s %s: %s", what, path, strerror(errno)));
}

static bool has_headers(const struct module *module)
{
    for (const struct declaration *d = module->declarations; d; d = d->next)
        if (d->kind == DECLARATION_EXTERN)
            return true;
    return false;
}

/* ---- building ---- */

static int write_c(const struct options *options, struct module *module, const char *path)
{
    FILE *to = fopen(path, "w");
    if (!to)
        return fail("write", path);
    drive_write(to, options, module);
    bool is_whole = !ferror(to);
    return fclose(to) == 0 && is_whole ? DONE : fail("write", path);
}

/* Reads as the program in lists of processes, and is another for another content. */
static const char *name_of(const struct cc *cc, const char *c, const struct module *module)
{
    struct hash hash = hash_begin();
    hash_text(&hash, "cspc " CSPC_VERSION);
    cc_hash(cc, &hash, c, has_headers(module));
    return arena_printf("%.40s-%016" PRIx64, cc->options->program, hash.value);
}

static int build(const struct cache *cache, const struct cc *cc, const char *c, const char *path)
{
    const char *program = path_from(cache->work, "program");
    if (!cc_build(cc, c, program))
        return drive_fail(arena_printf("%s cannot build %s", cc->name, cc->options->input));
    return cache_keep(cache, program, path) ? DONE : fail("write", path);
}

/* *path: the program, built now or before. */
static int provide(const struct cache *cache, const struct cc *cc, struct module *module, const char **path)
{
    const char *c = path_from(cache->work, arena_printf("%.40s.c", cc->options->program));
    int status = write_c(cc->options, module, c);
    if (status != DONE)
        return status;
    *path = cache_path(cache, name_of(cc, c, module));
    return cache_has(cache, *path) ? DONE : build(cache, cc, c, *path);
}

/* ---- becoming it ---- */

extern char **environ;

/* Only where it cannot does this return. A program that is not kept has gone before it runs, but for what is open. */
static int become(const struct cache *cache, const char *path, char *const *arguments)
{
    int file = cache->folder ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    cache_close(cache);
    if (cache->folder)
        execv(path, arguments);
    else if (file >= 0)
        fexecve(file, arguments, environ);
    return fail("run", path);
}

/* In front of its arguments the program has the name that its usage shows. */
static char *const *arguments_of(const struct options *options)
{
    char **arguments = NEW_ARRAY(char *, (size_t)options->file_count + 1);
    memcpy(arguments, options->files, (size_t)options->file_count * sizeof *arguments);
    arguments[0] = strcpy(arena_alloc(strlen(options->program) + 1), options->program);
    return arguments;
}

/* What a program is built with. */
static int find_tools(const struct cc *cc)
{
    if (!cc->file)
        return drive_fail(arena_printf(
            "there is no C compiler '%s': install gcc or clang, or name one in the variable CC", cc->name));
    if (!path_exists(home_archive()))
        return drive_fail(arena_printf("cannot find the runtime: there is no %s", home_archive()));
    return DONE;
}

/* gdb, with what it has to know of processes. */
static int debug(const struct cache *cache, const char *path, const struct options *options)
{
    const char *gdb = path_of_command("gdb");
    if (!gdb)
        return drive_fail("there is no gdb: install it");
    if (!cache->folder)
        return drive_fail(arena_printf("cannot keep %s for gdb", options->program));
    const char **words = NEW_ARRAY(const char *, (size_t)options->file_count + 6);
    const char *first[] = {"gdb", "-q", "-x", home_debugger(), "--args", path};
    enum { FIRST = sizeof first / sizeof *first };
    memcpy(words, first, sizeof first);
    memcpy(words + FIRST, options->files + 1, (size_t)(options->file_count - 1) * sizeof *words);
    cache_close(cache);
    execv(gdb, (char *const *)words);
    return fail("run", gdb);
}

static int build_and_become(const struct options *options, struct module *module, bool is_debugging)
{
    const char *path;
    struct cc cc = cc_find(options);
    int status = find_tools(&cc);
    if (status != DONE)
        return status;
    struct cache cache = cache_open();
    if (!cache.work)
        return fail("make", "a temporary folder");
    status = provide(&cache, &cc, module, &path);
    if (status == DONE)
        return is_debugging ? debug(&cache, path, options) : become(&cache, path, arguments_of(options));
    cache_close(&cache);
    return status;
}

static int compile_and_become(struct options *options, bool is_debugging)
{
    options->may_lack_main = true; /* what is said of it is another thing here */
    struct module *module = drive_front(options);
    if (!module)
        return FAILED;
    if (!module->main)
        return drive_fail(arena_printf("%s has no process main: there is nothing to run", options->input));
    return build_and_become(options, module, is_debugging);
}

int run_program(struct options *options)
{
    return compile_and_become(options, false);
}

int run_debugger(struct options *options)
{
    options->debug = true;
    return compile_and_become(options, true);
}
