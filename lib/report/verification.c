#include "report/verification.h"

#include "base/i18n.h"

enum { SHORT_ID = 10 };

struct cell finding_cell(struct arena *arena, const struct finding *finding)
{
	return cell_messagef(arena, finding->message, finding->arguments[0] ? finding->arguments[0] : "",
		finding->arguments[1] ? finding->arguments[1] : "",
		finding->arguments[2] ? finding->arguments[2] : "",
		finding->arguments[3] ? finding->arguments[3] : "", NULL);
}

static struct cell text_or_none(struct arena *arena, struct slice text)
{
	return text.len ? cell_text(arena, text) : cell_none();
}

static void add_columns(struct table *table, bool described)
{
	table_column(table, "verdict", N_("verdict"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_MUST);
	if (described) {
		table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_LOW);
		table_column(table, "author", N_("author"), ALIGN_LEFT, PRIORITY_LOW);
	}
	table_column(table, "change", N_("change"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "rule", N_("rule"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "message", N_("message"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "finding", N_("finding"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "path", N_("file"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "line", N_("line"), ALIGN_RIGHT, PRIORITY_LOW);
}

static void add_row(
	struct doc *doc, struct table *table, const struct verification_facts *facts, const struct finding *f)
{
	struct arena *arena = &doc->arena;
	struct row *row = table_row(table);
	struct cell *cell = row->cells;
	struct slice commit = f->commit, author = { NULL, 0 };
	moment_t when = MOMENT_NONE;

	if (commit.len > SHORT_ID)
		commit.len = SHORT_ID;
	*cell++ = cell_toned(f->refused ? TONE_BAD : TONE_GOOD,
		cell_word(arena, slice_of(f->refused ? N_("refused") : N_("accepted"))));
	*cell++ = text_or_none(arena, commit);
	if (facts->describe) {
		facts->describe(facts->context, f->commit, arena, &author, &when);
		*cell++ = when == MOMENT_NONE ? cell_none() : cell_moment(when);
		*cell++ = text_or_none(arena, author);
	}
	*cell++ = text_or_none(arena, f->change);
	*cell++ = text_or_none(arena, f->rule);
	*cell++ = finding_cell(arena, f);
	*cell++ = cell_text(arena, slice_of(f->id));
	*cell++ = text_or_none(arena, slice_of(f->path));
	*cell++ = f->line ? cell_integer(f->line) : cell_none();
}

static void add_summary(struct doc *doc, const struct verification_facts *facts)
{
	struct block *summary = doc_pairs(doc, "summary");
	struct arena *arena = &doc->arena;

	pairs_add(doc, summary, "accepted", N_("accepted"),
		cell_toned(facts->accepted ? TONE_GOOD : TONE_BAD, cell_yesno(facts->accepted)));
	pairs_add(doc, summary, "ref", N_("branch"), cell_text(arena, slice_of(facts->ref)));
	pairs_add(doc, summary, "old", N_("from"), cell_text(arena, slice_of(facts->old)));
	pairs_add(doc, summary, "new", N_("to"), cell_text(arena, slice_of(facts->new)));
	pairs_add(doc, summary, "commits", N_("commits"), cell_integer((int64_t)facts->commits));
	pairs_add(doc, summary, "pinned", N_("pinned"), cell_yesno(facts->pinned));
	pairs_add(doc, summary, "policy", N_("policy"), cell_yesno(facts->policy));
}

static void add_mends(struct doc *doc, const struct verification_facts *facts)
{
	const struct finding *findings = facts->findings->items;
	struct block *items = NULL;

	for (size_t i = 0; i < facts->findings->len; i++) {
		bool told = !findings[i].mend;

		for (size_t k = 0; k < i && !told; k++)
			told = findings[k].mend &&
			       slice_equal(slice_of(findings[k].mend), slice_of(findings[i].mend));
		if (told)
			continue;
		if (!items) {
			doc_heading(doc, 2, cell_message(N_("What helps")));
			items = doc_items(doc, "next");
		}
		items_add(doc, items, cell_text(&doc->arena, slice_of(findings[i].mend)));
	}
}

void verification_report(struct doc *doc, const struct verification_facts *facts)
{
	const struct finding *findings = facts->findings->items;
	struct table *table;

	add_summary(doc, facts);
	if (facts->accepted && !facts->policy)
		doc_paragraph(doc, cell_message(N_("The project states no policy: nothing but roles, keys, "
						   "policies and baselines is protected.")));
	table = doc_table(doc, "findings", NULL);
	table->empty = facts->accepted ? N_("nothing needed approval") : N_("refused");
	add_columns(table, facts->describe != NULL);
	for (size_t i = 0; i < facts->findings->len; i++)
		add_row(doc, table, facts, &findings[i]);
	add_mends(doc, facts);
}
