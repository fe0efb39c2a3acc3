/* lsp_complete: what may stand at the cursor. Called by lsp.c.
 *
 * A word that no program has is put in place of the one that is being written, and the compiler is asked what it knows
 * of that place (names.h). What follows the cursor may not be written yet, so that this is tried with several
 * continuations until the word is a part of a statement. */
#include "lsp_private.h"

#include "arena.h"
#include "csp_parser.h"
#include "scan.h"
#include "type.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define ASKED "cspc_asked_here"

/* By the specification of the protocol. */
enum kind {
    KIND_FUNCTION = 3, KIND_FIELD = 5, KIND_VARIABLE = 6, KIND_CLASS = 7, KIND_INTERFACE = 8, KIND_ENUM = 13,
    KIND_KEYWORD = 14, KIND_SNIPPET = 15, KIND_ENUMERATOR = 20, KIND_CONSTANT = 21, KIND_STRUCT = 22, KIND_EVENT = 23,
    KIND_TYPE_PARAMETER = 25
};

/* Where the cursor is, in a document. */
struct cursor {
    const struct lsp_document *document;
    size_t begin, end; /* of the word at it, up to which it is replaced */
    bool is_in_word;   /* not in a comment, text or number */
    bool is_behind_point;
    const char *closers; /* what closes the brackets that are open in the statement */
};

/* ---- the words in front ---- */

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Whether the blank space in front of a place has a comment that reaches up to it. */
static bool is_in_comment(const char *text, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++) {
        if (text[i] == '/' && text[i + 1] == '/') {
            while (i < to && text[i] != '\n')
                i++;
            if (i == to)
                return true;
        } else if (text[i] == '/' && text[i + 1] == '*') {
            for (i += 2; i + 1 < to && !(text[i] == '*' && text[i + 1] == '/');)
                i++;
            if (i + 1 >= to)
                return true;
            i++;
        }
    }
    return false;
}

static const char *closers_of(const struct bracket *bracket)
{
    struct text words = {0};
    for (; bracket && (bracket->kind != '{' || bracket->is_inner); bracket = bracket->outer)
        text_format(&words, "%c", bracket->kind == '(' ? ')' : bracket->kind == '[' ? ']' : '}');
    return lsp_kept(&words);
}

/* Reads the words up to the cursor. */
static struct cursor find_cursor(const struct lsp_document *document, size_t byte)
{
    struct cursor cursor = {.document = document, .begin = byte, .end = byte, .closers = ""};
    const char *text = document->text;
    while (cursor.begin > 0 && is_letter(text[cursor.begin - 1]))
        cursor.begin--;
    while (is_letter(text[cursor.end]))
        cursor.end++;
    const struct source *source = source_text(document->path, text, document->lines.length);
    struct scanner scanner;
    union GRAMMAR_STYPE value;
    struct where at = {source->base, source->base};
    uint32_t place = source->base + (uint32_t)cursor.begin, last_end = source->base;
    int token = 0, last = 0;
    scan_begin(&scanner, source);
    struct nesting before = scanner.nesting;
    while ((token = scan_token(&scanner, &value, &at)) != TOKEN_END &&
           at.end < place + (token != TOKEN_GRAMMAR_error)) {
        before = scanner.nesting;
        last_end = at.end;
        last = token;
    }
    bool is_inside = token != TOKEN_END && at.begin < place;
    cursor.is_in_word = !is_inside && !isdigit((unsigned char)text[cursor.begin]) &&
                        !is_in_comment(text, last_end - source->base, cursor.begin);
    cursor.is_behind_point = last == '.';
    cursor.closers = closers_of(before.brackets);
    return cursor;
}

/* ---- asking ---- */

/* What the compiler knows with one continuation; NULL where the word is no part of a statement then. */
static const struct names_answer *ask(const struct cursor *cursor, const char *behind)
{
    const struct lsp_lines *lines = &cursor->document->lines;
    size_t rest = lines->length - cursor->end, size = cursor->begin;
    char *text = lsp_allocate(lines->length + strlen(ASKED) + strlen(behind) + 1);
    memcpy(text, lines->text, size);
    size += (size_t)sprintf(text + size, "%s%s", ASKED, behind);
    memcpy(text + size, lines->text + cursor->end, rest + 1);
    struct lsp_patch patch = {.path = cursor->document->path, .text = text, .length = size + rest};
    const struct lsp_analysis *analysis = lsp_analyse_patched(patch.path, &patch, ASKED);
    const struct names_answer *answer = names_answered();
    free(text);
    bool is_known = analysis && (cursor->is_behind_point ? answer->owner != NULL : answer->visible != NULL);
    return is_known ? answer : NULL;
}

