/* usage: which pars race (language.md § 4, § 11). Each case is the body of a process; the marks of what is reported are
 * given as line:column, the body beginning in line 1. */
#include "compiler_text.h"
#include "usage.h"

/* The line in front of each body: what the bodies call and use. */
static const char prelude[] =
    "void bump(ref int n) { n++; } "
    "void fill(ref int row[]) { row[0] = 1; } "
    "void show(int n) { println(n); } "
    "int sum(int a[]) { return a[0]; } "
    "process count(?int in, ref int n) { for (_ : in) n++; } "
    "process main(int n = 1) { channel int c; channel int cs[4]; int x, y; int a[4]; int grid[4][4]; bool go; "
    "par { c ! sum(a) + x + y + grid[0][0]; c ? _; } if (go) println(n); cs[0] ! 1;\n";

/* What is reported about the body, to be freed. */
static char *messages_about(const char *body)
{
    char *program;
    size_t length;
    FILE *to = open_memstream(&program, &length);
    fprintf(to, "%s%s}\n", prelude, body);
    fclose(to);
    struct module *module = text_check(program);
    text_expect(body, 0, NULL);
    usage_module(module);
    char *messages = text_messages();
    text_release();
    free(program);
    return messages;
}

/* The places of the errors, "2:5 7:1 ", without their texts. The prelude's line is line 0. */
static void error_places(const char *messages, char *places, size_t size)
{
    static const char path[] = "test.csp";
    places[0] = '\0';
    for (const char *at = messages; (at = strstr(at, path)); at += strlen(path)) {
        int line, column, read = 0;
        if (sscanf(at + strlen(path), ":%d:%d: error:%n", &line, &column, &read) == 2 && read)
            snprintf(places + strlen(places), size - strlen(places), "%d:%d ", line - 1, column);
    }
}

static void expect_at(const char *file, int line, const char *body, const char *wanted)
{
    char places[400];
    char *messages = messages_about(body);
    error_places(messages, places, sizeof places);
    if (strcmp(places, wanted) != 0) {
        print_error("%s:%d: expected errors at \"%s\", found\n%s", file, line, wanted, messages);
        free(messages);
        fail();
    }
    free(messages);
}

#define EXPECT(body, wanted) expect_at(__FILE__, __LINE__, body, wanted)
#define FINE(body) EXPECT(body, "")

static void test_variables(void **state)
{
    (void)state;
    FINE("par { x = 1; y = 1; }");
    FINE("par { show(n); show(n); y = n; }");
    FINE("par { x = 1; skip; } par { skip; x = 2; }");
    FINE("par { { x = 1; println(x); } skip; }");
    EXPECT("par { x = 1; x = 2; }", "1:14 ");
    EXPECT("par { x = 1; y = x; }", "1:18 ");
    EXPECT("par { y = x; x = 1; }", "1:14 ");
    EXPECT("par { x++; skip; y += x; }", "1:23 ");
    EXPECT("par { x = 1; y = n > 0 ? -x : 1; }", "1:27 ");
    EXPECT("par { x = 1; { int z = x; show(z); } }", "1:24 ");
}

static void test_every_kind_of_use(void **state)
{
    (void)state;
    EXPECT("par { c ? x; c ! x; }", "1:18 ");
    EXPECT("par { bump(x); show(x); }", "1:21 ");
    EXPECT("par { count(c, x); c ! x; }", "1:24 ");
    EXPECT("par { fill(a); show(sum(a)); }", "1:25 ");
    EXPECT("par { x = 1; { while (x > 0) skip; } }", "1:23 ");
    EXPECT("par { x = 1; { for (;x > 0;) skip; } }", "1:22 ");
    EXPECT("par { x = 1; { for (i : 0 .. x) skip; } }", "1:30 ");
    EXPECT("par { x = 1; { for (; go; x--) skip; } }", "1:27 ");
    EXPECT("par { x = 1; { if (go) skip; else x = 2; } }", "1:35 ");
    EXPECT("par { x = 1; { switch (n) { case 1 -> skip; default -> x = 2; } } }", "1:56 ");
    EXPECT("par { x = 1; { switch (x) { case 1 -> skip; default -> skip; } } }", "1:24 ");
    EXPECT("par { x = 1; { c ? int z; } on poison { x = 2; } }", "1:41 ");
    EXPECT("par { x = 1; cs[x] ! 1; }", "1:17 ");
    EXPECT("par { x = 1; close cs[x]; }", "1:23 ");
    EXPECT("par { x = 1; assert(go, x); }", "1:25 ");
    EXPECT("par { x = 1; after x * 1ms; }", "1:20 ");
    EXPECT("par { x = 1; a[x] = 1; }", "1:16 ");
    EXPECT("par { x = 1; c ? a[x]; }", "1:20 ");
    EXPECT("par { x = 1; { int b[2] = {1, x}; show(b[0]); } }", "1:31 ");
    FINE("par { a[0] = 1; show(len(a)); }");
    FINE("par { a[0] = 1; show(len(grid[n])); }");
}

