/* habit: what is said where a syntax error is a habit from another language, or a slip that is often made. Each group of
 * them is a function; the first that knows the slip is believed. Called by syntax.c. */
#include "habit_private.h"

#include "literal.h"
#include "spelling.h"

/* ---- words as names ---- */

static const char *keyword(const struct slip *slip, struct where *at)
{
    const char *text = text_of(slip, *at);
    if (!is_at_name(slip) || !is_word(slip, 0) || expects(slip, "';'"))
        return NULL;
    if (is(slip, 0, TOKEN_BUILTIN) && expects(slip, "a type"))
        return NULL;
    return is(slip, 0, TOKEN_BUILTIN) ? arena_printf("'%s' is a type, and cannot be the name of something else", text)
                                      : arena_printf("'%s' is a keyword, and cannot be a name", text);
}

/* Whether the statement is a name and a '(', which is open. */
static bool is_in_call(const struct slip *slip)
{
    const struct bracket *bracket = slip->scanner->nesting.brackets;
    struct where first = slip->scanner->nesting.first.at;
    if (!bracket || bracket->kind != '(' || !begins_with(slip, TOKEN_NAME) || bracket->at.begin < first.end)
        return false;
    const char *between = text_of(slip, (struct where){first.end, bracket->at.begin});
    return strspn(between, " ") == strlen(between);
}

/* The word that seems to be a misspelt keyword; none: 0. */
static struct where misspelt(const struct slip *slip)
{
    struct where first = slip->scanner->nesting.first.at;
    bool is_behind_word = is(slip, 1, TOKEN_NAME) && is_first(slip, 1);
    bool is_behind_two = is(slip, 1, TOKEN_NAME) && is(slip, 2, TOKEN_NAME) && is_first(slip, 2) &&
                         (is(slip, 0, TOKEN_NAME) || is(slip, 0, '{'));
    bool is_behind_call = is(slip, 1, ')') && begins_with(slip, TOKEN_NAME) && is(slip, 0, '{');
    bool is_in_header = is_in_call(slip) && (is(slip, 0, ':') || is(slip, 0, TOKEN_NAME));
    if (is(slip, 0, TOKEN_NAME) && expects(slip, "case"))
        return slip->found.at;
    return is_behind_word || is_behind_two || is_behind_call || is_in_header ? first : (struct where){0, 0};
}

static const char *spelling(const struct slip *slip, struct where *at)
{
    struct where word = misspelt(slip);
    if (!word.end || is(slip, 0, '=') || is(slip, 0, '.'))
        return NULL;
    const char *text = text_of(slip, word), *near = spelling_keyword(text);
    if (strcmp(text, "end") == 0 && is(slip, 0, TOKEN_NAME))
        near = "ended";
    if (!near)
        return NULL;
    *at = word;
    return arena_printf("unexpected '%s'; did you mean %s?", text, near);
}

/* ---- pointers ---- */

static const char *pointer(const struct slip *slip, struct where *at)
{
    (void)at;
    bool is_operand = is_at_value(slip) || is_at_statement(slip);
    if (is(slip, 0, '*') && (is_at_name(slip) || is_operand) && !is(slip, 1, '*'))
        return "there are no pointers: ref passes a variable that is to be set, and [] an array";
    if (is(slip, 0, '&') && is_at_name(slip))
        return "there are no pointers: ref passes a variable that is to be set, and [] an array";
    if (is(slip, 0, '&') && is_operand)
        return "there are no addresses: the argument of a ref parameter is the plain name";
    if (is(slip, 0, TOKEN_REF) && is_operand)
        return "ref stands at the parameter only: its argument is the plain name";
    bool is_arm = slip->scanner->nesting.brackets && slip->scanner->nesting.brackets->outer &&
                  nesting_holds_arms(slip->scanner->nesting.brackets->outer);
    if (is(slip, 0, TOKEN_ARROW) && expects(slip, "'.'") && !expects(slip, "->") && slip->next.kind == TOKEN_NAME && !is_arm)
        return "a field is written with '.': there are no pointers";
    if (is(slip, 0, '*') && is(slip, 1, '*') && is_operand)
        return "there is no operator for powers";
    return NULL;
}

