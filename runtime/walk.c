/* walk: from frame to frame, each before those below it. Called by report.c and deadlock.c. */
#include "walk.h"

/* ---- frames below frames ---- */

const csp_point *csp_walk_point(const struct position *p)
{
    uint16_t resume = p->frame->node.resume;
    return resume < p->kind->point_count ? &p->kind->points[resume] : NULL;
}

char *csp_walk_frames(csp_process *parent, const csp_children *group, int64_t *count)
{
    char *at = (char *)parent + group->offset;
    if (group->count >= 0) {
        *count = group->count;
        return at;
    }
    if (group->count == CSP_SINGLE) {
        char *frame;
        memcpy(&frame, at, sizeof frame);
        *count = frame ? 1 : 0;
        return frame;
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
    char *at = csp_walk_frames(parent->frame, group, &count) + (size_t)index * group->kind->size;
    return (struct position){(csp_process *)(void *)at, group->kind, csp_walk_point(parent), group, NULL, index};
}

static struct position spawned_at(csp_spawned *spawned, int64_t index)
{
    return (struct position){csp_spawned_frame(spawned), spawned->kind, NULL, NULL, spawned, index};
}

/* ---- from frame to frame ---- */

struct walk csp_walk_begin(csp_scheduler *S, void *memory, size_t size)
{
    struct walk walk = {memory, 1, size / sizeof *walk.way};
    walk.way[0] = main_position(S);
    return walk;
}

/* The first frame that is not in a group before `group`, and in that not before `index`; false: there is none. */
static bool enter(struct walk *walk, const struct position *parent, const csp_children *group, int64_t index)
{
    const csp_point *point = csp_walk_point(parent);
    for (; point && group < point->children + point->children_count; group++, index = 0) {
        int64_t count;
        csp_walk_frames(parent->frame, group, &count);
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
    const csp_point *point = csp_walk_point(parent);
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
    const csp_point *point = csp_walk_point(here);
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

bool csp_walk_on_below(struct walk *walk, size_t depth)
{
    if (go_below(walk, &walk->way[walk->depth - 1]))
        return true;
    while (walk->depth > depth) {
        walk->depth--;
        if (go_beside(walk, walk->way[walk->depth]))
            return true;
    }
    return false;
}

bool csp_walk_on(struct walk *walk)
{
    return csp_walk_on_below(walk, 1);
}
