#include "cmd/cli/change_standing.h"

#include "base/alloc.h"
#include "base/pack.h"
#include "cmd/cli/change.h"
#include "cmd/cli/installed.h"
#include "git/source_tree.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_UNUSED = 1000 }; /* of other states of the branches that are kept: one may come back */

void standings_open(struct standings *s, struct context *context, const struct proposal *proposal)
{
	struct strbuf path;

	*s = (struct standings){ .context = context, .proposal = proposal };
	arena_init(&s->arena);
	map_init(&s->known);
	map_init(&s->landed);
	strbuf_init(&path);
	/* One that cannot be kept costs time, nothing else. */
	if (context_state_folder(context, &path, NULL) == 0) {
		strbuf_add_str(&path, "/cache");
		file_make_folders(path.buf, NULL);
		strbuf_add_str(&path, "/changes");
	}
	values_open(&s->kept, path.len ? path.buf : NULL, pmt_version);
	s->kept.most_unused = MOST_UNUSED;
	strbuf_release(&path);
}

static void free_case(struct change_case *c)
{
	if (c)
		change_case_release(c);
	free(c);
}

void standings_close(struct standings *s)
{
	free_case(s->first);
	values_close(&s->kept);
	map_release(&s->landed);
	map_release(&s->known);
	arena_release(&s->arena);
}

/* --- what it depends on --- */

/* "PATH ID" of each of a change's files, one behind the other. */
static void add_landed(struct standings *s, struct slice id, struct strbuf *text)
{
	if (id.at)
		map_put(&s->landed, id, (uintptr_t)arena_strdup(&s->arena, text->buf));
	strbuf_reset(text);
}

static void list_landed(struct standings *s, struct source *source, const struct strvec *paths)
{
	struct slice last = { NULL, 0 };
	struct strbuf text;

	strbuf_init(&text);
	for (size_t i = 0; i < paths->len; i++) {
		struct slice path = slice_of(paths->items[i]), id = slice_from(path, strlen("changes/"));
		const char *blob = source->identity(source, paths->items[i]);

		id.len = slice_find(id, '/');
		if (!slice_starts(path, "changes/") || !id_valid(id, NULL))
			continue;
		if (!last.at || !slice_equal(id, last)) {
			add_landed(s, last, &text);
			last = arena_slice(&s->arena, id);
		}
		strbuf_addf(&text, "%s %s\n", paths->items[i], blob ? blob : "");
	}
	add_landed(s, last, &text);
	strbuf_release(&text);
}

/* The changes that stand in the target. */
static void read_landed(struct standings *s)
{
	const struct proposal *p = s->proposal;
	struct source *source;
	struct strvec paths;

	s->landed_read = true;
	if (source_tree_new(p->repository, &p->target.tip, p->folder.len ? p->folder.at : "", &source, NULL) < 0)
		return;
	strvec_init(&paths);
	source->list(source, &paths, NULL);
	list_landed(s, source, &paths);
	strvec_release(&paths);
	source_free(source);
}

/* The tips of the branches it is prepared on, here and on remotes. */
static bool add_tips(const struct standings *s, const char *id, struct strbuf *out)
{
	const struct branch *branches = s->proposal->branches.items;
	struct strbuf tail;
	bool any = false;

	strbuf_init(&tail);
	strbuf_addf(&tail, "/change/%s", id);
	for (size_t i = 0; i < s->proposal->branches.len; i++)
		if (slice_ends(slice_of(branches[i].name), tail.buf)) {
			strbuf_addf(out, " %s %s", branches[i].name, branches[i].tip.id);
			any = true;
		}
	strbuf_release(&tail);
	return any;
}

static struct slice key_of(struct standings *s, const char *id)
{
	const struct proposal *p = s->proposal;
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_HEX];
	struct strbuf text;
	const char *landed;

	strbuf_init(&text);
	strbuf_addf(&text, "%s %.*s %s", id, (int)p->folder.len, p->folder.len ? p->folder.at : "", p->target.name.buf);
	if (add_tips(s, id, &text)) {
		strbuf_addf(&text, " %s", p->target.tip.id);
	} else {
		if (!s->landed_read)
			read_landed(s);
		landed = map_get_pointer(&s->landed, slice_of(id));
		strbuf_addf(&text, " %s", landed ? landed : "");
	}
	digest_of(strbuf_slice(&text), digest);
	strbuf_release(&text);
	return arena_slice(&s->arena, slice_of(digest_hex(digest, hex)));
}

/* --- one change --- */

static void pack_wide(struct strbuf *out, int64_t number)
{
	pack_number(out, (uint32_t)((uint64_t)number & UINT32_MAX));
	pack_number(out, (uint32_t)((uint64_t)number >> 32));
}

