/* report: says where processes are, from what the program says of itself.
 *
 * Frames know their parents; what a frame is its parent knows: the kinds of the frames that run while it waits at its
 * resume point. So everything is found from main's frame downwards. A report is the last thing that a program does, and
 * may use all memory that was never handed out; it does not recurse, since processes may be nested deep.
 * Called by fail.c and main.c. */
#include "world.h"

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

static void report_place(csp_scheduler *S, csp_place place)
{
    unsigned line = (unsigned)(place >> 16), column = (unsigned)(place & 0xffff);
    csp_report_text(S, "%s:%u:%u", S->program->files[place >> 48], line, column);
}

/* 9,979 */
static void report_count(csp_scheduler *S, int64_t count)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%" PRId64, count);
    for (int i = 0; i < length; i++)
        csp_report_text(S, "%s%c", i > 0 && (length - i) % 3 == 0 ? "," : "", text[i]);
}

/* ---- frames below frames ---- */

/* A frame and what it is. */
struct position {
    csp_process *frame;
    const csp_kind *kind;
    const csp_point *started;  /* where its parent waits for it; NULL: this is main */
    const csp_children *group; /* of that point, to which it belongs */
    int64_t index;             /* in the group */
};

/* Where it waits; NULL: it has ended, or is not one of the program's. A running process has left the point it waited at
 * last, so who asks about that one must not look below it. */
static const csp_point *point_of(const struct position *p)
{
    uint16_t resume = p->frame->node.resume;
    return resume < p->kind->point_count ? &p->kind->points[resume] : NULL;
}

static char *group_frames(csp_process *parent, const csp_children *group, int64_t *count)
{
    char *at = (char *)parent + group->offset;
    if (group->count >= 0) {
        *count = group->count;
        return at;
    }
    csp_team team;
    memcpy(&team, at, sizeof team);
    *count = team.frames ? team.count : 0;
    return team.frames;
}

static struct position main_position(csp_scheduler *S)
{
    return (struct position){S->world->main, S->program->main, NULL, NULL, 0};
}

static struct position child_at(const struct position *parent, const csp_children *group, int64_t index)
{
    int64_t count;
    char *at = group_frames(parent->frame, group, &count) + (size_t)index * group->kind->size;
    return (struct position){(csp_process *)(void *)at, group->kind, point_of(parent), group, index};
}

/* Branches of a `par for` have numbers. */
static bool has_number(const struct position *p)
{
    return p->started && p->started->kind == CSP_AT_PAR && p->group->count != 1;
}

static void report_name(csp_scheduler *S, const struct position *p)
{
    csp_report_text(S, "%s", p->kind->name);
    if (has_number(p))
        csp_report_text(S, "[%" PRId64 "]", p->index);
}

/* ---- the way from main to one process ---- */

/* Finds a child of `parent` by its address. */
static bool find_child(const struct position *parent, csp_process *frame, struct position *found)
{
    const csp_point *point = point_of(parent);
    for (uint32_t i = 0; point && i < point->children_count; i++) {
        const csp_children *group = &point->children[i];
        int64_t count;
        uintptr_t at = (uintptr_t)frame, begin = (uintptr_t)group_frames(parent->frame, group, &count);
        if (begin <= at && at < begin + (size_t)count * group->kind->size) {
            *found = child_at(parent, group, (int64_t)((at - begin) / group->kind->size));
            return true;
        }
    }
    return false;
}

/* The positions of `process`, its parent, and so on to main, in memory that is not used otherwise. NULL: it is not one of
 * the program's, or too deep. */
static struct position *way_to_main(csp_scheduler *S, csp_process *process, size_t *length)
{
    struct csp_world *w = S->world;
    size_t room, n = 0;
    struct position *way = csp_pool_scratch(S, &room);
    for (csp_process *p = process; p && p != &w->root; p = p->parent) {
        if (++n > room / sizeof *way)
            return NULL;
        way[n - 1].frame = p;
    }
    if (n == 0 || way[n - 1].frame != w->main)
        return NULL;
    way[n - 1] = main_position(S);
    for (size_t i = n - 1; i > 0; i--) {
        if (!find_child(&way[i], way[i - 1].frame, &way[i - 1]))
            return NULL;
    }
    *length = n;
    return way;
}

csp_place csp_report_place(csp_scheduler *S, csp_process *process)
{
    size_t length;
    struct position *way = way_to_main(S, process, &length);
    const csp_point *point = way ? point_of(way) : NULL;
    return point ? point->place : 0;
}

/* Of a long way only both ends are told. */
enum { WAY_SHOWN = 16 };

