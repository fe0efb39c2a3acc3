/* layout: where braces and the ')' of headers are missing or too many, as the indentation of a file tells. Called by parse.c
 * for files with syntax errors.
 *
 * A parser that lacks a brace finds out at the end of the declaration, and tells of much in between. People see it by the
 * indentation: a '}' stands below the beginning of the line with its '{', and what stands in the braces is further right. So
 * the brackets are matched once more by columns. That is a guess: parse.c believes it where it leaves fewer errors. */
#include "layout.h"

#include "arena.h"
#include "diag.h"
#include "scan.h"
#include "csp_parser.h"

#include <string.h>

enum { MOST_REPAIRS = 10, LONGEST_LIST = 1000 };

/* Braces that are open. */
struct open {
    int indent;             /* of the line that the '{' stands in */
    const struct line *line;
    struct where at;
    bool is_inner;          /* around a list, the names of an enum … */
    struct open *outer;
};

/* A line that has been read, without those that begin in brackets or with a list's words. */
struct line {
    int indent;
    struct token last;
    uint32_t before_last;   /* where the word in front of that ends */
    struct where next;      /* the first word of the line behind it */
    struct line *above;
};

/* A '}' that does not stand where it is expected, though it closed something. */
struct suspect {
    uint32_t after;
    struct where at;
    int indent;             /* of what it closed */
};

struct layout {
    struct scanner before, at; /* around the token in hand */
    struct token token;
    struct open *open;
    struct line *lines;
    struct suspect suspect;
    const struct repair *first; /* the last one first */
    int count;
};

/* ---- places ---- */

/* The indentation of a line by its first word. */
static int indent_of(const struct source *source, struct where at)
{
    const char *word = source->text + (at.begin - source->base), *begin = word;
    while (begin > source->text && begin[-1] != '\n')
        begin--;
    return (int)(word - begin);
}

static uint32_t end_before(const struct layout *L)
{
    return L->before.nesting.tokens[0].at.end;
}

static bool begins_line(const struct layout *L)
{
    const char *text = L->at.source->text;
    uint32_t base = L->at.source->base, end = end_before(L);
    return !end || memchr(text + (end - base), '\n', L->token.at.begin - end);
}

/* ---- repairs ---- */

/* They are found in the order of the text, but for a '{' or '}' further up, which is known only from what follows. */
static void add(struct layout *L, struct repair repair)
{
    struct repair *added = NEW(struct repair);
    const struct repair **at = &L->first;
    while (*at && (*at)->after > repair.after)
        at = (const struct repair **)&(*at)->next;
    repair.next = *at;
    *added = repair;
    *at = added;
    L->count++;
}

static void close_open(struct layout *L)
{
    struct where found = L->token.kind == TOKEN_END ? (struct where){0, 0} : L->token.at;
    add(L, (struct repair){.after = end_before(L), .token = '}', .found = found, .opened = L->open->at});
    L->open = L->open->outer;
}

static void leave_out(struct layout *L, uint32_t after, struct where at)
{
    add(L, (struct repair){.after = after, .found = at});
}

/* ---- braces ---- */

static bool ends_statement(int token)
{
    return token == ';' || token == '{' || token == '}' || token == ',';
}

/* The line above that seems to lack its '{', since a '}' stands below it; false: there is none. */
static bool open_above(struct layout *L, int indent)
{
    const struct line *line = L->lines;
    while (line && line->indent > indent)
        line = line->above;
    if (!line || line == L->lines || line->indent != indent || ends_statement(line->last.kind))
        return false;
    bool is_instead = line->last.kind == '(';
    add(L, (struct repair){.after = is_instead ? line->before_last : line->last.at.end, .token = '{',
                           .is_instead = is_instead, .found = is_instead ? line->last.at : line->next});
    return true;
}

static bool is_open_at(const struct layout *L, int indent)
{
    const struct open *open = L->open;
    while (open && open->indent != indent)
        open = open->outer;
    return open;
}

static void close_at(struct layout *L, int indent)
{
    while (L->open->indent != indent)
        close_open(L);
    L->open = L->open->outer;
}

/* Nothing that is open began at this column. */
static void close_other(struct layout *L, int indent)
{
    bool is_deeper = !L->open || indent > L->open->indent;
    if (is_deeper && open_above(L, indent))
        return;
    if (is_deeper && L->suspect.after && L->suspect.indent == indent) {
        leave_out(L, L->suspect.after, L->suspect.at);
        L->suspect.after = 0;
    } else if (!L->open) {
        leave_out(L, end_before(L), L->token.at);
    } else {
        L->suspect = (struct suspect){end_before(L), L->token.at, L->open->indent};
        L->open = L->open->outer;
    }
}

static void close_within_line(struct layout *L)
{
    if (!L->open) {
        leave_out(L, end_before(L), L->token.at);
        return;
    }
    if (L->open->line != L->lines)
        L->suspect = (struct suspect){end_before(L), L->token.at, L->open->indent};
    L->open = L->open->outer;
}

static void close_brace(struct layout *L, bool is_first, int indent)
{
    if (!is_first)
        close_within_line(L);
    else if (is_open_at(L, indent))
        close_at(L, indent);
    else
        close_other(L, indent);
}

static void open_brace(struct layout *L)
{
    const struct bracket *brace = L->at.nesting.brackets;
    struct open *open = NEW(struct open);
    *open = (struct open){L->lines->indent, L->lines, L->token.at, brace->is_inner && !nesting_holds_arms(brace), L->open};
    L->open = open;
}

static bool is_in_brackets(const struct layout *L)
{
    const struct bracket *bracket = L->before.nesting.brackets;
    return bracket && bracket->kind != '{';
}

