/* print_dot: --emit=dot: a network for graphviz. Called by drive.c. */
#include "network.h"

struct printer {
    FILE *out;
    int indent;
};

static void print_indent(const struct printer *P)
{
    fprintf(P->out, "%*s", 4 * P->indent, "");
}

/* In quotes. Names and types have no other characters that mean something there. */
static void print_text(const struct printer *P, const char *text)
{
    fputc('"', P->out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', P->out);
        fputc(*text, P->out);
    }
    fputc('"', P->out);
}

/* ---- how a channel is drawn ---- */

static const struct use *only(const struct wire *wire, unsigned kind)
{
    const struct use *found = NULL;
    for (const struct use *u = wire->uses; u; u = u->next)
        if (u->kinds & kind) {
            if (found)
                return NULL;
            found = u;
        }
    return found;
}

/* Ends of it are sent away, so others may use it, too. */
static bool is_given(const struct wire *wire)
{
    for (const struct use *u = wire->uses; u; u = u->next)
        if (u->kinds & USE_GIVES)
            return true;
    return false;
}

/* From one to another, and nobody has it besides. */
static bool is_arrow(const struct wire *wire)
{
    const struct use *reader = only(wire, USE_RECEIVES), *writer = only(wire, USE_SENDS);
    if (!reader || !writer || wire->is_outside || wire->is_barrier)
        return false;
    return !is_given(wire);
}

static void print_wire_node(struct printer *P, const struct wire *wire)
{
    if (is_arrow(wire))
        return;
    print_indent(P);
    fprintf(P->out, "c%d [%s, ", wire->number,
            wire->is_outside ? "shape=plaintext" : wire->is_barrier ? "shape=box, height=0.1, style=filled, fillcolor=gray80"
                                                                    : "shape=ellipse, height=0.2, fontsize=10");
    fputs("label=", P->out);
    print_text(P, wire->label);
    fprintf(P->out, "%s];\n", is_given(wire) ? ", style=dashed" : "");
}

static void print_edge(struct printer *P, const struct wire *wire, const struct use *u)
{
    for (unsigned kind = USE_RECEIVES; kind <= USE_GIVES; kind *= 2) {
        if (!(u->kinds & kind) || (kind == USE_GIVES && u->kinds != USE_GIVES))
            continue;
        print_indent(P);
        if (kind == USE_RECEIVES)
            fprintf(P->out, "c%d -> p%d;\n", wire->number, u->node->number);
        else
            fprintf(P->out, "p%d -> c%d%s;\n", u->node->number, wire->number,
                    kind == USE_SENDS ? "" : kind == USE_SYNCS ? " [dir=none]" : " [dir=none, style=dashed]");
    }
}

static void print_edges(struct printer *P, const struct wire *wire)
{
    if (!is_arrow(wire)) {
        for (const struct use *u = wire->uses; u; u = u->next)
            print_edge(P, wire, u);
        return;
    }
    print_indent(P);
    fprintf(P->out, "p%d -> p%d [label=", only(wire, USE_SENDS)->node->number, only(wire, USE_RECEIVES)->node->number);
    print_text(P, wire->label);
    fputs("];\n", P->out);
}

/* ---- boxes ---- */

static void print_process(struct printer *P, const struct node *node)
{
    print_indent(P);
    fprintf(P->out, "p%d [label=", node->number);
    print_text(P, node->label);
    fprintf(P->out, "%s%s];\n", node->is_many ? ", peripheries=2" : "", node->is_cut ? ", style=dashed" : "");
}

static void print_node(struct printer *P, const struct node *node)
{
    if (!node->nodes && !node->wires) {
        print_process(P, node);
        return;
    }
    print_indent(P);
    fprintf(P->out, "subgraph cluster_%d {\n", node->number);
    P->indent++;
    print_indent(P);
    fputs("label=", P->out);
    print_text(P, node->label);
    fprintf(P->out, "; style=%s;\n", node->is_many ? "\"rounded,bold\"" : "rounded");
    if (node->acts)
        print_process(P, node);
    for (const struct wire *w = node->wires; w; w = w->next)
        print_wire_node(P, w);
    for (const struct node *n = node->nodes; n; n = n->next)
        print_node(P, n);
    P->indent--;
    print_indent(P);
    fputs("}\n", P->out);
}

static void print_all_edges(struct printer *P, const struct node *node)
{
    for (const struct wire *w = node->wires; w; w = w->next)
        print_edges(P, w);
    for (const struct node *n = node->nodes; n; n = n->next)
        print_all_edges(P, n);
}

void print_dot(FILE *to, const struct network *network, const char *title)
{
    struct printer P = {to, 1};
    fputs("digraph ", to);
    print_text(&P, title);
    fputs(" {\n    rankdir=LR; fontname=\"sans-serif\";\n"
          "    node [shape=box, style=rounded, fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\", fontsize=10];\n", to);
    for (const struct wire *w = network->outside; w; w = w->next)
        print_wire_node(&P, w);
    for (const struct node *n = network->nodes; n; n = n->next)
        print_node(&P, n);
    for (const struct wire *w = network->outside; w; w = w->next)
        print_edges(&P, w);
    for (const struct node *n = network->nodes; n; n = n->next)
        print_all_edges(&P, n);
    fputs("}\n", to);
}
