/* lsp: the loop of the language server, and who answers what. Called by main (cspc lsp).
 *
 * Messages are taken one after the other. What a change does to the diagnostics is found out when the client has
 * nothing more to say for the moment, so that fast typing is not held up. */
#include "lsp.h"

#include "arena.h"
#include "diag.h"
#include "drive.h"
#include "lsp_private.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct lsp_client lsp_client;

static struct {
    struct lsp_stream stream;
    enum { NEW, RUNNING, SHUT_DOWN } state;
    bool is_over;
    bool is_lost;   /* the client does not read any more */
    bool may_watch; /* the client tells of changed files, where it is asked to */
    json_t *error;  /* of the request at hand */
} server;

/* ---- answers ---- */

json_t *lsp_fail(enum lsp_code code, const char *format, ...)
{
    char text[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    json_decref(server.error);
    server.error = json_pack("{s:i, s:o}", "code", (int)code, "message", lsp_text(text));
    return NULL;
}

static void send_message(json_t *message)
{
    json_object_set_new(message, "jsonrpc", json_string("2.0"));
    server.is_lost = !lsp_write_message(&server.stream, message) || server.is_lost;
}

static void notify(const char *method, json_t *params)
{
    send_message(json_pack("{s:s, s:o}", "method", method, "params", params));
}

/* The result, or the error that lsp_fail has left. A message without a readable id is answered with the id null. */
static void answer(const json_t *id, json_t *result)
{
    json_t *message = json_object();
    json_object_set_new(message, "id", id ? json_incref((json_t *)id) : json_null());
    json_object_set_new(message, server.error ? "error" : "result", server.error ? server.error : result);
    if (server.error)
        json_decref(result);
    server.error = NULL;
    send_message(message);
}

static void publish(void)
{
    for (struct lsp_document *document = lsp_documents; document; document = document->next)
        if (document->is_stale)
            notify("textDocument/publishDiagnostics", lsp_diagnostics(document));
}

/* ---- from initialize to exit ---- */

static bool has_word(const json_t *list, const char *word)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text && strcmp(text, word) == 0)
            return true;
    }
    return false;
}

static void add_folder(const char *uri)
{
    size_t count = 0;
    while (lsp_client.folders && lsp_client.folders[count])
        count++;
    lsp_client.folders = lsp_reallocate(lsp_client.folders, (count + 2) * sizeof *lsp_client.folders);
    lsp_client.folders[count] = lsp_path_of_uri(uri);
    lsp_client.folders[count + 1] = NULL;
}

static void release_folders(void)
{
    for (char **folder = lsp_client.folders; folder && *folder; folder++)
        free(*folder);
    free(lsp_client.folders);
    lsp_client.folders = NULL;
}

static void read_client(const json_t *params)
{
    const json_t *can = LSP_AT(params, "capabilities"), *folders = LSP_AT(params, "workspaceFolders");
    const char *root = LSP_TEXT_AT(params, "rootUri");
    lsp_client.has_utf8 = has_word(LSP_AT(can, "general", "positionEncodings"), "utf-8");
    lsp_client.has_snippets =
        json_is_true(LSP_AT(can, "textDocument", "completion", "completionItem", "snippetSupport"));
    lsp_client.has_document_changes = json_is_true(LSP_AT(can, "workspace", "workspaceEdit", "documentChanges"));
    server.may_watch = json_is_true(LSP_AT(can, "workspace", "didChangeWatchedFiles", "dynamicRegistration"));
    for (size_t i = 0; i < json_array_size(folders); i++)
        if (LSP_TEXT_AT(json_array_get(folders, i), "uri"))
            add_folder(LSP_TEXT_AT(json_array_get(folders, i), "uri"));
    if (json_array_size(folders) == 0 && root)
        add_folder(root);
}

/* What the server can do. A change of 2 is incremental. */
static const char capabilities[] = "{\"textDocumentSync\": {\"openClose\": true, \"change\": 2, \"save\": true},"
                                   " \"hoverProvider\": true, \"definitionProvider\": true,"
                                   " \"referencesProvider\": true, \"documentHighlightProvider\": true,"
                                   " \"documentSymbolProvider\": true, \"documentFormattingProvider\": true,"
                                   " \"renameProvider\": {\"prepareProvider\": true},"
                                   " \"completionProvider\": {\"triggerCharacters\": [\".\", \"!\", \"?\"]},"
                                   " \"codeActionProvider\": {\"codeActionKinds\": [\"quickfix\"]}}";

