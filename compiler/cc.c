/* cc: the C compiler of the system, and its command lines. Called by run.c.
 *
 *     $CC -O2 (or -O0 -g) $CFLAGS -I… | model.c helper.c -lfoo libcsp.a -lpthread -lm $LDFLAGS -o model
 *          words          | linked
 */
#include "cc.h"

#include "arena.h"
#include "home.h"
#include "path.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* ---- words ---- */

struct words {
    const char **word;
    int count, room;
};

static void add(struct words *words, const char *word)
{
    if (words->count + 1 >= words->room) {
        const char **more = NEW_ARRAY(const char *, (size_t)words->room * 2 + 16);
        if (words->count)
            memcpy(more, words->word, (size_t)words->count * sizeof *more);
        words->word = more;
        words->room = words->room * 2 + 16;
    }
    words->word[words->count++] = word;
    words->word[words->count] = NULL;
}

/* What stands in a variable, cut at spaces as a shell does. */
static void add_variable(struct words *words, const char *name, const char *otherwise)
{
    static const char spaces[] = " \t\n";
    const char *text = getenv(name);
    if (!text || !text[strspn(text, spaces)])
        text = otherwise;
    for (size_t length; *(text += strspn(text, spaces)); text += length) {
        length = strcspn(text, spaces);
        add(words, arena_printf("%.*s", (int)length, text));
    }
}

static void add_folder(struct words *words, const char *folder)
{
    const char *word = arena_printf("-I%s", folder);
    for (int i = 0; i < words->count; i++)
        if (strcmp(words->word[i], word) == 0)
            return;
    add(words, word);
}

static void add_folders(struct words *words, const struct parse_options *options)
{
    add_folder(words, home_headers());
    for (int i = 0; i < options->include_count - options->library_count; i++)
        add_folder(words, options->include_paths[i]);
    for (const struct source *s = source_first(); s; s = s->next)
        if (s->file)
            add_folder(words, path_folder(s->file));
}

struct cc cc_find(const struct options *options)
{
    struct words words = {0};
    add_variable(&words, "CC", "cc");
    const char *name = words.word[0];
    add(&words, options->debug ? "-O0" : "-O2");
    if (options->debug)
        add(&words, "-g");
    add_variable(&words, "CFLAGS", "");
    add_folders(&words, &options->parse);
    return (struct cc){name, path_of_command(name), words.word, words.count, options};
}

static struct words begin(const struct cc *cc)
{
    struct words words = {0};
    for (int i = 0; i < cc->count; i++)
        add(&words, cc->words[i]);
    return words;
}

/* ---- running it ---- */

/* Its standard output and standard error go to these; -1: to where cspc's go. */
static pid_t start(const struct cc *cc, const struct words *words, int output, int errors)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (output >= 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (errors >= 0)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    int error = posix_spawn(&child, cc->file, &actions, NULL, (char *const *)words->word, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error ? -1 : child;
}

/* 0: it has done what it was asked for. */
static int status_of(pid_t child)
{
    int status;
    return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

bool cc_build(const struct cc *cc, const char *c, const char *program)
{
    struct words words = begin(cc);
    add(&words, c);
    for (int i = 0; i < cc->options->linked_count; i++)
        add(&words, cc->options->linked[i]);
    add(&words, home_archive());
    add(&words, "-lpthread");
    add(&words, "-lm");
    add_variable(&words, "LDFLAGS", "");
    add(&words, "-o");
    add(&words, program);
    return status_of(start(cc, &words, STDERR_FILENO, -1)) == 0;
}

/* ---- what a program is made from ---- */

/* A file with all its headers. What is wrong with it is said when it is compiled. */
static void hash_preprocessed(const struct cc *cc, struct hash *hash, const char *c)
{
    struct words words = begin(cc);
    int ends[2];
    add(&words, "-E");
    add(&words, "-P"); /* without the names of files, c has another each time */
    add(&words, c);
    if (pipe(ends) != 0)
        return;
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    pid_t child = start(cc, &words, ends[1], nowhere);
    close(ends[1]);
    close(nowhere);
    FILE *from = fdopen(ends[0], "r");
    if (from) {
        hash_stream(hash, from);
        fclose(from);
    }
    int status = status_of(child);
    hash_bytes(hash, &status, sizeof status);
}

static int is_header(const struct dirent *entry)
{
    return fnmatch("csp*.h", entry->d_name, 0) == 0;
}

static void hash_runtime(struct hash *hash)
{
    struct dirent **headers;
    int count = scandir(home_headers(), &headers, is_header, alphasort);
    for (int i = 0; i < count; i++) {
        hash_file(hash, path_from(home_headers(), headers[i]->d_name));
        free(headers[i]);
    }
    if (count >= 0)
        free(headers);
    hash_file(hash, home_archive());
}

/* A compiler is another when its file is. */
static void hash_compiler(const struct cc *cc, struct hash *hash)
{
    struct stat status = {0};
    stat(cc->file, &status);
    hash_text(hash, arena_printf("%s %lld %lld", cc->file, (long long)status.st_size, (long long)status.st_mtime));
    for (int i = 0; i < cc->count; i++)
        hash_text(hash, cc->words[i]);
    hash_text(hash, getenv("LDFLAGS") ? getenv("LDFLAGS") : "");
}

/* A library that is found by -L changes as other files do. */
static void hash_library(const struct options *options, struct hash *hash, const char *name)
{
    for (int i = 0; i < options->linked_count; i++)
        if (strncmp(options->linked[i], "-L", 2) == 0)
            for (int is_shared = 0; is_shared <= 1; is_shared++)
                hash_file(hash, arena_printf("%s/lib%s%s", options->linked[i] + 2, name, is_shared ? ".so" : ".a"));
}

static void hash_linked(const struct cc *cc, struct hash *hash, const char *word)
{
    size_t length = strlen(word);
    hash_text(hash, word);
    if (word[0] == '-' && word[1] == 'l')
        hash_library(cc->options, hash, word + 2);
    else if (length > 2 && strcmp(word + length - 2, ".c") == 0)
        hash_preprocessed(cc, hash, word);
    else if (word[0] != '-')
        hash_file(hash, word);
}

void cc_hash(const struct cc *cc, struct hash *hash, const char *c, bool has_headers)
{
    hash_compiler(cc, hash);
    hash_runtime(hash);
    hash_file(hash, c);
    if (has_headers)
        hash_preprocessed(cc, hash, c);
    for (int i = 0; i < cc->options->linked_count; i++)
        hash_linked(cc, hash, cc->options->linked[i]);
}
