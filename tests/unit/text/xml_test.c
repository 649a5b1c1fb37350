#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/xml.h"

static void on_open(void *context, const char *name, const char *const *attributes, size_t depth,
	unsigned long line)
{
	struct strbuf *out = context;

	(void)line;
	strbuf_addf(out, "<%zu:%s", depth, name);
	for (; attributes[0]; attributes += 2)
		strbuf_addf(out, " %s=%s", attributes[0], attributes[1]);
	strbuf_add_char(out, '>');
}

static void on_close(
	void *context, const char *name, struct slice text, size_t depth, unsigned long line)
{
	strbuf_addf(context, "</%zu:%s=%.*s@%lu>", depth, name, (int)text.len,
		text.at ? text.at : "", line);
}

static void expect(struct slice input, const char *expected)
{
	struct strbuf out;
	struct xml_events events = { .context = &out, .open = on_open, .close = on_close };
	struct err err;

	strbuf_init(&out);
	err_init(&err);
	if (xml_read(input, "f.xml", &events, &err)) {
		strbuf_reset(&out);
		strbuf_addf(&out, "!%s", err.message);
	}
	assert_string_equal(out.buf, expected);
	err_release(&err);
	strbuf_release(&out);
}

static void test_read(void **state)
{
	(void)state;
	expect(slice_of("<a/>"), "<0:a></0:a=@1>");
	expect(slice_of("<a x='1' y='&lt;'>t<b>u&amp;\nv</b>w</a>"),
		"<0:a x=1 y=<><1:b></1:b=u&\nv@2></0:a=tw@2>");
	expect(slice_of("<p:a xmlns:p='u'><p:b>中</p:b></p:a>"),
		"<0:a xmlns:p=u><1:b></1:b=中@1></0:a=@1>");
	expect(slice_of("<a><![CDATA[<x>]]> y</a>"), "<0:a></0:a=<x> y@1>");
}

static void test_text_that_nobody_asks_for(void **state)
{
	struct strbuf out;
	struct xml_events events = { .context = &out, .close = on_close, .no_text = true };

	(void)state;
	strbuf_init(&out);
	assert_int_equal(xml_read(slice_of("<a>long<b>text</b></a>"), "f.xml", &events, NULL), 0);
	assert_string_equal(out.buf, "</1:b=@1></0:a=@1>");
	strbuf_release(&out);
}

static void test_faults(void **state)
{
	struct strbuf deep;

	(void)state;
	expect(slice_of(""), "!f.xml:1:1: no element found");
	expect(slice_new(NULL, 0), "!f.xml:1:1: no element found");
	expect(slice_of("<a>\n<b></a>"), "!f.xml:2:6: mismatched tag");
	expect(slice_of("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"),
		"!f.xml:1:13: a document type declaration (DOCTYPE) is not accepted");
	strbuf_init(&deep);
	strbuf_add_repeat(&deep, "<a>", 5000);
	expect(strbuf_slice(&deep), "!f.xml:1:3004: elements nested more than 1000 deep");
	strbuf_release(&deep);
}

/* More than the reader hands to expat in one piece, cut in the middle of characters. */
static void test_large(void **state)
{
	struct strbuf input, expected;

	(void)state;
	strbuf_init(&input);
	strbuf_init(&expected);
	strbuf_add_str(&input, "<a>");
	strbuf_add_repeat(&input, "文字 ", 500000);
	strbuf_add_str(&input, "</a>");
	strbuf_add_str(&expected, "<0:a></0:a=");
	strbuf_add_repeat(&expected, "文字 ", 500000);
	strbuf_add_str(&expected, "@1>");
	expect(strbuf_slice(&input), expected.buf);
	strbuf_release(&input);
	strbuf_release(&expected);
}

static void test_write(void **state)
{
	struct strbuf out;
	struct xml_writer w;

	(void)state;
	strbuf_init(&out);
	xml_init(&w, &out, true);
	xml_open(&w, "svg");
	xml_attribute(&w, "title", "a \"b\" <c> & d\n");
	xml_attribute(&w, "width", "12");
	xml_open(&w, "g");
	xml_close(&w);
	xml_element(&w, "text", slice_of("中 < 文 & ]]>"));
	xml_close(&w);
	assert_string_equal(out.buf,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg title=\"a &quot;b&quot; &lt;c&gt; &amp; d&#10;\" width=\"12\">\n"
		"  <g/>\n"
		"  <text>中 &lt; 文 &amp; ]]&gt;</text>\n"
		"</svg>\n");
	strbuf_reset(&out);
	xml_init(&w, &out, false);
	xml_open(&w, "a");
	xml_text(&w, slice_new("\x01\xff\0\xef\xbf\xbf", 6));
	xml_close(&w);
	assert_string_equal(out.buf, "<a>\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd</a>");
	strbuf_reset(&out);
	xml_escape(&out, slice_of("<a href='x'>\"&"));
	assert_string_equal(out.buf, "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_text_that_nobody_asks_for),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests_name("text/xml", tests, NULL, NULL);
}
