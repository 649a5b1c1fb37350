#!/usr/bin/perl
# What the compiled library says of itself: no variable that outlives a call, and nothing that
# prints, exits, or reads the environment, the current folder or the clock.
use lib 'tests/lint';
use strict;
use warnings;
use tap;

my $build = $ENV{B} // 'build';
# Exceptions, each with its reason.
my %allowed = (
	'base/alloc.o' => { map { $_ => 'out of memory ends the program here, and nowhere else' }
		qw(stderr abort _exit exit fputs fwrite __fprintf_chk fprintf) },
	'base/digest.o' => { map { $_ => 'no crypto library: no identity could be trusted' } qw(stderr exit abort) },
);
my %forbidden = map { $_ => 1 } qw(exit _exit _Exit quick_exit abort getenv secure_getenv setenv putenv unsetenv
	getcwd get_current_dir_name chdir time gettimeofday localtime localtime_r gmtime gmtime_r
	printf __printf_chk vprintf __vprintf_chk puts putchar putchar_unlocked perror
	stdin stdout stderr setlocale getopt getopt_long isatty signal sigaction system popen rand srand random);
# The renderers translate (gettext); only cmd sets a language up.
my (%variables, %calls);
my @objects = grep { -e s{^\Q$build\E/(lib/.*)\.o$}{$1.c}r } sources(qr/\.o$/, "$build/lib");
exit 1 unless @objects;
open my $dump, '-|', 'objdump', '-t', @objects or die "objdump: $!\n";
my ($name, $source, $layer) = ('', '', '');
while (<$dump>) {
	if (m{^\Q$build\E/(lib/(\w+)/.*)\.o:\s+file format}) {
		($source, $layer) = ("$1.c", $2);
		($name = "$1.o") =~ s{^lib/}{};
		$variables{$layer} //= [];
		$calls{$layer} //= [];
	} elsif (/^\S+ .{6}O (\S+)\s+(\S+)\s+(.*)$/) {
		# 0000000000000000 l     O .bss	0000000000000008 counter
		my ($section, $symbol) = ($1, $3);
		next unless $section =~ /^(\.data|\.bss|\.tbss|\.tdata|\*COM\*)/ && $section !~ /^\.data\.rel\.ro/;
		push @{ $variables{$layer} }, "$source: $symbol in $section";
	} elsif (/\*UND\*\s+\S+\s+(\w+)/) {
		push @{ $calls{$layer} }, "$source: $1" if $forbidden{$1} && !$allowed{$name}{$1};
	}
}
close $dump;
ok(scalar(%variables), "$build/lib has objects");
ok(!@{ $variables{$_} }, "$_: no mutable file-scope variable", @{ $variables{$_} }) for sort keys %variables;
ok(!@{ $calls{$_} }, "$_: does not print, exit or look around", @{ $calls{$_} }) for sort keys %calls;
done();
