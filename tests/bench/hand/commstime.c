/* commstime, with sequential delta; with HAND_PAR with parallel delta: see pardelta.c. */
#define HAND_FIELDS                                                                                                    \
    int x, i, children;                                                                                                \
    int64_t sum;                                                                                                       \
    struct channel *in, *out, *out2;                                                                                   \
    struct frame *parent, *left, *right;
#include "hand.h"

PROCESSES(P(prefix) P(branch) P(delta) P(succ) P(first))

PROCESS(prefix)
    self->x = 0;
    SEND(self->out);
    for (;;) {
        RECEIVE(self->in);
        SEND(self->out);
    }
END

PROCESS(branch)
    SEND(self->out);
    LEAVE_TO(self->parent);
END

#ifdef HAND_PAR
PROCESS(delta)
    self->left->parent = self->right->parent = self;
    self->left->out = self->out;
    self->right->out = self->out2;
    for (;;) {
        RECEIVE(self->in);
        self->left->x = self->right->x = self->x;
        self->children = 2;
        START(self->left, branch);
        START(self->right, branch);
        WAIT();
    }
END
#else
PROCESS(delta)
    for (;;) {
        RECEIVE(self->in);
        SEND(self->out);
        SEND(self->out2);
    }
END
#endif

PROCESS(succ)
    for (;;) {
        RECEIVE(self->in);
        self->x++;
        SEND(self->out);
    }
END

PROCESS(first) /* … then the consumer */
    {
        struct channel *c = hand_take(4, sizeof *c);
        struct frame *f = hand_take(5, sizeof *f);
        f[0].in = &c[2], f[0].out = &c[0];
        f[1].in = &c[0], f[1].out = &c[1], f[1].out2 = &c[3], f[1].left = &f[3], f[1].right = &f[4];
        f[2].in = &c[1], f[2].out = &c[2];
        self->in = &c[3];
        START(&f[0], prefix);
        START(&f[1], delta);
        START(&f[2], succ);
    }
    for (self->i = 0; self->i < hand_count; self->i++) {
        RECEIVE(self->in);
        self->sum += self->x;
    }
    printf("%lld\n", (long long)self->sum);
    STOP();
END

END_PROCESSES
