/* standing: the guards of an alt that stay in the queues of their channels from one evaluation to the next.
 *
 * Such a guard is a watcher (CSP_ALT_STANDING) behind all who wait to communicate. While its alt waits it is a partner like
 * any other. Else whoever comes to send waits, and notes the guard as one that may be ready; so does the end of the channel.
 *
 * First come, first served: that place in the queue is right only as long as nobody else waits to receive there. Who does
 * for the first time makes the guard an ordinary one for good, which is put into the queue each time the alt waits and
 * taken out again. Those are always in the set. Called by generated code, alt.c and channel.c. */
#include "world.h"

/* ---- sets ---- */

static uint32_t lowest(uint64_t bits)
{
#ifdef __GNUC__
    return (uint32_t)__builtin_ctzll(bits);
#else
    uint32_t n = 0;
    for (; !(bits & 1); bits >>= 1)
        n++;
    return n;
#endif
}

static size_t words_for(int32_t count)
{
    size_t all = 0, level = (size_t)count;
    do {
        level = (level + 63) / 64;
        all += level;
    } while (level > 1);
    return all;
}

static void put_bit(csp_bits *bits, uint32_t i)
{
    uint64_t *level = bits->words;
    for (uint32_t count = ((uint32_t)bits->count + 63) / 64;; count = (count + 63) / 64) {
        bool was_empty = level[i / 64] == 0;
        level[i / 64] |= (uint64_t)1 << i % 64;
        if (count <= 1 || !was_empty)
            return;
        level += count;
        i /= 64;
    }
}

static void clear_bit(csp_bits *bits, uint32_t i)
{
    uint64_t *level = bits->words;
    for (uint32_t count = ((uint32_t)bits->count + 63) / 64;; count = (count + 63) / 64) {
        level[i / 64] &= ~((uint64_t)1 << i % 64);
        if (count <= 1 || level[i / 64])
            return;
        level += count;
        i /= 64;
    }
}

/* The first in the set from i on; -1: there is none. Up until a word has one, then down to it. */
static int32_t next_bit(const csp_bits *bits, int32_t from)
{
    enum { LEVELS = 6 };
    const uint64_t *level[LEVELS];
    uint32_t i = (uint32_t)from, count = ((uint32_t)bits->count + 63) / 64;
    level[0] = bits->words;
    for (int n = 0;; n++) {
        uint64_t word = i / 64 < count ? level[n][i / 64] >> i % 64 << i % 64 : 0;
        if (word) {
            uint32_t found = i / 64 * 64 + lowest(word);
            while (n-- > 0)
                found = 64 * found + lowest(level[n][found]);
            return (int32_t)found;
        }
        if (count <= 1)
            return -1;
        level[n + 1] = level[n] + count;
        count = (count + 63) / 64;
        i = i / 64 + 1;
    }
}

/* ---- what alt.c asks ---- */

int32_t csp_standing_search(const csp_standing *s, int32_t i)
{
    int32_t found = next_bit(&s->maybe, i - s->first);
    return found < 0 ? s->first + s->count : s->first + found;
}

static uint32_t number_of(const csp_guard *guard)
{
    const csp_standing *s = guard->alt->standing;
    return (uint32_t)(guard - s->guards) - (uint32_t)s->first;
}

void csp_standing_unready(csp_guard *guard)
{
    csp_standing *s = guard->alt->standing;
    if (guard->node.kind == CSP_ALT_STANDING)
        clear_bit(&s->maybe, number_of(guard));
}

void csp_standing_ready(csp_guard *guard)
{
    csp_standing *s = guard->alt->standing;
    put_bit(&s->maybe, number_of(guard));
}

/* When the alt waits only those that have become ordinary are in the set, but for some that are there by mistake. */
void csp_standing_enable(csp_standing *s)
{
    s->waits = true;
    for (int32_t i = next_bit(&s->maybe, 0); i >= 0; i = next_bit(&s->maybe, i + 1)) {
        csp_guard *guard = &s->guards[s->first + i];
        if (guard->node.kind == CSP_ALT_RECEIVING)
            csp_channel_enable(guard);
    }
}

