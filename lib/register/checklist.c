#include "register/checklist.h"

static struct slice cut(struct slice *rest)
{
	size_t end = slice_find(*rest, ';');
	struct slice part = slice_trim(slice_new(rest->at, end));

	*rest = slice_from(*rest, end + 1);
	return part;
}

static void read_item(struct checklist_item *item, struct slice line)
{
	struct slice rest = line;

	*item = (struct checklist_item){ .line = line, .what = line };
	if (slice_starts(line, "[x] "))
		item->state = ITEM_DONE;
	else if (slice_starts(line, "[-] "))
		item->state = ITEM_UNNEEDED;
	else if (!slice_starts(line, "[ ] "))
		return;
	item->what = rest = slice_trim(slice_from(line, strlen("[ ] ")));
	if (item->state != ITEM_DONE)
		return;
	item->what = cut(&rest);
	item->who = cut(&rest);
	item->when = cut(&rest);
	item->evidence = slice_trim(rest);
}

void checklist_read(const struct record *checklist, struct vec *items)
{
	struct slice lines = record_text_or(checklist, "items"), line;

	while (slice_next(&lines, "\n", &line))
		if (line.len)
			read_item(vec_push(items), line);
}

struct checklist_count checklist_sum(const struct vec *items)
{
	const struct checklist_item *item = items->items;
	struct checklist_count count = { 0 };

	for (size_t i = 0; i < items->len; i++) {
		count.open += item[i].state == ITEM_OPEN;
		count.done += item[i].state == ITEM_DONE;
		count.unneeded += item[i].state == ITEM_UNNEEDED;
	}
	return count;
}

void checklist_print(const struct checklist_item *item, struct strbuf *out)
{
	static const char *const boxes[] = { "[ ] ", "[x] ", "[-] " };

	strbuf_add_str(out, boxes[item->state]);
	strbuf_add_slice(out, item->what);
	if (item->state != ITEM_DONE)
		return;
	strbuf_addf(out, "; %.*s; %.*s", (int)item->who.len, item->who.len ? item->who.at : "", (int)item->when.len,
		item->when.len ? item->when.at : "");
	if (item->evidence.len)
		strbuf_addf(out, "; %.*s", (int)item->evidence.len, item->evidence.at);
}
