/* deadlock: who waits where, on which channel or barrier and for whom (language.md § 10). Called by main.c.
 *
 * Of processes that wait at the same point only some are told of. Where each waits for another that waits, following them
 * leads into a circle, which is what the programmer has to break: the first one found is shown. */
#include "partner.h"

#include <inttypes.h>

enum {
    CROWD_SHOWN = 20, /* processes told of that wait at one point */
    ASKS_SHOWN = 8,   /* guards of one alt */
    CIRCLE_MOST = 32  /* processes in a circle */
};

/* How many processes wait at one point, and how many of them have been told. */
struct crowd {
    const csp_point *point;
    int64_t count, told;
};

/* A report under way: `desk` is for walks within the walk over all processes. */
struct report {
    csp_scheduler *S;
    struct csp_desk desk;
    struct crowd *crowds;
    size_t crowd_count, crowd_room;
    csp_process *circle[CIRCLE_MOST];
    size_t circle_length; /* 0: none has been found */
    bool is_live;         /* the program goes on */
};

/* The crowd at a point, a new one if need be; the points that there is no room for share the last. */
static struct crowd *crowd_at(struct report *report, const csp_point *point)
{
    size_t i = 0;
    while (i < report->crowd_count && report->crowds[i].point != point)
        i++;
    if (i == report->crowd_room)
        return &report->crowds[i - 1];
    if (i == report->crowd_count)
        report->crowds[report->crowd_count++] = (struct crowd){point, 0, 0};
    return &report->crowds[i];
}

/* ---- names ---- */

static void tell_process(const struct report *report, csp_process *process)
{
    struct walk walk;
    if (csp_report_walk_to(&report->desk, process, &walk))
        csp_report_process(report->S, &walk);
}

static void tell_channel(const struct report *report, const struct csp_ask *ask)
{
    char name[256];
    csp_partner_name(name, sizeof name, ask->link, ask->index);
    csp_report_text(report->S, "%s", name);
}

/* ---- the circle ---- */

/* The frame that `process` waits for; NULL: there is none, or it is not known. While the program goes on, one of several
 * may still come. */
static csp_process *awaited(const struct report *report, csp_process *process)
{
    struct csp_ask ask;
    if (csp_partner_asks(&report->desk, process, &ask, 1) == 0 || ask.wants == 0)
        return NULL;
    struct csp_partners partners = csp_partner_find(&report->desk, process, &ask);
    return report->is_live && partners.count > 1 && ask.wants != CSP_SYNCS ? NULL : partners.first;
}

static bool is_above(const csp_process *frame, const csp_process *process)
{
    while (process && process != frame)
        process = process->parent;
    return process;
}

/* The first process that waits for a communication, from the frame downwards. */
static csp_process *waiting_below(const struct report *report, csp_process *frame)
{
    struct walk walk;
    if (!csp_report_walk_to(&report->desk, frame, &walk))
        return NULL;
    size_t depth = walk.depth;
    do {
        const csp_point *point = csp_walk_point(csp_walk_here(&walk));
        if (point && !csp_partner_waits_below(point))
            return csp_walk_here(&walk)->frame;
    } while (csp_walk_on_below(&walk, depth));
    return NULL;
}

/* Follows who waits for whom. A frame that waits for one below it is a step of its own. */
static void look_for_circle(struct report *report, csp_process *process)
{
    csp_process *way[CIRCLE_MOST];
    size_t length = 0;
    while (process && length < CIRCLE_MOST) {
        for (size_t i = 0; i < length; i++)
            if (way[i] == process) {
                report->circle_length = length - i;
                memcpy(report->circle, way + i, report->circle_length * sizeof *way);
                return;
            }
        way[length++] = process;
        csp_process *next = waiting_below(report, process) == process ? awaited(report, process)
                            : is_above(process, way[0])               ? way[0]
                                                                      : waiting_below(report, process);
        process = next;
    }
}

static void tell_circle(const struct report *report)
{
    if (report->circle_length == 0)
        return;
    csp_report_text(report->S, "a circle: ");
    for (size_t i = 0; i <= report->circle_length; i++) {
        csp_report_text(report->S, i == 0 ? "" : i == 1 ? " waits for " : ", which waits for ");
        tell_process(report, report->circle[i % report->circle_length]);
    }
    csp_report_text(report->S, "\n");
}

/* ---- one process ---- */

