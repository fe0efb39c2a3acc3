/* lsp_private: what the files of the language server share. Called by lsp*.c only.
 *
 * A message is read (lsp_message.c) and dispatched (lsp.c). The texts that the editor has open are documents
 * (lsp_document.c); what the compiler finds out about one of them is an analysis (lsp_analyse.c), of which there is one
 * at a time: the next one gives its memory back. Documents and JSON live outside of the arena. */
#ifndef LSP_PRIVATE_H
#define LSP_PRIVATE_H

#include "ast.h"
#include "diag_private.h"
#include "names.h"
#include "options.h"
#include "text.h"

#include <jansson.h>

/* ---- lsp_message.c: messages and JSON ---- */

/* By the specification of JSON-RPC and the protocol. */
enum lsp_code {
    LSP_PARSE_ERROR = -32700, LSP_INVALID_REQUEST = -32600, LSP_METHOD_NOT_FOUND = -32601,
    LSP_INVALID_PARAMS = -32602, LSP_NOT_INITIALIZED = -32002, LSP_REQUEST_FAILED = -32803
};

enum lsp_read { LSP_READ, LSP_BAD_JSON, LSP_TOO_LONG, LSP_END };

/* The bytes that have been read from the client and not yet used. */
struct lsp_stream {
    int in, out;
    size_t begin, end;
    char bytes[64 * 1024];
};

/* The next message, to be released. What stands between messages and is none is passed over. */
enum lsp_read lsp_read_message(struct lsp_stream *stream, json_t **message);
/* Whether there is more to read at once. */
bool lsp_is_pending(struct lsp_stream *stream);
/* Takes over the message. False where the client cannot be written to any more. */
bool lsp_write_message(struct lsp_stream *stream, json_t *message);

/* Memory outside of the arena, which ends where there is no more as the arena does. */
void *lsp_allocate(size_t size);
void *lsp_reallocate(void *memory, size_t size);
char *lsp_copy(const char *text);
/* Text as JSON; a byte that is no UTF-8 becomes the character that stands for such. */
json_t *lsp_string(const char *text, size_t length);
json_t *lsp_text(const char *text);
/* What stands at a way of names, as in ("textDocument", "uri"); NULL where there is none. The last name is NULL. */
json_t *lsp_at(const json_t *json, const char *const names[]);
#define LSP_AT(json, ...) lsp_at(json, (const char *const[]){__VA_ARGS__, NULL})
/* The text there; NULL where it is none. */
#define LSP_TEXT_AT(json, ...) json_string_value(LSP_AT(json, __VA_ARGS__))

/* ---- lsp.c ---- */

