/* fmt: one layout for all programs. Called by main (cspc fmt).
 *
 * The text is read as a list of words and comments; rules say what stands between two of them and how lines are indented.
 * Nothing but blanks and line breaks is ever changed, and that is checked before anything is written. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "fmt.h"

#include "arena.h"
#include "diag.h"
#include "drive.h"
#include "fmt_private.h"
#include "parse.h"
#include "path.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the text ---- */

static void add_blanks(struct text *text, int count)
{
    text_add_spaces(text, count > 0 ? (size_t)count : 0);
}

/* The lines of a comment move as its first one does. */
static void put_comment(struct text *text, const struct fmt_piece *p)
{
    const char *at = p->text, *end = p->text + p->length;
    for (;;) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        const char *stop = line_end ? line_end : end;
        while (stop > at && strchr(" \t\r\f\v", stop[-1]))
            stop--;
        text_add(text, at, (size_t)(stop - at));
        if (!line_end)
            return;
        text_add(text, "\n", 1);
        int blanks = 0;
        for (at = line_end + 1; at < end && (*at == ' ' || *at == '\t'); at++)
            blanks = fmt_behind_blank(*at, blanks);
        if (at < end && *at != '\n')
            add_blanks(text, blanks + p->at - p->column);
    }
}

/* Empty lines are kept, but for the second of two, and those at the edges of braces. */
static void put_break(struct text *text, const struct fmt_piece *before, const struct fmt_piece *p)
{
    bool is_edge = (before->kind == '{' && before->role != FMT_INNER) || p->kind == '}';
    text_add(text, "\n\n", p->breaks > 1 && !is_edge ? 2 : 1);
}

static const char *write_text(const struct fmt_pieces *pieces)
{
    struct text text = {0};
    text_add(&text, pieces->front, pieces->front_length);
    if (pieces->count && pieces->front_length && pieces->front[0] == '#')
        text_add(&text, "\n\n", pieces->first[0].breaks > 1 ? 2 : 1);
    for (int i = 0; i < pieces->count; i++) {
        const struct fmt_piece *p = &pieces->first[i];
        if (i && p->is_first)
            put_break(&text, p - 1, p);
        add_blanks(&text, p->is_first ? p->at : p->at - (i ? fmt_end(p - 1) : 0));
        if (fmt_is_comment(p))
            put_comment(&text, p);
        else
            text_add(&text, p->text, p->length);
    }
    if (text.length)
        text_add(&text, "\n", 1);
    char *kept = arena_alloc(text.length + 1);
    if (text.length)
        memcpy(kept, text.bytes, text.length);
    text_free(&text);
    return kept;
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && strchr(" \t\r\n\f\v", *at))
        at++;
    return at;
}

/* But for blanks: those of the lines of a comment may change. */
static bool is_same_piece(const struct fmt_piece *p, const struct fmt_piece *q)
{
    const char *a = p->text, *a_end = a + p->length, *b = q->text, *b_end = b + q->length;
    if (p->kind != q->kind)
        return false;
    if (p->kind != FMT_COMMENT)
        return p->length == q->length && memcmp(a, b, p->length) == 0;
    while (a < a_end && b < b_end && *a == *b) {
        a = skip_blanks(a + 1, a_end);
        b = skip_blanks(b + 1, b_end);
    }
    return a == a_end && b == b_end;
}

/* Whether both have the same words and comments. */
static bool is_same(const struct fmt_pieces *a, const struct fmt_pieces *b)
{
    bool same = a->count == b->count;
    for (int i = 0; same && i < a->count; i++)
        same = is_same_piece(&a->first[i], &b->first[i]);
    return same;
}

/* Once. What stood in columns may do so no longer, so it takes a second time to see what comes of that. */
static const char *format(const struct source *source, struct fmt_pieces *pieces)
{
    *pieces = fmt_read(source);
    fmt_space(pieces);
    fmt_layout(pieces);
    return write_text(pieces);
}

const char *fmt_text(const char *path, const char *bytes, size_t length)
{
    enum { MOST = 10 };
    const struct source *source = source_text(path, bytes, length);
    if (!parse_is_right(source))
        return NULL;
    struct fmt_pieces first, pieces;
    const char *text = format(source, &first);
    for (int n = 0; n < MOST; n++) {
        const char *again = format(source_text(path, text, strlen(text)), &pieces);
        if (!is_same(&first, &pieces)) {
            diag_error((struct where){0, 0}, "%s cannot be formatted", path);
            return NULL;
        }
        if (strcmp(again, text) == 0)
            break;
        text = again;
    }
    return text;
}

/* ---- files ---- */

static int fail(const char *what, const char *path)
{
    return drive_fail(arena_printf("cannot %s %s: %s", what, path, strerror(errno)));
}

static int print_text(const char *text)
{
    fputs(text, stdout);
    return drive_close_stdout();
}

static bool write_whole(FILE *to, const char *text)
{
    bool is_whole = fputs(text, to) >= 0 && fflush(to) == 0;
    return fclose(to) == 0 && is_whole;
}

/* Beside the file, then in its place, so that a full disk leaves the old one. A link stays one; mode and, where that is
 * allowed, owner stay. Pipes and devices can't be replaced. */
static int replace_file(const char *path, const char *text)
{
    char *real = realpath(path, NULL);
    struct stat status;
    if (!real || stat(real, &status) != 0 || !S_ISREG(status.st_mode)) {
        free(real);
        return drive_fail(arena_printf("cannot write %s: not a regular file", path));
    }
    char *beside = (char *)arena_printf("%s.XXXXXX", real);
    int descriptor = mkstemp(beside);
    FILE *to = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    bool is_owned = to && fchown(descriptor, status.st_uid, status.st_gid) == 0;
    (void)is_owned;
    bool done = to && fchmod(descriptor, status.st_mode) == 0;
    done = to && write_whole(to, text) && done && rename(beside, real) == 0;
    int error = errno;
    if (!done && descriptor >= 0)
        remove(beside);
    free(real);
    errno = error;
    return done ? DONE : fail("write", path);
}

static int format_file(const struct options *options, const char *path)
{
    const char *why;
    const struct source *source = source_read(path, &why);
    if (!source)
        return drive_fail(arena_printf("cannot read %s: %s", path, why));
    const char *text = fmt_text(source->path, source->text, source->length);
    if (!text) {
        diag_flush(stderr);
        return FAILED;
    }
    bool is_stdin = strcmp(path, "-") == 0;
    bool is_formatted = strlen(text) == source->length && memcmp(text, source->text, source->length) == 0;
    if (options->is_checking && !is_formatted)
        return drive_fail(arena_printf("%s is not formatted", source->path));
    if (options->is_checking || (is_formatted && !is_stdin))
        return DONE;
    return is_stdin ? print_text(text) : replace_file(path, text);
}

int fmt_files(struct options *options)
{
    int status = DONE;
    for (int i = 0; i < options->file_count; i++) {
        diag_forget_errors();
        if (format_file(options, options->files[i]) != DONE)
            status = FAILED;
    }
    return status;
}
