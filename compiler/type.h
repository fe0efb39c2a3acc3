/* type: the types of the language as values. Equal types are the same pointer. Called by every stage from check on. */
#ifndef TYPE_H
#define TYPE_H

#include "ast.h"

/* The type of a kind that needs nothing more (void to string, EXACT_*, barrier, error). */
struct type *type_basic(enum type_kind kind);
struct type *type_array(struct type *of, int64_t length); /* length -1: open, only for parameters */
struct type *type_end(enum type_direction direction, struct type *of);
struct type *type_channel(struct type *of, int64_t buffer);
struct type *type_named(enum type_kind kind, struct symbol *symbol);

/* As the programmer writes it: "int", "?int", "int[4][8]", "channel int". Interned. */
const char *type_text(const struct type *type);

/* The keyword of a built-in type; NULL for those that are made of others. */
const char *type_word(enum type_kind kind);

bool type_is_integer(const struct type *type);  /* char, int8 … uint64; also EXACT_INT */
bool type_is_number(const struct type *type);   /* integers, float, double, EXACT_* */
bool type_is_signed(const struct type *type);
int type_bits(const struct type *type);         /* of an integer, float or double */
wide type_lowest(const struct type *type);      /* the range of an integer type or time */
wide type_highest(const struct type *type);
/* In bytes, as the generated C has it on a 64-bit machine; INT64_MAX where it is more. An open array is a pointer and a
 * length. */
int64_t type_size(const struct type *type);
int type_alignment(const struct type *type);
/* Whether values can be compared by ==; of a struct every field, of an array every element. */
bool type_has_equality(const struct type *type);
/* Whether a value is, or has somewhere in it, an array. */
bool type_has_array(const struct type *type);
/* The fields of a struct or a shape, the values of an enum, the shapes of a protocol, by number. */
struct symbol *type_member(const struct type *type, int64_t number);
/* … by name, which is interned; NULL: none. */
struct symbol *type_find_member(const struct type *type, const char *name);
/* An array's innermost element, and how many of these there are; the type itself, 1 of it, where it is no array. */
struct type *type_innermost(struct type *type);
int64_t type_count(const struct type *type);

void type_release(void);

#endif