static json_t *initialize(const json_t *params)
{
    if (server.state != NEW)
        return lsp_fail(LSP_INVALID_REQUEST, "the server is initialized already");
    read_client(params);
    server.state = RUNNING;
    json_t *can = json_loads(capabilities, 0, NULL);
    json_object_set_new(can, "positionEncoding", json_string(lsp_client.has_utf8 ? "utf-8" : "utf-16"));
    return json_pack("{s:o, s:{s:s, s:s}}", "capabilities", can, "serverInfo", "name", "cspc", "version", CSPC_VERSION);
}

/* Files that are changed outside of the editor count, too. */
static void initialized(const json_t *params)
{
    (void)params;
    if (server.may_watch)
        send_message(json_pack("{s:s, s:s, s:{s:[{s:s, s:s, s:{s:[{s:s}]}}]}}", "id", "watch", "method",
                               "client/registerCapability", "params", "registrations", "id", "watch", "method",
                               "workspace/didChangeWatchedFiles", "registerOptions", "watchers", "globPattern",
                               "**/*.csp"));
    server.may_watch = false;
}

static json_t *shut_down(const json_t *params)
{
    (void)params;
    server.state = SHUT_DOWN;
    return json_null();
}

static void leave(const json_t *params)
{
    (void)params;
    server.is_over = true;
}

/* ---- documents ---- */

static void did_open(const json_t *params)
{
    const json_t *text = LSP_AT(params, "textDocument", "text");
    const char *uri = LSP_TEXT_AT(params, "textDocument", "uri");
    if (uri && json_is_string(text))
        lsp_document_open(uri, json_string_value(text), json_string_length(text),
                          json_integer_value(LSP_AT(params, "textDocument", "version")));
}

static struct lsp_document *document_of(const json_t *params)
{
    const char *uri = LSP_TEXT_AT(params, "textDocument", "uri");
    return uri ? lsp_document_of_uri(uri) : NULL;
}

static void did_change(const json_t *params)
{
    struct lsp_document *document = document_of(params);
    const json_t *version = LSP_AT(params, "textDocument", "version");
    if (!document)
        return;
    document->version = json_is_integer(version) ? json_integer_value(version) : document->version + 1;
    if (!lsp_document_change(document, LSP_AT(params, "contentChanges")))
        fputs("cspc lsp: a change without a text or with a wrong range has been left out\n", stderr);
}

static void did_close(const json_t *params)
{
    struct lsp_document *document = document_of(params);
    if (!document)
        return;
    notify("textDocument/publishDiagnostics", json_pack("{s:s, s:[]}", "uri", document->uri, "diagnostics"));
    lsp_document_close(document);
}

/* Some file on the disk is another one. */
static void did_save(const json_t *params)
{
    (void)params;
    lsp_documents_stale(NULL);
}

/* ---- who answers what ---- */

static const struct {
    const char *method;
    json_t *(*answer)(const json_t *params);
} requests[] = {
    {"initialize", initialize},
    {"shutdown", shut_down},
    {"textDocument/hover", lsp_hover},
    {"textDocument/definition", lsp_definition},
    {"textDocument/references", lsp_references},
    {"textDocument/documentHighlight", lsp_highlight},
    {"textDocument/documentSymbol", lsp_document_symbols},
    {"textDocument/prepareRename", lsp_prepare_rename},
    {"textDocument/rename", lsp_rename},
    {"textDocument/completion", lsp_completion},
    {"textDocument/codeAction", lsp_code_action},
    {"textDocument/formatting", lsp_formatting},
};
enum { REQUEST_COUNT = sizeof requests / sizeof *requests };

static const struct {
    const char *method;
    void (*take)(const json_t *params);
} notifications[] = {
    {"initialized", initialized},
    {"exit", leave},
    {"textDocument/didOpen", did_open},
    {"textDocument/didChange", did_change},
    {"textDocument/didClose", did_close},
    {"textDocument/didSave", did_save},
    {"workspace/didChangeWatchedFiles", did_save},
};
enum { NOTIFICATION_COUNT = sizeof notifications / sizeof *notifications };

