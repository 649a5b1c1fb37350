#!/bin/sh
# Every kind has the generic verbs, the same way.
. "${0%/*}/lib.sh"

it 'adds, lists, shows, sets and removes a record of many kinds' <<'EOT'
    project
    out pmt resource add li.wei 李伟 email=li.wei@example.org
    out pmt team add backend members=li.wei
    for kind in risk issue decision requirement lesson deliverable; do
        out pmt $kind add "医院 $kind"
        id=$(pmt $kind --format json | jq -r '.records[0].id')
        [ -n "$id" ]
        out pmt $kind
        has "医院 $kind"
        out pmt $kind show "$id"
        has "医院 $kind"
        out pmt $kind set "$id" owner=li.wei
        out pmt $kind owner=li.wei --format json
        json '.records | length == 1'
        out pmt $kind rm "$id"
    done
    out pmt check
EOT

it 'puts records where the kind says' <<'EOT'
    project
    pmt risk add '网络不稳定' probability=30%
    [ -f risks/R-1.ini ]
    pmt resource add li.wei
    grep -q 'resource li.wei' people.ini
EOT

it 'lists every kind, in every format' <<'EOT'
    project
    kinds=$(pmt explain --format json | jq -r '.kinds[].name')
    [ "$(printf '%s\n' $kinds | wc -l)" -gt 40 ]
    for kind in $kinds; do
        out pmt $kind
        out pmt $kind --format json
        json '.records | type == "array"'
        out pmt $kind --format csv
        out pmt $kind -h
    done
EOT

it 'refuses to edit what is signed' <<'EOT'
    project
    file changes/CR-k7q4x/1.ini <<'END'
[event CR-k7q4x.1.li.wei]
verdict = comment
END
    out pmt event
    has CR-k7q4x.1.li.wei
    exits 1 pmt event set CR-k7q4x.1.li.wei verdict=approve
    err_has signed
    exits 1 pmt event rm CR-k7q4x.1.li.wei
    exits 1 pmt event add x
    exits 1 pmt event edit CR-k7q4x.1.li.wei
    grep -q 'verdict = comment' changes/CR-k7q4x/1.ini
EOT

it 'lists records with a file each in the order of their numbers' <<'EOT'
    project
    for n in 1 2 3 4 5 6 7 8 9 10; do pmt risk add "risk $n"; done
    out pmt risk --columns id --format csv
    rows <<'END'
kind,id
risk,R-1
risk,R-2
risk,R-3
risk,R-4
risk,R-5
risk,R-6
risk,R-7
risk,R-8
risk,R-9
risk,R-10
END
EOT

it 'shows the page of what there is one of' <<'EOT'
    project
    pmt charter add 'The charter' purpose='because we must' budget=100
    out pmt charter
    has 'because we must'
    out pmt charter list --columns budget
    lacks 'because we must'
    out pmt charter --format json
    json '.records | length == 1'
EOT

finish
