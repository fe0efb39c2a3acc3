/* random: numbers by chance, the same for the same seed everywhere (splitmix64). */
#include "random.h"

static uint64_t state;

void random_seed(uint64_t seed)
{
    state = seed * 0x9E3779B97F4A7C15u + 1;
}

uint64_t random_bits(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

int random_below(int n)
{
    return (int)(random_bits() % (uint64_t)n);
}

bool random_chance(int percent)
{
    return random_below(100) < percent;
}