/* ---- assignments ---- */

static bool is_assignment(int kind)
{
    switch (kind) {
    case '=': case TOKEN_SET_ADD: case TOKEN_SET_SUBTRACT: case TOKEN_SET_MULTIPLY: case TOKEN_SET_DIVIDE:
    case TOKEN_SET_REMAINDER: case TOKEN_SET_AND: case TOKEN_SET_OR: case TOKEN_SET_XOR: case TOKEN_SET_LEFT:
    case TOKEN_SET_RIGHT: case TOKEN_INCREMENT: case TOKEN_DECREMENT: return true;
    default: return false;
    }
}

static bool is_in_condition(const struct slip *slip)
{
    static const int openers[] = {TOKEN_IF, TOKEN_WHILE, TOKEN_FOR, TOKEN_WHEN, TOKEN_ASSERT};
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (nesting_is_in_header(&slip->scanner->nesting, openers[i]))
            return true;
    return begins_with(slip, TOKEN_RETURN);
}

static const char *assignment(const struct slip *slip, struct where *at)
{
    const char *text = text_of(slip, *at);
    if (!is_assignment(slip->found.kind))
        return NULL;
    if (is(slip, 0, '=') && is_within_value(slip) && is_in_condition(slip))
        return "'=' sets a variable, and is a statement of its own; '==' compares";
    if (is_within_value(slip) || (is_at_value(slip) && !is(slip, 0, '=') && !is(slip, 1, '=')))
        return arena_printf("'%s' is a statement of its own, and no part of an expression", text);
    if (is(slip, 1, ')') && expects(slip, "';'"))
        return "only variables and their elements and fields can be set";
    if (is(slip, 0, '=') && begins_with(slip, TOKEN_ENUM) && nesting_braces(&slip->scanner->nesting))
        return "the names of an enum have no values of their own: they count from 0";
    if (begins_with(slip, TOKEN_CHANNEL) && expects(slip, "';'"))
        return "a channel has no value to begin with";
    return NULL;
}

static const char *without_parentheses(const struct slip *slip, struct where *at)
{
    (void)at;
    bool is_argument = is(slip, 0, TOKEN_STRING) || is(slip, 0, TOKEN_CONSTANT);
    if (is_argument && is(slip, 1, TOKEN_NAME) && is_first(slip, 1) && is_behind_place(slip))
        return "the arguments of a call stand in parentheses";
    return NULL;
}

static const char *lone_expression(const struct slip *slip, struct where *at)
{
    bool is_operator = (slip->found.kind < 128 && strchr("+-*/%<>&|^?.", slip->found.kind)) ||
                       (slip->found.kind >= TOKEN_WRAP_ADD && slip->found.kind <= TOKEN_LOGICAL_OR);
    bool is_call = is(slip, 1, ')') && begins_with(slip, TOKEN_NAME) && expects(slip, "';'") && slip->count == 1;
    if (is(slip, 0, TOKEN_EQUAL) && is_behind_place(slip) && is_first(slip, 1))
        return "'==' compares, and nothing uses the result; '=' sets a variable";
    if (is(slip, 0, ';') && is_behind_place(slip))
        return "a name alone does nothing: a statement sets, calls, sends or receives";
    if (is_operator && slip->found.kind && (is_behind_place(slip) || is_call))
        return "an expression alone does nothing: a statement sets, calls, sends or receives";
    if (is(slip, 0, '[') && is_at_value(slip))
        return "a list stands in braces: {1, 2}";
    if (is(slip, 0, '{') && is_at_value(slip) && !is_at_statement(slip))
        return "a list stands only in a declaration, a struct literal or a message";
    if (is_at_statement(slip) && (is(slip, 0, TOKEN_CONSTANT) || is(slip, 0, TOKEN_STRING) || is(slip, 0, '(')))
        return "a statement begins with a name or a keyword";
    (void)at;
    return NULL;
}

