/* check_overlap: the arguments of one call (language.md § 3, § 11): a variable that is passed by ref may not be passed
 * a second time, by ref or as an array. Where two elements may turn out to be the same one, the program looks when it
 * runs. Called by check_call.c and lower_expr.c. */
#include "check_private.h"

#include "diag.h"

static int path_length(const struct expr *expr)
{
    int length = 0;
    for (; expr->kind != EXPR_NAME; expr = expr->left)
        length++;
    return length;
}

bool check_is_same_index(const struct expr *a, const struct expr *b)
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
    return a->kind == EXPR_NAME || check_is_same_index(a->right, b->right);
}

/* Known to differ are only constants. */
static bool may_be_same_step(const struct expr *a, const struct expr *b)
{
    bool are_indices = a->kind == EXPR_INDEX && b->kind == EXPR_INDEX;
    return is_same_step(a, b) || (are_indices && !(a->right->value && b->right->value));
}

/* Takes what the longer of two places has more: a part of the other, it overlaps where that does. */
static void shorten(const struct expr **first, const struct expr **second)
{
    const struct expr *a = *first, *b = *second;
    int a_length = path_length(a), b_length = path_length(b);
    for (; a_length > b_length; a_length--)
        a = a->left;
    for (; b_length > a_length; b_length--)
        b = b->left;
    *first = a;
    *second = b;
}

/* Whether that holds of all steps to two places that have as many. */
static bool all_steps(const struct expr *a, const struct expr *b, bool (*holds)(const struct expr *, const struct expr *))
{
    for (; a->kind != EXPR_NAME; a = a->left, b = b->left)
        if (!holds(a, b))
            return false;
    return true;
}

static bool is_whole_array(const struct symbol *parameter)
{
    return parameter->type && parameter->type->kind == TYPE_ARRAY;
}

/* Parts of one variable that the callee would see as two, one of them by ref. */
static bool is_pair(const struct expr *a, const struct symbol *a_parameter, const struct expr *b,
                    const struct symbol *b_parameter)
{
    bool both_matter = (a_parameter->is_ref && (b_parameter->is_ref || is_whole_array(b_parameter))) ||
                       (b_parameter->is_ref && is_whole_array(a_parameter));
    return both_matter && check_root(a) && check_root(a) == check_root(b);
}

static void check_pair(const struct expr *a, const struct expr *b)
{
    const struct expr *first = a, *second = b;
    shorten(&first, &second);
    if (!all_steps(first, second, is_same_step))
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
            if (is_pair(a, a_parameter, b, b_parameter))
                check_pair(a, b);
    }
}

bool check_may_overlap(const struct expr **a, const struct symbol *a_parameter, const struct expr **b,
                       const struct symbol *b_parameter)
{
    if (!is_pair(*a, a_parameter, *b, b_parameter))
        return false;
    shorten(a, b);
    return all_steps(*a, *b, may_be_same_step);
}
