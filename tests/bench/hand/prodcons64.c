/* prodcons64: prodcons with messages of 64 bytes. */
struct block {
    long long words[8];
};
#define MESSAGE struct block
#define NUMBER(message) (message).words[0]
#include "prodcons.c"
