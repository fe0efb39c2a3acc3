/* stream: standard input, output and error, as devices behind channels and as what print writes to.
 *
 * A process that sends to the stdout channel and a print both append to one buffer at the moment they happen, so their
 * order is kept by itself. The buffer is written when the scheduler is idle, at the end, when it is large, and now and
 * then. A print may block while a pipe is full; a process that sends waits instead, and the others go on. Input is read
 * only when somebody asks for it, and never while that would block the other processes, but under virtual time, where
 * it comes at once and the run repeats exactly. Called by channel.c (as devices), print.c, idle.c, main.c. */
#include "port.h"
#include "world.h"

/* A print that leaves the buffer fuller than this writes it. */
enum { LARGE = CSP_STREAM_BUFFER / 2 };

/* ---- output ---- */

static unsigned write_event(const struct csp_output *out)
{
    return out->descriptor == CSP_STDOUT ? CSP_PORT_WRITE : CSP_PORT_WRITE_ERRORS;
}

static bool has_output(const struct csp_output *out)
{
    return out->whole > out->sent;
}

/* Standard output is gone: nobody would see what the program does, so it ends. A program without standard error goes on. */
static void output_failed(csp_scheduler *S, struct csp_output *out, int error)
{
    out->sent = out->whole = out->used = 0;
    if (out->descriptor != CSP_STDOUT)
        return;
    csp_report_text(S, "error: standard output cannot be written: %s\n", strerror(error));
    csp_leave(S, 1);
}

/* Moves what is left to the beginning of the buffer, once that has no more room behind it. */
static void make_room(struct csp_output *out)
{
    if (out->sent != out->used && out->used < CSP_STREAM_BUFFER)
        return;
    memmove(out->bytes, out->bytes + out->sent, out->used - out->sent);
    out->used -= out->sent;
    out->whole -= out->sent;
    out->sent = 0;
}

static void write_some(csp_scheduler *S, struct csp_output *out, size_t most)
{
    size_t length = out->whole - out->sent;
    ptrdiff_t n = csp_port_write(out->descriptor, out->bytes + out->sent, length < most ? length : most);
    if (n < 0) {
        output_failed(S, out, (int)-n);
        return;
    }
    out->sent += (uint32_t)n;
    make_room(out);
}

/* Writes as much as it can without blocking. */
static void write_ready(csp_scheduler *S, struct csp_output *out)
{
    while (has_output(out) && csp_port_wait(write_event(out), -1, 0))
        write_some(S, out, CSP_PORT_PIECE);
}

static void flush(csp_scheduler *S, struct csp_output *out)
{
    while (has_output(out))
        write_some(S, out, CSP_STREAM_BUFFER);
}

void csp_stream_flush(csp_scheduler *S)
{
    flush(S, &S->world->output);
    flush(S, &S->world->errors);
}

void csp_stream_append(csp_scheduler *S, struct csp_output *out, const char *bytes, size_t length)
{
    while (length) {
        size_t room = CSP_STREAM_BUFFER - out->used;
        if (!room) {
            if (out->sealed)
                return;
            out->whole = out->used;
            flush(S, out);
            continue;
        }
        size_t n = length < room ? length : room;
        memcpy(out->bytes + out->used, bytes, n);
        out->used += (uint32_t)n;
        bytes += n;
        length -= n;
    }
}

void csp_stream_commit(csp_scheduler *S, struct csp_output *out)
{
    out->whole = out->used;
    if (out->used - out->sent > LARGE)
        flush(S, out);
    else
        csp_watch(S);
}

static bool output_ready(csp_scheduler *S, struct csp_device *device)
{
    struct csp_output *out = (struct csp_output *)device;
    csp_watch(S);
    if (out->used < CSP_STREAM_BUFFER)
        return true;
    if (S->world->virtual_time)
        flush(S, out);
    else
        write_ready(S, out);
    return out->used < CSP_STREAM_BUFFER;
}

