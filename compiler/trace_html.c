/* trace_html: a page with a sequence chart. Here events get rows, and what lasts its beginning and end among them; the
 * script in trace_page.html does the rest. Called by trace.c.
 *
 * Time goes downwards, by the order of events and not to scale. Only what concerns others has a row: messages, choices,
 * beginnings and ends; what begins or ends together shares one. Waiting lasts from between two rows to between two
 * rows. */
#include "trace.h"

#include "arena.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Texts that have been written, each once: arena_name makes equal ones the same pointer. */
struct text {
    const char *text;
    int number;
};

struct page {
    FILE *to;
    const struct trace *trace;
    int *row;    /* of each event that has one; else of the next that has */
    int *shares; /* the event in whose row it stands, too; TRACE_NONE: it has its own, or none */
    int rows;
    bool *shown;        /* by line: something of it is */
    struct text *texts; /* a hash table */
    size_t mask;
    const char **list; /* the same, by number */
    int count;
    const char *comma;
};

/* ---- texts ---- */

static void grow_texts(struct page *p)
{
    struct text *old = p->texts;
    size_t count = p->mask + 1;
    p->mask = 2 * count - 1;
    p->texts = NEW_ARRAY(struct text, 2 * count);
    const char **list = NEW_ARRAY(const char *, 2 * count);
    memcpy(list, p->list, (size_t)p->count * sizeof *list);
    p->list = list;
    for (size_t i = 0; i < count; i++)
        if (old[i].text) {
            size_t at = ((uintptr_t)old[i].text >> 3) & p->mask;
            while (p->texts[at].text)
                at = (at + 1) & p->mask;
            p->texts[at] = old[i];
        }
}

static int number_of(struct page *p, const char *text)
{
    const char *name = arena_name(text, strlen(text));
    if ((size_t)p->count * 2 > p->mask)
        grow_texts(p);
    size_t at = ((uintptr_t)name >> 3) & p->mask;
    while (p->texts[at].text && p->texts[at].text != name)
        at = (at + 1) & p->mask;
    if (!p->texts[at].text) {
        p->texts[at] = (struct text){name, p->count};
        p->list[p->count++] = name;
    }
    return p->texts[at].number;
}

/* As JSON that may stand in a script. */
static void put_text(FILE *to, const char *text)
{
    putc('"', to);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '"' || *at == '\\')
            fprintf(to, "\\%c", *at);
        else if (*at < 0x20 || *at == '<' || *at == 0x7f)
            fprintf(to, "\\u%04x", *at);
        else
            putc(*at, to);
    }
    putc('"', to);
}

/* ---- rows ---- */

static bool is_bare(const struct trace *t, const struct trace_event *e)
{
    return e->line != TRACE_NONE && t->lines[e->line].is_bare;
}

static bool has_row(const struct trace *t, const struct trace_event *e)
{
    bool lasts = e->kind == TRACE_RETURN || e->kind == TRACE_WAIT || e->kind == TRACE_GO_ON;
    bool begins = e->kind == TRACE_START || e->kind == TRACE_END;
    return e->is_shown && !lasts && !(begins && is_bare(t, e));
}

/* Whether an event stands in the row of the one before it: that it goes with, or that begins, ends or comes likewise.
 */
static bool goes_with(const struct trace_event *e, const struct trace_event *before)
{
    bool comes = (before->kind >= TRACE_MESSAGE && before->kind <= TRACE_GET) || before->kind == TRACE_SYNC;
    if (e->kind == TRACE_CHOICE)
        return comes && (before->other == e->line || before->line == e->line);
    if (e->kind == TRACE_START)
        return before->kind == TRACE_START && before->other == e->other;
    return e->kind == before->kind && (e->kind == TRACE_END || e->kind == TRACE_SYNC || e->kind == TRACE_CLOCK);
}

