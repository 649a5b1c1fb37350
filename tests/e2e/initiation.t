#!/bin/sh
# The way through the registers as a user goes it: charter, its signature, objectives, SWOT, rulings, releases, checklists.
. "${0%/*}/lib.sh"

it 'from nothing to a charter that the sponsor signed, and objectives' <<'EOT'
    pmt init 医保
    cd 医保
    git config gpg.format ssh
    for who in li.wei zhang.min wu.hao; do
        ssh-keygen -q -t ed25519 -N '' -C "$who" -f "../key.$who"
        pmt resource add $who email=$who@example.org
    done
    as() {
        git config user.email "$1@example.org"
        git config user.signingKey "$PWD/../key.$1"
    }
    as li.wei
    exits 1 pmt charter check
    has 'missing'
    file ../ed <<'END'
#!/bin/sh
sed -i 's/^title =.*/title = 医保集成/; s/^purpose =.*/purpose = 统一结算/; s/^sponsor =.*/sponsor = zhang.min/' "$1"
sed -i 's/^manager =.*/manager = li.wei/; s/^budget =.*/budget = 8600000/; s/^milestones =.*/milestones = 2026-06-12 试点/' "$1"
END
    chmod +x ../ed
    EDITOR=../ed out pmt charter edit
    err_has 'the charter lacks 11 of 16 things it must say'
    file ../more <<'END'
#!/bin/sh
for field in success_criteria requirements scope_in scope_out deliverables risks authority sponsor_authority approval exit_criteria; do
    sed -i "s/^;; $field =.*/$field = 见合同/" "$1"
done
sed -i 's/^;; stakeholders =.*/stakeholders = zhang.min/' "$1"
END
    chmod +x ../more
    # somebody whom the project does not know: nothing is stored, the draft is kept
    sed 's/= zhang.min/= ghost/' ../more >../wrong
    chmod +x ../wrong
    EDITOR=../wrong exits '2|3' pmt charter edit
    err_has draft
    ! grep -q stakeholders charter.ini
    pmt stakeholder add zhang.min resource=zhang.min power=high interest=high
    EDITOR=../more out pmt charter edit
    err_has 'the charter says all it must'
    out pmt charter check
    out pmt charter
    has 'not approved'
    commit charter

    pmt change setup sponsor=zhang.min ccb=wu.hao admin=li.wei,wu.hao li.wei.key=../key.li.wei \
        zhang.min.key=../key.zhang.min wu.hao.key=../key.wu.hao
    printf '\n[policy charter]\nprotect = charter.*\napprove = sponsor\n' >>policy.ini
    commit 'change control'
    pmt change add 批准章程
    id=$(git branch --show-current | cut -c 8-)
    pmt charter set approved=today approved_by=zhang.min
    commit sign
    pmt change submit -m 请批准
    exits 1 pmt change merge "$id"
    as zhang.min
    pmt change approve "$id"
    pmt change merge "$id"
    git switch -q main
    out pmt charter
    has 'approved on 2026-06-10'
    pmt charter set budget=9000000
    out pmt charter
    has 'changed since'
    git checkout -q charter.ini

    as li.wei
    pmt metric add hospitals title=接入医院数 unit=家
    pmt objective add 接入三百家 owner=li.wei due=2026-12-31
    exits 1 pmt objective check
    has 'it has no measure'
    pmt objective set O-1 measures='hospitals >= 300' text=全省三百家医院接入 relevance=民生实事 start_value=0
    out pmt objective check
    pmt metric record hospitals 120 --date 2026-06-01
    out pmt objective progress --format json
    json '.records[0] | .latest == 120 and .progress == 40'

    # a ruling: what other branches prepare is weighed, what has landed is not
    pmt requirement add 实时结算 cost=80000 worth=180000
    pmt requirement add 批量导出 cost=20000 worth=22000
    commit registers
    out pmt requirement rank --format json
    json '[.records[].id] == ["REQ-1", "REQ-2"]'
    pmt change add 接入二十家 cost=50000 worth=90000
    cr=$(git branch --show-current | cut -c 8-)
    git add -A
    git diff --cached --quiet || git commit -qm prepared
    git switch -q main
    out pmt requirement rank --format json
    json '[.records[].kind] == ["requirement", "change", "requirement"]'
    out pmt requirement rank "$cr" --format json
    json '.records | length == 1'
    out pmt requirement arbitrate 先做实时结算 --by zhang.min
    out pmt decision show D-1 --format json
    json '.records[0] | (.options | length) == 2 and .decided_by == ["zhang.min"]'
EOT

it 'from strengths and threats to risks; a release with what its users say; a checklist' <<'EOT'
    project
    pmt resource add li.wei
    out pmt swot
    pmt swot add 规则引擎自主可控 quadrant=strength
    pmt swot add 厂商不配合 quadrant=threat weight=5
    out pmt swot promote SW-2 probability=50% impact_cost=100000
    err_has 'SW-2 becomes risk R-1'
    exits 1 pmt swot promote SW-2
    err_has 'SW-2 has a risk already: R-1'
    exits 2 pmt swot promote SW-9
    out pmt risk --format json
    json '.records[0] | .type == "threat" and .exposure.amount == "50000.00"'
    pmt risk set R-1 status=closed
    pmt requirement add 实时结算 status=verified
    pmt release add MVP type=mvp requirements=REQ-1 planned=2026-06-01
    exits 2 pmt release set REL-1 result=successful
    err_has "did you mean 'success'?"
    pmt release set REL-1 'feedback+=li.wei: 对账太慢' result=success deployed=2026-06-02
    out pmt release show REL-1
    has 对账太慢
    has REQ-1
    exits 2 pmt checklist start deploymnt
    err_has 'deployment'
    out pmt checklist start deployment go-live due=+7d
    out pmt checklist tick go-live 1 2 --by li.wei --evidence 发布说明
    exits 2 pmt checklist tick go-live 99
    out pmt checklist --format json
    json '.records[0] | .id == "go-live" and .ticked == 2'
    out pmt checklist show go-live
    has 发布说明
    out pmt check
EOT

finish
