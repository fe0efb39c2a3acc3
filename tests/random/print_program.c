/* print_program: declarations, and the processes that disguises need. */
#include "random.h"

static void print_fields(struct printer *printer, const struct type *type)
{
    for (int i = 0; i < type->count; i++) {
        const struct type *part = type->parts[i];
        const char *size = part->kind == ARRAY ? arena_printf("[%d]", part->count) : "";
        print_line(printer, "%s %s%s;", part->name, type->names[i], size);
    }
}

static void print_shapes(struct printer *printer, const struct type *type)
{
    for (int i = 0; i < type->count; i++) {
        const char *values = "";
        for (int k = 0; k < type->arity[i]; k++)
            values = arena_printf("%s%s%s v%d", values, k ? ", " : "", type->values[i][k]->name, k);
        print_line(printer, *values ? "%s(%s);" : "%s%s;", type->names[i], values);
    }
}

static void print_declaration(struct printer *printer, const struct type *type)
{
    static const char *const words[] = {[ENUM] = "enum", [STRUCT] = "struct", [PROTOCOL] = "protocol"};
    print_line(printer, "%s %s {", words[type->kind], type->name);
    if (type->kind == STRUCT)
        print_fields(printer, type);
    else if (type->kind == PROTOCOL)
        print_shapes(printer, type);
    else
        for (int i = 0; i < type->count; i++)
            print_line(printer, "%s%s", type->names[i], i + 1 < type->count ? "," : "");
    print_line(printer, "}");
}

static void print_function(struct printer *printer, struct function *function)
{
    const char *parameters = "";
    for (int i = 0; i < function->count; i++) {
        const struct variable *p = function->parameters[i];
        parameters = arena_printf("%s%s%s%s %s%s", parameters, i ? ", " : "", p->is_ref ? "ref " : "", p->type->name,
                                  p->name, p->is_open ? "[]" : "");
    }
    printer->function = function;
    print_line(printer, "%s %s(%s) {", function->is_process ? "process" : function->result->name, function->name,
               parameters);
    print_stmts(printer, function->body);
    print_line(printer, "}");
    print_line(printer, "%s", "");
}

int print_helper_index(struct printer *printer, const struct type *type)
{
    for (int i = 0; i < printer->helped_count; i++)
        if (printer->helped[i] == type)
            return i;
    printer->helped[printer->helped_count] = (struct type *)type;
    return printer->helped_count++;
}

static void print_none(struct printer *printer, const struct type *type)
{
    print_line(printer, "%s none_%s() { %s none; return none; }", type->name, type->name, type->name);
}

/* A variable that is a process: put, get, quit. And one that answers to the end that comes with a request. */
static void print_cell(struct printer *printer, const struct type *type, int index)
{
    const char *name = type->name;
    print_line(printer, "protocol Cell%d { put%d(%s value); get%d(!%s reply); quit%d; }", index, index, name, index, name,
               index);
    print_line(printer, "process cell%d(?Cell%d in) {", index, index);
    print_line(printer, "%s kept;", name);
    print_line(printer, "for (;;) in ? {");
    print_line(printer, "put%d(value) -> kept = value;", index);
    print_line(printer, "get%d(reply) -> reply ! kept;", index);
    print_line(printer, "quit%d -> return;", index);
    print_line(printer, "}");
    print_line(printer, "}");
    print_line(printer, "struct Ask%d { %s value; !%s reply; }", index, name, name);
    print_line(printer, "process echo%d(?Ask%d in) { for (ask : in) ask.reply ! ask.value; }", index, index);
}

static void print_generics(struct printer *printer)
{
    print_line(printer, "process put<T>(T x, !T out) { out ! x; }");
    print_line(printer, "process put_late<T>(time t, T x, !T out) { after t; out ! x; }");
    print_line(printer, "process set<T>(T x, ref T place) { yield; place = x; }");
    print_line(printer, "process get<T>(?T in, ref T place) { in ? place; }");
    print_line(printer, "process relay<T>(?T in, !T out) { for (x : in) out ! x; close out; }");
    print_line(printer, "process hops<T>(int n, ?T in, !T out) {");
    print_line(printer, "if (n == 0) { in ? T x; out ! x; return; }");
    print_line(printer, "channel T next;");
    print_line(printer, "par { hops(n - 1, in, next); { next ? T x; out ! x; } }");
    print_line(printer, "}");
    print_line(printer, "process counter(int n, !int out) { for (i : 0 .. n) out ! i; close out; }");
    print_line(printer, "process endless(!int out) { for (int i = 0;; i++) out ! i; } on poison { skip; }");
}

/* What runs beside others; see print_among_others. */
static void print_others(struct printer *printer)
{
    print_line(printer, "process ring(int n) {");
    print_line(printer, "channel int c[4];");
    print_line(printer, "par {");
    print_line(printer, "{ c[0] ! n; c[3] ? int x; assert(x == n + 3); }");
    print_line(printer, "par for (i : 0 .. 3) { c[i] ? int x; c[i + 1] ! x + 1; }");
    print_line(printer, "}");
    print_line(printer, "}");
    print_line(printer, "process poll(int n) {");
    print_line(printer, "channel(2) int c;");
    print_line(printer, "int sum = 0;");
    print_line(printer, "bool is_open = true;");
    print_line(printer, "par {");
    print_line(printer, "{ for (i : 0 .. n) { c ! i; yield; } close c; }");
    print_line(printer, "while (is_open) pri alt { c ? int x -> sum += x; ended c -> is_open = false; skip -> ; }");
    print_line(printer, "}");
    print_line(printer, "assert(sum == n * (n - 1) / 2);");
    print_line(printer, "}");
    print_line(printer, "process member(int n, barrier b) { for (i : 0 .. n) { yield; sync b; } }");
    print_line(printer, "process members(int n) { barrier b; par for (i : 0 .. n) member(i, b); spawn member(n, b); }");
    print_line(printer, "process timers(int n) { if (n > 0) par { { after n * 1us; } timers(n - 1); timers(n - 2); } }");
    print_line(printer, "T same<T>(T x) { return x; }");
}

void print_helpers(struct printer *printer)
{
    for (int kind = BOOL; kind <= STRING; kind++)
        print_none(printer, type_of((enum kind)kind));
    for (int i = 0; i < printer->program->type_count; i++)
        print_none(printer, printer->program->types[i]);
    for (int i = 0; i < printer->helped_count; i++)
        print_cell(printer, printer->helped[i], i);
    print_generics(printer);
    print_others(printer);
}

void print_program(struct printer *printer, struct program *program)
{
    printer->program = program;
    printer->line = 1;
    for (int i = 0; i < program->type_count; i++)
        print_declaration(printer, program->types[i]);
    for (int i = 0; i < program->function_count; i++)
        print_function(printer, program->functions[i]);
    print_helpers(printer);
}
