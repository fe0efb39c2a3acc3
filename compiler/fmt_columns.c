/* fmt_columns: what stands in columns. Called by fmt_layout.c.
 *
 * A column is words of one kind that begin below each other in lines of the same indentation, at least one of them
 * with more blanks in front of it than it needs. It stays a column: columns are taken from left to right, and each goes
 * as far to the right as the longest of its lines asks for. Comments behind lines are a column whatever the
 * indentation of these lines. */
#include "fmt_private.h"

#include "arena.h"
#include "csp_parser.h"

#include <stdlib.h>

/* ---- words ---- */

/* The word of that kind at that column of a line; -1: there is none. Columns rise within a line. */
static int word_at(const struct fmt_pieces *pieces, int line, int column, int kind)
{
    int low = pieces->lines[line] + 1, end = pieces->lines[line + 1], high = end;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (pieces->first[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && pieces->first[low].column == column && pieces->first[low].kind == kind ? low : -1;
}

/* The next one of that kind in the same column: up or down to an empty line or one that is indented less; deeper ones
 * in between do not count. A name or value further away than the next line has to stand off, or it would be there by
 * chance. -1: there is none. */
static int neighbour(const struct fmt_pieces *pieces, int i, int step)
{
    const struct fmt_piece *p = &pieces->first[i];
    int indent = pieces->first[pieces->lines[p->line]].column;
    bool is_common = p->kind == TOKEN_NAME || p->kind == TOKEN_CONSTANT || p->kind == TOKEN_BUILTIN, is_next = true;
    for (int line = p->line + step; line >= 0 && line < pieces->line_count; line += step) {
        const struct fmt_piece *first = &pieces->first[pieces->lines[line]];
        const struct fmt_piece *lower = step > 0 ? first : &pieces->first[pieces->lines[line + 1]];
        if (first->column < indent || lower->breaks > 1)
            return -1;
        if (first->column > indent)
            continue;
        int found = word_at(pieces, line, p->column, p->kind);
        if (found >= 0 && (is_next || !is_common || pieces->first[found].gap > 1))
            return found;
        is_next = false;
    }
    return -1;
}

/* Behind the word before it. */
static int natural(const struct fmt_piece *p)
{
    return p[-1].behind + p[-1].width + p->space;
}

/* What has been close to the word before it is below others by chance. */
static bool is_apart(const struct fmt_piece *p)
{
    return p->space && p->gap > 0;
}

/* Sets the column that goes through a word with more blanks than it needs. */
static void set_column(struct fmt_pieces *pieces, int i)
{
    const struct fmt_piece *p = &pieces->first[i];
    int members = 0, behind = p->column - pieces->first[pieces->lines[p->line]].column;
    for (int up = i; up >= 0; up = neighbour(pieces, up, -1))
        i = up;
    for (int k = i; k >= 0; k = neighbour(pieces, k, 1)) {
        const struct fmt_piece *q = &pieces->first[k];
        members += is_apart(q);
        behind = is_apart(q) && natural(q) > behind ? natural(q) : behind;
    }
    for (int k = i; k >= 0 && members > 1; k = neighbour(pieces, k, 1)) {
        struct fmt_piece *q = &pieces->first[k];
        q->in_column = is_apart(q);
        q->behind = q->in_column ? behind : natural(q);
    }
}

static int by_column(const void *left, const void *right)
{
    const struct fmt_piece *p = *(struct fmt_piece *const *)left, *q = *(struct fmt_piece *const *)right;
    return p->column != q->column ? (p->column > q->column) - (p->column < q->column) : (p > q) - (p < q);
}

/* From left to right, so that all in front of a word has its place. */
void fmt_columns(struct fmt_pieces *pieces)
{
    struct fmt_piece **order = NEW_ARRAY(struct fmt_piece *, (size_t)pieces->count + 1);
    for (int i = 0; i < pieces->count; i++)
        order[i] = &pieces->first[i];
    qsort(order, (size_t)pieces->count, sizeof *order, by_column);
    for (int i = 0; i < pieces->count; i++) {
        struct fmt_piece *p = order[i];
        int at = (int)(p - pieces->first);
        if (at == pieces->lines[p->line] || p->in_column)
            continue;
        p->behind = natural(p);
        if (p->space && p->gap > 1)
            set_column(pieces, at);
    }
}

/* ---- comments behind lines ---- */

static bool is_behind_line(const struct fmt_pieces *pieces, int i)
{
    const struct fmt_piece *p = &pieces->first[i];
    return fmt_is_comment(p) && !p->is_first && (i + 1 == pieces->count || p[1].is_first);
}

/* The comment behind the next line, or alone on it, that stood below this one; tabs say so in any column. 0: none. */
static int comment_below(const struct fmt_pieces *pieces, int i)
{
    const struct fmt_piece *p = &pieces->first[i];
    int below = i + 1;
    if (below == pieces->count || pieces->first[below].breaks != 1)
        return 0;
    while (below + 1 < pieces->count && !pieces->first[below + 1].is_first)
        below++;
    const struct fmt_piece *q = &pieces->first[below];
    bool is_below = p->column == q->column || (!q->is_first && p->text[-1] == '\t' && q->text[-1] == '\t');
    return fmt_is_comment(q) && is_below ? below : 0;
}

/* A column of comments stays one: behind the longest of its lines. */
void fmt_comment_columns(struct fmt_pieces *pieces)
{
    for (int i = 0; i < pieces->count; i++) {
        int last = i, column = 0;
        bool is_column = false;
        if (!is_behind_line(pieces, i))
            continue;
        for (int k = i; k; k = comment_below(pieces, k)) {
            const struct fmt_piece *p = &pieces->first[k];
            column = p->at > column ? p->at : column;
            is_column = is_column || p->gap > 1;
            last = k;
        }
        for (int k = i; k && is_column; k = comment_below(pieces, k))
            pieces->first[k].at = column;
        i = last;
    }
}
