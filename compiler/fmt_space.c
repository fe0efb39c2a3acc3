/* fmt_space: what each word means, as far as the space around it depends on that, and the space. Called by fmt.c.
 *
 * `?` and `!` begin a type, communicate, negate and choose; `<` compares and opens type parameters; braces hold statements
 * or values. What stands before, and which brackets are open, tells which. The text is known to be a program. */
#include "fmt_private.h"

#include "arena.h"
#include "csp_parser.h"

struct opened {
    int opener;        /* the kind of the token in front of it */
    enum fmt_role role;
    bool is_struct;    /* it holds the fields of one */
    int conditions;    /* `?` whose `:` is still to come */
    bool has_only_semicolons;
    struct opened *outer;
};

struct walk {
    struct opened *bracket;       /* the innermost that is open */
    const struct fmt_piece *words[3]; /* before this one, the last first; comments left out */
    int statement;                 /* the kind of its first token */
    bool is_set;                   /* a `=` has been in this statement */
    bool is_at_start;              /* the next token begins a statement or declaration */
    struct opened *extended;      /* in which a `??` receives in this statement: braces are its block. See `has_extended` */
    bool has_extended;
};

static int kind_of(const struct fmt_piece *p)
{
    return p ? p->kind : 0;
}

static bool is_in(int kind, const int *kinds)
{
    while (*kinds && *kinds != kind)
        kinds++;
    return *kinds != 0;
}
#define IS(kind, ...) is_in(kind, (const int[]){__VA_ARGS__, 0})

/* A keyword that names a field is a name. */
static bool is_field(const struct walk *w, int kind, int next)
{
    bool is_keyword = kind >= TOKEN_PROCESS && kind <= TOKEN_FALSE;
    bool is_in_struct = w->bracket && w->bracket->is_struct;
    bool is_in_literal = w->bracket && w->bracket->role == FMT_INNER && next == ':';
    return is_keyword && (kind_of(w->words[0]) == '.' || is_in_struct || is_in_literal);
}

/* Whether a value may end with the word before this one. */
static bool is_behind_value(const struct walk *w)
{
    const struct fmt_piece *p = w->words[0];
    if (!p)
        return false;
    if (p->kind == ')' || p->kind == '}')
        return p->role == FMT_INNER || (p->kind == ')' && p->role == FMT_PLAIN);
    return IS(p->kind, TOKEN_NAME, TOKEN_CONSTANT, TOKEN_STRING, TOKEN_TRUE, TOKEN_FALSE, ']');
}

/* ---- what a word means ---- */

static bool is_at_declarations(const struct walk *w)
{
    return !w->bracket || (w->bracket->role == FMT_ENDING && w->bracket->opener == TOKEN_STRING);
}

static enum fmt_role role_of_brace(const struct walk *w)
{
    int before = kind_of(w->words[0]), second = kind_of(w->words[1]);
    if (w->is_at_start)
        return FMT_ENDING;
    if (before == TOKEN_NAME) {
        bool is_declaration = IS(second, TOKEN_STRUCT, TOKEN_ENUM, TOKEN_PROTOCOL);
        bool is_extended = w->has_extended && w->extended == w->bracket;
        return is_declaration || is_extended ? FMT_ENDING : FMT_INNER;
    }
    if (w->has_extended && w->extended == w->bracket)
        return FMT_ENDING;
    bool is_list = IS(before, '=', ',', '(', '[', ':', TOKEN_RETURN) ||
                   (before == '{' && w->words[0]->role == FMT_INNER);
    return is_list ? FMT_INNER : FMT_ENDING;
}

static enum fmt_role role_of(struct walk *w, int kind)
{
    bool is_behind = is_behind_value(w);
    switch (kind) {
    case '?': case '!': case TOKEN_EXTENDED: case '-': case '+': case '~':
        return is_behind && !w->is_at_start ? FMT_INFIX : FMT_PREFIX;
    case TOKEN_INCREMENT: case TOKEN_DECREMENT:
        return is_behind && !w->is_at_start ? FMT_POSTFIX : FMT_PREFIX;
    case '<': case '>':
        return is_at_declarations(w) && !w->is_set ? FMT_INNER : FMT_INFIX;
    case '{':
        return role_of_brace(w);
    case '}': case ']': case ')':
        return w->bracket ? w->bracket->role : FMT_PLAIN;
    case ':':
        return w->bracket && w->bracket->role == FMT_INNER && !w->bracket->conditions ? FMT_INNER : FMT_INFIX;
    case ';':
        return w->bracket && w->bracket->role != FMT_ENDING ? FMT_PLAIN : FMT_ENDING;
    default:
        return FMT_PLAIN;
    }
}

static void open_bracket(struct walk *w, const struct fmt_piece *p)
{
    struct opened *b = NEW(struct opened);
    int before = kind_of(w->words[0]);
    bool is_header = p->kind == '(' &&
                     IS(before, TOKEN_FOR, TOKEN_WHILE, TOKEN_IF, TOKEN_SWITCH, TOKEN_WHEN, TOKEN_CHANNEL);
    *b = (struct opened){.opener = before, .role = is_header ? FMT_HEADER : p->role, .outer = w->bracket,
                          .is_struct = p->kind == '{' && kind_of(w->words[1]) == TOKEN_STRUCT,
                          .has_only_semicolons = p->kind == '('};
    w->bracket = b;
}

