/* machine_text: runs the compiler over a text up to its machines, for the unit tests of lower, frame and emit. */
#ifndef MACHINE_TEXT_H
#define MACHINE_TEXT_H

#include "compiler_text.h"

#include "emit.h"
#include "frame.h"
#include "lower.h"
#include "usage.h"

static inline struct module *text_usage(const char *text)
{
    struct module *module = text_check(text);
    usage_module(module);
    text_expect(text, 0, NULL);
    return module;
}

static inline struct machines *text_lower(const char *text)
{
    return lower_module(text_usage(text));
}

static inline struct machines *text_frame(const char *text)
{
    struct machines *machines = text_lower(text);
    frame_machines(machines->first, NULL, false);
    return machines;
}

static inline struct machine *text_machine(const struct machines *machines, const char *name)
{
    for (struct machine *m = machines->first; m; m = m->next)
        if (strcmp(m->name, name) == 0)
            return m;
    fail_msg("no machine %s", name);
    return NULL;
}

/* The slot of that name in C. */
static inline struct slot *text_slot(const struct machine *machine, const char *name)
{
    for (struct slot *s = machine->slots; s; s = s->next)
        if (strcmp(s->name, name) == 0)
            return s;
    fail_msg("no slot %s", name);
    return NULL;
}

/* The op that waits at a resume point, from 1. */
static inline struct op *text_wait(const struct machine *machine, int number)
{
    for (struct point *p = machine->points; p; p = p->next)
        if (p->number == number)
            return p->op;
    fail_msg("no point %d", number);
    return NULL;
}

#endif
