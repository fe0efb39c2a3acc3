/* lsp_format: a document as `cspc fmt` would write it. Called by lsp.c. */
#include "lsp_private.h"

#include "diag.h"
#include "fmt.h"

json_t *lsp_formatting(const json_t *params)
{
    struct lsp_document *document = lsp_document_at(params, NULL);
    if (!document)
        return NULL;
    lsp_analyse_forget();
    const struct lsp_lines *lines = &document->lines;
    const char *text = fmt_text(document->path, lines->text, lines->length);
    json_t *answer =
        text ? json_pack("[{s:o, s:o}]", "range", lsp_range(lines, 0, lines->length), "newText", lsp_text(text))
             : lsp_fail(LSP_REQUEST_FAILED, "a text with errors of syntax is not formatted");
    lsp_analyse_forget();
    return answer;
}
