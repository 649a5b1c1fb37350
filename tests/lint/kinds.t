#!/usr/bin/perl
# Every kind declared in lib/model/kinds/*.c has a row in lib/model/kinds.c, and no row is idle.
use lib 'tests/lint';
use strict;
use warnings;
use tap;

my $list = slurp('lib/model/kinds.c');
my %declared;
for my $path (glob('lib/model/kinds/*.c')) {
	my @kinds = slurp($path) =~ /^const struct kind (kind_\w+)\s*=/mg;
	ok(scalar(@kinds), "$path declares a kind");
	for my $kind (@kinds) {
		$declared{$kind} = $path;
		ok($list =~ /&$kind\b/, "$kind has a row in lib/model/kinds.c");
	}
}
my @idle = grep { !$declared{$_} } $list =~ /&(kind_\w+)\b/g;
ok(!@idle, 'every row has its file', @idle);
done();
