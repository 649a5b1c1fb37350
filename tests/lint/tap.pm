# Prints TAP for the lints: ok(condition, what, detail…), done().
package tap;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(ok note done sources slurp);
my ($number, $failed) = (0, 0);

sub ok {
	my ($good, $what, @detail) = @_;
	$number++;
	$failed++ unless $good;
	print $good ? 'ok' : 'not ok', " $number - $what\n";
	note(@detail) unless $good;
	return $good;
}
sub note { print map { my $t = $_; chomp $t; $t =~ s/^/# /mg; "$t\n" } @_ }
sub done { print "1..$number\n"; exit($failed ? 1 : 0) }

# Files below folders with names that match, in order.
sub sources {
	my ($pattern, @folders) = @_;
	my @found;
	for my $folder (@folders) {
		opendir my $dir, $folder or next;
		for my $name (sort grep { !/^\./ } readdir $dir) {
			my $path = "$folder/$name";
			if (-d $path) { push @found, sources($pattern, $path) }
			elsif ($name =~ $pattern) { push @found, $path }
		}
	}
	return @found;
}
sub slurp {
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	local $/;
	return <$in> // '';
}
1;
