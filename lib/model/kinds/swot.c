#include "model/kinds/kinds.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The item in one line") },
	{ "quadrant", TYPE_ENUM, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.of = "strength|weakness|opportunity|threat",
		.doc = N_("Quadrant (优势、劣势、机会、威胁)") },
	{ "weight", TYPE_NUMBER, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("How much it counts") },
	{ "risk", TYPE_REFS, 0, CLASS_FREE, .of = "risk", .doc = N_("Risks that follow from it") },
	{ "strategy", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What is made of it (SO, WO, ST, WT)") },
};

const struct kind kind_swot = {
	.name = "swot",
	.plural = "swots",
	.prefix = "SW",
	.place = "risks/swot.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("An item of the SWOT analysis"),
	.example = "[swot SW-1]\n"
		   "title    = 团队做过两省同类平台\n"
		   "quadrant = strength\n"
		   "weight   = 3\n",
};
