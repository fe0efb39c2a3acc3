/* print_stmt: statements as text, where they are not in disguise. */
#include "random.h"

#include <stdarg.h>
#include <string.h>

/* One line; one that begins with } is indented less, and so is what follows one that ends in {. */
void print_line(struct printer *printer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    size_t size = (size_t)vsnprintf(NULL, 0, format, arguments) + 1;
    char *text = NEW_ARRAY(char, size);
    vsnprintf(text, size, format, again);
    va_end(again);
    va_end(arguments);
    if (text[0] == '}')
        printer->indent--;
    fprintf(printer->to, "%*s%s\n", 4 * printer->indent, "", text);
    printer->line++;
    if (text[0] && text[strlen(text) - 1] == '{')
        printer->indent++;
}

const char *print_name(struct printer *printer, const char *prefix)
{
    return arena_printf("%s_%d", prefix, printer->names++);
}

static void print_declare(struct printer *printer, const struct stmt *stmt)
{
    const struct type *type = stmt->variable->type;
    const char *size = type->kind == ARRAY ? arena_printf("[%d]", type->count) : "";
    const char *value = stmt->value ? print_expr(stmt->value) : NULL;
    bool is_set_apart = printer->function->is_process && type->kind != ARRAY && value && random_chance(25);
    print_line(printer, "%s %s%s%s%s;", type->name, stmt->variable->name, size, value && !is_set_apart ? " = " : "",
               value && !is_set_apart ? value : "");
    if (is_set_apart)
        print_assign(printer, stmt->variable->name, type, stmt->value, true);
}

static void print_set(struct printer *printer, const struct stmt *stmt)
{
    const char *place = print_expr(stmt->place);
    const struct expr *root = stmt->place;
    while (root->op != VARIABLE)
        root = root->args[0];
    struct uses *uses = NEW(struct uses);
    uses_of_expr(uses, stmt->value);
    if (printer->function->is_process && random_chance(60))
        print_assign(printer, place, stmt->place->type, stmt->value, !uses->is_read[root->variable->id]);
    else
        print_line(printer, "%s = %s;", place, print_expr(stmt->value));
}

static void print_update(struct printer *printer, const struct stmt *stmt)
{
    const char *place = print_expr(stmt->place), *twice = stmt->op == ADD ? "++" : "--";
    if (stmt->kind == UPDATE)
        print_line(printer, "%s %s= %s;", place, print_op(stmt->op), print_expr(stmt->value));
    else if (random_chance(50))
        print_line(printer, "%s%s;", place, twice);
    else
        print_line(printer, "%s%s;", twice, place);
}

static void print_print(struct printer *printer, const struct stmt *stmt)
{
    const char *text = "";
    for (int i = 0; i < stmt->count; i++)
        text = arena_printf("%s%s%s, \" \"", text, i ? ", " : "", print_expr(stmt->args[i]));
    print_line(printer, "println(%s);", text);
}

static void print_braces(struct printer *printer, const char *before, const struct stmt *body, const char *after)
{
    print_line(printer, "%s{", before);
    print_stmts(printer, body);
    print_line(printer, "}%s", after);
}

static void print_if(struct printer *printer, const struct stmt *stmt)
{
    if (printer->function->is_process && random_chance(60) && print_disguised_if(printer, stmt))
        return;
    print_braces(printer, arena_printf("if (%s) ", print_expr(stmt->value)), stmt->body, "");
    if (stmt->other)
        print_braces(printer, "else ", stmt->other, "");
}

static void print_loop(struct printer *printer, const struct stmt *stmt)
{
    const char *name = stmt->variable->name, *bound;
    if (printer->function->is_process && random_chance(60) && print_disguised_loop(printer, stmt))
        return;
    if (random_chance(50)) {
        print_braces(printer, arena_printf("for (%s : 0 .. %s) ", name, print_expr(stmt->value)), stmt->body, "");
        return;
    }
    bound = print_name(printer, "bound");
    print_line(printer, "int %s = %s;", bound, print_expr(stmt->value));
    print_braces(printer, arena_printf("for (int %s = 0; %s < %s; %s++) ", name, name, bound, name), stmt->body, "");
}

static const char *pattern(const struct type *type, const struct arm *arm)
{
    const char *text = "";
    if (arm->label < 0)
        return "default";
    if (type->kind != PROTOCOL)
        return arena_printf("case %s", type->kind == ENUM ? type->names[arm->label] : arena_printf("%d", arm->label));
    for (int i = 0; i < type->arity[arm->label]; i++)
        text = arena_printf("%s%s%s", text, i ? ", " : "", arm->variables[i] ? arm->variables[i]->name : "_");
    return arena_printf(*text ? "%s(%s)" : "%s%s", type->names[arm->label], text);
}

static void print_arms(struct printer *printer, const struct stmt *stmt, bool is_receive)
{
    const struct type *type = stmt->value->type;
    for (const struct arm *arm = stmt->arms; arm; arm = arm->next) {
        const char *word = type->kind == PROTOCOL && !is_receive && arm->label >= 0 ? "case " : "";
        print_braces(printer, arena_printf("%s%s -> ", word, pattern(type, arm)), arm->body, "");
    }
}

