/* lsp_symbol: the outline of a document: what it declares, with the parts of that. Called by lsp.c. */
#include "lsp_private.h"

/* By the specification of the protocol. */
enum kind {
    KIND_MODULE = 2, KIND_CLASS = 5, KIND_FIELD = 8, KIND_ENUM = 10, KIND_INTERFACE = 11, KIND_FUNCTION = 12,
    KIND_VARIABLE = 13, KIND_CONSTANT = 14, KIND_ENUMERATOR = 22, KIND_STRUCT = 23, KIND_EVENT = 24
};

static json_t *entry(const char *name, const char *detail, enum kind kind, struct where whole, struct where at,
                     json_t *children)
{
    struct where range = {whole.begin < at.begin ? whole.begin : at.begin, whole.end > at.end ? whole.end : at.end};
    json_t *json = json_pack("{s:o, s:i, s:o, s:o}", "name", lsp_text(name), "kind", (int)kind, "range",
                             lsp_range_of(range), "selectionRange", lsp_range_of(at));
    if (*detail)
        json_object_set_new(json, "detail", lsp_text(detail));
    if (json_array_size(children) > 0)
        json_object_set(json, "children", children);
    json_decref(children);
    return json;
}

static void add_symbols(json_t *list, const struct symbol *symbols, enum kind kind, const char *detail)
{
    for (; symbols; symbols = symbols->next)
        json_array_append_new(
            list, entry(symbols->name, detail ? detail : lsp_declared(symbols), kind, symbols->at, symbols->at, NULL));
}

/* What a process is made of, seen from outside: its channels and barriers. */
static json_t *parts_of_body(const struct stmt *body)
{
    json_t *parts = json_array();
    for (const struct stmt *stmt = body ? body->body : NULL; stmt; stmt = stmt->next)
        if (stmt->kind == STMT_CHANNEL || stmt->kind == STMT_BARRIER)
            add_symbols(parts, stmt->symbols, KIND_VARIABLE, NULL);
    return parts;
}

static struct where extent_of(const struct declaration *declaration)
{
    struct where at = declaration->at;
    for (const struct stmt *stmt = declaration->body; stmt; stmt = stmt->handler)
        at.end = stmt->at.end > at.end ? stmt->at.end : at.end;
    return at;
}

static void add_declaration(json_t *list, const struct declaration *declaration);

static json_t *members_of(const struct declaration *declaration, enum kind kind)
{
    json_t *members = json_array();
    add_symbols(members, declaration->parameters, kind, kind == KIND_ENUMERATOR ? "" : NULL);
    for (const struct declaration *member = declaration->members; member; member = member->next)
        add_declaration(members, member);
    return members;
}

static void add_declaration(json_t *list, const struct declaration *declaration)
{
    const struct symbol *symbol = declaration->symbol;
    struct where at = extent_of(declaration);
    json_t *json = NULL;
    switch (declaration->kind) {
    case DECLARATION_PROCESS:
    case DECLARATION_FUNCTION:
        json =
            entry(symbol->name, lsp_declared(symbol), KIND_FUNCTION, at, symbol->at, parts_of_body(declaration->body));
        break;
    case DECLARATION_CONST: add_symbols(list, symbol, KIND_CONSTANT, NULL); break;
    case DECLARATION_STRUCT:
        json = entry(symbol->name, "struct", KIND_STRUCT, at, symbol->at, members_of(declaration, KIND_FIELD));
        break;
    case DECLARATION_ENUM:
        json = entry(symbol->name, "enum", KIND_ENUM, at, symbol->at, members_of(declaration, KIND_ENUMERATOR));
        break;
    case DECLARATION_PROTOCOL:
        json = entry(symbol->name, "protocol", KIND_INTERFACE, at, symbol->at, members_of(declaration, KIND_EVENT));
        break;
    case DECLARATION_EXTERN:
        json = entry(*declaration->path ? declaration->path : "extern", "extern", KIND_MODULE, at, declaration->path_at,
                     members_of(declaration, KIND_FIELD));
        break;
    case DECLARATION_OPAQUE: json = entry(symbol->name, "type", KIND_CLASS, at, symbol->at, NULL); break;
    case DECLARATION_IMPORT: break;
    }
    if (json)
        json_array_append_new(list, json);
}

json_t *lsp_document_symbols(const json_t *params)
{
    const struct lsp_document *document = lsp_document_at(params, NULL);
    if (!document)
        return NULL;
    const struct lsp_analysis *analysis = lsp_analyse(document->path);
    json_t *list = json_array();
    for (int i = 0; analysis && i < analysis->declaration_count; i++)
        if (lsp_source_of(analysis->declarations[i]->at.begin) == analysis->source)
            add_declaration(list, analysis->declarations[i]);
    return list;
}