/* ---- C ---- */

/* Whether a value can stand at a place, by what is in front of it. */
static bool is_value_at(const struct slip *slip, struct where at)
{
    const char *begin = slip->scanner->source->text, *end = begin + (at.begin - slip->scanner->source->base);
    while (end > begin && end[-1] == ' ')
        end--;
    return end > begin && strchr("=(,!:?{", end[-1]);
}

static const char *literal(const struct slip *slip, struct where *at)
{
    const struct bracket *braces = nesting_braces(&slip->scanner->nesting);
    bool is_in_parentheses = is(slip, 1, ')') && is(slip, 2, TOKEN_NAME) && is(slip, 3, '(');
    if (is(slip, 0, '{') && is_in_parentheses && is_value_at(slip, token(slip, 3).at)) {
        *at = source_join(token(slip, 3).at, token(slip, 1).at);
        return arena_printf("a struct literal is written without parentheses: %s{...}", text_of(slip, token(slip, 2).at));
    }
    if (is(slip, 0, '.') && (is(slip, 1, '{') || is(slip, 1, ',')) && braces && braces->is_inner)
        return "a field is named with a ':', as in P{x: 1}";
    if (is(slip, 0, TOKEN_NAME) && is(slip, 1, TOKEN_CONSTANT) && literal_is_unit(text_of(slip, *at))) {
        const char *number = text_of(slip, token(slip, 1).at), *unit = text_of(slip, *at);
        *at = source_join(token(slip, 1).at, *at);
        return arena_printf("a duration is one word: %s%s", number, unit);
    }
    return NULL;
}

static const char *cast(const struct slip *slip, struct where *at)
{
    if (is(slip, 0, ')') && is_text(slip, 3, "sizeof"))
        return "there is no sizeof: len(...) counts the elements of an array";
    bool is_end = is(slip, 0, ')') || (is(slip, 0, ',') && is(slip, 2, '('));
    if (is_end && is(slip, 1, TOKEN_BUILTIN) && is(slip, 3, TOKEN_NAME) && !expects(slip, "'('"))
        return "a parameter has a name; where there is none, nothing stands in the parentheses";
    if (is(slip, 0, ')') && is(slip, 1, TOKEN_BUILTIN) && is(slip, 2, '(')) {
        *at = source_join(token(slip, 2).at, *at);
        const char *type = text_of(slip, token(slip, 1).at);
        return arena_printf("a conversion is written like a call: %s(...)", type);
    }
    if (is(slip, 0, '[') && is(slip, 1, TOKEN_BUILTIN))
        return arena_printf("the length of an array stands behind its name: %s name[...]", text_of(slip, token(slip, 1).at));
    if (is(slip, 0, TOKEN_NAME) && is(slip, 1, TOKEN_BUILTIN) && (is(slip, 2, '(') || is(slip, 2, ',')) && slip->count == 1) {
        *at = token(slip, 1).at;
        return "an argument is written without a type";
    }
    if (is(slip, 0, '>') && is(slip, 1, TOKEN_BUILTIN) && is(slip, 2, '<'))
        return "types are not written at a call: they follow from its arguments";
    if (is(slip, 0, '<') && is_behind_place(slip) && slip->next.kind == TOKEN_BUILTIN)
        return "types are not written at a call: they follow from its arguments";
    return NULL;
}