/* A switch on a protocol may be a receive. */
static void print_received(struct printer *printer, const struct stmt *stmt)
{
    const char *name = print_name(printer, "c");
    print_line(printer, "channel(1) %s %s;", stmt->value->type->name, name);
    print_line(printer, "%s ! %s;", name, print_expr(stmt->value));
    if (random_chance(50)) {
        print_line(printer, "%s %s {", name, random_chance(50) ? "?" : "??");
        print_arms(printer, stmt, true);
    } else {
        print_line(printer, "%s {", random_chance(50) ? "alt" : "pri alt");
        print_line(printer, "%s %s {", name, random_chance(50) ? "?" : "??");
        print_arms(printer, stmt, true);
        print_line(printer, "}");
        print_line(printer, "after 1h -> println(\"late\");");
    }
    print_line(printer, "}");
}

static void print_switch(struct printer *printer, const struct stmt *stmt)
{
    if (stmt->value->type->kind == PROTOCOL && printer->function->is_process && random_chance(60)) {
        print_received(printer, stmt);
        return;
    }
    print_line(printer, "switch (%s) {", print_expr(stmt->value));
    print_arms(printer, stmt, false);
    print_line(printer, "}");
}

static void print_invoke(struct printer *printer, const struct stmt *stmt)
{
    const char *text = "";
    for (int i = 0; i < stmt->count; i++)
        text = arena_printf("%s%s%s", text, i ? ", " : "", print_expr(stmt->args[i]));
    bool in_par = printer->function->is_process && stmt->function->is_process && random_chance(40);
    print_line(printer, in_par ? "par { %s(%s); {} }" : "%s(%s);", stmt->function->name, text);
}

static void print_fail(struct printer *printer, const struct stmt *stmt)
{
    static const char *const places[] = {
        "int least = -2147483648;", "println(least - 1);", "int zero;", "println(7 / zero);", "int large = 256;",
        "println(uint8(large));", "int a[3]; int three = 3;", "println(a[three]);", "bool wrong = false;",
        "assert(wrong, \"on purpose\");", "int shift = 32;", "println(1 << shift);",
    };
    print_line(printer, "%s", places[2 * stmt->count]);
    printer->failing_line = printer->line;
    print_line(printer, "%s", places[2 * stmt->count + 1]);
}

static void print_return(struct printer *printer, const struct stmt *stmt)
{
    print_line(printer, stmt->value ? "return %s;" : "return;%s", stmt->value ? print_expr(stmt->value) : "");
}

static void print_stmt(struct printer *printer, const struct stmt *stmt)
{
    switch (stmt->kind) {
    case DECLARE: print_declare(printer, stmt); break;
    case ASSIGN: print_set(printer, stmt); break;
    case UPDATE: case STEP: print_update(printer, stmt); break;
    case PRINT: print_print(printer, stmt); break;
    case IF: print_if(printer, stmt); break;
    case LOOP: print_loop(printer, stmt); break;
    case SWITCH: print_switch(printer, stmt); break;
    case BREAK: print_line(printer, "break;"); break;
    case CONTINUE: print_line(printer, "continue;"); break;
    case RETURN: print_return(printer, stmt); break;
    case BLOCK: print_braces(printer, "", stmt->body, ""); break;
    case INVOKE: print_invoke(printer, stmt); break;
    case MAP: print_map(printer, stmt); break;
    case SUM: print_sum(printer, stmt); break;
    case FAIL: print_fail(printer, stmt); break;
    }
}

/* Beside processes that have nothing to do with it, so that others run in between. */
static bool print_among_others(struct printer *printer, const struct stmt *stmt)
{
    static const char *const others[] = {"ring", "poll", "members", "timers"};
    struct stmt alone = *stmt;
    alone.next = NULL;
    if (stmt->kind == DECLARE || uses_leave(&alone))
        return false;
    print_line(printer, "par {");
    print_line(printer, "%s(%d);", others[random_below(4)], random_below(5));
    print_line(printer, "{");
    print_stmt(printer, stmt);
    print_line(printer, "}");
    if (random_chance(30))
        print_line(printer, "%s(%d);", others[random_below(4)], random_below(5));
    print_line(printer, "}");
    return true;
}

/* What is cut off here by the disguise of a whole tail is printed there. */
void print_stmts(struct printer *printer, const struct stmt *stmts)
{
    for (const struct stmt *stmt = stmts; stmt; stmt = stmt->next) {
        const struct stmt *rest;
        if (printer->function->is_process && random_chance(15) && print_disguised_rest(printer, stmt, &rest)) {
            stmt = rest;
            continue;
        }
        bool is_among = printer->function->is_process && random_chance(7) && print_among_others(printer, stmt);
        if (!is_among)
            print_stmt(printer, stmt);
    }
}
