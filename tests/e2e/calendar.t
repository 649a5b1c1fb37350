#!/bin/sh
. "${0%/*}/lib.sh"

it 'shows a month' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
[calendar cn]
week    = mon-fri 09:00-12:00 13:00-18:00
holiday = 2026-02-16..2026-02-23 春节
workday = 2026-02-14, 2026-02-28
END
    out pmt calendar show cn 2026-02
    has 春节
    has 28
    widest 100
EOT

it 'takes in the holidays of a year' <<'EOT'
    project 'calendar = cn'
    file calendars.ini <<'END'
[calendar cn]
week = mon-fri 09:00-12:00 13:00-18:00
END
    file 2026.json <<'END'
{
    "$schema": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json",
    "$id": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/2026.json",
    "year": 2026,
    "papers": ["https://www.gov.cn/"],
    "days": [
        {"name": "元旦", "date": "2026-01-01", "isOffDay": true},
        {"name": "元旦", "date": "2026-01-02", "isOffDay": true},
        {"name": "元旦", "date": "2026-01-04", "isOffDay": false}
    ]
}
END
    out pmt calendar import 2026.json
    out pmt check
    out pmt calendar show cn 2026-01
    has 元旦
    grep -q '2026-01-04' calendars.ini
    cp calendars.ini once
    pmt calendar import 2026.json
    same calendars.ini once
EOT

it 'refuses what is no holiday list' <<'EOT'
    project
    echo '{"days": 3}' >bad.json
    cp pmt.ini before
    if pmt calendar import bad.json >"$OUT" 2>"$ERR"; then false; fi
    err_has bad.json
    same pmt.ini before
EOT

finish
