/* lsp_declare: what is declared, in words: its declaration in one line, and the comment that stands with it. Called by
 * lsp_hover.c and lsp_complete.c. */
#include "lsp_private.h"

#include "arena.h"
#include "constant.h"
#include "type.h"

#include <string.h>

enum { MOST_BYTES = 2000 }; /* of a declaration that is shown whole */

/* ---- texts ---- */

const char *lsp_kept(struct text *text)
{
    const char *kept = arena_printf("%.*s", (int)text->length, text->length ? text->bytes : "");
    text_free(text);
    return kept;
}

static const char *text_at(struct where at)
{
    const struct source *source = lsp_source_of(at.begin);
    return source ? source->text + (at.begin - source->base) : "";
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* On one line, each stretch of blanks as one. */
static const char *squeezed(struct where at)
{
    const char *from = text_at(at);
    size_t length = at.end - at.begin, size = 0;
    char *text = arena_alloc(length + 1);
    for (size_t i = 0; i < length; i++)
        if (!is_blank(from[i]))
            text[size++] = from[i];
        else if (size > 0 && text[size - 1] != ' ')
            text[size++] = ' ';
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == ';'))
        size--;
    text[size] = '\0';
    return text;
}

static const char *whole(struct where at)
{
    if (at.end - at.begin > MOST_BYTES)
        return NULL;
    return arena_printf("%.*s", (int)(at.end - at.begin), text_at(at));
}

/* ---- declarations ---- */

const char *lsp_typed(const struct type *type, const char *name)
{
    const char *behind = name;
    for (; type->kind == TYPE_ARRAY; type = type->of)
        behind =
            type->length < 0 ? arena_printf("%s[]", behind) : arena_printf("%s[%lld]", behind, (long long)type->length);
    return arena_printf("%s %s", type_text(type), behind);
}

/* A variable of any kind. In a generic that nothing calls it has no type yet, only the words for one. */
static const char *typed_symbol(const struct symbol *symbol)
{
    const char *ref = symbol->is_ref ? "ref " : "";
    if (symbol->type && symbol->type->kind != TYPE_ERROR)
        return arena_printf("%s%s", ref, lsp_typed(symbol->type, symbol->name));
    if (symbol->type_name)
        return arena_printf("%s%s %s", ref, squeezed(symbol->type_name->at), symbol->name);
    return symbol->name;
}

static const char *constant(const struct symbol *symbol)
{
    const struct value *value = symbol->value;
    const char *text = arena_printf("const %s", typed_symbol(symbol));
    if (!value || value->kind == VALUE_LIST)
        return text;
    return arena_printf("%s = %s", text, constant_text(value));
}

static const char *shape(const struct symbol *symbol)
{
    struct text words = {0};
    const struct symbol *field = symbol->declaration->parameters;
    text_format(&words, "%s", symbol->name);
    for (const struct symbol *f = field; f; f = f->next)
        text_format(&words, "%s%s", f == field ? "(" : ", ", typed_symbol(f));
    text_format(&words, "%s", field ? ")" : "");
    return lsp_kept(&words);
}

static const char *enumerator(const struct symbol *symbol)
{
    return symbol->type ? arena_printf("%s.%s", type_text(symbol->type), symbol->name) : symbol->name;
}

static const char *builtin(enum builtin builtin)
{
    static const char *const texts[] = {
        [BUILTIN_NONE] = "",
        [BUILTIN_PRINT] = "void print(...)",
        [BUILTIN_PRINTLN] = "void println(...)",
        [BUILTIN_NOW] = "time now()",
        [BUILTIN_LEN] = "int len(a)",
        [BUILTIN_MIN] = "min(a, b, ...)",
        [BUILTIN_MAX] = "max(a, b, ...)",
        [BUILTIN_ABS] = "abs(a)",
    };
    return texts[builtin];
}

static const char *type_declaration(const struct symbol *symbol, const char *keyword)
{
    const char *text = symbol->declaration ? whole(symbol->declaration->at) : NULL;
    return text ? text : arena_printf("%s %s", keyword, symbol->name);
}

