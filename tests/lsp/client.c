/* client: see client.h. */
#include "client.h"

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_TEXTS = 4096, MOST_MARKS = 10 };

static struct {
    pid_t server;
    int to, from, id;
    char folder[64];
    char *texts[MOST_TEXTS]; /* that were given back */
    size_t text_count;
    struct {
        char name[64];
        int line, column;
    } marks[MOST_MARKS];
    int version;
} client;

/* ---- texts ---- */

static char *keep(char *text)
{
    assert_true(client.text_count < MOST_TEXTS);
    client.texts[client.text_count++] = text;
    return text;
}

__attribute__((format(printf, 1, 2))) static char *format(const char *format, ...)
{
    char *text;
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    text = malloc((size_t)length + 1);
    assert_non_null(text);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return keep(text);
}

/* ---- the server ---- */

static void run_server(int in, int out, const char *const options[])
{
    const char *words[16] = {CSPC, "lsp"};
    for (int i = 0; options && options[i]; i++)
        words[i + 2] = options[i];
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    if (chdir(client.folder) == 0)
        execv(CSPC, (char *const *)words);
    _exit(127);
}

void client_start_raw(const char *const options[])
{
    int in[2], out[2];
    memset(&client, 0, sizeof client);
    snprintf(client.folder, sizeof client.folder, "/tmp/cspc-lsp.XXXXXX");
    assert_non_null(mkdtemp(client.folder));
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    signal(SIGPIPE, SIG_IGN);
    client.server = fork();
    if (client.server == 0) {
        close(in[1]);
        close(out[0]);
        run_server(in[0], out[1], options);
    }
    close(in[0]);
    close(out[1]);
    client.to = in[1];
    client.from = out[0];
}

void client_send(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(client.to, bytes, length);
        assert_true(count > 0);
        bytes += count;
        length -= (size_t)count;
    }
}

void client_hang_up(void)
{
    close(client.to);
}

static bool read_all(char *to, size_t length)
{
    for (ssize_t count; length > 0; to += count, length -= (size_t)count) {
        count = read(client.from, to, length);
        if (count <= 0)
            return false;
    }
    return true;
}

json_t *client_receive(void)
{
    char header[64] = "";
    size_t size = 0;
    while (size < sizeof header - 1 && (size < 4 || memcmp(header + size - 4, "\r\n\r\n", 4) != 0)) {
        if (!read_all(header + size, 1)) {
            assert_int_equal(size, 0); /* no half of a message */
            return NULL;
        }
        size++;
    }
    size_t length = strtoul(strchr(header, ':') + 1, NULL, 10);
    char *text = malloc(length + 1);
    assert_non_null(text);
    assert_true(read_all(text, length));
    json_t *message = json_loadb(text, length, 0, NULL);
    free(text);
    assert_non_null(message);
    assert_string_equal(json_string_value(json_object_get(message, "jsonrpc")), "2.0");
    return message;
}

static void send_json(json_t *message)
{
    json_object_set_new(message, "jsonrpc", json_string("2.0"));
    char *text = json_dumps(message, JSON_COMPACT), header[64];
    snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", strlen(text));
    client_send(header, strlen(header));
    client_send(text, strlen(text));
    free(text);
    json_decref(message);
}

void client_tell(const char *method, json_t *params)
{
    json_t *message = json_pack("{s:s}", "method", method);
    if (params)
        json_object_set_new(message, "params", params);
    send_json(message);
}

/* Notifications that come before it have been asked for by nobody. */
json_t *client_ask(const char *method, json_t *params)
{
    json_t *message = json_pack("{s:s, s:i}", "method", method, "id", ++client.id);
    if (params)
        json_object_set_new(message, "params", params);
    send_json(message);
    while ((message = client_receive())) {
        const json_t *id = json_object_get(message, "id");
        if (json_is_integer(id) && json_integer_value(id) == client.id && !json_object_get(message, "method"))
            return message;
        json_decref(message);
    }
    fail_msg("no answer to %s", method);
    return NULL;
}

