/* ring: a token goes round SIZE processes. */
#define HAND_FIELDS                                                                                                    \
    int x, i;                                                                                                          \
    struct channel *in, *out;
#include "hand.h"

PROCESSES(P(node) P(first))

PROCESS(node)
    for (;;) {
        RECEIVE(self->in);
        self->x++;
        SEND(self->out);
    }
END

PROCESS(first)
    {
        struct channel *c = hand_take(SIZE, sizeof *c);
        struct frame *f = hand_take(SIZE, sizeof *f);
        for (int i = 1; i < SIZE; i++) {
            f[i].in = &c[i - 1], f[i].out = &c[i];
            START(&f[i], node);
        }
        self->in = &c[SIZE - 1], self->out = &c[0];
    }
    for (self->i = 0; self->i < hand_count; self->i++) {
        self->x++;
        SEND(self->out);
        RECEIVE(self->in);
    }
    printf("%d\n", self->x);
    STOP();
END

END_PROCESSES
