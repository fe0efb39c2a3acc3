/* prodcons: a producer, a consumer, and messages of type MESSAGE, whose number is in NUMBER. */
#ifndef MESSAGE
#define MESSAGE int
#define NUMBER(message) (message)
#endif
#define HAND_FIELDS                                                                                                    \
    MESSAGE x;                                                                                                         \
    int i;                                                                                                             \
    int64_t sum;                                                                                                       \
    struct channel *c;
#include "hand.h"

PROCESSES(P(producer) P(first))

PROCESS(producer)
    for (self->i = 0; self->i < hand_count; self->i++) {
        NUMBER(self->x) = self->i;
        SEND(self->c);
    }
END

PROCESS(first)
    {
        struct frame *f = hand_take(1, sizeof *f);
        f->c = self->c = hand_take(1, sizeof *f->c);
        START(f, producer);
    }
    for (self->i = 0; self->i < hand_count; self->i++) {
        RECEIVE(self->c);
        self->sum += NUMBER(self->x);
    }
    printf("%lld\n", (long long)self->sum);
    STOP();
END

END_PROCESSES
