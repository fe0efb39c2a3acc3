/* nesting: which brackets are open and which statement is being read. Called by the scanner. */
#include "nesting.h"

#include "arena.h"
#include "build.h"
#include "scan.h"
#include "csp_parser.h"

bool nesting_holds_arms(const struct bracket *brace)
{
    return brace->is_inner && (brace->opener == '?' || brace->opener == TOKEN_EXTENDED);
}

static bool is_one_of(int token, const int *tokens)
{
    while (*tokens && *tokens != token)
        tokens++;
    return *tokens == token;
}

#define IS_ONE_OF(token, ...) is_one_of(token, (const int[]){__VA_ARGS__, 0})

/* Whether an expression can stand behind a token. */
static bool precedes_value(int token)
{
    return IS_ONE_OF(token, '=', '(', ',', '[', '!', ':', TOKEN_RETURN, TOKEN_EQUAL, TOKEN_NOT_EQUAL);
}

/* The header of a statement or declaration whose ')' is missing. */
static bool is_behind_header(const struct nesting *nesting, const struct bracket *brace)
{
    int before = nesting->tokens[2].kind;
    if (brace->outer && brace->outer->kind == '(' && brace->outer->first == TOKEN_PROCESS)
        return true;
    return brace->outer && brace->outer->kind == '(' && brace->opener == TOKEN_NAME && (before == '(' || before == ':') &&
           IS_ONE_OF(brace->outer->opener, TOKEN_IF, TOKEN_WHILE, TOKEN_FOR, TOKEN_SWITCH);
}

static bool is_inner(const struct nesting *nesting, const struct bracket *brace)
{
    int before = nesting->tokens[2].kind;
    bool is_within = brace->outer && brace->outer->kind == '{' && brace->outer->is_inner;
    if (brace->first == TOKEN_ENUM || brace->opener == '?')
        return true;
    if (is_behind_header(nesting, brace))
        return false;
    if (brace->opener == TOKEN_NAME)
        return precedes_value(before) || (before == '{' && is_within);
    return precedes_value(brace->opener) || (brace->opener == '{' && is_within);
}

static void open_bracket(struct nesting *nesting, int kind, struct where at)
{
    struct bracket *bracket = NEW(struct bracket);
    *bracket = (struct bracket){.kind = (short)kind, .opener = (short)nesting->tokens[1].kind,
                                .first = (short)nesting->first.kind, .at = at, .outer = nesting->brackets};
    bracket->is_inner = kind == '{' && is_inner(nesting, bracket);
    nesting->brackets = bracket;
    nesting->is_complete = kind == '{' && !bracket->is_inner;
}

static void close_bracket(struct nesting *nesting, int kind)
{
    struct bracket *top = nesting->brackets;
    if (top && top->kind == kind)
        nesting->brackets = top->outer;
}

/* A '}' also ends what has been left open within. */
static void close_brace(struct nesting *nesting)
{
    struct bracket *brace = nesting_braces(nesting);
    nesting->is_complete = !brace || !brace->is_inner || nesting_holds_arms(brace) || brace->first == TOKEN_ENUM;
    nesting->brackets = brace ? brace->outer : NULL;
}

static void note_place(struct nesting *nesting, int token, struct where at)
{
    for (int i = TOKENS_KEPT - 1; i > 0; i--)
        nesting->tokens[i] = nesting->tokens[i - 1];
    nesting->tokens[0] = (struct token){token, at};
    if (nesting->is_complete)
        nesting->first = nesting->tokens[0];
    nesting->is_complete = false;
}

/* The braces behind a `??` are a block, or hold arms. */
static void note_arrow(struct nesting *nesting)
{
    nesting->is_complete = true;
    if (nesting->brackets && nesting->brackets->opener == TOKEN_EXTENDED)
        nesting->brackets->is_inner = true;
}

void nesting_note(struct nesting *nesting, int token, struct where at)
{
    note_place(nesting, token, at);
    switch (token) {
    case '{': case '(': case '[': open_bracket(nesting, token, at); break;
    case '}': close_brace(nesting); break;
    case ')': close_bracket(nesting, '('); break;
    case ']': close_bracket(nesting, '['); break;
    case ';': nesting->is_complete = !nesting->brackets || nesting->brackets->kind == '{'; break;
    case TOKEN_ARROW: note_arrow(nesting); break;
    case TOKEN_ELSE: nesting->is_complete = true; break;
    default: break;
    }
}

void nesting_begin(struct nesting *nesting)
{
    *nesting = (struct nesting){.is_complete = true};
}

struct bracket *nesting_braces(const struct nesting *nesting)
{
    struct bracket *bracket = nesting->brackets;
    while (bracket && bracket->kind != '{')
        bracket = bracket->outer;
    return bracket;
}

/* Braces within parentheses are a struct literal for the parser, also where a ')' is missing in front of a block. */
struct bracket *nesting_block(const struct nesting *nesting)
{
    struct bracket *bracket = nesting->brackets;
    while (bracket && (bracket->kind != '{' || bracket->is_inner || (bracket->outer && bracket->outer->kind != '{')))
        bracket = bracket->outer;
    return bracket;
}

bool nesting_is_in_header(const struct nesting *nesting, int opener)
{
    for (const struct bracket *bracket = nesting->brackets; bracket && bracket->kind != '{'; bracket = bracket->outer)
        if (bracket->kind == '(' && bracket->opener == opener)
            return true;
    return false;
}
