/* csp_extern: values on their way to C's functions and back (language.md § 9). Included by csp.h.
 *
 * What a C function gives is only known to the C compiler: an int where the program says int, but size_t, char or double
 * as well. CSP_C keeps the number as it comes, csp_T_from_c checks that it fits. */
#ifndef CSP_EXTERN_H
#define CSP_EXTERN_H

#include "csp.h"

/* A char of C's may have a sign, and is a byte here all the same. */
enum csp_number_kind { CSP_NUMBER_INT, CSP_NUMBER_UINT, CSP_NUMBER_DOUBLE, CSP_NUMBER_CHAR };

typedef struct csp_number {
    enum csp_number_kind kind;
    union {
        int64_t integer; /* also CHAR */
        uint64_t uint;
        double real;
    } as;
} csp_number;

static inline csp_number csp_number_of_int(int64_t value)
{
    return (csp_number){CSP_NUMBER_INT, {.integer = value}};
}

static inline csp_number csp_number_of_uint(uint64_t value)
{
    return (csp_number){CSP_NUMBER_UINT, {.uint = value}};
}

static inline csp_number csp_number_of_double(double value)
{
    return (csp_number){CSP_NUMBER_DOUBLE, {.real = value}};
}

static inline csp_number csp_number_of_char(char value)
{
    return (csp_number){CSP_NUMBER_CHAR, {.integer = value}};
}

#define CSP_C(value)                                                                                                   \
    _Generic((value),                                                                                                  \
        float: csp_number_of_double,                                                                                   \
        double: csp_number_of_double,                                                                                  \
        long double: csp_number_of_double,                                                                             \
        unsigned long: csp_number_of_uint,                                                                             \
        unsigned long long: csp_number_of_uint,                                                                        \
        char: csp_number_of_char,                                                                                      \
        default: csp_number_of_int)(value)

#define CSP_FROM_C(T, C)                                                                                               \
    static inline C csp_##T##_from_c(csp_scheduler *S, csp_place place, csp_number number)                             \
    {                                                                                                                  \
        if (number.kind == CSP_NUMBER_UINT)                                                                            \
            return csp_##T##_from_uint(S, place, number.as.uint);                                                      \
        if (number.kind == CSP_NUMBER_DOUBLE)                                                                          \
            return csp_##T##_from_double(S, place, number.as.real);                                                    \
        return csp_##T##_from_int(S, place, number.as.integer);                                                        \
    }

CSP_FROM_C(int8, int8_t)
CSP_FROM_C(int16, int16_t)
CSP_FROM_C(int32, int32_t)
CSP_FROM_C(int64, int64_t)
CSP_FROM_C(time, int64_t)
CSP_FROM_C(uint8, uint8_t)
CSP_FROM_C(uint16, uint16_t)
CSP_FROM_C(uint32, uint32_t)
CSP_FROM_C(uint64, uint64_t)
static inline uint8_t csp_char_from_c(csp_scheduler *S, csp_place place, csp_number number)
{
    if (number.kind == CSP_NUMBER_CHAR)
        return (uint8_t)number.as.integer;
    if (number.kind == CSP_NUMBER_UINT)
        return csp_char_from_uint(S, place, number.as.uint);
    if (number.kind == CSP_NUMBER_DOUBLE)
        return csp_char_from_double(S, place, number.as.real);
    return csp_char_from_int(S, place, number.as.integer);
}

/* C's text ends at its first NUL. */
static inline const char *csp_string_to_c(csp_string s)
{
    return s.at ? s.at : "";
}

/* Not a copy: C keeps the text for ever, as strings do. */
static inline csp_string csp_string_from_c(csp_scheduler *S, csp_place place, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (CSP_UNLIKELY(length > INT32_MAX))
        csp_fail(S, place, "this text of C's has %zu bytes, more than a string", length);
    return (csp_string){text, (int32_t)length};
}

#endif
