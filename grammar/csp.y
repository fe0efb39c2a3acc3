/* csp.y: the grammar of the language, all of language.md, for bison. Its actions build the tree of ast.h. Called by
 * parse.c.
 *
 * A channel statement begins with a place (a name, an element, a field), an expression never stands alone as a
 * statement, and so `c ? x;` and `a ? b : c` do not meet. */

%define api.prefix {grammar_}
%define api.token.prefix {TOKEN_}
%define api.pure full
%define api.location.type {struct where}
%define parse.error custom
%define parse.lac full
%define lr.type ielr
%locations
%expect 0
%param {struct parser *parser}

%code requires {
#include "build.h"
#include "recover.h"
#include "scan.h"

/* One file (or the value of a -D) that is being parsed, and what has come of it. */
struct parser {
    struct scanner scanner;
    struct scanner before; /* as it was in front of the last token */
    struct recovery recovery;
    bool is_value, is_begun;
    int held; /* a token that has been read, and is given after the one that was put in front of it; 0: none */
    struct where held_at;
    struct declaration *declarations;
    struct expr *value;
};

/* A name or keyword; a keyword may still name a field. */
struct word {
    const char *name;
    enum type_kind builtin; /* of a built-in type's keyword */
};
}

%code {
#include "diag.h"
#include "literal.h"
#include "syntax.h"

/* Grammars nested deeper than this do not come from people. */
#define YYMAXDEPTH 20000

#define YYLLOC_DEFAULT(at, parts, count)                                                                               \
    ((at) = (count) ? source_join(YYRHSLOC(parts, 1), YYRHSLOC(parts, count))                                          \
                    : (struct where){YYRHSLOC(parts, 0).end, YYRHSLOC(parts, 0).end})

/* The place of the first of three parts that is not empty. */
static struct where first_of(struct where a, struct where b, struct where c)
{
    return a.begin < a.end ? a : b.begin < b.end ? b : c;
}

static int grammar_lex(union GRAMMAR_STYPE *value, struct where *at, struct parser *parser);
static void grammar_error(struct where *at, struct parser *parser, const char *text);

#define STMT(at, keyword_at, ...) build_stmt(at, keyword_at, (struct stmt){__VA_ARGS__})
}

%union {
    struct word word;
    enum operator operator;
    struct expr *expr;
    struct stmt *stmt;
    struct symbol *symbol;
    struct arm *arm;
    struct guard *guard;
    struct replicator *replicator;
    struct declaration *declaration;
    struct type_name *type_name;
    struct expr_list exprs;
    struct stmt_list stmts;
    struct symbol_list symbols;
    struct arm_list arms;
    struct guard_list guards;
    struct replicator_list replicators;
    struct declaration_list declarations;
}

/* An alias with a blank in it describes a kind of word; the others are words themselves. */
%token END 0 "end of file"
%token CUT "end of text" /* given first at the end of a file that stops in the middle of something; it fits nowhere */
%token VALUE "a value" /* given first where the text is the value of a -D */
%token <word> NAME "a name" BUILTIN "a type"
%token <expr> CONSTANT "a constant" STRING "a string"
%token <word>
    PROCESS "process" CHANNEL "channel" PAR "par" ALT "alt" PRI "pri" FOR "for" WHILE "while" IF "if" ELSE "else"
    SWITCH "switch" CASE "case" DEFAULT "default" BREAK "break" CONTINUE "continue" RETURN "return" SPAWN "spawn"
    POISON "poison" CLOSE "close" ENDED "ended" ON "on" SYNC "sync" BARRIER "barrier" SKIP "skip" STOP "stop"
    AFTER "after" AT "at" WHEN "when" YIELD "yield" ASSERT "assert" STRUCT "struct" ENUM "enum" PROTOCOL "protocol"
    CONST "const" EXTERN "extern" TYPE "type" BLOCKING "blocking" IMPORT "import" REF "ref" TRUE "true" FALSE "false"
%token
    ARROW "->" RANGE ".." EXTENDED "??" INCREMENT "++" DECREMENT "--"
    SET_ADD "+=" SET_SUBTRACT "-=" SET_MULTIPLY "*=" SET_DIVIDE "/=" SET_REMAINDER "%="
    SET_AND "&=" SET_OR "|=" SET_XOR "^=" SET_LEFT "<<=" SET_RIGHT ">>="
    WRAP_ADD "+%" WRAP_SUBTRACT "-%" WRAP_MULTIPLY "*%" LEFT "<<" RIGHT ">>"
    LESS_EQUAL "<=" GREATER_EQUAL ">=" EQUAL "==" NOT_EQUAL "!=" LOGICAL_AND "&&" LOGICAL_OR "||"

/* An else belongs to the nearest if. */
%precedence THEN
%precedence "else"
/* A list that begins with an error is not empty before it: the parser looks for an error in the state in hand. */
%precedence error

