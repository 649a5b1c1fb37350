#include "cmd/cli/template.h"

#include "cmd/cli/context.h"

/*
 * Information-system integration, after the customary phases: initiation, requirements, design, build in three layers,
 * system test, pilot, roll-out, acceptance, hand-over.
 */
static const struct template_task integration[] = {
	{ N_("Initiation and planning"), NULL, NULL, NULL, NULL, NULL },             /* 1 */
	{ N_("Project charter and kick-off"), "1", NULL, "3d", NULL, NULL },         /* 2 */
	{ N_("Project plan approved"), "1", "2", NULL, "milestone", "yes" },         /* 3 */
	{ N_("Requirements"), NULL, NULL, NULL, NULL, NULL },                        /* 4 */
	{ N_("Requirements survey"), "4", "3", "10d", NULL, NULL },                  /* 5 */
	{ N_("Requirements specification and review"), "4", "5", "5d", NULL, NULL }, /* 6 */
	{ N_("Requirements frozen"), "4", "6", NULL, "milestone", "yes" },           /* 7 */
	{ N_("Design"), NULL, NULL, NULL, NULL, NULL },                              /* 8 */
	{ N_("Architecture and security design"), "8", "7", "8d", NULL, NULL },      /* 9 */
	{ N_("Interface specification"), "8", "9 SS+3d", "6d", NULL, NULL },         /* 10 */
	{ N_("Build"), NULL, NULL, NULL, NULL, NULL },                               /* 11 */
	{ N_("Infrastructure layer"), "11", "9", "15d", NULL, NULL },                /* 12 */
	{ N_("Business layer"), "11", "9", "30d", NULL, NULL },                      /* 13 */
	{ N_("Interface layer"), "11", "10", "20d", NULL, NULL },                    /* 14 */
	{ N_("Test"), NULL, NULL, NULL, NULL, NULL },                                /* 15 */
	{ N_("System integration test"), "15", "12,13,14", "10d", NULL, NULL },      /* 16 */
	{ N_("Security and performance test"), "15", "16 SS+5d", "8d", NULL, NULL }, /* 17 */
	{ N_("Pilot"), NULL, NULL, NULL, NULL, NULL },                               /* 18 */
	{ N_("Pilot deployment and training"), "18", "16,17", "5d", NULL, NULL },    /* 19 */
	{ N_("Pilot operation"), "18", "19", NULL, "duration", "20d" },              /* 20 */
	{ N_("Pilot accepted"), "18", "20", NULL, "milestone", "yes" },              /* 21 */
	{ N_("Roll-out"), NULL, NULL, NULL, NULL, NULL },                            /* 22 */
	{ N_("Data migration and roll-out"), "22", "21", "15d", NULL, NULL },        /* 23 */
	{ N_("Acceptance and hand-over"), NULL, NULL, NULL, NULL, NULL },            /* 24 */
	{ N_("Trial operation"), "24", "23", NULL, "duration", "30d" },              /* 25 */
	{ N_("Final acceptance"), "24", "25", NULL, "milestone", "yes" },            /* 26 */
	{ N_("Hand-over to operations"), "24", "26", "5d", NULL, NULL },             /* 27 */
	{ N_("Project closed"), "24", "27", NULL, "milestone", "yes" },              /* 28 */
	{ NULL, NULL, NULL, NULL, NULL, NULL },
};

static const struct template_task scrum[] = {
	{ N_("Product backlog"), NULL, NULL, NULL, NULL, NULL },         /* 1 */
	{ N_("Vision and first backlog"), "1", NULL, "5d", NULL, NULL }, /* 2 */
	{ N_("Sprint 1"), NULL, NULL, NULL, NULL, NULL },                /* 3 */
	{ N_("Walking skeleton"), "3", "2", "10d", NULL, NULL },         /* 4 */
	{ N_("Sprint 1 review"), "3", "4", NULL, "milestone", "yes" },   /* 5 */
	{ N_("Sprint 2"), NULL, NULL, NULL, NULL, NULL },                /* 6 */
	{ N_("Minimum viable product"), "6", "5", "10d", NULL, NULL },   /* 7 */
	{ N_("Sprint 2 review"), "6", "7", NULL, "milestone", "yes" },   /* 8 */
	{ NULL, NULL, NULL, NULL, NULL, NULL },
};

const struct template templates[] = {
	{ "minimal", N_("Settings and a calendar, no tasks"), NULL, NULL },
	{ "integration", N_("System integration in phases, from charter to hand-over"), "waterfall", integration },
	{ "scrum", N_("A backlog and the first sprints"), "scrum", scrum },
	{ NULL, NULL, NULL, NULL },
};

/* "9 SS+3d,12" → "T-9 SS+3d, T-12" */
static void add_references(struct strbuf *out, const char *text)
{
	struct slice rest = slice_of(text), item;
	bool first = true;

	while (slice_next(&rest, ",", &item)) {
		strbuf_addf(out, "%sT-%.*s", first ? "" : ", ", (int)item.len, item.at);
		first = false;
	}
}

static void add_line(struct strbuf *out, int width, const char *key, const char *value)
{
	strbuf_addf(out, "%-*s = %s\n", width, key, value);
}

void template_plan(const struct template *template, struct strbuf *out)
{
	struct strbuf references;

	strbuf_init(&references);
	for (size_t i = 0; template->tasks && template->tasks[i].title; i++) {
		const struct template_task *t = &template->tasks[i];
		int width = (int)strlen(t->key ? t->key : "");
		if (width < (int)strlen("depends"))
			width = (int)strlen("depends");
		strbuf_addf(out, "%s[task T-%zu]\n", out->len ? "\n" : "", i + 1);
		add_line(out, width, "title", _(t->title));
		strbuf_reset(&references);
		if (t->parent) {
			add_references(&references, t->parent);
			add_line(out, width, "parent", references.buf);
		}
		strbuf_reset(&references);
		if (t->depends) {
			add_references(&references, t->depends);
			add_line(out, width, "depends", references.buf);
		}
		if (t->effort)
			add_line(out, width, "effort", t->effort);
		if (t->key)
			add_line(out, width, t->key, t->value);
	}
	strbuf_release(&references);
}

const char template_policy[] =
	"; [policy scope]\n"
	"; protect = task.title task.parent task.depends task.effort requirement.*\n"
	"; after   = baseline\n"
	"; approve = sponsor, 1 of ccb\n"
	";\n"
	"; [policy root]\n"
	"; protect = authority\n"
	"; approve = 2 of admin\n";
