/* emit_debug: -g: the lines of the program for the C that comes of them, and its variables, for debuggers. Called by emit.c.
 *
 * The C compiler counts lines on from a #line, and a statement comes out as several. So while code is written each op leaves
 * a mark with its place, and when a function is whole every line of it is given the line of the mark before it. */
#include "emit_private.h"

#include "source.h"

#include <stdlib.h>
#include <string.h>

enum { MARK = '\001' };

void emit_mark(struct emitter *E, struct where at)
{
    if (!E->options->debug || !at.begin)
        return;
    emit_put(E, "%c%u\n", MARK, at.begin);
    E->mark = at;
}

static void put_directive(struct emitter *E, const struct position *place, const struct source **file)
{
    emit_put(E, "#line %d", place->line);
    if (place->source != *file) {
        const char *path = place->source->file ? place->source->file : place->source->path;
        emit_put(E, " \"");
        emit_escaped(E, path, (int64_t)strlen(path));
        emit_put(E, "\"");
        *file = place->source;
    }
    emit_put(E, "\n");
}

static bool is_code(const char *line)
{
    line += strspn(line, " ");
    return *line != '\n' && strncmp(line, "//", 2) != 0;
}

void emit_with_lines(struct emitter *E, const struct text *text)
{
    struct position place = {0};
    const struct source *file = NULL;
    const char *end = text->bytes + text->length;
    for (const char *line = text->bytes, *next; line < end; line = next) {
        next = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
        if (*line == MARK) {
            place = source_position((uint32_t)strtoul(line + 1, NULL, 10));
            continue;
        }
        if (place.source && is_code(line))
            put_directive(E, &place, &file);
        text_add(E->out, line, (size_t)(next - line));
    }
}

/* ---- variables ---- */

static const char *form_of(const struct slot *slot)
{
    return slot->kind == SLOT_POINTER ? "POINTER" : slot->kind == SLOT_ARRAY ? "ARRAY" : "VALUE";
}

void emit_variables(struct emitter *E, const struct machine *machine)
{
    bool is_begun = false;
    for (const struct slot *s = machine->slots; s; s = s->next) {
        if (!s->symbol || s->is_dropped)
            continue;
        if (!is_begun)
            emit_put(E, "static const csp_variable %s_variables[] CSP_FOR_DEBUGGERS = {\n", machine->name);
        is_begun = true;
        emit_put(E, "    {\"%s\", \"%s\", ", s->symbol->name, s->name);
        emit_put(E, s->length_name ? "\"%s\"" : "NULL", s->length_name);
        emit_put(E, ", %d, CSP_VARIABLE_%s},\n", source_position(s->symbol->at.begin).line, form_of(s));
    }
    if (is_begun)
        emit_put(E, "    {NULL, NULL, NULL, 0, 0},\n};\n");
}
