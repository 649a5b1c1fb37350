#!/usr/bin/perl
# No marker of unfinished work is left, no conflict, no blank at an end of line, no code put aside.
use lib 'tests/lint';
use strict;
use warnings;
use tap;

my @marker = map { join '', @$_ } ['TO', 'DO'], ['FIX', 'ME'], ['XX', 'X'], ['HA', 'CK'], ['not yet ', 'implemented'],
	['lorem ', 'ipsum'];
my $markers = join '|', @marker;
my (@left, @conflicts, @blanks, @aside);
my @files = sources(qr/(\.([chtin]|pm|sh|md|ini|po)|^[^.]+)$/, qw(lib cmd man tests examples .ci));
for my $path ('Makefile', 'README.md', @files) {
	next if $path =~ m{^tests/(fixtures|golden|fuzz/corpus)/} || !-f $path;
	my $number = 0;
	for (split /\n/, slurp($path)) {
		$number++;
		push @left, "$path:$number: $_" if /\b(?:$markers)\b/ && $path !~ m{lint/words};
		push @conflicts, "$path:$number" if /^(<<<<<<<|>>>>>>>) /;
		push @blanks, "$path:$number" if /[ \t]+$/;
		push @aside, "$path:$number: $_" if $path =~ /\.[ch]$/ && /^\s*(#if 0\b|\/\/)/;
	}
}
ok(!@left, 'no marker of unfinished work', @left);
ok(!@conflicts, 'no conflict marker', @conflicts);
ok(!@blanks, 'no blank at the end of a line', @blanks);
ok(!@aside, 'no code put aside, no // comment', @aside);
done();
