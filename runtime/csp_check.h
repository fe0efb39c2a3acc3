/* csp_check: arithmetic, conversions and indices that end the program with a message instead of going wrong
 * (language.md § 2). Included by csp.h.
 *
 * The families below exist for T in int32 int64 uint32 uint64, whose C types are T_t and which users know as int, int64,
 * uint, uint64, and for time, an int64_t:
 *
 *   csp_add_T csp_sub_T csp_mul_T csp_div_T csp_rem_T (S, place, a, b)   checked
 *   csp_neg_T csp_abs_T (S, place, a)                                    checked; abs for signed T only
 *   csp_abs_float csp_abs_double (a)
 *   csp_shl_T csp_shr_T (S, place, a, int64_t by)                        by is checked against the width
 *   csp_wrap_add_T csp_wrap_sub_T csp_wrap_mul_T (a, b)                  wrap around
 *   csp_min_T csp_max_T (a, b)                                           also for float, double
 *
 * and for T in these and int8 int16 uint8 uint16 char time:
 *
 *   csp_T_from_int (S, place, int64_t)  csp_T_from_uint (…, uint64_t)  csp_T_from_double (…, double)   checked
 *
 * Each failure is a cold call behind one branch. Where CSP_UNCHECKED is defined (cspc --unchecked) that branch is left out:
 * integers wrap around, a conversion gives any value, and an index out of bounds does what it does in C. Divisions, enums and
 * the lengths of texts are checked as ever. */
#ifndef CSP_CHECK_H
#define CSP_CHECK_H

#include "csp.h"

CSP_COLD _Noreturn void csp_fail_overflow_int(csp_scheduler *S, csp_place place, const char *operator, const char *type,
                                              int64_t a, int64_t b);
CSP_COLD _Noreturn void csp_fail_overflow_uint(csp_scheduler *S, csp_place place, const char *operator,
                                               const char *type, uint64_t a, uint64_t b);
/* `what` is "-" or "abs". */
CSP_COLD _Noreturn void csp_fail_overflow_of(csp_scheduler *S, csp_place place, const char *what, const char *type,
                                             int64_t a);
CSP_COLD _Noreturn void csp_fail_zero(csp_scheduler *S, csp_place place);
CSP_COLD _Noreturn void csp_fail_shift(csp_scheduler *S, csp_place place, const char *type, int64_t by);
CSP_COLD _Noreturn void csp_fail_index(csp_scheduler *S, csp_place place, const char *name, int64_t index,
                                       int64_t length);
CSP_COLD _Noreturn void csp_fail_apart(csp_scheduler *S, csp_place place, const char *a, const char *b, int64_t index);
CSP_COLD _Noreturn void csp_fail_index_string(csp_scheduler *S, csp_place place, int64_t index, int64_t length);
CSP_COLD _Noreturn void csp_fail_enum(csp_scheduler *S, csp_place place, const char *name, int64_t value);
CSP_COLD _Noreturn void csp_fail_text(csp_scheduler *S, csp_place place, int64_t length, int64_t room);
CSP_COLD _Noreturn void csp_fail_fit_int(csp_scheduler *S, csp_place place, const char *type, int64_t value);
CSP_COLD _Noreturn void csp_fail_fit_uint(csp_scheduler *S, csp_place place, const char *type, uint64_t value);
CSP_COLD _Noreturn void csp_fail_fit_double(csp_scheduler *S, csp_place place, const char *type, double value);

#ifdef CSP_UNCHECKED
#define CSP_FAILS(condition) ((void)(condition), false)
#else
#define CSP_FAILS(condition) CSP_UNLIKELY(condition)
#endif

/* ---- whether a + b, a - b, a * b overflow T; else the result is in *r ---- */

#ifdef __GNUC__
#define CSP_ADD_OVERFLOWS(T, a, b, r) __builtin_add_overflow(a, b, r)
#define CSP_SUB_OVERFLOWS(T, a, b, r) __builtin_sub_overflow(a, b, r)
#define CSP_MUL_OVERFLOWS(T, a, b, r) __builtin_mul_overflow(a, b, r)
#else
#define CSP_ADD_OVERFLOWS(T, a, b, r) csp_add_overflows_##T(a, b, r)
#define CSP_SUB_OVERFLOWS(T, a, b, r) csp_sub_overflows_##T(a, b, r)
#define CSP_MUL_OVERFLOWS(T, a, b, r) csp_mul_overflows_##T(a, b, r)

