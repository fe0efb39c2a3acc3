/* csp.re: the words of the language (language.md § 1), as a table of rules for re2c. Called by the parser through
 * scan.h.
 *
 * A word that is malformed is taken whole, reported, and given to the parser as what it was meant to be, so that one
 * slip makes one message. */
#include "scan.h"

#include "arena.h"
#include "diag.h"
#include "layout.h"
#include "literal.h"
#include "csp_parser.h"

#include <string.h>

/* What is scanned at the moment: the word begins at `text`. */
struct spelling {
    const char *text;
    struct where at;
};

static struct spelling spelling_of(const struct scanner *s, const unsigned char *begin, const unsigned char *end)
{
    const char *text = (const char *)begin;
    uint32_t offset = s->source->base + (uint32_t)(text - s->source->text);
    return (struct spelling){text, {offset, offset + (uint32_t)(end - begin)}};
}

static void report_malformed_number(struct spelling word)
{
    bool is_octal = word.text[0] == '0' && word.text[1] >= '0' && word.text[1] <= '9';
    int length = (int)(word.at.end - word.at.begin);
    if (is_octal && (int)strspn(word.text, "0123456789_") == length)
        diag_error(word.at, "integer constants have no leading zeros");
    else
        diag_error(word.at, "'%.*s' is not a number", length, word.text);
}

/* Bytes beyond ASCII where a word should begin. NUL bytes and what is no UTF-8 have been reported by scan_begin. */
static void report_foreign(struct spelling word)
{
    int length = (int)(word.at.end - word.at.begin);
    if (source_utf8(word.text, word.text + length))
        diag_error(word.at, "'%.*s' can stand only in comments, strings and characters", length, word.text);
}

static void report_stray(struct spelling word)
{
    unsigned char byte = (unsigned char)*word.text;
    diag_error(word.at, byte < ' ' || byte == 0x7F ? "a stray byte 0x%02x" : "a stray '%c'", byte);
}

static void cut(struct scanner *s)
{
    s->cursor = s->limit;
    s->is_cut = true;
}

#define WORD (spelling_of(s, begin, s->cursor))
#define TEXT WORD.at, WORD.text
#define TYPE(type) (value->word.builtin = TYPE_##type, TOKEN_BUILTIN)

