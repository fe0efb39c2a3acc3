/* print_ast: the tree as indented text, one node a line: its place, what it is, its type and constant value where check
 * has found them, then its parts, indented. Called by main for `--emit=ast`. */
#include "print_ast.h"

#include "type.h"

#include <inttypes.h>
#include <stdarg.h>

static FILE *out;

static void print_stmt(const struct stmt *stmt, int depth);
static void print_stmts(const struct stmt *stmts, int depth);

/* Begins a line: "  12:5 text". */
static void line(int depth, struct where at, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void line(int depth, struct where at, const char *format, ...)
{
    struct position position = source_position(at.begin);
    fprintf(out, "%*s%d:%d ", depth * 2, "", position.line, position.column);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(out, format, arguments);
    va_end(arguments);
}

static void end_line(void)
{
    fputc('\n', out);
}

static void heading(int depth, const char *text)
{
    fprintf(out, "%*s%s\n", depth * 2, "", text);
}

/* ---- types and values ---- */

static const char *direction_text(enum type_direction direction)
{
    return direction == DIRECTION_IN ? "?" : direction == DIRECTION_OUT ? "!" : "";
}

static void print_type_name(const struct type_name *type)
{
    for (; type->of; type = type->of)
        fputs(direction_text(type->direction), out);
    fputs(direction_text(type->direction), out);
    fputs(type->builtin == TYPE_ERROR ? type->name : type_word(type->builtin), out);
}

static void print_string(const char *bytes, int64_t length)
{
    fputc('"', out);
    for (int64_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte == '\n')
            fputs("\\n", out);
        else if (byte < ' ' || byte == 0x7F)
            fprintf(out, "\\%03o", byte);
        else
            fputc(byte, out);
    }
    fputc('"', out);
}

static void print_integer(wide value)
{
    if (value < 0)
        fprintf(out, "%" PRId64, (int64_t)value);
    else
        fprintf(out, "%" PRIu64, (uint64_t)value);
}

static void print_value(const struct value *value)
{
    switch (value->kind) {
    case VALUE_INT: print_integer(value->integer); break;
    case VALUE_REAL: fprintf(out, "%.17g", value->real); break;
    case VALUE_BOOL: fputs(value->integer ? "true" : "false", out); break;
    case VALUE_STRING: print_string(value->bytes, value->length); break;
    case VALUE_LIST:
        fputc('{', out);
        for (int64_t i = 0; i < value->length; i++) {
            fputs(i ? ", " : "", out);
            print_value(value->items[i]);
        }
        fputc('}', out);
        break;
    }
}

/* ---- expressions ---- */

static const char *operator_text(enum operator operator)
{
    switch (operator) {
    case OPERATOR_NONE: return "";
    case OPERATOR_NEGATE: case OPERATOR_SUBTRACT: return "-";
    case OPERATOR_PLUS: case OPERATOR_ADD: return "+";
    case OPERATOR_NOT: return "!";
    case OPERATOR_COMPLEMENT: return "~";
    case OPERATOR_MULTIPLY: return "*";
    case OPERATOR_DIVIDE: return "/";
    case OPERATOR_REMAINDER: return "%";
    case OPERATOR_WRAP_MULTIPLY: return "*%";
    case OPERATOR_WRAP_ADD: return "+%";
    case OPERATOR_WRAP_SUBTRACT: return "-%";
    case OPERATOR_SHIFT_LEFT: return "<<";
    case OPERATOR_SHIFT_RIGHT: return ">>";
    case OPERATOR_LESS: return "<";
    case OPERATOR_LESS_EQUAL: return "<=";
    case OPERATOR_GREATER: return ">";
    case OPERATOR_GREATER_EQUAL: return ">=";
    case OPERATOR_EQUAL: return "==";
    case OPERATOR_NOT_EQUAL: return "!=";
    case OPERATOR_AND: return "&";
    case OPERATOR_XOR: return "^";
    case OPERATOR_OR: return "|";
    case OPERATOR_LOGICAL_AND: return "&&";
    case OPERATOR_LOGICAL_OR: return "||";
    }
    return "";
}

/* What the line of an expression says of it, before its type and value. */
static void print_expr_head(const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_NONE: fputs("[]", out); break;
    case EXPR_VALUE: fputs("value", out); break;
    case EXPR_NAME: fprintf(out, "name %s", expr->name); break;
    case EXPR_UNARY: fprintf(out, "unary %s", operator_text(expr->operator)); break;
    case EXPR_BINARY: fprintf(out, "binary %s", operator_text(expr->operator)); break;
    case EXPR_CONDITION: fputs("condition", out); break;
    case EXPR_CALL: fputs("call", out); break;
    case EXPR_INDEX: fputs("index", out); break;
    case EXPR_FIELD: fprintf(out, "field %s", expr->name); break;
    case EXPR_CONVERT:
        fputs(expr->type_name ? "convert to " : "convert silently", out);
        if (expr->type_name)
            print_type_name(expr->type_name);
        break;
    case EXPR_LIST: fputs("list", out); break;
    case EXPR_STRUCT: fputs("struct", out); break;
    }
}