static json_t *call(const char *method, const json_t *params)
{
    bool is_first = strcmp(method, "initialize") == 0;
    if (server.state == NEW && !is_first)
        return lsp_fail(LSP_NOT_INITIALIZED, "the first request is initialize, not %s", method);
    if (server.state == SHUT_DOWN)
        return lsp_fail(LSP_INVALID_REQUEST, "after shutdown comes exit, not %s", method);
    for (int i = 0; i < REQUEST_COUNT; i++)
        if (strcmp(requests[i].method, method) == 0)
            return requests[i].answer(params);
    return lsp_fail(LSP_METHOD_NOT_FOUND, "cspc does not know %s", method);
}

/* What is not known is nothing that has to be done. */
static void take(const char *method, const json_t *params)
{
    for (int i = 0; i < NOTIFICATION_COUNT; i++) {
        bool is_it = strcmp(notifications[i].method, method) == 0;
        if (is_it && (server.state == RUNNING || notifications[i].take == leave))
            notifications[i].take(params);
    }
    json_decref(server.error);
    server.error = NULL;
}

/* A request has an id and is answered; a notification has none; an answer of the client has no method. */
static void dispatch(const json_t *message)
{
    const char *method = LSP_TEXT_AT(message, "method");
    const json_t *id = LSP_AT(message, "id"), *params = LSP_AT(message, "params");
    bool has_id = json_is_integer(id) || json_is_string(id);
    bool is_answer = !method && has_id && (LSP_AT(message, "result") || LSP_AT(message, "error"));
    if (method && !id)
        take(method, params);
    else if (method && has_id)
        answer(id, call(method, params));
    else if (!is_answer)
        answer(has_id ? id : NULL, lsp_fail(LSP_INVALID_REQUEST, "this is no request"));
}

static void serve_one(void)
{
    json_t *message;
    switch (lsp_read_message(&server.stream, &message)) {
    case LSP_READ: dispatch(message); break;
    case LSP_BAD_JSON: answer(NULL, lsp_fail(LSP_PARSE_ERROR, "this is no JSON")); break;
    case LSP_TOO_LONG: answer(NULL, lsp_fail(LSP_INVALID_REQUEST, "this message is too long")); break;
    case LSP_END: server.is_over = true; break;
    }
    json_decref(message);
}

int lsp_serve(const struct options *options, int in, int out)
{
    memset(&server, 0, sizeof server);
    memset(&lsp_client, 0, sizeof lsp_client);
    server.stream.in = in;
    server.stream.out = out;
    lsp_analyse_begin(options);
    while (!server.is_over && !server.is_lost) {
        if (!lsp_is_pending(&server.stream))
            publish();
        serve_one();
    }
    lsp_documents_release();
    release_folders();
    lsp_analyse_forget();
    source_set_overlay(NULL);
    return server.state == SHUT_DOWN && !server.is_lost ? DONE : FAILED;
}

/* ---- the command ---- */

/* Options that outlive each analysis: they are read into the arena. */
static struct options kept_options(const struct options *options)
{
    struct options kept = {.parse = options->parse};
    const char **paths = lsp_allocate((size_t)options->parse.include_count * sizeof *paths);
    for (int i = 0; i < options->parse.include_count; i++)
        paths[i] = lsp_copy(options->parse.include_paths[i]);
    kept.parse.include_paths = paths;
    struct definition **end = &kept.definitions;
    for (const struct definition *d = options->definitions; d; d = d->next, end = &(*end)->next) {
        *end = lsp_allocate(sizeof **end);
        **end = (struct definition){.name = lsp_copy(d->name), .value = lsp_copy(d->value)};
    }
    return kept;
}

static void release_options(struct options *kept)
{
    for (int i = 0; i < kept->parse.include_count; i++)
        free((char *)kept->parse.include_paths[i]);
    free((void *)kept->parse.include_paths);
    for (struct definition *d = kept->definitions, *next; d; d = next) {
        next = d->next;
        free((char *)d->name);
        free((char *)d->value);
        free(d);
    }
}

int lsp_command(struct options *options)
{
    struct options kept = kept_options(options);
    signal(SIGPIPE, SIG_IGN); /* a client that is gone is seen when it is written to */
    int status = lsp_serve(&kept, STDIN_FILENO, STDOUT_FILENO);
    release_options(&kept);
    return status;
}
