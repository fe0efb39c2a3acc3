/* pardelta: commstime whose delta makes and joins two branches each cycle. */
#define HAND_PAR
#include "commstime.c"
