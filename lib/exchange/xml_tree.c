#include "exchange/xml_tree.h"

#include "base/map.h"
#include "base/vec.h"
#include "text/xml.h"

struct builder {
	struct arena *arena;
	struct vec open;  /* struct xml_node * */
	struct map names; /* each name once, so that equal names are equal pointers */
	struct xml_node *root;
};

static const char *intern(struct builder *b, const char *name)
{
	const char *known = map_get_pointer(&b->names, slice_of(name));
	struct slice copy;

	if (known)
		return known;
	copy = slice_of(arena_strdup(b->arena, name));
	map_put(&b->names, copy, (uintptr_t)copy.at);
	return copy.at;
}

static void on_open(void *context, const char *name, const char *const *attributes, size_t depth,
	unsigned long line)
{
	struct builder *b = context;
	struct xml_node *node, *parent;

	(void)attributes, (void)depth;
	node = arena_calloc(b->arena, 1, sizeof(*node));
	node->name = intern(b, name);
	node->line = line;
	if (b->open.len) {
		parent = ((struct xml_node **)b->open.items)[b->open.len - 1];
		if (parent->last)
			parent->last->next = node;
		else
			parent->children = node;
		parent->last = node;
	} else {
		b->root = node;
	}
	vec_append(&b->open, &node);
}

static void on_close(
	void *context, const char *name, struct slice text, size_t depth, unsigned long line)
{
	struct builder *b = context;
	struct xml_node *node;

	(void)name, (void)depth, (void)line;
	node = ((struct xml_node **)b->open.items)[--b->open.len];
	if (!node->children && text.len)
		node->text = arena_slice(b->arena, text);
}

int xml_tree(struct xml_node **root, struct slice input, const char *name, struct arena *arena,
	struct err *err)
{
	struct builder b = { .arena = arena };
	struct xml_events events = { .context = &b, .open = on_open, .close = on_close };
	int result;

	vec_init(&b.open, sizeof(struct xml_node *));
	map_init(&b.names);
	result = xml_read(input, name, &events, err);
	*root = b.root;
	vec_release(&b.open);
	map_release(&b.names);
	return result;
}

const struct xml_node *xml_named(const struct xml_node *node, const char *name)
{
	while (node && (node->name[0] != name[0] || strcmp(node->name, name) != 0))
		node = node->next;
	return node;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
	return node ? xml_named(node->children, name) : NULL;
}

struct slice xml_child_text(const struct xml_node *node, const char *name)
{
	const struct xml_node *child = xml_child(node, name);

	return child ? slice_trim(child->text) : slice_new(NULL, 0);
}
