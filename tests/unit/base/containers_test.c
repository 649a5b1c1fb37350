#include "base/map.h"
#include "base/random.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

struct pair {
	int key, order;
};

static int compare_keys(const void *a, const void *b, void *context)
{
	int x = ((const struct pair *)a)->key, y = ((const struct pair *)b)->key;

	if (context)
		++*(size_t *)context;
	return (x > y) - (x < y);
}

static void vec_keeps_items(void **state)
{
	struct vec v;
	int *items;

	(void)state;
	vec_init(&v, sizeof(int));
	for (int i = 0; i < 100; i++)
		vec_append(&v, &i);
	assert_int_equal(*(int *)vec_push(&v), 0);
	vec_remove(&v, 0);
	vec_remove(&v, v.len - 1);
	items = v.items;
	assert_int_equal(v.len, 99);
	assert_int_equal(items[0], 1);
	assert_int_equal(items[98], 99);
	vec_clear(&v);
	vec_reserve(&v, 5000);
	assert_true(v.cap >= 5000);
	vec_sort(&v, compare_keys, NULL);
	vec_release(&v);
	assert_null(v.items);
}

static void sort_is_stable_for_every_size(void **state)
{
	struct vec v;
	size_t calls;

	(void)state;
	vec_init(&v, sizeof(struct pair));
	for (size_t count = 0; count < 200; count++) {
		struct pair *items;

		vec_clear(&v);
		for (size_t i = 0; i < count; i++) {
			struct pair *p = vec_push(&v);

			p->key = (int)random_below(count, 0, i, 1 + count / 3);
			p->order = (int)i;
		}
		vec_sort(&v, compare_keys, NULL);
		items = v.items;
		for (size_t i = 1; i < count; i++) {
			assert_true(items[i - 1].key <= items[i].key);
			if (items[i - 1].key == items[i].key)
				assert_true(items[i - 1].order < items[i].order);
		}
	}
	calls = 0;
	vec_sort(&v, compare_keys, &calls);
	assert_true(calls <= 2 * v.len); /* sorted input is linear */
	vec_release(&v);
}

static void map_holds_many_in_order(void **state)
{
	enum { COUNT = 20000 };
	struct strvec names;
	struct map map;
	uintptr_t value;

	(void)state;
	strvec_init(&names);
	map_init(&map);
	assert_false(map_get(&map, slice_of("x"), NULL));
	assert_null(map_get_pointer(&map, slice_of("x")));
	for (size_t i = 0; i < COUNT; i++) {
		strvec_pushf(&names, "T-%zu", i);
		assert_true(map_put(&map, slice_of(names.items[i]), i));
	}
	for (size_t i = 0; i < COUNT; i++) {
		char text[32];

		snprintf(text, sizeof(text), "T-%zu", i);
		assert_true(map_get(&map, slice_of(text), &value));
		assert_int_equal(value, i);
		assert_string_equal(map.entries[i].key.at, text);
	}
	assert_false(map_get(&map, slice_of("T-20000"), NULL));
	assert_false(map_put(&map, slice_of("T-7"), 70));
	assert_false(map_add(&map, slice_of("T-7"), 71, &value));
	assert_int_equal(value, 70);
	assert_true(map_add(&map, slice_of(""), 5, &value));
	assert_int_equal(value, 5);
	assert_int_equal(map.len, COUNT + 1);
	map_clear(&map);
	assert_false(map_get(&map, slice_of("T-7"), NULL));
	assert_true(map_put(&map, slice_of("T-7"), 1));
	assert_int_equal(map.len, 1);
	map_release(&map);
	strvec_release(&names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vec_keeps_items),
		cmocka_unit_test(sort_is_stable_for_every_size),
		cmocka_unit_test(map_holds_many_in_order),
	};

	return cmocka_run_group_tests_name("base/containers", tests, NULL, NULL);
}
