/* syntax: what is said of a syntax error: what was found, and what could have stood there if that is little. Called by
 * the parser. */
#include "syntax.h"

#include "arena.h"
#include "build.h"
#include "diag.h"
#include "habit.h"
#include "csp_parser.h"

#include <string.h>

enum { MOST_EXPECTED = 4, LONGEST_WORD = 40 };

static bool contains(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

#define IS_ONE_OF(name, names) contains(names, (int)(sizeof(names) / sizeof *(names)), name)

/* Goes on with an expression or place that could as well end here: no help where something else is missing. */
static bool is_continuation(const char *name)
{
    static const char *const names[] = {
        "'+'", "'-'", "'*'", "'/'", "'%'", "+%",  "-%",  "*%",  "<<",  ">>",  "'<'", "<=", "'>'", ">=", "==", "!=",
        "'&'", "'|'", "'^'", "&&",  "||",  "'?'", "??",  "'!'", "'['", "'('", "'.'", "'{'", "++", "--", "+=", "-=",
        "*=",  "/=",  "%=",  "&=",  "|=",  "^=",  "<<=", ">>=", "on",  "a string"};
    return IS_ONE_OF(name, names);
}

/* Ends or separates: where one of these may stand, what came before is complete. */
static bool is_separator(const char *name)
{
    static const char *const names[] = {"';'", "','", "')'", "']'", "'}'", "':'", "->", ".."};
    return IS_ONE_OF(name, names);
}

static const char *quoted(const char *name)
{
    return name[0] == '\'' || strchr(name, ' ') ? name : arena_printf("'%s'", name);
}

/* "';', ',' or '='" */
static const char *alternatives(const char *const *names, int count)
{
    const char *text = quoted(names[0]);
    for (int i = 1; i < count; i++)
        text = arena_printf("%s%s%s", text, i + 1 < count ? ", " : " or ", quoted(names[i]));
    return text;
}

/* Of many names keeps those that help; gives how many. */
static int select_helpful(const char **names, int count)
{
    if (count <= MOST_EXPECTED)
        return count;
    int kept = 0;
    bool is_complete = false;
    for (int i = 0; i < count; i++)
        if (is_separator(names[i]) || !is_continuation(names[i])) {
            is_complete |= is_separator(names[i]);
            names[kept++] = names[i];
        }
    return is_complete ? kept : 0;
}

/* What could have stood here, in words; NULL where that is too much to say. */
static const char *expected_text(const char **names, int count)
{
    if (contains(names, count, "import"))
        return contains(names, count, "while") ? "a name" : "a declaration";
    if (contains(names, count, "while"))
        return "a statement";
    if (contains(names, count, "a constant"))
        return "an expression";
    count = select_helpful(names, count);
    return count > 0 && count <= MOST_EXPECTED ? alternatives(names, count) : NULL;
}

static const char *found_text(const struct source *source, struct where at, const char *name)
{
    uint32_t length = at.end - at.begin;
    if (length == 0)
        return "the end of the file";
    if (length > LONGEST_WORD)
        return quoted(name);
    return arena_printf("'%.*s'", (int)length, source->text + (at.begin - source->base));
}

/* Something that is missing at the end of a line is missed there, not at the next word. Between statements nothing is
 * missing: the word itself is wrong. */
static struct where place_of_error(const struct scanner *scanner, struct where at, bool is_between)
{
    uint32_t last = scanner->nesting.tokens[1].at.end;
    struct where end = {last, last};
    return !is_between && end.end && source_position(end.end).line < source_position(at.begin).line ? end : at;
}

static struct slip slip_of(const struct scanner *scanner, const char *const *expected, int count)
{
    struct slip slip = {.scanner = scanner, .found = scanner->nesting.tokens[0], .expected = expected, .count = count};
    struct scanner behind = *scanner;
    union GRAMMAR_STYPE value;
    if (!scanner->is_cut)
        slip.next.kind = scan_token(&behind, &value, &slip.next.at);
    return slip;
}

/* What is missing or wrong, in general. */
static void report_expected(const struct scanner *scanner, struct where at, const char *found, const char **expected,
                            int count)
{
    bool is_between = contains(expected, count, "import") || contains(expected, count, "while");
    struct where missed_at = place_of_error(scanner, at, is_between && at.begin != at.end);
    const char *found_words = found_text(scanner->source, at, found);
    const char *expected_words = expected_text(expected, count);
    if (expected_words)
        diag_error(missed_at, "expected %s before %s", expected_words, found_words);
    else
        diag_error(at, "unexpected %s", found_words);
}

/* The bracket that was opened and seems not to be closed. */
static const struct bracket *left_open(const struct scanner *scanner, struct where at, int found)
{
    const struct bracket *open = scanner->nesting.brackets;
    bool is_declaration = found == TOKEN_PROCESS || found == TOKEN_PROTOCOL || found == TOKEN_IMPORT;
    if (found == TOKEN_END || (is_declaration && source_position(at.begin).column == 1))
        return nesting_braces(&scanner->nesting);
    return found == ';' && open && (open->kind != '{' || open->is_inner) && open->opener != TOKEN_FOR ? open : NULL;
}

static void report(const struct scanner *scanner, struct where at, const char *found, const char **expected, int count)
{
    struct slip slip = slip_of(scanner, expected, count);
    struct where habit_at = at;
    const char *text = habit_text(&slip, &habit_at);
    if (text)
        diag_error(habit_at, "%s", text);
    else
        report_expected(scanner, at, found, expected, count);
    const struct bracket *open = left_open(scanner, at, slip.found.kind);
    if (open && slip.next.kind != '}')
        diag_note(open->at, "this '%c' is not closed", open->kind);
}

bool syntax_error(const struct scanner *scanner, struct where at, const char *found, const char **expected, int count,
                  bool is_if_lost)
{
    bool is_missing = contains(expected, count, "';'");
    bool is_lost = (is_if_lost && strcmp(found, "else") == 0) || (scanner->is_cut && at.begin == at.end);
    if (!is_lost && !diag_is_wrong(at))
        report(scanner, at, found, expected, count);
    return is_missing;
}
