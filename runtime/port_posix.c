/* port_posix: the port for POSIX systems: clock, memory, the standard streams. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MAP_NORESERVE */

#include "port.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

enum { SECOND = 1000000000 };

int64_t csp_port_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * SECOND + now.tv_nsec;
}

/* ---- memory ---- */

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

/* Large pages where a program has become large: a page is then filled with zeros 512 times as rarely. */
static void prefer_large_pages(char *memory, size_t size)
{
#ifdef MADV_HUGEPAGE
    const size_t small = (size_t)4 << 20;
    if (size > small)
        madvise(memory + small, size - small, MADV_HUGEPAGE);
#else
    (void)memory, (void)size;
#endif
}

/* Half of it again and again until the system agrees: limits of address space differ. */
void *csp_port_reserve(size_t *size)
{
    const size_t least = (size_t)1 << 20;
    for (size_t n = SIZE_MAX > UINT32_MAX ? (size_t)1 << 36 : (size_t)1 << 30; n >= least; n /= 2) {
        void *memory = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (memory != MAP_FAILED) {
            prefer_large_pages(memory, n);
            *size = n;
            return memory;
        }
    }
    return NULL;
}

/* A quarter of the stack may hold the arguments and the environment, above where we are; the margin is for functions that
 * do not ask. Without a limit the system still puts other things somewhere below. */
uintptr_t csp_port_stack_limit(void)
{
    const size_t margin = 128 << 10, sane = 64 << 20;
    struct rlimit limit;
#ifdef __GNUC__
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
#else
    uintptr_t here = (uintptr_t)&limit;
#endif
    size_t size = sane;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        size = (size_t)limit.rlim_cur;
    size -= size / 4;
    return here - (size > 2 * margin ? size - margin : size / 2);
}

/* ---- streams ---- */

/* Using a descriptor that is closed gives an error at once. */
static unsigned closed_streams(unsigned wanted)
{
    unsigned closed = 0;
    for (int i = 0; i < 3; i++) {
        if (fcntl(i, F_GETFD) < 0)
            closed |= 1u << i;
    }
    return closed & wanted;
}

/* pselect, because it counts nanoseconds; CSP_PORT_READ is the bit of descriptor 0, and so on. */
unsigned csp_port_wait(unsigned wanted, int wake, int64_t timeout)
{
    fd_set readable, writable;
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    if (wanted & CSP_PORT_READ)
        FD_SET(STDIN_FILENO, &readable);
    if (wanted & CSP_PORT_WRITE)
        FD_SET(STDOUT_FILENO, &writable);
    if (wanted & CSP_PORT_WRITE_ERRORS)
        FD_SET(STDERR_FILENO, &writable);
    if (wake >= 0)
        FD_SET(wake, &readable);
    struct timespec time = {.tv_sec = (time_t)(timeout / SECOND), .tv_nsec = (long)(timeout % SECOND)};
    if (pselect(wake < 3 ? 3 : wake + 1, &readable, &writable, NULL, timeout < 0 ? NULL : &time, NULL) < 0)
        return errno == EBADF ? closed_streams(wanted) : 0;
    return (FD_ISSET(STDIN_FILENO, &readable) ? CSP_PORT_READ : 0u)
         | (FD_ISSET(STDOUT_FILENO, &writable) ? CSP_PORT_WRITE : 0u)
         | (FD_ISSET(STDERR_FILENO, &writable) ? CSP_PORT_WRITE_ERRORS : 0u);
}

/* Whether a call is to be tried again: a signal came, or the descriptor, which others may share, does not block. */
static bool again(unsigned event)
{
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        csp_port_wait(event, -1, -1);
    else if (errno != EINTR)
        return false;
    return true;
}

ptrdiff_t csp_port_read(int descriptor, void *bytes, size_t length)
{
    ssize_t n;
    do
        n = read(descriptor, bytes, length);
    while (n < 0 && again(CSP_PORT_READ));
    return n < 0 ? -errno : n;
}

ptrdiff_t csp_port_write(int descriptor, const void *bytes, size_t length)
{
    ssize_t n;
    do
        n = write(descriptor, bytes, length);
    while (n < 0 && again(1u << descriptor));
    return n < 0 ? -errno : n;
}

/* ---- SIGQUIT ---- */

static struct {
    void (*handler)(void *context);
    void *context;
} quit;

static void on_quit(int number)
{
    (void)number;
    quit.handler(quit.context);
}

void csp_port_on_quit(void (*handler)(void *context), void *context)
{
    struct sigaction action = {.sa_handler = on_quit, .sa_flags = SA_RESTART};
    quit.handler = handler;
    quit.context = context;
    sigemptyset(&action.sa_mask);
    sigaction(SIGQUIT, &action, NULL);
}

/* ---- files ---- */

int csp_port_create(const char *path)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return descriptor < 0 ? -errno : descriptor;
}

int csp_port_close(int descriptor)
{
    return close(descriptor) < 0 && errno != EINTR ? -errno : 0;
}

/* ---- the end, from outside ---- */

static struct {
    bool (*handler)(void *context, int signal);
    void *context;
} interrupt;

_Noreturn void csp_port_die(int number)
{
    sigset_t set;
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
    _exit(128 + number);
}

static void on_exit_called(void)
{
    interrupt.handler(interrupt.context, 0);
}

static void on_interrupt(int number)
{
    if (interrupt.handler(interrupt.context, number))
        csp_port_die(number);
}

void csp_port_on_interrupt(bool (*handler)(void *context, int signal), void *context)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGABRT};
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART}, before;
    interrupt.handler = handler;
    interrupt.context = context;
    atexit(on_exit_called);
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
}

_Noreturn void csp_port_exit(int status)
{
    exit(status);
}
