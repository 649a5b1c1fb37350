/*
 * Matching keeps two places to come back to: the last `*` (which may not swallow a '/') and the last `**`. When the
 * bytes differ, the nearer one swallows one byte more. Two levels suffice: a later star makes earlier ones of its kind
 * irrelevant, because whatever they could still match the later one can match as well.
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
		char c = at(pattern, m.p);
		if (m.p < pattern.len && c == '*') {
			read_stars(&m);
		} else if (m.p < pattern.len && m.t < text.len &&
			   (c == text.at[m.t] || (c == '?' && text.at[m.t] != '/'))) {
			m.p++;
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
