/* mobile: channels in cells, which their ends may outlive (language.md § 5).
 *
 * A cell's block comes from the pool once and then is a cell for ever, so that whatever an old end names has a generation
 * to compare. Cells that are given back wait in lists of their own, by the pool's size classes; the link lies where the
 * channel was, never on the generation. Called by generated code. */
#include "world.h"

#include <inttypes.h>

enum { UNIT = 16 };
static const uint32_t last_generation = INT32_MAX;

/* What a free cell holds in place of its channel. */
static csp_cell *next_free(const csp_cell *cell)
{
    csp_cell *next;
    memcpy(&next, &cell->channel, sizeof next);
    return next;
}

static uint64_t cell_bytes(uint32_t capacity, size_t size)
{
    if (!capacity)
        return sizeof(csp_cell);
    return offsetof(csp_cell, channel) + sizeof(csp_buffer) + (uint64_t)capacity * size;
}

static csp_cell *take_cell(csp_scheduler *S, csp_place place, size_t class, size_t bytes)
{
    csp_cell **list = &S->world->cells[class], *cell = *list;
    if (cell) {
        *list = next_free(cell);
        return cell;
    }
    cell = csp_pool_take(S, place, 1, bytes);
    if ((uint64_t)((char *)cell - S->cells) / UNIT > UINT32_MAX)
        csp_fail(S, place, "out of memory: no more channels can be named");
    cell->bytes = (uint32_t)bytes;
    return cell;
}

static csp_end name_of(csp_scheduler *S, const csp_cell *cell)
{
    uint64_t distance = (uint64_t)((const char *)cell - S->cells) / UNIT;
    return (csp_end){(uint64_t)cell->generation << 33 | distance << 1};
}

static void begin_channel(csp_scheduler *S, csp_cell *cell, uint32_t capacity, size_t size)
{
    csp_buffer *buffer = (csp_buffer *)(void *)&cell->channel;
    if (capacity)
        csp_buffer_begin(buffer, size ? buffer + 1 : NULL, capacity, size);
    else
        csp_channel_open(S, &cell->channel);
}

void csp_cells_take(csp_scheduler *S, csp_place place, csp_end *ends, size_t count, uint32_t capacity, size_t size)
{
    uint64_t wanted = cell_bytes(capacity, size);
    if (wanted > UINT32_MAX / 2)
        csp_fail(S, place, "out of memory: a buffer of %" PRIu32 " times %zu bytes", capacity, size);
    size_t bytes = (size_t)wanted, class = csp_pool_class(&bytes);
    for (size_t i = 0; i < count; i++) {
        csp_cell *cell = take_cell(S, place, class, bytes);
        begin_channel(S, cell, capacity, size);
        ends[i] = name_of(S, cell);
    }
}

/* A cell whose generations are used up is not used again: none of its old ends may come to fit. */
static void give_cell(csp_scheduler *S, csp_cell *cell)
{
    size_t bytes = cell->bytes;
    csp_cell **list = &S->world->cells[csp_pool_class(&bytes)];
    csp_channel_poison(S, &cell->channel);
    if (++cell->generation == last_generation)
        return;
    memcpy(&cell->channel, list, sizeof *list);
    *list = cell;
}

void csp_cells_give(csp_scheduler *S, csp_end *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!ends[i].handle)
            continue;
        give_cell(S, (csp_cell *)(void *)(S->cells + (uint64_t)UNIT * (uint32_t)(ends[i].handle >> 1)));
        ends[i].handle = 0;
    }
}