static void give_rows(struct page *p)
{
    const struct trace *t = p->trace;
    int before = TRACE_NONE;
    p->row = NEW_ARRAY(int, (size_t)t->count + 1);
    p->shares = NEW_ARRAY(int, (size_t)t->count + 1);
    for (int i = 0; i < t->count; i++) {
        const struct trace_event *e = &t->events[i];
        p->row[i] = p->rows;
        p->shares[i] = TRACE_NONE;
        if (!has_row(t, e))
            continue;
        if (before != TRACE_NONE && goes_with(e, &t->events[before]))
            p->shares[i] = before, p->row[i] = p->rows - 1;
        else
            p->rows++;
        before = e->kind == TRACE_CHOICE && p->shares[i] != TRACE_NONE ? before : i;
    }
    p->row[t->count] = p->rows;
}

static void show(struct page *p, int line)
{
    if (line != TRACE_NONE)
        p->shown[trace_column(p->trace, line)] = true;
}

static bool concerns_other(const struct trace_event *e)
{
    return e->kind == TRACE_START || (e->kind >= TRACE_MESSAGE && e->kind <= TRACE_RELEASE);
}

static void show_lines(struct page *p)
{
    const struct trace *t = p->trace;
    p->shown = NEW_ARRAY(bool, (size_t)t->line_count + 1);
    for (int i = 0; i < t->count; i++) {
        if (!t->events[i].is_shown)
            continue;
        show(p, t->events[i].line);
        if (concerns_other(&t->events[i]) && t->events[i].kind != TRACE_START)
            show(p, t->events[i].other);
    }
}

/* ---- what is written ---- */

static void begin_item(struct page *p)
{
    fputs(p->comma, p->to);
    p->comma = ",";
}

/* From left to right: each line stands before those that it has started, and these before the next beside it. Streams,
 * and main, have no parent. */
static void put_order(struct page *p)
{
    const struct trace *t = p->trace;
    size_t count = (size_t)t->line_count + 1;
    int *first = NEW_ARRAY(int, count), *next = NEW_ARRAY(int, count), line; /* counted from 1; 0: none */
    for (int i = t->line_count; i > 0; i--) {
        int parent = t->lines[i - 1].parent + 1;
        next[i] = first[parent];
        first[parent] = i;
    }
    fputs("\"order\":[", p->to);
    p->comma = "";
    for (line = first[0]; line;) {
        begin_item(p);
        fprintf(p->to, "%d", line - 1);
        int below = first[line];
        while (line && !below && !next[line])
            line = t->lines[line - 1].parent + 1;
        line = below ? below : line ? next[line] : 0;
    }
    fputs("],\n", p->to);
}

static void put_lines(struct page *p)
{
    const struct trace *t = p->trace;
    fputs("\"L\":[", p->to);
    p->comma = "";
    for (int i = 0; i < t->line_count; i++) {
        begin_item(p);
        fprintf(p->to, "[%d,%d,%d]", number_of(p, t->lines[i].name), trace_column(t, i), t->lines[i].is_device);
    }
    fputs("],\n\"shown\":[", p->to);
    for (int i = 0; i < t->line_count; i++)
        fprintf(p->to, i ? ",%d" : "%d", p->shown[i]);
    fputs("],\n", p->to);
}

static void put_event(struct page *p, int i)
{
    const struct trace_event *e = &p->trace->events[i];
    bool is_put = e->kind == TRACE_PUT && e->until != TRACE_NONE;
    int other = concerns_other(e) ? e->other : TRACE_NONE;
    bool is_shared = p->shares[i] != TRACE_NONE;
    int flag = e->kind == TRACE_CHOICE ? is_shared : e->is_poisoned;
    const char *name = flag && e->kind == TRACE_CHOICE ? arena_printf("%d: %s", e->guard, e->name) : e->name;
    if (e->kind == TRACE_SYNC && is_shared)
        other = p->trace->events[p->shares[i]].line;
    begin_item(p);
    fprintf(p->to, "[%d,%d,%d,%d,%d,%d,", p->row[i], is_put ? p->row[e->until] : p->row[i], (int)e->kind, e->line,
            other, number_of(p, name));
    fprintf(p->to, "%d,%d,%d,%d,%d]", number_of(p, e->at), number_of(p, e->other_at), number_of(p, trace_time(e->time)),
            flag, number_of(p, e->value));
}

