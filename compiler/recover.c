/* recover: where the parser goes on after a syntax error: behind the statement or header with the error in it, at the
 * block that belongs to it, or at the next line that begins like a statement. So one slip makes one message, and the
 * errors behind it are found. Called by grammar/csp.y. */
#include "recover.h"

#include "arena.h"
#include "build.h"
#include "spelling.h"
#include "csp_parser.h"

#include <string.h>

struct search {
    struct scanner at;          /* behind the token … */
    struct scanner before;      /* … and in front of it */
    struct bracket *block; /* around the error */
    struct where at_statement; /* the first word of the statement with the error in it */
    struct token token;
    bool is_found; /* it is the one that was found */
    bool is_missing;
    bool is_arm; /* the error is a ':' behind a case: up to the next one all is an arm as C has it */
    bool is_past; /* outside of all blocks: behind the head of a declaration, among what seems to be a body */
};

static bool begins_line(const struct scanner *before, struct token token)
{
    struct where last = before->nesting.tokens[0].at;
    return !last.end || source_position(last.end).line < source_position(token.at.begin).line;
}

static bool begins_declaration(int token)
{
    switch (token) {
    case TOKEN_PROCESS: case TOKEN_STRUCT: case TOKEN_ENUM: case TOKEN_PROTOCOL: case TOKEN_IMPORT: case TOKEN_EXTERN:
        return true;
    default:
        return false;
    }
}

static bool begins_statement(int token)
{
    switch (token) {
    case TOKEN_CHANNEL: case TOKEN_PAR: case TOKEN_ALT: case TOKEN_PRI: case TOKEN_FOR: case TOKEN_WHILE: case TOKEN_IF:
    case TOKEN_SWITCH: case TOKEN_CASE: case TOKEN_DEFAULT: case TOKEN_BREAK: case TOKEN_CONTINUE: case TOKEN_RETURN:
    case TOKEN_SPAWN: case TOKEN_POISON: case TOKEN_CLOSE: case TOKEN_SYNC: case TOKEN_BARRIER: case TOKEN_SKIP:
    case TOKEN_STOP: case TOKEN_AFTER: case TOKEN_AT: case TOKEN_YIELD: case TOKEN_ASSERT: case TOKEN_CONST:
        return true;
    default:
        return begins_declaration(token);
    }
}

static bool advance(struct search *search)
{
    union GRAMMAR_STYPE value;
    search->before = search->at;
    search->token.kind = scan_token(&search->at, &value, &search->token.at);
    return search->token.kind != TOKEN_END;
}

/* An else in place of a default. */
static bool is_before_arrow(const struct search *search)
{
    struct search behind = *search;
    return advance(&behind) && behind.token.kind == TOKEN_ARROW;
}

/* A type, too, begins a statement; within brackets it is a parameter or conversion. */
static bool is_next_statement(const struct search *search)
{
    const struct bracket *bracket = search->before.nesting.brackets;
    int token = search->token.kind;
    bool is_nested = bracket && bracket->kind != '{';
    if (token == TOKEN_ELSE)
        return !is_nested && !is_before_arrow(search);
    if (!begins_line(&search->before, search->token))
        return false;
    if (begins_statement(token))
        return true;
    bool is_next = search->is_found && search->is_missing && token == TOKEN_NAME;
    return !is_nested && (token == TOKEN_BUILTIN || is_next);
}


/* What the first word of a statement seems to be misspelt for, of those that matter here; else a name. */
static int misspelt(const struct source *source, struct where at)
{
    static const struct { const char *word; int token; } words[] = {
        {"switch", TOKEN_SWITCH}, {"alt", TOKEN_ALT}, {"if", TOKEN_IF}, {"struct", TOKEN_STRUCT}, {"enum", TOKEN_ENUM},
        {"protocol", TOKEN_PROTOCOL}, {"extern", TOKEN_EXTERN}};
    const char *near = spelling_keyword(arena_name(source->text + (at.begin - source->base), at.end - at.begin));
    for (size_t i = 0; near && i < sizeof words / sizeof *words; i++)
        if (strcmp(near, words[i].word) == 0)
            return words[i].token;
    return TOKEN_NAME;
}

/* Whether the braces that open here hold what cannot be read as the statements of a block. */
static bool is_foreign(const struct search *search, const struct bracket *brace)
{
    int first = brace->first;
    if (brace->opener == TOKEN_STRUCT) /* behind a typedef */
        return true;
    if (first == TOKEN_NAME)
        first = misspelt(search->at.source, search->at_statement);
    switch (first) {
    case TOKEN_SWITCH: case TOKEN_ALT: case TOKEN_PRI: case TOKEN_STRUCT: case TOKEN_ENUM: case TOKEN_PROTOCOL:
    case TOKEN_EXTERN:
        return true;
    default:
        return false;
    }
}

static void skip_braces(struct search *search)
{
    const struct bracket *outer = nesting_braces(&search->at.nesting)->outer;
    while (search->at.nesting.brackets != outer && advance(search))
        continue;
}

