/* lsp_rename: gives a thing another name in all files that are known. Called by lsp.c.
 *
 * Whether the new name clashes with others is not guessed: the edited texts are analysed, and every name in them must
 * mean what it meant before. */
#include "lsp_private.h"

#include "arena.h"
#include "csp_parser.h"
#include "home.h"
#include "path.h"
#include "scan.h"

#include <stdlib.h>
#include <string.h>

/* ---- what can be renamed, and to what ---- */

static bool is_field(const struct symbol *symbol)
{
    return symbol->kind == SYMBOL_VARIABLE && !symbol->region;
}

static bool is_of_library(const struct source *source)
{
    const char *library = home_library();
    size_t length = strlen(library);
    return source && source->file && strncmp(source->file, library, length) == 0 && source->file[length] == '/';
}

static bool is_stream(const struct symbol *symbol)
{
    return symbol->kind == SYMBOL_PARAMETER && symbol->region && symbol->region->declaration->symbol &&
           strcmp(symbol->region->declaration->symbol->name, "main") == 0 &&
           (strcmp(symbol->name, "stdin") == 0 || strcmp(symbol->name, "stdout") == 0 ||
            strcmp(symbol->name, "stderr") == 0);
}

/* Why the name stays; NULL: it need not. */
static const char *refusal(const struct symbol *symbol)
{
    if (symbol->kind == SYMBOL_BUILTIN)
        return arena_printf("%s is built in", symbol->name);
    if (symbol->is_extern || (symbol->declaration && symbol->declaration->is_extern))
        return arena_printf("%s is C's name", symbol->name);
    if (symbol->kind == SYMBOL_PROCESS && strcmp(symbol->name, "main") == 0)
        return "main is the program";
    if (is_stream(symbol))
        return arena_printf("%s is the real stream by its name", symbol->name);
    if (is_of_library(lsp_source_of(symbol->at.begin)))
        return arena_printf("%s belongs to the standard library", symbol->name);
    return NULL;
}

/* Whether the text is one word, and which token that is. */
static bool is_word(const char *text, int *token)
{
    struct scanner scanner;
    union GRAMMAR_STYPE value;
    struct where at;
    scan_begin(&scanner, source_text("name", text, strlen(text)));
    *token = scan_token(&scanner, &value, &at);
    bool is_whole = at.end - at.begin == strlen(text) && (*text == '_' || (*text | 0x20) >= 'a');
    return is_whole && scan_token(&scanner, &value, &at) == TOKEN_END;
}

/* Why the new name cannot stand there; NULL: it can. */
static const char *unfit(const struct symbol *symbol, const char *name)
{
    int token;
    if (!is_word(name, &token))
        return arena_printf("\"%s\" is no name", name);
    if (strcmp(name, "_") == 0)
        return "_ is no name: it only stands for a message that is thrown away";
    if (token != TOKEN_NAME && !is_field(symbol))
        return arena_printf("%s is a word of the language", name);
    if (strcmp(name, "main") == 0 && !symbol->region && symbol->kind == SYMBOL_PROCESS)
        return "main is the program";
    return NULL;
}

/* ---- the meaning of a program: for each name that stands in it the place where that is declared ---- */

struct place {
    int source; /* by index; -1: built in */
    uint32_t byte;
};

struct meaning {
    struct place *names, *declarations;
    int count, messages;
    char **paths; /* of the sources */
    int path_count;
};

static struct place place_of(uint32_t offset)
{
    const struct source *source = lsp_source_of(offset);
    return source ? (struct place){source->index, offset - source->base} : (struct place){-1, 0};
}

static struct meaning meaning_of(const struct lsp_analysis *analysis)
{
    struct meaning meaning = {.count = analysis->use_count, .messages = analysis->message_count};
    size_t size = (size_t)meaning.count * sizeof(struct place);
    meaning.names = lsp_allocate(size);
    meaning.declarations = lsp_allocate(size);
    for (int i = 0; i < meaning.count; i++) {
        meaning.names[i] = place_of(analysis->uses[i]->at.begin);
        meaning.declarations[i] = place_of(analysis->uses[i]->symbol->at.begin);
    }
    for (const struct source *source = source_first(); source; source = source->next) {
        meaning.paths = lsp_reallocate(meaning.paths, ((size_t)meaning.path_count + 1) * sizeof *meaning.paths);
        meaning.paths[meaning.path_count++] = source->file ? lsp_real_path(source->file) : lsp_copy("");
    }
    return meaning;
}

