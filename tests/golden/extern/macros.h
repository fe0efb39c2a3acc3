#ifndef MACROS_H
#define MACROS_H

#define first_of(a) ((a)[0])
#define doubled(x) ((x) + (x))

#endif
