#!/usr/bin/env bash
# The table of finite groups: for each case the bar, our time, and GAP's where GAP is installed.
#
#   benches/finite.sh          GAP_TIMEOUT=60 in the environment: seconds that GAP is given for a call
#
# Times are seconds of processor time on one thread, of the call alone: GAP's start is not counted. Every run starts from
# generators; ours is the least of some runs, GAP's is one run of a fresh process.
set -euo pipefail
cd "$(dirname "$0")/.."
export RAYON_NUM_THREADS=1
limit="${GAP_TIMEOUT:-60}"
bench="$(cargo bench --locked --bench finite --no-run 2>&1 | sed -n 's/.*Executable .*(\(.*\))/\1/p')"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

peers() {
  command -v gap >/dev/null && [ "$(gap -q -A <<<'Print("ready\n");' 2>/dev/null | tail -1)" = ready ]
}
if peers; then gap=yes; else gap=no; echo "gap is not installed here, or does not start: its column stays empty"; fi

# peer SETUP CALL: seconds that GAP takes for the call after the setup.
peer() {
  [ "$gap" = yes ] && [ -n "$2" ] || { echo -; return; }
  printf '%s\nstart := Runtime();; %s;; stop := Runtime();;\nPrint("took ", stop - start, "\\n");\nQUIT;\n' "$1" "$2" >"$folder/call.g"
  local found
  found="$(timeout "$limit" gap -q -A -x 200 <"$folder/call.g" 2>/dev/null | awk '/^took/ { printf "%.3f", $2 / 1000 }')" || true
  echo "${found:-"> $limit, or fails"}"
}

"$bench" >"$folder/ours"
row() { printf '%-34s %8s %10s  %s\n' "$@"; }

# measured CASE BAR SETUP CALL
measured() {
  row "$1" "$2" "$(awk -F'\t' -v c="$1" '$1 == c { print $2 }' "$folder/ours")" "$(peer "$3" "$4")"
}

sym() { echo "G := SymmetricGroup($1);;"; }
regular='H := MathieuGroup(11);; G := Action(H, AsList(H), OnRight);;'
m11='G := MathieuGroup(11);;'
m12='G := MathieuGroup(12);;'
rubik='G := Group(( 1, 3, 8, 6)( 2, 5, 7, 4)( 9,33,25,17)(10,34,26,18)(11,35,27,19),( 9,11,16,14)(10,13,15,12)( 1,17,41,40)( 4,20,44,37)( 6,22,46,35),(17,19,24,22)(18,21,23,20)( 6,25,43,16)( 7,28,42,13)( 8,30,41,11),(25,27,32,30)(26,29,31,28)( 3,38,43,19)( 5,36,45,21)( 8,33,48,24),(33,35,40,38)(34,37,39,36)( 3, 9,46,32)( 2,12,47,29)( 1,14,48,27),(41,43,48,46)(42,45,47,44)(14,22,30,38)(15,23,31,39)(16,24,32,40));;'
classes='List(ConjugacyClasses(G), Size)'
subgroups='Sum(ConjugacyClassesSubgroups(G), Size)'
characters='Irr(G)'

row "case (seconds of one thread)" bar ours "GAP (call alone)"
measured "rubik order" 0.002 "$rubik" 'Size(G)'
measured "rubik centre and derived" 0.020 "$rubik" '[Size(Centre(G)), Size(DerivedSubgroup(G))]'
measured "classes S8" 0.020 "$(sym 8)" "$classes"
measured "classes M12" 0.050 "$m12" "$classes"
measured "classes M11 on 7920" 1 "$regular" "$classes"
measured "subgroups S6" 0.050 "$(sym 6)" "$subgroups"
measured "subgroups S7" 0.5 "$(sym 7)" "$subgroups"
measured "subgroups M11" 0.3 "$m11" "$subgroups"
measured "subgroups S8" 3 "$(sym 8)" "$subgroups"
measured "subgroups M12" 3 "$m12" "$subgroups"
measured "subgroups C2^6" 0.050 'G := DirectProduct(List([1..6], i -> SymmetricGroup(2)));;' "$subgroups"
measured "subgroups A8" - 'G := AlternatingGroup(8);;' "$subgroups"
measured "characters S8" 0.1 "$(sym 8)" "$characters"
measured "characters M12" 0.1 "$m12" "$characters"
measured "characters D100" 0.020 'G := DihedralGroup(IsPermGroup, 200);;' "$characters"
measured "characters C100" 0.005 'G := CyclicGroup(IsPermGroup, 100);;' "$characters"
measured "characters S10" 0.5 "$(sym 10)" "$characters"
measured "characters M11 on 7920" 2 "$regular" "$characters"
irreducibles='IrreducibleRepresentations(G)'
measured "irreducibles S6" 0.2 "$(sym 6)" "$irreducibles"
measured "irreducibles S7" 1 "$(sym 7)" "$irreducibles"
measured "irreducibles A5" 0.020 'G := AlternatingGroup(5);;' "$irreducibles"
measured "irreducibles M11" - "$m11" "$irreducibles"
measured "architectures D12" 0.005 '' ''
measured "architectures C2^5 regular" 0.1 '' ''
measured "architectures S10" 0.050 '' ''