static const char *arm(const struct slip *slip, struct where *at)
{
    (void)at;
    if (is(slip, 0, ':') && expects(slip, "->") && begins_with(slip, TOKEN_CASE))
        return "behind the values of a case stands '->', then one statement";
    if (is(slip, 0, ':') && expects(slip, "->") && begins_with(slip, TOKEN_DEFAULT))
        return "behind default stands '->', then one statement";
    if (is(slip, 0, ':') && is(slip, 1, TOKEN_NAME) && expects(slip, "'}'") && (is(slip, 2, '{') || is(slip, 2, ',')))
        return "fields are named behind the name of their struct only, as in P{x: 1}";
    if (is(slip, 0, ':') && is(slip, 1, TOKEN_NAME) && is_first(slip, 1) && is_behind_place(slip))
        return "there are no labels";
    if ((is(slip, 0, TOKEN_CASE) || is(slip, 0, TOKEN_DEFAULT)) && is_at_statement(slip))
        return arena_printf("%s stands within the braces of a switch only", text_of(slip, token(slip, 0).at));
    bool is_between_arms = expects(slip, "case") && !expects(slip, "if"), is_default = is(slip, 0, TOKEN_ELSE);
    const struct bracket *braces = nesting_braces(&slip->scanner->nesting);
    if (is_between_arms && is_default)
        return "what no case names stands behind default: default -> ...";
    if (is_between_arms && (is(slip, 0, TOKEN_NAME) || is(slip, 0, TOKEN_CONSTANT)) && slip->next.kind == TOKEN_ARROW)
        return "in front of the values stands case: case 1, 2 -> ...";
    if (is(slip, 0, ';') && braces && nesting_holds_arms(braces) && expects(slip, "->"))
        return "behind '->' stands one statement; several stand in braces";
    if (is(slip, 0, TOKEN_BREAK) && is_between_arms)
        return "an arm ends by itself, without break";
    if (is_between_arms && !is(slip, 0, TOKEN_END))
        return "behind '->' stands one statement; several stand in braces";
    if (is(slip, 0, TOKEN_ELSE) && is_at_statement(slip))
        return "this else belongs to no if";
    return NULL;
}

static bool is_communication(const struct slip *slip)
{
    struct where first = slip->scanner->nesting.first.at;
    return begins_with(slip, TOKEN_NAME) && strpbrk(text_of(slip, source_join(first, slip->found.at)), "!?");
}

static const char *header(const struct slip *slip, struct where *at)
{
    const char *text = text_of(slip, token(slip, 1).at);
    (void)at;
    if ((is(slip, 1, TOKEN_IF) || is(slip, 1, TOKEN_WHILE) || is(slip, 1, TOKEN_SWITCH)) && !is(slip, 0, '('))
        return arena_printf("what stands behind %s is in parentheses: %s (...)", text, text);
    if (is(slip, 1, TOKEN_FOR) && !is(slip, 0, '('))
        return "a for has parentheses: for (i : 0 .. n), for (x : c) or for (...; ...; ...)";
    if (is(slip, 0, ':') && is(slip, 1, TOKEN_NAME) && is(slip, 2, TOKEN_BUILTIN) && is(slip, 3, '('))
        return "the name in front of the ':' has no type: for (i : 0 .. n)";
    if (is(slip, 0, TOKEN_RANGE) && nesting_is_in_header(&slip->scanner->nesting, TOKEN_FOR))
        return "a range stands behind a ':' : for (i : 0 .. n)";
    bool is_first_in_for = (is(slip, 1, '(') && is(slip, 2, TOKEN_FOR)) || (is(slip, 2, '(') && is(slip, 3, TOKEN_FOR));
    if (is_first_in_for && !is(slip, 0, ','))
        return "a for counts or receives: for (i : 0 .. n), for (x : c) or for (...; ...; ...)";
    if (nesting_is_in_header(&slip->scanner->nesting, TOKEN_FOR) && is_text(slip, 1, "in"))
        return "a range stands behind a ':' : for (i : 0 .. n)";
    const struct bracket *braces = nesting_braces(&slip->scanner->nesting);
    if (is(slip, 0, ',') && braces && braces->first == TOKEN_PROTOCOL && expects(slip, "';'"))
        return "each shape ends with a ';'";
    if (is(slip, 0, ',') && is_communication(slip) && (expects(slip, "';'") || expects(slip, "->")))
        return "one value is sent or received: several are a struct, or a shape of a protocol";
    bool is_behind_first = is(slip, 0, ',') && is_first(slip, 1) && is_behind_place(slip);
    if (is_behind_first || (is(slip, 0, ',') && begins_with(slip, TOKEN_NAME) && expects(slip, "';'")))
        return "there is no comma operator: each statement has its ';'";
    if (is(slip, 0, ',') && nesting_is_in_header(&slip->scanner->nesting, TOKEN_FOR))
        return "there is no comma operator: one statement stands here";
    return NULL;
}

