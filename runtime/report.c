/* report: says where a process is and how it came to be there, from what the program says of itself. A report may use all
 * memory that was never handed out. Called by fail.c and deadlock.c. */
#include "report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void csp_report_text(csp_scheduler *S, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof text)
        length = (int)sizeof text - 1;
    csp_stream_append(S, &S->world->errors, text, (size_t)length);
    S->world->errors.whole = S->world->errors.used;
}

void csp_report_at(csp_scheduler *S, csp_place place)
{
    unsigned line = (unsigned)(place >> 16), column = (unsigned)(place & 0xffff);
    csp_report_text(S, "%s:%u:%u", S->program->files[place >> 48], line, column);
}

void csp_report_count(csp_scheduler *S, int64_t count)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%" PRId64, count);
    for (int i = 0; i < length; i++)
        csp_report_text(S, "%s%c", i > 0 && (length - i) % 3 == 0 ? "," : "", text[i]);
}

/* Branches of a `par for` have numbers. */
static bool has_number(const struct position *p)
{
    return p->started && p->started->kind == CSP_AT_PAR && p->group->count != 1 && p->group->count != CSP_SINGLE;
}

static void report_name(csp_scheduler *S, const struct position *p)
{
    csp_report_text(S, "%s", p->kind->name);
    if (has_number(p))
        csp_report_text(S, "[%" PRId64 "]", p->index);
}

/* ---- one process ---- */

bool csp_report_walk_to(const struct csp_desk *desk, csp_process *process, struct walk *walk)
{
    if (!desk->S->world->main || desk->size < sizeof *walk->way)
        return false;
    *walk = csp_walk_begin(desk->S, desk->memory, desk->size);
    do {
        if (walk->way[walk->depth - 1].frame == process)
            return true;
    } while (csp_walk_on(walk));
    return false;
}

/* A running process is come to before anything below it, and everything else waits, so the walk goes by points that hold. */
static bool walk_to(csp_scheduler *S, csp_process *process, struct walk *walk)
{
    struct csp_desk desk = {.S = S};
    desk.memory = csp_pool_scratch(S, &desk.size);
    return csp_report_walk_to(&desk, process, walk);
}

csp_place csp_report_place(csp_scheduler *S, csp_process *process)
{
    struct walk walk;
    const csp_point *point = walk_to(S, process, &walk) ? csp_walk_point(&walk.way[walk.depth - 1]) : NULL;
    return point ? point->place : 0;
}

/* "worker, spawned at pool.csp:12:9, in " */
static void report_step(csp_scheduler *S, const struct position *p)
{
    report_name(S, p);
    if (p->spawned)
        csp_report_text(S, ", spawned at ");
    else
        csp_report_text(S, ", %s at ", p->started->kind == CSP_AT_CALL ? "called" : "started");
    csp_report_at(S, p->spawned ? p->spawned->place : p->started->place);
    csp_report_text(S, ", in ");
}

/* Of a long way only both ends are told. */
enum { WAY_SHOWN = 16 };

void csp_report_origin(csp_scheduler *S, csp_process *process)
{
    struct walk walk;
    if (!walk_to(S, process, &walk))
        return;
    csp_report_text(S, "    in ");
    for (size_t i = walk.depth - 1; i > 0; i--) {
        if (i == walk.depth - 1 - WAY_SHOWN / 2 && walk.depth > WAY_SHOWN) {
            csp_report_text(S, "… ");
            csp_report_count(S, (int64_t)(walk.depth - WAY_SHOWN));
            csp_report_text(S, " more …, in ");
            i = WAY_SHOWN / 2;
            continue;
        }
        report_step(S, &walk.way[i]);
    }
    csp_report_text(S, "%s\n", walk.way[0].kind->name);
}

void csp_report_process(csp_scheduler *S, const struct walk *walk)
{
    const struct position *here = csp_walk_here(walk), *p = here;
    report_name(S, p);
    while (p > walk->way && !has_number(p))
        p--;
    if (p == here || p == walk->way)
        return;
    csp_report_text(S, " in ");
    report_name(S, p);
}
