#!/usr/bin/perl
# tests/rules.txt tells of the sources as they are: each rule stands in its file once, its test is there, and every
# finding that refuses has a rule. Whether the tests fail without them, 'perl tests/rules' sees.
use strict;
use warnings;
use lib 'tests/lint', 'tests';
require './tests/rules.pm';

my ($n, $failed) = (0, 0);
sub result {
	my ($good, $what) = @_;
	$n++;
	$failed++ unless $good;
	print $good ? '' : 'not ', "ok $n - $what\n";
}

my @rules = rules::read('tests/rules.txt');
my (%names, @lost, @untested, @twice);
for my $rule (@rules) {
	push @lost, $rule->{name} unless rules::line($rule);
	push @twice, $rule->{name} if $names{ $rule->{name} }++;
	my ($sort, $file, $case) = split ' ', $rule->{test}, 3;
	my $there = $sort eq 'unit'
		? rules::slurp("tests/unit/${file}_test.c") =~ /cmocka_unit_test\(\Q$case\E\)/
		: $sort eq 'e2e' && rules::case_number($file, $case);
	push @untested, $rule->{name} unless $there;
}
result(!@lost, 'every rule stands in its file, once');
print map { "# not in its file, or not once: $_\n" } @lost;
result(!@untested, "every rule's test is there");
print map { "# no such test: $_\n" } @untested;
result(!@twice, 'no rule is told twice');
print map { "# $_\n" } @twice;

# Three only tell; one a second rule sees as well.
my %without = map { $_ => 1 } qw(approved closed ratified delta-hides);
my @findings = rules::slurp('lib/change/judge_finding.c') =~ /^\t\{ "([a-z-]+)",/mg;
my @ruleless = grep { my $id = $_; !$without{$id} && !grep { /^\Q$id\E:/ } keys %names } @findings;
result(@findings > 20 && !@ruleless, 'every finding that refuses has a rule');
print map { "# no rule: $_\n" } @ruleless;
print "1..$n\n";
exit($failed ? 1 : 0);
