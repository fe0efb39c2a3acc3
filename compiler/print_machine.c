/* print_machine: --emit=machine: each machine with its slots and ops, one op a line, in csp's own words. Called by main. */
#include "machine.h"

#include "source.h"
#include "type.h"

#include <inttypes.h>

struct printer {
    FILE *out;
    int indent;
};

static void print_ops(struct printer *P, const struct op *first);

/* ---- expressions ---- */

static const char *const spelling[] = {
    [OPERATOR_NEGATE] = "-", [OPERATOR_PLUS] = "+", [OPERATOR_NOT] = "!", [OPERATOR_COMPLEMENT] = "~",
    [OPERATOR_MULTIPLY] = "*", [OPERATOR_DIVIDE] = "/", [OPERATOR_REMAINDER] = "%", [OPERATOR_ADD] = "+",
    [OPERATOR_SUBTRACT] = "-", [OPERATOR_WRAP_MULTIPLY] = "*%", [OPERATOR_WRAP_ADD] = "+%",
    [OPERATOR_WRAP_SUBTRACT] = "-%", [OPERATOR_SHIFT_LEFT] = "<<", [OPERATOR_SHIFT_RIGHT] = ">>",
    [OPERATOR_LESS] = "<", [OPERATOR_LESS_EQUAL] = "<=", [OPERATOR_GREATER] = ">", [OPERATOR_GREATER_EQUAL] = ">=",
    [OPERATOR_EQUAL] = "==", [OPERATOR_NOT_EQUAL] = "!=", [OPERATOR_AND] = "&", [OPERATOR_XOR] = "^",
    [OPERATOR_OR] = "|", [OPERATOR_LOGICAL_AND] = "&&", [OPERATOR_LOGICAL_OR] = "||"};

static void print_text(struct printer *P, const char *bytes, int64_t length)
{
    fputc('"', P->out);
    for (int64_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < ' ' || c >= 127 || c == '"' || c == '\\')
            fprintf(P->out, "\\x%02x", c);
        else
            fputc(c, P->out);
    }
    fputc('"', P->out);
}

static void print_value(struct printer *P, const struct value *value)
{
    switch (value->kind) {
    case VALUE_INT:
        fprintf(P->out, value->integer < 0 ? "%" PRId64 : "%" PRIu64, (int64_t)value->integer);
        break;
    case VALUE_REAL:
        fprintf(P->out, "%.17g", value->real);
        break;
    case VALUE_BOOL:
        fputs(value->integer ? "true" : "false", P->out);
        break;
    case VALUE_STRING:
        print_text(P, value->bytes, value->length);
        break;
    case VALUE_LIST:
        fputs("{…}", P->out);
        break;
    }
}

static bool has_slot(const struct symbol *s)
{
    return s->kind == SYMBOL_VARIABLE || s->kind == SYMBOL_PARAMETER || s->kind == SYMBOL_COUNTER || s->kind == SYMBOL_CHANNEL;
}

static void print_expr(struct printer *P, const struct expr *e);

static void print_list(struct printer *P, const struct expr *first)
{
    for (const struct expr *e = first; e; e = e->next) {
        print_expr(P, e);
        fputs(e->next ? ", " : "", P->out);
    }
}

static void print_pieces(struct printer *P, const struct expr *left, const char *between, const struct expr *right,
                         const char *behind)
{
    print_expr(P, left);
    fputs(between, P->out);
    print_expr(P, right);
    fputs(behind, P->out);
}