static bool unpack_wide(struct slice *rest, int64_t *number)
{
	uint32_t low, high;

	if (!unpack_number(rest, &low) || !unpack_number(rest, &high))
		return false;
	*number = (int64_t)((uint64_t)high << 32 | low);
	return true;
}

static void keep(struct standings *s, struct slice key, const struct standing *standing)
{
	struct strbuf body;

	strbuf_init(&body);
	pack_number(&body, (uint32_t)standing->stand);
	pack_text(&body, standing->title);
	pack_text(&body, standing->missing);
	pack_number(&body, standing->measured);
	pack_wide(&body, standing->cost);
	pack_wide(&body, standing->finish);
	pack_number(&body, (uint32_t)standing->waits_count);
	for (size_t i = 0; i < standing->waits_count; i++)
		pack_text(&body, standing->waits_for[i]);
	values_put(&s->kept, key, strbuf_slice(&body));
	strbuf_release(&body);
}

static bool take_kept(struct standings *s, struct slice key, struct standing *standing)
{
	struct slice rest, *persons;
	uint32_t stand, measured, count;

	if (!values_get(&s->kept, key, &rest) || !unpack_number(&rest, &stand) || stand > REVIEW_CLOSED || !unpack_text(&rest, &standing->title) ||
		!unpack_text(&rest, &standing->missing) || !unpack_number(&rest, &measured) ||
		!unpack_wide(&rest, &standing->cost) || !unpack_wide(&rest, &standing->finish) ||
		!unpack_number(&rest, &count) || count > rest.len)
		return false;
	persons = arena_calloc(&s->arena, count + 1, sizeof(*persons));
	for (uint32_t i = 0; i < count; i++)
		if (!unpack_text(&rest, &persons[i]))
			return false;
	standing->stand = (enum review_stand)stand;
	standing->measured = measured != 0;
	standing->waits_for = persons;
	standing->waits_count = count;
	standing->known = true;
	return true;
}

static void take_waiting(struct standings *s, const struct review *review, struct standing *standing)
{
	struct strbuf missing;
	struct vec persons;

	strbuf_init(&missing);
	vec_init(&persons, sizeof(struct slice));
	review_missing(review, &missing);
	review_waiting(review, &persons);
	standing->missing = arena_slice(&s->arena, strbuf_slice(&missing));
	standing->waits_count = persons.len;

	struct slice *copies = arena_calloc(&s->arena, persons.len + 1, sizeof(*copies));

	for (size_t i = 0; i < persons.len; i++)
		copies[i] = arena_slice(&s->arena, *(const struct slice *)vec_at(&persons, i));
	standing->waits_for = copies;
	vec_release(&persons);
	strbuf_release(&missing);
}

/* True when what it came to depends on nothing but its key. */
static bool judge(struct standings *s, const char *id, struct standing *standing)
{
	struct change_case *c = xcalloc(1, sizeof(*c));
	struct strvec words;
	struct err trouble;
	bool lasting = false;

	context_err_init(&trouble);
	strvec_init(&words);
	strvec_push(&words, id);
	change_case_init(c, s->context);
	c->proposal.quiet = true;
	c->like = s->first;
	s->judged++;
	if (change_case_open(c, &words, &trouble) == 0) {
		standing->known = true;
		standing->stand = c->review.stand;
		standing->title = arena_slice(&s->arena, record_title(c->proposal.record));
		standing->measured = review_figures(&c->review, &standing->cost, &standing->finish);
		if (standing->stand == REVIEW_SUBMITTED)
			take_waiting(s, &c->review, standing);
		lasting = proposal_has_landed(&c->proposal) ||
			  strcmp(c->proposal.target.name.buf, s->proposal->target.name.buf) == 0;
	} else if (!s->trouble) {
		s->trouble = arena_printf(&s->arena, "%s: %s", id, trouble.message ? trouble.message : "?");
	}
	if (!s->first && standing->known && !proposal_has_landed(&c->proposal))
		s->first = c;
	else
		free_case(c);
	strvec_release(&words);
	err_release(&trouble);
	return lasting;
}

bool standings_lack(struct standings *s, const char *id)
{
	return !map_get(&s->known, slice_of(id), NULL) && !values_have(&s->kept, key_of(s, id));
}

const struct standing *standings_of(struct standings *s, const char *id)
{
	struct standing *standing = map_get_pointer(&s->known, slice_of(id));
	struct slice key;

	if (standing)
		return standing;
	standing = arena_calloc(&s->arena, 1, sizeof(*standing));
	standing->id = arena_slice(&s->arena, slice_of(id));
	map_put(&s->known, standing->id, (uintptr_t)standing);
	key = key_of(s, id);
	if (!take_kept(s, key, standing)) {
		*standing = (struct standing){ .id = standing->id };
		if (judge(s, id, standing))
			keep(s, key, standing);
	}
	return standing;
}
