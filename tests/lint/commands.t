#!/usr/bin/perl
# Every cmd/NAME.c has its row in cmd/commands.c, its manual page and its end-to-end test; what
# `pmt NAME -h` says as usage is the SYNOPSIS of the page; every option of -h is in the page.
use lib 'tests/lint';
use strict;
use warnings;
use File::Glob qw(:bsd_glob);
use tap;

my $build = $ENV{B} // 'build';
my $list = slurp('cmd/commands.c');
my (@rows, @pages, @tests, @usage, @options, @examples);

sub page_text {
	my ($name) = @_;
	my $text = `mandoc -T utf8 -O width=1000 '$build/man/pmt-$name.1' 2>/dev/null`;
	1 while $text =~ s/.\x08//g;
	return $text;
}
sub squeeze { my ($text) = @_; $text =~ s/\s+/ /g; $text =~ s/^ | $//g; $text =~ s/…/.../g; return $text }

for my $path (grep { !m{/(main|commands)\.c$} } glob('cmd/*.c')) {
	my @names = slurp($path) =~ /^const struct command cmd_(\w+)\s*=/mg or next;
	for my $symbol (@names) {
		(my $name = $symbol) =~ tr/_/-/;
		$name = $1 if slurp($path) =~ /^const struct command cmd_\Q$symbol\E\s*=\s*\{[^}]*?\.name\s*=\s*"([^"]+)"/ms;
		push @rows, "$path: &cmd_$symbol is not in cmd/commands.c" unless $list =~ /\bcmd_$symbol\b/;
		push @tests, "tests/e2e/$name.t is missing" unless -e "tests/e2e/$name.t";
		my ($source) = grep { -e } "man/pmt-$name.1.in", "man/pmt-$name.1";
		push @pages, "man/pmt-$name.1.in is missing" and next unless $source;
		my $examples = () = slurp($source) =~ /^\$ pmt/mg;
		push @examples, "$source has $examples" if $examples < 2;
		my $help = `LC_ALL=C.UTF-8 LANGUAGE= '$build/pmt' $name -h 2>/dev/null`;
		my $text = page_text($name);
		my ($synopsis) = $text =~ /^SYNOPSIS\n(.*?)^\S/ms;
		my @said = $help =~ /^\s*(?:usage|or):?\s+(pmt $name\b.*)$/mgi;
		@said or push @usage, "pmt $name -h prints no usage";
		for my $line (@said) {
			push @usage, "$name: -h says '" . squeeze($line) . "', the page '" . squeeze($synopsis // '') . "'"
				if index(squeeze($synopsis // ''), squeeze($line)) < 0;
		}
		# Those of every command are in pmt(1).
		$help =~ s/^Options of every command\n.*//ms;
		for my $option ($help =~ /^\s+(?:-\w, )?(--[a-z-]+)/mg) {
			push @options, "$name: $option" if index($text, $option) < 0;
		}
	}
}
ok(!@rows, 'every command has its row', @rows);
ok(!@pages, 'every command has its manual page', @pages);
ok(!@tests, 'every command has its end-to-end test', @tests);
ok(!@usage, 'usage and SYNOPSIS agree', @usage);
ok(!@options, 'every option of -h is in the page', @options);
ok(!@examples, 'every page has two examples or more', @examples);

my @lint;
for my $page (glob("$build/man/*.[1-8]")) {
	my $said = `mandoc -Tlint -Wwarning '$page' 2>&1`;
	push @lint, $said if $said ne '';
}
ok(!@lint, 'mandoc finds no fault in the manual pages', @lint);
done();
