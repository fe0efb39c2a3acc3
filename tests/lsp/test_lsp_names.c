/* What `cspc lsp` knows of names: hover, definition, references, rename, outline. */
#include "client.h"

#include <string.h>

static const char store[] = "// What a store\n"
                            "// can be asked.\n"
                            "protocol Req { get(int key, !int reply); quit; }\n"
                            "\n"
                            "/* Keeps\n"
                            " * numbers. */\n"
                            "process store($1?Req in) {\n"
                            "    int $2values[4]; // by key\n"
                            "    for (;;)\n"
                            "        in ? {\n"
                            "            get($3k, r) -> r ! values[k];\n"
                            "            quit -> return;\n"
                            "        }\n"
                            "}\n"
                            "\n"
                            "process main() {\n"
                            "    channel Req $4c;\n"
                            "    channel(2) int a[3];\n"
                            "    par {\n"
                            "        $5store(c);\n"
                            "        { c ! $6get(1, $7a[0]); a[0] ? int x; $8println(x); c ! quit; }\n"
                            "    }\n"
                            "}\n";

static void hovers(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    assert_string_equal(client_open("a.csp", store), "a.csp: ");
    assert_string_equal(client_hover("1"), "");
    assert_string_equal(client_hover("2"), "```csp\nint values[4]\n```\n\nby key");
    assert_string_equal(client_hover("3"), "```csp\nint k\n```");
    assert_string_equal(
        client_hover("4"),
        "```csp\nchannel Req c\n```\n\nA channel: `c ! e;` sends, `c ? x;` receives. Processes take its ends, "
        "`!Req` and `?Req`. Messages: `get(int key, !int reply)`, `quit`.");
    assert_string_equal(client_hover("5"), "```csp\nprocess store(?Req in)\n```\n\nKeeps\nnumbers.");
    assert_string_equal(client_hover("6"), "```csp\nget(int key, !int reply)\n```");
    assert_string_equal(
        client_hover("7"),
        "```csp\nchannel(2) int a[3]\n```\n\nA channel with a buffer of 2: `a[i] ! e;` sends, `a[i] ? x;` receives. "
        "Processes take its ends, `!int` and `?int`.");
    assert_string_equal(client_hover("8"), "```csp\nvoid println(...)\n```");
    client_stop();
}

/* Comments in all forms, and what is none. */
static void hovers_over_comments(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    json_t *params = client_document("a.csp");
    json_object_set_new(json_object_get(params, "textDocument"), "text",
                        json_stringn("/* a\0b */\nint one() { return 1; }\n", 34));
    client_tell("textDocument/didOpen", params);
    assert_non_null(strstr(client_diagnostics(), "a stray NUL"));
    params = client_document("a.csp");
    json_object_set_new(params, "position", json_pack("{s:i, s:i}", "line", 1, "character", 4));
    assert_non_null(strstr(client_answer("textDocument/hover", params), "int one()"));
    client_open("b.csp", "process main() {}\n");
    client_open(
        "a.csp",
        "int a() { return 1; } /* of a\n */\nint $1b() { return 1; }\n/** c\n\n   more **/\nint $2c() { return 1; }\n"
        "const string $3D = \"//\"; // of d\n\n//\n///  two \r\n//\nprocess $4main() { int $5x, y; /* no */ }\n");
    assert_string_equal(client_hover("1"), "```csp\nint b()\n```");
    assert_string_equal(client_hover("2"), "```csp\nint c()\n```\n\nc\n\nmore");
    assert_string_equal(client_hover("3"), "```csp\nconst string D = \"//\"\n```\n\nof d");
    assert_string_equal(client_hover("4"), "```csp\nprocess main()\n```\n\n two");
    assert_string_equal(client_hover("5"), "```csp\nint x\n```");
    client_stop();
}

