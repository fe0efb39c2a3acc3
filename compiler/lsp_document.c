/* lsp_document: the texts that the editor has open, with the changes that it tells; their names, as URIs and as files.
 * Called by lsp.c and the requests.
 *
 * Imports read these texts, not what is on the disk (lsp_analyse.c). */
#define _XOPEN_SOURCE 700 /* realpath */
#include "lsp_private.h"

#include "path.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct lsp_document *lsp_documents;

/* ---- names ---- */

static int hex(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = digit ? strchr(digits, tolower((unsigned char)digit)) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* file:///a%20b and file://localhost/a%20b are /a b. */
char *lsp_path_of_uri(const char *uri)
{
    static const char scheme[] = "file://";
    if (strncmp(uri, scheme, sizeof scheme - 1) != 0 || !strchr(uri + sizeof scheme - 1, '/'))
        return lsp_copy(uri);
    char *path = lsp_copy(strchr(uri + sizeof scheme - 1, '/')), *to = path;
    for (const char *from = path; *from; from++) {
        bool is_coded = *from == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0 && (from[1] != '0' || from[2] != '0');
        *to++ = is_coded ? (char)(hex(from[1]) * 16 + hex(from[2])) : *from;
        from += is_coded ? 2 : 0;
    }
    *to = '\0';
    return path;
}

char *lsp_real_path(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : lsp_copy(path);
}

json_t *lsp_uri_of_path(const char *path)
{
    const struct lsp_document *document = lsp_document_of_path(path);
    if (document)
        return json_string(document->uri);
    char *real = lsp_real_path(path), *uri = lsp_allocate(strlen(real) * 3 + sizeof "file://");
    size_t size = (size_t)sprintf(uri, "file://");
    for (const char *at = real; *at; at++)
        size += (size_t)sprintf(uri + size, isalnum((unsigned char)*at) || strchr("/-._~", *at) ? "%c" : "%%%02X",
                                (unsigned char)*at);
    json_t *json = json_stringn(uri, size);
    free(real);
    free(uri);
    return json;
}

struct lsp_document *lsp_document_of_uri(const char *uri)
{
    struct lsp_document *document = lsp_documents;
    while (document && strcmp(document->uri, uri) != 0)
        document = document->next;
    return document;
}

struct lsp_document *lsp_document_of_path(const char *path)
{
    for (struct lsp_document *document = lsp_documents; document; document = document->next)
        if (strcmp(document->path, path) == 0 || path_is_same(document->path, path))
            return document;
    return NULL;
}

/* ---- texts ---- */

/* Takes over the text. */
static void set_text(struct lsp_document *document, char *text, size_t length)
{
    lsp_position_forget();
    free(document->text);
    free(document->begins);
    document->text = text;
    size_t count = lsp_count_lines(text, length);
    document->begins = lsp_allocate(count * sizeof *document->begins);
    lsp_find_lines(text, length, document->begins);
    document->lines = (struct lsp_lines){text, length, count, document->begins};
}

/* The text between two bytes becomes another. */
static void replace(struct lsp_document *document, size_t begin, size_t end, const char *by, size_t by_length)
{
    size_t behind = document->lines.length - end;
    char *text = lsp_allocate(begin + by_length + behind + 1);
    memcpy(text, document->text, begin);
    memcpy(text + begin, by, by_length);
    memcpy(text + begin + by_length, document->text + end, behind);
    text[begin + by_length + behind] = '\0';
    set_text(document, text, begin + by_length + behind);
}

void lsp_document_open(const char *uri, const char *text, size_t length, json_int_t version)
{
    struct lsp_document *document = lsp_document_of_uri(uri);
    if (!document) {
        document = lsp_allocate(sizeof *document);
        *document = (struct lsp_document){
            .uri = lsp_copy(uri), .path = lsp_path_of_uri(uri), .text = lsp_copy(""), .next = lsp_documents};
        lsp_documents = document;
    }
    document->version = version;
    replace(document, 0, document->lines.length, text, length);
    document->is_stale = true;
    lsp_documents_stale(document->path);
}

static bool change(struct lsp_document *document, const json_t *change)
{
    const json_t *text = LSP_AT(change, "text"), *range = LSP_AT(change, "range");
    size_t begin = 0, end = document->lines.length;
    if (!json_is_string(text) || (range && !lsp_bytes(&document->lines, range, &begin, &end)))
        return false;
    replace(document, begin, end, json_string_value(text), json_string_length(text));
    return true;
}

bool lsp_document_change(struct lsp_document *document, const json_t *changes)
{
    bool ok = true;
    for (size_t i = 0; ok && i < json_array_size(changes); i++)
        ok = change(document, json_array_get(changes, i));
    document->is_stale = true;
    lsp_documents_stale(document->path);
    return ok;
}

void lsp_document_release_files(struct lsp_document *document)
{
    for (char **file = document->files; file && *file; file++)
        free(*file);
    free(document->files);
    document->files = NULL;
}

static void release(struct lsp_document *document)
{
    lsp_document_release_files(document);
    free(document->uri);
    free(document->path);
    free(document->text);
    free(document->begins);
    free(document);
}

void lsp_document_close(struct lsp_document *document)
{
    struct lsp_document **link = &lsp_documents;
    while (*link != document)
        link = &(*link)->next;
    *link = document->next;
    lsp_documents_stale(document->path);
    release(document);
}

void lsp_documents_release(void)
{
    while (lsp_documents)
        lsp_document_close(lsp_documents);
}

void lsp_documents_stale(const char *path)
{
    lsp_analyse_forget();
    for (struct lsp_document *document = lsp_documents; document; document = document->next) {
        document->is_stale = document->is_stale || !path;
        for (char **file = document->files; path && file && *file; file++)
            document->is_stale = document->is_stale || strcmp(*file, path) == 0 || path_is_same(*file, path);
    }
}

struct lsp_document *lsp_document_at(const json_t *params, size_t *byte)
{
    const char *uri = LSP_TEXT_AT(params, "textDocument", "uri");
    struct lsp_document *document = uri ? lsp_document_of_uri(uri) : NULL;
    if (!document)
        lsp_fail(LSP_INVALID_PARAMS, uri ? "%s is not open" : "there is no textDocument.uri%s", uri ? uri : "");
    else if (byte && !lsp_byte(&document->lines, LSP_AT(params, "position"), byte)) {
        lsp_fail(LSP_INVALID_PARAMS, "there is no position with line and character");
        return NULL;
    }
    return document;
}
