/* spawn: many short processes with frames from a pool, all begun before the first of them ends; that SIZE times. With
 * HAND_EACH each ends before the next begins: see spawn_each.c. The parent counts itself among its children until it waits
 * for them. */
#define HAND_FIELDS                                                                                                    \
    int i, k, x, children;                                                                                             \
    struct frame *parent;
#include "hand.h"

PROCESSES(P(brief) P(first))

PROCESS(brief)
#ifndef HAND_EACH
    YIELD();
#endif
    hand_give(self);
    LEAVE_TO(self->parent);
END

PROCESS(first)
    for (self->k = 0; self->k < SIZE; self->k++) {
        self->children = 1;
        for (self->i = 0; self->i < hand_count; self->i++) {
            struct frame *f = hand_frame();
            f->i = self->i;
            f->parent = self;
            self->children++;
            START(f, brief);
#ifdef HAND_EACH
            YIELD();
#endif
        }
        if (--self->children > 0)
            WAIT();
    }
    printf("%d\n", hand_count);
    STOP();
END

END_PROCESSES
