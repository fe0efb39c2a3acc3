/* stand_ins: plain stand-ins for what buffer.c and barrier.c define, as much of it as the tests of the files that call
 * them need. Weak: the real ones take their place where they are there. */
#ifndef STAND_INS_H
#define STAND_INS_H

#include "csp.h"

#define STAND_IN __attribute__((weak))

STAND_IN void csp_buffer_begin(csp_buffer *buffer, void *bytes, uint32_t capacity, size_t size)
{
    *buffer = (csp_buffer){.channel = {(csp_node *)&csp_buffered, NULL}, .bytes = bytes, .capacity = capacity};
    buffer->size = (uint32_t)size;
}

STAND_IN int64_t csp_barrier_enter(csp_barrier *b, int64_t branches, bool is_member)
{
    b->members += (int32_t)branches - is_member;
    return branches - is_member;
}

STAND_IN void csp_barrier_leave(csp_scheduler *S, csp_barrier *b, int64_t *extra)
{
    (void)S;
    b->members -= *extra > 0;
    *extra -= *extra > 0;
}

#endif
