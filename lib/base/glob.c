/*
 * Matching keeps two places to come back to: the last `*` (which may not swallow a '/') and the
 * last `**`. When the bytes differ, the nearer one swallows one byte more. Two levels suffice: a
 * later star makes earlier ones of its kind irrelevant, because whatever they could still match the
 * later one can match as well.
 */
#include "base/glob.h"

struct retry {
	size_t pattern, text; /* where to go on; text is what is tried next */
	bool set;
};

struct matcher {
	struct slice pattern, text;
	size_t p, t;
	struct retry star, folders;
};

static char at(struct slice s, size_t i)
{
	return i < s.len ? s.at[i] : '\0';
}

/* Bytes of the set at the start of the pattern, "[a-z]"; 0 when it has no end. */
static size_t set_length(struct slice pattern)
{
	size_t at = 1;

	if (at < pattern.len && pattern.at[at] == '!')
		at++;
	if (at < pattern.len && pattern.at[at] == ']')
		at++;
	while (at < pattern.len && pattern.at[at] != ']')
		at++;
	return at < pattern.len ? at + 1 : 0;
}

static bool set_has(struct slice set, char c)
{
	bool inverted = set.at[1] == '!', found = false;
	size_t end = set.len - 1;

	for (size_t i = inverted ? 2 : 1; i < end; i++) {
		if (i + 2 < end && set.at[i + 1] == '-') {
			found = found || (c >= set.at[i] && c <= set.at[i + 2]);
			i += 2;
		} else {
			found = found || c == set.at[i];
		}
	}
	return c != '/' && found != inverted;
}

/* Bytes of the pattern that match the next byte of the text; 0: it does not match. */
static size_t match_one(const struct matcher *m)
{
	struct slice pattern = slice_from(m->pattern, m->p);
	char c = m->text.at[m->t];
	size_t set = pattern.at[0] == '[' ? set_length(pattern) : 0;

	if (set > 0)
		return set_has(slice_new(pattern.at, set), c) ? set : 0;
	return pattern.at[0] == c || (pattern.at[0] == '?' && c != '/');
}

bool glob_valid(struct slice pattern)
{
	for (size_t i = 0; i < pattern.len; i++) {
		size_t set = pattern.at[i] == '[' ? set_length(slice_from(pattern, i)) : 1;
		if (set == 0)
			return false;
		i += set - 1;
	}
	return true;
}

static void read_stars(struct matcher *m)
{
	if (at(m->pattern, m->p + 1) != '*') {
		m->p++;
		m->star = (struct retry){ m->p, m->t, true };
		return;
	}
	m->p += 2;
	if (at(m->pattern, m->p) == '/')
		m->p++;
	m->folders = (struct retry){ m->p, m->t, true };
	m->star.set = false;
}

/* The last `*` takes one byte more; else the last `**`. False when neither can. */
static bool go_back(struct matcher *m)
{
	if (m->star.set && m->star.text < m->text.len && m->text.at[m->star.text] != '/') {
		m->t = ++m->star.text;
		m->p = m->star.pattern;
		return true;
	}
	if (!m->folders.set || m->folders.text >= m->text.len)
		return false;
	m->star.set = false;
	m->folders.text++;
	/* Behind a "**" and '/' a name begins: go on to the start of the next one. */
	if (m->folders.pattern > 0 && m->pattern.at[m->folders.pattern - 1] == '/')
		while (m->folders.text < m->text.len && m->text.at[m->folders.text - 1] != '/')
			m->folders.text++;
	if (m->folders.pattern < m->pattern.len && m->folders.text >= m->text.len)
		return false;
	m->t = m->folders.text;
	m->p = m->folders.pattern;
	return true;
}

bool glob_match(struct slice pattern, struct slice text)
{
	struct matcher m = { .pattern = pattern, .text = text };

	while (m.p < pattern.len || m.t < text.len) {
		size_t matched = 0;
		if (m.p < pattern.len && pattern.at[m.p] == '*') {
			read_stars(&m);
			continue;
		}
		if (m.p < pattern.len && m.t < text.len)
			matched = match_one(&m);
		if (matched > 0) {
			m.p += matched;
			m.t++;
		} else if (!go_back(&m)) {
			return false;
		}
	}
	return true;
}

bool glob_covers(struct slice pattern, struct slice path)
{
	if (pattern.len > 0 && pattern.at[pattern.len - 1] == '/')
		pattern.len--;
	bool names = slice_find(pattern, '/') == pattern.len;
	if (pattern.len > 0 && pattern.at[0] == '/')
		pattern = slice_from(pattern, 1);
	for (size_t start = 0, i = 0; i <= path.len; i++) {
		if (i < path.len && path.at[i] != '/')
			continue;
		if (glob_match(pattern, slice_new(path.at + start, i - start)))
			return true;
		if (names)
			start = i + 1;
	}
	return false;
}
