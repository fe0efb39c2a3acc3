/* emit_frame: the struct that is a process, and the tables that describe it to reports and debuggers.
 *
 * A frame holds its header, the slots that live across a wait, the widest first so that there are no gaps, and a union
 * `at` of what it needs at one resume point at a time: a message, a timer, an alt's guards, the frames of a called
 * process or of branches. Called by emit.c. */
#include "emit_private.h"

#include <string.h>

static int alignment(const struct slot *slot)
{
    return slot->kind == SLOT_VALUE ? type_alignment(slot->type) : 8;
}

static void put_slots(struct emitter *E, const struct machine *machine)
{
    for (int width = 8; width > 0; width /= 2)
        for (const struct slot *s = machine->slots; s; s = s->next) {
            if (s->in_frame && alignment(s) == width) {
                emit_indent(E);
                emit_parameter(E, s);
                emit_put(E, ";\n");
            }
            if (s->ring_name && type_alignment(type_innermost(s->type)->of) == width) {
                emit_indent(E);
                emit_ring(E, s);
                emit_put(E, ";\n");
            }
            if (s->kind == SLOT_STANDING && s->guard_count > 0 && width == 8)
                emit_line(E, "csp_guard %s_guards[%lld];", s->name, (long long)s->guard_count);
            if (s->length_name && width == 4)
                emit_line(E, "int32_t %s;", s->length_name);
        }
}

/* ---- the union `at` ---- */

/* The last part of "at.chosen_1.sent_0" or "replica->sent_0". */
static const char *last_part(const char *path)
{
    const char *last = path;
    for (const char *p = path; *p; p++)
        if (*p == '.' || *p == '>')
            last = p + 1;
    return last;
}

static bool is_member(const struct slot *slot)
{
    return slot && strncmp(slot->name, "at.", 3) == 0;
}

static void put_member(struct emitter *E, const struct slot *slot)
{
    if (!is_member(slot))
        return;
    emit_indent(E);
    emit_declarator(E, slot->type, last_part(slot->name));
    emit_put(E, ";\n");
}

static void put_child(struct emitter *E, const struct child *child)
{
    const char *field = last_part(child->field);
    if (child->is_pooled && child->is_array)
        emit_line(E, "csp_team %s;", field);
    else if (child->is_pooled)
        emit_line(E, "struct %s_frame *%s;", child->machine->name, field);
    else if (child->is_array)
        emit_line(E, "struct %s_frame %s[%lld];", child->machine->name, field, (long long)child->count);
    else
        emit_line(E, "struct %s_frame %s;", child->machine->name, field);
}

static void put_children(struct emitter *E, const struct point *point)
{
    if (point->kind == POINT_CALL) {
        put_child(E, point->children);
        return;
    }
    emit_line(E, "struct {");
    E->indent++;
    for (const struct child *c = point->children; c; c = c->next)
        put_child(E, c);
    E->indent--;
    emit_line(E, "} %s;", point->label.name);
}

static void put_guards(struct emitter *E, const struct machine *machine, const struct point *point)
{
    const struct op *op = point->op;
    long long count = op->count > 0 ? (long long)op->count : 1;
    emit_line(E, "csp_alt alt;");
    if (op->count < 0) {
        emit_line(E, "csp_guard *guards;");
        emit_line(E, "struct %s_replica_%d *replicas;", machine->name, point->number);
        emit_line(E, "size_t count;");
    } else {
        emit_line(E, "csp_guard guards[%lld];", count);
        if (op->has_replicas)
            emit_line(E, "struct %s_replica_%d replicas[%lld];", machine->name, point->number, count);
    }
}

static void put_alt(struct emitter *E, const struct machine *machine, const struct point *point)
{
    const struct op *op = point->op;
    emit_line(E, "struct {");
    E->indent++;
    if (!op->standing)
        put_guards(E, machine, point);
    for (const struct choice *c = op->choices; c; c = c->next) {
        put_member(E, c->message);
        put_member(E, c->open);
    }
    E->indent--;
    emit_line(E, "} %s;", point->label.name);
}

static bool has_messages(const struct op *alt)
{
    bool found = false;
    for (const struct choice *c = alt->choices; c; c = c->next)
        found = found || is_member(c->message) || is_member(c->open);
    return found;
}