/* The rest of a statement, an arm, a guard, a parameter, a declaration. */
static const struct names_answer *ask_all(const struct cursor *cursor)
{
    static const char *const behind[] = {
        "", "%s;", " = 0;", "();", " -> ;%s", " -> ; }", " ? _ -> ;%s", " ? _ -> ; }", " -> ;%s }", " x%s {}", " x;",
        " x() {}"};
    const struct names_answer *answer = NULL;
    char *closers = lsp_copy(cursor->closers);
    for (size_t i = 0; !answer && i < sizeof behind / sizeof *behind; i++) {
        char text[64];
        const char *at = strstr(behind[i], "%s");
        size_t front = at ? (size_t)(at - behind[i]) : strlen(behind[i]);
        snprintf(text, sizeof text, "%.*s%.40s%s", (int)front, behind[i], at ? closers : "", at ? at + 2 : "");
        answer = ask(cursor, text);
    }
    free(closers);
    return answer;
}

/* ---- items ---- */

static void add(json_t *items, const char *label, enum kind kind, const char *detail, int rank)
{
    json_t *item = json_pack("{s:o, s:i, s:o}", "label", lsp_text(label), "kind", (int)kind, "sortText",
                             lsp_text(arena_printf("%d%s", rank, label)));
    if (*detail)
        json_object_set_new(item, "detail", lsp_text(detail));
    json_array_append_new(items, item);
}

/* The last item inserts something else than its label. */
static void insert_instead(json_t *items, const char *text, bool is_snippet)
{
    enum { SNIPPET = 2, ADJUST_INDENTATION = 2 };
    json_t *item = json_array_get(items, json_array_size(items) - 1);
    json_object_set_new(item, "insertText", lsp_text(text));
    json_object_set_new(item, "insertTextMode", json_integer(ADJUST_INDENTATION));
    if (is_snippet)
        json_object_set_new(item, "insertTextFormat", json_integer(SNIPPET));
}

static enum kind kind_of(const struct symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_FUNCTION: case SYMBOL_PROCESS: case SYMBOL_BUILTIN: return KIND_FUNCTION;
    case SYMBOL_CONSTANT: return KIND_CONSTANT;
    case SYMBOL_STRUCT: return KIND_STRUCT;
    case SYMBOL_ENUM: return KIND_ENUM;
    case SYMBOL_ENUMERATOR: return KIND_ENUMERATOR;
    case SYMBOL_PROTOCOL: return KIND_INTERFACE;
    case SYMBOL_SHAPE: return KIND_EVENT;
    case SYMBOL_OPAQUE: return KIND_CLASS;
    case SYMBOL_TYPE_PARAMETER: return KIND_TYPE_PARAMETER;
    default: return KIND_VARIABLE;
    }
}

/* Types have several lines. */
static const char *detail_of(const struct symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_STRUCT: return "struct";
    case SYMBOL_ENUM: return "enum";
    case SYMBOL_PROTOCOL: return "protocol";
    default: return lsp_declared(symbol);
    }
}

/* get(k, r); as a snippet each name is a place to fill in. */
static const char *shape_text(const struct symbol *shape, bool is_snippet)
{
    struct text words = {0};
    const struct symbol *field = shape->declaration->parameters;
    int number = 1;
    text_format(&words, "%s", shape->name);
    for (const struct symbol *f = field; f; f = f->next, number++) {
        text_format(&words, "%s", f == field ? "(" : ", ");
        if (is_snippet)
            text_format(&words, "${%d:%s}", number, f->name);
        else
            text_format(&words, "%s", f->name);
    }
    text_format(&words, "%s", field ? ")" : "");
    return lsp_kept(&words);
}

/* What is sent: the values of a shape are the sender's; without snippets they are written by hand. */
static void add_messages(json_t *items, const struct type *protocol)
{
    for (const struct symbol *shape = protocol->symbol->declaration->parameters; shape; shape = shape->next) {
        add(items, shape->name, KIND_EVENT, lsp_declared(shape), 0);
        if (shape->declaration->parameters)
            insert_instead(items, lsp_client.has_snippets ? shape_text(shape, true) : arena_printf("%s(", shape->name),
                           lsp_client.has_snippets);
    }
}

static void add_arms(json_t *items, const struct type *protocol)
{
    for (const struct symbol *shape = protocol->symbol->declaration->parameters; shape; shape = shape->next) {
        add(items, shape->name, KIND_EVENT, lsp_declared(shape), 0);
        insert_instead(items, arena_printf("%s -> ", shape_text(shape, false)), false);
    }
    add(items, "default", KIND_KEYWORD, "", 1);
}