/* The result is computed by wrapping around, which never overflows, and is right if the operands allowed it. */
#define CSP_SIGNED_OVERFLOWS(T, C, U, MIN, MAX)                                                                        \
    static inline bool csp_add_overflows_##T(C a, C b, C *r)                                                           \
    {                                                                                                                  \
        *r = (C)((U)a + (U)b);                                                                                         \
        return b > 0 ? a > MAX - b : a < MIN - b;                                                                      \
    }                                                                                                                  \
    static inline bool csp_sub_overflows_##T(C a, C b, C *r)                                                           \
    {                                                                                                                  \
        *r = (C)((U)a - (U)b);                                                                                         \
        return b > 0 ? a < MIN + b : a > MAX + b;                                                                      \
    }                                                                                                                  \
    static inline bool csp_mul_overflows_##T(C a, C b, C *r)                                                           \
    {                                                                                                                  \
        *r = (C)((U)a * (U)b);                                                                                         \
        if (a > 0)                                                                                                     \
            return b > 0 ? a > MAX / b : b < MIN / a;                                                                  \
        return b > 0 ? a < MIN / b : a != 0 && b < MAX / a;                                                            \
    }
#define CSP_UNSIGNED_OVERFLOWS(T, MAX)                                                                                 \
    static inline bool csp_add_overflows_##T(T##_t a, T##_t b, T##_t *r)                                               \
    {                                                                                                                  \
        return (*r = a + b) < a;                                                                                       \
    }                                                                                                                  \
    static inline bool csp_sub_overflows_##T(T##_t a, T##_t b, T##_t *r)                                               \
    {                                                                                                                  \
        return (*r = a - b) > a;                                                                                       \
    }                                                                                                                  \
    static inline bool csp_mul_overflows_##T(T##_t a, T##_t b, T##_t *r)                                               \
    {                                                                                                                  \
        *r = a * b;                                                                                                    \
        return b != 0 && a > MAX / b;                                                                                  \
    }
CSP_SIGNED_OVERFLOWS(int32, int32_t, uint32_t, INT32_MIN, INT32_MAX)
CSP_SIGNED_OVERFLOWS(int64, int64_t, uint64_t, INT64_MIN, INT64_MAX)
CSP_SIGNED_OVERFLOWS(time, int64_t, uint64_t, INT64_MIN, INT64_MAX)
CSP_UNSIGNED_OVERFLOWS(uint32, UINT32_MAX)
CSP_UNSIGNED_OVERFLOWS(uint64, UINT64_MAX)
#endif

/* ---- arithmetic ---- */

#define CSP_CHECKED(T, C, SHOWN, FAIL, word, sign, OVERFLOWS)                                                          \
    static inline C csp_##word##_##T(csp_scheduler *S, csp_place place, C a, C b)                                      \
    {                                                                                                                  \
        C result;                                                                                                      \
        if (CSP_FAILS(OVERFLOWS(T, a, b, &result)))                                                                    \
            FAIL(S, place, sign, SHOWN, a, b);                                                                         \
        return result;                                                                                                 \
    }

/* What signed and unsigned have in common; C is its C type, U the unsigned one of the same width. */
#define CSP_ARITHMETIC(T, C, U, SHOWN, WIDTH, FAIL)                                                                    \
    CSP_CHECKED(T, C, SHOWN, FAIL, add, "+", CSP_ADD_OVERFLOWS)                                                        \
    CSP_CHECKED(T, C, SHOWN, FAIL, sub, "-", CSP_SUB_OVERFLOWS)                                                        \
    CSP_CHECKED(T, C, SHOWN, FAIL, mul, "*", CSP_MUL_OVERFLOWS)                                                        \
    static inline C csp_shl_##T(csp_scheduler *S, csp_place place, C a, int64_t by)                                    \
    {                                                                                                                  \
        if (CSP_FAILS(by < 0 || by >= WIDTH))                                                                          \
            csp_fail_shift(S, place, SHOWN, by);                                                                       \
        return (C)((U)a << (by & (WIDTH - 1)));                                                                        \
    }                                                                                                                  \
    static inline C csp_shr_##T(csp_scheduler *S, csp_place place, C a, int64_t by)                                    \
    {                                                                                                                  \
        if (CSP_FAILS(by < 0 || by >= WIDTH))                                                                          \
            csp_fail_shift(S, place, SHOWN, by);                                                                       \
        return a >> (by & (WIDTH - 1));                                                                                \
    }                                                                                                                  \
    static inline C csp_wrap_add_##T(C a, C b)                                                                         \
    {                                                                                                                  \
        return (C)((U)a + (U)b);                                                                                       \
    }                                                                                                                  \
    static inline C csp_wrap_sub_##T(C a, C b)                                                                         \
    {                                                                                                                  \
        return (C)((U)a - (U)b);                                                                                       \
    }                                                                                                                  \
    static inline C csp_wrap_mul_##T(C a, C b)                                                                         \
    {                                                                                                                  \
        return (C)((U)a * (U)b);                                                                                       \
    }

