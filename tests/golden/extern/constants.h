#ifndef CONSTANTS_H
#define CONSTANTS_H

#include <stdint.h>

#define LIMIT 7
enum { FIRST = -2 };
#define RATIO 0.25f
#define READY 2
#define NAME "constants"
#define LETTER 'x'
static int changing;

static inline int sum(const int a[4])
{
    changing++;
    return a[0] + a[1] + a[2] + a[3];
}

#endif
