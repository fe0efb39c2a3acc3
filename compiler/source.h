/* source: the texts that are compiled, and places in them.
 *
 * All files of one compilation share one space of byte offsets: a file is given a range of it when it is read, so a
 * place is two numbers and knows its file. Offset 0 belongs to no file (a place that is all zero is "nowhere"). */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A stretch of source text: the bytes from begin up to, not including, end. */
struct where {
    uint32_t begin, end;
};

struct source {
    const char *path;  /* as messages show it */
    const char *file;  /* where it was read; NULL: not from a file */
    const char *text;  /* length bytes and a NUL behind them */
    char *owned;       /* the same, where source_read has read it */
    uint32_t length;
    uint32_t base;     /* offset of the first byte in the common space */
    int index;         /* 0 for the first file read, 1 for the next … */
    uint32_t *lines;   /* where each line begins, in bytes of text; NULL until source_position asks */
    uint32_t line_count, asked_line;
    struct source *next;
};

/* A place as people read it. Lines and columns count from 1; a column is counted in characters (UTF-8), a tab is
 * one. */
struct position {
    const struct source *source;
    int line, column;
    const char *line_text; /* not terminated */
    int line_length;       /* in bytes, without the line end */
};

/* Reads a file ("-" is standard input) or returns NULL and an error text in *why. */
struct source *source_read(const char *path, const char **why);
/* Asked before a file is read: the text to take instead, which is copied; or NULL, and in *why what is wrong with the file;
 * or NULL and nothing. Editors have texts that are not saved yet. */
typedef const char *source_overlay(const char *path, size_t *length, const char **why);
void source_set_overlay(source_overlay *by);
/* Takes a text that is already in memory (tests, -D). The text must outlive the compilation. */
struct source *source_text(const char *path, const char *text, size_t length);

/* All sources in the order in which they were read. */
const struct source *source_first(void);
struct position source_position(uint32_t offset);
/* Joins two places of one file: from the begin of a to the end of b. */
struct where source_join(struct where a, struct where b);
/* The length of the UTF-8 character at a place in a text that goes on to end; 0 where there is none. */
int source_utf8(const char *at, const char *end);
/* The same for walking over a line: a byte that is no UTF-8 counts as a character. Never 0. */
int source_character(const char *at, const char *end);
/* Forgets all sources. */
void source_release(void);

#endif
