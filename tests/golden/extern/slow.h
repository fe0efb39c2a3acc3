#ifndef SLOW_H
#define SLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct port port;

port *port_of(int number);

/* Each takes its time. */
int slow_add(int a, int b);
bool slow_is_even(int n);
size_t slow_read(port *p, char *bytes, size_t length);
const char *slow_name(const port *p);
double slow_mean(const double *values, int length);
void slow_sort(int *values, int length, int *swaps);
port *slow_open(const char *name);
void slow_nothing(void);
size_t slow_large(void);
long slow_trace(const int rows[][2], int count, const char *job, int result);

/* Returns when somebody else has called it, too. */
void meet(void);
/* Blocks until somebody calls let_go. */
int held(int n);
void let_go(void);

#endif
