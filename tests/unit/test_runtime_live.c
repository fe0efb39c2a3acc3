/* Where the processes of a running program are: asked by a signal, and by --watch (language.md § 10). */
#include "child.h"

#include <signal.h>

static const char *const files[] = {"live.csp"};
#define AT(line, column) CSP_PLACE(0, line, column)

/* main asks about itself before it waits, or before it yields; then it sleeps twice. */
enum { ASK_ALONE = 1, ASK_QUEUED };

struct asker_frame {
    csp_process process;
    int32_t how;
    csp_timer timer;
};

static void asker_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct asker_frame *f = (struct asker_frame *)self;
    switch (self->node.resume) {
    case 1: goto yielded;
    case 2: goto awake;
    case 3: CSP_END();
    }
    if (f->how == ASK_ALONE || f->how == ASK_QUEUED)
        raise(SIGQUIT);
    if (f->how == ASK_QUEUED) {
        CSP_READY(&self->node);
        CSP_WAIT(1);
    }
yielded:
    CSP_OUT(csp_sleep(S, self, &f->timer, csp_now(S) + 1000000000));
    CSP_WAIT(2);
awake:
    CSP_OUT(csp_sleep(S, self, &f->timer, csp_now(S) + 3000000000));
    CSP_WAIT(3);
}

static const csp_point points[] = {{AT(1, 1), CSP_AT_START, "", NULL, 0},
                                   {AT(2, 5), CSP_AT_YIELD, "yield;", NULL, 0},
                                   {AT(3, 5), CSP_AT_TIME, "after 1s;", NULL, 0},
                                   {AT(4, 5), CSP_AT_TIME, "after 3s;", NULL, 0}};
static const csp_kind asker_kind = {"main", AT(1, 1), asker_step, sizeof(struct asker_frame), 4, points, 0, NULL, 0, NULL};
static const csp_argument arguments[] = {{"how", CSP_ARGUMENT_INT32, offsetof(struct asker_frame, how), "0"}};
static const csp_program program = {"live", files, &asker_kind, arguments, 1, {-1, -1, -1}};

#define ASKED "live: where the processes are\n"
#define STILL "live: nothing has moved for a while\n"

static void nobody_asks(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "live", "--virtual-time");
    assert_int_equal(child.status, 0);
    assert_string_equal(child.errors, "");
}

static void asked_before_it_waits(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "live", "--virtual-time", "1");
    assert_int_equal(child.status, 0);
    assert_string_equal(child.errors, ASKED "    main waits at live.csp:3:5: after 1s;\n");
}

static void asked_while_something_runs(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "live", "--virtual-time", "2");
    assert_string_equal(child.errors, ASKED "    main can go on at live.csp:2:5: yield;\n");
}

static void watched(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &program, "", "live", "--virtual-time", "--watch=2");
    assert_int_equal(child.status, 0);
    assert_string_equal(child.errors, STILL "    main waits at live.csp:4:5: after 3s;\n");
    CHILD_RUN(&child, &program, "", "live", "--virtual-time", "--watch=500ms");
    assert_string_equal(child.errors, STILL "    main waits at live.csp:3:5: after 1s;\n" STILL
                                      "    main waits at live.csp:4:5: after 3s;\n");
    CHILD_RUN(&child, &program, "", "live", "--virtual-time", "--watch=4");
    assert_string_equal(child.errors, "");
    CHILD_RUN(&child, &program, "", "live", "--watch=soon");
    assert_int_equal(child.status, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_asks),
        cmocka_unit_test(asked_before_it_waits),
        cmocka_unit_test(asked_while_something_runs),
        cmocka_unit_test(watched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
