/* lsp_hover: what the name under the pointer is: its declaration, what can be done with a channel or an end, and the
 * comment that stands with it. Called by lsp.c. */
#include "lsp_private.h"

#include "arena.h"
#include "type.h"

/* ---- what can be done with it ---- */

static const char *shapes_of(const struct type *protocol)
{
    struct text words = {0};
    for (const struct symbol *shape = protocol->symbol->declaration->parameters; shape; shape = shape->next)
        text_format(&words, "%s`%s`", words.length ? ", " : "Messages: ", lsp_declared(shape));
    return lsp_kept(&words);
}

static const char *use_of_end(const struct type *type, const char *name)
{
    bool is_void = type->of->kind == TYPE_VOID;
    const char *sends = arena_printf(is_void ? "`%s !;` sends" : "`%s ! e;` sends", name);
    const char *receives = arena_printf(is_void ? "`%s ?;` receives" : "`%s ? x;` receives", name);
    const char *of = type_text(type->of);
    if (type->kind == TYPE_OUT)
        return arena_printf("A writing end: %s, `close %s;` says that nothing more comes.", sends, name);
    if (type->kind == TYPE_IN)
        return arena_printf("A reading end: %s, `for (x : %s)` does until it is closed.", receives, name);
    const char *buffer = type->buffer > 0 ? arena_printf(" with a buffer of %lld", (long long)type->buffer) : "";
    return arena_printf("A channel%s: %s, %s. Processes take its ends, `!%s` and `?%s`.", buffer, sends, receives, of,
                        of);
}

static const char *use_of(const struct symbol *symbol)
{
    const struct type *type = symbol->type;
    const char *name = symbol->name;
    if (!type || symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_PROCESS)
        return "";
    for (; type->kind == TYPE_ARRAY; type = type->of)
        name = arena_printf("%s[i]", name);
    if (type->kind == TYPE_BARRIER)
        return arena_printf("A barrier: `sync %s;` waits for all its members.", name);
    if (type->kind != TYPE_IN && type->kind != TYPE_OUT && type->kind != TYPE_CHANNEL)
        return "";
    const char *text = use_of_end(type, name);
    return type->of->kind == TYPE_PROTOCOL ? arena_printf("%s %s.", text, shapes_of(type->of)) : text;
}

static const char *paragraph(const char *before, const char *text)
{
    return *text ? arena_printf("%s\n\n%s", before, text) : before;
}

json_t *lsp_hover(const json_t *params)
{
    size_t byte;
    const struct lsp_document *document = lsp_document_at(params, &byte);
    if (!document)
        return NULL;
    const struct lsp_analysis *analysis = lsp_analyse(document->path);
    const struct names_use *use = analysis ? lsp_use_at(analysis, byte) : NULL;
    if (!use)
        return json_null();
    const char *text = arena_printf("```csp\n%s\n```", lsp_declared(use->symbol));
    text = paragraph(paragraph(text, use_of(use->symbol)), lsp_comment(use->symbol));
    return json_pack("{s:{s:s, s:o}, s:o}", "contents", "kind", "markdown", "value", lsp_text(text), "range",
                     lsp_range_of(use->at));
}
