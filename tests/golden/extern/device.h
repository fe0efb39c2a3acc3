#ifndef DEVICE_H
#define DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct device device;

#define DEVICE_MAKER "ACME \"devices\""
#define DEVICE_LARGEST 4000000000u
#define DEVICE_HALF 0.5
static device *const device_none = NULL;

device *device_open(const char *name);
int device_open_at(const char *name, device **opened);
const char *device_name(const device *d);
void device_write(device *d, const char *bytes, size_t length);
size_t device_read(device *d, void *bytes, size_t length);
int device_sum(const unsigned char *bytes, int length);
void device_scale(double *values, int length, const double *factor);
void device_turn(int matrix[][3], int rows);
int device_trace(const int matrix[][3], int rows);
void device_count(device *const *devices, int length, int64_t *count, bool *many, char *letter);
void device_close(device *d);

#endif
