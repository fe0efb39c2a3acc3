/* link: which channels, ends and barriers a machine's own code uses, and how: what a deadlock report says about who waits for whom.
 * Called by main after frame. */
#ifndef LINK_H
#define LINK_H

#include "machine.h"

enum { LINK_RECEIVES = 1, LINK_SENDS = 2, LINK_SYNCS = 4 };

/* A slot of this machine, or of one around it, that holds channels, ends or a barrier. */
struct link {
    const struct slot *slot;
    unsigned uses;      /* LINK_RECEIVES, LINK_SENDS, LINK_SYNCS; 0 for a channel that is only declared here */
    int only_point;     /* where it is only handed on, at this one point; else 0 */
    struct link *next;
};

/* Fills in `links` of the machines from the first up to, not including, end; a process with all its branches. */
void link_machines(struct machine *first, const struct machine *end);

#endif