/* What other languages write in front of a type or name, or of braces. */
static const char *foreign_word(const struct slip *slip, struct where *at)
{
    static const struct { const char *word, *text; } words[] = {
        {"seq", "statements in braces follow each other: { ... }"},
        {"SEQ", "statements in braces follow each other: { ... }"},
        {"parallel", "what runs at the same time stands in a par: par { ... }"},
        {"PAR", "what runs at the same time stands in a par: par { ... }"},
        {"select", "a choice among guards is an alt: alt { ... }"},
        {"ALT", "a choice among guards is an alt: alt { ... }"},
        {"forever", "what goes on for ever is for (;;) { ... }"},
        {"do", "there is no do: while (true) { ...; if (...) break; }"},
        {"loop", "there is no loop: while (true) { ... }"},
        {"try", "there are no exceptions: a block that meets poison goes to its on poison"},
        {"catch", "there are no exceptions: a block that meets poison goes to its on poison"},
        {"elif", "elif is written else if (...)"},
        {"elseif", "elseif is written else if (...)"},
        {"elsif", "elsif is written else if (...)"},
        {"chan", "chan is written channel, as in channel int c"},
        {"unsigned", "unsigned is part of the type's name: uint8, uint16, uint, uint64"},
        {"signed", "all integers but those that begin with u have a sign: int8, int16, int, int64"},
        {"long", "long is int64, or double"},
        {"short", "short is int16"},
        {"static", "there is no static: what is kept belongs to a process"},
        {"volatile", "there is no volatile: processes share no memory"},
        {"func", "a function begins with the type of its result, or void"},
        {"function", "a function begins with the type of its result, or void"},
        {"typedef", "there is no typedef"},
        {"union", "there is no union: a protocol holds one of several shapes"},
        {"mutable", "variables can be set as they are"},
        {"call", "a call is a name and its arguments: p(x);"},
        {"go", "go is written spawn: spawn p(x);"},
        {"match", "match is written switch"},
    };
    struct token first = slip->scanner->nesting.first;
    if (first.kind != TOKEN_NAME || is(slip, 0, '=') || is(slip, 0, '.'))
        return NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, text_of(slip, first.at)) == 0) {
            *at = first.at;
            return words[i].text;
        }
    return NULL;
}

static const char *logical_word(const struct slip *slip, struct where *at)
{
    if (is_text(slip, 1, "not") && (is(slip, 0, TOKEN_NAME) || is(slip, 0, TOKEN_TRUE) || is(slip, 0, TOKEN_FALSE))) {
        *at = token(slip, 1).at;
        return "not is written !";
    }
    if (!is_within_value(slip))
        return NULL;
    if (is_text(slip, 0, "and"))
        return "and is written &&";
    if (is_text(slip, 0, "or"))
        return "or is written ||";
    if (is_text(slip, 0, "mod"))
        return "mod is written %";
    return NULL;
}

/* ---- Go, occam and others ---- */

static const char *go(const struct slip *slip, struct where *at)
{
    bool is_arrow = is(slip, 0, '<') && slip->next.kind == '-' && slip->next.at.begin == at->end;
    if (is_arrow && (is_behind_place(slip) || is_at_value(slip) || is_at_statement(slip))) {
        *at = source_join(*at, slip->next.at);
        return "sending is written c ! x, and receiving c ? x";
    }
    if (is(slip, 0, ':') && slip->next.kind == '=' && slip->next.at.begin == at->end) {
        *at = source_join(*at, slip->next.at);
        return "a variable is declared with its type, as in int x = 3;, and set by '='";
    }
    if (is(slip, 0, '>') && is(slip, 1, '<') && touches(slip, 0))
        return "'not equal' is written !=";
    if (is(slip, 0, '=') && slip->next.kind == '<' && slip->next.at.begin == at->end) {
        *at = source_join(*at, slip->next.at);
        return "'at most' is written <=";
    }
    if (is(slip, 0, '=') && (is(slip, 1, TOKEN_EQUAL) || is(slip, 1, TOKEN_NOT_EQUAL)) && touches(slip, 0)) {
        const char *text = text_of(slip, token(slip, 1).at);
        *at = source_join(token(slip, 1).at, *at);
        return arena_printf("values are compared by %s", text);
    }
    if (is(slip, 0, '=') && slip->next.kind == '>' && slip->next.at.begin == at->end)
        return "the arrow is written '->'; 'at least' is >=";
    if (is(slip, 0, '>') && is(slip, 1, '=') && touches(slip, 0))
        return "the arrow is written '->'; 'at least' is >=";
    return NULL;
}