%right '?' ':'
%left "||"
%left "&&"
%left '|'
%left '^'
%left '&'
%left "==" "!="
%left '<' '>' "<=" ">="
%left "<<" ">>"
%left '+' '-' "+%" "-%"
%left '*' '/' '%' "*%"
%precedence UNARY

%type <word> word
%type <operator> assign
%type <expr> initialiser list dimension initial buffer expression optional operand place call when string struct_item
%type <exprs> initialisers dimensions arguments expressions shape_patterns strings struct_items
%type <stmt> block ending braces handler item local statement simple body for_initial for_step target
%type <stmts> items
%type <symbol> parameter field enumerator shape declarator channel barrier type_parameter counter
%type <symbols> type_parameters type_parameter_list parameters parameter_list fields field_list enumerators shapes
%type <symbols> declarators channels barriers
%type <arm> case_arm shape_arm
%type <arms> case_arms shape_arms
%type <guard> guard communication
%type <guards> guards
%type <replicator> replicator
%type <replicators> replicators
%type <declaration> declaration member constants
%type <declarations> declarations members
%type <type_name> type

%%

start
    : declarations          { parser->declarations = $1.first; }
    | VALUE initialiser     { parser->value = $2; }
    ;

/* ---- declarations of a file (language.md § 2, § 3, § 9) ---- */

declarations
    : %empty %prec THEN  { $$ = (struct declaration_list){0}; }
    | declarations declaration  { $$ = build_declaration_list($1, $2); }
    | slip  { $$ = (struct declaration_list){0}; }
    | slip block   { $$ = (struct declaration_list){0}; }
    ;

declaration
    : "process" NAME type_parameters '(' parameters ')' block
        { $$ = build_callable(DECLARATION_PROCESS, source_join(@1, @6), NULL, build_symbol(SYMBOL_PROCESS, $2.name, @2),
                              $3.first, $5.first, $7); }
    | type NAME type_parameters '(' parameters ')' block
        { $$ = build_callable(DECLARATION_FUNCTION, source_join(@1, @6), $1, build_symbol(SYMBOL_FUNCTION, $2.name, @2),
                              $3.first, $5.first, $7); }
    | constants
    | "struct" NAME '{' fields '}'
        { $$ = build_declaration(@$, (struct declaration){.kind = DECLARATION_STRUCT, .parameters = $4.first,
                                 .symbol = build_symbol(SYMBOL_STRUCT, $2.name, @2)}); }
    | "enum" NAME '{' enumerators comma '}'
        { $$ = build_declaration(@$, (struct declaration){.kind = DECLARATION_ENUM, .parameters = $4.first,
                                 .symbol = build_symbol(SYMBOL_ENUM, $2.name, @2)}); }
    | "protocol" NAME '{' shapes '}'
        { $$ = build_declaration(@$, (struct declaration){.kind = DECLARATION_PROTOCOL, .parameters = $4.first,
                                 .symbol = build_symbol(SYMBOL_PROTOCOL, $2.name, @2)}); }
    | "extern" string '{' members '}'
        { $$ = build_declaration(@$, (struct declaration){.kind = DECLARATION_EXTERN, .path_at = @2,
                                 .path = build_path(@2, $2->value), .members = $4.first}); }
    | "import" string ';'
        { $$ = build_declaration(@$, (struct declaration){.kind = DECLARATION_IMPORT, .path_at = @2,
                                 .path = build_path(@2, $2->value)}); }
    | "blocking" type NAME type_parameters '(' parameters ')' ending
        { diag_error(@1, "only C's functions block, and they stand in an extern: extern \"header.h\" { ... }"); $$ = NULL; }
    | "type" NAME ';'
        { diag_error(@1, "opaque types are C's, and stand in an extern: extern \"header.h\" { ... }"); $$ = NULL; }
    | type declarators ';'
        { diag_error(@$, "a variable belongs to a process or function; there are no global ones"); $$ = NULL; }
    | "channel" buffer type channels ';'
        { diag_error(@$, "a channel belongs to a process; there are no global ones"); $$ = NULL; }
    | ';'           { $$ = NULL; }
    | slip          { $$ = NULL; }
    | slip block    { $$ = NULL; }
    ;

/* What the parser makes of a statement with an error in it; recover.c says where it ends. */
slip
    : error ';'     { yyerrok; }
    ;

constants
    : "const" type declarators ';'
        { $$ = build_declaration(@$, (struct declaration){.kind = DECLARATION_CONST,
                                 .symbol = build_declarators($3.first, SYMBOL_CONSTANT, $2)}); }
    ;

type_parameters
    : %empty                        { $$ = (struct symbol_list){0}; }
    | '<' type_parameter_list '>'   { $$ = $2; }
    ;

type_parameter_list
    : type_parameter                            { $$ = build_symbol_list((struct symbol_list){0}, $1); }
    | type_parameter_list ',' type_parameter    { $$ = build_symbol_list($1, $3); }
    ;

