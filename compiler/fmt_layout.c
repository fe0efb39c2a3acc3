/* fmt_layout: where each piece stands. Called by fmt.c.
 *
 * A line that begins a statement is indented by the braces and headers (if, for, a guard's arrow …) that it stands in. A line
 * that goes on with one keeps its distance from the first line, or stays below what it stood below: behind the bracket that
 * is open. Words in columns stay in columns. */
#include "fmt_private.h"

#include "arena.h"
#include "csp_parser.h"

#include <string.h>

/* What is open: a bracket, or a header whose statement is still to come or under way. */
struct level {
    int kind; /* of the bracket; 0: a header */
    enum fmt_role role;
    bool is_if;
    int indent; /* of the statement that it belongs to */
    int opener; /* index of the bracket */
    struct level *outer;
};

struct layout {
    struct fmt_pieces *pieces;
    struct level *top;
    int indent, old_indent; /* of the statement under way, as it will be and in the text */
    int line;               /* index of the first piece of the line */
    int closed;             /* index of the bracket that was closed last */
};

static void push(struct layout *l, struct level level)
{
    struct level *new = NEW(struct level);
    level.outer = l->top;
    *new = level;
    l->top = new;
}

static void pop(struct layout *l)
{
    l->top = l->top ? l->top->outer : NULL;
}

static bool is_header(const struct level *level)
{
    return level && level->kind == 0;
}

/* ---- lines ---- */

/* A block's brace stands behind what it belongs to; `else` and `on poison` stand behind a block of several lines. */
static bool is_joined(const struct layout *l, int i)
{
    const struct fmt_piece *p = &l->pieces->first[i], *before = p - 1;
    if (fmt_is_comment(before) || fmt_is_comment(p))
        return false;
    if (p->kind == '{')
        return p->role == FMT_ENDING && before->role != FMT_ENDING;
    if (before->kind != '}' || before->role != FMT_ENDING)
        return false;
    bool has_lines = l->closed < l->line;
    bool is_of_if = l->closed > 0 && l->pieces->first[l->closed - 1].role == FMT_HEADER;
    return has_lines && (p->kind == TOKEN_ON || (p->kind == TOKEN_ELSE && is_of_if));
}

int fmt_end(const struct fmt_piece *p)
{
    bool has_lines = p->kind == FMT_COMMENT && memchr(p->text, '\n', p->length);
    return p->width + (has_lines ? p->at - p->column : p->at);
}

static bool is_last_on_line(const struct fmt_pieces *pieces, int i)
{
    return i + 1 == pieces->count || pieces->first[i + 1].breaks > 0;
}

/* Within a line. What has been joined to another line leaves the columns of its own. */
static int column_of(const struct layout *l, int i)
{
    const struct fmt_piece *p = &l->pieces->first[i], *line = &l->pieces->first[l->pieces->lines[p->line]];
    int natural = fmt_end(p - 1) + p->space;
    bool is_spread = p->space && p->gap > 1 && !p->breaks;
    if (p->in_column && line->is_first)
        return line->at + p->behind > natural ? line->at + p->behind : natural;
    return is_spread && fmt_is_comment(p) && is_last_on_line(l->pieces, i) ? fmt_end(p - 1) + p->gap : natural;
}

/* ---- the first of a line ---- */

static int indent_within(const struct level *level)
{
    return level ? level->indent + FMT_INDENT : 0;
}

/* In the middle of a statement. A bracket that closes may stand below the statement. */
static int indent_further(const struct layout *l, int i)
{
    const struct fmt_piece *p = &l->pieces->first[i];
    const struct level *top = l->top;
    bool is_closing = p->kind == ')' || p->kind == ']' || p->kind == '}';
    int kept = p->column + l->indent - l->old_indent, least = l->indent + (fmt_is_comment(p) ? 0 : FMT_INDENT);
    int usual = l->indent + (is_closing ? 0 : FMT_INDENT);
    if (top && top->kind && top->role != FMT_ENDING) {
        const struct fmt_piece *inside = &l->pieces->first[top->opener + 1];
        if (inside->is_first)
            return !is_closing && kept > l->indent ? kept : usual;
        if (p->column == inside->column)
            return inside->at;
    }
    return kept >= least ? kept : usual;
}

