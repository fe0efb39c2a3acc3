/* lsp_name: where a name is declared and where it is used. Called by lsp.c. */
#include "lsp_private.h"

/* A use, or nothing where there is no name. False: the request has been refused. */
static bool find_use(const json_t *params, const struct lsp_document **document, const struct lsp_analysis **analysis,
                     const struct names_use **use, size_t *byte)
{
    *document = lsp_document_at(params, byte);
    *analysis = *document ? lsp_analyse((*document)->path) : NULL;
    *use = *analysis ? lsp_use_at(*analysis, *byte) : NULL;
    return *document != NULL;
}

/* The file whose import is at a byte of the root. */
static json_t *imported_at(const struct lsp_analysis *analysis, size_t byte)
{
    uint32_t place = analysis->source->base + (uint32_t)byte;
    for (int i = 0; i < analysis->declaration_count; i++) {
        const struct declaration *d = analysis->declarations[i];
        if (d->kind == DECLARATION_IMPORT && d->imported && d->path_at.begin <= place && place <= d->path_at.end)
            return lsp_location_of((struct where){d->imported->base, d->imported->base});
    }
    return NULL;
}

static json_t *or_null(json_t *json)
{
    return json ? json : json_null();
}

json_t *lsp_definition(const json_t *params)
{
    const struct lsp_document *document;
    const struct lsp_analysis *analysis;
    const struct names_use *use;
    size_t byte;
    if (!find_use(params, &document, &analysis, &use, &byte))
        return NULL;
    if (use)
        return or_null(lsp_location_of(use->symbol->at));
    return or_null(analysis ? imported_at(analysis, byte) : NULL);
}

json_t *lsp_highlight(const json_t *params)
{
    const struct lsp_document *document;
    const struct lsp_analysis *analysis;
    const struct names_use *use;
    size_t byte;
    if (!find_use(params, &document, &analysis, &use, &byte))
        return NULL;
    json_t *list = json_array();
    for (int i = 0; use && i < analysis->use_count; i++) {
        const struct names_use *other = analysis->uses[i];
        bool is_same =
            use->symbol->at.begin ? use->symbol->at.begin == other->symbol->at.begin : use->symbol == other->symbol;
        if (is_same && lsp_source_of(other->at.begin) == analysis->source)
            json_array_append_new(list, json_pack("{s:o}", "range", lsp_range_of(other->at)));
    }
    return list;
}

json_t *lsp_references(const json_t *params)
{
    const struct lsp_document *document;
    const struct lsp_analysis *analysis;
    const struct names_use *use;
    size_t byte;
    if (!find_use(params, &document, &analysis, &use, &byte))
        return NULL;
    json_t *list = json_array();
    bool has_declaration = json_is_true(LSP_AT(params, "context", "includeDeclaration"));
    struct lsp_finds finds = {0};
    if (use)
        lsp_find(&finds, document, use);
    for (size_t i = 0; i < finds.count; i++)
        if (has_declaration || !finds.items[i].is_declaration)
            json_array_append_new(list, json_pack("{s:o, s:O}", "uri", lsp_uri_of_path(finds.items[i].path), "range",
                                                  finds.items[i].range));
    lsp_finds_release(&finds);
    return list;
}