static void hovers_over_types(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_open("a.csp", "const int $1N = 2 * 3; // how many\n"
                         "// Colours.\n"
                         "enum $2Colour { $3red, green }\n"
                         "struct P { int x, y; $4Colour c; }\n"
                         "T $5larger<T>($6T a, T b) { return a > b ? a : b; }\n"
                         "process main(barrier $7b, ref P $8p, !void done) { P q = P{c: red}; sync b; p = q; $9done !; "
                         "println(N, larger(1, 2)); }\n");
    assert_string_equal(client_hover("1"), "```csp\nconst int N = 6\n```\n\nhow many");
    assert_string_equal(client_hover("2"), "```csp\nenum Colour { red, green }\n```\n\nColours.");
    assert_string_equal(client_hover("3"), "```csp\nColour.red\n```");
    assert_string_equal(client_hover("4"), "```csp\nenum Colour { red, green }\n```\n\nColours.");
    assert_string_equal(client_hover("5"), "```csp\nT larger<T>(T a, T b)\n```");
    assert_string_equal(client_hover("6"), "```csp\nT\n```");
    assert_string_equal(client_hover("7"), "```csp\nbarrier b\n```\n\nA barrier: `sync b;` waits for all its members.");
    assert_string_equal(client_hover("8"), "```csp\nref P p\n```");
    assert_string_equal(
        client_hover("9"),
        "```csp\n!void done\n```\n\nA writing end: `done !;` sends, `close done;` says that nothing more comes.");
    client_stop();
}

static void finds_declarations(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_write("lib/b.csp", "const int LIMIT = 4;\nint clip(int n) { return min(n, LIMIT); }\n");
    client_open(
        "a.csp",
        "import $1\"lib/b.csp\";\nimport \"std/plug.csp\";\n"
        "process main() {\n    channel int c, d;\n    { int c = $2clip($3LIMIT); println($4c, $5len(\"a\")); }\n"
        "    par { for (x : c) println($6x); $7id(d, c); close d; }\n}\n");
    assert_string_equal(client_places("definition", "1"), "lib/b.csp:1:1-1");
    assert_string_equal(client_places("definition", "2"), "lib/b.csp:2:5-9");
    assert_string_equal(client_places("definition", "3"), "lib/b.csp:1:11-16");
    assert_string_equal(client_places("definition", "4"), "a.csp:5:11-12");
    assert_string_equal(client_places("definition", "5"), "");
    assert_string_equal(client_places("definition", "6"), "a.csp:6:16-17");
    assert_non_null(strstr(client_places("definition", "7"), "std/plug.csp:"));
    client_stop();
}

static void finds_uses(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_write("b.csp", "struct P { int x, y; }\nint width(P p) { return p.x; }\n");
    client_write("closed/c.csp", "import \"../b.csp\";\nint width2(P p) { return 2 * width(p); }\n");
    client_open(
        "a.csp",
        "import \"b.csp\";\nprocess main() {\n    P $2p = P{x: 1, y: 2};\n    println($1width(p), p.$3x);\n}\n");
    assert_string_equal(client_places("references", "1"), "a.csp:4:13-18 b.csp:2:5-10 closed/c.csp:2:30-35");
    assert_string_equal(client_places("references", "2"), "a.csp:3:7-8 a.csp:4:19-20 a.csp:4:23-24");
    assert_string_equal(client_places("references", "3"), "a.csp:3:13-14 a.csp:4:25-26 b.csp:1:16-17 b.csp:2:27-28");
    assert_string_equal(client_places("documentHighlight", "3"), "3:13-14 4:25-26");
    assert_string_equal(client_places("documentHighlight", "1"), "4:13-18");
    client_stop();
}

