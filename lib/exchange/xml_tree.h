/* Internal to lib/exchange: a small XML document as a tree, in an arena. Attributes are not kept:
 * MSPDI has none. */
#ifndef EXCHANGE_XML_TREE_H
#define EXCHANGE_XML_TREE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

struct xml_node {
	const char *name;
	struct slice text; /* of a leaf; with elements inside it is not kept */
	struct xml_node *children, *last, *next;
	unsigned long line;
};

/* The root element and all below it. */
int xml_tree(struct xml_node **root, struct slice input, const char *name, struct arena *arena,
	struct err *err);
/* First child of that name, or NULL; node may be NULL. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);
/* Its trimmed text, or empty. */
struct slice xml_child_text(const struct xml_node *node, const char *name);
/* The next sibling of that name (from node itself when it fits). */
const struct xml_node *xml_named(const struct xml_node *node, const char *name);

#define FOREACH_XML(parent, child_name, node)                                                      \
	for (const struct xml_node *node = xml_child((parent), (child_name)); node;                \
		node = xml_named(node->next, (child_name)))

#endif
