/* report: says where processes are, from what the program says of itself.
 *
 * What a frame is its parent knows: the kinds of the frames that run while it waits at its resume point, and where its
 * groups of spawned processes lie. So everything is found from main's frame downwards, by one walk. A report is the last
 * thing that a program does, and may use all memory that was never handed out; it does not recurse, since processes may
 * be nested deep. Called by fail.c and main.c. */
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

/* A frame and what it is. That of main has neither `started` nor `spawned`. */
struct position {
    csp_process *frame;
    const csp_kind *kind;
    const csp_point *started;  /* where its parent waits for it */
    const csp_children *group; /* of that point, to which it belongs */
    csp_spawned *spawned;      /* its header, if it was spawned */
    int64_t index;             /* in the group; if it was spawned: of the csp_group among those of its parent's kind */
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
    return (struct position){S->world->main, S->program->main, NULL, NULL, NULL, 0};
}

static struct position child_at(const struct position *parent, const csp_children *group, int64_t index)
{
    int64_t count;
    char *at = group_frames(parent->frame, group, &count) + (size_t)index * group->kind->size;
    return (struct position){(csp_process *)(void *)at, group->kind, point_of(parent), group, NULL, index};
}

static struct position spawned_at(csp_spawned *spawned, int64_t index)
{
    return (struct position){csp_spawned_frame(spawned), spawned->kind, NULL, NULL, spawned, index};
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

/* ---- from frame to frame ---- */

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

/* The first spawned process of a group not before that number. Who has not come to its first wait has spawned nobody,
 * and its groups may not have been begun. */
static bool enter_spawned(struct walk *walk, const struct position *parent, int64_t index)
{
    const csp_point *point = point_of(parent);
    for (; point && point != parent->kind->points && index < parent->kind->group_count; index++) {
        csp_group group;
        memcpy(&group, (char *)parent->frame + parent->kind->groups[index], sizeof group);
        if (group.first) {
            walk->way[walk->depth++] = spawned_at(group.first, index);
            return true;
        }
    }
    return false;
}

static bool go_below(struct walk *walk, const struct position *here)
{
    const csp_point *point = point_of(here);
    if (walk->depth == walk->room)
        return false;
    return (point && point->children_count && enter(walk, here, point->children, 0)) || enter_spawned(walk, here, 0);
}

/* In place of `here`, which has just been left. */
static bool go_beside(struct walk *walk, struct position here)
{
    const struct position *parent = &walk->way[walk->depth - 1];
    if (!here.spawned)
        return enter(walk, parent, here.group, here.index + 1) || enter_spawned(walk, parent, 0);
    if (!here.spawned->next)
        return enter_spawned(walk, parent, here.index + 1);
    walk->way[walk->depth++] = spawned_at(here.spawned->next, here.index);
    return true;
}

/* Goes on to the next frame: below, else beside, else beside one above. False: that was the last. */
static bool walk_on(struct walk *walk)
{
    if (go_below(walk, &walk->way[walk->depth - 1]))
        return true;
    while (walk->depth > 1) {
        walk->depth--;
        if (go_beside(walk, walk->way[walk->depth]))
            return true;
    }
    return false;
}

/* ---- one process ---- */

/* Walks to a process of the program; false: it is not one, or too deep. What runs is come to before anything below it,
 * and everything else waits, so the walk goes by points that hold. */
static bool walk_to(csp_scheduler *S, csp_process *process, struct walk *walk)
{
    size_t size;
    void *memory = csp_pool_scratch(S, &size);
    if (!S->world->main || size < sizeof *walk->way)
        return false;
    *walk = walk_begin(S, memory, size);
    do {
        if (walk->way[walk->depth - 1].frame == process)
            return true;
    } while (walk_on(walk));
    return false;
}

csp_place csp_report_place(csp_scheduler *S, csp_process *process)
{
    struct walk walk;
    const csp_point *point = walk_to(S, process, &walk) ? point_of(&walk.way[walk.depth - 1]) : NULL;
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
    report_place(S, p->spawned ? p->spawned->place : p->started->place);
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
            report_count(S, (int64_t)(walk.depth - WAY_SHOWN));
            csp_report_text(S, " more …, in ");
            i = WAY_SHOWN / 2;
            continue;
        }
        report_step(S, &walk.way[i]);
    }
    csp_report_text(S, "%s\n", walk.way[0].kind->name);
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
    bool below = point && (point->kind == CSP_AT_CALL || point->kind == CSP_AT_PAR || point->kind == CSP_AT_JOIN);
    return below ? NULL : point;
}

/* The frame that the walk has come to; where it has no number, also the nearest above it that has one. */
static void report_waiting(csp_scheduler *S, const struct walk *walk, const csp_point *point)
{
    const struct position *here = &walk->way[walk->depth - 1], *p = here;
    csp_report_text(S, "    ");
    report_name(S, p);
    while (p > walk->way && !has_number(p))
        p--;
    if (p != here && p > walk->way) {
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
