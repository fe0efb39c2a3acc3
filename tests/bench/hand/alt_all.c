/* alt_all: an alt over SIZE channels; on all of them a process sends for ever. With HAND_STRESSED there are WRITERS on each
 * that send as often as the argument says: see alt_stressed.c. */
#ifdef HAND_STRESSED
#define MESSAGES (SIZE * WRITERS * hand_count)
#define MESSAGE i
#else
#define WRITERS 1
#define MESSAGES hand_count
#define MESSAGE 1
#endif
#define HAND_FIELDS                                                                                                    \
    int x, i;                                                                                                          \
    int64_t sum;                                                                                                       \
    struct alt *alt;                                                                                                   \
    struct watched *c;
#include "alt.h"

PROCESSES(P(writer) P(first))

PROCESS(writer)
    for (self->i = 0; self->i < hand_count; self->i++)
        ALT_SEND(self->c);
END

PROCESS(first)
    {
        struct watched *c = hand_take(SIZE, sizeof *c);
        struct frame *f = hand_take((size_t)SIZE * WRITERS, sizeof *f);
        self->alt = hand_take(1, sizeof *self->alt);
        for (int i = 0; i < SIZE * WRITERS; i++) {
            f[i].x = MESSAGE;
            f[i].c = &c[i / WRITERS];
            f[i].c->alt = self->alt;
            START(&f[i], writer);
        }
    }
    for (self->i = 0; self->i < MESSAGES; self->i++) {
        ALT_RECEIVE(self->alt);
        self->sum += self->x;
    }
    printf("%lld\n", (long long)self->sum);
    STOP();
END

END_PROCESSES
