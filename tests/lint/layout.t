#!/usr/bin/perl
# What of the layout is beyond taste: tabs indent, keywords stand off their brackets, functions do not,
# comments are the /* */ kind, files end with a line's end. The rest is laid out by hand.
use lib 'tests/lint';
use strict;
use warnings;
use tap;

my (@indent, @keyword, @brace, @comment, @end);
for my $path (sources(qr/\.[ch]$/, qw(lib cmd tests))) {
	next if $path =~ m{^tests/(fixtures|golden)/};
	my $text = slurp($path);
	push @end, $path if $text !~ /[^\n]\n\z/ || $text =~ /\r/;
	my $number = 0;
	for (split /\n/, $text) {
		my $place = "$path:" . ++$number;
		my $code = s/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/""/gr; # words in quotes are no code
		push @indent, $place if /^ +[^ *]/ || /^\t* +\t/;
		push @comment, $place if $code =~ m{^\s*//};
		$code =~ s{/\*.*}{};
		next if $code =~ /^ \*/;
		push @keyword, $place if $code =~ /\b(?:if|for|while|switch)\(|\breturn\(/;
		push @brace, $place if $code =~ /\b(?:if|for|while|switch) \(.*\)\{$|\}else|else\{|^\w.*\)\s*\{$/;
	}
}
ok(!@indent, 'lines are indented with tabs', @indent);
ok(!@keyword, 'a blank stands between a keyword and its bracket', @keyword);
ok(!@brace, 'a blank stands before a brace, and a function begins on a line of its own', @brace);
ok(!@comment, 'comments are /* */', @comment);
ok(!@end, 'files end with a line and have no carriage returns', @end);
done();
