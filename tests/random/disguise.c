/* disguise: choices, loops, sequences and what is done with whole arrays, as processes. What is put into a branch of its
 * own neither leaves it nor shares what it sets with another branch. */
#include "random.h"

static void print_braced(struct printer *printer, const char *before, const struct stmt *body, const char *after)
{
    print_line(printer, "%s{", before);
    print_stmts(printer, body);
    print_line(printer, "}%s", after);
}

/* ---- choices ---- */

static void if_by_alt(struct printer *printer, const struct stmt *stmt, const char *condition)
{
    print_line(printer, "%s {", random_chance(50) ? "alt" : "pri alt");
    print_braced(printer, arena_printf("when (%s) skip -> ", condition), stmt->body, "");
    print_braced(printer, arena_printf("when (!%s) after %dus -> ", condition, random_below(3)), stmt->other, "");
    print_line(printer, "}");
}

static void if_by_poison(struct printer *printer, const struct stmt *stmt, const char *condition)
{
    const char *c = print_name(printer, "c");
    print_line(printer, "channel void %s;", c);
    print_line(printer, "{");
    print_line(printer, "if (%s) { poison %s; %s %s; }", condition, c, c, random_chance(50) ? "!" : "?");
    print_stmts(printer, stmt->other);
    print_braced(printer, "} on poison ", stmt->body, "");
}

static void if_by_switch(struct printer *printer, const struct stmt *stmt, const char *condition)
{
    print_line(printer, "switch (int(%s)) {", condition);
    print_braced(printer, "case 1 -> ", stmt->body, "");
    print_braced(printer, "default -> ", stmt->other, "");
    print_line(printer, "}");
}

static void if_by_message(struct printer *printer, const struct stmt *stmt, const char *condition)
{
    const char *c = print_name(printer, "c");
    print_line(printer, "channel void %s[2];", c);
    print_line(printer, "par {");
    print_line(printer, "{ if (%s) %s[1] !; else %s[0] !; }", condition, c, c);
    print_line(printer, "alt {");
    print_braced(printer, arena_printf("%s[1] ? -> ", c), stmt->body, "");
    print_braced(printer, arena_printf("%s[0] ?? -> ", c), stmt->other, "");
    print_line(printer, "}");
    print_line(printer, "}");
}

bool print_disguised_if(struct printer *printer, const struct stmt *stmt)
{
    const char *condition = print_name(printer, "b");
    print_line(printer, "{");
    print_line(printer, "bool %s = %s;", condition, print_expr(stmt->value));
    int way = random_below(4);
    if (way == 3 && !uses_leave(stmt->body) && !uses_leave(stmt->other))
        if_by_message(printer, stmt, condition);
    else if (way == 2)
        if_by_switch(printer, stmt, condition);
    else if (way == 1)
        if_by_poison(printer, stmt, condition);
    else
        if_by_alt(printer, stmt, condition);
    print_line(printer, "}");
    return true;
}

/* ---- loops ---- */

static void loop_by_messages(struct printer *printer, const struct stmt *stmt, const char *c)
{
    const char *name = stmt->variable->name;
    if (random_chance(50)) {
        print_braced(printer, arena_printf("for (%s : %s) ", name, c), stmt->body, "");
        return;
    }
    print_line(printer, "for (;;) {");
    print_line(printer, "%s {", random_chance(50) ? "alt" : "pri alt");
    print_braced(printer, arena_printf("%s %s int %s -> ", c, random_chance(50) ? "?" : "??", name), stmt->body, "");
    print_line(printer, "ended %s -> break;", c);
    print_line(printer, "}");
    print_line(printer, "}");
}

/* The numbers come from a process; where the loop is left, that is poisoned. */
static void loop_by_producer(struct printer *printer, const struct stmt *stmt, const char *bound)
{
    const char *c = print_name(printer, "c");
    print_line(printer, "channel%s int %s;", random_chance(40) ? "(2)" : "", c);
    print_line(printer, "par {");
    print_line(printer, "counter(%s, %s);", bound, c);
    print_line(printer, "{");
    loop_by_messages(printer, stmt, c);
    print_line(printer, "poison %s;", c);
    print_line(printer, "}");
    print_line(printer, "}");
}

/* The producer is spawned, and the loop may even be left by a return: the end of the channel's block ends it. */
static void loop_by_spawn(struct printer *printer, const struct stmt *stmt, const char *bound)
{
    const char *c = print_name(printer, "c");
    print_line(printer, "channel int %s;", c);
    print_line(printer, "spawn counter(%s, %s);", bound, c);
    loop_by_messages(printer, stmt, c);
}

static void loop_by_endless(struct printer *printer, const struct stmt *stmt, const char *bound)
{
    const char *c = print_name(printer, "c"), *name = stmt->variable->name;
    print_line(printer, "channel int %s;", c);
    print_line(printer, "spawn endless(%s);", c);
    print_line(printer, "for (%s : %s) {", name, c);
    print_line(printer, "if (%s >= %s) break;", name, bound);
    print_stmts(printer, stmt->body);
    print_line(printer, "}");
}

static void loop_by_while(struct printer *printer, const struct stmt *stmt, const char *bound)
{
    const char *next = print_name(printer, "n");
    print_line(printer, "int %s = 0;", next);
    print_line(printer, "while (%s < %s) {", next, bound);
    print_line(printer, "int %s = %s;", stmt->variable->name, next);
    print_line(printer, "%s++;", next);
    print_stmts(printer, stmt->body);
    print_line(printer, "}");
}

