#!/usr/bin/perl
# Opens an HTML file in headless Chromium and fails on a console message or on a page that is
# wider than the window.
#
#   browser.pl CHROMIUM FILE WIDTH...
#
# Chromium's own window has a smallest width, so the page stands in a frame of the width asked
# for, and a script added to a copy of it tells its size.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Temp qw(tempdir);

my ($browser, $file, @widths) = @ARGV;
my $folder = tempdir(CLEANUP => 1);
open my $in, '<', $file or die "$file: $!\n";
my $page = do { local $/; <$in> };
my $probe = '<script>addEventListener("load",function(){var e=document.documentElement,w=[];'
	. 'if(e.scrollWidth>e.clientWidth)document.querySelectorAll("body *").forEach(function(x){'
	. 'if(x.getBoundingClientRect().right>e.clientWidth+1&&w.length<5)w.push(x.tagName+"."+x.className)});'
	. 'parent.postMessage(e.scrollWidth+" "+e.clientWidth+" "+w.join(" "),"*")})</script>';
$page =~ s{(</body>|\z)}{$probe$1}i;
open my $out, '>', "$folder/page.html" or die;
print $out $page;
close $out;

my $failed = 0;
for my $width (@widths) {
	open my $frame, '>', "$folder/frame.html" or die;
	print $frame qq(<!DOCTYPE html><meta charset="utf-8"><title>frame</title><p id="size">nothing</p>)
		. qq(<iframe src="page.html" style="border:0;width:${width}px;height:900px"></iframe>)
		. qq(<script>addEventListener("message",function(e){document.getElementById("size").textContent=e.data})</script>);
	close $frame;
	my @command = ('timeout', '60', $browser, qw(--headless --no-sandbox --disable-gpu --disable-quic --no-first-run
		--disable-background-networking --disable-component-update --disable-sync --disable-extensions
		--disable-dev-shm-usage --enable-logging=stderr --virtual-time-budget=8000 --dump-dom),
		'--window-size=' . ($width + 100) . ',1000', "--user-data-dir=$folder/profile",
		'file://' . abs_path("$folder/frame.html"));
	my $quoted = join ' ', map { "'$_'" } @command;
	my $dom = `$quoted 2>'$folder/log'`;
	open my $log, '<', "$folder/log" or die;
	my @console = grep { /:CONSOLE/ } <$log>;
	my ($have, $client, $who) = $dom =~ m{<p id="size">(\d+) (\d+) ?([^<]*)</p>};
	if (!defined $have) {
		print STDERR "$width px: the page told nothing\n";
		$failed = 1;
	} elsif ($have > $client) {
		print STDERR "$width px: $have px wide: $who\n";
		$failed = 1;
	}
	if (@console) {
		print STDERR "$width px: ", @console;
		$failed = 1;
	}
}
exit $failed;