static void put_events(struct page *p)
{
    const struct trace *t = p->trace;
    fputs("\"E\":[", p->to);
    p->comma = "";
    for (int i = 0; i < t->count; i++)
        if (has_row(t, &t->events[i]) && t->events[i].kind != TRACE_CALL)
            put_event(p, i);
    fputs("],\n", p->to);
}

/* In half rows: a life begins and ends in the middle of one, all else between two. */
static int beginning_of(const struct page *p, int i)
{
    const struct trace_event *e = &p->trace->events[i];
    return 2 * p->row[i] + (e->kind == TRACE_START && e->is_shown);
}

/* Nothing lasts longer than what it lies in: the end of a life may stand in the row of another that came before. */
static int end_of(const struct page *p, int i)
{
    const struct trace_event *e = &p->trace->events[i];
    int end = e->until == TRACE_NONE ? 2 * p->rows : 2 * p->row[e->until];
    if (e->kind == TRACE_START)
        return end + (e->until != TRACE_NONE && p->trace->events[e->until].is_shown);
    while (p->trace->events[i].outer != TRACE_NONE)
        i = p->trace->events[i].outer;
    int life = end_of(p, i);
    return life < end ? life : end;
}

static void put_lasting_one(struct page *p, int i)
{
    static const int kinds[] = {[TRACE_START] = 0, [TRACE_CALL] = 2, [TRACE_WAIT] = 1};
    const struct trace_event *e = &p->trace->events[i];
    int from = beginning_of(p, i), to = end_of(p, i);
    if (from >= to)
        return;
    begin_item(p);
    fprintf(p->to, "[%d,%d%s,%d%s,%d,%d,%d]", e->line, from / 2, from % 2 ? ".5" : "", to / 2, to % 2 ? ".5" : "",
            kinds[e->kind], number_of(p, e->name), *e->at ? number_of(p, e->at) : 0);
}

/* Lives, waits, calls: where something of them can be seen. */
static void put_lasting(struct page *p)
{
    const struct trace *t = p->trace;
    fputs("\"W\":[", p->to);
    p->comma = "";
    for (int i = 0; i < t->count; i++) {
        const struct trace_event *e = &t->events[i];
        bool lasts = e->kind == TRACE_START || e->kind == TRACE_CALL || e->kind == TRACE_WAIT;
        if (lasts && !is_bare(t, e) && p->shown[e->line])
            put_lasting_one(p, i);
    }
    fputs("],\n", p->to);
}

static void put_texts(struct page *p)
{
    fputs("\"S\":[", p->to);
    p->comma = "";
    for (int i = 0; i < p->count; i++) {
        begin_item(p);
        put_text(p->to, p->list[i]);
    }
    fputs("]}", p->to);
}

static int count_shown(const struct page *p)
{
    int count = 0;
    for (int i = 0; i < p->trace->count; i++)
        count += p->trace->events[i].is_shown && p->trace->events[i].kind != TRACE_CLOCK;
    return count;
}

static int count_processes(const struct page *p)
{
    int count = 0;
    for (int i = 0; i < p->trace->line_count; i++)
        count += p->shown[i] && !p->trace->lines[i].is_device;
    return count;
}

static void put_data(struct page *p)
{
    fputs("{\"program\":", p->to);
    put_text(p->to, p->trace->program);
    fputs(",\"ended\":", p->to);
    put_text(p->to, p->trace->ended_by ? p->trace->ended_by : "being cut off");
    fprintf(p->to, ",\"rows\":%d,\"events\":%d,\"processes\":%d,\n", p->rows, count_shown(p), count_processes(p));
    put_lines(p);
    put_order(p);
    put_events(p);
    put_lasting(p);
    put_texts(p);
}

void trace_html(FILE *to, const struct trace *trace)
{
    struct page page = {.to = to,
                        .trace = trace,
                        .mask = 255,
                        .texts = NEW_ARRAY(struct text, 256),
                        .list = NEW_ARRAY(const char *, 256)};
    const char *at = (const char *)trace_page, *data = strstr(at, "DATA;");
    number_of(&page, ""); /* is 0 */
    give_rows(&page);
    show_lines(&page);
    fwrite(at, 1, (size_t)(data - at), to);
    put_data(&page);
    fputs(data + strlen("DATA"), to);
}
