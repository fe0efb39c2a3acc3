/* Mutations of programs that keep words whole, so that more than the parser is reached. Linked with each fuzz target.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

struct word {
    size_t at, length;
};

static bool is_letter(uint8_t byte)
{
    return isalnum(byte) || byte == '_';
}

/* The word around a byte; anything but letters and digits is a word of one byte. */
static struct word word_at(const uint8_t *data, size_t size, size_t at)
{
    struct word word = {at, 1};
    if (!is_letter(data[at]))
        return word;
    while (word.at > 0 && is_letter(data[word.at - 1]))
        word.at--;
    while (word.at + word.length < size && is_letter(data[word.at + word.length]))
        word.length++;
    return word;
}

static size_t any(size_t below)
{
    return (size_t)rand() % below;
}

/* From the begin of one line to the end of one of the next few. */
static struct word lines_at(const uint8_t *data, size_t size, size_t at)
{
    size_t end = at;
    while (at > 0 && data[at - 1] != '\n')
        at--;
    for (size_t lines = 1 + any(3); lines > 0 && end < size; end++)
        lines -= data[end] == '\n';
    return (struct word){at, end - at};
}

/* Puts what stands at `from` in the place of `to`; nothing where it has no room. */
static size_t replace(uint8_t *data, size_t size, size_t max_size, struct word to, struct word from)
{
    if (size - to.length + from.length > max_size)
        return size;
    uint8_t *copy = malloc(from.length + 1);
    if (!copy)
        return size;
    memcpy(copy, data + from.at, from.length);
    memmove(data + to.at + from.length, data + to.at + to.length, size - to.at - to.length);
    memcpy(data + to.at, copy, from.length);
    free(copy);
    return size - to.length + from.length;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    srand(seed);
    size_t kind = any(8);
    if (size == 0 || kind < 3)
        return LLVMFuzzerMutate(data, size, max_size);
    bool is_lines = kind == 7;
    struct word (*pick)(const uint8_t *, size_t, size_t) = is_lines ? lines_at : word_at;
    struct word to = pick(data, size, any(size)), from = pick(data, size, any(size));
    if (any(4) == 0)
        to.length = 0;
    else if (any(6) == 0)
        from.length = 0;
    return replace(data, size, max_size, to, from);
}
