/* parse: the trees of the grammar's forms, one message for each slip, imports. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"
#include "build.h"
#include "diag.h"
#include "parse.h"
#include "print_ast.h"
#include "type.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct parse_options no_options = {0};

static int release(void **state)
{
    (void)state;
    diag_release();
    type_release();
    source_release();
    arena_release();
    return 0;
}

static struct module *parse(const char *text)
{
    return parse_text(source_text("text.csp", text, strlen(text)), &no_options);
}

static struct module *parse_valid(const char *text)
{
    diag_release();
    struct module *module = parse(text);
    if (diag_errors() > 0) {
        diag_flush(stderr);
        fail_msg("refused: %s", text);
    }
    return module;
}

/* The first statement of a process that has but the given text in its braces. */
static const struct stmt *stmt(const char *text)
{
    return parse_valid(arena_printf("process p() {%s}", text))->declarations->body->body;
}

/* What is said of a text. */
static char *messages(const char *text)
{
    char *printed;
    size_t length;
    diag_release();
    parse(text);
    FILE *to = open_memstream(&printed, &length);
    diag_flush(to);
    fclose(to);
    return printed;
}

/* One message, at line:column, that contains some words. */
static void assert_message(const char *text, const char *place, const char *words)
{
    char *printed = messages(text);
    const char *expected = arena_printf("text.csp:%s: error: ", place);
    if (diag_errors() != 1 || strncmp(printed, expected, strlen(expected)) != 0 || !strstr(printed, words))
        fail_msg("%s\n%s", text, printed);
    free(printed);
}

static void assert_ast(const char *text, const char *expected)
{
    char *printed;
    size_t length;
    FILE *to = open_memstream(&printed, &length);
    print_ast(to, parse_valid(text));
    fclose(to);
    assert_string_equal(printed, expected);
    free(printed);
}

/* ---- trees ---- */

static void the_tree_can_be_printed(void **state)
{
    (void)state;
    assert_ast("process copy(?int in, !int out[]) {\n    for (x : in) out[0] ! x + 1;\n} on poison { skip; }",
               "1:1 process copy\n"
               "  1:19 parameter in : ?int\n"
               "  1:28 parameter out : !int\n"
               "    1:31 []\n"
               "  1:35 block\n"
               "    2:5 for each\n"
               "      2:10 variable x\n"
               "      2:14 name in\n"
               "      2:18 send\n"
               "        2:18 index\n"
               "          2:18 name out\n"
               "          2:22 value : an integer constant = 0\n"
               "        2:27 binary +\n"
               "          2:27 name x\n"
               "          2:31 value : an integer constant = 1\n"
               "    on poison\n"
               "      3:13 block\n"
               "        3:15 skip\n");
}

static void assert_operator(const char *expression, enum operator top, enum operator left)
{
    const struct expr *expr = stmt(arena_printf("x = %s;", expression))->right;
    assert_int_equal(expr->operator, top);
    assert_int_equal(expr->left->operator, left);
}

static void operators_bind_as_in_c(void **state)
{
    (void)state;
    assert_operator("a * b + c", OPERATOR_ADD, OPERATOR_MULTIPLY);
    assert_operator("a - b - c", OPERATOR_SUBTRACT, OPERATOR_SUBTRACT);
    assert_operator("a + b << c", OPERATOR_SHIFT_LEFT, OPERATOR_ADD);
    assert_operator("a < b == c", OPERATOR_EQUAL, OPERATOR_LESS);
    assert_operator("a == b & c", OPERATOR_AND, OPERATOR_EQUAL);
    assert_operator("a & b ^ c", OPERATOR_XOR, OPERATOR_AND);
    assert_operator("a ^ b | c", OPERATOR_OR, OPERATOR_XOR);
    assert_operator("a | b && c", OPERATOR_LOGICAL_AND, OPERATOR_OR);
    assert_operator("a && b || c", OPERATOR_LOGICAL_OR, OPERATOR_LOGICAL_AND);
    assert_operator("a *% b +% c", OPERATOR_WRAP_ADD, OPERATOR_WRAP_MULTIPLY);
    assert_operator("-a * b", OPERATOR_MULTIPLY, OPERATOR_NEGATE);
    assert_operator("!a[1].b == c", OPERATOR_EQUAL, OPERATOR_NOT);
    const struct expr *expr = stmt("x = a || b ? c : d ? e : f;")->right;
    assert_int_equal(expr->kind, EXPR_CONDITION);
    assert_int_equal(expr->right->kind, EXPR_CONDITION);
}