/* All shapes at once. */
static void add_all_arms(json_t *items, const struct type *protocol)
{
    struct text label = {0}, text = {0};
    text_format(&label, "{");
    text_format(&text, "{\n");
    for (const struct symbol *shape = protocol->symbol->declaration->parameters; shape; shape = shape->next) {
        text_format(&label, " %s", shape->name);
        text_format(&text, "    %s -> ;\n", shape_text(shape, false));
    }
    add(items, arena_printf("%s }", lsp_kept(&label)), KIND_SNIPPET, type_text(protocol), 0);
    insert_instead(items, arena_printf("%s}", lsp_kept(&text)), false);
}

static void add_symbols(json_t *items, const struct symbol *symbols, enum kind kind, const char *behind)
{
    for (const struct symbol *symbol = symbols; symbol; symbol = symbol->next) {
        add(items, symbol->name, kind, lsp_declared(symbol), 0);
        if (*behind)
            insert_instead(items, arena_printf("%s%s", symbol->name, behind), false);
    }
}

static void add_members(json_t *items, const struct type *owner)
{
    if (owner->kind == TYPE_STRUCT)
        add_symbols(items, owner->symbol->declaration->parameters, KIND_FIELD, "");
    if (owner->kind == TYPE_ENUM)
        add_symbols(items, owner->symbol->declaration->parameters, KIND_ENUMERATOR, "");
    if (owner->kind == TYPE_PROTOCOL)
        add_messages(items, owner);
}

static bool is_member_of(const struct symbol *symbol, const struct type *type)
{
    return type && (symbol->kind == SYMBOL_ENUMERATOR || symbol->kind == SYMBOL_SHAPE) && symbol->type == type;
}

/* Shapes stand only where they are sent or received. */
static void add_visible(json_t *items, const struct names_answer *answer)
{
    for (int i = 0; i < answer->count; i++) {
        const struct symbol *symbol = answer->visible[i];
        if (symbol->kind != SYMBOL_SHAPE && !is_member_of(symbol, answer->expected))
            add(items, symbol->name, kind_of(symbol), detail_of(symbol), symbol->region ? 1 : 2);
    }
}

static void add_words(json_t *items)
{
    static const char *const words[] = {
        "process", "channel", "par", "alt", "pri", "for", "while", "if", "else", "switch", "case", "default", "break",
        "continue", "return", "spawn", "poison", "close", "ended", "on", "sync", "barrier", "skip", "stop", "after",
        "at", "when", "yield", "assert", "struct", "enum", "protocol", "const", "extern", "type", "blocking", "import",
        "ref", "true", "false", "bool", "char", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16",
        "uint32", "uint64", "float", "double", "time", "string", "void"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add(items, words[i], KIND_KEYWORD, "", 3);
}

/* What is new in the place of a received message. */
static void add_received(json_t *items, const struct type *carried)
{
    if (carried->kind == TYPE_PROTOCOL)
        add_all_arms(items, carried);
    if (carried->kind != TYPE_ERROR && carried->kind != TYPE_VOID)
        add(items, type_text(carried), KIND_CLASS, "a new variable", 0);
}

static void add_all(json_t *items, const struct names_answer *answer)
{
    const struct type *expected = answer->expected;
    if (answer->owner) {
        add_members(items, answer->owner);
        return;
    }
    if (answer->pattern && answer->pattern->kind == TYPE_PROTOCOL) {
        add_arms(items, answer->pattern);
        return;
    }
    if (answer->literal)
        add_symbols(items, answer->literal->declaration->parameters, KIND_FIELD, ": ");
    if (answer->received)
        add_received(items, answer->received);
    if (expected && (expected->kind == TYPE_PROTOCOL || expected->kind == TYPE_ENUM))
        add_members(items, expected);
    add_visible(items, answer);
    add_words(items);
}

json_t *lsp_completion(const json_t *params)
{
    size_t byte;
    const struct lsp_document *document = lsp_document_at(params, &byte);
    if (!document)
        return NULL;
    lsp_analyse_forget();
    struct cursor cursor = find_cursor(document, byte);
    json_t *items = json_array();
    const struct names_answer *answer = cursor.is_in_word ? ask_all(&cursor) : NULL;
    if (answer)
        add_all(items, answer);
    else if (cursor.is_in_word && !cursor.is_behind_point)
        add_words(items);
    return json_pack("{s:b, s:o}", "isIncomplete", 0, "items", items);
}