/* In all forms in which a name can stand. */
static void finds_every_form(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_open("a.csp", "enum $1E { $2one, two }\nenum F { one, three }\nprotocol $3R { $4ask(E e); tell; }\n"
                         "process p(?R in) {\n    in ? { R.ask(e) -> println(e == one); tell -> ; }\n"
                         "    in ? R r;\n    switch (r) { case ask(e) -> println((e)); case R.tell -> ; }\n}\n"
                         "process main() {\n    channel R c; E e = E.one; F f = F.one;\n"
                         "    par { p(c); { c ! R.ask(one); c ! ask(E(0)); } }\n"
                         "    switch (e) { case one -> ; case E.two -> ; }\n    println(f);\n}\n");
    assert_string_equal(client_places("documentHighlight", "1"), "1:6-7 3:18-19 10:18-19 10:24-25 11:43-44 12:37-38");
    assert_string_equal(client_places("documentHighlight", "2"), "1:10-13 5:37-40 10:26-29 11:29-32 12:23-26");
    assert_string_equal(client_places("documentHighlight", "3"),
                        "3:10-11 4:12-13 5:12-13 6:10-11 7:52-53 10:13-14 11:23-24");
    assert_string_equal(client_places("documentHighlight", "4"), "3:14-17 5:14-17 7:23-26 11:25-28 11:39-42");
    client_stop();
}

static void finds_in_generics(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_open("a.csp", "struct P { int $1x; }\n"
                         "int $2first<T>(T $3a) { return a.x; }\n"
                         "void unused<T>(T b) { T $4c = b; }\n"
                         "process main() { println(first(P{1})); }\n");
    assert_string_equal(client_places("documentHighlight", "1"), "1:16-17 2:30-31");
    assert_string_equal(client_places("documentHighlight", "2"), "2:5-10 4:26-31");
    assert_string_equal(client_places("documentHighlight", "3"), "2:16-17 2:28-29");
    assert_string_equal(client_places("documentHighlight", "4"), "3:25-26");
    client_stop();
}

/* ---- rename ---- */

static void renames(void **state)
{
    (void)state;
    client_start("{\"workspace\": {\"workspaceEdit\": {\"documentChanges\": true}}}", NULL);
    client_write("b.csp", "int width(int n) { return n; }\n");
    client_write("closed.csp", "import \"b.csp\";\nint width2(int p) { return 2 * width(p); }\n");
    client_open("a.csp", "import \"b.csp\";\nprocess main() {\n    int $2x = 1;\n    println($1width(x));\n}\n");
    assert_string_equal(client_prepare_rename("1"), "4:13-18 width");
    assert_string_equal(client_rename("1", "size"), "a.csp:4:13-18 b.csp:1:5-10 closed.csp:2:32-37");
    assert_string_equal(client_rename("2", "y"), "a.csp:3:9-10 a.csp:4:19-20");
    client_stop();
}

static void refuses_names(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_open(
        "a.csp",
        "extern \"c.h\" { int $1f(int n); }\nimport \"std/plug.csp\";\n"
        "process $2main(?char $3stdin) {\n    int $4x = f(1);\n    channel int c, d;\n    par { $5id(c, d); close c; "
        "for (y : d) $6println(y$7); for (b : stdin) println(x, b); }\n}\nstruct S { int $8field; }\n");
    assert_string_equal(client_prepare_rename("1"), "error -32803: f is C's name");
    assert_string_equal(client_prepare_rename("2"), "error -32803: main is the program");
    assert_string_equal(client_prepare_rename("3"), "error -32803: stdin is the real stream by its name");
    assert_string_equal(client_prepare_rename("5"), "error -32803: id belongs to the standard library");
    assert_string_equal(client_prepare_rename("6"), "error -32803: println is built in");
    assert_string_equal(client_rename("4", "while"), "error -32803: while is a word of the language");
    assert_string_equal(client_rename("4", "int"), "error -32803: int is a word of the language");
    assert_string_equal(client_rename("4", "_"),
                        "error -32803: _ is no name: it only stands for a message that is thrown away");
    assert_string_equal(client_rename("4", ""), "error -32803: \"\" is no name");
    assert_string_equal(client_rename("4", "a b"), "error -32803: \"a b\" is no name");
    assert_string_equal(client_rename("4", "1a"), "error -32803: \"1a\" is no name");
    assert_string_equal(client_rename("4", "x//"), "error -32803: \"x//\" is no name");
    assert_string_equal(client_rename("4", "\xC3\xA9"), "error -32803: \"\xC3\xA9\" is no name");
    assert_string_equal(client_rename("8", "while"), "a.csp:8:16-21"); /* fields may be called anything */
    assert_string_equal(client_answer("textDocument/rename", client_document("a.csp")),
                        "error -32602: there is no newName");
    client_stop();
}