static void print_expr(struct printer *P, const struct expr *e)
{
    if (e->value) {
        print_value(P, e->value);
        return;
    }
    switch (e->kind) {
    case EXPR_NAME:
        fputs(has_slot(e->symbol) ? ((const struct slot *)e->symbol->lowered)->name : e->name, P->out);
        break;
    case EXPR_UNARY:
        fputs(spelling[e->operator], P->out);
        print_expr(P, e->left);
        break;
    case EXPR_BINARY:
        fputc('(', P->out);
        print_expr(P, e->left);
        fprintf(P->out, " %s ", spelling[e->operator]);
        print_expr(P, e->right);
        fputc(')', P->out);
        break;
    case EXPR_CONDITION:
        fputc('(', P->out);
        print_pieces(P, e->left, " ? ", e->middle, " : ");
        print_expr(P, e->right);
        fputc(')', P->out);
        break;
    case EXPR_CALL:
        print_expr(P, e->left);
        fputc('(', P->out);
        print_list(P, e->arguments);
        fputc(')', P->out);
        break;
    case EXPR_INDEX:
        print_pieces(P, e->left, "[", e->right, "]");
        break;
    case EXPR_FIELD:
        print_expr(P, e->left);
        fprintf(P->out, ".%s", e->name);
        break;
    case EXPR_CONVERT:
        fprintf(P->out, "%s(", type_text(e->type));
        print_expr(P, e->left);
        fputc(')', P->out);
        break;
    case EXPR_NONE:
    case EXPR_VALUE:
    case EXPR_LIST:
    case EXPR_STRUCT:
        fputs("…", P->out);
        break;
    }
}

/* ---- ops ---- */

static void start(struct printer *P, const char *word)
{
    fprintf(P->out, "%*s%s", 4 * P->indent, "", word);
}

static void print_inner(struct printer *P, const struct op *first)
{
    P->indent++;
    print_ops(P, first);
    P->indent--;
}

/* `word expression`, or the word alone. */
static void print_simple(struct printer *P, const char *word, const struct expr *e)
{
    start(P, word);
    if (e) {
        fputc(' ', P->out);
        print_expr(P, e);
    }
    fputc('\n', P->out);
}

static void print_wait(struct printer *P, const struct op *op)
{
    fprintf(P->out, "  [%s", op->point->label.name);
    fprintf(P->out, op->poisoned ? ", poison: %s]\n" : ", poison: leave the loop]\n", op->poisoned ? op->poisoned->name : "");
}

static void print_communication(struct printer *P, const struct op *op)
{
    start(P, op->kind == OP_SEND ? "send " : "receive ");
    print_expr(P, op->channel);
    fputs(op->kind == OP_SEND ? " ! " : " ? ", P->out);
    if (op->message)
        fputs(op->message->name, P->out);
    if (op->value) {
        fputs(" := ", P->out);
        print_expr(P, op->value);
    }
    print_wait(P, op);
}

static void print_children(struct printer *P, const struct op *op)
{
    start(P, op->point->kind == POINT_CALL ? "call" : op->kind == OP_RUN_FOR ? "par for " : "par");
    if (op->kind == OP_RUN_FOR) {
        fprintf(P->out, "%s : ", op->slot->name);
        print_pieces(P, op->value, " .. ", op->limit, "");
    }
    print_wait(P, op);
    P->indent++;
    for (const struct child *c = op->point->children; c; c = c->next) {
        start(P, c->machine->name);
        fprintf(P->out, "%s in %s", c->is_part && op->point->kind == POINT_PAR ? " (bare)" : "", c->is_pooled ? "the pool" : c->field);
        for (const struct argument *a = c->arguments; a; a = a->next) {
            fprintf(P->out, a == c->arguments ? ": %s = " : ", %s = ", a->slot->name);
            print_expr(P, a->value);
        }
        fputc('\n', P->out);
    }
    P->indent--;
}

static const char *const guards[] = {[GUARD_RECEIVE] = "receive", [GUARD_SEND] = "send", [GUARD_ENDED] = "ended",
                                     [GUARD_AFTER] = "after", [GUARD_AT] = "at", [GUARD_SYNC] = "sync", [GUARD_SKIP] = "skip"};