type_parameter
    : NAME  { $$ = build_symbol(SYMBOL_TYPE_PARAMETER, $1.name, @1); }
    ;

parameters
    : %empty            { $$ = (struct symbol_list){0}; }
    | parameter_list
    ;

parameter_list
    : parameter                     { $$ = build_symbol_list((struct symbol_list){0}, $1); }
    | parameter_list ',' parameter  { $$ = build_symbol_list($1, $3); }
    ;

parameter
    : type declarator
        { $$ = build_declarators($2, SYMBOL_PARAMETER, $1); }
    | "ref" type declarator
        { $$ = build_declarators($3, SYMBOL_PARAMETER, $2); $$->is_ref = true; }
    | "barrier" NAME
        { $$ = build_declarators(build_symbol(SYMBOL_PARAMETER, $2.name, @2), SYMBOL_PARAMETER,
                                 build_type(@1, TYPE_BARRIER, NULL)); }
    ;

fields
    : %empty %prec THEN  { $$ = (struct symbol_list){0}; }
    | fields type field_list ';'
        { $$ = build_symbol_list($1, build_declarators($3.first, SYMBOL_VARIABLE, $2)); }
    | fields slip
    | slip  { $$ = (struct symbol_list){0}; }
    ;

field_list
    : field                 { $$ = build_symbol_list((struct symbol_list){0}, $1); }
    | field_list ',' field  { $$ = build_symbol_list($1, $3); }
    ;

field
    : word dimensions   { $$ = build_symbol(SYMBOL_VARIABLE, $1.name, @1); $$->dimensions = $2.first; }
    ;

enumerators
    : enumerator                    { $$ = build_symbol_list((struct symbol_list){0}, $1); }
    | enumerators ',' enumerator    { $$ = build_symbol_list($1, $3); }
    ;

enumerator
    : NAME  { $$ = build_symbol(SYMBOL_ENUMERATOR, $1.name, @1); }
    ;

shapes
    : %empty %prec THEN  { $$ = (struct symbol_list){0}; }
    | shapes shape  { $$ = build_symbol_list($1, $2); }
    | slip  { $$ = (struct symbol_list){0}; }
    ;

shape
    : NAME ';'                      { $$ = build_shape(@1, $1.name, NULL); }
    | NAME '(' parameters ')' ';'   { $$ = build_shape(@1, $1.name, $3.first); }
    | slip                          { $$ = NULL; }
    ;

members
    : %empty %prec THEN  { $$ = (struct declaration_list){0}; }
    | members member    { $$ = build_declaration_list($1, $2); }
    | slip  { $$ = (struct declaration_list){0}; }
    | slip braces  { $$ = (struct declaration_list){0}; }
    ;

member
    : "type" NAME ';'
        { $$ = build_declaration(@$, (struct declaration){.kind = DECLARATION_OPAQUE, .is_extern = true,
                                 .symbol = build_symbol(SYMBOL_OPAQUE, $2.name, @2)}); }
    | type NAME type_parameters '(' parameters ')' ending
        { $$ = build_callable(DECLARATION_FUNCTION, @$, $1, build_symbol(SYMBOL_FUNCTION, $2.name, @2), $3.first,
                              $5.first, $7);
          $$->is_extern = true; }
    | "blocking" type NAME type_parameters '(' parameters ')' ending
        { $$ = build_callable(DECLARATION_FUNCTION, @$, $2, build_symbol(SYMBOL_FUNCTION, $3.name, @3), $4.first,
                              $6.first, $8);
          $$->is_extern = $$->is_blocking = true; }
    | constants
        { $$ = $1; $$->is_extern = true; }
    | "process" NAME type_parameters '(' parameters ')' ending
        { diag_error(@1, "C has no processes: what waits there is a blocking function"); $$ = NULL; }
    | "struct" NAME '{' fields '}'
        { diag_error(@1, "a struct of C's is handled by its pointer: type %s;", $2.name); $$ = NULL; }
    | "enum" NAME '{' enumerators comma '}'
        { diag_error(@1, "an enum of C's is a number here, and its values are constants: const int ...;"); $$ = NULL; }
    | "protocol" NAME '{' shapes '}'
        { diag_error(@1, "C has no protocols"); $$ = NULL; }
    | type declarators ';'
        { diag_error(@$, "C's variables are out of reach, but for what never changes: const before it"); $$ = NULL; }
    | ';'           { $$ = NULL; }
    | slip          { $$ = NULL; }
    | slip braces   { $$ = NULL; }
    ;

/* C's functions have their bodies elsewhere; one that stands here is refused by check. */
ending
    : ';'    { $$ = NULL; }
    | block
    ;

