/* fib: each call a par of two, with frames from a pool; that SIZE times. */
#define HAND_FIELDS                                                                                                    \
    int x, n, children;                                                                                                \
    struct frame *parent, *left, *right;
#include "hand.h"

PROCESSES(P(fib) P(first))

PROCESS(fib)
    self->x = self->n;
    if (self->n >= 2) {
        self->left = hand_frame();
        self->right = hand_frame();
        self->left->parent = self->right->parent = self;
        self->left->n = self->n - 1;
        self->right->n = self->n - 2;
        self->children = 2;
        START(self->left, fib);
        START(self->right, fib);
        WAIT();
        self->x = self->left->x + self->right->x;
        hand_give(self->left);
        hand_give(self->right);
    }
    LEAVE_TO(self->parent);
END

PROCESS(first)
    self->left = hand_frame();
    for (self->n = 0; self->n < SIZE; self->n++) {
        self->left->parent = self;
        self->left->n = hand_count;
        self->children = 1;
        START(self->left, fib);
        WAIT();
    }
    printf("%d\n", self->left->x);
    STOP();
END

END_PROCESSES
