#include "layout.h"

#include <string.h>

#define COLUMNS 72
#define WIDEST 76 /* of a line that stays: a command must not break */

typedef enum {
	BLOCK_TEXT,
	BLOCK_ITEM,
	BLOCK_QUOTE,
	BLOCK_LETTER,
	BLOCK_VERBATIM
} BlockType;

typedef struct {
	BlockType type;
	gboolean starts; /* a new paragraph */
	gboolean broken; /* its last line ends in a backslash, which becomes an LF */
	GString *text;   /* an LF in it is a line end that stays */
} Block;

static void
block_clear(gpointer data)
{
	g_string_free(((Block *)data)->text, TRUE);
}

static BlockType
type_of(const char *line, gsize length)
{
	if (length >= 2 && strncmp(line, "- ", 2) == 0)
		return BLOCK_ITEM;
	if (length >= 1 && *line == '>')
		return BLOCK_QUOTE;
	if (length >= 2 && strncmp(line, "| ", 2) == 0)
		return BLOCK_LETTER;
	if (length >= 2 && strncmp(line, "  ", 2) == 0)
		return BLOCK_VERBATIM;
	return BLOCK_TEXT;
}

static gboolean
is_blank(const char *line, gsize length)
{
	while (length > 0 && (*line == ' ' || *line == '\t' || *line == '\r')) {
		line++;
		length--;
	}
	return length == 0;
}

/* Running text goes on in the block before, be it text or an item; lines of a quotation
 * and verbatim ones join their like. */
static gboolean
joins(const Block *last, BlockType type, gboolean starts)
{
	if (last == NULL || starts || type == BLOCK_ITEM)
		return FALSE;
	return last->type == type || (type == BLOCK_TEXT && last->type == BLOCK_ITEM);
}

static void
add_line(GArray *blocks, const char *line, gsize length, gboolean starts)
{
	BlockType type = type_of(line, length);
	gsize mark = type == BLOCK_TEXT ? 0 : (line[0] == '>' && line[1] != ' ') ? 1 : 2;
	Block *last =
	    blocks->len > 0 ? &g_array_index(blocks, Block, blocks->len - 1) : NULL;

	mark = MIN(mark, length);
	if (joins(last, type, starts)) {
		if (type == BLOCK_TEXT && last->broken)
			last->text->str[last->text->len - 1] = '\n';
		else
			g_string_append_c(last->text, type == BLOCK_TEXT ? ' ' : '\n');
	} else {
		Block block = { type, starts, FALSE, g_string_new(NULL) };
		g_array_append_val(blocks, block);
		last = &g_array_index(blocks, Block, blocks->len - 1);
	}
	g_string_append_len(last->text, line + mark, (gssize)(length - mark));
	last->broken = type == BLOCK_TEXT && line[length - 1] == '\\';
}

static GArray *
split(const char *body)
{
	GArray *blocks = g_array_new(FALSE, TRUE, sizeof(Block));
	gboolean starts = FALSE;

	g_array_set_clear_func(blocks, block_clear);
	for (const char *at = body; *at != '\0';) {
		gsize length = strcspn(at, "\n");
		if (is_blank(at, length)) {
			starts = blocks->len > 0;
		} else {
			add_line(blocks, at, length, starts);
			starts = FALSE;
		}
		at += length + (at[length] == '\n' ? 1 : 0);
	}
	return blocks;
}

/* Fills `text` into lines, the first behind `first`, the others behind `rest`. */
static void
fill(GString *out, const char *text, const char *first, const char *rest)
{
	gsize column = (gsize)g_utf8_strlen(first, -1);
	gboolean empty = TRUE;

	g_string_append(out, first);
	while (*text != '\0') {
		gsize length = strcspn(text, " \n");
		gsize width = (gsize)g_utf8_strlen(text, (gssize)length);
		if (length > 0 && !empty &&
		    (text[-1] == '\n' || column + 1 + width > COLUMNS)) {
			g_string_append_printf(out, "\n%s", rest);
			column = strlen(rest);
			empty = TRUE;
		}
		if (length > 0) {
			if (!empty)
				g_string_append_c(out, ' ');
			g_string_append_len(out, text, (gssize)length);
			column += width + (empty ? 0 : 1);
			empty = FALSE;
		}
		text += length + (text[length] != '\0' ? 1 : 0);
	}
	g_string_append_c(out, '\n');
}

/* Lines that stay as they stand, each behind its mark; one of more than `most` columns is
 * filled, the rest of it behind `rest`. */
