/* spelling: which known word a wrong one was meant to be. Called by resolve_scope.c and habit.c. */
#include "spelling.h"

#include <stddef.h>
#include <string.h>

enum { LONGEST_COMPARED = 40 };

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

int spelling_distance(const char *a, const char *b)
{
    size_t a_length = strlen(a), b_length = strlen(b);
    int rows[3][LONGEST_COMPARED + 1];
    if (a_length > LONGEST_COMPARED || b_length > LONGEST_COMPARED)
        return LONGEST_COMPARED;
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *second_above = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], row[j], second_above[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

int spelling_limit(const char *name)
{
    int length = (int)strlen(name);
    return length <= 2 ? 1 : 1 + length / 3;
}

const char *spelling_type(const char *word)
{
    static const char *const types[] = {"bool", "char", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16",
                                        "uint32", "uint64", "float", "double", "time", "string", "void"};
    const char *nearest = spelling_keyword(word);
    int limit = nearest ? 1 : spelling_limit(word);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (spelling_distance(word, types[i]) < limit) {
            limit = spelling_distance(word, types[i]);
            nearest = types[i];
        }
    return nearest;
}

const char *spelling_keyword(const char *word)
{
    static const char *const keywords[] = {
        "process", "channel", "par", "alt", "for", "while", "if", "switch", "case", "default", "break", "continue",
        "return", "spawn", "poison", "close", "ended", "sync", "barrier", "skip", "stop", "after", "when", "yield",
        "assert", "struct", "enum", "protocol", "const", "extern", "type", "blocking", "import", "else"};
    if (strcmp(word, "fi") == 0)
        return "if"; /* of words as short only two letters in the wrong order */
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strlen(word) >= 3 && spelling_distance(word, keywords[i]) == 1)
            return keywords[i];
    return NULL;
}
