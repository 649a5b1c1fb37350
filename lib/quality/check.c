#include "quality/check.h"

#include "base/i18n.h"
#include "model/value_scan.h"
#include "quality/rule.h"

#include <string.h>

/* Rules on the records of a kind are checked with the kind (model/kinds/rule.c). */
static void check_rules(const struct project *project, moment_t now, struct diagnostics *found)
{
	const struct rule *items;
	struct rules rules;

	rules_init(&rules, project, ~0u, now);
	items = rules.rules.items;
	for (size_t i = 0; i < rules.rules.len; i++) {
		const struct rule *rule = &items[i];
		const struct entry *entry;
		struct value_fault ignored;
		struct diagnostic *finding;

		if (rule->when || rule->of || strcmp(rule->fault_field, "of") == 0)
			continue;
		entry = record_entry(rule->record, kind_field_find(rule->record->kind, slice_of(rule->fault_field)));
		if (!entry || condition_check(entry->text, &ignored) != 0)
			continue; /* missing, or no condition at all: told by the field's own check */
		finding = diagnose(found, entry_place(project, rule->record, entry, rule->fault.offset), rule->fault.id,
			N_("the condition does not fit the project: '%s'"),
			arena_strndup(&found->arena, rule->fault.found.at, rule->fault.found.len), (const char *)NULL);
		diagnostic_record(found, finding, record_name(&found->arena, rule->record));
		if (rule->fault.nearest.len)
			diagnostic_hint(found, finding, N_("did you mean '%s'?"),
				arena_strndup(&found->arena, rule->fault.nearest.at, rule->fault.nearest.len));
	}
	rules_release(&rules);
}

struct samples {
	const struct project *project;
	const struct record *journal;
	moment_t last;
	struct diagnostics *found;
	const struct entry *told;
};

static void look(void *context, const struct journal_line *line)
{
	struct samples *s = context;
	struct diagnostic *finding;
	struct place place;

	if (line->when <= s->last || line->entry == s->told)
		return;
	s->told = line->entry;
	place = (struct place){ record_place(s->project, s->journal).path, line->entry->line, 1 };
	finding = diagnose(s->found, place, "sample-future", N_("measured on %s, which is after today"),
		arena_strndup(&s->found->arena, line->entry->key.at, line->entry->key.len), (const char *)NULL);
	diagnostic_record(s->found, finding, record_name(&s->found->arena, s->journal));
}

static void check_samples(const struct project *project, moment_t now, struct diagnostics *found)
{
	moment_t status = rule_now(project, now), today = moment_from_date(moment_date(now) + 1) - 1;
	struct record *journal;

	FOREACH_RECORD(project, kind_find(slice_of("sample")), journal) {
		struct samples samples = { project, journal, status > today ? status : today, found, NULL };
		journal_each(journal, look, &samples);
	}
}

void quality_check(const struct project *project, moment_t now, struct diagnostics *found)
{
	check_rules(project, now, found);
	check_samples(project, now, found);
}