static void receives_and_conditions_do_not_meet(void **state)
{
    (void)state;
    assert_int_equal(stmt("c ? x;")->target, TARGET_PLACE);
    assert_int_equal(stmt("c ? _;")->target, TARGET_DISCARD);
    assert_int_equal(stmt("c ? int x;")->target, TARGET_DECLARE);
    assert_int_equal(stmt("c ? P x;")->target, TARGET_DECLARE);
    assert_int_equal(stmt("c ? ?int x;")->symbols->type_name->direction, DIRECTION_IN);
    assert_int_equal(stmt("c ?;")->target, TARGET_VOID);
    assert_int_equal(stmt("c[1].d ? a[2];")->right->kind, EXPR_INDEX);
    assert_int_equal(stmt("c ? { get(k) -> skip; }")->target, TARGET_SHAPES);
    assert_int_equal(stmt("c ! a ? b : d;")->right->kind, EXPR_CONDITION);
    assert_null(stmt("c !;")->right);
}

static void extended_receives(void **state)
{
    (void)state;
    const struct stmt *receive = stmt("c ?? int x { skip; } on poison { stop; }");
    assert_true(receive->is_extended && receive->target == TARGET_DECLARE);
    assert_int_equal(receive->body->body->kind, STMT_SKIP);
    assert_int_equal(receive->body->handler->body->kind, STMT_STOP);
    assert_int_equal(stmt("c ?? { skip; }")->target, TARGET_VOID);
    assert_int_equal(stmt("c ?? { get(k), quit -> skip; }")->target, TARGET_SHAPES);
    assert_int_equal(stmt("c ?? _ { f(x); }")->target, TARGET_DISCARD);
}

static void guards_of_an_alt(void **state)
{
    (void)state;
    const struct stmt *alt = stmt("pri alt { for (i : 0 .. 2) for (j : 0 .. i) when (b) c[i] ? x -> skip;"
                                  "c ! 1 -> ; c ! -> ; ended c -> ; after 1s -> ; at t -> ; sync b -> ;"
                                  "skip -> ; c ?? -> ; c ? { q -> ; } }");
    static const enum guard_kind kinds[] = {GUARD_RECEIVE, GUARD_SEND, GUARD_SEND, GUARD_ENDED, GUARD_AFTER,
                                            GUARD_AT, GUARD_SYNC, GUARD_SKIP, GUARD_RECEIVE, GUARD_RECEIVE};
    const struct guard *guard = alt->guards;
    assert_true(alt->is_pri);
    assert_string_equal(guard->replicators->next->counter->name, "j");
    assert_non_null(guard->when);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++, guard = guard->next)
        assert_int_equal(guard->kind, kinds[i]);
    assert_null(guard);
}

static void handlers_and_elses_belong_to_the_nearest(void **state)
{
    (void)state;
    const struct stmt *block = stmt("{ skip; } on poison { skip; } on poison { stop; }");
    assert_int_equal(block->handler->body->kind, STMT_SKIP);
    assert_int_equal(block->handler->handler->body->kind, STMT_STOP);
    assert_non_null(stmt("par { } on poison { }")->handler);
    assert_non_null(stmt("alt { } on poison { }")->handler);
    const struct stmt *outer = stmt("if (a) if (b) c(); else d();");
    assert_null(outer->otherwise);
    assert_non_null(outer->body->otherwise);
}

static void loops(void **state)
{
    (void)state;
    assert_int_equal(stmt("for (i : 0 .. n) skip;")->kind, STMT_FOR_RANGE);
    assert_int_equal(stmt("for (x : c) skip;")->kind, STMT_FOR_EACH);
    assert_null(stmt("for (_ : c) skip;")->symbols);
    const struct stmt *loop = stmt("for (int i = 0, j; i < n; i++) skip;");
    assert_int_equal(loop->initial->kind, STMT_DECLARE);
    assert_string_equal(loop->initial->symbols->next->name, "j");
    assert_int_equal(loop->step->operator, OPERATOR_ADD);
    loop = stmt("for (;;) skip;");
    assert_true(!loop->initial && !loop->left && !loop->step);
    assert_int_equal(stmt("par for (i : 0 .. n) c[i] ! 1;")->kind, STMT_PAR_FOR);
}

static void keywords_name_fields(void **state)
{
    (void)state;
    const struct module *module = parse_valid("struct P { int type, process[2]; !int reply; }");
    const struct symbol *field = module->declarations->parameters;
    assert_string_equal(field->name, "type");
    assert_string_equal(field->next->name, "process");
    assert_string_equal(field->next->next->name, "reply");
    assert_string_equal(stmt("x = a.type;")->right->name, "type");
    assert_string_equal(stmt("x = P{int: 1, true: 2};")->right->arguments->item->name, "int");
    assert_null(stmt("x = P{true, int(2)};")->right->arguments->item);
}

