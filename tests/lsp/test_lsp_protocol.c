/* The protocol of `cspc lsp`: the order of initialize, shutdown and exit, and input that is none. */
#include "client.h"

#include <stdio.h>
#include <string.h>

static void send_text(const char *text)
{
    char header[64];
    snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", strlen(text));
    client_send(header, strlen(header));
    client_send(text, strlen(text));
}

/* The next message has this in it. */
static void expect(const char *wanted)
{
    json_t *message = client_receive();
    assert_non_null(message);
    char *text = json_dumps(message, JSON_COMPACT | JSON_SORT_KEYS);
    if (!strstr(text, wanted))
        fail_msg("expected %s in %s", wanted, text);
    free(text);
    json_decref(message);
}

static void says_what_it_can(void **state)
{
    (void)state;
    client_start("{\"general\": {\"positionEncodings\": [\"utf-16\", \"utf-8\"]}}", NULL);
    const char *again = client_answer("initialize", json_object());
    assert_string_equal(again, "error -32600: the server is initialized already");
    client_stop();
}

static void shuts_down(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    assert_string_equal(client_answer("shutdown", NULL), "null");
    assert_string_equal(client_answer("textDocument/hover", json_object()),
                        "error -32600: after shutdown comes exit, not textDocument/hover");
    client_tell("exit", NULL);
    assert_int_equal(client_exit_status(), 0);
}

static void fails_without_shutdown(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_tell("exit", NULL);
    assert_int_equal(client_exit_status(), 1);
    client_start(NULL, NULL);
    assert_int_equal(client_exit_status(), 1); /* it is gone */
}

static void is_not_initialized(void **state)
{
    (void)state;
    client_start_raw(NULL);
    client_tell("textDocument/didOpen", json_object());
    assert_string_equal(client_answer("textDocument/hover", json_object()),
                        "error -32002: the first request is initialize, not textDocument/hover");
    assert_string_equal(client_answer("shutdown", NULL), "error -32002: the first request is initialize, not shutdown");
    client_tell("exit", NULL);
    assert_int_equal(client_exit_status(), 1);
}

static void does_not_know(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    assert_string_equal(client_answer("textDocument/dance", json_object()),
                        "error -32601: cspc does not know textDocument/dance");
    assert_string_equal(client_answer("$/dance", NULL), "error -32601: cspc does not know $/dance");
    client_tell("$/cancelRequest", json_pack("{s:i}", "id", 1));
    client_tell("workspace/dance", json_array());
    client_stop();
}

static void takes_wrong_params(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_open("a.csp", "process main() {}\n");
    assert_string_equal(client_answer("textDocument/hover", NULL), "error -32602: there is no textDocument.uri");
    assert_string_equal(client_answer("textDocument/hover", json_pack("[i]", 1)),
                        "error -32602: there is no textDocument.uri");
    assert_string_equal(client_answer("textDocument/hover", client_document("untitled:1")),
                        "error -32602: untitled:1 is not open");
    assert_string_equal(client_answer("textDocument/hover", client_document("a.csp")),
                        "error -32602: there is no position with line and character");
    assert_string_equal(client_answer("textDocument/codeAction", client_document("a.csp")),
                        "error -32602: there is no range");
    json_t *params = client_document("a.csp");
    json_object_set_new(params, "position", json_pack("{s:i, s:i}", "line", -1, "character", 0));
    assert_string_equal(client_answer("textDocument/hover", params),
                        "error -32602: there is no position with line and character");
    params = client_document("a.csp");
    json_object_set_new(params, "position", json_pack("{s:i, s:I}", "line", 1, "character", (json_int_t)1 << 60));
    assert_string_equal(client_answer("textDocument/hover", params), "null");
    client_tell("textDocument/didOpen", json_pack("{s:i}", "textDocument", 1));
    client_tell("textDocument/didChange", client_document("a.csp"));
    client_tell("textDocument/didChange", client_document("b.csp"));
    client_tell("textDocument/didClose", NULL);
    client_stop();
}

