/* Diagnostics of `cspc lsp`, as one types, and what it suggests. */
#include "client.h"

#include <string.h>

static void publishes(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    assert_string_equal(client_open("a.csp", "process main() {\n    int count = 1;\n    println($1coumt$2);\n}\n"),
                        "a.csp: 3:13-18 error: unknown name coumt; did you mean count?");
    assert_string_equal(client_actions("1", "2"), "Change to count: 3:13-18 -> count");
    assert_string_equal(client_edit("a.csp", "1", "2", "count"), "a.csp: ");
    assert_string_equal(client_actions("1", "2"), "");
    client_close("a.csp");
    assert_string_equal(client_diagnostics(), "a.csp: ");
    client_stop();
}

static void shows_notes_and_codes(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    assert_string_equal(client_open("a.csp", "process main() {\n    int x, y, y;\n    println(x);\n}\n"),
                        "a.csp: 2:15-16 error: y is declared twice\n  a.csp:2:12-13: y is already a variable");
    assert_string_equal(client_open("b.csp", "process main() {\n    int x;\n}\n"),
                        "b.csp: 2:9-10 warning: the variable x is never used [unused]");
    client_stop();
}

static void takes_options(void **state)
{
    (void)state;
    client_start(NULL, (const char *const[]){"-Wno-unused", "-D", "N=2", NULL});
    assert_string_equal(
        client_open("a.csp", "const int N = 0;\nprocess main() {\n    int x;\n    println(1 / N);\n}\n"), "a.csp: ");
    client_stop();
}

/* What syntax hides from the parser is not reported, and all else keeps its meaning. */
static void recovers(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    const char *text = client_open("a.csp", "int twice(int n) { return 2 * n; }\nprocess main() {\n    int x = $1;\n"
                                            "    println($2twice(x));\n}\n");
    assert_non_null(strstr(text, "a.csp: 3:"));
    assert_null(strstr(text, "\n"));
    assert_string_equal(client_places("definition", "2"), "a.csp:1:5-10");
    assert_string_equal(client_edit("a.csp", "1", "1", "1"), "a.csp: ");
    client_stop();
}

/* What is declared in a block or a file without its end, or in front of what fits nowhere. */
static void keeps_what_is_whole(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "process main() { int $2x; for (;;) { println($1x); }",
        "process main() { int $2x; if (x > 0) { println($1x); }\nprocess p() {}",
        "process main() { int $2x; alt { c ? x -> println($1x); ",
        "process main() { int $2x; println($1x); foo(",
        "process main() { int $2x; println($1x); int y = ",
        "process main() { int $2x; println($1x); }\n}\n",
        "process main() { int $2x; println($1x); }\n) + 1",
        "process main() { int $2x; println($1x); } /* and so on",
        "process main() { int $2x; println($1x); } int f(int",
    };
    client_start(NULL, NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_non_null(strstr(client_open("a.csp", texts[i]), "error"));
        const char *declared = client_places("definition", "1"), *itself = client_places("definition", "2");
        if (!*declared || strcmp(declared, itself) != 0)
            fail_msg("in %s: declared at %s, not %s", texts[i], declared, itself);
    }
    client_stop();
}

static void reads_other_documents(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_write("b.csp", "import \"c.csp\";\nint one() { return 1; }\n");
    client_write("c.csp", "int two() { return 1 }\n");
    assert_string_equal(
        client_open("a.csp", "import \"./b.csp\";\nprocess main() { println(one()); }\n"),
        "a.csp: 1:8-17 error: in c.csp: expected ';' before '}'\n  c.csp:1:22-23: expected ';' before '}'");
    assert_string_equal(client_open("c.csp", "int two() { return 1; }$1\n"), "c.csp: ");
    assert_string_equal(client_diagnostics(), "a.csp: ");
    assert_string_equal(client_edit("c.csp", "1", "1", " int one() { return 3; }"), "c.csp: ");
    assert_non_null(strstr(client_diagnostics(), "one is declared twice"));
    client_close("c.csp"); /* the file counts again */
    assert_string_equal(client_diagnostics(), "c.csp: ");
    assert_non_null(strstr(client_diagnostics(), "expected ';'"));
    client_stop();
}

static void counts_as_the_editor_does(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    assert_string_equal(client_open("a.csp", "process main() { println(\"\xF0\x9F\x90\xB1\xC3\xA9\", $1x$2); }\r\n"),
                        "a.csp: 1:33-34 error: unknown name x");
    assert_string_equal(client_edit("a.csp", "1", "2", "1"), "a.csp: ");
    client_stop();
    client_start("{\"general\": {\"positionEncodings\": [\"utf-8\"]}}", NULL);
    assert_string_equal(client_open("a.csp", "process main() { println(\"\xF0\x9F\x90\xB1\xC3\xA9\", x); }\r\n"),
                        "a.csp: 1:36-37 error: unknown name x");
    client_stop();
}

/* Lines may end with CR alone, as editors count them. */
static void counts_lines(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    assert_string_equal(client_open("a.csp", "\r\r\nprocess main() {\rprintln(x); }"),
                        "a.csp: 4:9-10 error: unknown name x");
    client_stop();
}

static void takes_texts_of_no_file(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    assert_string_equal(
        client_open("untitled:Untitled-1", "import \"std/plug.csp\";\nprocess main() { $1y = 1; }\n"),
        "untitled:Untitled-1: 2:18-19 error: unknown name y; a variable is declared with its type, as in int y = ...;");
    assert_string_equal(client_open("with blank & \xC3\xBC.csp", "process main() {$1}\n"),
                        "with blank & \xC3\xBC.csp: ");
    assert_non_null(
        strstr(client_open("b.csp", "import \"/dev/stdin\";\nprocess main() {}\n"), "this is no file of text"));
    client_stop();
}

static void suggests_words_of_the_language(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_open("a.csp", "process main() {\n    $1long n = 1;\n    println(n);$2\n}\n");
    assert_string_equal(client_actions("1", "2"), "Change to int64: 2:5-9 -> int64");
    client_stop();
}

static void formats(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_open("a.csp", "process main(){println(1);}\n");
    assert_string_equal(
        client_answer("textDocument/formatting", client_document("a.csp")),
        "[{\"newText\":\"process main() { println(1); }\\n\",\"range\":{\"end\":{\"character\":0,\"line\":1},"
        "\"start\":{\"character\":0,\"line\":0}}}]");
    client_open("a.csp", "process main({}\n");
    assert_string_equal(client_answer("textDocument/formatting", client_document("a.csp")),
                        "error -32803: a text with errors of syntax is not formatted");
    client_stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(publishes),
        cmocka_unit_test(shows_notes_and_codes),
        cmocka_unit_test(takes_options),
        cmocka_unit_test(recovers), cmocka_unit_test(keeps_what_is_whole),
        cmocka_unit_test(reads_other_documents),
        cmocka_unit_test(counts_as_the_editor_does),
        cmocka_unit_test(counts_lines),
        cmocka_unit_test(takes_texts_of_no_file),
        cmocka_unit_test(suggests_words_of_the_language),
        cmocka_unit_test(formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
