/* par_for: many short processes, all begun before the first of them ends. */
#define HAND_FIELDS                                                                                                    \
    int i, x, children;                                                                                                \
    struct frame *parent;
#include "hand.h"

PROCESSES(P(brief) P(first))

PROCESS(brief)
    YIELD();
    LEAVE_TO(self->parent);
END

PROCESS(first)
    {
        struct frame *f = hand_take((size_t)hand_count, sizeof *f);
        for (int i = 0; i < hand_count; i++) {
            f[i].i = i;
            f[i].parent = self;
            START(&f[i], brief);
        }
    }
    self->children = hand_count;
    WAIT();
    printf("%d\n", hand_count);
    STOP();
END

END_PROCESSES
