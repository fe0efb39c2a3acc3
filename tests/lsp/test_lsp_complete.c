/* Completion by `cspc lsp`. */
#include "client.h"

#include <stdio.h>
#include <string.h>

static const char front[] = "protocol Req { get(int key, !int reply); quit; }\n"
                            "enum Colour { red, green }\n"
                            "struct P { int x, y; Colour c; }\n"
                            "process store(?Req in) { in ? _; }\n"
                            "process main() {\n"
                            "    channel Req c;\n"
                            "    channel int d;\n"
                            "    channel P e;\n"
                            "    P p = {1, 2};\n"
                            "    P row[3];\n";
static const char behind[] = "\n    p.x = 3;\n    println(p.x);\n}\n"
                             "process far(int away) { assert(away > 0); }\n";

static void open(const char *text)
{
    char whole[2000];
    snprintf(whole, sizeof whole, "%s%s%s", front, text, behind);
    client_open("a.csp", whole);
}

/* What comes first in the middle of a program. */
static void expect(const char *text, const char *wanted)
{
    open(text);
    const char *found = client_best("1");
    if (strcmp(found, wanted) != 0)
        fail_msg("at %s: expected %s, found %s", text, wanted, found);
}

static void completes_members(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    expect("    p.$1", "x | y | c");
    expect("    p.$1;", "x | y | c");
    expect("    println(row[1].$1", "x | y | c");
    expect("    println(p.$1, 1);", "x | y | c");
    expect("    if (p.x > p.$1) {}", "x | y | c");
    expect("    int n = p.$1x;", "x | y | c");
    expect("    while (p.x < p . $1", "x | y | c");
    expect("    Colour k = Colour.$1", "red | green");
    expect("    d ! p.$1", "x | y | c");
    expect("    p.x.$1", "");
    expect("    nothing.$1", "");
    expect("    for (i : 0 ..$1", "");
    client_stop();
}

static void completes_messages(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    expect("    c ! $1", "get( | quit");
    expect("    c ! q$1;", "get( | quit");
    expect("    { c ! $1 }", "get( | quit");
    expect("    alt { c ! $1 -> ; }", "get( | quit");
    expect("    c ! Req.$1", "get( | quit");
    expect("    c ? $1", "{\n    get(key, reply) -> ;\n    quit -> ;\n} | Req");
    expect("    d ? $1", "int");
    expect("    alt { d ? $1", "int");
    expect("    alt { d ? $1 -> ; }", "int");
    expect("    c ? { $1 }", "get(key, reply) ->  | quit -> ");
    expect("    c ? { $1", "get(key, reply) ->  | quit -> ");
    expect("    c ? { quit -> ; g$1 }", "get(key, reply) ->  | quit -> ");
    expect("    alt { c ? { $1", "get(key, reply) ->  | quit -> ");
    expect("    c ? Req r; switch (r) { case $1", "get(key, reply) ->  | quit -> ");
    client_stop();
}

static void completes_messages_with_places(void **state)
{
    (void)state;
    client_start("{\"textDocument\": {\"completion\": {\"completionItem\": {\"snippetSupport\": true}}}}", NULL);
    expect("    c ! $1", "get(${1:key}, ${2:reply}) | quit");
    client_stop();
}

static void completes_values(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    expect("    Colour k = $1", "red | green");
    expect("    P q = {1, 2, $1", "red | green");
    expect("    P q = P{$1", "x:  | y:  | c: ");
    expect("    switch (p.c) { case $1", "red | green");
    expect("    switch (p.c) { case $1 -> ; default -> ; }", "red | green");
    expect("    p.c = $1", "red | green");
    expect("    if (p.c == $1", "red | green");
    client_stop();
}

static void completes_names(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    static const char *const texts[] = {
        "    $1",       "    pr$1",   "    println($1", "    par { $1 }", "    for (i : 0 .. 3) { $1",
        "    alt { $1", "    if ($1", "    spawn $1",   "    store($1",   "    int n = $1 + 1;",
        "    return $1"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        open(texts[i]);
        bool is_right = client_offers("1", "p") && client_offers("1", "c") && client_offers("1", "println") &&
                        client_offers("1", "store") && client_offers("1", "far") && client_offers("1", "while") &&
                        client_offers("1", "red") && !client_offers("1", "away") && !client_offers("1", "in") &&
                        !client_offers("1", "get");
        if (!is_right)
            fail_msg("at %s", texts[i]);
    }
    client_open("a.csp", "struct P { int x; $1 }\nint f($2) { return 1; }\n$3\nint g(ref $4");
    for (const char *mark = "1234"; *mark; mark++)
        assert_true(client_offers(mark, "P") && client_offers(mark, "int"));
    client_open("a.csp", "process main() { int outer = 1; { int inner = $1; } { int later; $2 } }\n");
    assert_true(client_offers("1", "outer"));
    assert_false(client_offers("1", "inner"));
    assert_true(client_offers("2", "later"));
    assert_false(client_offers("2", "inner"));
    client_stop();
}

static void is_silent_elsewhere(void **state)
{
    (void)state;
    client_start(NULL, NULL);
    static const char *const texts[] = {"    // p.$1",       "    /* p$1",       "    println(\"p.$1\");",
                                        "    println(\"p$1", "    int n = 1$1;", "    println('$1"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        open(texts[i]);
        if (client_offers("1", "p") || client_offers("1", "x") || client_offers("1", "while"))
            fail_msg("at %s", texts[i]);
    }
    client_stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(completes_members),
        cmocka_unit_test(completes_messages),
        cmocka_unit_test(completes_messages_with_places),
        cmocka_unit_test(completes_values),
        cmocka_unit_test(completes_names),
        cmocka_unit_test(is_silent_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
