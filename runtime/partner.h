/* partner: on which channels and barriers a process waits, and who could be the other party. Called by deadlock.c.
 *
 * A process that waits does not know its channel, since only the channel's queue needs to know; so both questions are
 * answered by walking over all frames and what their kinds say of their channels and ends. */
#ifndef CSP_PARTNER_H
#define CSP_PARTNER_H

#include "report.h"

/* A channel or barrier, or that of a guard, on which a process waits. */
struct csp_ask {
    const void *of;          /* csp_channel or, for CSP_SYNCS, csp_barrier */
    const csp_link *link;    /* of the frame that declares the channel; of the process that waits at the barrier */
    int64_t index;           /* in the link's array */
    uint8_t wants;           /* CSP_RECEIVES, CSP_SENDS, CSP_SYNCS: what the other party would do; 0: the channel's end */
    uint16_t which;          /* of a guard, its number */
};

/* Fills in at most `room` of them, in the order of the text; returns how many there are. */
size_t csp_partner_asks(const struct csp_desk *desk, const csp_process *process, struct csp_ask *asks, size_t room);

/* Whether a frame of that kind declares the channel: which one it is there. */
bool csp_partner_declares(csp_scheduler *S, const csp_process *frame, const csp_kind *kind, const csp_channel *channel,
                          struct csp_ask *found);
/* forks[3][1] */
void csp_partner_name(char *text, size_t size, const csp_link *link, int64_t index);

struct csp_partners {
    csp_process *first;
    int64_t count;
    bool could_itself;       /* the process has such an end, too */
};

/* Who could communicate there, other than the process: those that wait for a communication themselves; where there are
 * none, those that wait for processes below them. At a barrier: all members that have not come. */
struct csp_partners csp_partner_find(const struct csp_desk *desk, const csp_process *process, const struct csp_ask *ask);

/* Waits for frames below it. */
bool csp_partner_waits_below(const csp_point *point);

#endif
