#!/bin/sh
# Attacks on the text: what a reader, a parser, git or ssh-keygen might take for something else.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

it 'attack: names, options, commas and line ends smuggled into keys' <<'EOT'
    guarded
    evil=$(cut -d' ' -f1,2 ../key-mallory.pub)
    for line in "* $evil" "zhang.min,* $evil" "cert-authority $evil" "namespaces=\"pmt-approval\" $evil" \
        "$evil,ssh-ed25519" "valid-after=20200101 $evil"; do
        change resource set mallory "keys=$line" 2>/dev/null || {
            printf '[resource mallory]\nroles = sponsor\nkeys  = %s\n' "$line" >>people.ini
            git commit -q -a -m keys
        }
        exits 1 pmt check
        matches 'key-(syntax|weak|shared)'
        restore
        git branch -q -D change/$id
    done
EOT

it 'attack: a wildcard principal, a weak key, a hardware key without touch' <<'EOT'
    guarded
    ssh-keygen -q -t rsa -b 1024 -N '' -f ../weak 2>/dev/null || skip 'ssh-keygen makes no short keys'
    printf '[resource weak]\nroles = sponsor\nkeys  = %s\n' "$(cat ../weak.pub)" >>people.ini
    commit weak
    exits 1 pmt check
    has key-weak
    refused check-failed
EOT

it 'attack: one key under two people' <<'EOT'
    guarded
    printf '[resource double]\nroles = sponsor\nkeys  = %s\n' "$(cat ../key-li.wei.pub)" >>people.ini
    commit double
    exits 1 pmt check
    has key-shared
    refused check-failed
EOT

it 'attack: ids that look alike, or fold alike' <<'EOT'
    guarded
    # Cyrillic а in li.wеi, a person of the same look.
    printf '[resource li.w\320\265i]\nroles = ccb, sponsor\nkeys  = %s\n' "$(cat ../key-mallory.pub)" >>people.ini
    commit look
    refused uncovered
    restore
    # The same id in other letters is a duplicate, not a second record.
    printf '[resource LI.WEI]\nroles = sponsor\nkeys  = %s\n' "$(cat ../key-mallory.pub)" >>more.ini
    commit case
    refused check-failed
    restore
    printf '[policy SCOPE]\napprove = 1 of ccb\n' >>a.ini
    commit case
    refused check-failed
    restore
    # Not normalised: é as two characters.
    printf '[resource e\314\201]\nroles = sponsor\n' >>people.ini
    commit nfd
    refused ''
EOT

it 'attack: a section or a key given twice' <<'EOT'
    guarded
    printf '[policy scope]\napprove = 1 of ccb\n' >a.ini
    commit twice
    refused check-failed
    restore
    printf '[task T-1]\ntitle = 调研\neffort = 1d\nassign = li.wei\n' >a.ini
    commit twice
    refused check-failed
    restore
    sed -i 's/^approve = sponsor, 1 of ccb/&\napprove = 1 of ccb/' policy.ini
    commit twice
    refused check-failed
EOT

it 'flow: sections moved, files split, CRLF and BOM are no change' <<'EOT'
    guarded
    sed -n '/REQ-2/,$p' requirements.ini >more.ini
    sed -i '/REQ-2/,$d' requirements.ini
    sed -i 's/$/\r/' plan.ini
    printf '\357\273\277' | cat - policy.ini >p
    mv p policy.ini
    mkdir deep
    git mv people.ini deep/people.ini
    commit moved
    accepted
EOT

it 'attack: text that git would write otherwise than it is committed' <<'EOT'
    guarded
    for line in '*.ini filter=evil' '*.ini ident' '*.ini working-tree-encoding=UTF-16' 'policy.ini text eol=crlf filter=x' '* filter=evil'; do
        echo "$line" >.gitattributes
        commit attributes
        refused '' ''
        restore
    done
    mkdir -p sub
    echo '*.ini ident' >baselines/.gitattributes
    commit attributes
    refused '' ''
EOT

it 'attack: ignored files and the clone own exclusions hide nothing' <<'EOT'
    guarded
    echo 'policy.ini' >.gitignore
    echo 'policy.ini' >../server.git/info/exclude
    commit ignore
    accepted
    pmt -q task set T-1 effort=11d
    commit effort
    refused uncovered
EOT

it 'attack: newline, tab, NUL and control characters in values' <<'EOT'
    guarded
    printf '[task T-9]\ntitle = a\000b\n' >nul.ini
    commit nul
    refused check-failed
    restore
    printf '[task T-9]\ntitle = a\001b\n' >control.ini
    commit control
    refused ''
    restore
    # A value of several lines cannot pass for two fields.
    restore
    approved requirement set REQ-1 'text=甲
priority = wont'
    land
    accepted
    out pmt requirement show REQ-1 --format json
    json '.records[0].priority == "should" and (.records[0].text | endswith("priority = wont"))'
EOT

it 'attack: an approved delta over an id that was removed and made anew' <<'EOT'
    guarded
    approved task set T-4 effort=11d
    first=$id
    change task rm T-4
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    sign wang.fang approve
    land
    accepted
    change task add 别的 effort=10d assign=wang.fang
    grep -q 'T-4' plan.ini || sed -i 's/\[task T-[0-9]*\]\(.*别的\)/[task T-4]\1/' plan.ini
    sed -i 's/^\[task T-5\]/[task T-4]/' plan.ini
    git commit -q -a -m same --allow-empty
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    land
    accepted
    # The first approval was of another task of that id: its title was shown to whoever signed.
    id=$first
    git switch -q main
    pmt -q task set T-4 effort=11d
    git checkout -q change/$id -- changes/$id
    commit replay
    refused delta-stale
EOT

it 'attack: an event of a form that nobody writes' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    event=changes/$id/2-zhang.min-approve.ini
    for edit in 's/^version .*/version        = 2/' 's/^sequence .*/sequence       = 02/' 's/^\[event/[event  x/' \
        's/^person .*/person         = Zhang.Min/' 's/^roles .*/roles          = sponsor, ccb/' 's/^verdict .*/verdict        = APPROVE/' \
        's/^signature .*/signature      = AAAA/'; do
        git switch -q change/$id
        tip=$(git rev-parse HEAD)
        sed -i "$edit" $event
        git commit -q -a -m form
        land
        refused ''
        restore
        git branch -q -f change/$id $tip
    done
    land
    accepted
EOT

it 'attack: two events of one number, a number without bounds' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    forge 1-chen.jie-submit li.wei sequence=1 person=li.wei
    land
    refused ''
    restore
    git branch -q -D change/$id
    change task set T-1 effort=11d
    sign chen.jie submit
    forge 1-chen.jie-submit zhang.min sequence=99999999999 verdict=approve person=zhang.min roles=sponsor delta=
    sign li.wei approve || true
    land
    refused ''
EOT

it 'attack: a submodule in place of the records' <<'EOT'
    guarded
    git rm -q -r baselines
    git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),baselines
    git commit -q -m submodule
    refused ''
EOT

it 'attack: custom and common fields of policies and people' <<'EOT'
    guarded
    pmt -q policy set scope x_note=easy
    commit custom
    refused uncovered
    restore
    # Of a task they are free.
    pmt -q task set T-1 x_note=easy description=文字
    commit custom
    accepted
EOT

finish