static bool has_part(const struct point *point)
{
    switch (point->kind) {
    case POINT_SEND:
    case POINT_RECEIVE:
        return is_member(point->op->message);
    case POINT_ALT:
        return !point->op->standing || has_messages(point->op);
    case POINT_YIELD:
    case POINT_STOP:
    case POINT_SYNC:
    case POINT_JOIN:
        return false;
    default:
        return true;
    }
}

static void put_part(struct emitter *E, const struct machine *machine, const struct point *point)
{
    if (!has_part(point))
        return;
    switch (point->kind) {
    case POINT_SEND:
    case POINT_RECEIVE:
        put_member(E, point->op->message);
        break;
    case POINT_ALT:
        put_alt(E, machine, point);
        break;
    case POINT_CALL:
    case POINT_PAR:
        put_children(E, point);
        break;
    case POINT_TIME:
        emit_line(E, "csp_timer %s;", point->label.name);
        break;
    case POINT_BLOCKING:
        emit_line(E, "struct csp_call_%s %s;", point->op->value->left->symbol->name, point->label.name);
        break;
    case POINT_YIELD:
    case POINT_STOP:
    case POINT_SYNC:
    case POINT_JOIN:
        break;
    }
}

static void put_union(struct emitter *E, const struct machine *machine)
{
    bool is_needed = false;
    for (const struct point *p = machine->points; p; p = p->next)
        is_needed = is_needed || has_part(p);
    if (!is_needed)
        return;
    emit_line(E, "union {");
    E->indent++;
    for (const struct point *p = machine->points; p; p = p->next)
        put_part(E, machine, p);
    E->indent--;
    emit_line(E, "} at;");
}

/* What an alt with replicators knows of each of its guards. */
static void put_replica(struct emitter *E, const struct machine *machine, const struct point *point)
{
    emit_line(E, "struct %s_replica_%d {", machine->name, point->number);
    E->indent++;
    for (const struct choice *c = point->op->choices; c; c = c->next) {
        if (!c->replicators)
            continue;
        const struct slot *kept[] = {c->kind == GUARD_SEND ? c->message : NULL, c->open};
        for (const struct replicator *r = c->replicators; r; r = r->next) {
            const struct slot *counter = r->counter->lowered;
            emit_line(E, "%s %s;", emit_type(counter->type), counter->name);
        }
        for (int i = 0; i < 2; i++)
            if (kept[i])
                emit_line(E, "%s %s;", emit_type(kept[i]->type), last_part(kept[i]->name));
    }
    E->indent--;
    emit_line(E, "};");
    emit_put(E, "\n");
}

static struct emitted_frame *add_part(struct emitted_frame ***end, struct machine *child, size_t begin)
{
    struct emitted_frame *part = **end = KEEP(struct emitted_frame);
    *part = (struct emitted_frame){.child = child, .begin = begin, .end = begin};
    *end = &part->next;
    return part;
}

static void put_struct(struct emitter *E, const struct machine *machine)
{
    emit_line(E, "struct %s_frame {", machine->name);
    E->indent++;
    emit_line(E, "csp_process process;");
    put_slots(E, machine);
    put_union(E, machine);
    E->indent--;
    emit_line(E, "};");
    emit_put(E, "\n");
}

void emit_frame(struct emitter *E, struct machine *machine)
{
    struct emitted_frame **end = &machine->frame, *text = NULL;
    for (const struct point *p = machine->points; p; p = p->next) {
        for (const struct child *c = p->children; c; c = c->next)
            if (!c->is_pooled)
                add_part(&end, c->machine, 0);
        if (p->kind == POINT_ALT && p->op->has_replicas) {
            text = add_part(&end, NULL, E->frames.length);
            put_replica(E, machine, p);
            text->end = E->frames.length;
        }
    }
    text = add_part(&end, NULL, E->frames.length);
    put_struct(E, machine);
    text->end = E->frames.length;
}

/* Frames of children that lie inside come first. */
static void write_frame(struct emitter *E, struct machine *machine, FILE *to)
{
    struct emitted_frame *part = machine->frame;
    for (machine->frame = NULL; part; part = part->next)
        if (part->child)
            write_frame(E, part->child, to);
        else
            fwrite(E->frames.bytes + part->begin, 1, part->end - part->begin, to);
}

void emit_frames(struct emitter *E, FILE *to)
{
    for (struct machine *m = E->machines->first; m; m = m->next)
        write_frame(E, m, to);
}

/* ---- tables ---- */