static int indent_of(const struct layout *l, int i)
{
    const struct fmt_piece *p = &l->pieces->first[i], *before = i ? p - 1 : NULL;
    if (fmt_is_comment(p) && before && fmt_is_comment(before) && p->breaks == 1 && p->column == before->column)
        return before->at;
    if (p->kind == TOKEN_ON || (p->kind == '{' && p->role == FMT_ENDING && !p->begins)) /* behind a comment */
        return l->indent;
    if (p->kind == '{' && p->role == FMT_ENDING && is_header(l->top))
        return l->top->indent;
    if (p->kind == '}' && p->role == FMT_ENDING && l->top)
        return l->top->indent;
    if (!p->begins)
        return indent_further(l, i);
    int next = fmt_is_comment(p) ? fmt_next(l->pieces, i) : p->kind;
    if (is_header(l->top) && next == TOKEN_ELSE)
        return l->top->indent;
    return indent_within(l->top);
}

/* ---- what is open ---- */

/* Headers that the statement belongs to end with it, but for an `if` that goes on. */
static void end_statement(struct layout *l, int next)
{
    while (is_header(l->top) && !(l->top->is_if && next == TOKEN_ELSE))
        pop(l);
}

static void open_header(struct layout *l, bool is_if)
{
    push(l, (struct level){.indent = l->indent, .is_if = is_if});
}

static void close_bracket(struct layout *l, const struct fmt_piece *p, int next)
{
    int opener = l->closed = l->top ? l->top->opener : 0;
    pop(l);
    int keyword = opener ? l->pieces->first[opener - 1].kind : 0;
    if (p->role == FMT_ENDING && next != TOKEN_ON)
        end_statement(l, next);
    else if (p->role == FMT_HEADER && keyword != TOKEN_SWITCH && keyword != TOKEN_CHANNEL)
        open_header(l, keyword == TOKEN_IF);
}

static void note(struct layout *l, int i)
{
    const struct fmt_piece *p = &l->pieces->first[i];
    int next = fmt_next(l->pieces, i);
    switch (p->kind) {
    case '{': case '(': case '[':
        push(l, (struct level){.kind = p->kind, .role = p->role, .indent = l->indent, .opener = i});
        break;
    case '}': case ')': case ']':
        close_bracket(l, p, next);
        break;
    case ';':
        if (p->role == FMT_ENDING)
            end_statement(l, next);
        break;
    case TOKEN_ELSE:
        l->indent = is_header(l->top) ? l->top->indent : l->indent;
        pop(l);
        open_header(l, false);
        break;
    case TOKEN_ARROW:
        open_header(l, false);
        break;
    default:
        break;
    }
}

static void begin_line(struct layout *l, int i)
{
    struct fmt_piece *p = &l->pieces->first[i];
    p->at = indent_of(l, i);
    l->line = i;
    if (p->begins && !fmt_is_comment(p)) {
        l->indent = p->at;
        l->old_indent = p->column;
    }
}

void fmt_layout(struct fmt_pieces *pieces)
{
    struct layout l = {.pieces = pieces};
    fmt_columns(pieces);
    for (int i = 0; i < pieces->count; i++) {
        struct fmt_piece *p = &pieces->first[i];
        p->is_first = i == 0 || (p->breaks && !is_joined(&l, i));
        if (p->is_first)
            begin_line(&l, i);
        else
            p->at = column_of(&l, i);
        if (!fmt_is_comment(p))
            note(&l, i);
    }
    fmt_comment_columns(pieces);
}
