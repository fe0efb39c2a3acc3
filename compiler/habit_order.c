/* habit_order: slips around channels, their ends and parameters: words in the wrong order, too many or too few. Groups of
 * habit.c, which calls them. */
#include "habit_private.h"

static bool is_direction(const struct slip *slip, int number)
{
    return is(slip, number, '?') || is(slip, number, '!');
}

const char *habit_parameter(const struct slip *slip, struct where *at)
{
    bool is_behind_name = is(slip, 1, TOKEN_NAME) && is_at_name(slip) && !is(slip, 3, TOKEN_FOR);
    bool is_type = is(slip, 1, TOKEN_NAME) || is(slip, 1, TOKEN_BUILTIN);
    bool is_only_word = is_behind_name && (is(slip, 2, '(') || is(slip, 2, ','));
    bool is_end = is(slip, 0, ',') || is(slip, 0, ')');
    if (is_direction(slip, 0) && is_type && is_at_name(slip) && !nesting_is_in_header(&slip->scanner->nesting, TOKEN_FOR))
        return arena_printf("the '%s' of an end stands in front of its type: %sint c", text_of(slip, *at), text_of(slip, *at));
    if (is(slip, 0, TOKEN_CHANNEL) && expects(slip, "ref"))
        return "a process is given an end of a channel: ?int reads, and !int writes";
    if (is_only_word && is(slip, 0, ':'))
        return "the type of a parameter stands in front of its name: int a";
    bool is_untyped_end = is_behind_name && is_direction(slip, 2);
    if (is_only_word || is_untyped_end)
        *at = source_join(token(slip, is_untyped_end ? 2 : 1).at, token(slip, 1).at);
    if (is_text(slip, 1, "chan") && is_only_word)
        return "a process is given an end of a channel: ?int reads, and !int writes";
    if (is_only_word && is_end)
        return "a parameter has a type: int a";
    if (is_untyped_end && is_end)
        return "an end has a type: ?int in, !int out";
    *at = slip->found.at;
    return NULL;
}

/* Words that stand elsewhere. */
const char *habit_order(const struct slip *slip, struct where *at)
{
    bool is_type = is(slip, 1, TOKEN_BUILTIN) || is(slip, 1, TOKEN_NAME);
    bool is_behind_type = is_type && is_first(slip, 1) && slip->next.kind == TOKEN_NAME;
    bool is_behind_end = is(slip, 1, TOKEN_CLOSE) || is(slip, 1, TOKEN_POISON) || is(slip, 1, TOKEN_SYNC) ||
                         is(slip, 1, TOKEN_ENDED);
    const char *before = text_of(slip, token(slip, 1).at);
    if (is(slip, 0, TOKEN_CHANNEL) && is_behind_type)
        return "channel stands in front of the type: channel int c";
    if (is(slip, 0, TOKEN_CONST) && is_behind_type)
        return "const stands in front of the type: const int N = 10";
    if (is(slip, 0, TOKEN_PROCESS) && is_behind_type)
        return "a process has no result: process p(...)";
    if (is(slip, 0, TOKEN_REF) && is_type && is_at_name(slip))
        return "ref stands in front of the type: ref int n";
    if (is(slip, 0, TOKEN_ENDED) && is(slip, 1, TOKEN_NAME))
        return "ended stands in front of the channel: ended c";
    if (is(slip, 0, TOKEN_WHEN) && expects(slip, "->"))
        return "when (...) stands in front of the guard";
    if (is(slip, 0, '(') && is_behind_end)
        return arena_printf("what stands behind %s is without parentheses: %s c", before, before);
    if (is(slip, 0, '=') && is(slip, 1, TOKEN_NAME) && is(slip, 2, TOKEN_CONST)) {
        *at = token(slip, 1).at;
        return arena_printf("a constant has a type: const int %s", before);
    }
    if (is(slip, 0, ';') && is(slip, 1, ')') && expects(slip, "'{'") && !nesting_braces(&slip->scanner->nesting))
        return "what is declared has its body at once: the order of declarations does not matter";
    (void)at;
    return NULL;
}

const char *habit_guard(const struct slip *slip, struct where *at)
{
    const struct bracket *braces = nesting_braces(&slip->scanner->nesting);
    bool is_at_guard = expects(slip, "when");
    (void)at;
    if (is(slip, 0, TOKEN_CASE) && (is_at_guard || (braces && nesting_holds_arms(braces) && is_at_name(slip))))
        return "case stands within the braces of a switch only";
    if ((is(slip, 0, TOKEN_IF) || is(slip, 0, '(')) && is_at_guard)
        return "a condition in front of a guard is when (...)";
    if ((is(slip, 0, TOKEN_ELSE) || is(slip, 0, TOKEN_DEFAULT)) && is_at_guard)
        return "what an alt does where nothing else is ready stands behind skip, in a pri alt: skip -> ...";
    bool is_behind_word = is(slip, 0, TOKEN_CONSTANT) && is(slip, 1, TOKEN_NAME) && is_first(slip, 1) && braces &&
                          (braces->opener == TOKEN_ALT);
    if (is_behind_word || (is_at_guard && (is(slip, 0, TOKEN_CONSTANT) || is(slip, 0, TOKEN_BUILTIN))))
        return "a guard is c ? x, c ! x, ended c, after 1s, at t, sync b or skip";
    return NULL;
}

const char *habit_receive_as_value(const struct slip *slip, struct where *at)
{
    (void)at;
    bool is_end = is(slip, 0, ';') || is(slip, 0, ')');
    if (is_end && is(slip, 1, '?') && is_at_value(slip))
        return "receiving is a statement of its own: c ? x;";
    if (is_end && is(slip, 1, TOKEN_NAME) && is(slip, 2, '?') && expects(slip, "':'"))
        return "a choice is b ? x : y, and receiving, c ? x, a statement of its own";
    if (is_direction(slip, 0) && is_at_value(slip) && (is(slip, 1, '(') || is(slip, 1, ',')))
        return "an end is passed by the name of its channel alone";
    return NULL;
}

const char *habit_channel(const struct slip *slip, struct where *at)
{
    (void)at;
    if (is(slip, 0, '[') && is(slip, 1, TOKEN_CHANNEL))
        return "how many channels there are stands behind the name: channel int c[4]";
    if (is(slip, 0, '(') && (is(slip, 1, TOKEN_BUILTIN) || is(slip, 1, TOKEN_NAME)) && is(slip, 2, TOKEN_CHANNEL))
        return "the size of a buffer stands in front of the type: channel(4) int c";
    if (is(slip, 0, '<') && is(slip, 1, TOKEN_CHANNEL))
        return "the type of a channel is written without brackets: channel int c";
    if (is(slip, 1, TOKEN_NAME) && is(slip, 2, TOKEN_CHANNEL) && (is(slip, 0, ';') || is(slip, 0, ',')))
        return "a channel has a type: channel int c";
    if (is(slip, 0, '{') && is(slip, 1, TOKEN_SPAWN))
        return "spawn starts a process that is called: spawn worker(...);";
    if (is(slip, 1, TOKEN_PAR) && !is(slip, 0, '{'))
        return "par has braces, par { ... }, or is a par for";
    if (is(slip, 1, TOKEN_IMPORT) && !is(slip, 0, TOKEN_STRING))
        return "the name of a file stands in quotes: import \"file.csp\";";
    return NULL;
}