void csp_report_origin(csp_scheduler *S, csp_process *process)
{
    size_t length;
    struct position *way = way_to_main(S, process, &length);
    if (!way)
        return;
    csp_report_text(S, "    in ");
    for (size_t i = 0; i + 1 < length; i++) {
        if (i == WAY_SHOWN / 2 && length > WAY_SHOWN) {
            csp_report_text(S, "… ");
            report_count(S, (int64_t)(length - WAY_SHOWN));
            csp_report_text(S, " more …, in ");
            i = length - WAY_SHOWN / 2 - 1;
            continue;
        }
        report_name(S, &way[i]);
        csp_report_text(S, ", %s at ", way[i].started->kind == CSP_AT_CALL ? "called" : "started");
        report_place(S, way[i].started->place);
        csp_report_text(S, ", in ");
    }
    csp_report_text(S, "%s\n", way[length - 1].kind->name);
}

/* ---- all processes ---- */

/* The way from main to the frame that a walk has come to. A walk visits each frame before those below it. */
struct walk {
    struct position *way;
    size_t depth, room;
};

static struct walk walk_begin(csp_scheduler *S, void *memory, size_t size)
{
    struct walk walk = {memory, 1, size / sizeof *walk.way};
    walk.way[0] = main_position(S);
    return walk;
}

/* The first frame that is not in a group before `group`, and in that not before `index`; false: there is none. */
static bool enter(struct walk *walk, const struct position *parent, const csp_children *group, int64_t index)
{
    const csp_point *point = point_of(parent);
    for (; point && group < point->children + point->children_count; group++, index = 0) {
        int64_t count;
        group_frames(parent->frame, group, &count);
        if (index < count) {
            walk->way[walk->depth++] = child_at(parent, group, index);
            return true;
        }
    }
    return false;
}

/* Goes on to the next frame: below, else beside, else beside one above. False: that was the last. */
static bool walk_on(struct walk *walk)
{
    struct position *here = &walk->way[walk->depth - 1];
    const csp_point *point = point_of(here);
    if (point && point->children_count && walk->depth < walk->room && enter(walk, here, point->children, 0))
        return true;
    while (walk->depth > 1) {
        here = &walk->way[--walk->depth];
        if (enter(walk, here - 1, here->group, here->index + 1))
            return true;
    }
    return false;
}

/* ---- deadlock ---- */

/* How many processes wait at one point, and how many of them have been told. */
struct crowd {
    const csp_point *point;
    int64_t count, told;
};

struct crowds {
    struct crowd *at;
    size_t length, room;
};

enum { CROWD_SHOWN = 20 };

/* The crowd at a point, a new one if need be; the points that there is no room for share the last. */
static struct crowd *crowd_at(struct crowds *crowds, const csp_point *point)
{
    size_t i = 0;
    while (i < crowds->length && crowds->at[i].point != point)
        i++;
    if (i == crowds->room)
        return &crowds->at[i - 1];
    if (i == crowds->length)
        crowds->at[crowds->length++] = (struct crowd){point, 0, 0};
    return &crowds->at[i];
}

/* The point where the walk's frame waits for a partner, an instant or nothing; NULL: it waits for those below it. */
static const csp_point *waits_at(const struct walk *walk)
{
    const csp_point *point = point_of(&walk->way[walk->depth - 1]);
    return point && point->kind != CSP_AT_CALL && point->kind != CSP_AT_PAR ? point : NULL;
}

/* The frame that the walk has come to; where it has no number, also the nearest above it that has one. */
static void report_waiting(csp_scheduler *S, const struct walk *walk, const csp_point *point)
{
    const struct position *here = &walk->way[walk->depth - 1], *p = here;
    csp_report_text(S, "    ");
    report_name(S, p);
    while (p->started && !has_number(p))
        p--;
    if (p != here && p->started) {
        csp_report_text(S, " in ");
        report_name(S, p);
    }
    csp_report_text(S, " waits at ");
    report_place(S, point->place);
    csp_report_text(S, ": %s\n", point->text);
}

static void report_one(csp_scheduler *S, const struct walk *walk, const csp_point *point, struct crowd *crowd)
{
    if (crowd->told == CROWD_SHOWN)
        return;
    report_waiting(S, walk, point);
    if (++crowd->told < CROWD_SHOWN || crowd->count == CROWD_SHOWN)
        return;
    csp_report_text(S, "    … and ");
    report_count(S, crowd->count - CROWD_SHOWN);
    csp_report_text(S, " more like this one\n");
}

/* One walk counts who waits where, another tells it. */
void csp_report_deadlock(csp_scheduler *S)
{
    size_t size;
    char *memory = csp_pool_scratch(S, &size);
    struct crowds crowds = {(struct crowd *)(void *)memory, 0, size / 4 / sizeof(struct crowd)};
    size_t used = crowds.room * sizeof(struct crowd);
    csp_report_text(S, "error: deadlock: every process is waiting\n");
    if (crowds.room == 0)
        return;
    for (int telling = 0; telling < 2; telling++) {
        struct walk walk = walk_begin(S, memory + used, size - used);
        do {
            const csp_point *point = waits_at(&walk);
            if (point && telling)
                report_one(S, &walk, point, crowd_at(&crowds, point));
            else if (point)
                crowd_at(&crowds, point)->count++;
        } while (walk_on(&walk));
    }
}
