/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "text/header.h"

#include <string.h>

#include "base/err.h"
#include "base/names.h"
#include "base/nearest.h"
#include "base/sanitize.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/marker.h"
#include "text/source.h"

enum { SHOWN = 100 }; /* bytes of a wrong word that a message shows */

struct reader {
	rt_arena *arena;
	const char *path;
	rt_sv text;
	retort_revision *out;
	retort_error *err;
	rt_str doc;
	unsigned seen;      /* bit per key */
	size_t id_offset;   /* of the revision key's value */
	rt_sv down;         /* see rt_header_find_down */
};

/* --- values --- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* EPARSE is set already: say where. */
static int fail_at(const struct reader *r, const char *where)
{
	rt_source_at(r->err, r->path, r->text, (size_t)(where - r->text.p));
	return RETORT_EPARSE;
}

/* Characters that the grammar of identifiers needs: `label@head`, `rev+1`,
 * `-1`, `a:b`; in the order Alembic lists them. */
static void forbidden_in_id(rt_sv id, rt_str *list)
{
	static const char marks[] = "+-:@";
	size_t i;

	for (i = 0; i < sizeof(marks) - 1; i++)
		if (rt_sv_find(id, marks[i]) < id.n)
			rt_str_addf(list, "%s%c", list->n ? ", " : "",
				    marks[i]);
}

static bool is_reserved(rt_sv id)
{
	static const char *const words[] = { "base", "current", "head",
					     "heads" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rt_sv_is(id, words[i]))
			return true;
	return false;
}

/* Letters and digits, too many of them to mean anything else: what tools
 * make up.  Spares nearly every id the look at all that could be wrong. */
static bool is_plain(rt_sv id)
{
	const size_t longest_word = sizeof("current") - 1;
	bool plain = id.n > longest_word;
	size_t i;

	for (i = 0; i < id.n; i++) {
		unsigned c = (unsigned char)id.p[i];

		/* without jumps: in random digits every other one would be
		 * foreseen wrongly */
		plain &= (c - '0' < 10) | ((c | 0x20) - 'a' < 26) | (c == '_');
	}
	return plain;
}

static int check_name(rt_sv id, bool label, int code, retort_error *err)
{
	const char *noun = label ? "branch label" : "revision identifier";
	rt_str bad = RT_STR_INIT;
	size_t i;
	int rc = 0;

	if (is_plain(id))
		return 0;
	if (id.n == 0)
		return rt_err_set(err, code, "the %s is empty", noun);
	for (i = 0; i < id.n; i++) {
		unsigned char c = (unsigned char)id.p[i];

		if (c > ' ' && c != 0x7f && c != ',')
			continue;
		return rt_err_set(err, code, "%s in a %s is not allowed",
				  c == ','                ? "a comma"
				  : c == ' ' || c == '\t' ? "white space"
						: "a control character",
				  noun);
	}
	if (is_reserved(id))
		return rt_err_set(err, code,
				  "'%.*s' cannot be a %s: it means something "
				  "else on the command line",
				  (int)id.n, id.p, noun);
	if (!label)
		forbidden_in_id(id, &bad);
	if (bad.n)
		rc = rt_err_set(err, code,
				"Character(s) '%s' not allowed in revision "
				"identifier '%.*s'",
				bad.p, (int)(id.n < SHOWN ? id.n : SHOWN),
				id.p);
	rt_str_free(&bad);
	return rc;
}

int rt_header_check_id(rt_sv id, bool label, retort_error *err)
{
	return check_name(id, label, RETORT_EUSAGE, err);
}

static int take_id(struct reader *r, rt_sv value)
{
	r->id_offset = (size_t)(value.p - r->text.p);
	if (check_name(value, false, RETORT_EPARSE, r->err))
		return fail_at(r, value.p);
	r->out->id = rt_arena_strsv(r->arena, value);
	return 0;
}

/* "a, b"; nothing at all is no name. */
static int take_names(struct reader *r, rt_sv value, bool labels,
		      retort_names *out)
{
	rt_sv rest = value, name;
	const char **v;
	size_t n = 1, i;

	if (value.n == 0)
		return 0;
	for (i = 0; i < value.n; i++)
		n += value.p[i] == ',';
	v = rt_arena_calloc(r->arena, n, sizeof(*v));
	for (i = 0; rt_sv_split(&rest, ',', &name); i++) {
		rt_sv trimmed = rt_sv_trim(name);

		if (trimmed.n == 0)
			rt_err_set(r->err, RETORT_EPARSE,
				   "a name is missing beside the comma");
		if (trimmed.n == 0 ||
		    check_name(trimmed, labels, RETORT_EPARSE, r->err))
			return fail_at(r, trimmed.n ? trimmed.p : name.p);
		v[i] = rt_arena_strsv(r->arena, trimmed);
	}
	*out = (retort_names){ v, n };
	return 0;
}

static int take_down(struct reader *r, rt_sv value)
{
	return take_names(r, value, false, &r->out->down);
}

