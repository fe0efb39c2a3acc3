/* pool: memory for frames whose number is known only at run time: branches of a computed par for, recursion, spawn.
 *
 * One contiguous region, handed out from the bottom up. A block that is given back goes to the free list of its size
 * class and serves the next request of that class; blocks are never split or joined, so that taking and giving are a few
 * instructions and the layout depends on the program alone. Memory from the bottom is zero already: a large block costs
 * only the pages that are used. Called by generated code. */
#include "world.h"

#include <inttypes.h>

enum { STEP = 16, LINE = 64, SCRATCH_MOST = 1 << 20 };

/* Size classes are multiples of 16 up to two cache lines; then, so that frames begin at cache lines, multiples of 64, with
 * at most four classes from a power of two to the next. */
size_t csp_pool_class(size_t *bytes)
{
    enum { SMALL = 2 * LINE };
    size_t wanted = *bytes ? *bytes : 1, step = LINE, class = SMALL / STEP - 1;
    if (wanted <= SMALL) {
        *bytes = (wanted + STEP - 1) / STEP * STEP;
        return *bytes / STEP - 1;
    }
    for (; (wanted - 1) / 8 >= step; step *= 2)
        class += 4;
    size_t steps = (wanted + step - 1) / step;
    *bytes = steps * step;
    return class + steps - SMALL / LINE;
}

void csp_pool_begin(struct csp_pool *pool, void *memory, size_t size)
{
    size_t lost = -(uintptr_t)memory % LINE;
    size_t scratch = size / 16 < SCRATCH_MOST ? size / 16 : SCRATCH_MOST;
    pool->rest = (char *)memory + lost;
    pool->limit = (char *)memory + size;
    pool->end = size > lost + scratch ? pool->limit - scratch : pool->rest;
}

/* A block from the bottom of what is left, at a cache line if it is whole ones; NULL: there is no more. */
static void *take_fresh(struct csp_pool *pool, size_t bytes)
{
    size_t gap = bytes % LINE ? 0 : -(uintptr_t)pool->rest % LINE;
    if ((size_t)(pool->end - pool->rest) < gap + bytes)
        return NULL;
    void *block = pool->rest + gap;
    pool->rest += gap + bytes;
    return block;
}

void *csp_pool_take(csp_scheduler *S, csp_place place, size_t count, size_t size)
{
    struct csp_pool *pool = &S->world->pool;
    size_t all = (size_t)(pool->limit - (char *)S);
    if (size > all || (count > 1 && size && count > all / size))
        csp_fail(S, place, "out of memory: %zu times %zu bytes", count, size);
    size_t bytes = count * size;
    size_t class = csp_pool_class(&bytes);
    void *block = pool->free[class];
    if (block) {
        memcpy(&pool->free[class], block, sizeof(void *));
        return memset(block, 0, count * size);
    }
    block = take_fresh(pool, bytes);
    if (!block)
        csp_fail(S, place, "out of memory: %zu times %zu bytes", count, size);
    return block;
}

void csp_pool_give(csp_scheduler *S, void *block, size_t count, size_t size)
{
    struct csp_pool *pool = &S->world->pool;
    size_t bytes = count * size;
    size_t class = csp_pool_class(&bytes);
    memcpy(block, &pool->free[class], sizeof(void *));
    pool->free[class] = block;
}

/* ---- teams: the frames of a computed par for ---- */

void *csp_team_take(csp_scheduler *S, csp_place place, csp_team *team, int64_t count, size_t size)
{
    if (count > INT32_MAX)
        csp_fail(S, place, "%" PRId64 " processes are too many", count);
    team->frames = count ? csp_pool_take(S, place, (size_t)count, size) : NULL;
    team->count = count;
    return team->frames;
}

void csp_team_give(csp_scheduler *S, csp_team *team, size_t size)
{
    if (team->frames)
        csp_pool_give(S, team->frames, (size_t)team->count, size);
    team->frames = NULL;
}

bool csp_any_poisoned(const void *frames, int64_t count, size_t size)
{
    for (int64_t i = 0; i < count; i++) {
        const csp_process *p = (const void *)((const char *)frames + (size_t)i * size);
        if (p->node.poisoned)
            return true;
    }
    return false;
}

/* ---- what is left ---- */

void *csp_pool_kept(csp_scheduler *S, size_t *size)
{
    struct csp_pool *pool = &S->world->pool;
    size_t gap = -(uintptr_t)pool->end % LINE;
    *size = (size_t)(pool->limit - pool->end) > gap ? (size_t)(pool->limit - pool->end) - gap : 0;
    return pool->end + gap;
}

void *csp_pool_scratch(csp_scheduler *S, size_t *size)
{
    struct csp_pool *pool = &S->world->pool;
    size_t gap = -(uintptr_t)pool->rest % LINE;
    size_t left = (size_t)(pool->limit - pool->rest);
    *size = left > gap ? left - gap : 0;
    return pool->rest + gap;
}