static void passes_over_garbage(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    static const char garbage[] = "hello\r\n\r\nContent-Length: x\r\n\r\nContent-Length: -1\r\n\r\n\0\n: \r\n";
    client_send(garbage, sizeof garbage - 1);
    send_text("{\"jsonrpc\": \"2.0\", ");
    expect("\"code\":-32700");
    send_text("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"\xff\"}");
    expect("\"code\":-32700");
    send_text("");
    expect("\"code\":-32700");
    send_text("[]");
    expect("\"code\":-32600,\"message\":\"this is no request\"},\"id\":null");
    send_text("{\"id\": 7}");
    expect("\"code\":-32600,\"message\":\"this is no request\"},\"id\":7");
    send_text("{\"id\": {}, \"method\": \"shutdown\"}");
    expect("\"code\":-32600");
    send_text("{\"id\": 7, \"result\": null}"); /* an answer to nothing */
    send_text("{\"id\": \"seven\", \"method\": 7}");
    expect("\"id\":\"seven\"");
    const char *header = "content-length: 58 \r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n";
    client_send(header, strlen(header));
    const char *text = "{\"jsonrpc\": \"2.0\", \"id\": \"one\", \"method\": \"no\\u0000thing\"}";
    assert_int_equal(strlen(text), 58);
    client_send(text, strlen(text));
    expect("\"id\":\"one\"");
    client_stop();
}

/* Deep in each other. */
static void refuses_depth(void **state)
{
    (void)state;
    static char deep[100001];
    client_start(NULL, NULL);
    memset(deep, '[', sizeof deep - 1);
    send_text(deep);
    expect("\"code\":-32700");
    memset(deep, '(', sizeof deep - 1);
    const char *text = client_open("deep.csp", deep);
    assert_non_null(strstr(text, "error"));
    client_stop();
}

static void refuses_length(void **state)
{
    (void)state;
    static char block[1 << 20];
    client_start(NULL, NULL);
    static const char header[] = "Content-Length: 268435457\r\n\r\n";
    client_send(header, sizeof header - 1);
    for (int i = 0; i < 256; i++)
        client_send(block, sizeof block);
    client_send(block, 1);
    expect("this message is too long");
    assert_string_equal(client_answer("shutdown", NULL), "null");
    static const char endless[] = "Content-Length: 99999999999999999999999999999\r\n\r\n{}";
    client_send(endless, sizeof endless - 1);
    assert_int_equal(client_exit_status(), 0);
}

static void ends_in_the_middle(void **state)
{
    (void)state;
    static const char *const parts[] = {"", "Content-Le", "Content-Length: 5\r\n", "Content-Length: 5\r\n\r\n{\"a"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        client_start(NULL, NULL);
        client_send(parts[i], strlen(parts[i]));
        assert_int_equal(client_exit_status(), 1);
    }
}

/* Each analysis gives back what the one before it took; a sanitizer sees what is left at the end. */
static void goes_on_for_long(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_open("a.csp", "process main() { println($1); }\n");
    for (int i = 0; i < 300; i++) {
        client_edit("a.csp", "1", "1", i % 2 ? "x" : "(");
        client_hover("1");
        client_offers("1", "main");
    }
    client_stop();
}

static void watches_files(void **state)
{
    (void)state;
    client_start_raw(NULL);
    const char *can = "{\"workspace\": {\"didChangeWatchedFiles\": {\"dynamicRegistration\": true}}}";
    json_decref(client_ask("initialize", json_pack("{s:o}", "capabilities", json_loads(can, 0, NULL))));
    client_tell("initialized", json_object());
    expect("client/registerCapability");
    send_text("{\"jsonrpc\": \"2.0\", \"id\": \"watch\", \"result\": null}");
    client_write("b.csp", "int one() { return 1; }\n");
    assert_string_equal(client_open("a.csp", "import \"b.csp\";\nprocess main() { println(one()); }\n"), "a.csp: ");
    client_write("b.csp", "int two() { return 2; }\n");
    client_tell("workspace/didChangeWatchedFiles", json_pack("{s:[]}", "changes"));
    assert_string_equal(client_diagnostics(), "a.csp: 2:26-29 error: unknown name one");
    client_stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_it_can),
        cmocka_unit_test(shuts_down),
        cmocka_unit_test(fails_without_shutdown),
        cmocka_unit_test(is_not_initialized),
        cmocka_unit_test(does_not_know),
        cmocka_unit_test(takes_wrong_params),
        cmocka_unit_test(passes_over_garbage),
        cmocka_unit_test(refuses_depth),
        cmocka_unit_test(refuses_length),
        cmocka_unit_test(ends_in_the_middle),
        cmocka_unit_test(goes_on_for_long),
        cmocka_unit_test(watches_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
