/* resolve_foreign: names that other languages have and this one writes in another way. Called by resolve.c. */
#include "resolve_foreign.h"

#include <stddef.h>
#include <string.h>

struct foreign {
    const char *names; /* with a blank behind each */
    const char *text;
};

static const struct foreign values[] = {
    {"printf puts putchar putc fprintf cout echo write ", "print(...) and println(...) write values one after the other"},
    {"sizeof ", "len(...) counts the elements of an array"},
    {"NULL nullptr null nil None undefined ", "there are no pointers, and each variable has a value from the beginning"},
    {"True TRUE ", "it is written true"},
    {"False FALSE ", "it is written false"},
    {"malloc calloc realloc free new delete make ", "there is no memory to ask for: what is declared has its place"},
    {"scanf getchar gets fgets input readline ", "input is received from a parameter of main: ?char stdin"},
    {"sleep usleep nanosleep delay ", "waiting is a statement, as in after 5ms;"},
    {"exit abort ", "a program ends where main does; assert(...) ends it with an error"},
    {"length strlen ", "len(...) is the length of an array or a string"},
    {"strcmp ", "== compares text"},
    {"time clock gettimeofday ", "now() is the clock"},
    {"par seq PAR SEQ ALT ", "keywords are written in small letters: par { ... }, alt { ... }"},
    {"fork pthread_create go ", "par runs statements at once, and spawn starts a process"},
    {"fabs labs ", "abs(...) works for all numbers"},
};

static const struct foreign types[] = {
    {"long int64_t long_long i64 Int64 ", "it is written int64"},
    {"short int16_t i16 ", "it is written int16"},
    {"int32_t i32 integer Integer Int INT ", "it is written int"},
    {"uint64_t u64 size_t ", "it is written uint64"},
    {"unsigned uint32_t u32 ", "it is written uint"},
    {"uint16_t u16 ", "it is written uint16"},
    {"uint8_t u8 byte Byte BYTE ", "it is written uint8, or char where it is text"},
    {"int8_t i8 ", "it is written int8"},
    {"boolean Boolean _Bool BOOL ", "it is written bool"},
    {"String str ", "it is written string"},
    {"real REAL float64 f64 Double number ", "it is written double"},
    {"float32 f32 ", "it is written float"},
    {"var let auto val ", "a variable is declared with its type, as in int x = 3;"},
    {"goto ", "there is no goto"},
    {"proc PROC ", "it is written process"},
    {"func function fn def fun sub ", "a function begins with the type of its result, or void"},
    {"chan Chan CHAN ", "it is written channel"},
    {"static register inline volatile mutable ", "it stands in front of no declaration here"},
    {"typedef using union class interface template ", "types are struct, enum and protocol"},
    {"throw raise ", "poison c; tells all who use a channel that something is over"},
    {"go ", "spawn starts a process, and par runs statements at once"},
};

static bool is_among(const char *names, const char *name)
{
    size_t length = strlen(name);
    for (; *names; names += strcspn(names, " ") + 1)
        if (strcspn(names, " ") == length && memcmp(names, name, length) == 0)
            return true;
    return false;
}

const char *foreign_name(const char *name, bool is_type)
{
    const struct foreign *table = is_type ? types : values;
    size_t count = is_type ? sizeof types / sizeof *types : sizeof values / sizeof *values;
    for (size_t i = 0; i < count; i++)
        if (is_among(table[i].names, name))
            return table[i].text;
    return NULL;
}