static void declarations_of_a_file(void **state)
{
    (void)state;
    const struct declaration *d = parse_valid("const int A = 1, B[] = {1, {2}, };\n"
                                              "enum E { a, b, }\n"
                                              "protocol R { get(int k, !int r); quit; }\n"
                                              "extern \"x.h\" { type T; blocking int f(T t, ref char b[]); }\n"
                                              "process p<T, U>(ref T x[], barrier b) { }\n"
                                              "void f() { }")->declarations;
    static const enum declaration_kind kinds[] = {DECLARATION_CONST, DECLARATION_ENUM, DECLARATION_PROTOCOL,
                                                  DECLARATION_EXTERN, DECLARATION_PROCESS, DECLARATION_FUNCTION};
    const struct declaration *all[6];
    for (size_t i = 0; i < 6; i++, d = d->next) {
        all[i] = d;
        assert_int_equal(d->kind, kinds[i]);
    }
    assert_string_equal(all[0]->symbol->next->name, "B");
    assert_string_equal(all[2]->parameters->declaration->parameters->next->name, "r");
    assert_true(all[3]->members->next->is_blocking && all[3]->members->next->is_extern);
    assert_true(all[4]->parameters->is_ref && all[4]->parameters->next->type_name->builtin == TYPE_BARRIER);
    assert_string_equal(all[4]->type_parameters->next->name, "U");
    assert_null(all[5]->result);
}

static void ends_of_channels_of_ends(void **state)
{
    (void)state;
    const struct type_name *type = parse_valid("process p(?!int c) { }")->declarations->parameters->type_name;
    assert_int_equal(type->direction, DIRECTION_IN);
    assert_int_equal(type->of->direction, DIRECTION_OUT);
    assert_int_equal(type->of->builtin, TYPE_INT32);
}

static void values_of_definitions(void **state)
{
    (void)state;
    assert_int_equal(parse_value("2 * N + 1")->operator, OPERATOR_ADD);
    assert_int_equal(parse_value("{1, 2}")->kind, EXPR_LIST);
    assert_null(parse_value("1 +"));
    assert_null(parse_value(""));
    assert_null(parse_value("1; 2"));
}

/* ---- slips ---- */

static void one_slip_makes_one_message(void **state)
{
    (void)state;
    assert_message("process p() {\n    x = 1\n    y = 2;\n}", "2:10", "expected ';' before 'y'");
    assert_message("process p() { x = (1 + 2; }", "1:25", "expected ')' before ';'");
    assert_message("process p() { x = ; }", "1:19", "expected an expression before ';'");
    assert_message("process p() { f(a b); y = 1; }", "1:19", "expected ')' or ',' before 'b'");
    assert_message("process p() { if x { y = 1; } else z = 2; }", "1:18", "what stands behind if is in parentheses");
    assert_message("process p( { x = 1; y = 2; } process q() { }", "1:12", "expected ')' before '{'");
    assert_message("process p() { }\n}\nprocess q() { }", "2:1", "this '}' closes nothing");
    assert_message("process p() { while (b) { x = 1;\n", "1:33", "expected '}' before the end of the file");
    assert_message("process p() { alt { a ? x b ! x; c ? y -> skip; } }", "1:29", "expected '->' before '!'");
    assert_message("process p() { println(\"abc); x = 1;\n y = 2; }", "1:23", "the string is not closed");
    assert_message("process p() { x = 1 @ 2; }", "1:21", "a stray '@'");
    assert_message("process p() { x = 08; }", "1:19", "no leading zeros");
    assert_message("process p() { }\n/* x", "2:1", "the comment is not closed");
    assert_message("#define N 1\nprocess p() { }", "1:1", "there is no preprocessor");
}

static void each_slip_makes_its_message(void **state)
{
    (void)state;
    free(messages("process p() { x = ; y = 1; z = 2 3; }\nprocess q( { }\nprocess r() { f(; g(); }"));
    assert_int_equal(diag_errors(), 4);
}

static void missing_braces_are_shown(void **state)
{
    (void)state;
    char *printed = messages("process p() {\n    {\n");
    assert_non_null(strstr(printed, "text.csp:2:5: note: this '{' is not closed"));
    free(printed);
}

static void habits_of_c_are_explained(void **state)
{
    (void)state;
    assert_message("int count = 0;\nprocess p() { }", "1:1", "no global ones");
    assert_message("channel int c;\nprocess p() { }", "1:1", "no global ones");
    assert_message("process p() { if (b) int x; }", "1:22", "a declaration cannot stand alone here");
    assert_message("process p() { par { int x; x = 1; } }", "1:21", "a declaration is no branch of a par");
    parse_valid("struct P { int x; };");
}

