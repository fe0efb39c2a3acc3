/* client: an editor for the tests of `cspc lsp`. It starts the real command, speaks the protocol to it, and gives what
 * comes back as text that a test can compare.
 *
 * The text of a file may hold marks, `$1` to `$9`, which are taken out: the places that requests are about. Places come
 * back as "a.csp:LINE:COLUMN-COLUMN", all counted from 1, columns in units of the protocol. All texts that are given
 * back are valid until client_stop. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>

#include <stdbool.h>

/* Starts the server with these options (NULL ends them) in an empty folder, which is the workspace; NULL: nothing
 * special can be done by the client. */
void client_start(const char *capabilities, const char *const options[]);
/* … and says nothing to it yet. */
void client_start_raw(const char *const options[]);
/* Says shutdown and exit. Fails where that does not go well. */
void client_stop(void);

/* ---- the protocol ---- */

void client_send(const char *bytes, size_t length);
/* Closes the server's input. */
void client_hang_up(void);
int client_exit_status(void);
/* The next message, to be released; NULL where there are no more. */
json_t *client_receive(void);
/* The answer to a request, to be released: {"result": …} or {"error": …}. Takes over the params. */
json_t *client_ask(const char *method, json_t *params);
void client_tell(const char *method, json_t *params);
/* "RESULT" as JSON or "error CODE: TEXT" */
const char *client_answer(const char *method, json_t *params);
json_t *client_document(const char *name);

/* ---- files and documents ---- */

/* Only on the disk. */
void client_write(const char *name, const char *text);
const char *client_path(const char *name);
/* Opens a text, and takes the diagnostics that come of it. */
const char *client_open(const char *name, const char *text);
/* Puts a text in place of what is between two marks, or at one, of the last text with marks. */
const char *client_edit(const char *name, const char *from, const char *to, const char *text);
void client_close(const char *name);
/* The next diagnostics, of whatever document: "NAME: LINE:COLUMN-COLUMN severity: text [code]" with lines of "  PLACE:
 * text". */
const char *client_diagnostics(void);

/* ---- requests at a mark ---- */

const char *client_hover(const char *mark);
/* "definition", "references" (with the declaration), "documentHighlight" */
const char *client_places(const char *what, const char *mark);
/* The places that are edited, or what is wrong. */
const char *client_rename(const char *mark, const char *name);
const char *client_prepare_rename(const char *mark);
/* The labels that come before all others, by kind of the place, as "get(…), quit"; "" where there are none. */
const char *client_best(const char *mark);
bool client_offers(const char *mark, const char *label);
/* "title: PLACE -> text" */
const char *client_actions(const char *from, const char *to);
/* The outline of a document: a line each, indented. */
const char *client_outline(const char *name);

#endif
