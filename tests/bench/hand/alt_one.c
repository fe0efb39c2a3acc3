/* alt_one: an alt over SIZE channels, and one process that sends on them in turn. */
#define HAND_FIELDS                                                                                                    \
    int x, i;                                                                                                          \
    int64_t sum;                                                                                                       \
    struct alt *alt;                                                                                                   \
    struct watched *c;
#include "alt.h"

PROCESSES(P(writer) P(first))

PROCESS(writer)
    for (self->x = 0; self->x < hand_count; self->x++)
        ALT_SEND(&self->c[(int64_t)self->x * 7919 % SIZE]);
END

PROCESS(first)
    {
        struct frame *f = hand_take(1, sizeof *f);
        self->alt = hand_take(1, sizeof *self->alt);
        f->c = hand_take(SIZE, sizeof *f->c);
        for (int i = 0; i < SIZE; i++)
            f->c[i].alt = self->alt;
        START(f, writer);
    }
    for (self->i = 0; self->i < hand_count; self->i++) {
        ALT_RECEIVE(self->alt);
        self->sum += self->x;
    }
    printf("%lld\n", (long long)self->sum);
    STOP();
END

END_PROCESSES