static void print_exprs(const struct expr *list, int depth);

static void print_expr(const struct expr *expr, int depth)
{
    if (!expr)
        return;
    const char *name = expr->item ? expr->item->name : NULL;
    line(depth, expr->at, "%s%s", name ? name : "", name ? ": " : "");
    print_expr_head(expr);
    if (expr->type)
        fprintf(out, " : %s", type_text(expr->type));
    if (expr->value) {
        fputs(" = ", out);
        print_value(expr->value);
    }
    end_line();
    print_expr(expr->left, depth + 1);
    print_expr(expr->middle, depth + 1);
    print_expr(expr->right, depth + 1);
    print_exprs(expr->arguments, depth + 1);
}

static void print_exprs(const struct expr *list, int depth)
{
    for (; list; list = list->next)
        print_expr(list, depth);
}

/* ---- symbols ---- */

static const char *symbol_word(enum symbol_kind kind)
{
    switch (kind) {
    case SYMBOL_VARIABLE: return "variable";
    case SYMBOL_PARAMETER: return "parameter";
    case SYMBOL_COUNTER: return "counter";
    case SYMBOL_CONSTANT: return "constant";
    case SYMBOL_CHANNEL: return "channel";
    case SYMBOL_BARRIER: return "barrier";
    case SYMBOL_FUNCTION: return "function";
    case SYMBOL_PROCESS: return "process";
    case SYMBOL_BUILTIN: return "builtin";
    case SYMBOL_STRUCT: return "struct";
    case SYMBOL_ENUM: return "enum";
    case SYMBOL_ENUMERATOR: return "enumerator";
    case SYMBOL_PROTOCOL: return "protocol";
    case SYMBOL_SHAPE: return "shape";
    case SYMBOL_OPAQUE: return "type";
    case SYMBOL_TYPE_PARAMETER: return "type parameter";
    }
    return "";
}

static void print_symbol_type(const struct symbol *symbol)
{
    if (!symbol->type && !symbol->type_name)
        return;
    fputs(" : ", out);
    if (symbol->type)
        fputs(type_text(symbol->type), out);
    else
        print_type_name(symbol->type_name);
}

static void print_symbols(const struct symbol *symbol, int depth)
{
    for (; symbol; symbol = symbol->next) {
        line(depth, symbol->at, "%s%s %s", symbol->is_ref ? "ref " : "", symbol_word(symbol->kind), symbol->name);
        print_symbol_type(symbol);
        if (symbol->value) {
            fputs(" = ", out);
            print_value(symbol->value);
        }
        end_line();
        print_exprs(symbol->dimensions, depth + 1);
        print_expr(symbol->initial, depth + 1);
        if (symbol->kind == SYMBOL_SHAPE)
            print_symbols(symbol->declaration->parameters, depth + 1);
    }
}

/* ---- statements ---- */

static const char *stmt_word(enum stmt_kind kind)
{
    switch (kind) {
    case STMT_BLOCK: return "block";
    case STMT_DECLARE: return "declare";
    case STMT_CONST: return "const";
    case STMT_CHANNEL: return "channel";
    case STMT_BARRIER: return "barrier";
    case STMT_ASSIGN: return "assign";
    case STMT_CALL: return "run";
    case STMT_IF: return "if";
    case STMT_WHILE: return "while";
    case STMT_FOR: return "for";
    case STMT_FOR_RANGE: return "for range";
    case STMT_FOR_EACH: return "for each";
    case STMT_SWITCH: return "switch";
    case STMT_BREAK: return "break";
    case STMT_CONTINUE: return "continue";
    case STMT_RETURN: return "return";
    case STMT_SEND: return "send";
    case STMT_RECEIVE: return "receive";
    case STMT_CLOSE: return "close";
    case STMT_POISON: return "poison";
    case STMT_PAR: return "par";
    case STMT_PAR_FOR: return "par for";
    case STMT_SPAWN: return "spawn";
    case STMT_ALT: return "alt";
    case STMT_AFTER: return "after";
    case STMT_AT: return "at";
    case STMT_SYNC: return "sync";
    case STMT_ASSERT: return "assert";
    case STMT_YIELD: return "yield";
    case STMT_SKIP: return "skip";
    case STMT_STOP: return "stop";
    }
    return "";
}

static const char *guard_word(enum guard_kind kind)
{
    switch (kind) {
    case GUARD_RECEIVE: return "receive";
    case GUARD_SEND: return "send";
    case GUARD_ENDED: return "ended";
    case GUARD_AFTER: return "after";
    case GUARD_AT: return "at";
    case GUARD_SYNC: return "sync";
    case GUARD_SKIP: return "skip";
    }
    return "";
}

