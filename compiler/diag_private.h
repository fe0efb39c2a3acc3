/* diag_private: a message as it is kept until it is printed. Shared by diag*.c; lsp*.c shows it in editors. */
#ifndef DIAG_PRIVATE_H
#define DIAG_PRIVATE_H

#include "diag.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

enum { MOST_CONTEXT = 3 }; /* callers that one message names */

struct message {
    enum severity severity;
    struct where at;
    const char *text;
    const char *warning;   /* the name of its kind, also where it counts as an error; else NULL */
    int order;             /* messages of one place are printed as they came */
    struct message *notes; /* linked by next */
    const struct diag_context *context;
    struct message *next;
};

/* What has been collected, in source order and each once, instead of diag_flush; the count of errors stays. */
struct message **diag_take(int *count);
/* "error", "warning", "note" */
const char *message_severity_word(enum severity severity);
/* With the notes. */
void message_print_text(FILE *to, const struct message *message, bool is_coloured);
void message_print_json(FILE *to, const struct message *message);

#endif