/* In front of the first ';' of arms stands a '->'. */
static bool holds_arms(const struct search *search)
{
    struct search behind = *search;
    const struct bracket *brace = search->at.nesting.brackets;
    while (advance(&behind) && behind.at.nesting.brackets != brace->outer && behind.token.kind != ';')
        if (behind.token.kind == TOKEN_ARROW && nesting_braces(&behind.at.nesting) == brace)
            return true;
    return false;
}

/* Braces that cannot stand here, without statements in them. */
static bool is_list(const struct search *search)
{
    struct search behind = *search;
    const struct bracket *brace = search->at.nesting.brackets;
    bool is_open = advance(&behind) && behind.token.kind != '}';
    for (; is_open && behind.at.nesting.brackets != brace->outer; is_open = advance(&behind))
        if (behind.token.kind == ';' || behind.token.kind == '{')
            return false;
    return is_open;
}

/* The rest of a header: what stands behind its ')' is read as a statement of its own. */
static bool ends_header(const struct search *search)
{
    const struct bracket *bracket = search->before.nesting.brackets;
    if (search->token.kind != ')' || !bracket || bracket->kind != '(')
        return false;
    switch (bracket->opener) {
    case TOKEN_FOR: case TOKEN_WHILE: case TOKEN_IF: return true;
    default: return false;
    }
}

enum step { STEP_ON, STEP_BEHIND, STEP_BEFORE };

static enum step step_over_brace(struct search *search)
{
    const struct bracket *brace = search->at.nesting.brackets;
    if (brace->is_inner)
        return STEP_ON;
    bool is_member = search->block && (search->block->first == TOKEN_PROTOCOL || search->block->first == TOKEN_STRUCT);
    if (is_member || (search->is_found && is_list(search) && !holds_arms(search))) {
        skip_braces(search);
        return STEP_ON;
    }
    if (!is_foreign(search, brace) && !holds_arms(search))
        return STEP_BEFORE;
    skip_braces(search);
    return STEP_BEHIND;
}

/* A string that is not closed takes the rest of its line. */
static bool is_end_of_line(const struct search *search)
{
    struct search behind = *search;
    return search->is_found && search->token.kind == TOKEN_GRAMMAR_error && advance(&behind) &&
           begins_line(&behind.before, behind.token);
}

/* A ';' at the end of a line within a list that goes on there. */
static bool is_unclosed_list(const struct search *search)
{
    struct search behind = *search;
    return search->is_found && search->token.kind == ';' && advance(&behind) && behind.token.kind != '}' &&
           begins_line(&behind.before, behind.token);
}

static bool is_at_margin(const struct search *search)
{
    struct search behind = *search;
    return !advance(&behind) || source_position(behind.token.at.begin).column == 1;
}

/* Outside of all blocks: where the '{' of a body is missing, its statements follow up to the next line at the margin. */
static enum step step_outside(struct search *search)
{
    int token = search->token.kind;
    bool is_declaration = begins_declaration(token) || token == TOKEN_BUILTIN || token == TOKEN_CONST;
    if (token == '{' && search->is_past)
        skip_braces(search);
    else if (token == '{') {
        enum step next = step_over_brace(search);
        return next == STEP_BEHIND && !is_at_margin(search) ? STEP_ON : next;
    }
    search->is_past |= token == ';' || (begins_statement(token) && !is_declaration);
    if (token == ';' || search->token.kind == '}')
        return is_at_margin(search) ? STEP_BEHIND : STEP_ON;
    bool is_next = !search->is_found && begins_line(&search->before, search->token) &&
                   source_position(search->token.at.begin).column == 1;
    return is_next && is_declaration ? STEP_BEFORE : STEP_ON;
}

static bool ends_arm(int token)
{
    return token == TOKEN_CASE || token == TOKEN_DEFAULT || token == '}';
}

/* What the token under the search means for it. */
static enum step step(struct search *search)
{
    bool is_inside = nesting_braces(&search->before.nesting) != search->block;
    if (!search->block && !is_inside)
        return step_outside(search);
    if (search->is_arm)
        return !is_inside && ends_arm(search->token.kind) ? STEP_BEFORE : STEP_ON;
    if (is_end_of_line(search))
        return STEP_BEHIND;
    if (search->token.kind == '{' && !is_inside)
        return step_over_brace(search);
    if (is_inside && search->token.kind == '}' && nesting_braces(&search->at.nesting) == search->block &&
        search->at.nesting.is_complete)
        return STEP_BEHIND;
    if (search->token.kind == '}' && !is_inside)
        return STEP_BEFORE;
    if (ends_header(search))
        return STEP_BEHIND;
    if (is_inside && nesting_holds_arms(nesting_braces(&search->before.nesting)))
        return STEP_ON;
    if (is_inside && is_unclosed_list(search))
        return STEP_BEHIND;
    if (search->token.kind == ';' && !is_inside)
        return nesting_is_in_header(&search->before.nesting, TOKEN_FOR) ? STEP_ON : STEP_BEHIND;
    bool is_first = search->token.at.begin == search->before.nesting.first.at.begin || search->before.nesting.is_complete;
    if (is_next_statement(search) && !(search->is_found && is_first))
        return STEP_BEFORE;
    return search->is_found && search->token.kind == TOKEN_ELSE && !is_before_arrow(search) ? STEP_BEHIND : STEP_ON;
}

