#ifndef NAMES_H
#define NAMES_H

#define LIMIT 3
#define LOUD(x) (x)
typedef struct point point;
static inline int count_fn(int x) { return x + 1; }
static inline int count_step(int x) { return x + 2; }
static inline int value(int x) { return x + 3; }
static inline int n_2(int x) { return x + 4; }
static inline int sqrt_(int x) { return x + 5; }

#endif
