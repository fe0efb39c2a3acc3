/* primes: a sieve that takes its prime and goes on as the filter for it, in front of the next sieve. */
#define HAND_FIELDS                                                                                                    \
    int x, prime, count;                                                                                               \
    struct channel *in, *out;
#include "hand.h"

PROCESSES(P(sieve) P(first))

PROCESS(sieve)
    RECEIVE(self->in);
    self->prime = self->x;
    printf("%d\n", self->prime);
    if (self->count == 1)
        STOP();
    {
        struct frame *next = hand_frame();
        self->out = next->in = hand_take(1, sizeof *next->in);
        next->count = self->count - 1;
        START(next, sieve);
    }
    for (;;) {
        RECEIVE(self->in);
        if (self->x % self->prime != 0)
            SEND(self->out);
    }
END

PROCESS(first) /* … then the numbers */
    {
        struct frame *next = hand_frame();
        self->out = next->in = hand_take(1, sizeof *next->in);
        next->count = hand_count;
        START(next, sieve);
    }
    for (self->x = 2;; self->x++)
        SEND(self->out);
END

END_PROCESSES