const char *lsp_declared(const struct symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_VARIABLE:
    case SYMBOL_PARAMETER:
    case SYMBOL_COUNTER:
    case SYMBOL_CHANNEL: return typed_symbol(symbol);
    case SYMBOL_BARRIER: return arena_printf("barrier %s", symbol->name);
    case SYMBOL_CONSTANT: return constant(symbol);
    case SYMBOL_FUNCTION:
    case SYMBOL_PROCESS: return squeezed(symbol->declaration->at);
    case SYMBOL_BUILTIN: return builtin(symbol->builtin);
    case SYMBOL_STRUCT: return type_declaration(symbol, "struct");
    case SYMBOL_ENUM: return type_declaration(symbol, "enum");
    case SYMBOL_PROTOCOL: return type_declaration(symbol, "protocol");
    case SYMBOL_ENUMERATOR: return enumerator(symbol);
    case SYMBOL_SHAPE: return shape(symbol);
    case SYMBOL_OPAQUE: return arena_printf("type %s", symbol->name);
    case SYMBOL_TYPE_PARAMETER: return symbol->name;
    }
    return "";
}

/* ---- comments ---- */

static const char *line_begin(const char *text, const char *at)
{
    while (at > text && at[-1] != '\n')
        at--;
    return at;
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* The lines of comment from one line up to another, without what makes them comments. */
static const char *stripped(const char *from, const char *to)
{
    struct text words = {0};
    while (from < to) {
        const char *next = memchr(from, '\n', (size_t)(to - from)), *at = skip_blanks(from), *end = next ? next : to;
        at += strspn(at, "/*");
        at += *at == ' ';
        while (end > at && (end[-1] == '/' || end[-1] == '*' || is_blank(end[-1])))
            end--;
        if (at <= end)
            text_format(&words, "%s%.*s", words.length ? "\n" : "", (int)(end - at), at);
        from = next ? next + 1 : to;
    }
    while (words.length > 0 && words.bytes[words.length - 1] == '\n')
        words.length--;
    return lsp_kept(&words);
}

static bool ends_comment(const char *begin, const char *end)
{
    while (end > begin && is_blank(end[-1]))
        end--;
    return end - begin >= 2 && end[-1] == '/' && end[-2] == '*';
}

/* The whole lines of comment right above a line. */
static const char *above(const char *text, const char *line)
{
    const char *first = line;
    bool is_block = false;
    while (first > text) {
        const char *before = line_begin(text, first - 1), *at = skip_blanks(before);
        is_block = is_block || (first == line && ends_comment(before, first));
        if (!is_block && strncmp(at, "//", 2) != 0)
            break;
        first = before;
        if (is_block && strncmp(at, "/*", 2) == 0)
            return stripped(first, line);
        if (is_block && strstr(at, "/*") && strstr(at, "/*") < first + strcspn(first, "\n"))
            return ""; /* it stands behind something else */
    }
    return is_block ? "" : stripped(first, line);
}

/* What stands behind a // in the rest of the line. */
static const char *behind(const char *at)
{
    for (; *at && *at != '\n'; at++) {
        if (*at == '"' || *at == '\'') {
            char quote = *at++;
            while (*at && *at != '\n' && *at != quote)
                at += *at == '\\' && at[1] && at[1] != '\n' ? 2 : 1;
            if (*at != quote)
                return "";
        } else if (at[0] == '/' && at[1] == '/') {
            return stripped(at, at + strcspn(at, "\n"));
        }
    }
    return "";
}

/* Of several things that are declared in one line only the first is meant by the comment above. */
static bool begins_line(const char *line, const char *name)
{
    for (const char *at = line; at < name; at++)
        if (strchr("({;=", *at))
            return false;
    return true;
}

const char *lsp_comment(const struct symbol *symbol)
{
    const struct source *source = lsp_source_of(symbol->at.begin);
    bool is_within =
        symbol->kind == SYMBOL_PARAMETER || symbol->kind == SYMBOL_COUNTER || symbol->kind == SYMBOL_TYPE_PARAMETER;
    if (!source || is_within)
        return "";
    const char *name = text_at(symbol->at);
    bool is_alone = symbol->declaration && symbol->kind != SYMBOL_SHAPE;
    const char *line = line_begin(source->text, is_alone ? text_at(symbol->declaration->at) : name);
    const char *comment = is_alone || begins_line(line, name) ? above(source->text, line) : "";
    return *comment ? comment : behind(name);
}
