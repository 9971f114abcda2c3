#!/usr/bin/env bash
# The table of the exact engine: for each case the bar, our time, and GAP's where GAP is installed.
#
#   benches/exact_engine.sh          GAP_TIMEOUT=30 in the environment: seconds that GAP is given for a call
#
# Times are seconds of processor time on one thread. "memory": the call alone, the algebra in memory; "process": the
# whole process, with start-up and the reading of the file. GAP's time is that of the call alone, on the same table.
set -euo pipefail
cd "$(dirname "$0")/.."
export RAYON_NUM_THREADS=1
limit="${GAP_TIMEOUT:-30}"
target="${CARGO_TARGET_DIR:-target}"
cargo build --release --locked --quiet
program="$target/release/symmetra"
bench="$(cargo bench --locked --bench exact_engine --no-run 2>&1 | sed -n 's/.*Executable .*(\(.*\))/\1/p')"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

peers() {
  command -v gap >/dev/null && [ "$(gap -q -A -x 200 <<<'Print("ready\n");' 2>/dev/null | tail -1)" = ready ]
}
if peers; then gap=yes; else gap=no; echo "gap is not installed here, or does not start: its column stays empty"; fi

# peer TABLE CALL: seconds that GAP takes for the call on L.
peer() {
  [ "$gap" = yes ] && [ -f "$folder/$1.g" ] || { echo -; return; }
  { cat "$folder/$1.g"; cat <<'G'; echo "start := Runtime();; $2;; stop := Runtime();;"; cat <<'H'; } >"$folder/call.g"
T := EmptySCTable(dim, 0, "antisymmetric");;
rows := rec();;
for e in entries do
  key := Concatenation(String(e[1] + 1), "_", String(e[2] + 1));
  if not IsBound(rows.(key)) then rows.(key) := [e[1] + 1, e[2] + 1, []]; fi;
  Append(rows.(key)[3], [e[4], e[3] + 1]);
od;
for key in RecNames(rows) do SetEntrySCTable(T, rows.(key)[1], rows.(key)[2], rows.(key)[3]); od;
L := LieAlgebraByStructureConstants(Rationals, T);;
G
Print("took ", stop - start, "\n");
QUIT;
H
  local found
  found="$(timeout "$limit" gap -q -A -x 200 <"$folder/call.g" 2>/dev/null | awk '/^took/ { printf "%.3f", $2 / 1000 }')" || true
  echo "${found:-"> $limit, or fails"}"
}

row() { printf '%-58s %8s %10s  %s\n' "$@"; }

# process CASE BAR TABLE CALL [GAP CALL]: a whole process, the least of three runs.
process() {
  local best=- TIMEFORMAT=%U out
  for _ in 1 2 3; do
    if ! out="$( { time "$program" --quiet --threads 1 -e "$4" >"$folder/out" 2>&1; } 2>&1 )"; then
      row "$1" "$2" "$(sed -n 's/^error\[\([a-z]*\)\].*/\1/p' "$folder/out" | head -1)" -
      return
    fi
    best="$(printf '%s\n%s\n' "$best" "$out" | grep -v -- '^-$' | sort -n | head -1)"
    awk -v t="$out" 'BEGIN { exit !(t > 3) }' && break
  done
  row "$1" "$2" "$best" "$([ -n "${5:-}" ] && peer "$3" "$5" || echo -)"
}

"$bench" write "$folder"
"$bench" measure >"$folder/memory"
memory() { row "$1" "$2" "$(awk -F'\t' -v c="$3" '$1 == c { print $2 }' "$folder/memory")" "$([ -n "${5:-}" ] && peer "$4" "$5" || echo -)"; }
load() { echo "load(\"$folder/$1.json\")"; }

row "case (seconds of one thread)" bar ours "GAP (call alone)"
memory "E8 dense, memory: identify with type and real form" 0.25 "e8 identify" e8_dense
for size in light:1 medium:1 heavy:1 heavier:-; do
  bar="${size#*:}" size="${size%:*}"
  count="$(tr -cd '[' <"$folder/e8_$size.json" | wc -c)"
  process "E8 $size, $((count - 1)) constants, process" "$bar" "e8_$size" "identify($(load "e8_$size"))"
done
memory "E7 dense, memory: type" 0.030 "e7 type" e7_dense
memory "E7 dense, memory: identify with type and real form" - "e7 identify" e7_dense
memory "E6 dense, memory: type" 0.006 "e6 type" e6_dense "SemiSimpleType(L)"
memory "E6 dense, memory: identify with type and real form" - "e6 identify" e6_dense
for table in e6_dense su9_dense sp12_dense so12_dense f4_dense; do
  process "$table, process" 0.1 "$table" "identify($(load "$table"))" "SemiSimpleType(L)"
done
for table in e7_dense so17 so16_1 a5x4 d4x5; do
  process "$table, process" 0.5 "$table" "identify($(load "$table"))"
done
memory "Killing form of dense E8, one prime" 0.35 "e8 killing prime"
memory "Killing form of dense E8 over Q, proved" - "e8 killing"
memory "structure constants from dense matrices, E6 in 27" 0.020 "e6 span"
memory "structure constants from dense matrices, E7 in 56" 0.150 "e7 span"
memory "structure constants from dense matrices, E8 in 248" 1 "e8 span"
for table in takiff poincare41 parabolic5; do
  process "Levi decomposition, $table, process" 0.020 "$table" "levi($(load "$table"))" "LeviMalcevDecomposition(L)"
done
for table in galilei poincare31 a6 f4; do
  process "direct sum decomposition, $table, process" 0.050 "$table" "decompose($(load "$table"))" "DirectSumDecomposition(L)"
done
if [ -x /usr/bin/time ]; then
  /usr/bin/time -f '%U %M' -o "$folder/peak" "$program" --quiet --threads 1 -e "identify($(load e8_dense))" >/dev/null
  row "E8 dense, process: file to answer" - "$(cut -d' ' -f1 "$folder/peak")" -
  row "E8 dense, process: peak memory in GB" 0.5 "$(awk '{ printf "%.2f", $2 / 1e6 }' "$folder/peak")" -
else
  echo "/usr/bin/time is not installed here: the peak memory is not measured"
fi
