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
	'base/digest.o' => { abort => 'a crypto library that cannot hash: no answer could be trusted' },
);
my %forbidden = map { $_ => 1 } qw(exit _exit _Exit quick_exit abort getenv secure_getenv setenv putenv unsetenv
	getcwd get_current_dir_name chdir time gettimeofday localtime localtime_r gmtime gmtime_r
	printf __printf_chk vprintf __vprintf_chk puts putchar putchar_unlocked perror
	stdin stdout stderr setlocale getopt getopt_long isatty signal sigaction system popen rand srand random);
# The renderers translate (gettext); only cmd sets a language up.
my (%variables, %calls);
for my $object (sources(qr/\.o$/, "$build/lib")) {
	(my $name = $object) =~ s{^\Q$build\E/lib/}{};
	(my $source = "lib/$name") =~ s/\.o$/.c/;
	next unless -e $source;
	my ($layer) = $name =~ m{^(\w+)/};
	$variables{$layer} //= [];
	$calls{$layer} //= [];
	for (`objdump -t '$object' 2>/dev/null`) {
		# 0000000000000000 l     O .bss	0000000000000008 counter
		next unless /^\S+ .{6}O (\S+)\s+(\S+)\s+(.*)$/;
		my ($section, $symbol) = ($1, $3);
		next unless $section =~ /^(\.data|\.bss|\.tbss|\.tdata|\*COM\*)/ && $section !~ /^\.data\.rel\.ro/;
		push @{ $variables{$layer} }, "$source: $symbol in $section";
	}
	for (`nm -u '$object' 2>/dev/null`) {
		my ($symbol) = /\bU\s+(\w+)/ or next;
		push @{ $calls{$layer} }, "$source: $symbol" if $forbidden{$symbol} && !$allowed{$name}{$symbol};
	}
}
ok(scalar(%variables), "$build/lib has objects");
ok(!@{ $variables{$_} }, "$_: no mutable file-scope variable", @{ $variables{$_} }) for sort keys %variables;
ok(!@{ $calls{$_} }, "$_: does not print, exit or look around", @{ $calls{$_} }) for sort keys %calls;
done();
