/* resolve: what names are known where, which region they belong to, and what is said of those that are not known. */
#include "compiler_text.h"

/* ---- names ---- */

static void test_order_of_declarations_does_not_matter(void **state)
{
    (void)state;
    struct module *module = text_resolve("process main() { second(N); } process second(int n) { n = N; } "
                                         "const int N = 1;");
    text_expect("order", 0, NULL);
    assert_ptr_equal(module->main, text_declaration(module, "main")->symbol);
    assert_ptr_equal(text_statement(module, "main", 0)->left->left->symbol, text_declaration(module, "second")->symbol);
    text_release();
}

static void test_inner_blocks_shadow(void **state)
{
    (void)state;
    struct module *module = text_resolve("process main() { int x; { int x = x; x = 1; } x = 2; }");
    text_expect("shadow", 0, NULL);
    struct symbol *outer = text_statement(module, "main", 0)->symbols;
    struct stmt *block = text_statement(module, "main", 1);
    struct symbol *inner = block->body->symbols;
    assert_ptr_equal(inner->initial->symbol, outer);
    assert_ptr_equal(block->body->next->left->symbol, inner);
    assert_ptr_equal(text_statement(module, "main", 2)->left->symbol, outer);
    text_release();
}

static void test_a_program_may_have_its_own_min(void **state)
{
    (void)state;
    struct module *module = text_resolve("int min(int a) { return a; } process main() { min(1); abs(1); }");
    text_expect("min", 0, NULL);
    assert_int_equal(text_statement(module, "main", 0)->left->left->symbol->kind, SYMBOL_FUNCTION);
    assert_int_equal(text_statement(module, "main", 1)->left->left->symbol->builtin, BUILTIN_ABS);
    text_release();
}

/* ---- regions ---- */

static void test_branches_have_regions(void **state)
{
    (void)state;
    struct module *module = text_resolve("process main(int n) { int x; par { x = 1; { int y = n; } } "
                                         "par for (i : 0 .. n) { int z = i; } }");
    text_expect("regions", 0, NULL);
    struct region *whole = text_declaration(module, "main")->region;
    struct stmt *par = text_statement(module, "main", 1), *par_for = text_statement(module, "main", 2);
    struct stmt *first = par->body, *second = first->next;
    assert_null(whole->branch);
    assert_ptr_equal(text_statement(module, "main", 0)->symbols->region, whole);
    assert_ptr_equal(par->region, whole);
    assert_ptr_equal(first->region->outer, whole);
    assert_ptr_equal(first->region->branch, first);
    assert_ptr_not_equal(first->region, second->region);
    assert_ptr_equal(second->body->symbols->region, second->region);
    assert_ptr_equal(par_for->symbols->region, par_for->body->region);
    assert_ptr_equal(par_for->body->body->symbols->region->declaration, text_declaration(module, "main"));
    text_release();
}

/* ---- what is refused, and what is not ---- */

struct refusal {
    const char *body;
    int count;
    const char *wanted;
};

static void test_bodies(void **state)
{
    static const struct refusal cases[] = {
        {"int x; int x;", 1, "test.csp:1:56: error: x is declared twice"},
        {"int n;", 1, "n is already a parameter"},
        {"{ int n = 1; n = 2; }", 0, NULL},
        {"cuont = 1; int count; count = 2;", 1, "unknown name cuont"},
        {"int count; cuont = 1;", 1, "did you mean count?"},
        {"y = y + y; y = 2;", 1, "unknown name y"},
        {"Colur e;", 1, "unknown type Colur"},
        {"main e;", 1, "main is a process, not a type"},
        {"n = _;", 1, "_ has no value"},
        {"int _;", 1, "_ is no name"},
        {"c ? _; for (_ : c) skip;", 0, NULL},
        {"c ? int x; x = 1; { c ? int y; } x = 2;", 0, NULL},
        {"{ c ? int x; } x = 1;", 1, "unknown name x"},
        {"if (true) c ? int x; x = 1;", 1, "unknown name x"},
        {"for (i : 0 .. i) skip;", 1, "unknown name i"},
        {"for (i : 0 .. n) n = i; n = i;", 1, "unknown name i"},
        {"for (int i = 0; i < n; i++) n = i; n = i;", 1, "unknown name i"},
        {"par { foo(1); { int x = 1; } } n = x;", 2, "unknown name x"},
        {"alt { c ? int x -> n = x; c ? int x -> n = x; }", 0, NULL},
        {"alt { when (x > 0) c ? int x -> n = x; }", 1, "unknown name x"},
        {"alt { for (i : 0 .. n) when (i > n) c ! i -> n = i; skip -> n = i; }", 1, "unknown name i"},
        {"{ int x = 1; n = x; } on poison { n = 2; }", 0, NULL},
        {"{ int x = 1; n = x; } on poison { n = x; }", 1, "unknown name x"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char program[400];
        snprintf(program, sizeof program, "process main(int n) { channel int c; c ! 1; %s }", cases[i].body);
        text_resolve(program);
        text_expect(program, cases[i].count, cases[i].wanted);
        text_release();
    }
}

static void test_programs(void **state)
{
    static const struct refusal cases[] = {
        {"const int A = 1; process A() { }", 1, "A is already a constant"},
        {"int main() { return 1; }", 1, "main is the program"},
        {"process p(int a, int a) { }", 1, "a is declared twice"},
        {"process p(int a) { int b; } on poison { a = 1; }", 0, NULL},
        {"process p(int a) { int b; } on poison { b = 1; }", 1, "unknown name b"},
        {"int f() { return g(); } int h() { return g(); }", 2, "unknown name g"},
        {"enum E { red } enum F { red } int f() { return int(red); }", 0, NULL},
        {"protocol R { get(int k); quit; } process p(?R r) { r ? { get(k) -> println(k); quit -> return; } }", 0, NULL},
        {"protocol R { get(int k); } process p(R r) { switch (r) { case get(k) -> println(k); } }", 0, NULL},
        {"process p<T>(T a) { T b = a; }", 0, NULL},
        {"extern \"x.h\" { type t; t make(int n); } process p() { t x = make(1); }", 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        text_resolve(cases[i].body);
        text_expect(cases[i].body, cases[i].count, cases[i].wanted);
        text_release();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_of_declarations_does_not_matter),
        cmocka_unit_test(test_inner_blocks_shadow),
        cmocka_unit_test(test_a_program_may_have_its_own_min),
        cmocka_unit_test(test_branches_have_regions),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_programs),
    };
    return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