bool print_disguised_loop(struct printer *printer, const struct stmt *stmt)
{
    const char *bound = print_name(printer, "bound");
    int way = random_below(4);
    print_line(printer, "{");
    print_line(printer, "int %s = %s;", bound, print_expr(stmt->value));
    if (way == 0 && !uses_return(stmt->body))
        loop_by_producer(printer, stmt, bound);
    else if (way == 1)
        loop_by_spawn(printer, stmt, bound);
    else if (way == 2)
        loop_by_endless(printer, stmt, bound);
    else
        loop_by_while(printer, stmt, bound);
    print_line(printer, "}");
    return true;
}

/* ---- sequences ---- */

static bool are_apart(const struct stmt *first, const struct stmt *rest)
{
    struct uses *a = NEW(struct uses), *b = NEW(struct uses);
    struct stmt alone = *first;
    alone.next = NULL;
    uses_of_stmts(a, &alone);
    uses_of_stmts(b, rest);
    for (int i = 0; i < MOST_VARIABLES; i++)
        if ((a->is_set[i] && (b->is_set[i] || b->is_read[i])) || (b->is_set[i] && a->is_read[i]))
            return false;
    return !uses_leave(&alone) && !uses_leave(rest) && first->kind != DECLARE;
}

static void print_alone(struct printer *printer, const struct stmt *stmt)
{
    struct stmt alone = *stmt;
    alone.next = NULL;
    print_stmts(printer, &alone);
}

/* Statement by statement what stands between, so that the second branch begins when the first is done. */
static void print_ordered(struct printer *printer, const struct stmt *first, const struct stmt *second,
                          const char *done, const char *wait)
{
    print_line(printer, "par {");
    print_line(printer, "{");
    print_alone(printer, first);
    print_line(printer, "%s", done);
    print_line(printer, "}");
    print_line(printer, "{");
    print_line(printer, "%s", wait);
    print_alone(printer, second);
    print_line(printer, "}");
    print_line(printer, "}");
}

static void print_two(struct printer *printer, const struct stmt *first, const struct stmt *second)
{
    const char *c = print_name(printer, "c");
    if (random_chance(40)) {
        print_line(printer, "barrier %s;", c);
        const char *sync = arena_printf(random_chance(50) ? "sync %s;" : "alt { sync %s -> ; after 9h -> stop; }", c);
        print_ordered(printer, first, second, arena_printf("sync %s;", c), sync);
    } else {
        print_line(printer, "channel void %s;", c);
        bool is_close = random_chance(30);
        print_ordered(printer, first, second, arena_printf(is_close ? "close %s;" : "%s !;", c),
                      arena_printf(is_close ? "for (_ : %s) stop;" : "%s ?;", c));
    }
}

static void print_raised(struct printer *printer, const struct stmt *first, const struct stmt *second)
{
    const char *c = print_name(printer, "c");
    print_line(printer, "channel void %s;", c);
    print_line(printer, "{");
    print_alone(printer, first);
    print_line(printer, "poison %s;", c);
    print_line(printer, "%s !;", c);
    print_line(printer, "} on poison {");
    print_alone(printer, second);
    print_line(printer, "}");
}

/* Two statements; *rest becomes the second. */
bool print_disguised_rest(struct printer *printer, const struct stmt *first, const struct stmt **rest)
{
    const struct stmt *second = first->next;
    if (!second || first->kind == DECLARE || second->kind == DECLARE || first->kind == BREAK || first->kind == CONTINUE ||
        first->kind == RETURN)
        return false;
    struct stmt alone = *second;
    alone.next = NULL;
    print_line(printer, "{");
    if (are_apart(first, &alone) && random_chance(80))
        print_two(printer, first, second);
    else
        print_raised(printer, first, second);
    print_line(printer, "}");
    *rest = second;
    return true;
}

/* ---- arrays ---- */

void print_map(struct printer *printer, const struct stmt *stmt)
{
    const char *to = print_expr(stmt->place), *from = stmt->variable->name, *f = stmt->function->name;
    const char *k = print_name(printer, "k");
    const char *each = arena_printf("%sfor (%s : 0 .. len(%s)) ", random_chance(60) ? "par " : "", k, from);
    print_line(printer, "%s{", each);
    if (random_chance(50))
        print_line(printer, "%s[%s] = %s(%s[%s]);", to, k, f, from, k);
    else
        print_line(printer, "after %s * 1us; set(%s(%s[%s]), %s[%s]);", k, f, from, k, to, k);
    print_line(printer, "}");
}

static void sum_by_farm(struct printer *printer, const struct stmt *stmt, const char *c, const char *k)
{
    const char *to = print_expr(stmt->place), *from = stmt->variable->name, *f = stmt->function->name;
    const char *send = random_chance(50) ? arena_printf("%s ! %s(%s[%s]);", c, f, from, k)
                                         : arena_printf("put_late(%s %% 3 * 1us, %s(%s[%s]), %s);", k, f, from, k, c);
    print_line(printer, "channel%s int %s;", random_chance(30) ? "(3)" : "", c);
    print_line(printer, "par {");
    print_line(printer, "par for (%s : 0 .. len(%s)) %s", k, from, send);
    print_line(printer, "for (j : 0 .. %d) { %s ? int x; %s = %s +%% x; }", stmt->variable->type->count, c, to, to);
    print_line(printer, "}");
}

void print_sum(struct printer *printer, const struct stmt *stmt)
{
    const char *c = print_name(printer, "c"), *k = print_name(printer, "k"), *to = print_expr(stmt->place);
    print_line(printer, "{");
    if (random_chance(70))
        sum_by_farm(printer, stmt, c, k);
    else
        print_line(printer, "for (%s : 0 .. len(%s)) %s = %s +%% %s(%s[%s]);", k, stmt->variable->name, to, to,
                   stmt->function->name, stmt->variable->name, k);
    print_line(printer, "}");
}
