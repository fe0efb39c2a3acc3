/* lsp_analyse: the stages of the compiler up to usage, over a file as the editor has it, for what they find out:
 * messages, and which names stand where. Called by the requests.
 *
 * There is one analysis at a time, and it owns the arena: the next one begins by giving everything back, so that a
 * server which runs for days holds no more than that. After errors of syntax the stages go on with what has been
 * understood, so that names keep their meaning; what they then report is a consequence, and not shown. */
#include "lsp_private.h"

#include "arena.h"
#include "check.h"
#include "drive.h"
#include "parse.h"
#include "path.h"
#include "resolve.h"
#include "type.h"
#include "usage.h"
#include "warn.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct options *options;
static const struct lsp_patch *patches;
static struct lsp_analysis *kept; /* of kept_path, without patches */
static char *kept_path;
static struct lsp_lines *lines; /* by index of the source */
static int line_count;

/* ---- where texts come from ---- */

static const char *text_of(const char *text, size_t length, size_t *to)
{
    *to = length;
    return text;
}

static const struct lsp_patch *patch_of(const char *path)
{
    const struct lsp_patch *patch = patches;
    while (patch && strcmp(patch->path, path) != 0 && !path_is_same(patch->path, path))
        patch = patch->next;
    return patch;
}

/* A pipe or a device may have no end, or be the one by which the client speaks. */
static const char *overlay(const char *path, size_t *length, const char **why)
{
    struct stat status;
    const struct lsp_patch *patch = patch_of(path);
    const struct lsp_document *document = patch ? NULL : lsp_document_of_path(path);
    if (patch)
        return text_of(patch->text, patch->length, length);
    if (document)
        return text_of(document->text, document->lines.length, length);
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        *why = "this is no file of text";
    return NULL;
}

/* ---- the stages ---- */

/* The parts of the program as they were written; check takes generics out of the list. */
static void keep_declarations(struct lsp_analysis *analysis, const struct module *module)
{
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        analysis->declaration_count++;
    analysis->declarations = NEW_ARRAY(struct declaration *, (size_t)analysis->declaration_count);
    int count = 0;
    for (struct declaration *declaration = module->declarations; declaration; declaration = declaration->next)
        analysis->declarations[count++] = declaration;
}

static void find_out(struct lsp_analysis *analysis, struct module *module)
{
    analysis->has_syntax_errors = diag_errors() > 0;
    if (analysis->has_syntax_errors)
        analysis->messages = diag_take(&analysis->message_count);
    struct check_override *overrides = drive_definitions(options);
    resolve_module(module);
    check_module(module, overrides);
    usage_module(module);
    if (diag_errors() == 0)
        warn_module(module);
    if (!analysis->has_syntax_errors)
        analysis->messages = diag_take(&analysis->message_count);
}

/* ---- names ---- */

static int compare_uses(const void *left, const void *right)
{
    const struct names_use *a = *(const struct names_use *const *)left, *b = *(const struct names_use *const *)right;
    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    return a->order > b->order ? -1 : 1;
}

/* Of one place the last use holds: check knows better than resolve. */
static void keep_uses(struct lsp_analysis *analysis)
{
    int count = 0, kept_count = 0;
    const struct names_use **uses = NEW_ARRAY(const struct names_use *, (size_t)names_count());
    for (const struct names_use *use = names_first(); use; use = use->next)
        uses[count++] = use;
    if (count)
        qsort(uses, (size_t)count, sizeof *uses, compare_uses);
    for (int i = 0; i < count; i++)
        if (kept_count == 0 || uses[kept_count - 1]->at.begin != uses[i]->at.begin)
            uses[kept_count++] = uses[i];
    analysis->uses = uses;
    analysis->use_count = kept_count;
}

const struct names_use *lsp_use_at(const struct lsp_analysis *analysis, size_t byte)
{
    uint32_t place = analysis->source->base + (uint32_t)byte;
    int low = 0, high = analysis->use_count; /* the last that begins at or before the place */
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (analysis->uses[middle]->at.begin <= place)
            low = middle + 1;
        else
            high = middle;
    }
    const struct names_use *use = low > 0 ? analysis->uses[low - 1] : NULL;
    if (use && use->at.begin == place && low > 1 && use->at.end == place)
        use = analysis->uses[low - 2];
    return use && use->at.begin >= analysis->source->base && place <= use->at.end ? use : NULL;
}

/* ---- places ---- */

const struct source *lsp_source_of(uint32_t offset)
{
    const struct source *source = offset ? source_first() : NULL;
    while (source && offset > source->base + source->length)
        source = source->next;
    return source;
}

static int source_count(void)
{
    int count = 0;
    for (const struct source *source = source_first(); source; source = source->next)
        count++;
    return count;
}

struct lsp_lines lsp_lines_of(const struct source *source)
{
    if (source->index >= line_count) {
        line_count = source_count();
        lines = NEW_ARRAY(struct lsp_lines, (size_t)line_count);
    }
    struct lsp_lines *of = &lines[source->index];
    if (!of->begins) {
        size_t count = lsp_count_lines(source->text, source->length);
        uint32_t *begins = NEW_ARRAY(uint32_t, count);
        lsp_find_lines(source->text, source->length, begins);
        *of = (struct lsp_lines){source->text, source->length, count, begins};
    }
    return *of;
}

json_t *lsp_range_of(struct where at)
{
    const struct source *source = lsp_source_of(at.begin);
    struct lsp_lines of = lsp_lines_of(source);
    uint32_t end = at.end < at.begin ? at.begin : at.end, most = source->base + source->length;
    return lsp_range(&of, at.begin - source->base, (end < most ? end : most) - source->base);
}

json_t *lsp_location_of(struct where at)
{
    const struct source *source = lsp_source_of(at.begin);
    if (!source || !source->file)
        return NULL;
    return json_pack("{s:o, s:o}", "uri", lsp_uri_of_path(source->file), "range", lsp_range_of(at));
}

/* ---- from outside ---- */

void lsp_analyse_begin(const struct options *given)
{
    options = given;
    source_set_overlay(overlay);
}

void lsp_analyse_forget(void)
{
    free(kept_path);
    kept_path = NULL;
    kept = NULL;
    lines = NULL;
    line_count = 0;
    lsp_position_forget();
    names_release();
    diag_forget();
    type_release();
    source_release();
    arena_release();
}

const struct lsp_analysis *lsp_analyse_patched(const char *path, const struct lsp_patch *with, const char *asked)
{
    lsp_analyse_forget();
    patches = with;
    names_begin(asked ? arena_name(asked, strlen(asked)) : NULL);
    struct module *module = parse_file(path, &options->parse);
    struct lsp_analysis *analysis = NULL;
    if (module) {
        module->has_host = true;
        analysis = NEW(struct lsp_analysis);
        analysis->source = source_first();
        keep_declarations(analysis, module);
        find_out(analysis, module);
        keep_uses(analysis);
    }
    patches = NULL;
    return analysis;
}

const struct lsp_analysis *lsp_analyse(const char *path)
{
    if (kept && strcmp(kept_path, path) == 0)
        return kept;
    char *copy = lsp_copy(path); /* the path may belong to the analysis that ends now */
    kept = (struct lsp_analysis *)lsp_analyse_patched(copy, NULL, NULL);
    kept_path = copy;
    if (!kept)
        lsp_analyse_forget();
    return kept;
}
