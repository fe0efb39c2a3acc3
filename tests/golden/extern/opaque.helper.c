#include "arguments.helper.c"
