/* disguise_assign: an assignment as a communication. In all of these `value` is evaluated first and once. */
#include "random.h"

struct assignment {
    struct printer *printer;
    const char *place, *type, *value, *c; /* c: a channel */
    const struct type *of;
};

static void by_rendezvous(struct assignment a)
{
    print_line(a.printer, "channel %s %s;", a.type, a.c);
    if (random_chance(50))
        print_line(a.printer, "par { %s ! %s; %s ? %s; }", a.c, a.value, a.c, a.place);
    else
        print_line(a.printer, "par { %s ? %s; { yield; %s ! %s; } }", a.c, a.place, a.c, a.value);
}

static void by_buffer(struct assignment a)
{
    print_line(a.printer, "channel(%d) %s %s[2];", 1 + random_below(3), a.type, a.c);
    print_line(a.printer, "%s[1] ! %s;", a.c, a.value);
    print_line(a.printer, "%s[1] ? %s;", a.c, a.place);
}

static void by_alt_input(struct assignment a)
{
    print_line(a.printer, "channel %s %s;", a.type, a.c);
    print_line(a.printer, "par {");
    print_line(a.printer, "put_late(%dus, %s, %s);", random_below(3), a.value, a.c);
    print_line(a.printer, "%s {", random_chance(50) ? "alt" : "pri alt");
    if (random_chance(50))
        print_line(a.printer, "when (now() < 0s) %s ? _ -> println(\"never\");", a.c);
    print_line(a.printer, "%s %s %s -> %s", a.c, random_chance(50) ? "?" : "??", a.place,
               random_chance(50) ? "skip;" : "{ yield; }");
    print_line(a.printer, random_chance(50) ? "after 1h -> println(\"late\");" : "ended %s -> println(\"ended\");", a.c);
    print_line(a.printer, "}");
    print_line(a.printer, "}");
}

static void by_alt_output(struct assignment a)
{
    int wanted = random_below(3);
    print_line(a.printer, "channel %s %s[3];", a.type, a.c);
    print_line(a.printer, "par {");
    print_line(a.printer, "alt { for (k : 0 .. 3) %s[k] ! %s -> %s", a.c, a.value, random_chance(50) ? "; }" : "yield; }");
    print_line(a.printer, "%s[%d] ? %s;", a.c, wanted, a.place);
    print_line(a.printer, "}");
}

static void by_replicated_input(struct assignment a)
{
    int wanted = random_below(3);
    print_line(a.printer, "channel%s %s %s[3];", random_chance(50) ? "(1)" : "", a.type, a.c);
    print_line(a.printer, "par {");
    print_line(a.printer, "alt { for (k : 0 .. 3) when (k %s %d) %s[k] ? %s -> ; }", random_chance(50) ? ">=" : "==",
               wanted, a.c, a.place);
    print_line(a.printer, "%s[%d] ! %s;", a.c, wanted, a.value);
    print_line(a.printer, "}");
}

static void by_extended(struct assignment a)
{
    print_line(a.printer, "channel %s %s;", a.type, a.c);
    print_line(a.printer, "par { put(%s, %s); %s ?? %s x { yield; %s = x; } }", a.value, a.c, a.c, a.type, a.place);
}

static void by_end(struct assignment a)
{
    print_line(a.printer, "channel %s %s;", a.type, a.c);
    print_line(a.printer, "channel !%s %s_end;", a.type, a.c);
    print_line(a.printer, "par {");
    print_line(a.printer, "{ %s_end ? !%s end; end ! %s; }", a.c, a.type, a.value);
    print_line(a.printer, "{ %s_end ! %s; %s ? %s; }", a.c, a.c, a.c, a.place);
    print_line(a.printer, "}");
}

static void by_hops(struct assignment a)
{
    print_line(a.printer, "channel %s %s, %s_back;", a.type, a.c, a.c);
    if (random_chance(50))
        print_line(a.printer, "par { put(%s, %s); hops(%d, %s, %s_back); %s_back ? %s; }", a.value, a.c, random_below(5),
                   a.c, a.c, a.c, a.place);
    else
        print_line(a.printer, "par { { %s ! %s; close %s; } relay(%s, %s_back); for (x : %s_back) %s = x; }", a.c, a.value,
                   a.c, a.c, a.c, a.c, a.place);
}