type
    : BUILTIN   { $$ = build_type(@$, $1.builtin, NULL); }
    | NAME      { $$ = build_type(@$, TYPE_ERROR, $1.name); }
    | '?' type  { $$ = build_end(@$, DIRECTION_IN, $2); }
    | '!' type  { $$ = build_end(@$, DIRECTION_OUT, $2); }
    | "??" type { $$ = build_end(@$, DIRECTION_IN, build_end(@$, DIRECTION_IN, $2)); }
    ;

declarators
    : declarator                    { $$ = build_symbol_list((struct symbol_list){0}, $1); }
    | declarators ',' declarator    { $$ = build_symbol_list($1, $3); }
    ;

declarator
    : NAME dimensions initial
        { $$ = build_symbol(SYMBOL_VARIABLE, $1.name, @1); $$->dimensions = $2.first; $$->initial = $3; }
    ;

dimensions
    : %empty                { $$ = (struct expr_list){0}; }
    | dimensions dimension  { $$ = build_expr_list($1, $2); }
    ;

dimension
    : '[' ']'               { $$ = build_expr(@$, @1, (struct expr){.kind = EXPR_NONE}); }
    | '[' expression ']'    { $$ = $2; }
    ;

initial
    : %empty            { $$ = NULL; }
    | '=' initialiser   { $$ = $2; }
    ;

initialiser
    : expression
    | list
    ;

list
    : '{' '}'                       { $$ = build_expr(@$, @1, (struct expr){.kind = EXPR_LIST}); }
    | '{' initialisers comma '}'
        { $$ = build_expr(@$, @1, (struct expr){.kind = EXPR_LIST, .arguments = $2.first}); }
    ;

initialisers
    : initialiser                   { $$ = build_expr_list((struct expr_list){0}, $1); }
    | initialisers ',' initialiser  { $$ = build_expr_list($1, $3); }
    ;

comma
    : %empty
    | ','
    ;

/* ---- blocks ---- */

block
    : braces handler    { $$ = build_handled($1, $2); }
    ;

/* A handler belongs to the nearest block before it, and may have one itself. */
handler
    : %empty                { $$ = NULL; }
    | "on" "poison" block   { $$ = $3; }
    ;

braces
    : '{' '}'               { $$ = STMT(@$, @1, .kind = STMT_BLOCK); }
    | '{' items '}'         { $$ = STMT(@$, @1, .kind = STMT_BLOCK, .body = $2.first); }
    ;

items
    : item          { $$ = build_stmt_list((struct stmt_list){0}, $1); }
    | items item    { $$ = build_stmt_list($1, $2); }
    ;

item
    : local
    | statement
    | slip      { $$ = NULL; }
    ;

local
    : type declarators ';'
        { $$ = STMT(@$, @1, .kind = STMT_DECLARE, .symbols = build_declarators($2.first, SYMBOL_VARIABLE, $1)); }
    | "const" type declarators ';'
        { $$ = STMT(@$, @1, .kind = STMT_CONST, .symbols = build_declarators($3.first, SYMBOL_CONSTANT, $2)); }
    | "channel" buffer type channels ';'
        { $$ = STMT(@$, @1, .kind = STMT_CHANNEL, .left = $2,
                    .symbols = build_declarators($4.first, SYMBOL_CHANNEL, $3)); }
    | "barrier" barriers ';'
        { $$ = STMT(@$, @1, .kind = STMT_BARRIER, .symbols = $2.first); }
    ;

buffer
    : %empty                { $$ = NULL; }
    | '(' expression ')'    { $$ = $2; }
    ;

channels
    : channel               { $$ = build_symbol_list((struct symbol_list){0}, $1); }
    | channels ',' channel  { $$ = build_symbol_list($1, $3); }
    ;

channel
    : NAME dimensions   { $$ = build_symbol(SYMBOL_CHANNEL, $1.name, @1); $$->dimensions = $2.first; }
    ;

barriers
    : barrier               { $$ = build_symbol_list((struct symbol_list){0}, $1); }
    | barriers ',' barrier  { $$ = build_symbol_list($1, $3); }
    ;

barrier
    : NAME  { $$ = build_symbol(SYMBOL_BARRIER, $1.name, @1); }
    ;

/* ---- statements (language.md § 4 to § 8) ---- */