/* The request is answered with an error: its handler returns this. */
json_t *lsp_fail(enum lsp_code code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What the client can do. */
struct lsp_client {
    bool has_utf8;     /* characters of positions are bytes, not the 16-bit units of UTF-16 */
    bool has_snippets; /* completions may have places to fill in */
    bool has_document_changes;
    char **folders; /* of the workspace; the last one is NULL */
};
extern struct lsp_client lsp_client;

/* ---- lsp_position.c: places in texts ---- */

/* A text and where its lines begin; CR, LF and CRLF end one. */
struct lsp_lines {
    const char *text;
    size_t length, count;
    const uint32_t *begins;
};

size_t lsp_count_lines(const char *text, size_t length);
void lsp_find_lines(const char *text, size_t length, uint32_t *begins);
json_t *lsp_position(const struct lsp_lines *lines, size_t byte);
/* Some text is no more, and another one may come to lie where it was. */
void lsp_position_forget(void);
json_t *lsp_range(const struct lsp_lines *lines, size_t begin, size_t end);
/* False where the JSON is no position. One that is outside of the text is the next one inside. */
bool lsp_byte(const struct lsp_lines *lines, const json_t *position, size_t *byte);
/* … no range. */
bool lsp_bytes(const struct lsp_lines *lines, const json_t *range, size_t *begin, size_t *end);

/* ---- lsp_document.c: the texts that are open ---- */

struct lsp_document {
    char *uri, *path;
    char *text; /* length bytes and a NUL */
    json_int_t version;
    struct lsp_lines lines;
    uint32_t *begins;
    bool is_stale; /* its messages have to be found anew */
    char **files;  /* that it is made of, itself too; as the last analysis for messages has found */
    struct lsp_document *next;
};

extern struct lsp_document *lsp_documents;

void lsp_document_open(const char *uri, const char *text, size_t length, json_int_t version);
/* False where a change is none; those before it are made. */
bool lsp_document_change(struct lsp_document *document, const json_t *changes);
void lsp_document_close(struct lsp_document *document);
void lsp_document_release_files(struct lsp_document *document);
/* All, at the end. */
void lsp_documents_release(void);
/* Those that are made of that file, or all where it is NULL, have to be analysed anew. */
void lsp_documents_stale(const char *path);
struct lsp_document *lsp_document_of_uri(const char *uri);
struct lsp_document *lsp_document_of_path(const char *path);
/* The document that a request is about, and where in it; NULL, and an error for the client, where it is about none. */
struct lsp_document *lsp_document_at(const json_t *params, size_t *byte);
/* For other schemes than file:, the whole URI. To be freed. */
char *lsp_path_of_uri(const char *uri);
/* As the editor knows a file. */
json_t *lsp_uri_of_path(const char *path);
/* The one name of a file that has several, to be freed. */
char *lsp_real_path(const char *path);

/* ---- lsp_analyse.c: what the compiler knows ---- */

struct lsp_analysis {
    const struct source *source;       /* the root */
    struct declaration **declarations; /* as they were parsed, those of imported files too */
    int declaration_count;
    struct message **messages;
    int message_count;
    bool has_syntax_errors;
    const struct names_use **uses; /* by place, one for each */
    int use_count;
};

/* A text that stands in for a file, whatever is in it or in an editor. */
struct lsp_patch {
    const char *path, *text;
    size_t length;
    const struct lsp_patch *next;
};

/* The options are kept: what they point to must last. */
void lsp_analyse_begin(const struct options *options);
/* The analysis of a file with what it imports; NULL where it cannot be read. It is valid until the next one is asked
 * for. */
const struct lsp_analysis *lsp_analyse(const char *path);
/* … where some files have another text, and a name of it is asked about (names.h). */
const struct lsp_analysis *lsp_analyse_patched(const char *path, const struct lsp_patch *patches, const char *asked);
/* Something has changed: no analysis holds any more. */
void lsp_analyse_forget(void);

const struct source *lsp_source_of(uint32_t offset);
struct lsp_lines lsp_lines_of(const struct source *source);
json_t *lsp_range_of(struct where at);
json_t *lsp_location_of(struct where at);
/* The use of a name at a byte of the root, also just behind it; NULL: there is none. */
const struct names_use *lsp_use_at(const struct lsp_analysis *analysis, size_t byte);

/* ---- the requests: each takes the params and returns the result ---- */

/* lsp_diagnose.c: what `cspc check` would print, as the editor marks it; what it suggests */
json_t *lsp_diagnostics(struct lsp_document *document);
json_t *lsp_code_action(const json_t *params);
/* lsp_name.c */
json_t *lsp_definition(const json_t *params);
json_t *lsp_references(const json_t *params);
json_t *lsp_highlight(const json_t *params);
/* lsp_rename.c */
json_t *lsp_prepare_rename(const json_t *params);
json_t *lsp_rename(const json_t *params);
/* lsp_hover.c */
json_t *lsp_hover(const json_t *params);
/* lsp_symbol.c */
json_t *lsp_document_symbols(const json_t *params);
/* lsp_complete.c */
json_t *lsp_completion(const json_t *params);
/* lsp_format.c */
json_t *lsp_formatting(const json_t *params);

/* ---- lsp_find.c: all places that name one thing, in all files that are known ---- */

struct lsp_found {
    char *path;
    uint32_t begin, end; /* bytes */
    bool is_declaration;
    json_t *range;
};

struct lsp_finds {
    struct lsp_found *items;
    size_t count, room;
    char **roots; /* the files that were analysed; the last one is NULL */
    size_t root_count;
};

/* What is named at a byte of a document. */
void lsp_find(struct lsp_finds *finds, const struct lsp_document *document, const struct names_use *use);
void lsp_finds_release(struct lsp_finds *finds);

/* lsp_declare.c: a symbol in words */
/* A text that has been put together, in the arena. */
const char *lsp_kept(struct text *text);
/* As it is declared, in one line or, a type, in several. */
const char *lsp_declared(const struct symbol *symbol);
/* The text of a type with the name in it, as in int a[3]. */
const char *lsp_typed(const struct type *type, const char *name);
/* The comment above its declaration, or behind it in the same line; "" where there is none. */
const char *lsp_comment(const struct symbol *symbol);

#endif
