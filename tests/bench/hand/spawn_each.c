/* spawn_each: as spawn, but each process ends before the next begins. */
#define HAND_EACH
#include "spawn.c"
