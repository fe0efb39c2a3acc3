/* port: what the runtime asks of the system below it. port_posix.c is the one for POSIX; another system has another
 * file. Descriptors are those of standard input, output and error: 0, 1, 2. */
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

/* Waits until one of the streams in `wanted` can be used without blocking, or until the timeout (nanoseconds; negative:
 * for ever) is over. Returns those that can. */
unsigned csp_port_wait(unsigned wanted, int64_t timeout);

/* So many bytes a stream that can be written takes without blocking. */
enum { CSP_PORT_PIECE = 4096 };

/* Each blocks if it must, and returns the number of bytes or the negative error number. Reading 0 bytes is the end. */
ptrdiff_t csp_port_read(int descriptor, void *bytes, size_t length);
ptrdiff_t csp_port_write(int descriptor, const void *bytes, size_t length);

_Noreturn void csp_port_exit(int status);

#endif