static const char *const point_kinds[] = {[POINT_SEND] = "SEND", [POINT_RECEIVE] = "RECEIVE", [POINT_ALT] = "ALT",
                                          [POINT_CALL] = "CALL", [POINT_PAR] = "PAR",         [POINT_TIME] = "TIME",
                                          [POINT_YIELD] = "YIELD", [POINT_STOP] = "STOP",
                                          [POINT_SYNC] = "SYNC", [POINT_JOIN] = "JOIN", [POINT_BLOCKING] = "BLOCKING"};

static const char *count_of(const struct child *child)
{
    if (!child->is_pooled)
        return arena_printf("%lld", (long long)child->count);
    return child->is_array ? "CSP_TEAM" : "CSP_SINGLE";
}

static int put_children_table(struct emitter *E, const struct machine *machine, const struct point *point)
{
    int count = 0;
    if (!point->children)
        return 0;
    emit_line(E, "static const csp_children %s_children_%d[] = {", machine->name, point->number);
    E->indent++;
    for (const struct child *c = point->children; c; c = c->next, count++)
        emit_line(E, "{&%s_kind, offsetof(struct %s_frame, %s), %s},", c->machine->name, machine->name, c->field,
                  count_of(c));
    E->indent--;
    emit_line(E, "};");
    return count;
}

static void put_point(struct emitter *E, const struct machine *machine, const struct point *point, int children)
{
    const char *text = emit_source_text(point->op->statement);
    emit_indent(E);
    emit_put(E, "{");
    emit_place(E, point->op->statement);
    emit_put(E, ", CSP_AT_%s, \"", point_kinds[point->kind]);
    emit_escaped(E, text, (int64_t)strlen(text));
    if (children)
        emit_put(E, "\", %s_children_%d, %d},\n", machine->name, point->number, children);
    else
        emit_put(E, "\", NULL, 0},\n");
}

static int put_groups(struct emitter *E, const struct machine *machine)
{
    int count = 0;
    for (const struct slot *s = machine->slots; s; s = s->next) {
        if (s->kind != SLOT_GROUP)
            continue;
        if (count++ == 0)
            emit_put(E, "static const uint32_t %s_groups[] = {", machine->name);
        emit_put(E, count > 1 ? ", " : "");
        emit_put(E, "offsetof(struct %s_frame, %s)", machine->name, s->name);
    }
    if (count)
        emit_put(E, "};\n");
    return count;
}

void emit_kind(struct emitter *E, const struct machine *machine)
{
    int *children = NEW_ARRAY(int, (size_t)machine->point_count + 1);
    for (const struct point *p = machine->points; p; p = p->next)
        children[p->number] = put_children_table(E, machine, p);
    emit_line(E, "static const csp_point %s_points[] = {", machine->name);
    E->indent++;
    emit_indent(E);
    emit_put(E, "{");
    emit_place(E, machine->at);
    emit_put(E, ", CSP_AT_START, \"\", NULL, 0},\n");
    for (const struct point *p = machine->points; p; p = p->next)
        put_point(E, machine, p, children[p->number]);
    E->indent--;
    emit_line(E, "};");
    int groups = put_groups(E, machine), links = emit_links(E, machine);
    emit_put(E, "static const csp_kind %s_kind = {\"%s\", ", machine->name, machine->title);
    emit_place(E, machine->at);
    emit_put(E, ", %s_step,\n    sizeof(struct %s_frame), %d, %s_points, ", machine->name, machine->name,
             machine->point_count + 1, machine->name);
    if (groups)
        emit_put(E, "%d, %s_groups, ", groups, machine->name);
    else
        emit_put(E, "0, NULL, ");
    if (links)
        emit_put(E, "%d, %s_links};\n\n", links, machine->name);
    else
        emit_put(E, "0, NULL};\n\n");
}

/* ---- the program ---- */

static const char *argument_kind(const struct type *type)
{
    switch (type->kind) {
    case TYPE_BOOL:
        return "BOOL";
    case TYPE_CHAR:
        return "CHAR";
    case TYPE_INT8:
        return "INT8";
    case TYPE_INT16:
        return "INT16";
    case TYPE_INT64:
        return "INT64";
    case TYPE_UINT8:
        return "UINT8";
    case TYPE_UINT16:
        return "UINT16";
    case TYPE_UINT32:
        return "UINT32";
    case TYPE_UINT64:
        return "UINT64";
    case TYPE_IN:
        return "IN";
    case TYPE_OUT:
        return "OUT";
    case TYPE_FLOAT:
        return "FLOAT";
    case TYPE_DOUBLE:
        return "DOUBLE";
    case TYPE_TIME:
        return "TIME";
    case TYPE_STRING:
        return "STRING";
    default:
        return "INT32";
    }
}

