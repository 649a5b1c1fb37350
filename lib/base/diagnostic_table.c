#include "base/diagnostic_table.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <string.h>

/* Sorted by id; a unit test checks that. */
const struct diagnostic_entry diagnostic_table[] = {
	{
		.id = "assign-absent",
		.severity = SEVERITY_WARNING,
		.summary = N_("somebody is assigned who is not there"),
		.explain = N_("A person or a machine has not one working minute between the task's start and its "
			"finish: away, gone or not yet there. The duration is given, so the task stands "
			"without."),
		.fix = N_("Assign somebody else, move the task, or correct `leave`, `available_from` and "
			"`available_to`."),
	},
	{
		.id = "assign-over-capacity",
		.severity = SEVERITY_WARNING,
		.summary = N_("more is assigned than there is"),
		.explain = N_("A task asks for more of a person or a machine than its `capacity`. Levelling counts "
			"all there is; the duration stays what the assignment says."),
		.example = "[resource crane]\ntype     = equipment\ncapacity = 2\n\n[task T-1]\nduration = 3d\nassign   = crane x3",
		.fix = N_("Assign less, or correct the capacity."),
	},
	{
		.id = "assign-too-few",
		.severity = SEVERITY_WARNING,
		.summary = N_("a team or a skill has fewer people than are wanted"),
		.explain = N_("`@backend x3` takes any three of the team, and the team has fewer members (or fewer "
			"people have the skill)."),
		.example = "[team backend]\nmembers = li.wei\n\n[task T-1]\neffort = 5d\nassign = @backend x2",
		.fix = N_("Ask for fewer, or add members."),
	},
	{
		.id = "buffer-place",
		.severity = SEVERITY_WARNING,
		.summary = N_("a buffer where none can stand"),
		.explain = N_("A buffer protects what follows a chain of work: it belongs to a parent, behind its "
			"last child, or to a milestone, before it. On any other task `buffer` is not used."),
		.example = "[task T-12]\neffort = 5d\nbuffer = 20%",
		.fix = N_("Give the buffer to the parent, or to the milestone that the task leads to."),
	},
	{
		.id = "calendar-cycle",
		.severity = SEVERITY_ERROR,
		.summary = N_("calendars are based on each other"),
		.explain = N_("Following `base` from this calendar leads back to it."),
		.example = "[calendar a]\nbase = b\n\n[calendar b]\nbase = a",
		.fix = N_("Remove one of the bases."),
	},
	{
		.id = "calendar-empty",
		.severity = SEVERITY_ERROR,
		.summary = N_("a calendar without working time"),
		.explain = N_("No day of the calendar has working hours, so nothing on it would ever finish."),
		.example = "[calendar cn]\nweek = mon-sun off",
		.fix = N_("Give the calendar weekly hours."),
	},
	{
		.id = "calendar-horizon",
		.severity = SEVERITY_WARNING,
		.summary = N_("dates beyond the years the calendar knows"),
		.explain = N_("The calendar lists its holidays only for the years it announces; beyond them every "
			"weekday counts as a working day, so dates there are too early."),
		.fix = N_("Extend the calendar: `pmt calendar import` reads the official list."),
	},
	{
		.id = "calendar-idle",
		.severity = SEVERITY_WARNING,
		.summary = N_("a calendar without working time that nothing uses"),
		.explain = N_("No day of the calendar has working hours. Neither the project nor a task, a person or a team is on "
			"it, so no date depends on it."),
		.example = "[calendar shut]\nweek = mon-sun off",
		.fix = N_("Give the calendar weekly hours, or remove it."),
	},
	{
		.id = "condition-field",
		.severity = SEVERITY_ERROR,
		.summary = N_("unknown field in a condition"),
		.explain = N_("The kind that the condition chooses from has no field, stored or computed, of this "
			"name."),
		.example = "[view late]\nof    = task\nwhere = totl_float < 0d",
		.fix = N_("Correct the field's name."),
	},
	{
		.id = "condition-syntax",
		.severity = SEVERITY_ERROR,
		.summary = N_("the condition cannot be read"),
		.explain = N_("A condition is fields compared with values, joined with and, or, not and brackets."),
		.example = "[view mine]\nwhere = status = doing and",
		.fix = N_("Correct the condition at the place the message names."),
	},
	{
		.id = "constraint-broken",
		.severity = SEVERITY_WARNING,
		.summary = N_("a date constraint cannot be kept"),
		.explain = N_("Links and the constraint contradict each other; the float is negative by as much."),
		.example = "[task T-9]\ndepends    = T-7\nmust_start = 2026-03-02",
		.fix = N_("Remove the constraint or change what comes before it."),
	},
	{
		.id = "constraint-conflict",
		.severity = SEVERITY_ERROR,
		.summary = N_("two date constraints contradict each other"),
		.explain = N_("No date satisfies both."),
		.example = "[task T-9]\nnot_before = 2026-05-01\nnot_after  = 2026-04-01",
		.fix = N_("Keep one of them."),
	},
	{
		.id = "currency-unknown",
		.severity = SEVERITY_ERROR,
		.summary = N_("no exchange rate for this currency"),
		.explain = N_("An amount in another currency can be added up only with a rate."),
		.example = "[cost C-1]\namount = 3500 USD",
		.fix = N_("Add a section `[rate USD]` with dated rates."),
	},
	{
		.id = "cycle",
		.severity = SEVERITY_ERROR,
		.summary = N_("tasks depend on each other in a circle"),
		.explain = N_("Each of these tasks would have to wait for the others. The message lists the loop "
			"once, with the place of every link."),
		.example = "[task T-3]\ndepends = T-7\n\n[task T-7]\ndepends = T-3",
		.fix = N_("Remove or turn round one of the links."),
	},
	{
		.id = "date-impossible",
		.severity = SEVERITY_ERROR,
		.summary = N_("a date that does not exist"),
		.explain = N_("The form is right, but the calendar has no such day or time."),
		.example = "[task T-12]\nnot_before = 2026-02-30",
		.fix = N_("Correct the date."),
	},
	{
		.id = "date-order",
		.severity = SEVERITY_ERROR,
		.summary = N_("two dates are in the wrong order"),
		.explain = N_("The later of two dates stands before the earlier one."),
		.example = "[sprint SP-1]\nstart  = 2026-03-16\nfinish = 2026-03-02",
		.fix = N_("Correct one of the dates."),
	},
	{
		.id = "deadline-missed",
		.severity = SEVERITY_WARNING,
		.summary = N_("a task finishes after its deadline"),
		.explain = N_("A deadline is reported, never obeyed in silence: the plan as it stands does not keep "
			"it."),
		.fix = N_("`pmt schedule --critical` shows what decides the finish; shorten, reassign or move "
			"the deadline."),
	},
	{
		.id = "decision-cycle",
		.severity = SEVERITY_ERROR,
		.summary = N_("decisions supersede each other"),
		.explain = N_("Following `supersedes` from this decision leads back to it, so that nobody can tell "
			"which of them holds."),
		.example = "[decision D-1]\ntitle = A\nsupersedes = D-2\n\n[decision D-2]\ntitle = B\nsupersedes = D-1",
		.fix = N_("Take the older decision out of `supersedes` of the circle's newest."),
	},
	{
		.id = "depends-ancestor",
		.severity = SEVERITY_ERROR,
		.summary = N_("a task depends on a task it is part of"),
		.explain = N_("A parent spans its children, so a link between a task and its own ancestor can never "
			"hold."),
		.example = "[task T-3]\nparent = T-2\ndepends = T-2",
		.fix = N_("Link to a sibling instead."),
	},
	{
		.id = "depends-self",
		.severity = SEVERITY_ERROR,
		.summary = N_("a task depends on itself"),
		.explain = N_("A task cannot wait for itself."),
		.example = "[task T-3]\ndepends = T-3",
		.fix = N_("Remove the link."),
	},
	{
		.id = "duplicate-entry",
		.severity = SEVERITY_ERROR,
		.summary = N_("a journal has an entry twice"),
		.explain = N_("Sections of one journal add up over files, but each date may be given once; here it "
			"stands in two places."),
		.example = "[timesheet li.wei]\n2026-03-04 = T-12 6h\n2026-03-04 = T-12 "
			"2h",
		.fix = N_("Join the two entries as lines of one value."),
	},
	{
		.id = "duplicate-item",
		.severity = SEVERITY_WARNING,
		.summary = N_("an item is listed twice"),
		.explain = N_("The list names the same item more than once; it counts once."),
		.example = "[task T-9]\ndepends = T-7, T-7",
		.fix = N_("Remove the repetition."),
	},
	{
		.id = "duplicate-key",
		.severity = SEVERITY_ERROR,
		.summary = N_("a field is given twice in one record"),
		.explain = N_("Which of the two values is meant cannot be told. It often comes from a merge that "
			"kept both sides."),
		.example = "[task T-12]\ntitle = A\ntitle = B",
		.fix = N_("Remove one of the lines."),
	},
	{
		.id = "duplicate-record",
		.severity = SEVERITY_ERROR,
		.summary = N_("two records have one id"),
		.explain = N_("An id names one record in the whole project, whatever file it stands in; upper and "
			"lower case do not count. It often comes from two branches that took the same number."),
		.example = "[task T-12]\ntitle = A\n\n[task t-12]\ntitle = B",
		.fix = N_("Give one of them another id (`pmt task rename`), or let `pmt check --fix` mend it by "
			"history."),
	},
	{
		.id = "effort-duration",
		.severity = SEVERITY_WARNING,
		.summary = N_("effort, duration and units do not agree"),
		.explain = N_("Of effort, duration and assigned units two determine the third; all three are given "
			"and differ."),
		.example = "[task T-1]\nduration = 2d\neffort   = 10d\nassign   = li.wei",
		.fix = N_("Remove one of the three."),
	},
	{
		.id = "effort-nobody",
		.severity = SEVERITY_WARNING,
		.summary = N_("work that nobody is assigned to"),
		.explain = N_("The task has effort and no `assign`. It is scheduled as if one person did it "
			"full-time, who is nowhere else short. In a plan that assigns nobody at all only `pmt "
			"check --strict` tells."),
		.fix = N_("Assign somebody, or give the task a duration instead."),
	},
	{
		.id = "enum-unknown",
		.severity = SEVERITY_ERROR,
		.summary = N_("not one of the field's words"),
		.explain = N_("The field takes one of a fixed list of words."),
		.example = "[task T-12]\nstatus = finished",
		.fix = N_("Use one of the words the message lists."),
	},
	{
		.id = "event-malformed",
		.severity = SEVERITY_ERROR,
		.summary = N_("a signed event is not as pmt writes it"),
		.explain = N_("Events of a change (submission, approval, rejection, …) are written by `pmt change`, signed, and "
			"never edited. This one has something that is not signed, lacks something, was made for another "
			"change, or carries another delta than it signs. It does not count."),
		.example = "[change CR-k7q4x]\nuid = 5B7K3QW9M2XH4T8R\n\n[event CR-k7q4x.1.li.wei]\nversion = 1\nverdict = submit",
		.fix = N_("Restore it from history, or leave it out and let its author sign again."),
	},
	{
		.id = "field-computed",
		.severity = SEVERITY_ERROR,
		.summary = N_("a computed field is written in a file"),
		.explain = N_("Computed fields follow from the others every time; a written one would contradict "
			"them sooner or later."),
		.example = "[task T-12]\nstart = 2026-03-02",
		.fix = N_("Remove the line; to hold a task to a date use `not_before` or `must_start`."),
	},
	{
		.id = "field-conflict",
		.severity = SEVERITY_ERROR,
		.summary = N_("two fields exclude each other"),
		.explain = N_("The two fields say different things about one fact, and pmt cannot tell which one is "
			"meant."),
		.example = "[task T-1]\nmust_start = 2026-05-04\nnot_before = 2026-05-01",
		.fix = N_("Keep one of them."),
	},
	{
		.id = "field-empty",
		.severity = SEVERITY_ERROR,
		.summary = N_("a required field is empty"),
		.explain = N_("Without this field the record cannot be used."),
		.example = "[cost C-1]\ndate =",
		.fix = N_("Give the field a value."),
	},
	{
		.id = "field-missing",
		.severity = SEVERITY_ERROR,
		.summary = N_("a required field is missing"),
		.explain = N_("Without this field the record cannot be used."),
		.example = "[cost C-1]\namount = 1200",
		.fix = N_("Add the field."),
	},
	{
		.id = "field-unknown",
		.severity = SEVERITY_ERROR,
		.summary = N_("unknown field"),
		.explain = N_("The kind has no field of this name, so its value would be ignored."),
		.example = "[task T-12]\nasign = li.wei",
		.fix = N_("Correct the name, or begin it with `x_` when the field is your own."),
	},
	{
		.id = "file-conflict",
		.severity = SEVERITY_ERROR,
		.summary = N_("conflict markers of a merge"),
		.explain = N_("The file still holds both sides of a merge that git could not finish."),
		.example = "<<<<<<< HEAD\neffort = 3d\n=======\neffort = 5d\n>>>>>>> "
			"topic",
		.fix = N_("Choose a side and remove the markers."),
	},
	{
		.id = "file-large",
		.severity = SEVERITY_ERROR,
		.summary = N_("the file is too large"),
		.explain = N_("Files over 64 MiB are not read: text of that size is almost always a mistake."),
		.fix = N_("Split the file."),
	},
	{
		.id = "file-name",
		.severity = SEVERITY_ERROR,
		.summary = N_("a file's name is no text of one line"),
		.explain = N_("The name has control characters or is not UTF-8: it cannot be shown as it is, and not every system can "
			"hold it."),
		.fix = N_("Rename it with `git mv`."),
	},
	{
		.id = "file-twin",
		.severity = SEVERITY_ERROR,
		.summary = N_("two names that are one name elsewhere"),
		.explain = N_("Windows and macOS do not tell upper from lower case in file names, and macOS not one Unicode form from "
			"another. There, a checkout holds one of the two files alone, so people would read something else "
			"than what is checked and verified here. The same holds for folders, and for a name such as "
			"`.GitAttributes`, which is `.gitattributes` there."),
		.example = "policy.ini\nPolicy.ini",
		.fix = N_("Rename one of them with `git mv`."),
	},
	{
		.id = "file-unreadable",
		.severity = SEVERITY_ERROR,
		.summary = N_("a file cannot be read"),
		.explain = N_("The file is listed in the project's folder, but the operating system or git refuses "
			"to give its content."),
		.fix = N_("Mend what the message names (permissions, a damaged repository)."),
	},
	{
		.id = "finish-missed",
		.severity = SEVERITY_WARNING,
		.summary = N_("the plan ends after the project must finish"),
		.explain = N_("[project] finish says when the project must end. The latest dates follow from it, so "
			"tasks that cannot keep it have negative float."),
		.fix = N_("See `pmt critical` for the chain that is too long: shorten it, or move the project's "
			"finish."),
	},
	{
		.id = "format-unknown",
		.severity = SEVERITY_ERROR,
		.summary = N_("the project's format is newer than this pmt"),
		.explain = N_("Reading it with older rules could misunderstand it."),
		.example = "[project]\nformat = 9",
		.fix = N_("Install a newer pmt."),
	},
	{
		.id = "gate-threshold",
		.severity = SEVERITY_ERROR,
		.summary = N_("a metric stops a gate and has no value to reach"),
		.explain = N_("A gate compares the latest sample with the metric's `fail`, else its `target`, else "
			"its `warn`. With none of them the gate could only guess, so it stays shut."),
		.example = "[metric coverage]\nunit = %\ngate = release",
		.fix = N_("Give the metric a `fail` value (or a `target`), or take the gate away."),
	},
	{
		.id = "glob-syntax",
		.severity = SEVERITY_ERROR,
		.summary = N_("a malformed file pattern"),
		.explain = N_("`include` and `exclude` take patterns with `*`, `?`, `**` and `[…]`."),
		.example = "[project]\nexclude = drafts/[a",
		.fix = N_("Correct the pattern."),
	},
	{
		.id = "id-missing",
		.severity = SEVERITY_ERROR,
		.summary = N_("the record has no id"),
		.explain = N_("Records of this kind are told apart by their ids."),
		.example = "[task]",
		.fix = N_("Write the id behind the kind: `[task T-12]`."),
	},
	{
		.id = "id-nfc",
		.severity = SEVERITY_ERROR,
		.summary = N_("id not in Unicode normal form C"),
		.explain = N_("The same letter can be written in two ways in Unicode; ids use the composed one, so "
			"that two that look the same are the same."),
		.fix = N_("Type the id again, or let `pmt check --fix` normalise it."),
	},
	{
		.id = "id-syntax",
		.severity = SEVERITY_ERROR,
		.summary = N_("not a valid id"),
		.explain = N_("An id begins with a letter or digit of any script, followed by letters, digits, `-`, "
			"`_` and `.`."),
		.example = "[task T 12]",
		.fix = N_("Choose an id of letters, digits, `-`, `_` and `.`."),
	},
	{
		.id = "id-taken",
		.severity = SEVERITY_ERROR,
		.summary = N_("the id is in use"),
		.explain = N_("Another record of the kind has this id; upper and lower case do not count."),
		.fix = N_("Choose another id."),
	},
	{
		.id = "id-unexpected",
		.severity = SEVERITY_ERROR,
		.summary = N_("this kind has no id"),
		.explain = N_("There is one record of this kind in a project."),
		.example = "[project YB]",
		.fix = N_("Write the kind alone: `[project]`."),
	},
	{
		.id = "import-dropped",
		.severity = SEVERITY_WARNING,
		.summary = N_("something in an imported file has no place in pmt"),
		.explain = N_("The file says something that pmt cannot hold, or that contradicts itself. The rest is "
			"imported."),
		.fix = N_("Look at the place the message names and add by hand what you need."),
	},
	{
		.id = "import-value",
		.severity = SEVERITY_WARNING,
		.summary = N_("a value in an imported file cannot be read"),
		.explain = N_("The value is left out; the rest is imported."),
		.fix = N_("Look at the place the message names."),
	},
	{
		.id = "ini-control",
		.severity = SEVERITY_ERROR,
		.summary = N_("control character in the file"),
		.explain = N_("NUL and other control characters (tab and line ends excepted) have no meaning in a "
			"project's text and usually come from a damaged file or the wrong encoding (UTF-16)."),
		.fix = N_("Remove the character, or save the file as UTF-8."),
	},
	{
		.id = "ini-cr",
		.severity = SEVERITY_ERROR,
		.summary = N_("line ends are CR alone"),
		.explain = N_("A file whose lines end in CR alone looks like one single line. LF and CRLF are both "
			"read."),
		.fix = N_("Convert the line ends, for example with `tr '\\r' '\\n'`."),
	},
	{
		.id = "ini-header",
		.severity = SEVERITY_ERROR,
		.summary = N_("malformed section header"),
		.explain = N_("A section begins with `[kind id]` on a line of its own. The keys below a header that "
			"cannot be read are left out until the next header, so that they are not counted to "
			"the section above."),
		.example = "[task T-12\ntitle = Settlement engine",
		.fix = N_("Close the bracket, and leave nothing behind it."),
	},
	{
		.id = "ini-indented",
		.severity = SEVERITY_WARNING,
		.summary = N_("an indented section header"),
		.explain = N_("A line that begins with blanks continues the value above it, whatever it holds; so "
			"does a section whose lines are all indented, and it is no section then."),
		.example = "[task T-1]\ndescription = x\n  [task T-2]\n  title = y",
		.fix = N_("Remove the blanks in front of the header and its fields."),
	},
	{
		.id = "ini-key-empty",
		.severity = SEVERITY_ERROR,
		.summary = N_("no key before the equals sign"),
		.explain = N_("A field needs a name."),
		.example = "[task T-12]\n= Settlement engine",
		.fix = N_("Write the field's name before `=`."),
	},
	{
		.id = "ini-key-outside",
		.severity = SEVERITY_ERROR,
		.summary = N_("key before the first section"),
		.explain = N_("A field belongs to the section above it, and here there is none."),
		.example = "title = Settlement engine\n[task T-12]",
		.fix = N_("Put the line below the header of its record."),
	},
	{
		.id = "ini-line",
		.severity = SEVERITY_ERROR,
		.summary = N_("neither header, key nor comment"),
		.explain = N_("A line is `[kind id]`, `key = value`, a comment that begins with `;` or `#`, or "
			"blank. A line that begins with a blank continues the value above."),
		.example = "[task T-12]\nSettlement engine",
		.fix = N_("Write `key = value`; indent the line if it continues the value above."),
	},
	{
		.id = "ini-name-long",
		.severity = SEVERITY_ERROR,
		.summary = N_("section header or key longer than 49 bytes"),
		.explain = N_("The reader of INI files keeps 49 bytes of a header's text or of a key; more would be "
			"cut in silence."),
		.fix = N_("Use a shorter id or field name. A Chinese character takes three bytes."),
	},
	{
		.id = "ini-utf8",
		.severity = SEVERITY_ERROR,
		.summary = N_("not valid UTF-8"),
		.explain = N_("Project files are UTF-8. Old editors save Chinese text as GBK or GB18030."),
		.fix = N_("Convert the file: `iconv -f GB18030 -t UTF-8 FILE`."),
	},
	{
		.id = "item-unknown",
		.severity = SEVERITY_ERROR,
		.summary = N_("an item to take out is not in the list"),
		.explain = N_("`field-=item` takes an item out of a list field; the field does not hold it."),
		.fix = N_("Look at the record with `show`, and name an item it lists."),
	},
	{
		.id = "key-shared",
		.severity = SEVERITY_ERROR,
		.summary = N_("two people have one signing key"),
		.explain = N_("A signature says whose key made it. A key that stands under two people cannot tell them apart, "
			"so it counts for neither."),
		.fix = N_("Give each person a key of their own, and remove this one from the others."),
	},
	{
		.id = "key-syntax",
		.severity = SEVERITY_ERROR,
		.summary = N_("not an SSH public key"),
		.explain = N_("`keys` holds one public key a line, as it stands in a `.pub` file: the type, the key in base64, "
			"perhaps a remark. Options in front of the key and lists of principals are not accepted."),
		.example = "[resource li.wei]\nkeys = ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
		.fix = N_("Copy the line of the person's `.pub` file whole."),
	},
	{
		.id = "key-weak",
		.severity = SEVERITY_ERROR,
		.summary = N_("the key is of a type or size that is not accepted"),
		.explain = N_("Approvals are signed with ssh-ed25519, sk-ssh-ed25519@openssh.com (a hardware key that must be "
			"touched), ecdsa-sha2-nistp256, 384 or 521, or ssh-rsa of at least 3072 bits; not with "
			"certificates. Signatures by other keys do not count."),
		.fix = N_("Make a new key: `ssh-keygen -t ed25519`."),
	},
	{
		.id = "kind-unknown",
		.severity = SEVERITY_ERROR,
		.summary = N_("unknown kind of record"),
		.explain = N_("The first word of a section header is the record's kind, and pmt has none of this "
			"name. The record is left out."),
		.example = "[taks T-12]",
		.fix = N_("Correct the word; `pmt explain` lists the kinds."),
	},
	{
		.id = "level-impossible",
		.severity = SEVERITY_WARNING,
		.summary = N_("no time is left for a task"),
		.explain = N_("Those assigned to the task have no free time that is long enough, because they leave "
			"the project or are taken for good. The task keeps the place that the network gives it."),
		.fix = N_("Assign somebody else, split the task (`split = yes`), or make those assigned "
			"available for longer."),
	},
	{
		.id = "merge-conflict",
		.severity = SEVERITY_ERROR,
		.summary = N_("both sides of a merge changed one thing"),
		.explain = N_("`pmt merge` keeps what this side says in force and writes what the other says beside "
			"it, in comments from '; <<<<<<<' to '; >>>>>>>'."),
		.example = "; <<<<<<< ours\neffort = 3d\n; ======= theirs\n; effort = 5d\n; >>>>>>> effort",
		.fix = N_("Keep the right value, remove the comment lines of the block, and finish with `pmt "
			"merge --continue`."),
	},
	{
		.id = "merge-driver-missing",
		.severity = SEVERITY_NOTE,
		.summary = N_("this clone does not merge the project's files itself"),
		.explain = N_("'.gitattributes' hands *.ini files to pmt for merging, but git must be told in each "
			"clone what that means. Until then git merges them as plain lines."),
		.fix = N_("Run `pmt hook install`."),
	},
	{
		.id = "milestone-duration",
		.severity = SEVERITY_WARNING,
		.summary = N_("a milestone has a duration"),
		.explain = N_("A milestone is a moment; its duration or effort is not used."),
		.example = "[task T-1]\nmilestone = yes\nduration  = 3d",
		.fix = N_("Remove the duration, or the milestone."),
	},
	{
		.id = "out-of-sequence",
		.severity = SEVERITY_WARNING,
		.summary = N_("work began before what it waits for"),
		.explain = N_("A task was started although one that it depends on was not finished. The rest of it "
			"waits (retained logic) unless the project says otherwise."),
		.fix = N_("Correct the actual dates or the link."),
	},
	{
		.id = "overlay-missing",
		.severity = SEVERITY_NOTE,
		.summary = N_("the overlay cannot be read"),
		.explain = N_("Figures that need it are shown as n/a; everything else works."),
		.fix = N_("Ask for access, if you need the figures."),
	},
	{
		.id = "overload-fixed",
		.severity = SEVERITY_WARNING,
		.summary = N_("dates that are given overload somebody"),
		.explain = N_("Two tasks that have begun, or that must start or finish at a given time, need more of "
			"a person or a machine at one time than there is. Levelling moves neither."),
		.fix = N_("Change one of the dates, or assign somebody else."),
	},
	{
		.id = "parent-cycle",
		.severity = SEVERITY_ERROR,
		.summary = N_("records are parents of each other"),
		.explain = N_("Following `parent` from this record leads back to it, so the breakdown has no top."),
		.example = "[task T-1]\nparent = T-2\n\n[task T-2]\nparent = T-1",
		.fix = N_("Correct one of the parents."),
	},
	{
		.id = "parent-effort",
		.severity = SEVERITY_WARNING,
		.summary = N_("a parent task has its own work"),
		.explain = N_("A parent's dates and work are those of its children; what it says itself is not used."),
		.fix = N_("Move the work to a child task."),
	},
	{
		.id = "percent-fraction",
		.severity = SEVERITY_WARNING,
		.summary = N_("a percentage is less than one"),
		.explain = N_("Percentages are written as such, with the sign or without it: 40 is 40%, and 0.4 is four in "
			"a thousand. A number below one without the sign is mostly a share of one."),
		.example = "[risk R-1]\ntitle       = Line fails\nprobability = 0.4",
		.fix = N_("Write 40%; or 0.4%, with its sign, if it is that small."),
	},
	{
		.id = "plan-too-large",
		.severity = SEVERITY_ERROR,
		.summary = N_("dates run out of range"),
		.explain = N_("The computed dates leave the years 1 to 9999."),
		.fix = N_("Look for a duration or a lag with too many digits."),
	},
	{
		.id = "policy-empty",
		.severity = SEVERITY_WARNING,
		.summary = N_("a policy that binds nothing, or names nobody"),
		.explain = N_("A rule says what it protects (`protect`), at which impact it applies (`when`) or that "
			"it is for emergencies, and who approves. One that names nobody cannot be satisfied: "
			"what it protects can no longer be changed."),
		.example = "[policy scope]\nprotect = task.effort",
		.fix = N_("Add `approve = ROLE`, or remove the rule."),
	},
	{
		.id = "policy-role",
		.severity = SEVERITY_WARNING,
		.summary = N_("a policy asks for a role that nobody has"),
		.explain = N_("Votes count by the `roles` of the person whose key signed. While nobody has the role, "
			"no change that the rule is about can be approved."),
		.example = "[policy scope]\nprotect = task.effort\napprove = sponsor",
		.fix = N_("Give somebody the role (`pmt resource set ID roles+=ROLE`), or correct the rule."),
	},
	{
		.id = "policy-unsatisfiable",
		.severity = SEVERITY_WARNING,
		.summary = N_("a policy that cannot be satisfied"),
		.explain = N_("Who submits a change does not vote on it, and nobody counts twice in a rule. Too few "
			"people with a key have the roles that the rule asks for, at least when one of them "
			"submits."),
		.example = "[resource li.wei]\nroles = ccb\n\n[policy scope]\nprotect = "
			"task.effort\napprove = 1 of ccb",
		.fix = N_("Add people with the role and a key, or ask for fewer."),
	},
	{
		.id = "policy-when",
		.severity = SEVERITY_WARNING,
		.summary = N_("a policy's condition that no change can be measured by"),
		.explain = N_("`when` compares cost, finish, effort, churn or tasks with one value each: `cost > "
			"10%`, `finish > 10d`, `churn > 200000 CNY`. Nothing else is the same on every "
			"machine. What cannot be measured counts as true, so that the rule holds for every "
			"change of the plan."),
		.example = "[policy money]\nwhen    = spi < 0.9\napprove = sponsor",
		.fix = N_("Use one of these measures, with an operator and one value."),
	},
	{
		.id = "progress-future",
		.severity = SEVERITY_WARNING,
		.summary = N_("a fact that lies in the future"),
		.explain = N_("An actual date lies after the project's status date, or after today, so it cannot "
			"have happened."),
		.example = "[project]\nstatus_date = 2026-06-10\n\n[task T-1]\n"
			"actual_start = 2026-06-12",
		.fix = N_("Correct the dates."),
	},
	{
		.id = "project-missing",
		.severity = SEVERITY_ERROR,
		.summary = N_("pmt.ini has no [project] section"),
		.explain = N_("The file that marks a project's folder carries its settings."),
		.fix = N_("Add `[project]` with format, name and start; `pmt init` writes one."),
	},
	{
		.id = "raci-accountable",
		.severity = SEVERITY_WARNING,
		.summary = N_("roles are written down, but nobody is accountable"),
		.explain = N_("A task names who does it, who is asked or who is told, but neither it nor a parent "
			      "of it says who answers for it. RACI needs exactly one accountable person."),
		.example = "[task T-12]\nresponsible = li.wei",
		.fix = N_("Write accountable = ID in the task or in a parent of it."),
	},
	{
		.id = "recurring-depends",
		.severity = SEVERITY_WARNING,
		.summary = N_("a recurring task with predecessors"),
		.explain = N_("A recurring task takes place at the times its rule gives, so what its `depends` asks "
			"is not used."),
		.example = "[task T-5]\nrecurring = weekly mon 09:00\ndepends = T-1",
		.fix = N_("Remove `depends`, or say from when with `from` or not_before."),
	},
	{
		.id = "recurring-many",
		.severity = SEVERITY_WARNING,
		.summary = N_("a recurring task takes place too often"),
		.explain = N_("More than 10000 occurrences of one task say nothing to anybody; later ones are left "
			"out."),
		.fix = N_("End the rule: `until 2026-12-31`, `until project end`, `10 times`."),
	},
	{
		.id = "recurring-never",
		.severity = SEVERITY_WARNING,
		.summary = N_("a recurring task never takes place"),
		.explain = N_("The rule gives no day between its beginning and its end on which work is done, so the "
			"task is not scheduled. One without an end goes on until the finish of the project, else until the other "
			"tasks end."),
		.example = "[task T-5]\nrecurring = weekly sun until 2026-12-31",
		.fix = N_("Check its days, its `from` and `until`, and the calendar of the task; give the project a finish."),
	},
	{
		.id = "recurring-parent",
		.severity = SEVERITY_WARNING,
		.summary = N_("a parent that recurs"),
		.explain = N_("A recurring task becomes a parent of its occurrences; one that has children of its "
			"own cannot recur."),
		.fix = N_("Make the children recur, or put them under another parent."),
	},
	{
		.id = "ref-cancelled",
		.severity = SEVERITY_WARNING,
		.summary = N_("a reference to a cancelled record"),
		.explain = N_("The record this field names has been cancelled, so nothing will come of it."),
		.fix = N_("Refer to the record that replaced it, or remove the reference."),
	},
	{
		.id = "ref-kind",
		.severity = SEVERITY_ERROR,
		.summary = N_("a reference to a record of the wrong kind"),
		.explain = N_("The id exists, but its record is of another kind than this field refers to."),
		.example = "[task T-12]\nassign = T-7",
		.fix = N_("Name a record of the kind that the message gives."),
	},
	{
		.id = "ref-overlay",
		.severity = SEVERITY_NOTE,
		.summary = N_("a reference into an overlay that is not here"),
		.explain = N_("The record is not in the project, and its overlay, which may hold it, cannot be read "
			"here."),
		.fix = N_("Nothing, unless the id is misspelt."),
	},
	{
		.id = "ref-self",
		.severity = SEVERITY_ERROR,
		.summary = N_("a record refers to itself"),
		.explain = N_("The field must name another record."),
		.example = "[task T-12]\nparent = T-12",
		.fix = N_("Name another record or remove the field."),
	},
	{
		.id = "ref-unknown",
		.severity = SEVERITY_ERROR,
		.summary = N_("a reference to a record that does not exist"),
		.explain = N_("The field names a record of another kind or id, and no such record is in the project."),
		.example = "[task T-12]\nassign = li.wie",
		.fix = N_("Correct the id, or add the record it names."),
	},
	{
		.id = "sample-future",
		.severity = SEVERITY_WARNING,
		.summary = N_("a measurement is dated after today"),
		.explain = N_("Nothing can be measured before its time. The sample is left out of values, trends, "
			"charts and gates until its day has come."),
		.example = "[metric coverage]\nfail = 80\n\n[sample coverage]\n2099-01-05 = 81.5",
		.fix = N_("Correct the date."),
	},
	{
		.id = "status-conflict",
		.severity = SEVERITY_WARNING,
		.summary = N_("status, progress and dates contradict each other"),
		.explain = N_("The status says one thing and the progress or the actual dates say another, so "
			"reports would, too."),
		.example = "[task T-3]\nstatus        = planned\nactual_finish = 2026-03-06",
		.fix = N_("Correct the one that is wrong."),
	},
	{
		.id = "stock-short",
		.severity = SEVERITY_WARNING,
		.summary = N_("more of a material is used up than has come"),
		.explain = N_("A task draws what it needs of a material when it begins. `capacity` of a material is what has come "
			"by then in all; tasks wait for the next delivery, and this one cannot: its date is given, or not enough "
			"ever comes."),
		.example = "[resource boxes]\ntype     = material\ncapacity = 40\n           from 2026-05-01 80\n\n[task T-1]\nduration = 3d\nassign   = boxes x90",
		.fix = N_("Order more (`from DATE` and all that has come by then), or draw less."),
	},
	{
		.id = "tree-probability",
		.severity = SEVERITY_ERROR,
		.summary = N_("the branches of a chance do not add up to 100 %"),
		.explain = N_("One of a chance node's branches comes true, so their probabilities add up to 100 %. "
			"Otherwise its expected value means nothing."),
		.example = "[node N-1]\ntitle = Demand\ntype = chance\n\n"
			"[node N-2]\ntitle = High\nparent = N-1\nprobability = 60%\npayoff = 100\n\n"
			"[node N-3]\ntitle = Low\nparent = N-1\nprobability = 30%\npayoff = 20",
		.fix = N_("Correct the probabilities, or add the branch that is missing."),
	},
	{
		.id = "value-empty",
		.severity = SEVERITY_ERROR,
		.summary = N_("an empty item in a list"),
		.explain = N_("Between two separators there is nothing."),
		.example = "[task T-9]\ndepends = T-7,, T-8",
		.fix = N_("Remove the extra separator."),
	},
	{
		.id = "value-line",
		.severity = SEVERITY_ERROR,
		.summary = N_("a value of several lines where one is expected"),
		.explain = N_("This field is one line of text."),
		.fix = N_("Join the lines."),
	},
	{
		.id = "value-order",
		.severity = SEVERITY_ERROR,
		.summary = N_("the values are in the wrong order"),
		.explain = N_("An estimate of three values is optimistic/most likely/pessimistic, and a range is "
			"from..to; neither may run backwards."),
		.example = "[task T-12]\neffort = 10d/5d/3d",
		.fix = N_("Put the values in order."),
	},
	{
		.id = "value-precision",
		.severity = SEVERITY_ERROR,
		.summary = N_("more digits than can be kept"),
		.explain = N_("Amounts and numbers have at most four digits behind the point, so that sums are exact."),
		.example = "[cost C-1]\namount = 1.00001",
		.fix = N_("Round the value."),
	},
	{
		.id = "value-range",
		.severity = SEVERITY_ERROR,
		.summary = N_("the value is out of range"),
		.explain = N_("The value is understood but not one this field can have."),
		.example = "[task T-12]\nprogress = 120%",
		.fix = N_("Give a value within the range the message names."),
	},
	{
		.id = "value-syntax",
		.severity = SEVERITY_ERROR,
		.summary = N_("the value cannot be read"),
		.explain = N_("The text is not what this field's type expects. The message shows the part that was "
			"not understood and what was expected."),
		.example = "[task T-12]\neffort = thirty days",
		.fix = N_("Write the value in the form the message shows; `pmt explain` lists the types."),
	},
	{
		.id = "value-unit",
		.severity = SEVERITY_ERROR,
		.summary = N_("unknown or missing unit"),
		.explain = N_("Working time needs a unit: `min`, `h`, `d`, `w`, `mo`; elapsed time `eh`, `ed`."),
		.example = "[task T-12]\neffort = 30",
		.fix = N_("Add the unit."),
	},
};

const size_t diagnostic_table_len = ARRAY_SIZE(diagnostic_table);

const struct diagnostic_entry *diagnostic_entry_find(const char *id)
{
	size_t low = 0, high = diagnostic_table_len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(id, diagnostic_table[middle].id);

		if (!order)
			return &diagnostic_table[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