/* The new name is another's, or hides it, or is hidden by it. */
static void refuses_clashes(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_write("b.csp", "int $9two() { return 2; }\nint other() { int three = 3; return two() + three; }\n");
    client_open("a.csp", "import \"b.csp\";\nenum E { red, green }\nprocess main() {\n    int $1x = 1, y = 2;\n"
                         "    { int $2z = 3; println(x, z, y, red); }\n    println($3two());\n}\n");
    assert_string_equal(client_rename("1", "y"), "error -32803: a.csp:4: y is declared twice");
    assert_string_equal(client_rename("1", "z"), "error -32803: a.csp:5: z would mean something else here");
    assert_string_equal(client_rename("2", "y"), "error -32803: a.csp:5: y would mean something else here");
    assert_string_equal(client_rename("2", "red"), "error -32803: a.csp:5: red would mean something else here");
    assert_string_equal(client_rename("2", "green"), "a.csp:5:11-12 a.csp:5:29-30");
    assert_string_equal(client_rename("3", "other"), "error -32803: b.csp:2: other is declared twice");
    assert_string_equal(client_rename("3", "three"), "error -32803: b.csp:2: three would mean something else here");
    assert_string_equal(client_rename("3", "main"), "error -32803: a.csp:3: main is declared twice");
    client_open("c.csp", "process main() {\n    int $1x = 1;\n    println(x)\n}\n");
    assert_non_null(strstr(client_rename("1", "y"), "has errors of syntax"));
    client_stop();
}

/* ---- outline ---- */

static void outlines(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    client_write("b.csp", "int one() { return 1; }\n");
    client_open(
        "a.csp",
        "import \"b.csp\";\nconst int N = 1, M = N + 1;\nstruct P { int x, y[M]; }\nenum E { a, b }\n"
        "protocol R { ask(int n); tell; }\nextern \"h.h\" { type T; int f(T t); const int K; }\n"
        "T larger<T>(T a, T b) { return a; }\nprocess main() {\n    channel int c;\n    barrier b;\n    {\n    }\n"
        "} on poison {\n}\n");
    assert_string_equal(client_outline("a.csp"), "2:11-12 N (const int N = 1)\n"
                                                 "2:18-19 M (const int M = 2)\n"
                                                 "3:1-26 P (struct)\n"
                                                 "  3:16-17 x (int x)\n"
                                                 "  3:19-20 y (int y[2])\n"
                                                 "4:1-16 E (enum)\n"
                                                 "  4:10-11 a ()\n"
                                                 "  4:13-14 b ()\n"
                                                 "5:1-33 R (protocol)\n"
                                                 "  5:14-17 ask (ask(int n))\n"
                                                 "  5:26-30 tell (tell)\n"
                                                 "6:1-50 h.h (extern)\n"
                                                 "  6:16-23 T (type)\n"
                                                 "  6:24-35 f (int f(T t))\n"
                                                 "  6:46-47 K (const int K)\n"
                                                 "7:1-36 larger (T larger<T>(T a, T b))\n"
                                                 "8:1-14:2 main (process main())\n"
                                                 "  9:17-18 c (channel int c)\n"
                                                 "  10:13-14 b (barrier b)\n");
    client_stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hovers),
        cmocka_unit_test(hovers_over_comments),
        cmocka_unit_test(hovers_over_types),
        cmocka_unit_test(finds_declarations),
        cmocka_unit_test(finds_uses),
        cmocka_unit_test(finds_every_form),
        cmocka_unit_test(finds_in_generics),
        cmocka_unit_test(renames),
        cmocka_unit_test(refuses_names),
        cmocka_unit_test(refuses_clashes),
        cmocka_unit_test(outlines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