/* A declaration at the margin within a block: the block and those around it lack their '}'. */
static bool is_unclosed(const struct search *search)
{
    return search->block && begins_declaration(search->token.kind) &&
           source_position(search->token.at.begin).column == 1;
}

static void leave_blocks(struct search *search, struct recovery *recovery)
{
    for (const struct bracket *b = search->before.nesting.brackets; b; b = b->outer)
        recovery->braces += b->kind == '{' && !b->is_inner;
    search->before.nesting.brackets = NULL;
    search->before.nesting.is_complete = true;
}

/* Whether the statement with the error in it is an if, whose else is still to come. */
static bool is_in_if(const struct scanner *scanner, const struct bracket *block)
{
    const struct nesting *nesting = &scanner->nesting;
    int first = nesting->first.kind == TOKEN_NAME ? misspelt(scanner->source, nesting->first.at) : nesting->first.kind;
    bool is_if = first == TOKEN_IF && !nesting->is_complete;
    for (const struct bracket *bracket = nesting->brackets; bracket != block; bracket = bracket->outer)
        is_if |= bracket->first == TOKEN_IF;
    return is_if;
}

static bool search_on(struct search *search)
{
    search->is_found = false;
    return advance(search);
}

/* What was put in front did not help: the parser is not in the block that the brackets speak of. */
static void give_in(struct recovery *recovery)
{
    recovery->semicolons = recovery->pending == '}';
    recovery->braces = 0;
}

void recover(struct scanner *scanner, const struct scanner *before, bool is_missing, struct recovery *recovery)
{
    struct search search = {.at = *scanner, .before = *before, .block = nesting_block(&before->nesting),
                            .token = scanner->nesting.tokens[0], .is_found = true, .is_missing = is_missing,
                            .at_statement = before->nesting.first.at};
    bool is_semicolon = search.token.kind == ';', is_rest = search.token.kind != TOKEN_END;
    enum step next = STEP_ON;
    if (recovery->pending) {
        give_in(recovery);
        return;
    }
    recovery->is_if_lost = is_in_if(before, search.block);
    search.is_arm = search.token.kind == ':' && (before->nesting.first.kind == TOKEN_CASE || before->nesting.first.kind == TOKEN_DEFAULT);
    for (; is_rest && next == STEP_ON; is_rest = next != STEP_ON || search_on(&search))
        next = is_unclosed(&search) ? STEP_BEFORE : step(&search);
    if (next == STEP_BEFORE && search.is_found && search.token.at.begin == recovery->resumed)
        next = STEP_BEHIND;
    if (search.token.kind == TOKEN_END || (next == STEP_BEFORE && is_unclosed(&search)))
        leave_blocks(&search, recovery);
    recovery->resumed = search.token.at.begin;
    *scanner = next == STEP_BEHIND ? search.at : search.before;
    recovery->semicolons = !is_semicolon;
    scanner->nesting.is_complete = true;
    scanner->nesting.tokens[0].kind = ';';
    scanner->nesting.brackets = recovery->braces ? NULL : search.block;
}

bool recover_lacks_braces(const struct scanner *scanner, const struct scanner *before)
{
    struct token token = scanner->nesting.tokens[0];
    const struct bracket *bracket = before->nesting.brackets;
    int last = before->nesting.tokens[0].kind;
    bool is_between = before->nesting.is_complete && (last == '{' || last == '}' || last == ';');
    if (!bracket || !is_between || (token.kind != TOKEN_END && !begins_declaration(token.kind)))
        return false;
    if (token.kind != TOKEN_END && source_position(token.at.begin).column > 1)
        return false;
    while (bracket && bracket->kind == '{' && !bracket->is_inner)
        bracket = bracket->outer;
    return !bracket;
}

void recover_close(struct scanner *scanner, const struct scanner *before, struct recovery *recovery)
{
    for (const struct bracket *bracket = before->nesting.brackets; bracket; bracket = bracket->outer)
        recovery->braces++;
    *scanner = *before;
    scanner->nesting.brackets = NULL;
}

bool recover_is_cut(const struct scanner *before)
{
    return before->nesting.brackets || !before->nesting.is_complete;
}

static bool may_follow_declaration(int token)
{
    switch (token) {
    case TOKEN_END: case TOKEN_ON: case TOKEN_NAME: case TOKEN_BUILTIN: case '?': case '!': case TOKEN_EXTENDED:
    case ';': case TOKEN_CONST: case TOKEN_TYPE: case TOKEN_BLOCKING: case TOKEN_CHANNEL:
        return true;
    default:
        return begins_declaration(token);
    }
}

bool recover_is_behind_declaration(const struct scanner *scanner, const struct scanner *before)
{
    bool is_behind = !before->nesting.brackets && before->nesting.tokens[0].kind == '}';
    return is_behind && !may_follow_declaration(scanner->nesting.tokens[0].kind);
}