statement
    : block
    | simple ';'                        { $$ = $1; $$->at = @$; }
    | ';'                               { $$ = STMT(@$, @1, .kind = STMT_SKIP); }
    | "skip" ';'                        { $$ = STMT(@$, @1, .kind = STMT_SKIP); }
    | "stop" ';'                        { $$ = STMT(@$, @1, .kind = STMT_STOP); }
    | "yield" ';'                       { $$ = STMT(@$, @1, .kind = STMT_YIELD); }
    | "break" ';'                       { $$ = STMT(@$, @1, .kind = STMT_BREAK); }
    | "continue" ';'                    { $$ = STMT(@$, @1, .kind = STMT_CONTINUE); }
    | "return" optional ';'             { $$ = STMT(@$, @1, .kind = STMT_RETURN, .left = $2); }
    | "assert" '(' expressions ')' ';'  { $$ = STMT(@$, @1, .kind = STMT_ASSERT, .arguments = $3.first); }

    | "if" '(' expression ')' body %prec THEN
        { $$ = STMT(@$, @1, .kind = STMT_IF, .left = $3, .body = $5); }
    | "if" '(' expression ')' body "else" body
        { $$ = STMT(@$, @1, .kind = STMT_IF, .left = $3, .body = $5, .otherwise = $7); }
    | "while" '(' expression ')' body
        { $$ = STMT(@$, @1, .kind = STMT_WHILE, .left = $3, .body = $5); }
    | "for" '(' for_initial ';' optional ';' for_step ')' body
        { $$ = STMT(@$, @1, .kind = STMT_FOR, .initial = $3, .left = $5, .step = $7, .body = $9); }
    | "for" '(' counter ':' expression ".." expression ')' body
        { $$ = STMT(@$, @1, .kind = STMT_FOR_RANGE, .symbols = $3, .left = $5, .right = $7, .body = $9); }
    | "for" '(' counter ':' expression ')' body
        { $$ = STMT(@$, @1, .kind = STMT_FOR_EACH, .symbols = build_received($3), .left = $5, .body = $7); }
    | "switch" '(' expression ')' '{' case_arms '}'
        { $$ = STMT(@$, @1, .kind = STMT_SWITCH, .left = $3, .arms = $6.first); }

    | place '!' optional ';'
        { $$ = STMT(@$, @2, .kind = STMT_SEND, .left = $1, .right = $3); }
    | place '?' target ';'
        { $$ = build_receive(@$, @2, $1, $3); }
    | place '?' '{' shape_arms '}'
        { $$ = STMT(@$, @2, .kind = STMT_RECEIVE, .left = $1, .target = TARGET_SHAPES, .arms = $4.first); }
    | place "??" block
        { $$ = STMT(@$, @2, .kind = STMT_RECEIVE, .left = $1, .target = TARGET_VOID, .is_extended = true, .body = $3); }
    | place "??" place block
        { $$ = build_extended(@$, @2, $1, build_target(@3, $3), $4); }
    | place "??" type NAME block
        { $$ = build_extended(@$, @2, $1, build_target_variable($3, @4, $4.name), $5); }
    | place "??" '{' shape_arms '}'
        { $$ = STMT(@$, @2, .kind = STMT_RECEIVE, .left = $1, .target = TARGET_SHAPES, .is_extended = true,
                    .arms = $4.first); }
    | "close" place ';'     { $$ = STMT(@$, @1, .kind = STMT_CLOSE, .left = $2); }
    | "poison" place ';'    { $$ = STMT(@$, @1, .kind = STMT_POISON, .left = $2); }

    | "par" braces handler
        { $$ = build_handled(STMT(source_join(@1, @2), @1, .kind = STMT_PAR, .body = build_branches($2->body)), $3); }
    | "par" "for" '(' counter ':' expression ".." expression ')' body
        { $$ = STMT(@$, @1, .kind = STMT_PAR_FOR, .symbols = $4, .left = $6, .right = $8, .body = $10); }
    | "spawn" call ';'
        { $$ = STMT(@$, @1, .kind = STMT_SPAWN, .left = $2); }
    | "alt" '{' guards '}' handler
        { $$ = build_handled(STMT(source_join(@1, @4), @1, .kind = STMT_ALT, .guards = $3.first), $5); }
    | "pri" "alt" '{' guards '}' handler
        { $$ = build_handled(STMT(source_join(@1, @5), @1, .kind = STMT_ALT, .guards = $4.first, .is_pri = true), $6); }
    | "after" expression ';'    { $$ = STMT(@$, @1, .kind = STMT_AFTER, .left = $2); }
    | "at" expression ';'       { $$ = STMT(@$, @1, .kind = STMT_AT, .left = $2); }
    | "sync" place ';'          { $$ = STMT(@$, @1, .kind = STMT_SYNC, .left = $2); }
    ;

simple
    : place assign expression
        { $$ = STMT(@$, @2, .kind = STMT_ASSIGN, .operator = $2, .left = $1, .right = $3); }
    | place "++"
        { $$ = STMT(@$, @2, .kind = STMT_ASSIGN, .operator = OPERATOR_ADD, .left = $1, .right = literal_one(@2)); }
    | place "--"
        { $$ = STMT(@$, @2, .kind = STMT_ASSIGN, .operator = OPERATOR_SUBTRACT, .left = $1, .right = literal_one(@2)); }
    | "++" place
        { $$ = STMT(@$, @1, .kind = STMT_ASSIGN, .operator = OPERATOR_ADD, .left = $2, .right = literal_one(@1)); }
    | "--" place
        { $$ = STMT(@$, @1, .kind = STMT_ASSIGN, .operator = OPERATOR_SUBTRACT, .left = $2, .right = literal_one(@1)); }
    | call
        { $$ = STMT(@$, @1, .kind = STMT_CALL, .left = $1); }
    ;

