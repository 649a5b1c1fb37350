#!/bin/sh
. "${0%/*}/lib.sh"

it 'shows what a release brings, verified or not, and what comes back' <<'EOT'
    project
    file r.ini <<'END'
[requirement REQ-1]
title = 出院结算
[requirement REQ-2]
title = Second
release = REL-1
[requirement REQ-3]
title = Elsewhere
[test TC-1]
requirement = REQ-1
[run TC-1]
2026-06-01 = pass a
[release REL-1]
title = Pilot
type = pilot
requirements = REQ-1
deployed = 2026-06-02
result = partial
feedback = Receipts are missing
[issue I-1]
title = Crash
introduced_by = REL-1
[issue I-2]
title = Other
END
    out pmt release show REL-1 --format json
    json '[.requirements[].id] == ["REQ-1", "REQ-2"] and .records[0].verified == 1 and .records[0].requirement_count == 2'
    json '.records[0].feedback == "Receipts are missing" and [.issues[].id] == ["I-1"]'
    out pmt release show REL-1
    has '1 of 1 pass'
    has 'no test'
    lacks Elsewhere
    exits 2 pmt release show REL-9
    exits 2 pmt release show
    out pmt release
    has Pilot
EOT

finish
