/* Standard streams as channels, together with print (language.md § 3). */
#include "child.h"

#include <fcntl.h>

static const char *const files[] = {"test.csp"};

/* ---- cat: for (x : in) out ! x; with a print before and after ---- */

struct cat_frame {
    csp_process process;
    csp_channel *in, *out;
    uint8_t x;
};

static void cat_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct cat_frame *f = (struct cat_frame *)self;
    switch (self->node.resume) {
    case 1: goto received_1;
    case 2: goto sent_2;
    }
    csp_print_char(S, '<');
    csp_print_done(S);
    for (;;) {
        if (!CSP_ASK(csp_receive(S, self, f->in, &f->x, 1)))
            CSP_WAIT(1);
received_1:
        if (self->node.poisoned)
            break;
        if (f->x == '#') {
            csp_print_string(S, CSP_STRING("(number)"));
            csp_print_done(S);
        }
        if (!CSP_ASK(csp_send(S, self, f->out, &f->x, 1)))
            CSP_WAIT(2);
sent_2:;
    }
    csp_print_char(S, '>');
    csp_print_done(S);
    CSP_END();
}

static const csp_kind cat_kind = {"main", 0, cat_step, sizeof(struct cat_frame), 0, NULL, 0, NULL, 0, NULL};
static const csp_program cat = {"cat", files, &cat_kind, NULL, 0,
                                {offsetof(struct cat_frame, in), offsetof(struct cat_frame, out), -1}};
static const csp_program cat_errors = {"cat", files, &cat_kind, NULL, 0,
                                       {offsetof(struct cat_frame, in), -1, offsetof(struct cat_frame, out)}};

static void copies_in_order_with_print(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &cat, "ab#c", "cat");
    assert_int_equal(child.status, 0);
    assert_string_equal(child.out, "<ab(number)#c>");
    CHILD_RUN(&child, &cat, "ab#c", "cat", "--virtual-time");
    assert_string_equal(child.out, "<ab(number)#c>");
    CHILD_RUN(&child, &cat, "", "cat");
    assert_string_equal(child.out, "<>");
}

static void errors_have_a_stream_of_their_own(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &cat_errors, "a#b", "cat");
    assert_string_equal(child.out, "<(number)>");
    assert_string_equal(child.errors, "a#b");
}

static void help_and_wrong_arguments(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &cat, "", "cat", "--help");
    assert_int_equal(child.status, 0);
    assert_string_equal(child.out, "usage: cat [--virtual-time] [--watch=SECONDS] [--trace=FILE] [--]\n");
    CHILD_RUN(&child, &cat, "", "cat", "x");
    assert_int_equal(child.status, 2);
    assert_string_equal(child.errors, "cat: error: 'x' is one argument too many\nusage: cat [--virtual-time] [--watch=SECONDS] [--trace=FILE] [--]\n");
}

/* ---- a full pipe ---- */

/* Sends so many letters, pausing before each where there is a pause. */
struct sender_frame {
    csp_process process;
    csp_channel *out;
    int32_t count, i;
    uint8_t x;
    int64_t pause;
    csp_timer timer;
};

static void sender_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct sender_frame *f = (struct sender_frame *)self;
    switch (self->node.resume) {
    case 1: goto slept_1;
    case 2: goto sent_2;
    }
    for (f->i = 0; f->i < f->count; f->i++) {
        if (f->pause && !CSP_ASK(csp_sleep(S, self, &f->timer, csp_deadline(S, f->pause))))
            CSP_WAIT(1);
slept_1:
        f->x = (uint8_t)('a' + f->i % 26);
        if (!CSP_ASK(csp_send(S, self, f->out, &f->x, 1)))
            CSP_WAIT(2);
sent_2:
        if (self->node.poisoned)
            CSP_END();
    }
    CSP_END();
}

/* A flood to stdout, and a letter each millisecond to stderr. */
struct flood_frame {
    csp_process process;
    csp_channel *out, *errors;
    struct sender_frame flood, ticker;
};

enum { FLOOD = 300000, TICKS = 20 };

static void flood_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct flood_frame *f = (struct flood_frame *)self;
    switch (self->node.resume) {
    case 1: goto joined_1;
    }
    f->flood.out = f->out;
    f->flood.count = FLOOD;
    CSP_OUT(csp_start(S, &f->flood.process, sender_step, self));
    f->ticker.out = f->errors;
    f->ticker.count = TICKS;
    f->ticker.pause = 1000000;
    CSP_OUT(csp_start(S, &f->ticker.process, sender_step, self));
    self->node.message = 2;
    CSP_WAIT(1);
joined_1:
    csp_print_string(S, CSP_STRING("end"));
    csp_print_done(S);
    CSP_END();
}

static const csp_kind flood_kind = {"main", 0, flood_step, sizeof(struct flood_frame), 0, NULL, 0, NULL, 0, NULL};
static const csp_program flood = {"flood", files, &flood_kind, NULL, 0,
                                  {-1, offsetof(struct flood_frame, out), offsetof(struct flood_frame, errors)}};