/* The smallest integer divided by -1 overflows, and its remainder is 0 (language.md § 11). */
#define CSP_SIGNED(T, C, U, SHOWN, WIDTH, MIN)                                                                         \
    CSP_ARITHMETIC(T, C, U, SHOWN, WIDTH, csp_fail_overflow_int)                                                       \
    static inline C csp_div_##T(csp_scheduler *S, csp_place place, C a, C b)                                           \
    {                                                                                                                  \
        if (CSP_UNLIKELY(b == 0))                                                                                      \
            csp_fail_zero(S, place);                                                                                   \
        if (CSP_UNLIKELY(b == -1 && a == MIN))                                                                         \
            csp_fail_overflow_int(S, place, "/", SHOWN, a, b);                                                         \
        return a / b;                                                                                                  \
    }                                                                                                                  \
    static inline C csp_rem_##T(csp_scheduler *S, csp_place place, C a, C b)                                           \
    {                                                                                                                  \
        if (CSP_UNLIKELY(b == 0))                                                                                      \
            csp_fail_zero(S, place);                                                                                   \
        return b == -1 ? 0 : a % b;                                                                                    \
    }                                                                                                                  \
    static inline C csp_neg_##T(csp_scheduler *S, csp_place place, C a)                                                \
    {                                                                                                                  \
        if (CSP_FAILS(a == MIN))                                                                                       \
            csp_fail_overflow_of(S, place, "-", SHOWN, a);                                                             \
        return (C)(0 - (U)a);                                                                                          \
    }                                                                                                                  \
    static inline C csp_abs_##T(csp_scheduler *S, csp_place place, C a)                                                \
    {                                                                                                                  \
        if (CSP_FAILS(a == MIN))                                                                                       \
            csp_fail_overflow_of(S, place, "abs", SHOWN, a);                                                           \
        return a < 0 ? (C)(0 - (U)a) : a;                                                                              \
    }

