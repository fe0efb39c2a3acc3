/* fmt_read: the words and comments of a text, with where they stand. Called by fmt.c. */
#include "fmt_private.h"

#include "arena.h"
#include "scan.h"
#include "csp_parser.h"

#include <string.h>

struct reader {
    struct fmt_pieces pieces;
    int room;
    const char *at, *end;
    int column; /* of `at`, in characters */
    int breaks, gap;
};

/* Goes on to `to`, over blanks or the text of a piece. */
static void walk(struct reader *r, const char *to)
{
    while (r->at < to) {
        bool is_break = *r->at == '\n';
        r->column = is_break ? 0 : fmt_behind_blank(*r->at, r->column);
        r->at += source_character(r->at, to);
    }
}

static void skip_blanks(struct reader *r, const char *to)
{
    while (r->at < to && strchr(" \t\r\n\f\v", *r->at)) {
        bool is_break = *r->at == '\n';
        int column = r->column;
        walk(r, r->at + 1);
        r->gap = is_break ? 0 : r->gap + r->column - column;
        r->breaks += is_break;
    }
}

static size_t trimmed(const char *text, size_t length)
{
    while (length && strchr(" \t\r\f\v", text[length - 1]))
        length--;
    return length;
}

static bool has_lines(const struct fmt_piece *p)
{
    return p->kind == FMT_COMMENT && memchr(p->text, '\n', p->length);
}

static void put(struct reader *r, int kind, size_t length)
{
    if (r->pieces.count == r->room) {
        struct fmt_piece *more = NEW_ARRAY(struct fmt_piece, (size_t)r->room * 2);
        memcpy(more, r->pieces.first, (size_t)r->room * sizeof *more);
        r->pieces.first = more;
        r->room *= 2;
    }
    struct fmt_piece *p = &r->pieces.first[r->pieces.count++];
    *p = (struct fmt_piece){.kind = kind, .text = r->at, .length = trimmed(r->at, length), .breaks = r->breaks,
                            .column = r->column, .gap = r->gap};
    r->pieces.line_count += r->pieces.count == 1 || r->breaks || has_lines(p - 1);
    p->line = r->pieces.line_count - 1;
    walk(r, r->at + length);
    r->breaks = r->gap = 0;
    for (const char *c = p->text; c < p->text + p->length; c += source_character(c, p->text + p->length))
        p->width = *c == '\n' ? 0 : p->width + 1;
}

/* The blanks and comments up to the next word. */
static void read_comments(struct reader *r, const char *to)
{
    for (skip_blanks(r, to); r->at < to; skip_blanks(r, to)) {
        bool is_line = r->at[1] == '/';
        const char *end = is_line ? memchr(r->at, '\n', (size_t)(to - r->at)) : strstr(r->at + 2, "*/") + 2;
        put(r, is_line ? FMT_LINE_COMMENT : FMT_COMMENT, (size_t)((end ? end : to) - r->at));
    }
}

static void find_lines(struct fmt_pieces *pieces)
{
    pieces->lines = NEW_ARRAY(int, (size_t)pieces->line_count + 1);
    for (int i = pieces->count; i-- > 0;)
        pieces->lines[pieces->first[i].line] = i;
    pieces->lines[pieces->line_count] = pieces->count;
}

struct fmt_pieces fmt_read(const struct source *source)
{
    enum { ROOM = 256 };
    struct scanner scanner;
    scan_begin(&scanner, source);
    struct reader r = {.room = ROOM, .at = (const char *)scanner.cursor, .end = source->text + source->length};
    r.pieces = (struct fmt_pieces){.first = NEW_ARRAY(struct fmt_piece, ROOM), .front = source->text,
                                   .front_length = trimmed(source->text, (size_t)(r.at - source->text))};
    for (bool is_end = false; !is_end;) {
        union GRAMMAR_STYPE value;
        struct where at;
        int kind = scan_token(&scanner, &value, &at);
        is_end = kind == TOKEN_END;
        read_comments(&r, source->text + (at.begin - source->base));
        if (!is_end)
            put(&r, kind, at.end - at.begin);
    }
    find_lines(&r.pieces);
    return r.pieces;
}