static void tell_ask(const struct report *report, csp_process *process, const struct csp_ask *ask)
{
    static const char *const verbs[] = {[CSP_RECEIVES] = "receive from", [CSP_SENDS] = "send on", [CSP_SYNCS] = "sync"};
    struct csp_partners partners = csp_partner_find(&report->desk, process, ask);
    if (ask->wants == 0) {
        csp_report_text(report->S, "        for the end of ");
    } else if (partners.count) {
        csp_report_text(report->S, "        for ");
        tell_process(report, partners.first);
        if (partners.count > 1)
            csp_report_text(report->S, " %s %" PRId64 " other%s", ask->wants == CSP_SYNCS ? "and" : "or", partners.count - 1,
                            partners.count > 2 ? "s" : "");
        csp_report_text(report->S, " to %s ", verbs[ask->wants]);
    } else if (ask->link->form == CSP_LINK_CELLS) { /* ends of it may be anywhere */
        csp_report_text(report->S, "        for somebody to %s ", verbs[ask->wants]);
    } else {
        csp_report_text(report->S, "        nobody %s left to %s ", partners.could_itself ? "else is" : "is", verbs[ask->wants]);
    }
    tell_channel(report, ask);
    csp_report_text(report->S, "\n");
}

static void tell_asks(struct report *report, csp_process *process)
{
    struct csp_ask asks[ASKS_SHOWN];
    size_t count = csp_partner_asks(&report->desk, process, asks, ASKS_SHOWN);
    for (size_t i = 0; i < count && i < ASKS_SHOWN; i++)
        tell_ask(report, process, &asks[i]);
    if (count > ASKS_SHOWN)
        csp_report_text(report->S, "        or one of %zu more guards\n", count - ASKS_SHOWN);
    if (report->circle_length == 0)
        look_for_circle(report, process);
}

/* Those that a frame has spawned and that have not ended. */
static void tell_spawned(const struct report *report, const struct position *here)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < here->kind->group_count; i++) {
        csp_group group;
        memcpy(&group, (char *)here->frame + here->kind->groups[i], sizeof group);
        for (const csp_spawned *spawned = group.first; spawned; spawned = spawned->next)
            count++;
    }
    csp_report_text(report->S, "        for the end of ");
    csp_report_count(report->S, count);
    csp_report_text(report->S, " process%s that it has spawned\n", count == 1 ? "" : "es");
}

static bool can_run(csp_scheduler *S, const csp_process *process)
{
    for (const csp_node *n = S->first; n; n = n->next)
        if (n == &process->node)
            return true;
    return false;
}

static void tell_waiting(struct report *report, const struct walk *walk, const csp_point *point)
{
    csp_process *process = csp_walk_here(walk)->frame;
    bool runs = report->is_live && can_run(report->S, process);
    csp_report_text(report->S, "    ");
    csp_report_process(report->S, walk);
    csp_report_text(report->S, runs ? " can go on at " : " waits at ");
    csp_report_at(report->S, point->place);
    csp_report_text(report->S, point->text[0] ? ": %s\n" : "%s\n", point->text);
    if (point->kind == CSP_AT_JOIN)
        tell_spawned(report, csp_walk_here(walk));
    else if (!runs)
        tell_asks(report, process);
}

static void tell(struct report *report, const struct walk *walk, const csp_point *point)
{
    struct crowd *crowd = crowd_at(report, point);
    if (crowd->told == CROWD_SHOWN)
        return;
    tell_waiting(report, walk, point);
    if (++crowd->told < CROWD_SHOWN || crowd->count == CROWD_SHOWN)
        return;
    csp_report_text(report->S, "    … and ");
    csp_report_count(report->S, crowd->count - CROWD_SHOWN);
    csp_report_text(report->S, " more like this one\n");
}

/* ---- all ---- */

/* The memory is for the crowds, for the walk over all, and for walks within it. */
static struct report begin(csp_scheduler *S, char *memory, size_t part)
{
    return (struct report){.S = S, .desk = {S, memory + 2 * part, 2 * part},
                           .crowds = (struct crowd *)(void *)memory, .crowd_room = part / sizeof(struct crowd)};
}

/* One walk counts who waits where, another tells it. */
static void tell_all(csp_scheduler *S, char *memory, size_t size, bool is_live)
{
    size_t part = size / 4 / 64 * 64;
    struct report report = begin(S, memory, part);
    report.is_live = is_live;
    if (part < sizeof(struct crowd) || part < sizeof(struct position))
        return;
    for (int telling = 0; telling < 2; telling++) {
        struct walk walk = csp_walk_begin(S, memory + part, part);
        do {
            const csp_point *point = csp_walk_point(csp_walk_here(&walk));
            if (!point || (csp_partner_waits_below(point) && point->kind != CSP_AT_JOIN))
                continue;
            if (telling)
                tell(&report, &walk, point);
            else
                crowd_at(&report, point)->count++;
        } while (csp_walk_on(&walk));
    }
    tell_circle(&report);
}

void csp_report_deadlock(csp_scheduler *S)
{
    size_t size;
    char *memory = csp_pool_scratch(S, &size);
    csp_report_text(S, "error: deadlock: every process is waiting\n");
    tell_all(S, memory, size, false);
}

void csp_report_live(csp_scheduler *S, const char *why)
{
    size_t size;
    char *memory = csp_pool_kept(S, &size);
    csp_report_text(S, "%s: %s\n", S->program->name, why);
    tell_all(S, memory, size, true);
}