/* Starts a program whose streams are pipes; the ends of the parent are in ends[]. */
static pid_t start(const csp_program *program, int ends[3])
{
    int pipes[3][2];
    for (int i = 0; i < 3; i++)
        assert_int_equal(pipe(pipes[i]), 0);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(20);
        for (int i = 0; i < 3; i++) {
            dup2(pipes[i][i > 0], i);
            close(pipes[i][0]);
            close(pipes[i][1]);
        }
        _exit(csp_main(program, 1, (char *[]){"program", NULL}));
    }
    for (int i = 0; i < 3; i++) {
        close(pipes[i][i > 0]);
        ends[i] = pipes[i][i == 0];
    }
    return pid;
}

static int finish(pid_t pid, int ends[3])
{
    int status;
    for (int i = 0; i < 3; i++)
        close(ends[i]);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* While nobody reads stdout, the process that sends there waits, and the other goes on. */
static void a_full_pipe_stops_only_its_sender(void **state)
{
    (void)state;
    int ends[3];
    pid_t pid = start(&flood, ends);
    char c;
    for (int i = 0; i < TICKS; i++) {
        assert_int_equal(read(ends[2], &c, 1), 1);
        assert_int_equal(c, 'a' + i % 26);
    }
    for (int i = 0; i < FLOOD; i++) {
        assert_int_equal(read(ends[1], &c, 1), 1);
        assert_int_equal(c, 'a' + i % 26);
    }
    char end[4] = "";
    assert_int_equal(read(ends[1], end, 3), 3);
    assert_string_equal(end, "end");
    assert_int_equal(read(ends[1], &c, 1), 0);
    assert_int_equal(finish(pid, ends), 0);
}

/* Each byte comes back as soon as it is written, before the end of the input is known. */
static void interactive(void **state)
{
    (void)state;
    int ends[3];
    pid_t pid = start(&cat, ends);
    char c;
    assert_int_equal(read(ends[1], &c, 1), 1);
    assert_int_equal(c, '<');
    for (char x = 'a'; x < 'e'; x++) {
        assert_int_equal(write(ends[0], &x, 1), 1);
        assert_int_equal(read(ends[1], &c, 1), 1);
        assert_int_equal(c, x);
    }
    close(ends[0]);
    assert_int_equal(read(ends[1], &c, 1), 1);
    assert_int_equal(c, '>');
    assert_int_equal(finish(pid, ends), 0);
}

/* ---- guards on stdin ---- */

/* Counts bytes with a polling alt { in ? x  skip } or with alt { in ? x  ended in }, and prints the count. */
struct counter_frame {
    csp_process process;
    csp_channel *in;
    bool polls;
    int32_t count, next;
    uint8_t x;
    csp_alt alt;
    csp_guard guards[3];
};

static void counter_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct counter_frame *f = (struct counter_frame *)self;
    if (self->node.resume == 1)
        goto taken_1;
    for (;;) {
        csp_alt_begin(&f->alt, self, f->guards);
        csp_guard_receive(&f->alt, 0, f->in, &f->x, 1);
        csp_guard_ended(&f->alt, 1, f->in, false);
        if (f->polls)
            csp_guard_skip(&f->alt, 2);
        if (!CSP_ASK(csp_alt_select(S, &f->alt, &f->next, 0)))
            CSP_WAIT(1);
taken_1:
        if (csp_alt_which(&f->alt) == 1)
            break;
        f->count += csp_alt_which(&f->alt) == 0;
    }
    csp_print_int(S, f->count);
    csp_print_done(S);
    CSP_END();
}

static const csp_kind counter_kind = {"main", 0, counter_step, sizeof(struct counter_frame), 0, NULL, 0, NULL, 0, NULL};
static const csp_argument counter_arguments[] = {
    {"polls", CSP_ARGUMENT_BOOL, offsetof(struct counter_frame, polls), "false"}};
static const csp_program counter = {"counter", files, &counter_kind, counter_arguments, 1,
                                    {offsetof(struct counter_frame, in), -1, -1}};

static void guards(void **state)
{
    (void)state;
    struct child child;
    CHILD_RUN(&child, &counter, "12345", "counter");
    assert_string_equal(child.out, "5");
    CHILD_RUN(&child, &counter, "12345", "counter", "true");
    assert_string_equal(child.out, "5");
    CHILD_RUN(&child, &counter, "12345", "counter", "--virtual-time", "true");
    assert_string_equal(child.out, "5");
}

/* ---- nowhere to write ---- */

static void closed_output(void **state)
{
    (void)state;
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        dup2(open("/dev/null", O_WRONLY), 2);
        close(1);
        _exit(csp_main(&cat, 1, (char *[]){"cat", NULL}));
    }
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_in_order_with_print),
        cmocka_unit_test(errors_have_a_stream_of_their_own),
        cmocka_unit_test(help_and_wrong_arguments),
        cmocka_unit_test(a_full_pipe_stops_only_its_sender),
        cmocka_unit_test(interactive),
        cmocka_unit_test(guards),
        cmocka_unit_test(closed_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
