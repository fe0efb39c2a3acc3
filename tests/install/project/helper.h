#ifndef HELPER_H
#define HELPER_H

int twice(int n);

#endif