static const char *target_word(enum target_kind target)
{
    switch (target) {
    case TARGET_VOID: return " nothing";
    case TARGET_DISCARD: return " away";
    case TARGET_PLACE: return " into place";
    case TARGET_DECLARE: return " into new";
    case TARGET_SHAPES: return " by shape";
    }
    return "";
}

static void print_arms(const struct arm *arm, int depth)
{
    for (; arm; arm = arm->next) {
        line(depth, arm->at, "%s\n", arm->is_default ? "default" : "case");
        print_exprs(arm->patterns, depth + 1);
        print_stmts(arm->body, depth + 1);
    }
}

static void print_guards(const struct guard *guard, int depth)
{
    for (; guard; guard = guard->next) {
        line(depth, guard->at, "guard %s%s%s\n", guard_word(guard->kind), guard->is_extended ? " extended" : "",
             guard->kind == GUARD_RECEIVE ? target_word(guard->target) : "");
        for (const struct replicator *r = guard->replicators; r; r = r->next) {
            line(depth + 1, r->at, "for %s\n", r->counter->name);
            print_expr(r->left, depth + 2);
            print_expr(r->right, depth + 2);
        }
        if (guard->when) {
            heading(depth + 1, "when");
            print_expr(guard->when, depth + 2);
        }
        print_expr(guard->left, depth + 1);
        print_expr(guard->right, depth + 1);
        print_symbols(guard->symbols, depth + 1);
        print_arms(guard->arms, depth + 1);
        print_stmts(guard->body, depth + 1);
    }
}

static void print_stmt_line(const struct stmt *stmt, int depth)
{
    line(depth, stmt->at, "%s%s", stmt->is_pri ? "pri " : "", stmt_word(stmt->kind));
    if (stmt->kind == STMT_ASSIGN)
        fprintf(out, " %s=", operator_text(stmt->operator));
    if (stmt->kind == STMT_RECEIVE)
        fprintf(out, "%s%s", stmt->is_extended ? " extended" : "", target_word(stmt->target));
    end_line();
}

static void print_part(const char *name, const struct stmt *stmt, int depth)
{
    if (!stmt)
        return;
    heading(depth, name);
    print_stmt(stmt, depth + 1);
}

static void print_stmt(const struct stmt *stmt, int depth)
{
    print_stmt_line(stmt, depth);
    print_symbols(stmt->symbols, depth + 1);
    print_part("initial", stmt->initial, depth + 1);
    print_expr(stmt->left, depth + 1);
    print_expr(stmt->right, depth + 1);
    print_exprs(stmt->arguments, depth + 1);
    print_part("step", stmt->step, depth + 1);
    print_arms(stmt->arms, depth + 1);
    print_guards(stmt->guards, depth + 1);
    print_stmts(stmt->body, depth + 1);
    print_part("else", stmt->otherwise, depth + 1);
    print_part("on poison", stmt->handler, depth + 1);
}

static void print_stmts(const struct stmt *stmts, int depth)
{
    for (; stmts; stmts = stmts->next)
        print_stmt(stmts, depth);
}

/* ---- declarations ---- */

static const char *declaration_word(enum declaration_kind kind)
{
    switch (kind) {
    case DECLARATION_PROCESS: return "process";
    case DECLARATION_FUNCTION: return "function";
    case DECLARATION_CONST: return "const";
    case DECLARATION_STRUCT: return "struct";
    case DECLARATION_ENUM: return "enum";
    case DECLARATION_PROTOCOL: return "protocol";
    case DECLARATION_EXTERN: return "extern";
    case DECLARATION_IMPORT: return "import";
    case DECLARATION_OPAQUE: return "type";
    }
    return "";
}

static void print_declaration_line(const struct declaration *d, int depth)
{
    line(depth, d->at, "%s%s%s", d->is_extern ? "extern " : "", d->is_blocking ? "blocking " : "",
         declaration_word(d->kind));
    if (d->symbol && d->kind != DECLARATION_CONST)
        fprintf(out, " %s", d->symbol->name);
    if (d->path)
        fprintf(out, " \"%s\"", d->path);
    if (d->result) {
        fputs(" : ", out);
        print_type_name(d->result);
    }
    end_line();
}

static void print_declarations(const struct declaration *d, int depth)
{
    for (; d; d = d->next) {
        print_declaration_line(d, depth);
        if (d->kind == DECLARATION_CONST)
            print_symbols(d->symbol, depth + 1);
        print_symbols(d->type_parameters, depth + 1);
        print_symbols(d->parameters, depth + 1);
        print_stmts(d->body, depth + 1);
        print_declarations(d->members, depth + 1);
    }
}

void print_ast(FILE *to, const struct module *module)
{
    out = to;
    print_declarations(module->declarations, 0);
}