static int take_depends_on(struct reader *r, rt_sv value)
{
	return take_names(r, value, true, &r->out->depends_on);
}

static int take_labels(struct reader *r, rt_sv value)
{
	retort_names *labels = &r->out->labels;
	int rc = take_names(r, value, true, labels);

	if (rc == 0 && labels->n > 1)
		*labels = rt_names_sorted(r->arena, *labels);
	return rc;
}

/* The lines of the long text keep their indentation. */
static int take_message(struct reader *r, rt_sv value)
{
	if (!r->out->message) {
		value = rt_sv_trim(value);
		r->out->message = rt_arena_strsv(r->arena, value);
	} else {
		if (value.n && is_blank(value.p[0]))
			value = rt_sv_sub(value, 1, value.n);
		rt_str_addc(&r->doc, '\n');
	}
	rt_str_addsv(&r->doc, value);
	return 0;
}

static int take_created(struct reader *r, rt_sv value)
{
	r->out->created = rt_arena_strsv(r->arena, value);
	return 0;
}

/* --- keys --- */

#define NAME(text) text, sizeof(text) - 1
static const struct key {
	const char *name;
	size_t length;
	int (*take)(struct reader *r, rt_sv value);
	bool repeats;
} keys[] = {
	{ NAME("revision"), take_id, false },
	{ NAME("down_revision"), take_down, false },
	{ NAME("depends_on"), take_depends_on, false },
	{ NAME("branch_labels"), take_labels, false },
	{ NAME("message"), take_message, true },
	{ NAME("created"), take_created, false },
};
#undef NAME

enum { KEYS = sizeof(keys) / sizeof(keys[0]), REVISION = 0, DOWN = 1 };

static const char *key_name(size_t i, const void *self)
{
	(void)self;
	return i < KEYS ? keys[i].name : NULL;
}

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       c == '-';
}

/* Cut `word: value`; false for any other text. */
static bool cut_key(rt_sv text, rt_sv *word, rt_sv *value, bool *loose)
{
	size_t n = 0, colon;

	while (n < text.n && is_key_char(text.p[n]))
		n++;
	for (colon = n; colon < text.n && is_blank(text.p[colon]);)
		colon++;
	if (n == 0 || colon == text.n || text.p[colon] != ':')
		return false;
	*word = rt_sv_sub(text, 0, n);
	*value = rt_sv_sub(text, colon + 1, text.n);
	*loose = colon > n || (value->n && !is_blank(value->p[0]));
	return true;
}

static bool is_lower(rt_sv word)
{
	size_t i;

	for (i = 0; i < word.n; i++)
		if (word.p[i] >= 'A' && word.p[i] <= 'Z')
			return false;
	return true;
}

/*
 * A word before a colon that is no key.  It is a slip of the pen if it is
 * like a key, and an unknown key if it is written like one; else it is prose
 * ("Note: …", "see https://…").
 */
static int judge_unknown(struct reader *r, rt_sv word, bool loose)
{
	const char *like = rt_nearest(word, key_name, NULL);
	int n = (int)(word.n < SHOWN ? word.n : SHOWN);

	if (!like && (loose || !is_lower(word)))
		return 0;
	if (like)
		rt_err_set(r->err, RETORT_EPARSE,
			   "unknown key '%.*s' in the header; did you mean "
			   "'%s'?",
			   n, word.p, like);
	else
		rt_err_set(r->err, RETORT_EPARSE,
			   "unknown key '%.*s' in the header", n, word.p);
	rt_err_field(r->err, RETORT_ERROR_NEXT,
		     "the keys are revision, down_revision, depends_on, "
		     "branch_labels, message and created; a comment goes "
		     "without the colon, or behind the first section marker");
	return fail_at(r, word.p);
}

static int read_key(struct reader *r, rt_sv comment)
{
	rt_sv word, value;
	bool loose;
	size_t i;

	if (!cut_key(comment, &word, &value, &loose))
		return 0;
	for (i = 0; i < KEYS; i++)
		if (word.n == keys[i].length &&
		    memcmp(word.p, keys[i].name, word.n) == 0)
			break;
	if (i == KEYS)
		return judge_unknown(r, word, loose);
	if ((r->seen & 1u << i) && !keys[i].repeats) {
		rt_err_set(r->err, RETORT_EPARSE,
			   "the key '%s' is in the header twice",
			   keys[i].name);
		return fail_at(r, word.p);
	}
	r->seen |= 1u << i;
	if (i == DOWN)
		r->down = value;
	return keys[i].take(r, keys[i].repeats ? value : rt_sv_trim(value));
}

/* --- lines --- */