/* ---- what stands where ---- */

static const char *nested(const struct slip *slip, struct where *at)
{
    const char *text = text_of(slip, *at);
    if (is_at_statement(slip))
        switch (slip->found.kind) {
        case TOKEN_STRUCT: case TOKEN_ENUM:
            if (slip->next.kind == TOKEN_NAME)
                return arena_printf("%s is declared outside of processes and functions; a variable's type is its name alone",
                                    text);
            return NULL;
        case TOKEN_PROCESS: case TOKEN_PROTOCOL: case TOKEN_EXTERN: case TOKEN_IMPORT:
            return arena_printf("%s stands outside of processes and functions; is a '}' missing in front of it?", text);
        default: break;
        }
    if ((is(slip, 0, TOKEN_STRUCT) || is(slip, 0, TOKEN_ENUM)) && expects(slip, "a type") && slip->next.kind == TOKEN_NAME)
        return arena_printf("a type is written by its name alone, without %s", text);
    if (is(slip, 0, '(') && is(slip, 1, TOKEN_NAME) && is_first(slip, 2) && nesting_braces(&slip->scanner->nesting) &&
        expects(slip, "'='"))
        return slip->next.kind == TOKEN_CONSTANT ? "the length of an array stands in brackets: int a[16]"
                                                 : "a function is declared outside of processes and other functions";
    return NULL;
}

static const char *outside(const struct slip *slip, struct where *at)
{
    bool is_handler = is(slip, 0, TOKEN_POISON) && is(slip, 1, '}') && slip->next.kind == '{';
    if (is_handler || (is(slip, 0, '{') && is(slip, 1, TOKEN_POISON))) {
        *at = token(slip, is_handler ? 0 : 1).at;
        return "a handler begins with on: on poison { ... }";
    }
    if (is_at_declaration(slip) && is(slip, 0, '}'))
        return "this '}' closes nothing";
    if (is_at_declaration(slip) && is_word(slip, 0))
        return arena_printf("%s is a statement, and stands in a process or function", text_of(slip, *at));
    if (is(slip, 0, '(') && is_text(slip, 1, "main") && is_first(slip, 1))
        return "the program is a process: process main()";
    bool is_outside = !nesting_braces(&slip->scanner->nesting) && is(slip, 1, TOKEN_NAME) && is_first(slip, 1);
    if (is_outside && is(slip, 0, '(') && (slip->next.kind == TOKEN_BUILTIN || slip->next.kind == TOKEN_REF)) {
        *at = token(slip, 1).at;
        return "a function begins with the type of its result, or void";
    }
    if (is_outside && (is(slip, 0, '(') || is(slip, 0, '!') || is_assignment(slip->found.kind))) {
        *at = token(slip, 1).at;
        return "a statement stands in a process or function";
    }
    return NULL;
}

const char *habit_text(const struct slip *slip, struct where *at)
{
    static const char *(*const groups[])(const struct slip *slip, struct where *at) = {
        go, foreign_word, outside, nested, spelling, habit_guard, habit_order, habit_parameter, habit_channel, keyword,
        arm, literal, cast, header, pointer, habit_receive_as_value, logical_word, assignment,
        without_parentheses, lone_expression};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const char *text = groups[i](slip, at);
        if (text)
            return text;
    }
    return NULL;
}
