/* check_overlap: the arguments of one call (language.md § 3, § 11): a variable that is passed by ref may not be passed
 * a second time, by ref or as an array. Two elements count as the same where both indices are written the same; where
 * they only may turn out equal, the call is accepted. Called by check_call.c. */
#include "check_private.h"

#include "diag.h"

static int path_length(const struct expr *expr)
{
    int length = 0;
    for (; expr->kind != EXPR_NAME; expr = expr->left)
        length++;
    return length;
}

static bool is_same_index(const struct expr *a, const struct expr *b)
{
    if (a->value && b->value)
        return a->value->integer == b->value->integer;
    return a->kind == EXPR_NAME && b->kind == EXPR_NAME && a->symbol == b->symbol;
}

static bool is_same_step(const struct expr *a, const struct expr *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == EXPR_FIELD)
        return a->name == b->name;
    return a->kind == EXPR_NAME || is_same_index(a->right, b->right);
}

/* Is one place the other, or a part of it? They are, where all steps that both have are the same. */
static bool overlaps(const struct expr *a, const struct expr *b)
{
    int a_length = path_length(a), b_length = path_length(b);
    for (; a_length > b_length; a_length--)
        a = a->left;
    for (; b_length > a_length; b_length--)
        b = b->left;
    for (; a_length > 0; a_length--, a = a->left, b = b->left)
        if (!is_same_step(a, b))
            return false;
    return true;
}

static bool is_whole_array(const struct symbol *parameter)
{
    return parameter->type && parameter->type->kind == TYPE_ARRAY;
}

static void check_pair(const struct expr *a, const struct symbol *a_parameter, const struct expr *b,
                       const struct symbol *b_parameter)
{
    bool both_matter = (a_parameter->is_ref && (b_parameter->is_ref || is_whole_array(b_parameter))) ||
                       (b_parameter->is_ref && is_whole_array(a_parameter));
    if (!both_matter || !check_root(a) || check_root(a) != check_root(b) || !overlaps(a, b))
        return;
    diag_error(b->at, "%s is passed twice in one call, and by ref: what the one sets, the other sees",
               check_root(b)->name);
    diag_note(a->at, "passed here, too");
}

void check_overlaps(const struct expr *call, const struct symbol *parameters)
{
    const struct symbol *b_parameter = parameters;
    for (const struct expr *b = call->arguments; b && b_parameter; b = b->next, b_parameter = b_parameter->next) {
        const struct symbol *a_parameter = parameters;
        for (const struct expr *a = call->arguments; a != b; a = a->next, a_parameter = a_parameter->next)
            check_pair(a, a_parameter, b, b_parameter);
    }
}
