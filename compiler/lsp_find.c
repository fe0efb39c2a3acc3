/* lsp_find: all places that name one thing, in all files that are known: those that are open, what they import, and in
 * the folders of the workspace the files with that name in them. Called by lsp_name.c and lsp_rename.c.
 *
 * Each of them is analysed by itself. What is the same in two analyses is declared at the same place of the same file.
 */
#include "lsp_private.h"

#include "path.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is looked for. */
struct wanted {
    struct lsp_finds *finds;
    char *name, *path; /* the file that declares it, by its real name */
    uint32_t byte;
};

/* ---- one file ---- */

static void add(struct lsp_finds *finds, const struct names_use *use)
{
    const struct source *source = lsp_source_of(use->at.begin);
    if (!source->file)
        return;
    if (finds->count == finds->room) {
        finds->room = finds->room * 2 + 16;
        finds->items = lsp_reallocate(finds->items, finds->room * sizeof *finds->items);
    }
    finds->items[finds->count++] = (struct lsp_found){.path = lsp_real_path(source->file),
                                                      .begin = use->at.begin - source->base,
                                                      .end = use->at.end - source->base,
                                                      .is_declaration = use->at.begin == use->symbol->at.begin,
                                                      .range = lsp_range_of(use->at)};
}

/* The offset of the declaration in this analysis; 0 where it does not read the file. */
static uint32_t declaration_in(const struct wanted *wanted)
{
    for (const struct source *source = source_first(); source; source = source->next) {
        char *path = source->file ? lsp_real_path(source->file) : NULL;
        bool is_it = path && strcmp(path, wanted->path) == 0;
        free(path);
        if (is_it)
            return source->base + wanted->byte;
    }
    return 0;
}

static void add_root(struct lsp_finds *finds, const char *path)
{
    finds->roots = lsp_reallocate(finds->roots, (finds->root_count + 2) * sizeof *finds->roots);
    finds->roots[finds->root_count++] = lsp_copy(path);
    finds->roots[finds->root_count] = NULL;
}

static void find_in(const struct wanted *wanted, const char *path)
{
    const struct lsp_analysis *analysis = lsp_analyse(path);
    uint32_t declaration = analysis ? declaration_in(wanted) : 0;
    size_t before = wanted->finds->count;
    for (int i = 0; declaration && i < analysis->use_count; i++)
        if (analysis->uses[i]->symbol->at.begin == declaration)
            add(wanted->finds, analysis->uses[i]);
    if (wanted->finds->count > before)
        add_root(wanted->finds, path);
}

/* ---- the folders of the workspace ---- */

enum { DEEPEST = 16, MOST_FILES = 5000 };

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0, count = file ? 1 : 0;
    while (count > 0) {
        text = lsp_reallocate(text, size + 65536 + 1);
        count = fread(text + size, 1, 65536, file);
        size += count;
        text[size] = '\0';
    }
    if (file)
        fclose(file);
    return text;
}

static bool is_program(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".csp") == 0;
}

static void find_in_file(const struct wanted *wanted, const char *path, int *left)
{
    if (!is_program(path) || (*left)-- <= 0 || lsp_document_of_path(path))
        return;
    char *text = read_file(path);
    if (text && strstr(text, wanted->name))
        find_in(wanted, path);
    free(text);
}

/* Links are not followed, so that there are no circles; what is hidden is no part of the program. */
static void find_in_folder(const struct wanted *wanted, const char *path, int depth, int *left)
{
    DIR *folder = depth < DEEPEST ? opendir(path) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        struct stat status = {0};
        if (entry->d_name[0] == '.')
            continue;
        char *inner = lsp_allocate(strlen(path) + strlen(entry->d_name) + 2);
        sprintf(inner, "%s/%s", path, entry->d_name);
        lstat(inner, &status);
        if (S_ISDIR(status.st_mode))
            find_in_folder(wanted, inner, depth + 1, left);
        else if (S_ISREG(status.st_mode))
            find_in_file(wanted, inner, left);
        free(inner);
    }
    if (folder)
        closedir(folder);
}

/* ---- all ---- */

static int compare(const void *left, const void *right)
{
    const struct lsp_found *a = left, *b = right;
    int order = strcmp(a->path, b->path);
    return order ? order : a->begin < b->begin ? -1 : a->begin > b->begin;
}

static void release_found(struct lsp_found *found)
{
    free(found->path);
    json_decref(found->range);
}

/* In order, each place once. */
static void tidy(struct lsp_finds *finds)
{
    size_t count = 0;
    if (finds->count > 0)
        qsort(finds->items, finds->count, sizeof *finds->items, compare);
    for (size_t i = 0; i < finds->count; i++)
        if (count > 0 && compare(&finds->items[count - 1], &finds->items[i]) == 0)
            release_found(&finds->items[i]);
        else
            finds->items[count++] = finds->items[i];
    finds->count = count;
}

/* What is local is known in its own file only. */
static void find_elsewhere(const struct wanted *wanted, const struct lsp_document *document)
{
    int left = MOST_FILES;
    for (const struct lsp_document *other = lsp_documents; other; other = other->next)
        if (other != document)
            find_in(wanted, other->path);
    for (char **folder = lsp_client.folders; folder && *folder; folder++)
        find_in_folder(wanted, *folder, 0, &left);
}

void lsp_find(struct lsp_finds *finds, const struct lsp_document *document, const struct names_use *use)
{
    const struct symbol *symbol = use->symbol;
    const struct source *source = lsp_source_of(symbol->at.begin);
    bool is_local = symbol->region != NULL;
    if (!source || !source->file)
        return;
    struct wanted wanted = {finds, lsp_copy(symbol->name), lsp_real_path(source->file),
                            symbol->at.begin - source->base};
    find_in(&wanted, document->path);
    if (!is_local)
        find_elsewhere(&wanted, document);
    tidy(finds);
    free(wanted.name);
    free(wanted.path);
}

void lsp_finds_release(struct lsp_finds *finds)
{
    for (size_t i = 0; i < finds->count; i++)
        release_found(&finds->items[i]);
    for (size_t i = 0; i < finds->root_count; i++)
        free(finds->roots[i]);
    free(finds->items);
    free(finds->roots);
    *finds = (struct lsp_finds){0};
}
