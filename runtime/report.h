/* report: parts of messages. Called by fail.c and deadlock.c. */
#ifndef CSP_REPORT_H
#define CSP_REPORT_H

#include "walk.h"

/* Where a report does its work: walks need memory. */
struct csp_desk {
    csp_scheduler *S;
    void *memory;
    size_t size;
};

/* Walks to a process of the program; false: it is not one, or too deep. */
bool csp_report_walk_to(const struct csp_desk *desk, csp_process *process, struct walk *walk);

/* model.csp:31:9 */
void csp_report_at(csp_scheduler *S, csp_place place);
/* 9,979 */
void csp_report_count(csp_scheduler *S, int64_t count);
/* The process that the walk has come to; where it has no number, also the nearest above it that has one. */
void csp_report_process(csp_scheduler *S, const struct walk *walk);

#endif
