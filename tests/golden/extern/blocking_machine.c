/* blocking_machine.csp, compiled by cspc. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* all that headers have, also where C is -std=c11 */
#endif
#include "csp.h"
#include "slow.h"

CSP_GENERATED_CODE

/* Who runs, and where in the source: for messages. */
#define AT(line, column) S, CSP_PLACE(0, line, column)
static const char *const files[] = {"blocking_machine.csp"};

/* ---- calls that block: what they share with the threads they run on ---- */

struct csp_call_slow_read {
    csp_job job;
    port *p;
    void *bytes;
    uint64_t length;
    csp_number result;
};

static void csp_run_slow_read(void *self)
{
    struct csp_call_slow_read *f = (struct csp_call_slow_read *)self;
    f->result = CSP_C(slow_read(f->p, f->bytes, f->length));
}

struct csp_call_slow_open {
    csp_job job;
    const char *name;
    port *result;
};

static void csp_run_slow_open(void *self)
{
    struct csp_call_slow_open *f = (struct csp_call_slow_open *)self;
    f->result = slow_open(f->name);
}

/* ---- frames ---- */

struct main_frame {
    csp_process process;
    uint8_t buffer[4];
    union {
        struct csp_call_slow_open returned_1;
        struct csp_call_slow_read returned_2;
    } at;
};

static csp_step main_step;

/* ---- processes ---- */

static void main_step(csp_scheduler *S, csp_process *self, CSP_QUEUE)
{
    struct main_frame *f = (struct main_frame *)self;
    port *value;
    int32_t value_2;
    int32_t n;
    switch (self->node.resume) {
    case 1:
        goto returned_1;
    case 2:
        goto returned_2;
    }
    memset(f->buffer, 0, sizeof(uint8_t[4]));
    // 10: int n = slow_read(slow_open("one"), buffer, 4);
    f->at.returned_1.name = "one";
    csp_block(S, self, &f->at.returned_1.job, csp_run_slow_open, &f->at.returned_1);
    CSP_WAIT(1);
returned_1:;
    value = f->at.returned_1.result;
    // 10: int n = slow_read(slow_open("one"), buffer, 4);
    f->at.returned_2.p = value;
    f->at.returned_2.bytes = (void *)f->buffer;
    f->at.returned_2.length = UINT64_C(4);
    csp_block(S, self, &f->at.returned_2.job, csp_run_slow_read, &f->at.returned_2);
    CSP_WAIT(2);
returned_2:;
    value_2 = csp_int32_from_c(AT(10, 13), f->at.returned_2.result);
    n = value_2;
    csp_print_int(S, n);
    csp_print_char(S, '\n');
    csp_print_done(S);
    CSP_END();
}

/* ---- for reports and debuggers ---- */

static const csp_kind main_kind;

static const csp_point main_points[] = {
    {CSP_PLACE(0, 8, 9), CSP_AT_START, "", NULL, 0},
    {CSP_PLACE(0, 10, 5), CSP_AT_BLOCKING, "int n = slow_read(slow_open(\"one\"), buffer, 4);", NULL, 0},
    {CSP_PLACE(0, 10, 5), CSP_AT_BLOCKING, "int n = slow_read(slow_open(\"one\"), buffer, 4);", NULL, 0},
};
static const csp_kind main_kind = {"main", CSP_PLACE(0, 8, 9), main_step,
    sizeof(struct main_frame), 3, main_points, 0, NULL, 0, NULL};

const csp_program blocking_machine_program = {
    "blocking_machine", files, &main_kind, NULL, 0, {-1, -1, -1}};
