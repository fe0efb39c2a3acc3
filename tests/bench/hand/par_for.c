/* par_for: many short processes, all begun before the first of them ends; that SIZE times. */
#define HAND_FIELDS                                                                                                    \
    int i, x, children;                                                                                                \
    struct frame *parent, *team;
#include "hand.h"

PROCESSES(P(brief) P(first))

PROCESS(brief)
    YIELD();
    LEAVE_TO(self->parent);
END

PROCESS(first)
    self->team = hand_take((size_t)hand_count, sizeof *self->team);
    for (self->i = 0; self->i < SIZE; self->i++) {
        for (int i = 0; i < hand_count; i++) {
            struct frame *f = &self->team[i];
            f->i = i;
            f->parent = self;
            START(f, brief);
        }
        self->children = hand_count;
        WAIT();
    }
    printf("%d\n", hand_count);
    STOP();
END

END_PROCESSES