/* A `}` of arms or statements, but for one that a handler follows. */
static void note(struct walk *w, const struct fmt_piece *p, int next)
{
    struct opened *b = w->bracket;
    if (w->is_at_start)
        w->statement = p->kind;
    w->is_at_start = false;
    if (b && b->has_only_semicolons && p->kind != ';' && p->kind != ')')
        b->has_only_semicolons = false;
    switch (p->kind) {
    case '?': if (p->role == FMT_INFIX && b) b->conditions++; break;
    case ':': if (b && b->conditions) b->conditions--; break;
    case '=': w->is_set = true; break;
    case TOKEN_EXTENDED: if (p->role == FMT_INFIX) w->has_extended = true, w->extended = b; break;
    case '{': case '(': case '[': open_bracket(w, p); break;
    case '}': case ')': case ']': w->bracket = b ? b->outer : NULL; break;
    default: break;
    }
    bool ends = p->role == FMT_ENDING && p->kind != '{';
    if (ends || (p->kind == '{' && p->role == FMT_ENDING) || p->kind == TOKEN_ARROW)
        w->has_extended = w->is_set = false;
    w->is_at_start = (p->role == FMT_ENDING && !(p->kind == '}' && next == TOKEN_ON)) || p->role == FMT_HEADER ||
                     IS(p->kind, TOKEN_ARROW, TOKEN_ELSE);
    for (int i = 2; i > 0; i--)
        w->words[i] = w->words[i - 1];
    w->words[0] = p;
}

/* ---- the space ---- */

/* Before the bracket that opens. */
static int space_before_bracket(const struct walk *w, const struct fmt_piece *p)
{
    const struct fmt_piece *before = w->words[0];
    if (p->kind == '{')
        return p->role == FMT_ENDING || !IS(before->kind, TOKEN_NAME);
    if (p->kind == '[')
        return !is_behind_value(w) && !IS(before->kind, TOKEN_BUILTIN);
    bool is_called = IS(before->kind, TOKEN_NAME, TOKEN_BUILTIN, TOKEN_ASSERT, TOKEN_CHANNEL, ']', ')') ||
                     (before->kind == '>' && before->role == FMT_INNER);
    return !is_called;
}

static int space_after_semicolon(const struct walk *w, const struct fmt_piece *p)
{
    const struct opened *b = w->bracket;
    bool is_empty = b && b->has_only_semicolons && (p->kind == ';' || p->kind == ')');
    return !is_empty;
}

/* Between the last word and this one, on one line. */
static int space_of(const struct walk *w, const struct fmt_piece *p)
{
    const struct fmt_piece *before = w->words[0];
    if (!before)
        return 0;
    if (before->kind == ';')
        return space_after_semicolon(w, p);
    if (p->kind == ';' && before->kind == TOKEN_ARROW)
        return 1;
    if (before->role == FMT_PREFIX && before->kind == p->kind && p->kind != '!')
        return 1; /* - -x is not --x */
    if (IS(p->kind, ';', ',', ')', ']', '.') || IS(before->kind, '(', '[', '.'))
        return 0;
    if (before->role == FMT_PREFIX || p->role == FMT_POSTFIX)
        return 0;
    if (before->kind == '{' || p->kind == '}') {
        return !(w->bracket && w->bracket->role == FMT_INNER);
    }
    if (p->role == FMT_INNER && IS(p->kind, '<', '>', ':'))
        return 0;
    if (before->role == FMT_INNER && before->kind == '<')
        return 0;
    if (IS(p->kind, '(', '[', '{'))
        return space_before_bracket(w, p);
    return 1;
}

int fmt_next(const struct fmt_pieces *pieces, int i)
{
    while (++i < pieces->count)
        if (!fmt_is_comment(&pieces->first[i]))
            return pieces->first[i].kind;
    return 0;
}

/* Comments within a line stand off, but for brackets and separators. */
static int space_at_comment(const struct fmt_piece *before, const struct fmt_piece *p)
{
    if (fmt_is_comment(p))
        return !before || fmt_is_comment(before) || !IS(before->kind, '(', '[');
    return !IS(p->kind, ')', ']', ',', ';');
}

void fmt_space(struct fmt_pieces *pieces)
{
    struct walk w = {.is_at_start = true};
    for (int i = 0; i < pieces->count; i++) {
        struct fmt_piece *p = &pieces->first[i], *before = i ? p - 1 : NULL;
        p->begins = w.is_at_start;
        if (fmt_is_comment(p)) {
            p->space = space_at_comment(before, p);
            continue;
        }
        if (is_field(&w, p->kind, fmt_next(pieces, i)))
            p->kind = TOKEN_NAME;
        p->role = role_of(&w, p->kind);
        p->space = before && fmt_is_comment(before) ? space_at_comment(before, p) : space_of(&w, p);
        note(&w, p, fmt_next(pieces, i));
    }
}
