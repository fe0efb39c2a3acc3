/* emit_text: names of types, places, and source text inside C. Called by the other files of emit. */
#include "emit_private.h"

#include "source.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void emit_put(struct emitter *E, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_format_list(E->out, format, arguments);
    va_end(arguments);
}

struct text *emit_into(struct emitter *E, struct text *text)
{
    struct text *before = E->out;
    E->out = text;
    return before;
}

void emit_indent(struct emitter *E)
{
    text_add_spaces(E->out, 4 * (size_t)E->indent);
}

void emit_line(struct emitter *E, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    emit_indent(E);
    text_format_list(E->out, format, arguments);
    text_add(E->out, "\n", 1);
    va_end(arguments);
}

/* ---- types ---- */

const char *emit_type(const struct type *type)
{
    switch (type->kind) {
    case TYPE_VOID:
        return "void";
    case TYPE_BOOL:
        return "bool";
    case TYPE_CHAR:
    case TYPE_UINT8:
        return "uint8_t";
    case TYPE_INT8:
        return "int8_t";
    case TYPE_INT16:
        return "int16_t";
    case TYPE_INT32:
        return "int32_t";
    case TYPE_INT64:
    case TYPE_TIME:
        return "int64_t";
    case TYPE_UINT16:
        return "uint16_t";
    case TYPE_UINT32:
        return "uint32_t";
    case TYPE_UINT64:
        return "uint64_t";
    case TYPE_FLOAT:
        return "float";
    case TYPE_DOUBLE:
        return "double";
    case TYPE_STRING:
        return "csp_string";
    case TYPE_STRUCT: case TYPE_PROTOCOL:
        return arena_printf("struct %s", (const char *)type->symbol->lowered);
    case TYPE_ENUM:
        return arena_printf("enum %s", (const char *)type->symbol->lowered);
    case TYPE_OPAQUE:
        return arena_printf("%s *", type->symbol->name);
    case TYPE_BARRIER:
        return "csp_barrier";
    case TYPE_IN:
    case TYPE_OUT:
        return "csp_end";
    case TYPE_CHANNEL:
        return type->buffer ? "csp_buffer" : "csp_channel";
    default:
        return "void";
    }
}

const char *emit_suffix(const struct type *type)
{
    switch (type->kind) {
    case TYPE_CHAR:
        return "char";
    case TYPE_INT8:
        return "int8";
    case TYPE_INT16:
        return "int16";
    case TYPE_INT64:
        return "int64";
    case TYPE_UINT8:
        return "uint8";
    case TYPE_UINT16:
        return "uint16";
    case TYPE_UINT32:
        return "uint32";
    case TYPE_UINT64:
        return "uint64";
    case TYPE_FLOAT:
        return "float";
    case TYPE_DOUBLE:
        return "double";
    case TYPE_TIME:
        return "time";
    default:
        return "int32";
    }
}

static void put_dimensions(struct emitter *E, const struct type *type)
{
    for (; type->kind == TYPE_ARRAY; type = type->of)
        emit_put(E, "[%lld]", (long long)type->length);
}

static const char *innermost(const struct type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->of;
    return emit_type(type);
}

static const char *space_behind(const char *type)
{
    return type[strlen(type) - 1] == '*' ? "" : " ";
}

void emit_declarator(struct emitter *E, const struct type *type, const char *name)
{
    const char *base = innermost(type);
    emit_put(E, "%s%s%s", base, space_behind(base), name);
    put_dimensions(E, type);
}

void emit_sizeof(struct emitter *E, const struct type *type)
{
    emit_put(E, "sizeof(%s", innermost(type));
    put_dimensions(E, type);
    emit_put(E, ")");
}

