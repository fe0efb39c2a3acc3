/* port: what the runtime asks of the system below it. port_posix.c is the one for POSIX; another system has another
 * file, and port_thread_posix.c has its threads. Descriptors are those of standard input, output and error: 0, 1, 2. */
#ifndef CSP_PORT_H
#define CSP_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Monotonic nanoseconds. */
int64_t csp_port_clock(void);

/* Zero-filled address space, as much as there is to be had; memory is only taken where it is used. NULL: none. */
void *csp_port_reserve(size_t *size);

/* The address below which the C stack of the running thread must not grow, but for a margin that library functions need. */
uintptr_t csp_port_stack_limit(void);

enum { CSP_PORT_READ = 1, CSP_PORT_WRITE = 2, CSP_PORT_WRITE_ERRORS = 4 };

/* Waits until one of the streams in `wanted` can be used without blocking, or the descriptor `wake` can be read (-1: there
 * is none), or until the timeout (nanoseconds; negative: for ever) is over. Returns the streams that can. */
unsigned csp_port_wait(unsigned wanted, int wake, int64_t timeout);

/* So many bytes a stream that can be written takes without blocking. */
enum { CSP_PORT_PIECE = 4096 };

/* Each blocks if it must, and returns the number of bytes or the negative error number. Reading 0 bytes is the end. */
ptrdiff_t csp_port_read(int descriptor, void *bytes, size_t length);
ptrdiff_t csp_port_write(int descriptor, const void *bytes, size_t length);

/* From now on calls the handler, between any two instructions of this thread, when the user asks where the program is
 * (SIGQUIT). For the whole process of the operating system. */
void csp_port_on_quit(void (*handler)(void *context), void *context);

/* A new file, in place of an old one; the negative error number. */
int csp_port_create(const char *path);
/* 0 or the negative error number. */
int csp_port_close(int descriptor);

/* From now on calls the handler, like that of csp_port_on_quit, before a signal ends the process of the operating system,
 * but for those that are ignored and those of errors; and when somebody calls exit, with signal 0. Where it returns false
 * the signal is forgotten; csp_port_die does then what it would have done. */
void csp_port_on_interrupt(bool (*handler)(void *context, int signal), void *context);
_Noreturn void csp_port_die(int signal);

_Noreturn void csp_port_exit(int status);

/* ---- threads, on which jobs run beside the scheduler ---- */

struct csp_job;

/* They live in zero-filled memory of csp_port_threads_size. Beginning and running return 0 or the error number. `wake`
 * becomes a descriptor that can be read while there are jobs that are done. */
size_t csp_port_threads_size(void);
int csp_port_threads_begin(void *threads, int *wake);
/* The job's `next` is the port's until it is done. */
int csp_port_threads_run(void *threads, struct csp_job *job);
/* Takes the jobs that are done, linked by `next`, the earliest first; `wait`: there is at least one. */
struct csp_job *csp_port_threads_done(void *threads, bool wait);
/* Waits for the jobs that run; those that no thread has begun are dropped. */
void csp_port_threads_end(void *threads);

#endif