assign
    : '='   { $$ = OPERATOR_NONE; }
    | "+="  { $$ = OPERATOR_ADD; }
    | "-="  { $$ = OPERATOR_SUBTRACT; }
    | "*="  { $$ = OPERATOR_MULTIPLY; }
    | "/="  { $$ = OPERATOR_DIVIDE; }
    | "%="  { $$ = OPERATOR_REMAINDER; }
    | "&="  { $$ = OPERATOR_AND; }
    | "|="  { $$ = OPERATOR_OR; }
    | "^="  { $$ = OPERATOR_XOR; }
    | "<<=" { $$ = OPERATOR_SHIFT_LEFT; }
    | ">>=" { $$ = OPERATOR_SHIFT_RIGHT; }
    ;

body
    : statement { $$ = $1; }
    | local     { $$ = build_body($1); }
    ;

for_initial
    : %empty            { $$ = NULL; }
    | simple
    | type declarators
        { $$ = STMT(@$, @1, .kind = STMT_DECLARE, .symbols = build_declarators($2.first, SYMBOL_VARIABLE, $1)); }
    ;

for_step
    : %empty    { $$ = NULL; }
    | simple
    ;

counter
    : NAME  { $$ = build_symbol(SYMBOL_COUNTER, $1.name, @1); }
    ;

target
    : %empty    { $$ = build_target(@$, NULL); }
    | place     { $$ = build_target(@$, $1); }
    | type NAME { $$ = build_target_variable($1, @2, $2.name); }
    ;

case_arms
    : %empty %prec THEN  { $$ = (struct arm_list){0}; }
    | case_arms case_arm    { $$ = build_arm_list($1, $2); }
    | slip  { $$ = (struct arm_list){0}; }
    | slip braces  { $$ = (struct arm_list){0}; }
    ;

case_arm
    : "case" expressions "->" body
        { $$ = build_arm(source_join(@1, @3), (struct arm){.patterns = $2.first, .body = $4}); }
    | "default" "->" body
        { $$ = build_arm(source_join(@1, @2), (struct arm){.is_default = true, .body = $3}); }
    | slip
        { $$ = NULL; }
    | slip braces
        { $$ = NULL; }
    ;

shape_arms
    : shape_arm             { $$ = build_arm_list((struct arm_list){0}, $1); }
    | shape_arms shape_arm  { $$ = build_arm_list($1, $2); }
    ;

shape_arm
    : shape_patterns "->" body
        { $$ = build_arm(source_join(@1, @2), (struct arm){.patterns = $1.first, .body = $3}); }
    | "default" "->" body
        { $$ = build_arm(source_join(@1, @2), (struct arm){.is_default = true, .body = $3}); }
    ;

/* Shapes look like names and calls; what they are is found out when the channel's protocol is known. */
shape_patterns
    : place                     { $$ = build_expr_list((struct expr_list){0}, $1); }
    | call                      { $$ = build_expr_list((struct expr_list){0}, $1); }
    | shape_patterns ',' place  { $$ = build_expr_list($1, $3); }
    | shape_patterns ',' call   { $$ = build_expr_list($1, $3); }
    ;

/* ---- alt (language.md § 7) ---- */

guards
    : %empty %prec THEN  { $$ = (struct guard_list){0}; }
    | guards guard  { $$ = build_guard_list($1, $2); }
    | slip  { $$ = (struct guard_list){0}; }
    | slip braces  { $$ = (struct guard_list){0}; }
    ;

guard
    : replicators when communication "->" body
        { $$ = build_guard(source_join(first_of(@1, @2, @3), @4), $1.first, $2, $3, $5); }
    | replicators when place '?' '{' shape_arms '}'
        { $$ = build_guard_shapes($3, $6.first, false);
          build_guard(source_join(first_of(@1, @2, @3), @4), $1.first, $2, $$, NULL); }
    | replicators when place "??" '{' shape_arms '}'
        { $$ = build_guard_shapes($3, $6.first, true);
          build_guard(source_join(first_of(@1, @2, @3), @4), $1.first, $2, $$, NULL); }
    | slip
        { $$ = NULL; }
    | slip braces
        { $$ = NULL; }
    ;

replicators
    : %empty                    { $$ = (struct replicator_list){0}; }
    | replicators replicator    { $$ = build_replicator_list($1, $2); }
    ;

replicator
    : "for" '(' counter ':' expression ".." expression ')'  { $$ = build_replicator(@$, $3, $5, $7); }
    ;

when
    : %empty                    { $$ = NULL; }
    | "when" '(' expression ')' { $$ = $3; }
    ;