void emit_parameter(struct emitter *E, const struct slot *slot)
{
    const char *base = innermost(slot->type);
    switch (slot->kind) {
    case SLOT_POINTER:
        emit_put(E, "%s *%s", base, slot->name);
        break;
    case SLOT_ARRAY:
        emit_put(E, slot->type->of->kind == TYPE_ARRAY ? "%s (*%s)" : "%s *%s", base, slot->name);
        put_dimensions(E, slot->type->of);
        break;
    case SLOT_ENDS:
        emit_put(E, "csp_ends %s", slot->name);
        break;
    case SLOT_END:
        emit_put(E, "csp_channel *%s", slot->name);
        break;
    case SLOT_BARRIER:
        emit_put(E, "csp_barrier %s", slot->name);
        break;
    case SLOT_POOLED_BARRIER:
        emit_put(E, "csp_barrier *%s", slot->name);
        break;
    case SLOT_SEAT:
        emit_put(E, "csp_seat %s", slot->name);
        break;
    case SLOT_GROUP:
        emit_put(E, "csp_group %s", slot->name);
        break;
    case SLOT_STANDING:
        emit_put(E, "csp_standing %s", slot->name);
        break;
    case SLOT_HELD:
        emit_put(E, "csp_held %s", slot->name);
        break;
    case SLOT_CELLS:
        emit_put(E, "csp_end %s", slot->name);
        put_dimensions(E, slot->type);
        break;
    default:
        emit_declarator(E, slot->type, slot->name);
        break;
    }
}

void emit_ring(struct emitter *E, const struct slot *slot)
{
    const struct type *channel = type_innermost(slot->type);
    const char *base = innermost(channel->of);
    emit_put(E, "%s%s%s", base, space_behind(base), slot->ring_name);
    put_dimensions(E, slot->type);
    emit_put(E, "[%lld]", (long long)channel->buffer);
    put_dimensions(E, channel->of);
}

/* ---- places ---- */

void emit_at(struct emitter *E, struct where at)
{
    struct position p = source_position(at.begin);
    E->uses_scheduler = true;
    if (p.source && p.source->index)
        emit_put(E, "AT_%d(%d, %d)", p.source->index, p.line, p.column);
    else
        emit_put(E, "AT(%d, %d)", p.line, p.column);
}

void emit_place(struct emitter *E, struct where at)
{
    struct position p = source_position(at.begin);
    emit_put(E, "CSP_PLACE(%d, %d, %d)", p.source ? p.source->index : 0, p.line, p.column > 65535 ? 65535 : p.column);
}

/* ---- text ---- */

/* The fewest digits that read back the same. */
const char *emit_real_text(double value, const struct type *type)
{
    char text[64];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        double back = strtod(text, NULL);
        if (type->kind == TYPE_FLOAT ? (float)back == (float)value : back == value)
            break;
    }
    return arena_name(text, strlen(text));
}

/* A trigraph would be read as another character, so a question mark behind another is escaped. */
void emit_escaped(struct emitter *E, const char *bytes, int64_t length)
{
    for (int64_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '"' || c == '\\')
            emit_put(E, "\\%c", c);
        else if (c == '\n')
            emit_put(E, "\\n");
        else if (c == '\t')
            emit_put(E, "\\t");
        else if (c < ' ' || c >= 127)
            emit_put(E, "\\%03o", c);
        else if (c == '?' && i > 0 && bytes[i - 1] == '?')
            emit_put(E, "\\?");
        else
            text_add(E->out, bytes + i, 1);
    }
}

/* Where a comment begins behind code, or the end. */
static size_t without_comment(const char *text, size_t length)
{
    bool in_string = false;
    for (size_t i = 0; i + 1 < length && text[i] != '\n'; i++) {
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
            in_string = !in_string;
        if (!in_string && text[i] == '/' && (text[i + 1] == '/' || text[i + 1] == '*'))
            return i;
    }
    return length;
}

/* One line without what would end a comment or continue it on the next line; bytes that are no plain text become dots. */
const char *emit_source_text(struct where at)
{
    enum { LONGEST = 60 };
    struct position p = source_position(at.begin);
    if (!p.source)
        return "";
    const char *text = p.source->text + (at.begin - p.source->base);
    size_t length = without_comment(text, at.end > at.begin ? at.end - at.begin : 0);
    size_t used = 0;
    char *copy = NEW_ARRAY(char, LONGEST + 5);
    for (size_t i = 0; i < length && text[i] != '\n' && text[i] != '\r' && used < LONGEST; i++)
        copy[used++] = (unsigned char)text[i] < ' ' ? ' ' : (unsigned char)text[i] >= 127 ? '.' : text[i];
    if (used == LONGEST)
        memcpy(copy + used, " ...", 5);
    while (used > 0 && used < LONGEST && (copy[used - 1] == ' ' || copy[used - 1] == '\\'))
        copy[--used] = 0;
    return copy;
}