void csp_standing_withdraw(csp_standing *s)
{
    s->waits = false;
    for (int32_t i = next_bit(&s->maybe, 0); i >= 0; i = next_bit(&s->maybe, i + 1)) {
        csp_guard *guard = &s->guards[s->first + i];
        if (guard->node.kind == CSP_ALT_RECEIVING)
            csp_channel_withdraw(guard);
    }
}

/* ---- what channel.c asks ---- */

bool csp_standing_waits(const csp_guard *guard)
{
    return guard->alt->standing->waits;
}

static void make_ordinary(csp_guard *guard)
{
    guard->node.kind = CSP_ALT_RECEIVING;
    csp_standing_ready(guard);
}

void csp_standing_give_way(csp_guard *guard)
{
    csp_channel_withdraw(guard);
    make_ordinary(guard);
    if (csp_standing_waits(guard))
        csp_channel_enable(guard);
}

/* ---- beginning and end ---- */

static void stand(csp_standing *s, int which, csp_channel *c, void *message, size_t size)
{
    csp_guard_receive(&s->alt, which, c, message, size);
    csp_guard *guard = &s->guards[s->alt.count - 1];
    if (csp_channel_stand(guard))
        csp_standing_ready(guard);
    else
        make_ordinary(guard);
}

static void lie_down(csp_standing *s)
{
    for (int32_t i = 0; s->base && i < s->count; i++) {
        csp_guard *guard = &s->guards[s->first + i];
        if (guard->node.kind == CSP_ALT_STANDING)
            csp_channel_withdraw(guard);
    }
    s->base = NULL;
    s->count = 0;
}

void csp_standing_forget(csp_standing *standing)
{
    standing->base = NULL;
    standing->count = 0;
}

static void give_back(csp_scheduler *S, csp_standing *s)
{
    lie_down(s);
    if (!s->is_pooled)
        return;
    csp_pool_give(S, s->guards, (size_t)s->room, sizeof *s->guards);
    csp_pool_give(S, s->maybe.words, words_for(s->room), sizeof *s->maybe.words);
    s->is_pooled = false;
}

void csp_standing_end(csp_scheduler *S, csp_standing *standing)
{
    give_back(S, standing);
}

void csp_standing_first(csp_standing *standing, csp_process *self, csp_guard *guards, int64_t count)
{
    standing->guards = guards;
    standing->room = (int32_t)count;
    standing->maybe.words = &standing->small;
    csp_alt_begin(&standing->alt, self, guards);
    standing->alt.standing = standing;
}

void csp_standing_begin_pooled(csp_scheduler *S, csp_place place, csp_standing *standing, csp_process *self, int64_t others,
                               int64_t low, int64_t high)
{
    int64_t count = others + (high > low ? high - low : 0);
    if (!standing->is_pooled || standing->room != count) {
        give_back(S, standing);
        /* More than INT32_MAX are more memory than there is. */
        standing->guards = csp_pool_take(S, place, (size_t)count, sizeof *standing->guards);
        standing->maybe.words = csp_pool_take(S, place, words_for((int32_t)count), sizeof *standing->maybe.words);
        standing->room = (int32_t)count;
        standing->is_pooled = true;
    }
    csp_alt_begin(&standing->alt, self, standing->guards);
    standing->alt.standing = standing;
}

void csp_guards_move(csp_standing *standing, int which, csp_channel *base, csp_ends ends, int32_t count, void *message, size_t size)
{
    csp_standing *s = standing;
    lie_down(s);
    s->base = base;
    s->first = s->alt.count;
    s->count = s->maybe.count = count;
    memset(s->maybe.words, 0, words_for(count) * sizeof *s->maybe.words);
    for (int32_t i = 0; i < count; i++)
        stand(s, which, (csp_channel *)(void *)((char *)base + (ptrdiff_t)i * ends.stride), message, size);
    s->alt.count = s->first; /* the caller counts them */
}
