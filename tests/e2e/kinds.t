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
    for kind in $(sed -n 's/^.*\.name = "\([a-z]*\)", \.plural.*/\1/p' "$SRC"/lib/model/kinds/*.c); do
        out pmt $kind
        out pmt $kind --format json
        json '.records | type == "array"'
        out pmt $kind --format csv
        out pmt $kind -h
    done
EOT

finish
