/* table: what was measured, in Markdown. Called by measure.c. */
#ifndef TABLE_H
#define TABLE_H

#include "plan.h"

void table_print(struct plan *plan, int rounds);

#endif
