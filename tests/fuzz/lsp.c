/* A fuzz target of libFuzzer: any bytes are the text of a document that an editor has open, about which it asks
 * everything, at places that depend on them; then they come as messages themselves. Built and started by run. */
#include "lsp.h"

#include <jansson.h>

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *session;

/* Takes over the params. */
static void say(const char *method, int id, json_t *params)
{
    json_t *message = json_pack("{s:s, s:o}", "method", method, "params", params);
    if (id)
        json_object_set_new(message, "id", json_integer(id));
    char *text = json_dumps(message, 0);
    fprintf(session, "Content-Length: %zu\r\n\r\n%s", strlen(text), text);
    free(text);
    json_decref(message);
}

/* Bytes that are no UTF-8 become others: JSON has none. */
static json_t *text_of(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    for (size_t i = 0; i < size; i++)
        text[i] = data[i] < 0x80 ? (char)data[i] : '?';
    json_t *json = json_stringn(text, size);
    free(text);
    return json;
}

static json_t *place(unsigned line, unsigned character)
{
    return json_pack("{s:{s:s}, s:{s:i, s:i}, s:s, s:{s:b}}", "textDocument", "uri", "file:///fuzz.csp", "position",
                     "line", (int)line, "character", (int)character, "newName", "renamed", "context",
                     "includeDeclaration", 1);
}

/* The place of a byte, chosen by the text. */
static json_t *any_place(const uint8_t *data, size_t size, unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    size_t at = size ? (*seed >> 8) % size : 0, line = 0, begin = 0;
    for (size_t i = 0; i < at; i++)
        if (data[i] == '\n') {
            line++;
            begin = i + 1;
        }
    return place((unsigned)line, (unsigned)(at - begin));
}

static void ask(const uint8_t *data, size_t size)
{
    static const char *const methods[] = {"hover",          "definition",    "references", "documentHighlight",
                                          "documentSymbol", "prepareRename", "rename",     "completion",
                                          "completion",     "formatting"};
    unsigned seed = (unsigned)size;
    for (size_t i = 0; i < size; i++)
        seed = seed * 31 + data[i];
    for (int i = 0; i < (int)(sizeof methods / sizeof *methods); i++) {
        char method[64];
        snprintf(method, sizeof method, "textDocument/%s", methods[i]);
        say(method, 10 + i, any_place(data, size, &seed));
    }
    say("textDocument/codeAction", 9,
        json_pack("{s:{s:s}, s:{s:{s:i, s:i}, s:{s:i, s:i}}}", "textDocument", "uri", "file:///fuzz.csp", "range",
                  "start", "line", 0, "character", 0, "end", "line", 99999, "character", 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const library[] = {FUZZ_LIBRARY};
    static const struct options options = {.parse = {library, 1, 1}};
    static int nowhere;
    if (!nowhere)
        nowhere = open("/dev/null", O_WRONLY);
    session = tmpfile();
    if (!session)
        return 0;
    say("initialize", 1, json_object());
    say("textDocument/didOpen", 0,
        json_pack("{s:{s:s, s:i, s:o}}", "textDocument", "uri", "file:///fuzz.csp", "version", 1, "text",
                  text_of(data, size)));
    ask(data, size);
    fwrite(data, 1, size, session);
    fprintf(session, "\nContent-Length: %zu\r\n\r\n", size);
    fwrite(data, 1, size, session);
    fflush(session);
    lseek(fileno(session), 0, SEEK_SET);
    lsp_serve(&options, fileno(session), nowhere);
    fclose(session);
    return 0;
}