static void test_alts(void **state)
{
    (void)state;
    EXPECT("par { x = 1; alt { when (x > 0) c ? int z -> show(z); } }", "1:26 ");
    EXPECT("par { x = 1; alt { c ? x -> skip; } }", "1:24 ");
    EXPECT("par { x = 1; alt { c ! x -> skip; } }", "1:24 ");
    EXPECT("par { x = 1; alt { c ? int z -> x = z; } }", "1:33 ");
    EXPECT("par { x = 1; alt { after x * 1ms -> skip; } }", "1:26 ");
    EXPECT("par { x = 1; alt { for (i : 0 .. x) cs[i] ? int z -> show(z); } }", "1:34 ");
    EXPECT("par { x = 1; alt { for (i : 0 .. 4) cs[i] ? int z -> x = z; } }", "1:54 ");
    FINE("par { c ? x; alt { c ! y -> y = 0; } }");
}

static void test_pars_in_pars(void **state)
{
    (void)state;
    FINE("par { par { x = 1; y = 1; } show(n); }");
    EXPECT("par { par { x = 1; y = 1; } show(x); }", "1:34 ");
    EXPECT("par { par { show(x); y = 1; } x = 2; }", "1:31 ");
    EXPECT("par { par { x = 1; x = 2; } skip; }", "1:20 ");
    EXPECT("par { par for (i : 0 .. x) skip; x = 1; }", "1:34 ");
    EXPECT("par for (i : 0 .. 4) par { a[i] = 1; a[i] = 2; }", "1:38 ");
    EXPECT("par { { par { x = 1; skip; } on poison { y = 1; } } y = 2; }", "1:53 ");
    FINE("par { { int z; par { z = 1; skip; } show(z); } { int z; z = 2; show(z); } }");
}

static void test_elements(void **state)
{
    (void)state;
    FINE("par { a[0] = 1; a[1] = 2; show(a[2]); }");
    FINE("par { fill(grid[0]); fill(grid[1]); grid[2][0] = 1; grid[2][1] = 1; }");
    FINE("for (k : 0 .. 4) par { grid[k][0] = 1; grid[k][1] = 1; }");
    FINE("par { grid[n][0] = 1; show(grid[x][1]); }");
    EXPECT("par { a[0] = 1; a[0] = 2; }", "1:17 ");
    EXPECT("par { a[0] = 1; show(a[n]); }", "1:22 ");
    EXPECT("par { a[n] = 1; a[n + 1] = 2; }", "1:17 ");
    EXPECT("par { a[0] = 1; show(sum(a)); }", "1:26 ");
    EXPECT("par { grid[1][0] = 1; fill(grid[1]); }", "1:28 ");
    EXPECT("par { grid[1][n] = 1; grid[n][1] = 2; }", "1:23 ");
    EXPECT("par { show(grid[n][0]); grid[1][0] = 2; grid[2][1] = 3; }", "1:25 ");
    EXPECT("for (k : 0 .. 4) par { a[k] = 1; show(a[k]); }", "1:39 ");
}

