#include "model/kinds/kinds.h"

static const struct field fields[] = {
	{ "objective", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "finish|cost|lateness|levelled", .fallback = "finish",
		.doc = N_("What the order was searched for") },
	{ "tasks", TYPE_WORDS, FIELD_LONG, CLASS_PLAN, .of = "task",
		.doc = N_("Ids of tasks, those first who get their people first; ids that are gone are passed over") },
};

const struct kind kind_sequence = {
	.name = "sequence",
	.plural = "sequences",
	.place = "schedule.ini",
	.flags = KIND_SINGLE,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("The order in which levelling gives tasks their people"),
	.explain = N_("'pmt schedule --optimize --save' writes it. It holds no dates: they follow from the plan every time. Tasks that it "
		      "does not name take their turn by the rule (latest start), so a small edit of the plan keeps what is good about it. "
		      "Without the section, levelling finds an order by itself."),
	.example = "[sequence]\n"
		   "objective = finish\n"
		   "tasks     = T-1, T-3, T-2\n",
};
