/* path: names of files and folders, and where a command is. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arena.h"
#include "path.h"

#include <stdlib.h>

static int release(void **state)
{
    (void)state;
    arena_release();
    return 0;
}

static void parts(void **state)
{
    (void)state;
    assert_string_equal(path_name("model.csp"), "model.csp");
    assert_string_equal(path_name("a/b/model.csp"), "model.csp");
    assert_string_equal(path_folder("model.csp"), ".");
    assert_string_equal(path_folder("a/b/model.csp"), "a/b");
    assert_string_equal(path_folder("/model.csp"), "/");
}

static void from_a_folder(void **state)
{
    (void)state;
    assert_string_equal(path_from("/usr/bin", "std"), "/usr/bin/std");
    assert_string_equal(path_from("/usr/bin", "../share/cspc"), "/usr/share/cspc");
    assert_string_equal(path_from("/usr/bin", "../../include"), "/include");
    assert_string_equal(path_from("/", "../include"), "/include");
    assert_string_equal(path_from("/usr/bin", "/opt"), "/opt");
}

static void of_a_command(void **state)
{
    (void)state;
    setenv("PATH", "/nowhere:/bin", 1);
    assert_string_equal(path_of_command("sh"), "/bin/sh");
    assert_string_equal(path_of_command("/bin/sh"), "/bin/sh");
    assert_null(path_of_command("no such command"));
    assert_null(path_of_command("/bin"));
    assert_null(path_of_command(""));
    setenv("PATH", "", 1);
    assert_null(path_of_command("sh"));
    unsetenv("PATH");
    assert_null(path_of_command("sh"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(parts, release),
        cmocka_unit_test_teardown(from_a_folder, release),
        cmocka_unit_test_teardown(of_a_command, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