static void
mark_lines(GString *out, const char *text, const char *mark, const char *rest, glong most)
{
	for (;;) {
		gsize length = strcspn(text, "\n");
		if (g_utf8_strlen(text, (gssize)length) > most) {
			g_autofree char *line = g_strndup(text, length);
			fill(out, line, mark, rest);
		} else {
			g_string_append(out, mark);
			g_string_append_len(out, text, (gssize)length);
			while (out->len > 0 && out->str[out->len - 1] == ' ')
				g_string_truncate(out, out->len - 1);
			g_string_append_c(out, '\n');
		}
		if (text[length] == '\0')
			return;
		text += length + 1;
	}
}

char *
layout_plain(const char *body)
{
	g_autoptr(GArray) blocks = split(body);
	GString *out = g_string_sized_new(strlen(body) + 64);

	for (guint i = 0; i < blocks->len; i++) {
		const Block *block = &g_array_index(blocks, Block, i);
		if (block->starts)
			g_string_append_c(out, '\n');
		switch (block->type) {
		case BLOCK_TEXT:
			fill(out, block->text->str, "", "");
			break;
		case BLOCK_ITEM:
			fill(out, block->text->str, "- ", "  ");
			break;
		case BLOCK_QUOTE:
			mark_lines(out, block->text->str, "> ", "> ", COLUMNS);
			break;
		case BLOCK_LETTER:
			mark_lines(out, block->text->str, "", "", COLUMNS);
			break;
		case BLOCK_VERBATIM:
			mark_lines(out, block->text->str, "  ", "    ", WIDEST);
			break;
		}
	}
	return g_string_free(out, FALSE);
}

/* Escapes, and turns LF into <br>.  Written out since g_markup_escape_text() keeps
 * control characters as references that HTML does not know. */
static void
escape(GString *out, const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++)
		switch (text[i]) {
		case '&':
			g_string_append(out, "&amp;");
			break;
		case '<':
			g_string_append(out, "&lt;");
			break;
		case '>':
			g_string_append(out, "&gt;");
			break;
		case '"':
			g_string_append(out, "&quot;");
			break;
		case '\n':
			g_string_append(out, "<br>\n");
			break;
		default:
			g_string_append_c(out, text[i]);
		}
}

/* Our own text, in which an https address becomes a link. */
static void
escape_linked(GString *out, const char *text)
{
	const char *link;

	while ((link = strstr(text, "https://")) != NULL) {
		gsize length = strcspn(link, " \n<>\"'),;»");
		while (length > 8 && (link[length - 1] == '.' || link[length - 1] == ':'))
			length--;
		escape(out, text, (gsize)(link - text));
		g_string_append(out, "<a href=\"");
		escape(out, link, length);
		g_string_append(out, "\">");
		escape(out, link, length);
		g_string_append(out, "</a>");
		text = link + length;
	}
	escape(out, text, strlen(text));
}

static void
write_html(GString *out, const Block *block)
{
	switch (block->type) {
	case BLOCK_TEXT:
		g_string_append(out, "<p>");
		escape_linked(out, block->text->str);
		g_string_append(out, "</p>\n");
		break;
	case BLOCK_ITEM:
		g_string_append(out, "<li>");
		escape_linked(out, block->text->str);
		g_string_append(out, "</li>\n");
		break;
	case BLOCK_QUOTE:
		g_string_append(out,
		    "<blockquote style=\"margin:0 0 0 .5em; padding-left:1em; "
		    "border-left:3px solid #bbb\">");
		escape(out, block->text->str, block->text->len);
		g_string_append(out, "</blockquote>\n");
		break;
	case BLOCK_LETTER:
		g_string_append(out, "<p>");
		escape(out, block->text->str, block->text->len);
		g_string_append(out, "</p>\n");
		break;
	case BLOCK_VERBATIM:
		g_string_append(out, "<p style=\"margin-left:1.5em\">");
		escape_linked(out, block->text->str);
		g_string_append(out, "</p>\n");
		break;
	}
}

char *
layout_html(const char *body, const char *language)
{
	g_autoptr(GArray) blocks = split(body);
	GString *out = g_string_sized_new(strlen(body) * 2 + 512);
	gboolean in_list = FALSE;

	g_string_append_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"></head>\n"
	    "<body style=\"font-family:sans-serif; line-height:1.4; max-width:42em\">\n",
	    language);
	for (guint i = 0; i < blocks->len; i++) {
		const Block *block = &g_array_index(blocks, Block, i);
		gboolean item = block->type == BLOCK_ITEM;
		if (item != in_list)
			g_string_append(out, item ? "<ul>\n" : "</ul>\n");
		in_list = item;
		write_html(out, block);
	}
	g_string_append_printf(out, "%s</body>\n</html>\n", in_list ? "</ul>\n" : "");
	return g_string_free(out, FALSE);
}
