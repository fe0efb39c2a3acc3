#include "device.h"

#include <string.h>

struct device {
    char name[16];
    char bytes[16];
    size_t length;
};

static device devices[4];
static int count;

device *device_open(const char *name)
{
    if (*name == 0)
        return NULL;
    device *d = &devices[count++];
    strcpy(d->name, name);
    return d;
}

int device_open_at(const char *name, device **opened)
{
    *opened = device_open(name);
    return *opened ? 0 : -1;
}

const char *device_name(const device *d)
{
    return d ? d->name : NULL;
}

void device_write(device *d, const char *bytes, size_t length)
{
    memcpy(d->bytes, bytes, length);
    d->length = length;
}

size_t device_read(device *d, void *bytes, size_t length)
{
    size_t n = length < d->length ? length : d->length;
    memcpy(bytes, d->bytes, n);
    return n;
}

int device_sum(const unsigned char *bytes, int length)
{
    int sum = 0;
    for (int i = 0; i < length; i++)
        sum += bytes[i];
    return sum;
}

void device_scale(double *values, int length, const double *factor)
{
    for (int i = 0; i < length; i++)
        values[i] *= factor[0];
}

void device_turn(int matrix[][3], int rows)
{
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < i; j++) {
            int other = matrix[i][j];
            matrix[i][j] = matrix[j][i];
            matrix[j][i] = other;
        }
}

int device_trace(const int matrix[][3], int rows)
{
    int trace = 0;
    for (int i = 0; i < rows; i++)
        trace += matrix[i][i];
    return trace;
}

void device_count(device *const *list, int length, int64_t *sum, bool *many, char *letter)
{
    *sum = 0;
    for (int i = 0; i < length; i++)
        *sum += list[i] != NULL;
    *many = *sum > 1;
    *letter = list[0]->name[0];
}

void device_close(device *d)
{
    d->name[0] = 0;
}
