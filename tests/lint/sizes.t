#!/usr/bin/perl
# Sizes are a place to look: prints what is beyond the numbers of the style, and fails only when
# the whole drifts: median function over 18 lines, more than 1 % of functions over 80, a file over
# 800 lines or a function over 120. The table of findings may be longer: it is looked up, not read through.
use lib 'tests/lint';
use strict;
use warnings;
use tap;

my $total = 0;
my (@lengths, @long, @huge, @files, @wide, @vast);
for my $path (sources(qr/\.[ch]$/, 'lib', 'cmd')) {
	my @lines = split /\n/, slurp($path);
	my $header = $path =~ /\.h$/;
	push @files, "$path: " . @lines . ' lines' if @lines > ($header ? 300 : 500);
	push @vast, "$path: " . @lines . ' lines' if @lines > 800 && $path ne 'lib/base/diagnostic_table.c';
	my ($start, $name) = (undef, '');
	for my $i (0 .. $#lines) {
		my $columns = length($lines[$i] =~ s/\t/        /gr =~ s/[\x80-\xbf]//gr);
		$total++;
		push @wide, "$path:" . ($i + 1) . ": $columns columns" if $columns > ($header ? 150 : 120);
		if ($lines[$i] eq '{') {
			$start = $i;
			for (my $j = $i - 1; $j >= 0 && $j > $i - 6; $j--) {
				if ($lines[$j] =~ /^\S.*?(\w+)\(/) { $name = $1; last }
			}
		} elsif ($lines[$i] eq '}' && defined $start) {
			my $length = $i - $start - 1;
			push @lengths, $length;
			push @long, "$path:" . ($start + 1) . ": $name has $length lines" if $length > 60;
			push @huge, "$path:" . ($start + 1) . ": $name has $length lines" if $length > 80;
			$start = undef;
		}
	}
}
my @sorted = sort { $a <=> $b } @lengths;
my $median = @sorted ? $sorted[@sorted / 2] : 0;
note(sprintf('%d functions, median %d lines, %d over 60, %d over 80; %d wide lines',
	scalar @lengths, $median, scalar @long, scalar @huge, scalar @wide));
note(@files, @long) if @files || @long;
ok($median <= 18, 'median function is at most 18 lines');
ok(@huge <= @lengths / 100, 'at most 1 % of functions are over 80 lines', @huge);
ok(!(grep { /has (\d+)/ && $1 > 120 } @huge), 'no function is over 120 lines', @huge);
ok(!@vast, 'no file is over 800 lines', @vast);
ok(@wide <= $total / 100, "at most 1 % of lines are over 120 columns (a header's table may have 150)", @wide);
done();
