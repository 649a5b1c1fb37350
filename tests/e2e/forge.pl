#!/usr/bin/perl
# Writes an event that pmt itself would refuse to write: for the tests of attacks.
#
#   perl forge.pl TEMPLATE KEY FIELD=VALUE...
#
# TEMPLATE is an event's file. Its fields are taken over, changed by FIELD=VALUE (also id=CHANGE for the change's id, delta=FILE for another
# delta text), signed anew with KEY (a private key; '-' keeps the old signature) and written beside the template's folder
# as changes/CHANGE/SEQUENCE-PERSON-VERDICT.ini. The form of what is signed is restated here on purpose.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use MIME::Base64;

my @signed = qw(project target change sequence verdict person roles class after digest ceiling_cost ceiling_finish binding base result
	comment);
my ($template, $key, @edits) = @ARGV;
my (%field, $id, $name);
open my $in, '<', $template or die "$template: $!\n";
while (<$in>) {
	chomp;
	if (/^\[event ([^.\]]+)\./ && !defined $id) { $id = $1 }
	elsif (/^(\w+)\s+= (.*)/) { $field{ $name = $1 } = $2 }
	elsif (/^\s+(\S.*)/ && $name) { $field{$name} .= "\n$1" }
}
close $in;
for (@edits) {
	my ($which, $value) = split /=/, $_, 2;
	$value =~ s/\\n/\n/g;
	if ($which eq 'id') { $id = $value }
	elsif ($value eq '') { delete $field{$which} }
	elsif ($which eq 'delta') {
		open my $delta, '<:raw', $value or die "$value: $!\n";
		my $text = do { local $/; <$delta> };
		$field{delta} = encode_base64($text, "\n");
		$field{digest} = sha256_hex("pmt-delta-1\0$text");
	}
	else { $field{$which} = $value }
}
if ($key ne '-') {
	my $payload = "pmt-event 1\n";
	for (@signed) {
		my $value = $field{$_} // '';
		$value =~ s/min$// if $_ eq 'ceiling_finish';
		$payload .= length($_) . ":$_," . ($value eq '' ? '-,' : length($value) . ":$value,");
	}
	my $file = "forged.$$";
	open my $out, '>:raw', $file or die "$file: $!\n";
	print $out $payload;
	close $out;
	system("ssh-keygen -q -Y sign -f '$key' -n pmt-approval $file 2>/dev/null") == 0 or die "no signature\n";
	open my $armour, '<', "$file.sig" or die "$file.sig: $!\n";
	$field{signature} = join '', grep { !/^-----/ } <$armour>;
	unlink $file, "$file.sig";
}
my $path = "changes/$id/$field{sequence}-$field{person}-$field{verdict}.ini";
mkdir "changes/$id";
open my $out, '>', $path or die "$path: $!\n";
print $out "[event $id.$field{sequence}.$field{person}]\nversion        = 1\n";
for (@signed, qw(date delta signature)) {
	next unless defined $field{$_} && $field{$_} ne '';
	(my $value = $field{$_}) =~ s/\n+$//;
	$value =~ s/\n/\n                 /g;
	printf $out "%-14s = %s\n", $_, $value;
}
close $out;
print "$path\n";