static void test_par_for(void **state)
{
    (void)state;
    FINE("par for (i : 0 .. 4) a[i] = i;");
    FINE("par for (i : 0 .. n) { a[i] = i; a[i] += n; show(a[i]); }");
    FINE("par for (i : 0 .. 4) cs[i] ? a[i];");
    FINE("par for (i : 0 .. 4) bump(a[i]);");
    FINE("par for (i : 0 .. 4) fill(grid[i]);");
    FINE("par for (i : 0 .. 4) for (j : 0 .. 4) grid[i][j] = grid[i][n];");
    FINE("par for (i : 0 .. 4) for (j : 0 .. 4) grid[j][i] = 1;");
    FINE("par for (i : 0 .. 4) par for (j : 0 .. 4) grid[i][j] = 1;");
    FINE("par for (i : 0 .. 4) par for (j : 0 .. 4) grid[j][i] = 1;");
    FINE("par for (i : 0 .. 4) par { grid[i][0] = 1; grid[i][1] = 2; }");
    FINE("par for (i : 0 .. 4) par { grid[i][0] = 1; show(grid[n][1]); }");
    FINE("par for (i : 0 .. 4) { int z; z = i; show(z); }");
    FINE("par for (i : 0 .. 4) { int b[2]; c ? int z; b[0] = z; show(b[0]); }");
    FINE("par for (i : 0 .. 4) show(a[n] + x);");
    EXPECT("par for (i : 0 .. 4) x = i;", "1:22 ");
    EXPECT("par for (i : 0 .. 4) c ? x;", "1:26 ");
    EXPECT("par for (i : 0 .. 4) bump(x);", "1:27 ");
    EXPECT("par for (i : 0 .. 4) fill(a);", "1:27 ");
    EXPECT("par for (i : 0 .. 4) a[0] = i;", "1:22 ");
    EXPECT("par for (i : 0 .. 4) a[n] = i;", "1:22 ");
    EXPECT("par for (i : 0 .. 3) a[i + 1] = i;", "1:22 ");
    EXPECT("par for (i : 0 .. 4) a[i] = a[n];", "1:29 ");
    EXPECT("par for (i : 0 .. 4) a[i] = a[0];", "1:29 ");
    EXPECT("par for (i : 0 .. 4) a[i] = sum(a);", "1:33 ");
    EXPECT("par for (i : 0 .. 4) grid[i][0] = grid[0][i];", "1:35 ");
    EXPECT("par for (i : 0 .. 4) for (i : 0 .. 4) a[i] = 1;", "1:39 ");
    EXPECT("par for (i : 0 .. 4) par for (j : 0 .. 4) a[i] = 1;", "1:43 ");
    EXPECT("par for (i : 0 .. 4) par for (j : 0 .. 4) a[j] = 1;", "1:43 ");
    EXPECT("par for (i : 0 .. 4) par for (j : 0 .. 4) grid[i][j] = grid[j][i];", "1:56 ");
    EXPECT("par { par for (i : 0 .. 4) a[i] = 1; par for (i : 0 .. 4) show(a[i]); }", "1:64 ");
    FINE("par { par for (i : 0 .. 4) grid[i][0] = 1; par for (i : 0 .. 4) show(grid[i][1]); }");
}

static void test_one_message_for_each_variable(void **state)
{
    (void)state;
    EXPECT("par { { x = 1; x = 2; } { x = 3; y = x; } { x = 4; y = 5; } }", "1:27 1:52 ");
    EXPECT("par for (i : 0 .. 4) { x = 1; x = 2; y = x; }", "1:24 1:38 ");
}

/* A par of so many branches, each made by printf with its number twice. */
static char *large_par(int branches, const char *format)
{
    char *text;
    size_t length;
    FILE *to = open_memstream(&text, &length);
    fprintf(to, "int large[%d]; int wide[%d][2]; par {\n", branches, branches);
    for (int i = 0; i < branches; i++)
        fprintf(to, format, i, i);
    fprintf(to, "}\n");
    fclose(to);
    return text;
}

/* Were each branch compared with each, this would be billions of comparisons. */
static void test_many_branches(void **state)
{
    (void)state;
    enum { MANY = 50000 };
    char *elements = large_par(MANY, "{ large[%d] = n; show(large[%d]); }\n");
    FINE(elements);
    free(elements);
    char *columns = large_par(MANY, "{ wide[%d][0] = n; show(wide[n][1] + %d); }\n");
    FINE(columns);
    free(columns);
    char *same = large_par(MANY, "large[%d / 2] = %d;\n");
    EXPECT(same, "3:1 ");
    free(same);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_every_kind_of_use),
        cmocka_unit_test(test_alts),
        cmocka_unit_test(test_pars_in_pars),
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_par_for),
        cmocka_unit_test(test_one_message_for_each_variable),
        cmocka_unit_test(test_many_branches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