communication
    : place '?' target      { $$ = build_guard_receive($1, $3, false); }
    | place "??" target     { $$ = build_guard_receive($1, $3, true); }
    | place '!' optional    { $$ = build_communication(GUARD_SEND, $1, $3); }
    | "ended" place         { $$ = build_communication(GUARD_ENDED, $2, NULL); }
    | "after" expression    { $$ = build_communication(GUARD_AFTER, $2, NULL); }
    | "at" expression       { $$ = build_communication(GUARD_AT, $2, NULL); }
    | "sync" place          { $$ = build_communication(GUARD_SYNC, $2, NULL); }
    | "skip"                { $$ = build_communication(GUARD_SKIP, NULL, NULL); }
    ;

/* ---- expressions (language.md § 2) ---- */

optional
    : %empty        { $$ = NULL; }
    | expression
    ;

expressions
    : expression                    { $$ = build_expr_list((struct expr_list){0}, $1); }
    | expressions ',' expression    { $$ = build_expr_list($1, $3); }
    ;

arguments
    : %empty        { $$ = (struct expr_list){0}; }
    | initialisers
    ;

expression
    : operand
    | place
    | '-' expression %prec UNARY    { $$ = build_unary(@$, @1, OPERATOR_NEGATE, $2); }
    | '+' expression %prec UNARY    { $$ = build_unary(@$, @1, OPERATOR_PLUS, $2); }
    | '!' expression %prec UNARY    { $$ = build_unary(@$, @1, OPERATOR_NOT, $2); }
    | '~' expression %prec UNARY    { $$ = build_unary(@$, @1, OPERATOR_COMPLEMENT, $2); }
    | expression '*' expression     { $$ = build_binary(@2, OPERATOR_MULTIPLY, $1, $3); }
    | expression '/' expression     { $$ = build_binary(@2, OPERATOR_DIVIDE, $1, $3); }
    | expression '%' expression     { $$ = build_binary(@2, OPERATOR_REMAINDER, $1, $3); }
    | expression '+' expression     { $$ = build_binary(@2, OPERATOR_ADD, $1, $3); }
    | expression '-' expression     { $$ = build_binary(@2, OPERATOR_SUBTRACT, $1, $3); }
    | expression "*%" expression    { $$ = build_binary(@2, OPERATOR_WRAP_MULTIPLY, $1, $3); }
    | expression "+%" expression    { $$ = build_binary(@2, OPERATOR_WRAP_ADD, $1, $3); }
    | expression "-%" expression    { $$ = build_binary(@2, OPERATOR_WRAP_SUBTRACT, $1, $3); }
    | expression "<<" expression    { $$ = build_binary(@2, OPERATOR_SHIFT_LEFT, $1, $3); }
    | expression ">>" expression    { $$ = build_binary(@2, OPERATOR_SHIFT_RIGHT, $1, $3); }
    | expression '<' expression     { $$ = build_binary(@2, OPERATOR_LESS, $1, $3); }
    | expression "<=" expression    { $$ = build_binary(@2, OPERATOR_LESS_EQUAL, $1, $3); }
    | expression '>' expression     { $$ = build_binary(@2, OPERATOR_GREATER, $1, $3); }
    | expression ">=" expression    { $$ = build_binary(@2, OPERATOR_GREATER_EQUAL, $1, $3); }
    | expression "==" expression    { $$ = build_binary(@2, OPERATOR_EQUAL, $1, $3); }
    | expression "!=" expression    { $$ = build_binary(@2, OPERATOR_NOT_EQUAL, $1, $3); }
    | expression '&' expression     { $$ = build_binary(@2, OPERATOR_AND, $1, $3); }
    | expression '^' expression     { $$ = build_binary(@2, OPERATOR_XOR, $1, $3); }
    | expression '|' expression     { $$ = build_binary(@2, OPERATOR_OR, $1, $3); }
    | expression "&&" expression    { $$ = build_binary(@2, OPERATOR_LOGICAL_AND, $1, $3); }
    | expression "||" expression    { $$ = build_binary(@2, OPERATOR_LOGICAL_OR, $1, $3); }
    | expression '?' expression ':' expression
        { $$ = build_expr(@$, @2, (struct expr){.kind = EXPR_CONDITION, .left = $1, .middle = $3, .right = $5}); }
    ;

place
    : NAME                      { $$ = build_name(@1, $1.name); }
    | place '[' expression ']'  { $$ = build_index(@$, @2, $1, $3); }
    | place '.' word            { $$ = build_field(@$, $1, @3, $3.name); }
    ;

call
    : place '(' arguments ')'
        { $$ = build_expr(@$, @2, (struct expr){.kind = EXPR_CALL, .left = $1, .arguments = $3.first}); }
    ;

