/* home: where the files that belong to cspc are. Called by main, options.c, cc.c and run.c. */
#ifndef HOME_H
#define HOME_H

/* Finds the folder in which cspc lies. Until then it is the one that it was configured to be installed in. */
void home_find(const char *argv0);

/* The folder that holds std/; the folder of csp.h; libcsp.a; what gdb is told of processes. */
const char *home_library(void);
const char *home_headers(void);
const char *home_archive(void);
const char *home_debugger(void);

#endif
