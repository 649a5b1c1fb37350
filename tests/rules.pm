# tests/rules.txt, read and put into a copy of the sources.
#
#   a rule's name                 the finding's id first, where the rule has one of its own
#     file   lib/change/judge.c
#     bad    EXPRESSION           when it is true the rule refuses; taken out, it is false
#     good   EXPRESSION           when it is true the rule lets pass; taken out, it is true
#     from   TEXT                 or: any text, and
#     to     TEXT                 what stands there instead; KEPT in it is false when the rule is out
#     test   unit change/judge CASE, or: e2e attacks-text part of the case's title
#
# The text must stand in the file exactly once, whatever its blanks and line ends.
package rules;
use strict;
use warnings;

sub read {
	my ($path) = @_;
	my (@rules, $rule);
	open my $in, '<:encoding(UTF-8)', $path or die "$path: $!\n";
	while (<$in>) {
		chomp;
		next if /^\s*(#|$)/;
		if (/^\S/) {
			push @rules, $rule = { name => $_, number => @rules + 1, at => $. };
		} elsif ($rule && /^\s+(file|bad|good|from|to|test)\s+(.*\S)/) {
			$rule->{$1} = $2;
		} else {
			die "$path:$.: neither a rule nor a line of one\n";
		}
	}
	for (@rules) {
		$_->{from} //= $_->{bad} // $_->{good};
		die "$path:$_->{at}: the rule is not whole\n"
			unless $_->{file} && $_->{from} && $_->{test} && ($_->{bad} || $_->{good} || $_->{to});
		$_->{to} //= $_->{bad} ? "(KEPT && ($_->{bad}))" : "(!KEPT || ($_->{good}))";
	}
	return @rules;
}

sub pattern {
	my ($text) = @_;
	return join '\s+', map { quotemeta } split ' ', $text;
}

sub slurp {
	my ($path) = @_;
	open my $in, '<', $path or return '';
	local $/;
	return <$in>;
}

# The line of the rule; 0 when its text is not there, or not once.
sub line {
	my ($rule) = @_;
	my $text = slurp($rule->{file});
	my $pattern = pattern($rule->{from});
	my @at;
	push @at, $-[0] while $text =~ /$pattern/g;
	return @at == 1 ? 1 + (substr($text, 0, $at[0]) =~ tr/\n//) : 0;
}

sub write_text {
	my ($path, $text) = @_;
	open my $out, '>', $path or die "$path: $!\n";
	print $out $text;
	close $out or die "$path: $!\n";
}

# Makes the sources of the current folder ones whose rules can be taken out.
sub take_out {
	my ($rules) = @_;
	my %files;
	for my $rule (@$rules) {
		my $text = $files{ $rule->{file} } //= slurp($rule->{file});
		my $pattern = pattern($rule->{from});
		my $to = $rule->{to} =~ s/\bKEPT\b/!rule_out($rule->{number})/gr;
		$text =~ s/$pattern/$to/ or die "rules: '$rule->{name}' is not in $rule->{file}\n";
		$files{ $rule->{file} } = $text;
	}
	write_text($_, "int rule_out(int number);\n$files{$_}") for sort keys %files;
	write_text('lib/base/rule_out.c', <<'END');
#include <stdlib.h>
int rule_out(int number);
int rule_out(int number)
{
	const char *out = getenv("RULE_OUT");
	return out && atoi(out) == number;
}
END
	for my $test (glob 'tests/unit/change/*_test.c') { # one case of a unit test by name
		my $text = slurp($test);
		$text =~ s/(?=\treturn cmocka_run_group_tests)/\tif (getenv("ONLY_CASE")) cmocka_set_test_filter(getenv("ONLY_CASE"));\n/;
		write_text($test, "#include <stdlib.h>\n$text");
	}
}

# The case that a title begins with, or has in it.
sub case_number {
	my ($file, $title) = @_;
	my ($number, $found) = (0, 0);
	for (split /\n/, slurp("tests/e2e/$file.t")) {
		next unless /^it (['"])(.*)\1 <</;
		$number++;
		$found = $number if !$found && index($2, $title) >= 0;
	}
	return $found;
}

# Does the test pass?
sub run {
	my ($test, $number) = @_;
	my ($sort, $file, $case) = split ' ', $test, 3;
	local $ENV{RULE_OUT} = $number;
	local $ENV{ONLY_CASE};
	local $ENV{ONLY};
	local $ENV{B} = 'build';
	if ($sort eq 'unit') {
		$ENV{ONLY_CASE} = $case if defined $case;
		return system("build/tests/unit/${file}_test >run.$$.log 2>&1") == 0;
	}
	$ENV{ONLY} = case_number($file, $case) if defined $case;
	return system("sh tests/e2e/$file.t >run.$$.log 2>&1") == 0;
}

1;