#define CSP_UNSIGNED(T, SHOWN, WIDTH)                                                                                  \
    CSP_ARITHMETIC(T, T##_t, T##_t, SHOWN, WIDTH, csp_fail_overflow_uint)                                              \
    static inline T##_t csp_div_##T(csp_scheduler *S, csp_place place, T##_t a, T##_t b)                               \
    {                                                                                                                  \
        if (CSP_UNLIKELY(b == 0))                                                                                      \
            csp_fail_zero(S, place);                                                                                   \
        return a / b;                                                                                                  \
    }                                                                                                                  \
    static inline T##_t csp_rem_##T(csp_scheduler *S, csp_place place, T##_t a, T##_t b)                               \
    {                                                                                                                  \
        if (CSP_UNLIKELY(b == 0))                                                                                      \
            csp_fail_zero(S, place);                                                                                   \
        return a % b;                                                                                                  \
    }                                                                                                                  \
    static inline T##_t csp_neg_##T(csp_scheduler *S, csp_place place, T##_t a)                                        \
    {                                                                                                                  \
        if (CSP_FAILS(a != 0))                                                                                         \
            csp_fail_overflow_uint(S, place, "-", SHOWN, 0, a);                                                        \
        return 0 - a;                                                                                                  \
    }

CSP_SIGNED(int32, int32_t, uint32_t, "int", 32, INT32_MIN)
CSP_SIGNED(int64, int64_t, uint64_t, "int64", 64, INT64_MIN)
CSP_SIGNED(time, int64_t, uint64_t, "time", 64, INT64_MIN)
CSP_UNSIGNED(uint32, "uint", 32)
CSP_UNSIGNED(uint64, "uint64", 64)

#define CSP_MIN_MAX(T, C)                                                                                              \
    static inline C csp_min_##T(C a, C b)                                                                              \
    {                                                                                                                  \
        return b < a ? b : a;                                                                                          \
    }                                                                                                                  \
    static inline C csp_max_##T(C a, C b)                                                                              \
    {                                                                                                                  \
        return b > a ? b : a;                                                                                          \
    }

#define CSP_ABS_REAL(T)                                                                                                \
    static inline T csp_abs_##T(T a)                                                                                   \
    {                                                                                                                  \
        return a > 0 ? a : 0 - a; /* -0.0 becomes 0.0 */                                                               \
    }

CSP_ABS_REAL(float)
CSP_ABS_REAL(double)
CSP_MIN_MAX(int32, int32_t)
CSP_MIN_MAX(int64, int64_t)
CSP_MIN_MAX(time, int64_t)
CSP_MIN_MAX(uint32, uint32_t)
CSP_MIN_MAX(uint64, uint64_t)
CSP_MIN_MAX(float, float)
CSP_MIN_MAX(double, double)

/* ---- conversions ---- */

/* A double loses its fraction, then has to lie within ABOVE < value < BELOW, which doubles hold exactly; nan does not. */
#define CSP_FROM_DOUBLE(T, C, SHOWN, ABOVE, BELOW)                                                                     \
    static inline C csp_##T##_from_double(csp_scheduler *S, csp_place place, double value)                             \
    {                                                                                                                  \
        if (CSP_FAILS(!(value ABOVE && value < BELOW)))                                                                \
            csp_fail_fit_double(S, place, SHOWN, value);                                                               \
        return (C)value;                                                                                               \
    }

/* For types narrower than 64 bits, and for int64. */
#define CSP_FROM_INT(T, C, SHOWN)                                                                                      \
    static inline C csp_##T##_from_int(csp_scheduler *S, csp_place place, int64_t value)                               \
    {                                                                                                                  \
        if (CSP_FAILS((int64_t)(C)value != value))                                                                     \
            csp_fail_fit_int(S, place, SHOWN, value);                                                                  \
        return (C)value;                                                                                               \
    }

#define CSP_FROM_UINT(T, C, SHOWN, MAX)                                                                                \
    static inline C csp_##T##_from_uint(csp_scheduler *S, csp_place place, uint64_t value)                             \
    {                                                                                                                  \
        if (CSP_FAILS(value > (uint64_t)MAX))                                                                          \
            csp_fail_fit_uint(S, place, SHOWN, value);                                                                 \
        return (C)value;                                                                                               \
    }

#define CSP_FROM(T, C, SHOWN, MAX, ABOVE, BELOW)                                                                       \
    CSP_FROM_INT(T, C, SHOWN)                                                                                          \
    CSP_FROM_UINT(T, C, SHOWN, MAX)                                                                                    \
    CSP_FROM_DOUBLE(T, C, SHOWN, ABOVE, BELOW)

CSP_FROM(int8, int8_t, "int8", INT8_MAX, > -129.0, 128.0)
CSP_FROM(int16, int16_t, "int16", INT16_MAX, > -32769.0, 32768.0)
CSP_FROM(int32, int32_t, "int", INT32_MAX, > -2147483649.0, 2147483648.0)
CSP_FROM(int64, int64_t, "int64", INT64_MAX, >= -9223372036854775808.0, 9223372036854775808.0)
CSP_FROM(time, int64_t, "time", INT64_MAX, >= -9223372036854775808.0, 9223372036854775808.0)
CSP_FROM(uint8, uint8_t, "uint8", UINT8_MAX, > -1.0, 256.0)
CSP_FROM(char, uint8_t, "char", UINT8_MAX, > -1.0, 256.0)
CSP_FROM(uint16, uint16_t, "uint16", UINT16_MAX, > -1.0, 65536.0)
CSP_FROM(uint32, uint32_t, "uint", UINT32_MAX, > -1.0, 4294967296.0)
CSP_FROM_DOUBLE(uint64, uint64_t, "uint64", > -1.0, 18446744073709551616.0)

/* A double may lose digits on its way to a float, but not its size. */
static inline float csp_float_from_double(csp_scheduler *S, csp_place place, double value)
{
    double size = value < 0 ? -value : value;
    if (CSP_FAILS(size > 3.4028235677973366e38 && size < 1.0 / 0.0))
        csp_fail_fit_double(S, place, "float", value);
    return (float)value;
}

static inline uint64_t csp_uint64_from_int(csp_scheduler *S, csp_place place, int64_t value)
{
    if (CSP_FAILS(value < 0))
        csp_fail_fit_int(S, place, "uint64", value);
    return (uint64_t)value;
}

static inline uint64_t csp_uint64_from_uint(csp_scheduler *S, csp_place place, uint64_t value)
{
    (void)S;
    (void)place;
    return value;
}

/* ---- arrays ---- */

static inline size_t csp_index(csp_scheduler *S, csp_place place, int64_t i, int64_t length, const char *name)
{
    if (CSP_FAILS((uint64_t)i >= (uint64_t)length))
        csp_fail_index(S, place, name, i, length);
    return (size_t)i;
}

/* Two elements that are passed to one call, one by ref at least. */
static inline void csp_apart(csp_scheduler *S, csp_place place, bool are_same, const char *a, const char *b, int64_t index)
{
    if (CSP_UNLIKELY(are_same))
        csp_fail_apart(S, place, a, b, index);
}

/* Indices low .. high - 1. */
static inline void csp_indices(csp_scheduler *S, csp_place place, int64_t low, int64_t high, int64_t length, const char *name)
{
    if (low >= high)
        return;
    csp_index(S, place, low, length, name);
    if (high > length)
        csp_index(S, place, length, length, name);
}

/* An element of an array parameter of ends that are all of channels in frames. */
static inline csp_channel *csp_end_at(csp_scheduler *S, csp_place place, csp_ends ends, int64_t i, const char *name)
{
    size_t at = csp_index(S, place, i, ends.length, name);
    return (csp_channel *)(void *)((char *)ends.base + at * (size_t)ends.stride);
}

/* A row of an array of ends of several dimensions: `length` rows or ends, `total` ends in all. */
static inline csp_ends csp_row(csp_scheduler *S, csp_place place, csp_ends ends, int64_t i, int64_t length, int64_t total,
                               const char *name)
{
    size_t at = csp_index(S, place, i, ends.length, name) * (size_t)total;
    size_t stride = ends.stride ? (size_t)ends.stride : sizeof(uint64_t);
    return (csp_ends){(char *)ends.base + at * stride, (int32_t)length, ends.stride};
}

/* Arrays of numbers are compared by ==, not by their bytes: 0.0 is -0.0, and nan is nothing. */
#define CSP_ARRAYS_EQUAL(T)                                                                                            \
    static inline bool csp_##T##_equal(const T *a, const T *b, size_t n)                                               \
    {                                                                                                                  \
        for (size_t i = 0; i < n; i++) {                                                                               \
            if (!(a[i] == b[i]))                                                                                       \
                return false;                                                                                          \
        }                                                                                                              \
        return true;                                                                                                   \
    }

CSP_ARRAYS_EQUAL(float)
CSP_ARRAYS_EQUAL(double)

/* ---- values of enums ---- */

static inline int csp_enum(csp_scheduler *S, csp_place place, int64_t value, int count, const char *name)
{
    if (CSP_UNLIKELY((uint64_t)value >= (uint64_t)count))
        csp_fail_enum(S, place, name, value);
    return (int)value;
}

/* ---- text ---- */

static inline uint8_t csp_string_at(csp_scheduler *S, csp_place place, csp_string s, int64_t i)
{
    if (CSP_FAILS((uint64_t)i >= (uint64_t)s.length))
        csp_fail_index_string(S, place, i, s.length);
    return (uint8_t)s.at[i];
}

static inline bool csp_string_equal(csp_string a, csp_string b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, (size_t)a.length) == 0);
}

static inline bool csp_strings_equal(const csp_string *a, const csp_string *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!csp_string_equal(a[i], b[i]))
            return false;
    }
    return true;
}

/* The text in a char array ends at its first zero. */
static inline bool csp_chars_equal_string(const uint8_t *chars, size_t length, csp_string s)
{
    const uint8_t *zero = (const uint8_t *)memchr(chars, 0, length);
    return csp_string_equal((csp_string){(const char *)chars, (int32_t)(zero ? (size_t)(zero - chars) : length)}, s);
}

/* Fills the rest with zeros. */
static inline void csp_chars_from_string(csp_scheduler *S, csp_place place, uint8_t *chars, size_t length, csp_string s)
{
    if (CSP_UNLIKELY((size_t)s.length > length))
        csp_fail_text(S, place, s.length, (int64_t)length);
    if (s.length)
        memcpy(chars, s.at, (size_t)s.length);
    memset(chars + s.length, 0, length - (size_t)s.length);
}

#endif