static void print_choice(struct printer *P, const struct choice *c)
{
    start(P, guards[c->kind]);
    if (c->channel) {
        fputc(' ', P->out);
        print_expr(P, c->channel);
    }
    if (c->value) {
        fputs(" ! ", P->out);
        print_expr(P, c->value);
    }
    if (c->kind == GUARD_RECEIVE && c->message)
        fprintf(P->out, " ? %s", c->message->name);
    for (const struct replicator *r = c->replicators; r; r = r->next) {
        fprintf(P->out, " for %s : ", ((const struct slot *)r->counter->lowered)->name);
        print_pieces(P, r->left, " .. ", r->right, "");
    }
    if (c->when) {
        fputs(" when ", P->out);
        print_expr(P, c->when);
    }
    fputc('\n', P->out);
    print_inner(P, c->body);
}

static void print_alt(struct printer *P, const struct op *op)
{
    start(P, op->is_pri ? "pri alt" : op->fair ? "alt" : "alt (runs once)");
    print_wait(P, op);
    P->indent++;
    for (const struct choice *c = op->choices; c; c = c->next)
        print_choice(P, c);
    P->indent--;
}

static void print_switch(struct printer *P, const struct op *op)
{
    print_simple(P, "switch", op->value);
    for (const struct op_arm *arm = op->arms; arm; arm = arm->next) {
        start(P, arm->patterns ? "case " : "default");
        print_list(P, arm->patterns);
        fputc('\n', P->out);
        print_inner(P, arm->body);
    }
}

static void print_loop(struct printer *P, const struct op *op)
{
    print_ops(P, op->initial);
    print_simple(P, op->value ? "while" : "forever", op->value);
    print_inner(P, op->body);
    if (op->slot) {
        P->indent++;
        start(P, op->slot->name);
        fputs(" += 1\n", P->out);
        P->indent--;
    }
    print_inner(P, op->step);
    if (op->exit)
        fprintf(P->out, "%s:\n", op->exit->name);
}

static void print_if(struct printer *P, const struct op *op)
{
    print_simple(P, "if", op->value);
    print_inner(P, op->body);
    if (!op->otherwise)
        return;
    print_simple(P, "else", NULL);
    print_inner(P, op->otherwise);
}

static void print_arguments(struct printer *P, const char *word, const struct op *op)
{
    start(P, word);
    if (op->value)
        print_expr(P, op->value);
    fputs(op->value && op->arguments ? ": " : "", P->out);
    print_list(P, op->arguments);
    fputc('\n', P->out);
}

static void print_set(struct printer *P, const struct op *op)
{
    start(P, op->place ? "" : op->slot->name);
    if (op->place)
        print_expr(P, op->place);
    fputs(" = ", P->out);
    if (op->value)
        print_expr(P, op->value);
    else
        fputs("zero", P->out);
    fputc('\n', P->out);
}

static void print_blocking(struct printer *P, const struct op *op)
{
    start(P, "");
    if (op->place)
        print_pieces(P, op->place, " = block ", op->value, "");
    else {
        fputs("block ", P->out);
        print_expr(P, op->value);
    }
    fprintf(P->out, "  [%s]\n", op->point->label.name);
}

static void print_label(struct printer *P, const char *word, const struct label *label, const char *behind)
{
    start(P, word);
    fprintf(P->out, "%s%s\n", label->name, behind);
}

static void print_slot(struct printer *P, const struct op *op)
{
    static const char *const words[] = {[OP_CELLS_GIVE] = "end of channel ", [OP_BARRIER] = "barrier ",
                                        [OP_BARRIER_GIVE] = "end of barrier ", [OP_RELEASE] = "release ",
                                        [OP_GROUP] = "group ", [OP_STANDING_END] = "end "};
    start(P, words[op->kind]);
    fprintf(P->out, "%s\n", op->slot->name);
}

