#!/usr/bin/env bash
# Whole processes: start-up and the scripts, wall and processor time; beside GAP where it is installed.
#
#   benches/process.sh [RUNS]        default 21; prints medians in milliseconds
#
# GAP is given the same structure constants, written by `save`, and asked for SemiSimpleType: the type over C.
# The time is that of the call, the start of GAP and the reading of the table not included; for symmetra it is the
# whole process, which also proves the Jacobi identity and finds the real form.
set -euo pipefail
cd "$(dirname "$0")/.."
runs="${1:-21}"
program="${CARGO_TARGET_DIR:-target}/release/symmetra"
[ -x "$program" ] || cargo build --release --locked --quiet
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# measure NAME COMMAND …: medians of wall time and of user plus system time.
measure() {
  local name="$1"; shift
  local TIMEFORMAT='%R %U %S'
  for _ in $(seq "$runs"); do
    { time "$@" >"$folder/out" 2>&1; } 2>>"$folder/times" || { echo "$name failed:"; cat "$folder/out"; exit 1; }
  done
  printf '%-28s %8s %8s\n' "$name" \
    "$(awk '{ print 1000 * $1 }' "$folder/times" | median)" \
    "$(awk '{ print 1000 * ($2 + $3) }' "$folder/times" | median)"
  rm "$folder/times"
}

printf '%-28s %8s %8s\n' "median of $runs (ms)" wall cpu
measure "start-up, -e '1'" "$program" -e 1
for script in g2 f4 e6 e7 classical poincare; do
  measure "scripts/$script.sym" "$program" "scripts/$script.sym"
done

peers() {
  local code='Read(InputTextString("1;"));; Print("ready\n");'
  command -v gap >/dev/null && [ "$(gap -q -A -x 200 <<<"$code" 2>/dev/null | tail -1)" = ready ]
}

if ! peers; then
  echo "gap is not installed here, or does not start: the comparison is skipped"
  exit 0
fi
echo
printf '%-28s %12s %16s\n' "identify from a table (ms)" symmetra "gap (call only)"
for name in 'compact(G2)' 'su(5)' 'compact(F4)' 'compact(E6)' 'scramble(compact(G2))' 'scramble(su(5))'; do
  "$program" -e "save(structure_constants($name), \"$folder/table.json\")" >/dev/null
  measure "$name" "$program" -e "identify(load(\"$folder/table.json\"))" | awk '{ printf "%-28s %12s", $1, $(NF-1) }'
  # The table in GAP's own words.
  sed -e 's/"\(-\{0,1\}[0-9/]*\)"/\1/g' -e 's/.*"dim": *\([0-9]*\).*/&/' "$folder/table.json" | tr -d '\n' |
    sed -e 's/.*"dim": *\([0-9]*\), *"structure_constants": *\(\[.*\]\).*/dim := \1;; entries := \2;;/' >"$folder/table.g"
  cat >>"$folder/table.g" <<'G'
T := EmptySCTable(dim, 0, "antisymmetric");;
rows := rec();;
for e in entries do
  key := Concatenation(String(e[1] + 1), "_", String(e[2] + 1));
  if not IsBound(rows.(key)) then rows.(key) := [e[1] + 1, e[2] + 1, []]; fi;
  Append(rows.(key)[3], [e[4], e[3] + 1]);
od;
for key in RecNames(rows) do SetEntrySCTable(T, rows.(key)[1], rows.(key)[2], rows.(key)[3]); od;
L := LieAlgebraByStructureConstants(Rationals, T);;
start := Runtime();; type := SemiSimpleType(L);; stop := Runtime();;
Print(stop - start, " ", type, "\n");
QUIT;
G
  timeout 20 gap -q -A -x 200 <"$folder/table.g" 2>/dev/null | tail -1 | awk '{ t = $1; $1 = ""; printf " %10s%s\n", t, $0 }' ||
    echo " over 20 s"
done