static void release_meaning(struct meaning *meaning)
{
    for (int i = 0; i < meaning->path_count; i++)
        free(meaning->paths[i]);
    free(meaning->paths);
    free(meaning->names);
    free(meaning->declarations);
}

/* How many edits are in files before that one, or in it in front of a byte. */
static size_t edits_before(const struct lsp_finds *finds, const char *path, uint32_t byte)
{
    size_t low = 0, high = finds->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct lsp_found *edit = &finds->items[middle];
        int order = strcmp(edit->path, path);
        if (order < 0 || (order == 0 && edit->begin < byte))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where a place is after the edits, each of which is of one name. */
static struct place moved(const struct meaning *meaning, const struct lsp_finds *finds, struct place place,
                          size_t length)
{
    if (place.source < 0 || finds->count == 0)
        return place;
    const char *path = meaning->paths[place.source];
    uint32_t edits = (uint32_t)(edits_before(finds, path, place.byte) - edits_before(finds, path, 0));
    uint32_t old_length = finds->items[0].end - finds->items[0].begin;
    return (struct place){place.source, place.byte + edits * ((uint32_t)length - old_length)};
}

static bool is_place(struct place a, struct place b)
{
    return a.source == b.source && a.byte == b.byte;
}

/* The first name that means something else now, by its index; -1: there is none. */
static int first_change(const struct meaning *before, const struct meaning *after, const struct lsp_finds *finds,
                        size_t length)
{
    int count = before->count < after->count ? before->count : after->count;
    for (int i = 0; i < count; i++)
        if (!is_place(moved(before, finds, before->names[i], length), after->names[i]) ||
            !is_place(moved(before, finds, before->declarations[i], length), after->declarations[i]))
            return i;
    return before->count == after->count ? -1 : count;
}

/* ---- edited texts ---- */

static char *edited(const struct lsp_finds *finds, size_t first, size_t end, const char *text, size_t length,
                    const char *name, size_t *size)
{
    char *result = lsp_allocate(length + (end - first) * strlen(name) + 1);
    size_t done = 0;
    *size = 0;
    for (size_t i = first; i < end; i++) {
        const struct lsp_found *edit = &finds->items[i];
        memcpy(result + *size, text + done, edit->begin - done);
        *size += edit->begin - done;
        memcpy(result + *size, name, strlen(name));
        *size += strlen(name);
        done = edit->end;
    }
    memcpy(result + *size, text + done, length - done);
    *size += length - done;
    result[*size] = '\0';
    return result;
}

/* A patch for each file in which something is found; NULL, and an error, where one cannot be read any more. */
static struct lsp_patch *make_patches(const struct lsp_finds *finds, const char *name)
{
    struct lsp_patch *patches = NULL;
    const char *why;
    for (size_t first = 0, end; first < finds->count; first = end) {
        const char *path = finds->items[first].path;
        for (end = first; end < finds->count && strcmp(finds->items[end].path, path) == 0;)
            end++;
        const struct source *source = source_read(path, &why);
        if (!source || source->length < finds->items[end - 1].end)
            continue; /* it has just been changed: the editor asks again */
        struct lsp_patch *patch = lsp_allocate(sizeof *patch);
        *patch = (struct lsp_patch){.path = path, .next = patches};
        patch->text = edited(finds, first, end, source->text, source->length, name, &patch->length);
        patches = patch;
    }
    return patches;
}

static void release_patches(struct lsp_patch *patches)
{
    for (const struct lsp_patch *next; patches; patches = (struct lsp_patch *)next) {
        next = patches->next;
        free((char *)patches->text);
        free(patches);
    }
}

/* ---- whether all means the same ---- */

static const char *shown(uint32_t offset)
{
    struct position position = source_position(offset);
    return position.source ? arena_printf("%s:%d", path_name(position.source->path), position.line) : "";
}

static const struct message *second_declaration(const struct lsp_analysis *analysis, const char *name)
{
    const char *text = arena_printf("%s is declared twice", name);
    for (int i = 0; i < analysis->message_count; i++)
        if (strcmp(analysis->messages[i]->text, text) == 0)
            return analysis->messages[i];
    return NULL;
}

/* In the analysis of the new texts. True, and an error for the client, where something has changed. */
static bool is_changed(const struct lsp_analysis *analysis, const struct meaning *before, const struct lsp_finds *finds,
                       const char *name)
{
    struct meaning after = meaning_of(analysis);
    int change = first_change(before, &after, finds, strlen(name));
    bool is_new = analysis->message_count > before->messages;
    const struct message *message = is_new ? second_declaration(analysis, name) : NULL;
    if (message)
        lsp_fail(LSP_REQUEST_FAILED, "%s: %s", shown(message->at.begin), message->text);
    else if (change >= 0 && change < analysis->use_count)
        lsp_fail(LSP_REQUEST_FAILED, "%s: %s would mean something else here", shown(analysis->uses[change]->at.begin),
                 name);
    else if (change >= 0 || is_new)
        lsp_fail(LSP_REQUEST_FAILED, "with the name %s there are errors in %s", name,
                 path_name(analysis->source->path));
    release_meaning(&after);
    return message || change >= 0 || is_new;
}

static bool keeps_meaning(const char *root, const struct lsp_finds *finds, const struct lsp_patch *patches,
                          const char *name)
{
    const struct lsp_analysis *analysis = lsp_analyse(root);
    if (!analysis)
        return true;
    if (analysis->has_syntax_errors) {
        lsp_fail(LSP_REQUEST_FAILED, "%s has errors of syntax: not all names in it are known", root);
        return false;
    }
    struct meaning before = meaning_of(analysis);
    analysis = lsp_analyse_patched(root, patches, NULL);
    bool is_kept = analysis && !is_changed(analysis, &before, finds, name);
    release_meaning(&before);
    lsp_analyse_forget();
    return is_kept;
}

static bool keep_meaning(const struct lsp_finds *finds, const char *name)
{
    struct lsp_patch *patches = make_patches(finds, name);
    bool is_kept = true;
    for (size_t i = 0; is_kept && i < finds->root_count; i++)
        is_kept = keeps_meaning(finds->roots[i], finds, patches, name);
    release_patches(patches);
    return is_kept;
}

/* ---- the answer ---- */

static json_t *document_edit(const char *path, json_t *edits)
{
    const struct lsp_document *document = lsp_document_of_path(path);
    json_t *version = document ? json_integer(document->version) : json_null();
    return json_pack("{s:{s:o, s:o}, s:o}", "textDocument", "uri", lsp_uri_of_path(path), "version", version, "edits",
                     edits);
}

static json_t *edits_of(const struct lsp_finds *finds, const char *name)
{
    json_t *changes = json_object(), *documents = json_array();
    for (size_t i = 0; i < finds->count;) {
        const char *path = finds->items[i].path;
        json_t *edits = json_array(), *uri = lsp_uri_of_path(path);
        for (; i < finds->count && strcmp(finds->items[i].path, path) == 0; i++)
            json_array_append_new(edits, json_pack("{s:O, s:s}", "range", finds->items[i].range, "newText", name));
        json_object_set(changes, json_string_value(uri), edits);
        json_array_append_new(documents, document_edit(path, edits));
        json_decref(uri);
    }
    bool has_documents = lsp_client.has_document_changes;
    json_t *answer =
        json_pack("{s:O}", has_documents ? "documentChanges" : "changes", has_documents ? documents : changes);
    json_decref(changes);
    json_decref(documents);
    return answer;
}

/* The name that a request is about; NULL where there is none or it cannot be renamed, which the client is told. */
static const struct names_use *renamed(const json_t *params, const struct lsp_document **document)
{
    size_t byte;
    *document = lsp_document_at(params, &byte);
    if (!*document)
        return NULL;
    const struct lsp_analysis *analysis = lsp_analyse((*document)->path);
    const struct names_use *use = analysis ? lsp_use_at(analysis, byte) : NULL;
    const char *why = use ? refusal(use->symbol) : "there is no name here that is declared anywhere";
    if (why)
        lsp_fail(LSP_REQUEST_FAILED, "%s", why);
    return why ? NULL : use;
}

json_t *lsp_prepare_rename(const json_t *params)
{
    const struct lsp_document *document;
    const struct names_use *use = renamed(params, &document);
    return use ? json_pack("{s:o, s:s}", "range", lsp_range_of(use->at), "placeholder", use->symbol->name) : NULL;
}

json_t *lsp_rename(const json_t *params)
{
    const struct lsp_document *document;
    const char *name = LSP_TEXT_AT(params, "newName");
    if (!name)
        return lsp_fail(LSP_INVALID_PARAMS, "there is no newName");
    const struct names_use *use = renamed(params, &document);
    const char *why = use ? unfit(use->symbol, name) : NULL;
    if (why)
        return lsp_fail(LSP_REQUEST_FAILED, "%s", why);
    if (!use)
        return NULL;
    struct lsp_finds finds = {0};
    lsp_find(&finds, document, use);
    json_t *answer = keep_meaning(&finds, name) ? edits_of(&finds, name) : NULL;
    lsp_finds_release(&finds);
    return answer;
}
