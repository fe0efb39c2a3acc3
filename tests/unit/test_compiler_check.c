/* check: the type and value of every expression, what is refused and with which words, and what is found out about
 * functions (language.md § 2, § 3, § 5, § 7). */
#include "compiler_text.h"
#include "constant.h"

/* What the expressions and statements of the tables below use. */
static const char prelude[] =
    "const int N = 5; const int64 L = 7; const double D = 2.5; const int T[3] = {1, 2, N}; const string S = \"abc\"; "
    "const char CH = 'c'; int fn(int x) { return x; } void bump(ref int x) { x++; } "
    "void swap(ref int a, ref int b) { int t = a; a = b; b = t; } "
    "void fill(ref int a[], int b[]) { a[0] = b[0]; } int shout() { println(1); return 1; } "
    "process p(int k, ?int in, !int out) { for (x : in) out ! k * x; } "
    "process merge(?int in[], !int out) { in[0] ? int x; out ! x; } "
    "process main(int n, bool b, int8 i8, uint u, int64 i64, uint64 u64, float f, double d, time t, string s, char c) {"
    "  int x; int a[3]; int m[2][3]; char text[8]; channel int ch, chs[4]; channel void tick;\n";

static void in_main(char program[], size_t size, const char *statements)
{
    int length = snprintf(program, size, "%s%s }", prelude, statements);
    assert_true(length > 0 && (size_t)length < size);
}

/* ---- types and values of expressions ---- */

/* The expression, checked as an argument of println. */
static const struct expr *checked(const char *expression)
{
    char statement[200], program[2000];
    snprintf(statement, sizeof statement, "println(%s);", expression);
    in_main(program, sizeof program, statement);
    struct module *module = text_check(program);
    text_expect(expression, 0, NULL);
    struct stmt *last = text_declaration(module, "main")->body->body;
    while (last->next)
        last = last->next;
    return last->left->arguments;
}

struct expectation {
    const char *expression, *type, *value; /* value NULL: not constant */
};

