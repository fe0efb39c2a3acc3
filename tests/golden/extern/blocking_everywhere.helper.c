#include "blocking.helper.c"