static int next(struct scanner *s, union GRAMMAR_STYPE *value, const unsigned char **token)
{
    const unsigned char *begin, *marker;
again:
    *token = begin = s->cursor;
    /*!re2c
    re2c:define:YYCTYPE  = "unsigned char";
    re2c:define:YYCURSOR = s->cursor;
    re2c:define:YYMARKER = marker;
    re2c:define:YYLIMIT  = s->limit;
    re2c:yyfill:enable   = 0;
    re2c:eof             = 0;

    space     = [ \t\r\n\f\v]+;
    comment   = "//" [^\n]* | "/*" ([^*] | "*"+ [^*/])* "*"+ "/";
    letter    = [a-zA-Z_];
    name      = letter (letter | [0-9])*;

    digits    = [0-9] ("_"? [0-9])*;
    decimal   = "0" | [1-9] ("_"? [0-9])*;
    binary    = "0" [bB] [01] ("_"? [01])*;
    hex       = "0" [xX] [0-9a-fA-F] ("_"? [0-9a-fA-F])*;
    exponent  = [eE] [+-]? digits;
    real      = digits? "." digits exponent? | digits exponent;
    duration  = decimal ("." digits)? ("ns" | "us" | "ms" | "s" | "min" | "h");
    malformed = "."? [0-9] (letter | [0-9] | "." (letter | [0-9]))*
              | "."? digits ("." digits)? [eE] [+-] (letter | [0-9])*;

    character = ['] ([^'\\\n] | "\\" [^\n])*;
    string    = ["] ([^"\\\n] | "\\" [^\n])*;
    foreign   = [\x80-\xff]+;

    space | comment  { goto again; }
    $                { return TOKEN_END; }

    decimal          { value->expr = literal_integer(TEXT, 10); return TOKEN_CONSTANT; }
    hex              { value->expr = literal_integer(TEXT, 16); return TOKEN_CONSTANT; }
    binary           { value->expr = literal_integer(TEXT, 2); return TOKEN_CONSTANT; }
    real             { value->expr = literal_real(TEXT); return TOKEN_CONSTANT; }
    duration         { value->expr = literal_duration(TEXT); return TOKEN_CONSTANT; }
    character [']    { value->expr = literal_character(TEXT); return TOKEN_CONSTANT; }
    string ["]       { value->expr = literal_string(TEXT); return TOKEN_STRING; }

    "process"  { return TOKEN_PROCESS; }        "close"    { return TOKEN_CLOSE; }
    "channel"  { return TOKEN_CHANNEL; }        "ended"    { return TOKEN_ENDED; }
    "par"      { return TOKEN_PAR; }            "on"       { return TOKEN_ON; }
    "alt"      { return TOKEN_ALT; }            "sync"     { return TOKEN_SYNC; }
    "pri"      { return TOKEN_PRI; }            "barrier"  { return TOKEN_BARRIER; }
    "for"      { return TOKEN_FOR; }            "skip"     { return TOKEN_SKIP; }
    "while"    { return TOKEN_WHILE; }          "stop"     { return TOKEN_STOP; }
    "if"       { return TOKEN_IF; }             "after"    { return TOKEN_AFTER; }
    "else"     { return TOKEN_ELSE; }           "at"       { return TOKEN_AT; }
    "switch"   { return TOKEN_SWITCH; }         "when"     { return TOKEN_WHEN; }
    "case"     { return TOKEN_CASE; }           "yield"    { return TOKEN_YIELD; }
    "default"  { return TOKEN_DEFAULT; }        "assert"   { return TOKEN_ASSERT; }
    "break"    { return TOKEN_BREAK; }          "struct"   { return TOKEN_STRUCT; }
    "continue" { return TOKEN_CONTINUE; }       "enum"     { return TOKEN_ENUM; }
    "return"   { return TOKEN_RETURN; }         "protocol" { return TOKEN_PROTOCOL; }
    "spawn"    { return TOKEN_SPAWN; }          "const"    { return TOKEN_CONST; }
    "poison"   { return TOKEN_POISON; }         "extern"   { return TOKEN_EXTERN; }
    "type"     { return TOKEN_TYPE; }           "blocking" { return TOKEN_BLOCKING; }
    "import"   { return TOKEN_IMPORT; }         "ref"      { return TOKEN_REF; }
    "true"     { return TOKEN_TRUE; }           "false"    { return TOKEN_FALSE; }

    "void"     { return TYPE(VOID); }           "bool"             { return TYPE(BOOL); }
    "int8"     { return TYPE(INT8); }           "uint8"            { return TYPE(UINT8); }
    "int16"    { return TYPE(INT16); }          "uint16"           { return TYPE(UINT16); }
    "int32" | "int" { return TYPE(INT32); }     "uint32" | "uint"  { return TYPE(UINT32); }
    "int64"    { return TYPE(INT64); }          "uint64"           { return TYPE(UINT64); }
    "float"    { return TYPE(FLOAT); }          "double"           { return TYPE(DOUBLE); }
    "char"     { return TYPE(CHAR); }           "string"           { return TYPE(STRING); }
    "time"     { return TYPE(TIME); }

    name       { return TOKEN_NAME; }

    "->"  { return TOKEN_ARROW; }          ".."  { return TOKEN_RANGE; }        "??" { return TOKEN_EXTENDED; }
    "++"  { return TOKEN_INCREMENT; }      "--"  { return TOKEN_DECREMENT; }
    "+="  { return TOKEN_SET_ADD; }        "-="  { return TOKEN_SET_SUBTRACT; } "*="  { return TOKEN_SET_MULTIPLY; }
    "/="  { return TOKEN_SET_DIVIDE; }     "%="  { return TOKEN_SET_REMAINDER; }
    "&="  { return TOKEN_SET_AND; }        "|="  { return TOKEN_SET_OR; }       "^="  { return TOKEN_SET_XOR; }
    "<<=" { return TOKEN_SET_LEFT; }       ">>=" { return TOKEN_SET_RIGHT; }
    "+%"  { return TOKEN_WRAP_ADD; }       "-%"  { return TOKEN_WRAP_SUBTRACT; } "*%" { return TOKEN_WRAP_MULTIPLY; }
    "<<"  { return TOKEN_LEFT; }           ">>"  { return TOKEN_RIGHT; }
    "<="  { return TOKEN_LESS_EQUAL; }     ">="  { return TOKEN_GREATER_EQUAL; }
    "=="  { return TOKEN_EQUAL; }          "!="  { return TOKEN_NOT_EQUAL; }
    "&&"  { return TOKEN_LOGICAL_AND; }    "||"  { return TOKEN_LOGICAL_OR; }
    [-+*/%&|^~!<>=?:;,.()[\]{}]
          { return *begin; }

    malformed { report_malformed_number(WORD); value->expr = literal_none(WORD.at); return TOKEN_CONSTANT; }
    character { diag_error(WORD.at, "the character constant is not closed"); return TOKEN_GRAMMAR_error; }
    string    { diag_error(WORD.at, "the string is not closed"); return TOKEN_GRAMMAR_error; }
    "/*"      { diag_error(WORD.at, "the comment is not closed"); cut(s); return TOKEN_GRAMMAR_error; }
    "#" [^\n]* { diag_error(WORD.at, "there is no preprocessor: use 'import', 'extern' and 'const'"); goto again; }
    foreign   { report_foreign(WORD); return TOKEN_GRAMMAR_error; }
    "\x00"    { return TOKEN_GRAMMAR_error; }
    [^]       { report_stray(WORD); return TOKEN_GRAMMAR_error; }
    */
}

/* The repair that is to be made behind the last token; NULL: none is. */
static const struct repair *repair_here(const struct scanner *s)
{
    return s->repairs && s->repairs->after == s->nesting.tokens[0].at.end ? s->repairs : NULL;
}

static int repair(struct scanner *s, struct where *at)
{
    union GRAMMAR_STYPE value;
    const unsigned char *begin;
    const struct repair *repair = s->repairs;
    s->repairs = repair->next;
    if (!repair->token || repair->is_instead)
        next(s, &value, &begin);
    *at = (struct where){repair->after, repair->after};
    if (repair->token)
        nesting_note(&s->nesting, repair->token, *at);
    return repair->token;
}

int scan_token(struct scanner *s, union GRAMMAR_STYPE *value, struct where *at)
{
    const unsigned char *begin;
    while (repair_here(s)) {
        int token = repair(s, at);
        if (token)
            return token;
    }
    int token = next(s, value, &begin);
    struct spelling word = spelling_of(s, begin, s->cursor);
    if (token == TOKEN_NAME || token == TOKEN_BUILTIN || (*begin >= 'a' && *begin <= 'z'))
        value->word.name = arena_name(word.text, word.at.end - word.at.begin);
    *at = word.at;
    nesting_note(&s->nesting, token, word.at);
    return token;
}

static void report_byte(const struct source *source, const char *at, const char *what)
{
    uint32_t offset = source->base + (uint32_t)(at - source->text);
    diag_error((struct where){offset, offset + 1}, "%s (byte 0x%02x)", what, (unsigned char)*at);
}

static const char *skip_ascii(const char *at, const char *end)
{
    while (at < end && *at && (unsigned char)*at < 0x80)
        at++;
    return at;
}

/* A file with one such byte often is full of them: a few say enough. */
static void check_bytes(const struct source *source)
{
    const char *end = source->text + source->length, *at = skip_ascii(source->text, end);
    for (int most = 3; at < end && most > 0; at = skip_ascii(at + source_character(at, end), end)) {
        bool is_utf8 = source_utf8(at, end);
        if (is_utf8 && *at)
            continue;
        report_byte(source, at, is_utf8 ? "a stray NUL" : "this is not UTF-8");
        most--;
    }
}

/* What may stand in front of a program: a byte order mark, or the line by which the system finds who runs the file. */
static size_t length_of_front(const struct source *source)
{
    if (source->length >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0)
        return 3;
    return strncmp(source->text, "#!", 2) == 0 ? strcspn(source->text, "\n") : 0;
}

void scan_begin(struct scanner *scanner, const struct source *source)
{
    const unsigned char *text = (const unsigned char *)source->text;
    *scanner = (struct scanner){.source = source, .cursor = text + length_of_front(source), .limit = text + source->length};
    nesting_begin(&scanner->nesting);
    check_bytes(source);
}
