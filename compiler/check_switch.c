/* check_switch: the arms of a switch and of a receive by shape (language.md § 6): each value and each shape once, and none
 * of an enum or protocol left out. Called by check_stmt.c and check_communication.c. */
#include "check_private.h"

#include "arena.h"
#include "diag.h"

#include <stdlib.h>

static void refuse_second_default(const struct arm *arms)
{
    const struct arm *first = NULL;
    for (const struct arm *arm = arms; arm; arm = arm->next) {
        if (arm->is_default && first) {
            diag_error(arm->at, "a switch has one default");
            diag_note(first->at, "the other is here");
        }
        if (arm->is_default && !first)
            first = arm;
    }
}

static size_t count_patterns(const struct arm *arms)
{
    size_t count = 0;
    for (const struct arm *arm = arms; arm; arm = arm->next)
        for (const struct expr *pattern = arm->patterns; pattern; pattern = pattern->next)
            count++;
    return count;
}

static void check_bodies(struct checker *checker, struct arm *arms)
{
    refuse_second_default(arms);
    for (struct arm *arm = arms; arm; arm = arm->next)
        check_statement(checker, arm->body);
}

/* ---- what is left out ---- */

/* The names of the members that are not there: all, or the first few and how many more. */
static const char *missing_names(const struct type *type, const bool has[])
{
    enum { SHOWN = 4 };
    const char *names = "";
    int missing = 0, count = type->symbol->declaration->member_count;
    for (int i = 0; i < count; i++)
        if (!has[i] && missing++ < SHOWN)
            names = arena_printf("%s%s%s", names, missing > 1 ? ", " : "", type_member(type, i)->name);
    if (missing > SHOWN)
        names = arena_printf("%s and %d more", names, missing - SHOWN);
    return missing ? names : NULL;
}

static void refuse_missing(const struct type *type, const bool has[], const struct arm *arms, struct where at)
{
    for (const struct arm *arm = arms; arm; arm = arm->next)
        if (arm->is_default)
            return;
    const char *names = missing_names(type, has);
    if (names)
        diag_error(at, "of %s this leaves out %s: each needs an arm, or default -> for the rest", type_text(type), names);
}

/* ---- values ---- */

static bool check_pattern(struct checker *checker, struct expr *pattern, struct type *type)
{
    check_value(checker, pattern, type, "a case");
    return type->kind != TYPE_ERROR && pattern->type == type && check_is_constant(pattern, "a case");
}

static bool binds_names(const struct expr *pattern)
{
    for (const struct expr *binding = pattern->kind == EXPR_CALL ? pattern->arguments : NULL; binding; binding = binding->next)
        if (binding->symbol && binding->symbol->kind == SYMBOL_VARIABLE && !binding->symbol->type_name &&
            !binding->symbol->type)
            return true;
    return false;
}

/* A shape where the switch is on something else. */
static bool refuse_shape(struct expr *pattern, const struct type *type)
{
    if (!binds_names(pattern))
        return false;
    for (struct expr *binding = pattern->arguments; binding; binding = binding->next)
        if (binding->symbol)
            binding->symbol->type = type_basic(TYPE_ERROR);
    if (type->kind != TYPE_ERROR)
        diag_error(pattern->at, "only a protocol has shapes, and this switch is on %s", type_text(type));
    return true;
}

static int compare_patterns(const void *a, const void *b)
{
    const struct expr *left = *(struct expr *const *)a, *right = *(struct expr *const *)b;
    if (left->value->integer != right->value->integer)
        return left->value->integer < right->value->integer ? -1 : 1;
    return left->at.begin < right->at.begin ? -1 : 1;
}

static void refuse_same(struct expr **patterns, size_t count)
{
    if (count > 0)
        qsort(patterns, count, sizeof(*patterns), compare_patterns);
    for (size_t i = 1; i < count; i++) {
        if (patterns[i]->value->integer != patterns[i - 1]->value->integer)
            continue;
        diag_error(patterns[i]->at, "this case stands twice in one switch");
        diag_note(patterns[i - 1]->at, "the other is here");
    }
}

