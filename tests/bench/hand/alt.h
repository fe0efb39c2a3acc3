/* alt: hand.h's channels, once more, with one reader that only ever takes part in an alt over all of them. What the
 * reader finds is a list of the channels on which somebody waits, so no choice looks at the others; it takes them in
 * turn. This is as far as one gets where nothing changes from one alt to the next; channels in general are not so.
 * Included after hand.h. */
#ifndef HAND_ALT_H
#define HAND_ALT_H

#include "hand.h"

struct alt;
struct watched {
    struct frame *first, *last; /* who waits to send */
    struct alt *alt;
    struct watched *next;       /* in the alt's list */
};

struct alt {
    struct watched *first, *last; /* those with senders */
    struct frame *waiting;        /* the reader, while there are none */
};

static inline void alt_append(struct alt *alt, struct watched *c)
{
    c->next = NULL;
    if (alt->first)
        alt->last->next = c;
    else
        alt->first = c;
    alt->last = c;
}

#define ALT_SEND(c)                                                                                                    \
    do {                                                                                                               \
        __label__ done;                                                                                                \
        struct watched *on = (c);                                                                                      \
        struct frame *other = on->alt->waiting;                                                                        \
        if (!other) {                                                                                                  \
            self->next = NULL;                                                                                         \
            if (on->first) {                                                                                           \
                on->last->next = self;                                                                                 \
            } else {                                                                                                   \
                on->first = self;                                                                                      \
                alt_append(on->alt, on);                                                                               \
            }                                                                                                          \
            on->last = self;                                                                                           \
            self->resume = &&done;                                                                                     \
            SWITCH();                                                                                                  \
        }                                                                                                              \
        on->alt->waiting = NULL;                                                                                       \
        other->x = self->x;                                                                                            \
        READY(other);                                                                                                  \
    done:;                                                                                                             \
    } while (0)

#define ALT_RECEIVE(from)                                                                                              \
    do {                                                                                                               \
        __label__ done;                                                                                                \
        struct alt *alt = (from);                                                                                      \
        struct watched *on = alt->first;                                                                               \
        if (!on) {                                                                                                     \
            alt->waiting = self;                                                                                       \
            self->resume = &&done;                                                                                     \
            SWITCH();                                                                                                  \
        }                                                                                                              \
        alt->first = on->next;                                                                                         \
        struct frame *other = on->first;                                                                               \
        on->first = other->next;                                                                                       \
        if (on->first)                                                                                                 \
            alt_append(alt, on);                                                                                       \
        self->x = other->x;                                                                                            \
        READY(other);                                                                                                  \
    done:;                                                                                                             \
    } while (0)

#endif