/* `count` copies of a text between a head and a tail. */
static const char *repeated(const char *head, const char *text, int count, const char *tail)
{
    size_t length = strlen(text), total = strlen(head) + length * (size_t)count + strlen(tail);
    char *whole = arena_alloc(total + 1), *to = whole + sprintf(whole, "%s", head);
    for (int i = 0; i < count; i++, to += length)
        memcpy(to, text, length);
    strcpy(to, tail);
    return whole;
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    static const struct { const char *head, *text, *tail; } deep[] = {
        {"process p() { x = 1", "+(1", "; }"},   {"process p() { x = ", "(", ""},
        {"process p() { x = ", "- ", "1; }"},    {"process p() ", "{", ""},
        {"process p() { ", "if (a) b(); else ", ";}"}, {"process p() { x = ", "b ? c : ", "1; }"},
        {"process p() { x", "[1]", " = 1; }"},   {"process p() {} ", "on poison {} ", ""},
        {"process p() { int a[] = ", "{", ""},   {"process p(", "?", "int x) { }"},
    };
    for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
        char *printed = messages(repeated(deep[i].head, deep[i].text, 50000, deep[i].tail));
        if (diag_errors() != 1 || !strstr(printed, "nested too deeply"))
            fail_msg("%s%s: %.300s", deep[i].head, deep[i].text, printed);
        free(printed);
    }
    char *printed = messages(repeated("process p() { x = 1", "+1", BUILD_LENGTH + 5, "; }"));
    assert_non_null(strstr(printed, "this expression is too long: more than 12000 operands follow each other"));
    free(printed);
    diag_release();
    parse_valid(repeated("process p() { x = 1", "+1", BUILD_LENGTH - 5, "; }"));
    parse_valid(repeated("process p() { ", "x = 1; ", 50000, "}"));
}

/* ---- imports ---- */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Each file's processes come once, those of imported files first, whatever circles the imports make; a file of the
 * library is named without its folder. */
static void imports_are_followed(void **state)
{
    (void)state;
    char folder[] = "/tmp/test_compiler_parse_XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *library = arena_printf("%s/lib", folder), *include_paths[] = {library};
    mkdir(library, 0700);
    write_file(arena_printf("%s/a.csp", folder),
               "import \"b.csp\"; import \"c.csp\"; import \"./b.csp\"; process a() { }");
    write_file(arena_printf("%s/b.csp", folder), "import \"a.csp\"; import \"c.csp\"; process b() { }");
    write_file(arena_printf("%s/c.csp", library), "process c() { }");

    struct parse_options options = {.include_paths = include_paths, .include_count = 1, .library_count = 1};
    const struct module *module = parse_file(arena_printf("%s/a.csp", folder), &options);
    assert_int_equal(diag_errors(), 0);
    static const char *const expected[] = {"c", "b", "a"};
    int count = 0;
    for (const struct declaration *d = module->declarations; d; d = d->next)
        if (d->kind == DECLARATION_PROCESS)
            assert_string_equal(d->symbol->name, expected[count++]);
    assert_int_equal(count, 3);
    const struct source *source = source_first();
    while (source && strcmp(source->path, "c.csp") != 0)
        source = source->next;
    assert_non_null(source);

    assert_message("import \"nothing.csp\";", "1:8", "cannot find \"nothing.csp\"");
    assert_message(arena_printf("import \"%s\";", folder), "1:8", "Is a directory");
    unlink(arena_printf("%s/a.csp", folder));
    unlink(arena_printf("%s/b.csp", folder));
    unlink(arena_printf("%s/c.csp", library));
    rmdir(library);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_tree_can_be_printed, release),
        cmocka_unit_test_teardown(operators_bind_as_in_c, release),
        cmocka_unit_test_teardown(receives_and_conditions_do_not_meet, release),
        cmocka_unit_test_teardown(extended_receives, release),
        cmocka_unit_test_teardown(guards_of_an_alt, release),
        cmocka_unit_test_teardown(handlers_and_elses_belong_to_the_nearest, release),
        cmocka_unit_test_teardown(loops, release),
        cmocka_unit_test_teardown(keywords_name_fields, release),
        cmocka_unit_test_teardown(declarations_of_a_file, release),
        cmocka_unit_test_teardown(ends_of_channels_of_ends, release),
        cmocka_unit_test_teardown(values_of_definitions, release),
        cmocka_unit_test_teardown(one_slip_makes_one_message, release),
        cmocka_unit_test_teardown(each_slip_makes_its_message, release),
        cmocka_unit_test_teardown(missing_braces_are_shown, release),
        cmocka_unit_test_teardown(habits_of_c_are_explained, release),
        cmocka_unit_test_teardown(deep_nesting_is_refused, release),
        cmocka_unit_test_teardown(imports_are_followed, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
