/* constant: what is computed when compiling (language.md § 2): integers exactly, in 128 bits, until they meet the type
 * that their place needs; everything else as it would be at run time. Knows nothing of expressions and reports
 * nothing. Called by check. */
#ifndef CONSTANT_H
#define CONSTANT_H

#include "ast.h"

struct value *constant_integer(wide integer);
struct value *constant_real(double real);
struct value *constant_bool(bool truth);

/* What a variable of that type starts as; for an array an empty list, whose missing items are zero. */
struct value *constant_zero(struct type *type);
/* An item of a constant array of that type. */
struct value *constant_item(const struct value *list, int64_t index, struct type *element);

/* Does the value fit the type without any loss? Numbers only; a time fits only where it is zero. */
bool constant_fits(const struct value *value, const struct type *type);
/* The value as one of that type, or NULL where it does not fit. Real numbers lose their fraction. */
struct value *constant_convert(const struct value *value, const struct type *type);

/* The result, of the type given, or NULL and in *why what is wrong. */
struct value *constant_unary(enum operator operator, const struct value *value, const struct type *type,
                             const char **why);
struct value *constant_binary(enum operator operator, const struct value *left, const struct value *right,
                              const struct type *type, const char **why);
/* A comparison of two values of one type: a truth. */
struct value *constant_compare(enum operator operator, const struct value *left, const struct value *right);
bool constant_less(const struct value *left, const struct value *right);

/* For messages. */
const char *constant_text(const struct value *value);

#endif
