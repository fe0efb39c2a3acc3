/* host: main's process and its parameters, which a host program knows by their names. Called by main.c and csp_host.h's
 * users; the rest of what these call is in process.c. */
#include "csp_host.h"
#include "world.h"

/* Connects the ends of main's frame that are called stdin, stdout, stderr. */
static void connect_streams(csp_scheduler *S, char *frame)
{
    struct csp_world *w = S->world;
    csp_channel *ends[3] = {&w->input.device.channel, &w->output.device.channel, &w->errors.device.channel};
    for (int i = 0; i < 3; i++) {
        if (S->program->streams[i] >= 0)
            memcpy(frame + S->program->streams[i], &ends[i], sizeof ends[i]);
    }
}

/* Gives the ends that the host serves a channel each, and the values their defaults. */
static void connect_arguments(csp_scheduler *S, char *frame)
{
    for (uint32_t i = 0; i < S->program->argument_count; i++) {
        const csp_argument *a = &S->program->arguments[i];
        if (csp_argument_is_end(a)) {
            csp_channel *c = csp_pool_take(S, S->program->main->place, 1, sizeof *c);
            csp_channel_begin(c);
            memcpy(frame + a->offset, &c, sizeof c);
        } else if (a->fallback) {
            csp_argument_store(a, a->fallback, frame);
        }
    }
}

void *csp_host_main(csp_scheduler *S)
{
    const csp_kind *kind = S->program->main;
    csp_process *frame = csp_pool_take(S, kind->place, 1, kind->size);
    csp_begin(frame, kind->step, &S->world->root);
    S->world->main = frame;
    S->world->root.node.message = 1;
    connect_streams(S, (char *)frame);
    connect_arguments(S, (char *)frame);
    csp_ready(S, frame);
    return frame;
}

static const csp_argument *find(csp_scheduler *S, const char *name)
{
    for (uint32_t i = 0; i < S->program->argument_count; i++)
        if (strcmp(S->program->arguments[i].name, name) == 0)
            return &S->program->arguments[i];
    return NULL;
}

bool csp_host_argument(csp_scheduler *S, const char *name, const char *text)
{
    const csp_argument *a = find(S, name);
    return a && !csp_argument_is_end(a) && csp_argument_store(a, text, S->world->main);
}

csp_channel *csp_host_channel(csp_scheduler *S, const char *name)
{
    const csp_argument *a = find(S, name);
    csp_channel *c = NULL;
    if (a && csp_argument_is_end(a))
        memcpy(&c, (char *)S->world->main + a->offset, sizeof c);
    return c;
}
