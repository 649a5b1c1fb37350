#include "change/freeze.h"

#include <string.h>

void freeze_init(struct freeze *freeze, const struct project *project)
{
	*freeze = (struct freeze){ .project = project };
}

void freeze_release(struct freeze *freeze)
{
	if (freeze->ready)
		policies_release(&freeze->policies);
	freeze->ready = false;
}

/* A record coming or going counts as well: field "*". */
static bool protects_kind(const struct policy_rule *rule, const struct kind *kind)
{
	bool found = policy_rule_protects(rule, kind, slice_of("*"));

	for (size_t i = 0; i < kind_field_total(kind) && !found; i++)
		found = policy_rule_protects(rule, kind, slice_of(kind_field(kind, i)->name));
	return found;
}

void freeze_rules(struct freeze *freeze, const struct kind *kind, struct vec *out)
{
	const struct policy_rule *rules;

	if (!freeze->ready)
		policies_read(&freeze->policies, freeze->project, NULL);
	freeze->ready = true;
	rules = freeze->policies.rules.items;
	for (size_t i = 0; i < freeze->policies.rules.len; i++)
		if (!rules[i].implicit && protects_kind(&rules[i], kind))
			vec_append(out, &(const struct policy_rule *){ &rules[i] });
}

static bool frozen_value(void *context, const struct record *record, const struct field *field, struct arena *arena,
	struct value *out)
{
	struct freeze *freeze = context;
	struct vec rules;

	if (strcmp(field->name, "frozen") != 0 || strcmp(record->kind->name, "requirement") != 0)
		return false;
	vec_init(&rules, sizeof(struct policy_rule *));
	freeze_rules(freeze, record->kind, &rules);
	memset(out, 0, sizeof(*out));
	out->type = field->type;
	out->as.list.count = rules.len;
	out->as.list.items = arena_calloc(arena, rules.len + 1, sizeof(*out->as.list.items));
	for (size_t i = 0; i < rules.len; i++)
		out->as.list.items[i] = (*(const struct policy_rule **)vec_at(&rules, i))->name;
	vec_release(&rules);
	return out->as.list.count > 0;
}

struct computed freeze_computed(struct freeze *freeze)
{
	return (struct computed){ .context = freeze, .value = frozen_value };
}