static void by_late_spawn(struct assignment a)
{
    print_line(a.printer, "channel %s %s;", a.type, a.c);
    print_line(a.printer, "spawn put_late(%dms, %s, %s);", random_below(3), a.value, a.c);
    print_line(a.printer, "%s ? %s;", a.c, a.place);
}

static void by_cell(struct assignment a)
{
    int index = print_helper_index(a.printer, a.of);
    print_line(a.printer, "channel%s Cell%d %s;", random_chance(30) ? "(2)" : "", index, a.c);
    print_line(a.printer, "channel %s %s_reply;", a.type, a.c);
    print_line(a.printer, "par {");
    print_line(a.printer, "cell%d(%s);", index, a.c);
    print_line(a.printer, "{");
    print_line(a.printer, "%s ! put%d(%s);", a.c, index, a.value);
    print_line(a.printer, "par { %s ! get%d(%s_reply); %s_reply ? %s; }", a.c, index, a.c, a.c, a.place);
    print_line(a.printer, "%s ! quit%d;", a.c, index);
    print_line(a.printer, "}");
    print_line(a.printer, "}");
}

static void by_request(struct assignment a)
{
    int index = print_helper_index(a.printer, a.of);
    print_line(a.printer, "channel Ask%d %s;", index, a.c);
    print_line(a.printer, "channel %s %s_reply;", a.type, a.c);
    print_line(a.printer, "par {");
    print_line(a.printer, "echo%d(%s);", index, a.c);
    print_line(a.printer, "{ %s ! Ask%d{%s, %s_reply}; %s_reply ? %s; close %s; }", a.c, index, a.value, a.c, a.c, a.place,
               a.c);
    print_line(a.printer, "}");
}

static void by_ref(struct assignment a)
{
    print_line(a.printer, random_chance(50) ? "set(%s, %s);" : "par { set(%s, %s); skip; }", a.value, a.place);
}

static void by_poison(struct assignment a)
{
    print_line(a.printer, "channel %s %s;", a.type, a.c);
    print_line(a.printer, "%s %s;", random_chance(50) ? "poison" : "close", a.c);
    const char *set = arena_printf("%s = %s;", a.place, a.value);
    switch (random_below(3)) {
    case 0: print_line(a.printer, "{ %s ! %s; println(\"never\"); } on poison { %s }", a.c, a.value, set); break;
    case 1: print_line(a.printer, "alt { %s ? _ -> println(\"never\"); ended %s -> %s }", a.c, a.c, set); break;
    default: print_line(a.printer, "par { %s ? _; skip; } on poison { %s }", a.c, set);
    }
}

static void by_timer(struct assignment a)
{
    print_line(a.printer, "time %s = now();", a.c);
    print_line(a.printer, "alt { at %s + 2ms -> %s = %s; after 3ms -> println(\"never\"); }", a.c, a.place, a.value);
    print_line(a.printer, "assert(now() - %s >= 2ms);", a.c);
}

static void (*const ways[])(struct assignment) = {
    by_rendezvous, by_buffer, by_alt_input, by_alt_output, by_replicated_input, by_extended, by_end, by_hops, by_late_spawn,
    by_cell, by_request, by_ref, by_poison, by_timer,
};

/* is_safe: the value does not read the variable that is set, so that they may be in two branches. */
void print_assign(struct printer *printer, const char *place, const struct type *type, const struct expr *value,
                  bool is_safe)
{
    const char *text = print_expr(value), *temporary = print_name(printer, "kept");
    struct assignment a = {printer, place, type->name, temporary, print_name(printer, "c"), type};
    int way = random_below((int)(sizeof ways / sizeof *ways));
    print_line(printer, "{");
    if (is_safe && value->op != LITERAL && ways[way] == by_rendezvous && random_chance(60))
        a.value = text;
    else
        print_line(printer, value->op != LITERAL && random_chance(30) ? "%s %s = same(%s);" : "%s %s = %s;", type->name,
                   temporary, text);
    ways[way](a);
    print_line(printer, "}");
}
