/* depend: the rule for make that -MD writes, in the form that gcc gives such rules: make, Ninja and CMake read it.
 * Called by drive.c. */
#include "depend.h"

#include <string.h>

/* As make wants it: a space or a # behind a backslash, and so the backslashes in front of them; a $ twice. */
static void put_name(FILE *to, const char *name)
{
    for (; *name; name++) {
        size_t slashes = strspn(name, "\\");
        bool is_special = strchr(" \t#", name[slashes]) && name[slashes];
        for (size_t i = 0; i < (is_special ? 2 * slashes : slashes); i++)
            fputc('\\', to);
        name += slashes;
        if (!*name)
            return;
        fputs(is_special ? "\\" : *name == '$' ? "$" : "", to);
        fputc(*name, to);
    }
}

void depend_write(FILE *to, const struct depend_options *options)
{
    put_name(to, options->target);
    fputs(":", to);
    for (const struct source *s = source_first(); s; s = s->next)
        if (s->file) {
            fputs(" \\\n  ", to);
            put_name(to, s->file);
        }
    fputs("\n", to);
    for (const struct source *s = source_first(); s; s = s->next)
        if (s->file && s->index && options->has_rules_for_files) {
            fputs("\n", to);
            put_name(to, s->file);
            fputs(":\n", to);
        }
}