static void test_expressions(void **state)
{
    static const struct expectation cases[] = {
        {"1", "int", "1"},
        {"3000000000", "int64", "3000000000"},
        {"18446744073709551615", "uint64", "18446744073709551615"},
        {"1 << 40", "int64", "1099511627776"},
        {"(1 << 70) >> 68", "int", "4"},
        {"'a'", "char", "97"},
        {"'a' + 1", "int", "98"},
        {"1 / 2", "int", "0"},
        {"1 / 2.0", "double", "0.5"},
        {"2147483647 +% 1", "int", "-2147483648"},
        {"-2147483648", "int", "-2147483648"},
        {"N * 2", "int", "10"},
        {"L * 2", "int64", "14"},
        {"N << 1", "int", "10"},
        {"CH + 1", "int", "100"},
        {"T[2]", "int", "5"},
        {"T[n]", "int", NULL},
        {"S[1]", "char", "98"},
        {"len(S) + len(T) + len(text)", "int", "14"},
        {"len(m[0])", "int", "3"},
        {"len(s)", "int", NULL},
        {"int(2.7)", "int", "2"},
        {"char(N)", "char", "5"},
        {"time(5)", "time", "5"},
        {"int64(5ms)", "int64", "5000000"},
        {"int(true)", "int", "1"},
        {"min(3, 1, 2)", "int", "1"},
        {"max(3, 2.5)", "double", "3"},
        {"abs(-3)", "int", "3"},
        {"true ? 1 : 2", "int", "1"},
        {"1 < 2 && N == 5", "bool", "true"},
        {"\"a\" == \"b\"", "bool", "false"},
        {"5ms + 1s", "time", "1005000000"},
        {"1s / 1ms", "int64", "1000"},
        {"7 % 5", "int", "2"},
        {"~0", "int", "-1"},
        {"!true", "bool", "false"},
        {"n + 1", "int", NULL},
        {"i8 + 1", "int", NULL},
        {"i8 + i8", "int", NULL},
        {"c - 'a'", "int", NULL},
        {"c == 'a'", "bool", NULL},
        {"n + u", "int64", NULL},
        {"u + 1", "uint", NULL},
        {"u + 'a'", "uint", NULL},
        {"u64 + N", "uint64", NULL},
        {"u64 / c", "uint64", NULL},
        {"u + c", "uint", NULL},
        {"c + 300", "int", NULL},
        {"i8 * 0.5", "double", NULL},
        {"n + 3000000000", "int64", NULL},
        {"i8 + f", "float", NULL},
        {"n + f", "double", NULL},
        {"f * 2", "float", NULL},
        {"f * 0.5", "float", NULL},
        {"f + 16777217", "double", NULL},
        {"n / 2.0", "double", NULL},
        {"d * n", "double", NULL},
        {"i8 << 1", "int", NULL},
        {"i64 << n", "int64", NULL},
        {"1 << n", "int", NULL},
        {"t + 5ms", "time", NULL},
        {"n * t", "time", NULL},
        {"t / 3", "time", NULL},
        {"t / t", "int64", NULL},
        {"t % 5ms", "time", NULL},
        {"t > 0", "bool", NULL},
        {"max(t, 0)", "time", NULL},
        {"-t", "time", NULL},
        {"b ? 1 : 2", "int", NULL},
        {"b ? 1 : 3000000000", "int64", NULL},
        {"(b ? 1 : 2) + u", "uint", NULL},
        {"b ? c : 'x'", "char", NULL},
        {"b ^ true", "bool", NULL},
        {"text == s", "bool", NULL},
        {"a == m[0]", "bool", NULL},
        {"chs[0] == ch", "bool", NULL},
        {"s[n]", "char", NULL},
        {"fn(n)", "int", NULL},
        {"now()", "time", NULL},
        {"min(c, i8)", "int", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct expr *expr = checked(cases[i].expression);
        const char *value = expr->value ? constant_text(expr->value) : "none";
        const char *expected = cases[i].value ? cases[i].value : "none";
        if (strcmp(type_text(expr->type), cases[i].type) != 0 || strcmp(value, expected) != 0)
            fail_msg("%s: expected %s %s, found %s %s", cases[i].expression, cases[i].type, expected,
                     type_text(expr->type), value);
        text_release();
    }
}

/* ---- conversions stand in the tree ---- */

static void test_conversions_are_explicit(void **state)
{
    (void)state;
    const struct expr *sum = checked("n + i64");
    assert_int_equal(sum->left->kind, EXPR_CONVERT);
    assert_null(sum->left->type_name);
    assert_ptr_equal(sum->left->type, type_basic(TYPE_INT64));
    assert_ptr_equal(sum->right->type, sum->left->type);
    text_release();
    const struct expr *comparison = checked("i8 < 3");
    assert_ptr_equal(comparison->left->type, type_basic(TYPE_INT8));
    assert_ptr_equal(comparison->right->type, type_basic(TYPE_INT8));
    text_release();
    const struct expr *scaled = checked("n * t");
    assert_ptr_equal(scaled->left->type, type_basic(TYPE_INT64));
    assert_ptr_equal(scaled->right->type, type_basic(TYPE_TIME));
    text_release();
    const struct expr *choice = checked("(b ? 1 : 2) + u");
    assert_ptr_equal(choice->left->middle->type, type_basic(TYPE_UINT32));
    text_release();
}

static void test_a_compound_assignment_converts_its_right_side_only(void **state)
{
    static const struct {
        const char *statement, *right;
    } cases[] = {
        {"c += 1;", "int"}, {"n += i64;", "int64"}, {"f += n;", "double"}, {"n += 2e3;", "int"},
        {"t *= 2;", "int64"}, {"t += 5ms;", "time"}, {"i8 <<= i64;", "int64"}, {"b &= true;", "bool"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char program[2000];
        in_main(program, sizeof program, cases[i].statement);
        struct stmt *last = text_declaration(text_check(program), "main")->body->body;
        text_expect(cases[i].statement, 0, NULL);
        while (last->next)
            last = last->next;
        assert_int_equal(last->left->kind, EXPR_NAME);
        assert_string_equal(type_text(last->right->type), cases[i].right);
        text_release();
    }
}

static void test_a_channel_becomes_an_end(void **state)
{
    char program[2000];
    (void)state;
    in_main(program, sizeof program, "p(1, ch, ch);");
    struct stmt *last = text_declaration(text_check(program), "main")->body->body;
    text_expect(program, 0, NULL);
    while (last->next)
        last = last->next;
    const struct expr *in = last->left->arguments->next;
    assert_int_equal(in->kind, EXPR_CONVERT);
    assert_string_equal(type_text(in->type), "?int");
    assert_string_equal(type_text(in->next->type), "!int");
    text_release();
}

/* ---- constants ---- */

static void test_constants_may_stand_in_any_order(void **state)
{
    (void)state;
    struct module *module = text_check("const int A = B + 1; const int B = LIST[1]; const int LIST[] = {1, 2, 3}; "
                                       "const char TEXT[4] = \"ab\";");
    text_expect("order", 0, NULL);
    assert_string_equal(constant_text(text_declaration(module, "A")->symbol->value), "3");
    assert_string_equal(type_text(text_declaration(module, "LIST")->symbol->type), "int[3]");
    assert_int_equal(text_declaration(module, "TEXT")->symbol->value->length, 2);
    text_release();
}

static struct module *check_overridden(const char *program, const char *name, struct expr *value)
{
    struct module *module = text_resolve(program);
    struct check_override *override = NEW(struct check_override);
    override->name = arena_name(name, strlen(name));
    override->value = value;
    check_module(module, override);
    return module;
}

static struct expr *literal(long long integer)
{
    struct expr *expr = NEW(struct expr);
    expr->kind = EXPR_VALUE;
    expr->type = type_basic(TYPE_EXACT_INT);
    expr->value = constant_integer(integer);
    return expr;
}

static void test_constants_can_be_overridden(void **state)
{
    (void)state;
    struct module *module = check_overridden("const int N = 1; const int M = N * 2;", "N", literal(20));
    text_expect("-D", 0, NULL);
    assert_string_equal(constant_text(text_declaration(module, "M")->symbol->value), "40");
    text_release();
    check_overridden("const char N = 1;", "N", literal(300));
    text_expect("-D", 1, "300 does not fit");
    text_release();
    check_overridden("const int N = 1;", "M", literal(1));
    text_expect("-D", 1, "no constant of that name");
    text_release();
}

/* ---- what is refused ---- */

struct refusal {
    const char *text;
    const char *wanted; /* NULL: nothing is wrong; else the one error */
};

static void expect_all(const struct refusal *cases, size_t count, bool is_body)
{
    for (size_t i = 0; i < count; i++) {
        char program[2000];
        if (is_body)
            in_main(program, sizeof program, cases[i].text);
        else
            snprintf(program, sizeof program, "%s", cases[i].text);
        text_check(program);
        text_expect(cases[i].text, cases[i].wanted ? 1 : 0, cases[i].wanted);
        text_release();
    }
}

#define EXPECT_ALL(cases, is_body) expect_all(cases, sizeof(cases) / sizeof(cases)[0], is_body)

static void test_types(void **state)
{
    static const struct refusal cases[] = {
        {"x = 2.5;", "2.5 is not a whole number"},
        {"x = 2e9; c = 97; f = 0.1; t = 0; i8 = N; i64 = n; d = n;", NULL},
        {"c = 300;", "c is char, from 0 to 255: 300 does not fit"},
        {"x = i64;", "x is int, and this is int64; int(...) converts it"},
        {"x = s;", "x is int, and this is string"},
        {"x = true;", "int(...) converts it"},
        {"b = 1;", "compare it"},
        {"t = 5;", "needs a unit, as in 5ms"},
        {"t = t + 5;", "needs a unit"},
        {"b = t == 5;", "needs a unit"},
        {"t = t * 1.5;", "* does not work on time"},
        {"x = n + u64;", "int and uint64 meet in no type"},
        {"u64 = u64 + -1;", "uint64 and -1 meet in no type"},
        {"d = i64 * d;", "int64 and double meet in no type"},
        {"b = b < b;", "< does not work on bool and bool"},
        {"s = s + s;", "+ does not work on string and string"},
        {"x = 2147483647 + 1;", "2147483648 does not fit"},
        {"x = N + 2147483647;", "overflows"},
        {"x = x / 0;", "divides by zero"},
        {"x = x % (N - 5);", "divides by zero"},
        {"d = d / 0;", NULL},
        {"x = x << 32;", "shifted by 0 to 31"},
        {"x = int(1e10);", "does not fit int"},
        {"x = int(t);", "time does not convert to int"},
        {"b = bool(x);", "int does not convert to bool"},
        {"a[3] = 1;", "index 3 is out of bounds"},
        {"x = T[-1];", "index -1 is out of bounds"},
        {"x = a[s];", "an index is an integer"},
        {"x = x[0];", "only arrays and strings have elements"},
        {"x = fn;", "fn is a function: it is called"},
        {"x = fn(1, 2);", "fn takes 1 argument, and here are 2"},
        {"x = bump(x);", "bump gives no value"},
        {"x = p(1, ch, ch);", "p is a process: it is called as a statement"},
        {"x = x(1);", "x is not a function or process"},
        {"x = len(3);", "only arrays and strings have a length"},
        {"x = abs(u);", "abs needs a number with a sign"},
        {"x = min(1);", "min takes at least 2 arguments"},
        {"len(a);", "nothing that uses it"},
        {"println(a);", "only numbers, bools, times, values of enums and text can be printed"},
        {"main(1, true, 1, 1, 1, 1, 1, 1, 0, \"\", 'c');", "main is the whole program"},
    };
    (void)state;
    EXPECT_ALL(cases, true);
}

static void test_arrays(void **state)
{
    static const struct refusal cases[] = {
        {"int y[] = {1, 2}; a = m[1]; a = T; char z[4] = \"text\"; char w[] = \"ab\"; string v[2] = {\"a\"};", NULL},
        {"int y[2] = {1, 2, 3};", "y has 2 elements, and here is one more"},
        {"char z[3] = \"text\";", "z has 3 elements, and this text 4"},
        {"text = \"text\";", "text is char[8], and this is string"},
        {"int y[0];", "at least one element"},
        {"int y[n];", "known only when the program runs"},
        {"int y[2000000000];", "y is too large"},
        {"int y[];", "y has no length"},
        {"int y[2][];", "only the first length"},
        {"int y = {1};", "this is a list"},
        {"a = m;", "a is int[3], and this is int[2][3]"},
        {"b = a == m;", "== does not work on int[3] and int[2][3]"},
    };
    (void)state;
    EXPECT_ALL(cases, true);
}

static void test_what_can_be_set(void **state)
{
    static const struct refusal cases[] = {
        {"n = 1; a[0] = 1; m[1][2] = 3; text[0] = 'x'; bump(a[1]); swap(a[0], a[1]); swap(a[x], a[n]);", NULL},
        {"N = 1;", "N is a constant, and cannot be assigned"},
        {"T[0] = 1;", "T is a constant"},
        {"ch = ch;", "ch is a channel, and cannot be assigned"},
        {"for (i : 0 .. 3) i = 1;", "i counts for its loop"},
        {"for (i : 0 .. 3) bump(i);", "i counts for its loop, and cannot be passed as ref"},
        {"s[0] = 'x';", "text never changes"},
        {"bump(n + 1);", "can be passed as ref"},
        {"bump(u);", "x is ref int"},
        {"swap(x, x);", "x is passed twice in one call"},
        {"swap(a[1], a[1]);", "a is passed twice"},
        {"swap(a[n], a[n]);", "a is passed twice"},
        {"fill(a, a);", "a is passed twice"},
        {"fill(m[0], m[1]); fill(a, T);", NULL},
        {"fill(T, a);", "T is a constant"},
        {"ch ? N;", "N is a constant, and cannot be received into"},
    };
    (void)state;
    EXPECT_ALL(cases, true);
}

static void test_communication(void **state)
{
    static const struct refusal cases[] = {
        {"ch ! 1; ch ? x; ch ? int y; ch ? _; tick !; tick ?; for (_ : tick) skip; chs[n] ! 2; merge(chs, ch);", NULL},
        {"ch ! s;", "a message of ch is int, and this is string"},
        {"ch !;", "ch carries int, and here is no message"},
        {"tick ! 1;", "tick is void and carries no value"},
        {"ch ?;", "goes nowhere here"},
        {"tick ? x;", "tick is void"},
        {"for (y : tick) skip;", "for (_ : tick) counts its events"},
        {"ch ? i64;", "received into a variable of its type"},
        {"ch ? int64 y;", "received into a variable of its type"},
        {"chs ! 1;", "an index says which one"},
        {"x ! 1;", "only channels and their ends communicate"},
        {"close x;", "only channels and their ends communicate"},
        {"merge(ch, ch);", "in is ?int[], and this is channel int"},
        {"p(1, tick, ch);", "in is ?int, and this is channel void"},
        {"alt { }", "an alt without guards"},
        {"alt { when (x) skip -> skip; }", "when is bool"},
        {"alt { after 5 -> skip; }", "the duration is time"},
        {"alt { for (i : 0 .. 4) when (i > n) chs[i] ? int y -> x = y; ended ch -> skip; tick ! -> skip; }", NULL},
    };
    (void)state;
    EXPECT_ALL(cases, true);
}

static void test_control(void **state)
{
    static const struct refusal cases[] = {
        {"while (x) skip;", "a condition is bool"},
        {"for (i : 0 .. d) skip;", "i counts in integers"},
        {"break;", "break stands in no loop"},
        {"while (b) par { break; }", "break would leave a branch of a par"},
        {"par { return; }", "return would leave a branch of a par"},
        {"par for (i : 0 .. n) { while (b) break; }", NULL},
        {"while (b) { switch (x) { case 1 -> break; default -> continue; } }", NULL},
        {"switch (x) { case 1 -> skip; case 2, 1 -> skip; }", "this case stands twice"},
        {"switch (c) { case 'a' -> skip; case 97 -> skip; }", "this case stands twice"},
        {"switch (c) { case 300 -> skip; }", "300 does not fit"},
        {"switch (x) { case n -> skip; }", "a case is a constant"},
        {"switch (x) { default -> skip; default -> skip; }", "a switch has one default"},
        {"switch (b) { case true -> skip; }", "a switch is on an integer, a character, an enum or a protocol"},
        {"after 5;", "the duration is time"},
        {"at x;", "time(...) converts it"},
        {"assert(x);", "a condition is bool"},
        {"return 1;", "main gives no value"},
    };
    (void)state;
    EXPECT_ALL(cases, true);
}

static void test_declarations(void **state)
{
    static const struct refusal cases[] = {
        {"const int A = A;", "A depends on itself"},
        {"const int A = B; const int B = C; const int C = B;", "B depends on itself"},
        {"const int A = f(); int f() { return 1; }", "known only when the program runs"},
        {"const int A;", "the constant A has no value"},
        {"int f(int x) { if (x > 0) return 1; }", "not every way through it returns one"},
        {"int f(int x) { if (x > 0) return 1; else return 2; }", NULL},
        {"int f(int x) { for (;;) { if (x > 3) return 1; } }", NULL},
        {"int f(int x) { while (true) { if (x > 3) break; } }", "not every way"},
        {"int f(int x) { switch (x) { case 1 -> return 1; default -> return 2; } }", NULL},
        {"int f(int x) { switch (x) { case 1 -> return 1; } }", "not every way"},
        {"int f() { return; }", "a value is returned"},
        {"void f() { return 1; }", "f gives no value"},
        {"void f() { after 5ms; yield; }", "a function does not communicate"},
        {"void f() { p(); } process p() { }", "a function does not communicate"},
        {"void f(?int in) { }", "it takes no ends"},
        {"process p(int a[]) { a[0] = 1; }", "it is only read"},
        {"process p(?int in[2]) { ?int kept[2] = in; }", "an array parameter of ends is indexed and passed on"},
        {"process p(?int a[2], ?int b[2]) { println(a == b); }", "== does not work on"},
        {"process p(barrier b, barrier c) { b = c; }", "b is a barrier, and cannot be assigned"},
        {"process p(int n) { sync n; }", "sync waits at a barrier, and this is int"},
        {"process p(ref int n) { spawn p(n); }", "a spawned process, which may outlive what it would set, takes none"},
        {"process p() { spawn f(); } void f() { }", "only a process can be spawned"},
        {"process p() { channel(0) int c; c ! 1; }", "a buffer holds at least one message"},
        {"void f(barrier b) { }", "it takes no barriers"},
        {"process p(?int in) { in ! 1; }", "in is a reading end, ?int: sending needs the writing end"},
        {"process p(!int out) { out ? _; }", "out is a writing end, !int: receiving needs the reading end"},
        {"process p(int n = 1) { }", "only the parameters of main have defaults"},
        {"process main(int n = 1, string s = \"x\", ?char stdin, !char stdout) { }", NULL},
        {"process main(int n = 1, int m) { }", "m needs a default"},
        {"process main(int a[]) { }", "single values from the command line"},
        {"process main(ref int a) { }", "a is ref"},
        {"process main(?char in) { }", "?char stdin, !char stdout and !char stderr"},
        {"process main(!char stdin) { }", "stdin is a stream of characters: ?char stdin"},
        {"process main(int n = s()) { } int s() { return 1; }", "a default is a constant"},
    };
    (void)state;
    EXPECT_ALL(cases, false);
}

/* ---- what is found out about functions ---- */

static void test_effects_and_recursion(void **state)
{
    (void)state;
    struct module *module = text_check(
        "int pure(int n) { return n; } int loud(int n) { println(n); return n; } int calls(int n) { return loud(n); } "
        "void sets(ref int n) { n = 1; } int even(int n) { return n == 0 ? 1 : odd(n - 1); } "
        "int odd(int n) { return n == 0 ? 0 : even(n - 1); } int self(int n) { return self(n); } "
        "extern \"math.h\" { double sqrt(double x); } double root(double x) { return sqrt(x); } "
        "process unused() { } process main() { main2(); } process main2() { println(even(2), calls(1)); }");
    text_expect("graph", 0, NULL);
    static const struct {
        const char *name;
        bool is_impure, is_recursive, is_reachable;
    } cases[] = {
        {"pure", false, false, false}, {"loud", true, false, true}, {"calls", true, false, true},
        {"sets", true, false, false}, {"even", false, true, true}, {"odd", false, true, true},
        {"self", false, true, false}, {"unused", false, false, false}, {"main2", true, false, true},
        {"root", true, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct declaration *declaration = text_declaration(module, cases[i].name);
        assert_int_equal(declaration->is_impure, cases[i].is_impure);
        assert_int_equal(declaration->is_recursive, cases[i].is_recursive);
        assert_int_equal(declaration->is_reachable, cases[i].is_reachable);
    }
    text_release();
}

static void test_uses_are_noted(void **state)
{
    (void)state;
    struct module *module = text_check("void bump(ref int n) { n++; } process main(int a, int b, int c, int d) "
                                       "{ a = b; bump(c); }");
    text_expect("uses", 0, NULL);
    const struct symbol *a = text_declaration(module, "main")->parameters, *b = a->next, *c = b->next, *d = c->next;
    assert_true(a->is_set && !a->is_read);
    assert_true(b->is_read && !b->is_set);
    assert_true(c->is_by_ref && c->is_set && !b->is_by_ref);
    assert_false(d->is_read || d->is_set || d->is_by_ref);
    text_release();
}

static void test_constants_lead_to_others_only_so_far(void **state)
{
    enum { COUNT = 9000, ROOM = 40 };
    char *program = malloc(COUNT * ROOM), *to = program;
    (void)state;
    assert_non_null(program);
    for (int i = 0; i < COUNT; i++)
        to += sprintf(to, "const int C%d = C%d + 1;\n", i, i + 1);
    sprintf(to, "const int C%d = 0; process main() { }", COUNT);
    text_check(program);
    text_expect("constants", 1, "this depends on too many others");
    text_release();
    free(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_conversions_are_explicit),
        cmocka_unit_test(test_a_compound_assignment_converts_its_right_side_only),
        cmocka_unit_test(test_a_channel_becomes_an_end),
        cmocka_unit_test(test_constants_may_stand_in_any_order),
        cmocka_unit_test(test_constants_can_be_overridden),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_what_can_be_set),
        cmocka_unit_test(test_communication),
        cmocka_unit_test(test_control),
        cmocka_unit_test(test_declarations),
        cmocka_unit_test(test_effects_and_recursion),
        cmocka_unit_test(test_uses_are_noted),
        cmocka_unit_test(test_constants_lead_to_others_only_so_far),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