static bool is_end(const struct slot *slot)
{
    return slot->type->kind == TYPE_IN || slot->type->kind == TYPE_OUT;
}

static bool is_stream(const struct slot *slot)
{
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is_end(slot) && strcmp(slot->symbol->name, names[i]) == 0)
            return true;
    return false;
}

/* The largest unit that a time is a whole number of. */
static void print_time(char *text, size_t size, int64_t time)
{
    static const struct { const char *name; int64_t length; } units[] = {
        {"h", 3600000000000}, {"min", 60000000000}, {"s", 1000000000}, {"ms", 1000000}, {"us", 1000}, {"ns", 1}};
    int unit = 0;
    while (time % units[unit].length != 0)
        unit++;
    snprintf(text, size, "%lld%s", (long long)(time / units[unit].length), time ? units[unit].name : "");
}

/* A default as its user would type it. */
static void put_fallback(struct emitter *E, const struct value *value, const struct type *type)
{
    char number[64];
    const char *text = number;
    int64_t length = -1;
    if (!value) {
        emit_put(E, "NULL");
        return;
    }
    if (value->kind == VALUE_STRING) {
        text = value->bytes;
        length = value->length;
    } else if (type->kind == TYPE_BOOL)
        text = value->integer ? "true" : "false";
    else if (type->kind == TYPE_CHAR)
        snprintf(number, sizeof number, "%c", (char)value->integer);
    else if (value->kind == VALUE_REAL)
        text = emit_real_text(value->real, type);
    else if (type->kind == TYPE_TIME)
        print_time(number, sizeof number, (int64_t)value->integer);
    else if (value->integer < 0)
        snprintf(number, sizeof number, "%lld", (long long)value->integer);
    else
        snprintf(number, sizeof number, "%llu", (unsigned long long)value->integer);
    emit_put(E, "\"");
    emit_escaped(E, text, length < 0 ? (int64_t)strlen(text) : length);
    emit_put(E, "\"");
}

/* The values, or the ends that a host serves; `count` stand before them. */
static int put_arguments_of(struct emitter *E, const struct machine *main, bool is_ends, int count)
{
    for (const struct slot *s = main->slots; s && s->is_parameter; s = s->next) {
        if (is_end(s) != is_ends || is_stream(s))
            continue;
        if (count++ == 0)
            emit_put(E, "static const csp_argument arguments[] = {\n");
        emit_put(E, "    {\"%s\", CSP_ARGUMENT_%s, offsetof(struct main_frame, %s), ", s->symbol->name,
                 argument_kind(s->type), s->name);
        put_fallback(E, s->symbol->initial ? s->symbol->initial->value : NULL, s->type);
        emit_put(E, "},\n");
    }
    return count;
}

static int put_arguments(struct emitter *E, const struct machine *main)
{
    int count = put_arguments_of(E, main, false, 0);
    count = put_arguments_of(E, main, true, count);
    if (count)
        emit_put(E, "};\n");
    return count;
}

static void put_stream(struct emitter *E, const struct machine *main, const char *name)
{
    for (const struct slot *s = main->slots; s && s->is_parameter; s = s->next)
        if (is_end(s) && strcmp(s->symbol->name, name) == 0) {
            emit_put(E, "offsetof(struct main_frame, %s)", s->name);
            return;
        }
    emit_put(E, "-1");
}

void emit_program(struct emitter *E)
{
    const struct emit_options *options = E->options;
    const struct machine *main = E->machines->main;
    int arguments = put_arguments(E, main);
    emit_put(E, "%sconst csp_program %s_program = {\n    \"", options->no_main ? "" : "static ", options->program_name);
    emit_put(E, "%s\", files, &main_kind, %s, %d, {", options->program_name, arguments ? "arguments" : "NULL", arguments);
    put_stream(E, main, "stdin");
    emit_put(E, ", ");
    put_stream(E, main, "stdout");
    emit_put(E, ", ");
    put_stream(E, main, "stderr");
    emit_put(E, "}};\n");
    if (!options->no_main)
        emit_put(E, "\nint main(int argc, char **argv)\n{\n    return csp_main(&%s_program, argc, argv);\n}\n",
                 options->program_name);
}
