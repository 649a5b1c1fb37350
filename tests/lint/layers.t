#!/usr/bin/perl
# Every #include in lib/ and cmd/ is one that lib/LAYERS allows; git2.h stays in lib/git, ini.h in
# lib/text; a header NAME-internal.h is included from its own folder alone.
use lib 'tests/lint';
use strict;
use warnings;
use tap;

my %may;
for (split /\n/, slurp('lib/LAYERS')) {
	next if /^\s*(#|$)/;
	my ($folder, undef, $allowed) = map { s/^\s+|\s+$//gr } split /\|/, "$_ ", 3;
	$may{$folder} = { map { $_ => 1 } $folder, split ' ', $allowed // '' };
}
ok(scalar(%may), 'lib/LAYERS has rows');
my %only = ('git2' => 'git', 'ini.h' => 'text', 'expat.h' => 'text', 'jansson.h' => 'text',
	'utf8proc.h' => 'base', 'openssl' => 'base');

# `pmt version --build` names the libraries; only their headers know their versions.
my %excepted = map { $_ => 1 } 'cmd/version.c';

# A layer may use those above it alone, so no two can include each other.
my (@order) = map { /^(\w+)\s*\|/ ? $1 : () } split /\n/, slurp('lib/LAYERS');
my %row;
@row{@order} = 0 .. $#order;
for my $folder (@order) {
	my @bad = grep { !exists $row{$_} || $row{$_} > $row{$folder} } keys %{ $may{$folder} };
	ok(!@bad, "$folder: uses rows above it", @bad);
}
for my $folder (map { m{^lib/(\w+)/$} } glob('lib/*/')) {
	ok($may{$folder}, "lib/$folder has a row in lib/LAYERS");
}

my %bad;
for my $path (sources(qr/\.[ch]$/, 'lib', 'cmd')) {
	my $layer = $path =~ m{^lib/(\w+)/} ? $1 : 'cmd';
	my $line = 0;
	$bad{$layer} //= [];
	for (split /\n/, slurp($path)) {
		$line++;
		if (/^\s*#\s*include\s*"([^"]+)"/) {
			my $name = $1;
			(my $own = $path) =~ s{/[^/]+$}{};
			my $inside = -e "$own/$name" && $name !~ m{^\.\.};
			my ($used) = $name =~ m{^cmd/} ? 'cmd' : $name =~ m{^(\w+)/} ? $1 : $layer;
			push @{ $bad{$layer} }, "$path:$line: $name: $layer may not use $used"
				unless $inside || $may{$layer}{$used};
			push @{ $bad{$layer} }, "$path:$line: $name: a private header of another folder"
				if $name =~ m{-internal\.h$} && !$inside && index($own, ($name =~ m{^(.*)/})[0] // '') < 0;
		} elsif (/^\s*#\s*include\s*<([^>]+)>/) {
			my $name = $1;
			for my $library (keys %only) {
				push @{ $bad{$layer} }, "$path:$line: <$name> belongs to lib/$only{$library} alone"
					if $name =~ m{^\Q$library\E} && $layer ne $only{$library} && !$excepted{$path};
			}
		}
	}
}
ok(!@{ $bad{$_} }, "$_: includes", @{ $bad{$_} }) for sort keys %bad;
done();
