#include "model/kinds/kinds.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the person or group") },
	{ "role", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Role towards the project") },
	{ "organisation", TYPE_LINE, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Organisation or department") },
	{ "position", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Position there") },
	{ "location", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Where they are") },
	{ "contact", TYPE_LINE, 0, CLASS_FREE, .doc = N_("How to reach them") },
	{ "email", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Electronic mail address") },
	{ "side", TYPE_ENUM, 0, CLASS_FREE, .of = "internal|external", .fallback = "external",
		.doc = N_("Inside or outside the organisation that runs the project") },
	{ "power", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "low|medium|high",
		.doc = N_("How much they can move") },
	{ "interest", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "low|medium|high",
		.doc = N_("How much it concerns them") },
	{ "attitude", TYPE_ENUM, 0, CLASS_FREE, .of = "support|neutral|oppose",
		.doc = N_("Are they for it?") },
	{ "engagement", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "unaware|resistant|neutral|supportive|leading",
		.doc = N_("Engagement today (C)") },
	{ "desired", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "unaware|resistant|neutral|supportive|leading",
		.doc = N_("Engagement the project needs (D)") },
	{ "needs", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("Main needs and expectations") },
	{ "influence", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("How they can affect the project") },
	{ "phase", TYPE_LINE, 0, CLASS_FREE, .doc = N_("The phase that matters most to them") },
	{ "strategy", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("How they are won and kept") },
	{ "ambassador", TYPE_REF, 0, CLASS_FREE, .of = "resource|stakeholder",
		.doc = N_("Who speaks for the project there (项目大使)") },
	{ "communication", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("What they get, how and how often: 'status report; email; weekly' a "
			  "line") },
	{ "resource", TYPE_REF, 0, CLASS_FREE, .of = "resource",
		.doc = N_("The same person among the people") },
};

const struct kind kind_stakeholder = {
	.name = "stakeholder",
	.plural = "stakeholders",
	.place = "stakeholders.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("A person or group that the project affects or that can affect it"),
	.explain = N_("Power and interest place a stakeholder in the grid: high and high are "
		      "managed closely, high "
		      "power alone is kept satisfied, high interest alone is kept informed, the "
		      "rest is monitored."),
	.example = "[stakeholder zhang.min]\n"
		   "title        = 张敏\n"
		   "role         = 发起人\n"
		   "organisation = 省医保局\n"
		   "power        = high\n"
		   "interest     = high\n"
		   "engagement   = neutral\n"
		   "desired      = supportive\n"
		   "communication = status report; email; weekly\n"
		   "                executive report; meeting; monthly\n",
};