/* A line as far left as the one with the '{' is outside of the braces. */
static void begin_line(struct layout *L, int indent)
{
    int token = L->token.kind;
    bool is_arm = token == TOKEN_CASE || token == TOKEN_DEFAULT;
    if (token == TOKEN_ON && L->before.nesting.tokens[0].kind != '}' && L->open)
        close_open(L);
    while (L->open && (indent < L->open->indent || (indent == L->open->indent && !is_arm)))
        if (L->open->is_inner)
            L->open = L->open->outer; /* of a list that is not closed the parser tells */
        else
            close_open(L);
}

static void note_line(struct layout *L, bool is_first, int indent)
{
    if (is_first) {
        struct line *line = NEW(struct line);
        if (L->lines)
            L->lines->next = L->token.at;
        *line = (struct line){.indent = indent, .above = L->lines};
        L->lines = line;
    }
    L->lines->last = L->token;
    L->lines->before_last = end_before(L);
}

/* ---- the ')' of headers ---- */

static bool is_header(const struct bracket *bracket)
{
    switch (bracket->opener) {
    case TOKEN_IF: case TOKEN_WHILE: case TOKEN_FOR: case TOKEN_SWITCH: return true;
    default: return !bracket->outer;
    }
}

/* Whether braces that open behind the scanner hold statements: then they are no list. Lists in headers are short. */
static bool hold_statements(struct scanner at)
{
    union GRAMMAR_STYPE value;
    struct where where;
    for (int depth = 1, words = 0; depth > 0 && words < LONGEST_LIST; words++) {
        int token = scan_token(&at, &value, &where);
        if (token == ';' || token == TOKEN_ARROW)
            return true;
        if (token == TOKEN_END)
            return false;
        depth += token == '{' ? 1 : token == '}' ? -1 : 0;
    }
    return false;
}

/* The '(' of a header in which a block begins; NULL: it is closed, or it is no header. */
static const struct bracket *unclosed_header(const struct layout *L)
{
    const struct bracket *header = NULL, *bracket = L->before.nesting.brackets;
    for (; bracket && bracket->kind == '('; bracket = bracket->outer)
        if (is_header(bracket))
            header = bracket;
    return header && hold_statements(L->at) ? header : NULL;
}

/* Closes what is open, and takes the '{' once more. */
static void close_header(struct layout *L, const struct bracket *header)
{
    const struct bracket *bracket;
    do {
        bracket = L->before.nesting.brackets;
        struct where at = {end_before(L), end_before(L)};
        add(L, (struct repair){.after = at.end, .token = ')', .found = L->token.at, .opened = bracket->at});
        nesting_note(&L->before.nesting, ')', at);
    } while (bracket != header);
    L->at = L->before;
}

/* ---- all ---- */

static void look_at(struct layout *L)
{
    bool is_first = begins_line(L);
    int indent = is_first ? indent_of(L->at.source, L->token.at) : 0;
    if (is_first && L->token.kind != '}' && !is_in_brackets(L))
        begin_line(L, indent);
    if (L->token.kind == '}')
        close_brace(L, is_first, indent);
    note_line(L, is_first, indent);
    if (L->token.kind == '{')
        open_brace(L);
}

static bool advance(struct layout *L)
{
    union GRAMMAR_STYPE value;
    L->before = L->at;
    L->token.kind = scan_token(&L->at, &value, &L->token.at);
    return L->token.kind != TOKEN_END;
}

static const struct repair *in_order(const struct repair *reversed)
{
    const struct repair *first = NULL;
    while (reversed) {
        struct repair *repair = (struct repair *)reversed;
        reversed = repair->next;
        repair->next = first;
        first = repair;
    }
    return first;
}

const struct repair *layout_repairs(const struct source *source)
{
    struct layout L = {0};
    scan_begin(&L.at, source);
    while (advance(&L) && L.count <= MOST_REPAIRS) {
        const struct bracket *header = L.token.kind == '{' ? unclosed_header(&L) : NULL;
        if (header)
            close_header(&L, header);
        else
            look_at(&L);
    }
    while (L.open && !L.at.is_cut && L.count <= MOST_REPAIRS)
        close_open(&L);
    return L.count <= MOST_REPAIRS ? in_order(L.first) : NULL;
}

/* ---- messages ---- */

static const char *word_at(const struct source *source, struct where at)
{
    if (!at.end)
        return "the end of the file";
    return arena_printf("'%.*s'", (int)(at.end - at.begin), source->text + (at.begin - source->base));
}

static struct where place_of(const struct repair *repair)
{
    struct where end = {repair->after, repair->after};
    bool is_here = repair->found.end && source_position(end.end).line == source_position(repair->found.begin).line;
    return is_here ? repair->found : end;
}

static void report(const struct source *source, const struct repair *repair)
{
    if (repair->is_instead)
        diag_error(repair->found, "expected '%c' instead of %s", repair->token, word_at(source, repair->found));
    else if (repair->token)
        diag_error(place_of(repair), "expected '%c' before %s", repair->token, word_at(source, repair->found));
    else
        diag_error(repair->found, "this '}' closes nothing");
}

static bool is_same_place(const struct repair *repair, const struct repair *before)
{
    return before && before->after == repair->after && before->token == repair->token;
}

int layout_count(const struct repair *repair)
{
    int count = 0;
    for (const struct repair *before = NULL; repair; before = repair, repair = repair->next)
        count += !is_same_place(repair, before);
    return count;
}

/* Several that are missing in one place make one message. */
void layout_report(const struct source *source, const struct repair *repair)
{
    for (const struct repair *before = NULL; repair; before = repair, repair = repair->next) {
        if (!is_same_place(repair, before))
            report(source, repair);
        if (repair->opened.end)
            diag_note(repair->opened, "this '%c' is not closed", repair->token == ')' ? '(' : '{');
    }
}