static const char *error_of(const json_t *answer)
{
    const json_t *error = json_object_get(answer, "error");
    return error ? format("error %d: %s", (int)json_integer_value(json_object_get(error, "code")),
                          json_string_value(json_object_get(error, "message")))
                 : NULL;
}

const char *client_answer(const char *method, json_t *params)
{
    json_t *answer = client_ask(method, params);
    const char *text = error_of(answer);
    if (!text)
        text = keep(json_dumps(json_object_get(answer, "result"), JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS));
    json_decref(answer);
    return text;
}

static char *uri_of(const char *name)
{
    return strchr(name, ':') ? format("%s", name) : format("file://%s/%s", client.folder, name);
}

void client_start(const char *capabilities, const char *const options[])
{
    client_start_raw(options);
    json_t *can = capabilities ? json_loads(capabilities, 0, NULL) : json_object();
    assert_non_null(can);
    json_decref(client_ask("initialize", json_pack("{s:n, s:o, s:o}", "processId", "rootUri", json_string(uri_of("")),
                                                   "capabilities", can)));
    client_tell("initialized", json_object());
}

static int remove_one(const char *path, const struct stat *status, int flag, struct FTW *walk)
{
    (void)status, (void)flag, (void)walk;
    return remove(path);
}

int client_exit_status(void)
{
    int status;
    json_t *message;
    close(client.to);
    while ((message = client_receive()))
        json_decref(message);
    close(client.from);
    assert_int_equal(waitpid(client.server, &status, 0), client.server);
    nftw(client.folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < client.text_count; i++)
        free(client.texts[i]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void client_stop(void)
{
    assert_string_equal(client_answer("shutdown", NULL), "null");
    client_tell("exit", NULL);
    assert_int_equal(client_exit_status(), 0);
}

/* ---- files ---- */

const char *client_path(const char *name)
{
    return format("%s/%s", client.folder, name);
}

/* In UTF-16. */
static int units(const char *from, const char *to)
{
    int count = 0;
    for (; from < to; from++)
        count += ((unsigned char)*from & 0xC0) != 0x80 ? 1 + ((unsigned char)*from >= 0xF0) : 0;
    return count;
}

/* Takes the marks out and keeps where they were. */
static char *unmarked(const char *name, const char *text)
{
    char *plain = format("%s", text), *to = plain, *line = plain;
    int number = 0;
    for (const char *from = text; *from; from++) {
        if (from[0] == '$' && from[1] >= '1' && from[1] <= '9') {
            int mark = *++from - '0';
            snprintf(client.marks[mark].name, sizeof client.marks[mark].name, "%s", name);
            client.marks[mark].line = number;
            client.marks[mark].column = units(line, to);
            continue;
        }
        *to++ = *from;
        if (*from == '\n') {
            number++;
            line = to;
        }
    }
    *to = '\0';
    return plain;
}

void client_write(const char *name, const char *text)
{
    const char *path = client_path(name), *slash = strchr(name, '/');
    if (slash)
        mkdir(format("%s/%.*s", client.folder, (int)(slash - name), name), 0700);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(unmarked(name, text), file);
    fclose(file);
}

json_t *client_document(const char *name)
{
    return json_pack("{s:{s:s}}", "textDocument", "uri", uri_of(name));
}

const char *client_open(const char *name, const char *text)
{
    client_tell("textDocument/didOpen",
                json_pack("{s:{s:s, s:s, s:i, s:s}}", "textDocument", "uri", uri_of(name), "languageId", "csp",
                          "version", ++client.version, "text", unmarked(name, text)));
    return client_diagnostics();
}

static json_t *position(const char *mark)
{
    int i = mark[0] - '0';
    assert_true(client.marks[i].name[0]);
    return json_pack("{s:i, s:i}", "line", client.marks[i].line, "character", client.marks[i].column);
}

static json_t *range(const char *from, const char *to)
{
    return json_pack("{s:o, s:o}", "start", position(from), "end", position(to));
}

const char *client_edit(const char *name, const char *from, const char *to, const char *text)
{
    client_tell("textDocument/didChange",
                json_pack("{s:{s:s, s:i}, s:[{s:o, s:s}]}", "textDocument", "uri", uri_of(name), "version",
                          ++client.version, "contentChanges", "range", range(from, to), "text", text));
    return client_diagnostics();
}

void client_close(const char *name)
{
    client_tell("textDocument/didClose", client_document(name));
}

/* ---- what comes back ---- */

static int number(const json_t *json, const char *end, const char *what)
{
    return (int)json_integer_value(json_object_get(json_object_get(json, end), what));
}

/* A range in one line, or in several. */
static const char *range_text(const json_t *range)
{
    int line = number(range, "start", "line") + 1, last = number(range, "end", "line") + 1;
    int begin = number(range, "start", "character") + 1, end = number(range, "end", "character") + 1;
    return line == last ? format("%d:%d-%d", line, begin, end) : format("%d:%d-%d:%d", line, begin, last, end);
}

/* A file of the folder by its name there. */
static const char *name_text(const json_t *uri)
{
    const char *text = json_string_value(uri), *front = uri_of("");
    return strncmp(text, front, strlen(front)) == 0 ? text + strlen(front) : text;
}

static const char *location_text(const json_t *location)
{
    return format("%s:%s", name_text(json_object_get(location, "uri")), range_text(json_object_get(location, "range")));
}

static const char *joined(const char *text, const char *separator, const char *more)
{
    return *text ? format("%s%s%s", text, separator, more) : more;
}

static const char *diagnostic_text(const json_t *diagnostic)
{
    static const char *const severities[] = {"?", "error", "warning"};
    const json_t *code = json_object_get(diagnostic, "code"),
                 *related = json_object_get(diagnostic, "relatedInformation");
    const char *text = format("%s %s: %s", range_text(json_object_get(diagnostic, "range")),
                              severities[json_integer_value(json_object_get(diagnostic, "severity"))],
                              json_string_value(json_object_get(diagnostic, "message")));
    if (code)
        text = format("%s [%s]", text, json_string_value(code));
    for (size_t i = 0; i < json_array_size(related); i++) {
        const json_t *note = json_array_get(related, i);
        text = format("%s\n  %s: %s", text, location_text(json_object_get(note, "location")),
                      json_string_value(json_object_get(note, "message")));
    }
    return text;
}

const char *client_diagnostics(void)
{
    json_t *message = client_receive();
    assert_non_null(message);
    assert_string_equal(json_string_value(json_object_get(message, "method")), "textDocument/publishDiagnostics");
    const json_t *params = json_object_get(message, "params"), *list = json_object_get(params, "diagnostics");
    const char *text = "";
    for (size_t i = 0; i < json_array_size(list); i++)
        text = joined(text, "\n", diagnostic_text(json_array_get(list, i)));
    text = format("%s: %s", name_text(json_object_get(params, "uri")), text);
    json_decref(message);
    return text;
}

/* ---- requests ---- */

static json_t *at_mark(const char *mark)
{
    json_t *params = client_document(client.marks[mark[0] - '0'].name);
    json_object_set_new(params, "position", position(mark));
    return params;
}

const char *client_hover(const char *mark)
{
    json_t *answer = client_ask("textDocument/hover", at_mark(mark));
    const json_t *contents = json_object_get(json_object_get(answer, "result"), "contents");
    const char *text = contents ? format("%s", json_string_value(json_object_get(contents, "value"))) : "";
    json_decref(answer);
    return text;
}

const char *client_places(const char *what, const char *mark)
{
    json_t *params = at_mark(mark);
    json_object_set_new(params, "context", json_pack("{s:b}", "includeDeclaration", 1));
    json_t *answer = client_ask(format("textDocument/%s", what), params);
    const json_t *result = json_object_get(answer, "result");
    const char *text = json_is_object(result) ? location_text(result) : "";
    for (size_t i = 0; i < json_array_size(result); i++) {
        const json_t *place = json_array_get(result, i);
        bool has_name = json_object_get(place, "uri");
        text = joined(text, " ", has_name ? location_text(place) : range_text(json_object_get(place, "range")));
    }
    json_decref(answer);
    return text;
}

static const char *edits_text(const char *text, const json_t *uri, const json_t *edits)
{
    for (size_t i = 0; i < json_array_size(edits); i++)
        text = joined(text, " ",
                      format("%s:%s", name_text(uri), range_text(json_object_get(json_array_get(edits, i), "range"))));
    return text;
}

const char *client_rename(const char *mark, const char *name)
{
    json_t *params = at_mark(mark);
    json_object_set_new(params, "newName", json_string(name));
    json_t *answer = client_ask("textDocument/rename", params);
    const char *text = error_of(answer), *uri;
    json_t *changes = json_object_get(json_object_get(answer, "result"), "changes"), *edits;
    json_t *documents = json_object_get(json_object_get(answer, "result"), "documentChanges");
    text = text ? text : "";
    json_object_foreach(changes, uri, edits)
    {
        json_t *of = json_string(uri);
        text = edits_text(text, of, edits);
        json_decref(of);
    }
    for (size_t i = 0; i < json_array_size(documents); i++) {
        const json_t *document = json_array_get(documents, i);
        text = edits_text(text, json_object_get(json_object_get(document, "textDocument"), "uri"),
                          json_object_get(document, "edits"));
    }
    json_decref(answer);
    return text;
}

const char *client_prepare_rename(const char *mark)
{
    json_t *answer = client_ask("textDocument/prepareRename", at_mark(mark));
    const json_t *result = json_object_get(answer, "result");
    const char *text = error_of(answer);
    if (!text)
        text = format("%s %s", range_text(json_object_get(result, "range")),
                      json_string_value(json_object_get(result, "placeholder")));
    json_decref(answer);
    return text;
}

static const char *text_of(const json_t *item, const char *name)
{
    const char *text = json_string_value(json_object_get(item, name));
    return text ? text : "";
}

const char *client_best(const char *mark)
{
    json_t *answer = client_ask("textDocument/completion", at_mark(mark));
    const json_t *items = json_object_get(json_object_get(answer, "result"), "items");
    const char *text = "";
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        const char *inserted = text_of(item, "insertText");
        if (text_of(item, "sortText")[0] == '0')
            text = joined(text, " | ", format("%s", *inserted ? inserted : text_of(item, "label")));
    }
    json_decref(answer);
    return text;
}

bool client_offers(const char *mark, const char *label)
{
    json_t *answer = client_ask("textDocument/completion", at_mark(mark));
    const json_t *items = json_object_get(json_object_get(answer, "result"), "items");
    bool is_there = false;
    for (size_t i = 0; i < json_array_size(items); i++)
        is_there = is_there || strcmp(text_of(json_array_get(items, i), "label"), label) == 0;
    json_decref(answer);
    return is_there;
}

const char *client_actions(const char *from, const char *to)
{
    json_t *params = client_document(client.marks[from[0] - '0'].name);
    json_object_set_new(params, "range", range(from, to));
    json_object_set_new(params, "context", json_pack("{s:[]}", "diagnostics"));
    json_t *answer = client_ask("textDocument/codeAction", params);
    const json_t *list = json_object_get(answer, "result");
    const char *text = "", *uri;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *action = json_array_get(list, i);
        json_t *changes = json_object_get(json_object_get(action, "edit"), "changes"), *edits;
        json_object_foreach(changes, uri, edits)
        {
            const json_t *edit = json_array_get(edits, 0);
            text = joined(text, "\n",
                          format("%s: %s -> %s", text_of(action, "title"), range_text(json_object_get(edit, "range")),
                                 text_of(edit, "newText")));
        }
    }
    json_decref(answer);
    return text;
}

static const char *outline(const json_t *list, const char *indent)
{
    const char *text = "";
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        text = format("%s%s%s %s (%s)\n%s", text, indent, range_text(json_object_get(entry, "range")),
                      text_of(entry, "name"), text_of(entry, "detail"),
                      outline(json_object_get(entry, "children"), format("%s  ", indent)));
    }
    return text;
}

const char *client_outline(const char *name)
{
    json_t *answer = client_ask("textDocument/documentSymbol", client_document(name));
    const char *text = outline(json_object_get(answer, "result"), "");
    json_decref(answer);
    return text;
}
