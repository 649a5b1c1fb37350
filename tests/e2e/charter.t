#!/bin/sh
. "${0%/*}/lib.sh"

it 'begins with a template that is filled in without a terminal' <<'EOT'
    project
    out pmt charter
    has 'There is no charter'
    exits 1 pmt charter check --format json
    json '[.completeness[] | select(.state == "missing")] | length == 16'
    out pmt charter edit
    has 'purpose ='
    cp "$OUT" filled
    sed -i 's/^purpose =/purpose = 全省结算\n  两行/; s/^budget =/budget = 5万/' filled
    out pmt charter edit --from filled
    [ "$(grep -c ';;' charter.ini)" = 0 ]
    out pmt charter --format json
    json '.records[0].purpose == "全省结算\n两行" and .records[0].budget.amount == "50000.00" and .records[0].is_approved == false'
EOT

it 'takes nothing that is wrong' <<'EOT'
    project
    printf '[charter]\npurpose = x\nbudget = lots\n' >t
    exits 2 pmt charter edit --from t
    err_has budget
    [ ! -e charter.ini ]
    printf '[charter]\npurpos = x\n' >t
    exits 2 pmt charter edit --from t
    err_has purpos
    printf '[charter]\npurpose = x\n[task T-1]\n' >t
    exits 2 pmt charter edit --from t
    err_has 'task T-1'
    printf 'rubbish\n' >t
    exits '2|3' pmt charter edit --from t
    exits 3 pmt charter edit --from /nonexistent/x
    exits 2 pmt charter edit more
    exits 2 pmt charter check more
    printf '[charter]\n' >t
    exits 2 pmt charter edit --from t
    [ ! -e charter.ini ]
EOT

it 'opens what there is in the editor, with what it does not say' <<'EOT'
    project
    printf '[charter]\n; kept\npurpose = x\n' >charter.ini
    cat >ed <<'END'
#!/bin/sh
cp "$1" seen
sed -i 's/^;; exit_criteria =/exit_criteria = done/' "$1"
END
    chmod +x ed
    EDITOR=./ed out pmt charter edit
    grep -q '^;; scope_out =' seen
    grep -q '^; kept' charter.ini
    grep -q '^exit_criteria = done' charter.ini
    [ "$(grep -c ';;' charter.ini)" = 0 ]
    sed 's/done/lots/; s/exit_criteria/budget/' ed >ed2
    chmod +x ed2
    EDITOR=./ed2 exits '2|3' pmt charter edit
    err_has draft
    [ "$(grep -c budget charter.ini)" = 0 ]
    EDITOR=true out pmt charter edit
    err_has 'nothing was changed'
EOT

it 'is complete when it or the registers say everything' <<'EOT'
    project
    pmt stakeholder add boss
    pmt resource add li.wei
    printf '[charter]\npurpose = a\nscope_in = a\nscope_out = a\nmilestones = 2026-07-01 a\nbudget = 1\nstakeholders = boss\n' >charter.ini
    printf 'approval = a\nexit_criteria = a\nmanager = li.wei\nauthority = a\nsponsor = boss\nsponsor_authority = a\n' >>charter.ini
    exits 1 pmt charter check
    pmt objective add O
    pmt requirement add R
    pmt deliverable add D
    pmt risk add R
    out pmt charter check
    lacks missing
    out pmt --lang zh_CN charter check
    has 退出标准
EOT

it 'is not approved by a change that has not landed' <<'EOT'
    repository
    pmt stakeholder add boss
    printf '[charter]\npurpose = a\nsponsor = boss\n' >charter.ini
    commit
    git branch -M main
    pmt change add 'sign the charter' >/dev/null 2>&1
    id=$(git branch --show-current | cut -c 8-)
    pmt charter set approved=2026-06-01 approved_by=boss
    commit
    out pmt charter
    has "approved on 2026-06-01 by $id, which has not landed yet"
    out pmt charter --format json
    json ".records[0] | .is_approved == false and .pending == \"$id\""
    git checkout -q main
    out pmt charter
    has 'not approved'
    git merge -q --no-ff -m landed "change/$id"
    out pmt charter
    has 'approved on 2026-06-01'
    lacks 'has not landed'
EOT

it 'says whether it is approved, and changed since' <<'EOT'
    repository
    pmt stakeholder add boss
    pmt stakeholder add other
    printf '[charter]\npurpose = a\nsponsor = boss\nbudget = 5\n' >charter.ini
    commit
    out pmt charter
    has 'not approved'
    pmt charter set approved=2026-06-01 approved_by=other
    commit
    out pmt charter
    has 'not by its sponsor'
    pmt charter set approved_by=boss
    commit
    out pmt charter
    has 'approved on 2026-06-01'
    lacks 'changed since'
    pmt charter set budget=6
    commit
    pmt charter set purpose=b
    out pmt charter
    has 'changed since'
    out pmt charter --format json
    json '.records[0].changed_since'
EOT

it 'advises methods with reasons' <<'EOT'
    project 'method = waterfall'
    pmt task add 建设
    pmt task add A parent=T-1 effort=1d
    pmt task add B parent=T-1 effort=1d depends=T-2
    pmt task add C parent=T-1 effort=1d depends=T-3
    pmt task add Care
    pmt task add D parent=T-5 effort=1d
    pmt task add E parent=T-5 effort=1d
    pmt task add F parent=T-5 recurring='weekly mon' duration=1h
    for i in 1 2 3; do pmt requirement add R$i; done
    pmt task set T-2 requirement=REQ-1,REQ-2
    out pmt charter advise --format json
    json '[.records[] | [.part, .advised]] == [[.records[0].part, "scrum"], ["T-1", "scrum"], ["T-5", "kanban"]]'
    json '.records[1].reasons | length >= 2'
    pmt requirement set REQ-1 status=approved type=security
    pmt requirement set REQ-2 status=approved
    pmt contract add K direction=in type=fixed_price signed=2026-01-01
    out pmt charter advise --format json
    json '.records[1].advised == "waterfall"'
    out pmt charter advise
    has '50 %'
    has 'fixes price'
EOT

it 'advises by a table that the project may replace' <<'EOT'
    project
    pmt task add 建设
    pmt requirement add R1 status=approved type=security
    pmt task add A parent=T-1 effort=1d requirement=REQ-1
    out pmt charter advise --format json
    json '.records[0] | .advised == "waterfall" and (.reasons | any(test("100 %")))'
    out pmt charter advise --table
    matches 'law +≥ 30 % +waterfall +2'
    has 'Rules of thumb'
    out pmt charter advise --table --format json
    json '.records | length == 12'
    file advice.ini <<'END'
[scale advice]
type = method_advice
advice = law >= 50% kanban 5
         law >= 20% scrum 9
         fixed_price waterfall 1
END
    out pmt check
    out pmt charter advise --format json
    json '.records[0] | .advised == "kanban" and (.reasons | length) == 1'
    out pmt charter advise --table
    has '[scale advice]'
    lacks 'hybrid'
    sed -i 's/law >= 50%/law < 50%/' advice.ini
    out pmt charter advise --format json
    json '.records[0].advised == "scrum"'
    sed -i 's/kanban 5/agile 5/; s/^         fixed_price.*/         weather waterfall 1\n         law waterfall 1\n         within soon\n         law >= 130% scrum 1/' advice.ini
    exits 1 pmt check
    cat "$OUT" "$ERR" >all
    [ "$(grep -c 'a sign, for shares a limit' all)" = 5 ]
    file advice.ini <<'END'
[scale advice]
type = method_advice
END
    exits 1 pmt check
EOT

finish
