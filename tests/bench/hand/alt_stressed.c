/* alt_stressed: 10 channels, 1,000 writers on each. */
#define HAND_STRESSED
#define SIZE 10
#define WRITERS 1000
#include "alt_all.c"