static void print_op(struct printer *P, const struct op *op)
{
    switch (op->kind) {
    case OP_SET:
    case OP_ZERO:
        print_set(P, op);
        break;
    case OP_CHANNEL:
        start(P, "channel ");
        fprintf(P->out, "%s\n", op->slot->name);
        break;
    case OP_CALL:
        print_simple(P, "do", op->value);
        break;
    case OP_PRINT:
        print_arguments(P, op->is_line ? "println " : "print ", op);
        break;
    case OP_ASSERT:
        print_arguments(P, "assert ", op);
        break;
    case OP_APART:
        print_simple(P, "apart", op->place);
        print_simple(P, "  and", op->value);
        break;
    case OP_IF:
        print_if(P, op);
        break;
    case OP_LOOP:
        print_loop(P, op);
        break;
    case OP_SWITCH:
        print_switch(P, op);
        break;
    case OP_BREAK:
        print_simple(P, "break", NULL);
        break;
    case OP_CONTINUE:
        print_simple(P, "continue", NULL);
        break;
    case OP_GOTO:
        print_label(P, "goto ", op->label, "");
        break;
    case OP_LABEL:
        print_label(P, "", op->label, ":");
        break;
    case OP_HANDLER:
        print_label(P, "on poison ", op->label, ":");
        break;
    case OP_RETURN:
        print_simple(P, "return", op->value);
        break;
    case OP_CLOSE:
        print_simple(P, "close", op->channel);
        break;
    case OP_POISON:
        print_simple(P, "poison", op->channel);
        break;
    case OP_SEND:
    case OP_RECEIVE:
        print_communication(P, op);
        break;
    case OP_RUN:
    case OP_RUN_FOR:
        print_children(P, op);
        break;
    case OP_SLEEP:
        start(P, op->is_instant ? "at " : "after ");
        print_expr(P, op->value);
        print_wait(P, op);
        break;
    case OP_YIELD:
    case OP_STOP:
        start(P, op->kind == OP_YIELD ? "yield" : "stop");
        print_wait(P, op);
        break;
    case OP_ALT:
        print_alt(P, op);
        break;
    case OP_SPAWN:
        print_simple(P, "spawn", NULL);
        break;
    case OP_CELLS_GIVE: case OP_BARRIER: case OP_BARRIER_GIVE: case OP_RELEASE: case OP_GROUP:
    case OP_STANDING_END:
        print_slot(P, op);
        break;
    case OP_ENTER: case OP_LEAVE:
        print_simple(P, op->kind == OP_ENTER ? "enter" : "leave", op->channel);
        break;
    case OP_CHECK:
        print_label(P, "poison: ", op->poisoned, "");
        break;
    case OP_SYNC:
        start(P, "sync ");
        print_expr(P, op->channel);
        print_wait(P, op);
        break;
    case OP_BLOCK:
        print_blocking(P, op);
        break;
    case OP_JOIN:
        start(P, "join ");
        fprintf(P->out, "%s  [%s]\n", op->slot->name, op->point->label.name);
        break;
    }
}

static void print_ops(struct printer *P, const struct op *first)
{
    for (const struct op *op = first; op; op = op->next)
        print_op(P, op);
}

/* ---- machines ---- */

static void print_slots(struct printer *P, const struct machine *machine)
{
    for (const struct slot *s = machine->slots; s; s = s->next)
        if (!s->is_memory || s->in_frame) {
            const char *home = s->is_parameter ? "parameter" : s->in_frame ? "frame" : "local";
            fprintf(P->out, "    %s %s: %s\n", home, s->name, type_text(s->type));
        }
}

void machine_print(FILE *to, const struct machines *machines)
{
    static const char *const kinds[] = {"function", "process", "branch"};
    struct printer P = {to, 1};
    for (const struct machine *m = machines->first; m; m = m->next) {
        struct position p = source_position(m->at.begin);
        fprintf(to, "%s %s (%s:%d)\n", kinds[m->kind], m->name, p.source ? p.source->path : "", p.line);
        print_slots(&P, m);
        fputs("\n", to);
        print_ops(&P, m->body);
        if (m->end.is_used)
            fputs("end:\n", to);
        print_ops(&P, m->epilogue);
        if (m->next)
            fputs("\n", to);
    }
}
