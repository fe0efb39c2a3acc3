/* wc: standard input goes through three processes that count; EOF goes through behind it. */
#define HAND_FIELDS                                                                                                    \
    int x;                                                                                                             \
    bool inside;                                                                                                       \
    long long count;                                                                                                   \
    struct channel *in, *out;                                                                                          \
    struct frame *lines, *words;
#include "hand.h"

static inline bool is_space(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool is_printing(int c) { return c > ' ' && c <= '~'; }

PROCESSES(P(lines) P(words) P(first))

PROCESS(lines)
    do {
        self->x = getchar_unlocked();
        if (self->x == '\n')
            self->count++;
        SEND(self->out);
    } while (self->x != EOF);
END

PROCESS(words)
    do {
        RECEIVE(self->in);
        if (is_space(self->x)) {
            self->inside = false;
        } else if (!self->inside && is_printing(self->x)) {
            self->inside = true;
            self->count++;
        }
        SEND(self->out);
    } while (self->x != EOF);
END

PROCESS(first) /* … then the characters */
    {
        struct channel *c = hand_take(2, sizeof *c);
        struct frame *f = hand_take(2, sizeof *f);
        f[0].out = f[1].in = &c[0];
        f[1].out = self->in = &c[1];
        self->lines = &f[0], self->words = &f[1];
        START(self->lines, lines);
        START(self->words, words);
    }
    for (;;) {
        RECEIVE(self->in);
        if (self->x == EOF)
            break;
        self->count++;
    }
    printf("%lld %lld %lld\n", self->lines->count, self->words->count, self->count);
    STOP();
END

END_PROCESSES
