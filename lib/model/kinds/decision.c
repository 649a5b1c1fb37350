#include "model/kinds/kinds.h"
#include "model/project.h"

#include <stdlib.h>

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The decision in one line") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "proposed|accepted|rejected|superseded", .fallback = "accepted",
		.doc = N_("Whether it holds") },
	{ "context", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What made a decision necessary") },
	{ "options", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("What was considered, one a line") },
	{ "decision", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What was decided, and why") },
	{ "consequences", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What follows from it, good and bad") },
	{ "decided_by", TYPE_REFS, FIELD_COLUMN, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who decided") },
	{ "decided", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("When") },
	{ "due", TYPE_DATE, 0, CLASS_FREE, .doc = N_("By when a proposed one must be decided") },
	{ "supersedes", TYPE_REFS, 0, CLASS_FREE, .of = "decision",
		.doc = N_("Decisions it replaces") },
	{ "meeting", TYPE_REF, 0, CLASS_FREE, .of = "meeting", .doc = N_("Meeting that took it") },
	{ "change", TYPE_REF, 0, CLASS_FREE, .of = "change",
		.doc = N_("Change that carries it out") },
	{ "tasks", TYPE_REFS, 0, CLASS_FREE, .of = "task", .doc = N_("Tasks it concerns") },
	{ "review", TYPE_DATE, 0, CLASS_FREE, .doc = N_("When to look at it again") },
	/* computed by lib/risk */
	{ "superseded_by", TYPE_REFS, FIELD_COMPUTED, CLASS_FREE, .of = "decision",
		.doc = N_("Decisions that replace it") },
	{ "overdue", TYPE_INTEGER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Days since it had to be decided, or looked at again") },
};

/* Decisions as a graph from new to old, walked depth first without recursion. O(decisions + references). */
struct walk {
	const struct project *project;
	struct diagnostics *found;
	unsigned char *state; /* by kind_number: 0 not met, 1 on the path, 2 done */
	struct vec path;      /* struct step */
};

struct step {
	const struct record *record;
	struct slice rest; /* of what it supersedes */
};

static void enter(struct walk *walk, const struct record *record)
{
	struct step *step = vec_push(&walk->path);

	step->record = record;
	step->rest = record_text_or(record, "supersedes");
	walk->state[record->kind_number] = 1;
}

/* The path ends at a decision that supersedes `met`, which stands further up. */
static void report_circle(struct walk *walk, const struct record *met)
{
	const struct step *steps = walk->path.items;
	struct check check = { walk->project, steps[walk->path.len - 1].record, walk->found };
	struct strbuf text;
	size_t at = 0, shown = 0;

	strbuf_init(&text);
	while (steps[at].record != met)
		at++;
	for (; at < walk->path.len; at++)
		if (++shown <= 8)
			strbuf_addf(&text, "%.*s → ", (int)steps[at].record->id.len, steps[at].record->id.at);
	strbuf_addf(&text, "%s%.*s", shown > 8 ? "… → " : "", (int)met->id.len, met->id.at);
	check_fault(&check, "supersedes", 0, "decision-cycle",
		N_("decisions supersede each other in a circle: %s"), strbuf_slice(&text));
	strbuf_release(&text);
}

static void walk_on(struct walk *walk)
{
	struct step *step = vec_at(&walk->path, walk->path.len - 1);
	const struct record *next;
	struct slice item;

	if (!slice_next(&step->rest, ",\n", &item)) {
		walk->state[step->record->kind_number] = 2;
		walk->path.len--;
		return;
	}
	next = item.len ? project_find(walk->project, &kind_decision, item) : NULL;
	if (!next || next == step->record) /* unknown, itself: reported elsewhere */
		return;
	if (walk->state[next->kind_number] == 1)
		report_circle(walk, next);
	else if (walk->state[next->kind_number] == 0)
		enter(walk, next);
}

static void check_circles(const struct project *project, struct diagnostics *found)
{
	struct walk walk = { .project = project, .found = found };
	const struct record *record;

	walk.state = xcalloc(project_count(project, &kind_decision), 1);
	vec_init(&walk.path, sizeof(struct step));
	FOREACH_RECORD(project, &kind_decision, record)
	{
		if (walk.state[record->kind_number] == 0)
			enter(&walk, record);
		while (walk.path.len)
			walk_on(&walk);
	}
	vec_release(&walk.path);
	free(walk.state);
}

static void check_decision(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "supersedes");
	check_order(&check, "decided", "review");
}

const struct kind kind_decision = {
	.name = "decision",
	.plural = "decisions",
	.prefix = "D",
	.place = "decisions/%s.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_decision,
	.check_all = check_circles,
	.doc = N_("A decision with its reasons, so that nobody has to guess later"),
	.example = "[decision D-3]\n"
		   "title      = 结算引擎采用消息队列解耦\n"
		   "context    = 医院峰值集中在 10 点到 11 点\n"
		   "options    = 同步调用\n"
		   "             消息队列\n"
		   "decision   = 消息队列：峰值可排队，医院侧不受影响\n"
		   "decided_by = li.wei\n"
		   "decided    = 2026-03-20\n",
};
