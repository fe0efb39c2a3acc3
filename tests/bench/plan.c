/* plan: reads it. Called by measure.c. */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *file;
static int line;

static _Noreturn void refuse(const char *what, const char *word)
{
    fprintf(stderr, "%s:%d: %s '%s'\n", file, line, what, word);
    exit(1);
}

static double number(const char *word)
{
    char *end;
    double value = word ? strtod(word, &end) : 0;
    if (!word || end == word || *end || value <= 0)
        refuse("a number is missing at", word ? word : "");
    return value;
}

static void copy(char *to, size_t size, const char *word)
{
    if (!word || strlen(word) >= size)
        refuse("a name is missing or too long:", word ? word : "");
    strcpy(to, word);
}

static char *word(void)
{
    return strtok(NULL, " \t\n");
}

/* ---- the lines ---- */

static void begin(struct plan *plan)
{
    if (plan->count == PLAN_BENCHES)
        refuse("too many of", "bench");
    struct bench *b = &plan->bench[plan->count++];
    b->per = 1;
    b->rounds = PLAN_ROUNDS;
    copy(b->name, sizeof b->name, word());
    copy(b->program, sizeof b->program, b->name);
    char *title = strtok(NULL, "\n");
    if (title)
        copy(b->title, sizeof b->title, title + strspn(title, " "));
}

static void add_contestants(struct bench *b)
{
    long count = (long)number(word());
    for (char *name = word(); name; name = word()) {
        if (b->contestants == PLAN_CONTESTANTS)
            refuse("too many contestants:", name);
        struct contestant *c = &b->contestant[b->contestants++];
        c->count = count;
        c->optional = *name == '?';
        copy(c->name, sizeof c->name, name + c->optional);
    }
}

static void add_references(struct bench *b)
{
    for (char *name = word(); name; name = word()) {
        if (b->references == PLAN_CONTESTANTS)
            refuse("too many references:", name);
        copy(b->reference[b->references++], sizeof b->reference[0], name);
    }
}

static void set_bar(struct bench *b, enum plan_bar bar)
{
    const char *name = word();
    struct contestant *c = name ? plan_contestant(b, name) : NULL;
    if (!c)
        refuse("no such contestant:", name ? name : "");
    c->bar = bar;
    c->bar_value = number(word());
}

static void set_unit(struct bench *b)
{
    const char *unit = word();
    if (!unit || (strcmp(unit, "ns") != 0 && strcmp(unit, "bytes") != 0))
        refuse("a unit is ns or bytes, not", unit ? unit : "");
    b->bytes = strcmp(unit, "bytes") == 0;
}

static void read_line(struct bench *b, const char *key)
{
    if (strcmp(key, "program") == 0)
        copy(b->program, sizeof b->program, word());
    else if (strcmp(key, "unit") == 0)
        set_unit(b);
    else if (strcmp(key, "per") == 0)
        b->per = number(word());
    else if (strcmp(key, "operations") == 0)
        b->operations = number(word());
    else if (strcmp(key, "check") == 0)
        b->check = (long)number(word());
    else if (strcmp(key, "run") == 0)
        add_contestants(b);
    else if (strcmp(key, "exact") == 0)
        b->exact = true;
    else if (strcmp(key, "input") == 0)
        b->input = true;
    else if (strcmp(key, "rounds") == 0)
        b->rounds = (int)number(word());
    else if (strcmp(key, "memory") == 0)
        b->memory = (long)number(word());
    else if (strcmp(key, "to") == 0)
        add_references(b);
    else if (strcmp(key, "atmost") == 0)
        set_bar(b, BAR_AT_MOST);
    else if (strcmp(key, "atleast") == 0)
        set_bar(b, BAR_AT_LEAST);
    else if (strcmp(key, "limit") == 0)
        set_bar(b, BAR_LIMIT);
    else
        refuse("unknown:", key);
}

static void check_bench(struct plan *plan, struct bench *b)
{
    struct bench *of;
    if (!b->check || !b->contestants)
        refuse("check or run is missing for", b->name);
    for (int k = 0; k < b->contestants; k++) {
        if (b->contestant[k].count <= b->check)
            refuse("the count is not greater than that of check for", b->name);
    }
    for (int r = 0; r < b->references; r++) {
        if (!plan_reference(plan, b, r, &of))
            refuse("no such reference:", b->reference[r]);
    }
}

void plan_read(struct plan *plan, const char *path)
{
    char text[256];
    FILE *f = fopen(file = path, "r");
    if (!f)
        refuse("cannot be read:", path);
    for (line = 1; fgets(text, sizeof text, f); line++) {
        const char *key = strtok(text, " \t\n");
        if (!key || *key == '#')
            continue;
        if (strcmp(key, "bench") == 0)
            begin(plan);
        else if (plan->count == 0)
            refuse("stands before any bench:", key);
        else
            read_line(&plan->bench[plan->count - 1], key);
    }
    fclose(f);
    for (int i = 0; i < plan->count; i++)
        check_bench(plan, &plan->bench[i]);
}

/* ---- names ---- */

struct bench *plan_bench(struct plan *plan, const char *name)
{
    for (int i = 0; i < plan->count; i++) {
        if (strcmp(plan->bench[i].name, name) == 0)
            return &plan->bench[i];
    }
    return NULL;
}

struct contestant *plan_contestant(struct bench *b, const char *name)
{
    for (int i = 0; i < b->contestants; i++) {
        if (strcmp(b->contestant[i].name, name) == 0)
            return &b->contestant[i];
    }
    return NULL;
}

struct contestant *plan_reference(struct plan *plan, struct bench *b, int i, struct bench **of)
{
    char name[2 * PLAN_NAME];
    strcpy(name, b->reference[i]);
    char *slash = strchr(name, '/');
    *of = b;
    if (slash) {
        *slash = '\0';
        *of = plan_bench(plan, name);
    }
    return *of ? plan_contestant(*of, slash ? slash + 1 : name) : NULL;
}
