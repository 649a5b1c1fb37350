#include "model/kinds/kinds.h"

static const struct field fields[] = {
	{ "version", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Version of the form that is signed") },
	{ "project", TYPE_ID, 0, CLASS_FREE, .doc = N_("uid of the project") },
	{ "target", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Reference the change goes to") },
	{ "change", TYPE_ID, 0, CLASS_FREE, .doc = N_("uid of the change") },
	{ "sequence", TYPE_INTEGER, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Number of the event") },
	{ "verdict", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "submit|approve|reject|comment|withdraw|ratify|close",
		.doc = N_("What is said") },
	{ "person", TYPE_ID, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Who says it; the key proves it") },
	{ "roles", TYPE_WORDS, FIELD_COLUMN, CLASS_FREE, .doc = N_("Roles claimed") },
	{ "class", TYPE_ENUM, 0, CLASS_FREE, .of = "normal|standard|emergency",
		.doc = N_("Class of the change") },
	{ "after", TYPE_WORDS, 0, CLASS_FREE, .doc = N_("uids of the changes it builds on") },
	{ "digest", TYPE_ID, 0, CLASS_FREE, .doc = N_("SHA-256 of the delta") },
	{ "binding", TYPE_ENUM, 0, CLASS_FREE, .of = "delta|strict",
		.doc = N_("What is bound: the changed fields, or the state of all bound fields") },
	{ "base", TYPE_ID, 0, CLASS_FREE, .doc = N_("Strict: digest of all bound fields before") },
	{ "result", TYPE_ID, 0, CLASS_FREE, .doc = N_("Strict: digest of all bound fields after") },
	{ "ceiling_cost", TYPE_MONEY, 0, CLASS_FREE,
		.doc = N_("Change of cost shown to the signer") },
	{ "ceiling_finish", TYPE_DURATION, 0, CLASS_FREE,
		.doc = N_("Change of finish shown to the signer") },
	{ "date", TYPE_DATETIME, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("When the signer's clock said it was; proves nothing") },
	{ "comment", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("The signer's words") },
	{ "delta", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("The delta text in base64") },
	{ "signature", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("SSH signature in base64") },
};

const struct kind kind_event = {
	.name = "event",
	.plural = "events",
	.place = "changes/%s.ini",
	.flags = KIND_NAMED | KIND_SEALED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("A signed event of a change: submission, approval, rejection, …"),
	.explain = N_("Written by pmt and signed; never edited. The id is the change, a number and "
		      "the person."),
	.example = "[event CR-k7q4x.2.zhang.min]\n"
		   "version   = 1\n"
		   "sequence  = 2\n"
		   "verdict   = approve\n"
		   "person    = zhang.min\n"
		   "roles     = sponsor\n"
		   "digest    = 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n",
};
