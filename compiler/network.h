/* network: the processes of a program and the channels between them, as far as the text tells. Called by drive.c. */
#ifndef NETWORK_H
#define NETWORK_H

#include "machine.h"

enum use_kind { USE_RECEIVES = 1, USE_SENDS = 2, USE_SYNCS = 4, USE_GIVES = 8 }; /* GIVES: an end of it is sent away or kept */

/* A channel, an array of them, or a barrier; or an end that comes from outside of the program. */
struct wire {
    int number;
    const char *label;     /* "c[3]: int" */
    bool is_barrier;
    bool is_outside;
    struct node *owner;    /* that declares it; NULL: outside */
    struct use *uses;
    struct wire *next;
};

/* A process that runs, its branches included; several alike are one node. */
struct node {
    int number;
    const char *label;
    bool is_many;          /* of a `par for`, or spawned */
    bool is_cut;           /* what is in it is not shown: it has been shown around it, or there is too much of it */
    bool acts;             /* communicates itself, or has nothing within that does */
    struct node *outer;
    struct node *nodes, *next; /* within it; beside it */
    struct wire *wires;    /* that it declares */
};

struct use {
    struct node *node;
    unsigned kinds;
    struct use *next;
};

struct network {
    struct node *nodes;
    struct wire *outside;
};

struct network *network_build(const struct machines *machines);

/* print_dot.c: for graphviz (dot). Processes are boxes, in the boxes of those that start them; a channel with one writer
 * and one reader is an arrow, any other a small circle. */
void print_dot(FILE *to, const struct network *network, const char *title);

#endif
