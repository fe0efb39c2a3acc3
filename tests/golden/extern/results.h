#ifndef RESULTS_H
#define RESULTS_H

#include <stddef.h>

static inline size_t large(void) { return 5000000000; }
static inline size_t small(void) { return 50; }
static inline char letter(void) { return (char)0xe9; }
static inline int truth(void) { return 2; }
static inline double real(void) { return -7.75; }
static inline long long nanoseconds(void) { return 1500; }
static inline unsigned long long most(void) { return ~0ull; }
static inline int minus_one(void) { return -1; }
static inline _Bool yes(void) { return 1; }

#endif