static int check_line(struct reader *r, rt_sv line)
{
	size_t from = (size_t)(line.p - r->text.p), i;
	bool ascii = true;

	for (i = rt_sanitize_plain_run(line); i < line.n; i++) {
		unsigned char c = (unsigned char)line.p[i];

		ascii &= c < 0x80;
		if ((c >= ' ' && c != 0x7f) || c == '\t')
			continue;
		if (c == '\r')
			rt_err_set(r->err, RETORT_EPARSE,
				   "a carriage return without a line feed in "
				   "the header");
		else
			rt_err_set(r->err, RETORT_EPARSE,
				   "the control character 0x%02x in the header",
				   (unsigned)c);
		return fail_at(r, line.p + i);
	}
	return ascii ? 0
		     : rt_source_check(r->path,
				       rt_sv_sub(r->text, 0, from + line.n),
				       from, true, r->err);
}

/* The end of a block comment that `at` begins; text.n if it has none. */
static size_t skip_block(rt_sv text, size_t at)
{
	for (at += 2; at + 1 < text.n; at++)
		if (text.p[at] == '*' && text.p[at + 1] == '/')
			return at + 2;
	return text.n;
}

/*
 * Read one line, or a block comment.
 *   out:  1 to go on behind *at; 0 at the end of the header
 */
static int read_line(struct reader *r, bool whole, size_t *at, bool *more)
{
	rt_sv rest = rt_sv_sub(r->text, *at, r->text.n), line, options, text;
	size_t length = rt_sv_find(rest, '\n'), end = *at + length;
	int rc;

	/* A line that the text cuts may become anything. */
	if (end == r->text.n && !whole) {
		*more = true;
		return 0;
	}
	if (!rest.n)
		return 0;
	line = rt_sv_sub(rest, 0, length);
	if (length && line.p[length - 1] == '\r')
		line.n--;
	text = rt_sv_trim(line);
	if (rt_sv_starts(text, "/*")) {
		*at = skip_block(r->text, (size_t)(text.p - r->text.p));
		*more = *at == r->text.n && !whole;
		return *more ? 0 : 1;
	}
	if (text.n && !rt_sv_starts(text, "--"))
		return 0;
	rc = check_line(r, line);
	if (rc)
		return rc;
	switch (rt_marker_read(text, &options)) {
	case RT_MARKER_NONE:
		break;
	case RT_MARKER_BAD:
		rc = rt_marker_error(options, r->err);
		(void)fail_at(r, text.p);
		return rc;
	default:
		return 0;
	}
	if (text.n)
		rc = read_key(r, rt_sv_trim(rt_sv_sub(text, 2, text.n)));
	*at = end < r->text.n ? end + 1 : end;
	return rc ? rc : 1;
}

static int finish(struct reader *r)
{
	retort_revision *out = r->out;

	if (!(r->seen & 1u << REVISION)) {
		rt_err_set(r->err, RETORT_EPARSE,
			   r->seen ? "the header has no '-- revision:' line"
				   : "no header: a revision file begins with "
				     "'-- revision: ID'");
		rt_err_field(r->err, RETORT_ERROR_NEXT,
			     "'retort revision' writes new files; SQL that "
			     "is no revision belongs outside the folders of "
			     "revisions");
		return fail_at(r, r->text.p);
	}
	if (!(r->seen & 1u << DOWN)) {
		rt_err_set(r->err, RETORT_EPARSE,
			   "the header has no '-- down_revision:' line");
		rt_err_field(r->err, RETORT_ERROR_NEXT,
			     "name the revision that this one follows, or "
			     "leave the value empty for a base");
		return fail_at(r, r->text.p + r->id_offset);
	}
	if (!out->message)
		out->message = "";
	if (!out->created)
		out->created = "";
	while (r->doc.n && r->doc.p[r->doc.n - 1] == '\n')
		rt_str_truncate(&r->doc, r->doc.n - 1);
	out->doc = r->doc.n > strlen(out->message)
			   ? rt_arena_strsv(r->arena, rt_str_sv(&r->doc))
			   : out->message;
	out->path = rt_arena_strdup(r->arena, r->path);
	return 0;
}

static int read_header(struct reader *r, bool whole, bool *more)
{
	size_t at = rt_source_bom(r->text);
	int rc;

	memset(r->out, 0, sizeof(*r->out));
	*more = false;
	do
		rc = read_line(r, whole, &at, more);
	while (rc > 0);
	if (rc == 0 && !*more)
		rc = finish(r);
	rt_str_free(&r->doc);
	return rc;
}

int rt_header_read(rt_arena *arena, const char *path, rt_sv text, bool whole,
		   retort_revision *out, bool *more, retort_error *err)
{
	struct reader r = { .arena = arena, .path = path, .text = text,
			    .out = out, .err = err, .doc = RT_STR_INIT };

	return read_header(&r, whole, more);
}

int rt_header_find_down(const char *path, rt_sv text, rt_sv *value,
			retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	retort_revision rev;
	struct reader r = { .arena = &arena, .path = path, .text = text,
			    .out = &rev, .err = err, .doc = RT_STR_INIT };
	bool more;
	int rc = read_header(&r, true, &more);

	*value = r.down;
	rt_arena_free(&arena);
	return rc;
}
