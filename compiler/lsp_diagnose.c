/* lsp_diagnose: what `cspc check` would print, as the editor marks it, and what the compiler suggests instead. Called
 * by lsp.c.
 *
 * Messages belong to the document that is compiled. An error in a file that it imports is shown at the import; there it
 * leads to the place itself. */
#include "lsp_private.h"

#include "arena.h"
#include "path.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- where a message is shown ---- */

static bool is_in_root(const struct lsp_analysis *analysis, struct where at)
{
    return at.begin == 0 || lsp_source_of(at.begin) == analysis->source;
}

/* Whether a file is another one, or imports it, over any number of files. */
static bool leads_to(const struct lsp_analysis *analysis, const struct source *from, const struct source *to,
                     bool seen[])
{
    if (from == to)
        return true;
    if (!from || seen[from->index])
        return false;
    seen[from->index] = true;
    for (int i = 0; i < analysis->declaration_count; i++) {
        const struct declaration *d = analysis->declarations[i];
        if (d->kind == DECLARATION_IMPORT && lsp_source_of(d->at.begin) == from &&
            leads_to(analysis, d->imported, to, seen))
            return true;
    }
    return false;
}

/* The import of the root by which a file came in. */
static struct where import_of(const struct lsp_analysis *analysis, const struct source *source)
{
    int count = 0;
    for (const struct source *s = source_first(); s; s = s->next)
        count++;
    for (int i = 0; i < analysis->declaration_count; i++) {
        const struct declaration *d = analysis->declarations[i];
        bool *seen = NEW_ARRAY(bool, (size_t)count);
        seen[analysis->source->index] = true;
        if (d->kind == DECLARATION_IMPORT && lsp_source_of(d->at.begin) == analysis->source &&
            leads_to(analysis, d->imported, source, seen))
            return d->path_at;
    }
    return (struct where){analysis->source->base, analysis->source->base};
}

/* ---- a message ---- */

static void relate(json_t *related, struct where at, const char *text)
{
    json_t *location = lsp_location_of(at);
    if (location)
        json_array_append_new(related, json_pack("{s:o, s:o}", "location", location, "message", lsp_text(text)));
}

static json_t *related_to(const struct message *message, bool is_elsewhere)
{
    json_t *related = json_array();
    int callers = 0;
    if (is_elsewhere)
        relate(related, message->at, message->text);
    for (const struct message *note = message->notes; note; note = note->next)
        relate(related, note->at, note->text);
    for (const struct diag_context *c = message->context; c && callers < MOST_CONTEXT; c = c->outer, callers++)
        relate(related, c->at, c->text);
    return related;
}

static json_t *diagnostic(const struct lsp_analysis *analysis, const struct message *message)
{
    enum { ERROR = 1, WARNING = 2, UNNECESSARY = 1 };
    bool is_elsewhere = !is_in_root(analysis, message->at);
    const struct source *source = is_elsewhere ? lsp_source_of(message->at.begin) : NULL;
    struct where at = message->at, begin = {analysis->source->base, analysis->source->base};
    at = is_elsewhere ? import_of(analysis, source) : at.begin ? at : begin;
    const char *text = is_elsewhere ? arena_printf("in %s: %s", path_name(source->path), message->text) : message->text;
    json_t *json =
        json_pack("{s:o, s:i, s:s, s:o}", "range", lsp_range_of(at), "severity",
                  message->severity == SEVERITY_ERROR ? ERROR : WARNING, "source", "cspc", "message", lsp_text(text));
    if (message->warning)
        json_object_set_new(json, "code", json_string(message->warning));
    if (message->warning && (strcmp(message->warning, "unused") == 0 || strcmp(message->warning, "unreachable") == 0))
        json_object_set_new(json, "tags", json_pack("[i]", UNNECESSARY));
    json_t *related = related_to(message, is_elsewhere);
    if (json_array_size(related) > 0)
        json_object_set(json, "relatedInformation", related);
    json_decref(related);
    return json;
}

/* A warning of an imported file belongs to that. */
static bool is_shown(const struct lsp_analysis *analysis, const struct message *message)
{
    return message->severity == SEVERITY_ERROR || is_in_root(analysis, message->at);
}

static void note_files(struct lsp_document *document)
{
    size_t count = 0;
    lsp_document_release_files(document);
    for (const struct source *source = source_first(); source; source = source->next)
        count++;
    document->files = lsp_allocate((count + 1) * sizeof *document->files);
    count = 0;
    for (const struct source *source = source_first(); source; source = source->next)
        if (source->file)
            document->files[count++] = lsp_copy(source->file);
    document->files[count] = NULL;
}

json_t *lsp_diagnostics(struct lsp_document *document)
{
    const struct lsp_analysis *analysis = lsp_analyse(document->path);
    json_t *list = json_array();
    for (int i = 0; analysis && i < analysis->message_count; i++)
        if (is_shown(analysis, analysis->messages[i]))
            json_array_append_new(list, diagnostic(analysis, analysis->messages[i]));
    if (analysis)
        note_files(document);
    document->is_stale = false;
    return json_pack("{s:s, s:I, s:o}", "uri", document->uri, "version", document->version, "diagnostics", list);
}

/* ---- suggestions ---- */

/* The word that a message ends with behind some words, as in «; did you mean count?»; NULL: it does not. */
static const char *word_behind(const char *text, const char *words)
{
    const char *at = strstr(text, words), *word = at ? at + strlen(words) : "";
    size_t length = 0;
    while (isalnum((unsigned char)word[length]) || word[length] == '_')
        length++;
    bool is_end = length > 0 && (word[length] == '\0' || strcmp(word + length, "?") == 0);
    return is_end ? arena_name(word, length) : NULL;
}

static const char *suggestion(const char *text)
{
    const char *word = word_behind(text, "did you mean ");
    return word ? word : word_behind(text, "it is written ");
}

static json_t *fix(const struct lsp_document *document, const struct lsp_analysis *analysis,
                   const struct message *message, const char *word)
{
    json_t *edits = json_pack("[{s:o, s:s}]", "range", lsp_range_of(message->at), "newText", word);
    return json_pack("{s:s, s:s, s:b, s:[o], s:{s:{s:o}}}", "title", arena_printf("Change to %s", word), "kind",
                     "quickfix", "isPreferred", 1, "diagnostics", diagnostic(analysis, message), "edit", "changes",
                     document->uri, edits);
}

json_t *lsp_code_action(const json_t *params)
{
    struct lsp_document *document = lsp_document_at(params, NULL);
    size_t begin, end;
    if (!document)
        return NULL;
    if (!lsp_bytes(&document->lines, LSP_AT(params, "range"), &begin, &end))
        return lsp_fail(LSP_INVALID_PARAMS, "there is no range");
    const struct lsp_analysis *analysis = lsp_analyse(document->path);
    json_t *actions = json_array();
    for (int i = 0; analysis && i < analysis->message_count; i++) {
        const struct message *message = analysis->messages[i];
        uint32_t base = analysis->source->base;
        bool is_here = message->at.begin && is_in_root(analysis, message->at) && message->at.begin - base <= end &&
                       message->at.end - base >= begin;
        const char *word = is_here ? suggestion(message->text) : NULL;
        if (word)
            json_array_append_new(actions, fix(document, analysis, message, word));
    }
    return actions;
}