static void refuse_missing_values(const struct stmt *stmt, const struct type *type, struct expr **known, size_t count)
{
    if (type->kind != TYPE_ENUM)
        return;
    bool *has = NEW_ARRAY(bool, (size_t)type->symbol->declaration->member_count);
    for (size_t i = 0; i < count; i++)
        has[known[i]->value->integer] = true;
    refuse_missing(type, has, stmt->arms, stmt->keyword_at);
}

static void check_values(struct checker *checker, struct stmt *stmt, struct type *type)
{
    size_t count = 0, written = count_patterns(stmt->arms);
    struct expr **known = NEW_ARRAY(struct expr *, written);
    for (const struct arm *arm = stmt->arms; arm; arm = arm->next)
        for (struct expr *pattern = arm->patterns; pattern; pattern = pattern->next)
            if (!refuse_shape(pattern, type) && check_pattern(checker, pattern, type))
                known[count++] = pattern;
    refuse_same(known, count);
    if (count == written)
        refuse_missing_values(stmt, type, known, count);
}

void check_switch(struct checker *checker, struct stmt *stmt)
{
    struct expr *on = stmt->left;
    check_expression(checker, on);
    check_settle(on);
    struct type *type = on->type;
    if (type->kind == TYPE_PROTOCOL) {
        check_shape_arms(checker, stmt->arms, type, stmt->keyword_at);
        return;
    }
    if (!type_is_integer(type) && type->kind != TYPE_ENUM && type->kind != TYPE_ERROR) {
        diag_error(on->at, "a switch is on an integer, a character, an enum or a protocol, and this is %s", type_text(type));
        type = type_basic(TYPE_ERROR);
    }
    check_values(checker, stmt, type);
    check_bodies(checker, stmt->arms);
}

/* ---- shapes ---- */

static void refuse_bindings(const struct arm *arm)
{
    if (!arm->patterns->next)
        return;
    for (const struct expr *pattern = arm->patterns; pattern; pattern = pattern->next)
        for (const struct expr *binding = pattern->arguments; binding; binding = binding->next)
            if (binding->symbol) {
                diag_error(binding->at, "several shapes share this arm, so that none of them binds a name; _ may stand here");
                return;
            }
}

static void bind_unknown(const struct arm *arm)
{
    for (const struct expr *pattern = arm->patterns; pattern; pattern = pattern->next)
        for (struct expr *binding = pattern->arguments; binding; binding = binding->next)
            if (binding->symbol && !binding->symbol->type)
                binding->symbol->type = type_basic(TYPE_ERROR);
}

static bool check_shape_arm(struct arm *arm, struct type *protocol, struct expr *first[])
{
    bool ok = true;
    for (struct expr *pattern = arm->patterns; pattern; pattern = pattern->next) {
        struct symbol *shape = check_shape_pattern(pattern, protocol);
        ok = ok && shape;
        if (shape && first[shape->number]) {
            diag_error(pattern->at, "%s stands twice here", shape->name);
            diag_note(first[shape->number]->at, "the other is here");
        } else if (shape) {
            first[shape->number] = pattern;
        }
    }
    if (arm->patterns)
        refuse_bindings(arm);
    return ok;
}

void check_shape_arms(struct checker *checker, struct arm *arms, struct type *protocol, struct where at)
{
    bool ok = protocol->kind == TYPE_PROTOCOL;
    int count = ok ? protocol->symbol->declaration->member_count : 0;
    struct expr **first = NEW_ARRAY(struct expr *, (size_t)count);
    bool *has = NEW_ARRAY(bool, (size_t)count);
    for (struct arm *arm = arms; arm; arm = arm->next) {
        if (protocol->kind == TYPE_PROTOCOL)
            ok = check_shape_arm(arm, protocol, first) && ok;
        bind_unknown(arm);
    }
    for (int i = 0; i < count; i++)
        has[i] = first[i] != NULL;
    if (ok)
        refuse_missing(protocol, has, arms, at);
    check_bodies(checker, arms);
}
