#ifndef ORDER_H
#define ORDER_H

static int order_count;
static inline int next(int step) { return order_count += step; }

#define twice(x) ((x) + (x))

#endif
