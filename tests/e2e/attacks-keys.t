#!/bin/sh
# Attacks with keys and with whose word an event is: other algorithms, other folders, other people's names.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

# ssh-keygen as forge.pl calls it, for an RSA key in PEM: signs with the digest that $1 says.
rsa_forger() { # sha1|sha512, algorithm's name
	mkdir -p ../forger
	cat >../forger/ssh-keygen <<'END'
#!/usr/bin/perl
use strict;
use warnings;
use Digest::SHA qw(sha512);
use MIME::Base64;
my ($key, $file) = ($ARGV[4], $ARGV[7]);
sub item { return pack('N', length $_[0]) . $_[0] }
sub slurp { open my $in, '<:raw', $_[0] or die; local $/; return <$in> }
my $frame = item('pmt-approval') . item('') . item('sha512');
open my $out, '>:raw', "$file.tbs" or die;
print $out 'SSHSIG' . $frame . item(sha512(slurp($file)));
close $out;
my $made = `openssl dgst -$ENV{FORGED_DIGEST} -sign '$key' '$file.tbs'`;
unlink "$file.tbs";
my $public = decode_base64((split ' ', slurp("$key.pub"))[1]);
open $out, '>', "$file.sig" or die;
print $out encode_base64('SSHSIG' . pack('N', 1) . item($public) . $frame .
	item(item($ENV{FORGED_NAME}) . item($made)));
END
	chmod +x ../forger/ssh-keygen
	FORGED_DIGEST=$1
	FORGED_NAME=$2
	export FORGED_DIGEST FORGED_NAME
}

it 'attack: an RSA signature over SHA-1' <<'EOT'
    guarded
    command -v openssl >/dev/null || skip 'no openssl'
    ssh-keygen -q -t rsa -b 3072 -m PEM -N '' -C li.wei -f ../key-rsa
    sed -i "/^\[resource li.wei\]/,/^keys/s|^keys .*|keys  = $(cut -d' ' -f1,2 ../key-rsa.pub)|" people.ini
    git commit -q -a -m 'the key of li.wei'
    server_anew
    change task set T-1 effort=11d
    sign chen.jie submit
    sign zhang.min approve
    usual=$PATH
    for made in 'sha512 rsa-sha2-512' 'sha1 ssh-rsa' 'sha1 rsa-sha2-512' 'sha512 ssh-rsa'; do
        git switch -q "change/$id"
        tip=$(git rev-parse HEAD)
        rsa_forger $made
        PATH=$PWD/../forger:$usual
        forge 2-zhang.min-approve rsa sequence=3 person=li.wei roles=ccb
        PATH=$usual
        land
        case $made in
        'sha512 rsa-sha2-512') git push -q --dry-run origin main && pmt verify origin/main..main >/dev/null || fail 'the forger forges badly' ;;
        *) refused approval-missing ;;
        esac
        restore
        git branch -q -f "change/$id" "$tip"
    done
EOT

it "attack: an event's file put into another change's folder" <<'EOT'
    guarded
    approved task set T-1 effort=11d
    first=$id
    git switch -q main
    change task set T-1 effort=11d
    sign chen.jie submit
    mkdir -p changes/$id
    # What was signed for one change is shown in the folder of the other: as it is, and under the other's name.
    git show change/$first:changes/$first/2-zhang.min-approve.ini >changes/$id/2-zhang.min-approve.ini
    git show change/$first:changes/$first/3-li.wei-approve.ini >changes/$id/3-li.wei-approve.ini
    git add -A
    git commit -q -m approvals
    land
    refused check-failed
    restore
    git switch -q change/$id
    sed -i "s/^\[event $first\./[event $id./" changes/$id/2-zhang.min-approve.ini changes/$id/3-li.wei-approve.ini
    git commit -q -a -m 'under its name'
    land
    refused check-failed
EOT

it 'attack: its file moved to another folder, an event counts for its own change alone' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    first=$id
    git switch -q main
    change task set T-4 effort=11d
    sign chen.jie submit
    git merge -q -m both "change/$first"
    git mv changes/$first/2-zhang.min-approve.ini changes/$id/2-zhang.min-approve.ini
    git mv changes/$first/3-li.wei-approve.ini changes/$id/3-li.wei-approve.ini
    git commit -q -m moved
    land
    refused approval-missing "$id"
EOT

it "attack: an emergency submitted under another's name, ratified by who made it" <<'EOT'
    guarded
    change task set T-1 effort=11d
    pmt -q change set $id class=emergency
    git commit -q -a -m class
    sign li.wei submit
    sign zhang.min approve
    # The name of chen.jie over the key of li.wei, in place of the submission and behind it.
    forge 1-li.wei-submit li.wei sequence=3 person=chen.jie
    forge 2-zhang.min-approve zhang.min sequence=4
    land
    refused submission-missing
    restore
EOT

it 'attack: an emergency renewed by another, ratified by who submitted it first' <<'EOT'
    guarded
    urgent li.wei task set T-1 effort=11d
    forge 1-li.wei-submit chen.jie sequence=3 person=chen.jie
    forge 2-zhang.min-approve zhang.min sequence=4
    land
    accepted
    ratify 2-zhang.min-approve li.wei sequence=5 verdict=ratify person=li.wei roles=ccb
    forge 2-zhang.min-approve wang.fang sequence=6 verdict=ratify person=wang.fang roles=ccb
    landed
    refused event-void
EOT

finish