static void output_move(csp_scheduler *S, struct csp_device *device, void *message)
{
    (void)S;
    struct csp_output *out = (struct csp_output *)device;
    memcpy(out->bytes + out->used, message, 1);
    out->whole = ++out->used;
}

/* ---- input ---- */

static bool has_input(const struct csp_input *in)
{
    return in->device.end > in->device.at;
}

/* Reads once. At the end of the file, as where there is no file, the channel is closed. */
static void read_input(csp_scheduler *S, struct csp_input *in)
{
    ptrdiff_t n = csp_port_read(in->descriptor, in->bytes, sizeof in->bytes);
    in->device.at = in->bytes;
    in->device.end = in->bytes + (n > 0 ? n : 0);
    in->asked = false;
    if (n <= 0)
        csp_close(S, &in->device.channel);
}

static bool input_ready(csp_scheduler *S, struct csp_device *device)
{
    struct csp_input *in = (struct csp_input *)device;
    if (has_input(in))
        return true;
    in->asked = true;
    if (S->world->virtual_time) {
        csp_stream_flush(S);
        read_input(S, in);
    }
    csp_watch(S);
    return has_input(in);
}

static void input_move(csp_scheduler *S, struct csp_device *device, void *message)
{
    (void)S;
    struct csp_input *in = (struct csp_input *)device;
    memcpy(message, in->device.at++, 1);
}

/* ---- those who wait ---- */

static bool awaits_communication(const struct csp_device *device)
{
    return device->channel.first->kind < CSP_ALT_ENDED;
}

/* Who watches for the end of the input waits for it too: only reading finds the end. */
static bool awaits_input(const struct csp_input *in)
{
    return in->device.channel.first->kind <= CSP_ALT_STANDING && !has_input(in);
}

bool csp_stream_awaited(csp_scheduler *S)
{
    struct csp_world *w = S->world;
    return awaits_input(&w->input) || awaits_communication(&w->output.device)
        || awaits_communication(&w->errors.device);
}

static void serve_input(csp_scheduler *S, struct csp_input *in)
{
    while (has_input(in) && awaits_communication(&in->device)) {
        csp_channel_meet(S, &in->device.channel, CSP_SENDING, (char *)in->device.at, 1);
        in->device.at++;
    }
}

static void serve_output(csp_scheduler *S, struct csp_output *out)
{
    char byte;
    while (out->used < CSP_STREAM_BUFFER && awaits_communication(&out->device)) {
        csp_channel_meet(S, &out->device.channel, CSP_RECEIVING, &byte, 1);
        output_move(S, &out->device, &byte);
    }
}

void csp_stream_poll(csp_scheduler *S, int64_t timeout)
{
    struct csp_world *w = S->world;
    unsigned wanted = 0;
    if (w->input.asked || awaits_input(&w->input))
        wanted |= CSP_PORT_READ;
    if (has_output(&w->output))
        wanted |= CSP_PORT_WRITE;
    if (has_output(&w->errors))
        wanted |= CSP_PORT_WRITE_ERRORS;
    unsigned ready = csp_port_wait(wanted, w->jobs.under_way ? w->jobs.wake : -1, timeout);
    if (ready & CSP_PORT_READ) {
        read_input(S, &w->input);
        serve_input(S, &w->input);
    }
    write_ready(S, &w->output);
    serve_output(S, &w->output);
    write_ready(S, &w->errors);
    serve_output(S, &w->errors);
}

/* ---- the world begins ---- */

static void begin_output(struct csp_output *out, int descriptor)
{
    csp_device_begin(&out->device);
    out->device.ready = output_ready;
    out->device.move = output_move;
    out->descriptor = descriptor;
}

void csp_stream_begin(csp_scheduler *S)
{
    struct csp_world *w = S->world;
    csp_device_begin(&w->input.device);
    w->input.device.ready = input_ready;
    w->input.device.move = input_move;
    w->input.descriptor = CSP_STDIN;
    begin_output(&w->output, CSP_STDOUT);
    begin_output(&w->errors, CSP_STDERR);
}