/* What can be used but not set. */
operand
    : CONSTANT
    | string
    | "true"                        { $$ = literal_bool(@1, true); }
    | "false"                       { $$ = literal_bool(@1, false); }
    | '(' expression ')'            { $$ = $2; $$->at = @$; }
    | call
    | BUILTIN '(' expression ')'
        { $$ = build_expr(@$, @2, (struct expr){.kind = EXPR_CONVERT, .left = $3,
                          .type_name = build_type(@1, $1.builtin, NULL)}); }
    | NAME '{' '}'
        { $$ = build_expr(@$, @2, (struct expr){.kind = EXPR_STRUCT, .left = build_name(@1, $1.name)}); }
    | NAME '{' struct_items comma '}'
        { $$ = build_expr(@$, @2, (struct expr){.kind = EXPR_STRUCT, .left = build_name(@1, $1.name),
                          .arguments = $3.first}); }
    | operand '[' expression ']'    { $$ = build_index(@$, @2, $1, $3); }
    | operand '.' word              { $$ = build_field(@$, $1, @3, $3.name); }
    ;

struct_items
    : struct_item                   { $$ = build_expr_list((struct expr_list){0}, $1); }
    | struct_items ',' struct_item  { $$ = build_expr_list($1, $3); }
    ;

struct_item
    : initialiser
    | word ':' initialiser  { $$ = build_item($3, $1.name, @1); }
    ;

string
    : strings   { $$ = literal_join(@$, $1.first); }
    ;

strings
    : STRING            { $$ = build_expr_list((struct expr_list){0}, $1); }
    | strings STRING    { $$ = build_expr_list($1, $2); }
    ;

word
    : NAME | BUILTIN
    | "process" | "channel" | "par" | "alt" | "pri" | "for" | "while" | "if" | "else" | "switch" | "case" | "default"
    | "break" | "continue" | "return" | "spawn" | "poison" | "close" | "ended" | "on" | "sync" | "barrier" | "skip"
    | "stop" | "after" | "at" | "when" | "yield" | "assert" | "struct" | "enum" | "protocol" | "const" | "extern"
    | "type" | "blocking" | "import" | "ref" | "true" | "false"
    ;

%%

/* What recovery has put in front of the next token; 0: nothing. */
static int pending_token(struct recovery *recovery)
{
    if (recovery->semicolons > 0)
        return recovery->semicolons--, ';';
    if (recovery->braces > 0)
        return recovery->braces--, '}';
    return 0;
}

static int grammar_lex(union GRAMMAR_STYPE *value, struct where *at, struct parser *parser)
{
    struct scanner *scanner = &parser->scanner;
    int token = pending_token(&parser->recovery);
    parser->recovery.pending = token;
    if (token || (parser->is_value && !parser->is_begun)) {
        uint32_t offset = scanner->source->base + (uint32_t)((const char *)scanner->cursor - scanner->source->text);
        *at = (struct where){offset, offset};
        parser->is_begun = true;
        return token ? token : TOKEN_VALUE;
    }
    if (parser->held) {
        token = parser->held;
        *at = parser->held_at;
        parser->held = 0;
    } else {
        parser->before = *scanner;
        token = scan_token(scanner, value, at);
        if (recover_is_behind_declaration(scanner, &parser->before)) {
            parser->held = token;
            parser->held_at = *at;
            return ';';
        }
    }
    if (recover_lacks_braces(scanner, &parser->before)) {
        const char *expected[] = {"while"}; /* a statement */
        syntax_error(scanner, *at, "", expected, 1, false);
        recover_close(scanner, &parser->before, &parser->recovery);
        return grammar_lex(value, at, parser);
    }
    if (token == TOKEN_END && !parser->is_value && recover_is_cut(&parser->before))
        return TOKEN_CUT; /* at an END bison would give up instead of recovering */
    if (token == TOKEN_GRAMMAR_error)
        recover(scanner, &parser->before, false, &parser->recovery);
    return token;
}

/* Bison has but one message of its own: its stack is full. */
static void grammar_error(struct where *at, struct parser *parser, const char *text)
{
    (void)parser, (void)text;
    diag_error(*at, "this is nested too deeply");
}

/* What could have stood in place of the token that was found, by name; syntax.c makes a sentence of it. */
static int yyreport_syntax_error(const yypcontext_t *context, struct parser *parser)
{
    yysymbol_kind_t expected[YYNTOKENS], found = yypcontext_token(context);
    const char *names[YYNTOKENS];
    int count = yypcontext_expected_tokens(context, expected, YYNTOKENS);
    for (int i = 0; i < count; i++)
        names[i] = yysymbol_name(expected[i]);
    bool is_missing = !parser->recovery.pending &&
                      syntax_error(&parser->scanner, *yypcontext_location(context), yysymbol_name(found), names, count,
                                   parser->recovery.is_if_lost);
    recover(&parser->scanner, &parser->before, is_missing, &parser->recovery);
    return 0;
}
