#!/usr/bin/env bash
# Discovery: a table of times beside the bars and numpy, sweeps over noise and sample size, and a folder of figures.
#
#   benches/discovery.sh [--quick] [FOLDER]     FOLDER: where figures and tables go, by default target/discovery
#
#   PYTHON=python3     the Python that has numpy; without numpy its column stays empty
#   PROGRAM, CLOSED, TRAINED    programs that were built before: symmetra and the benchmarks discovery and training
#
# Times are seconds of processor time on one thread, the least of several runs; trainings run once. --quick leaves out what
# takes more than some seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
export RAYON_NUM_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
quick=""
if [ "${1:-}" = --quick ]; then quick=quick; shift; fi
folder="${1:-target/discovery}"
python="${PYTHON:-python3}"
mkdir -p "$folder"
built() { cargo bench --locked --bench "$1" --no-run 2>&1 | sed -n 's/.*Executable .*(\(.*\))/\1/p'; }
[ -n "${PROGRAM:-}" ] || cargo build --release --locked --quiet
program="$(realpath "${PROGRAM:-${CARGO_TARGET_DIR:-target}/release/symmetra}")"
closed="${CLOSED:-$(built discovery)}"
trained="${TRAINED:-$(built training)}"
[ -x "$closed" ] && [ -x "$trained" ] || { echo "the benchmarks could not be made" >&2; exit 1; }

"$closed" closed $quick >"$folder/closed.tsv"
"$trained" $quick >"$folder/trained.tsv"
: >"$folder/numpy.tsv"
if "$python" -c 'import numpy' 2>/dev/null; then
  "$python" benches/peers/discovery.py $quick >"$folder/numpy.tsv"
else
  echo "numpy is not installed here: its column stays empty"
fi

# A whole process: the least of three runs.
process() {
  local best="" TIMEFORMAT=%U out
  for _ in 1 2 3; do
    out="$( { time "$program" --quiet --threads 1 -e "$1" >/dev/null; } 2>&1 )"
    best="$(printf '%s\n%s\n' "$best" "$out" | grep . | sort -n | head -1)"
  done
  echo "$best"
}

number() { awk -F'\t' "$2" "$folder/$1"; }
ours() { number closed.tsv "\$2 == \"$1\" && \$4 == \"$2\" { print \$5 }"; }
# The time of a training and the loss that it reached.
training() { number trained.tsv "\$1 == \"time\" && \$2 == \"$1\" && \$4 == \"$2\" { print \$7 \" (loss \" \$6 \")\" }"; }
numpy() { number numpy.tsv "\$1 == \"$1\" && \$2 ~ /^$2/ { print \$3 (NF > 3 ? \" (loss \" \$4 \")\" : \"\") }"; }
proof() { awk -v a="$(ours "$1" 'rational generators')" -v b="$(ours "$1" 'generators and proof')" 'BEGIN { if (a != "") printf "%.3f", b - a }'; }
row() { printf '| %s | %s | %s | %s |\n' "$1" "$2" "${3:-}" "${4:-}"; }

{
  echo "| case | bar, s | ours, s | numpy, s |"
  echo "| --- | --: | --: | --: |"
  row "closed form SO(10), generators" 0.0003 "$(ours 'SO(10)' generators)" "$(numpy 'SO(10)' closed)"
  row "closed form U(6), generators" 0.0005 "$(ours 'U(6)' generators)" "$(numpy 'U(6)' closed)"
  row "closed form G2, generators" 0.0001 "$(ours G2 generators)" "$(numpy G2 closed)"
  row "F4 on 26, generators" 0.020 "$(ours F4 generators)" "$(numpy F4 closed)"
  row "E6 on 27, generators" 0.030 "$(ours E6 generators)" "$(numpy E6 closed)"
  row "E7 on 56, generators, torus first" 0.030 "$(ours E7 generators)" ""
  row "E7 on 56, generators of one matrix of 3136 unknowns" 1 "$(ours E7 'generators of one matrix')" "$(numpy E7 closed)"
  row "E7 on 56, the same on two threads, by the clock" 1 "$([ -n "$quick" ] || RAYON_NUM_THREADS=2 "$closed" wall E7 | cut -f4)" ""
  row "E7 on 56, the same with all singular values" "" "$(ours E7 'all singular values')" ""
  for group in 'SO(10)' 'U(6)' G2 E6 E7; do
    row "$group, rational generators and their algebra" "" "$(ours "$group" 'rational generators')" ""
  done
  row "E6 from gradients with 10 % noise to the proved real form, whole process" 1 \
    "$(process 'discover(albert_cubic, noise = 0.1).identification.real_form')" ""
  row "joint training SO(10), 45 generators, 6000 epochs" 1.5 "$(training 'SO(10)' joint)" "$(numpy 'SO(10)' joint)"
  row "projected training E6, 78 generators, to 1e-10" 0.5 "$(training E6 projected)" "$(numpy E6 projected)"
  row "subalgebras of so(1,3), one start (of dimension 3)" 0.001 \
    "$(number trained.tsv '$1 == "subalgebras" && $2 == 3 { print $5 }')" ""
  row "proof of dimension 133 of the quartic of E7" 5 "$(proof E7)" ""
} >"$folder/table.md"

{
  number closed.tsv '$4 == "generators" && $2 ~ /^(SO|U)\(/ { print "time\t" $2 "\t" $3 "\tclosed form\t" $5 }'
  number trained.tsv '$1 == "time" && $2 ~ /^(SO|U)\(/ && $4 !~ /one by one/'
} >"$folder/times.tsv"
"$closed" charts "$folder" <"$folder/times.tsv"
{
  echo "| case | generators | method | seconds |"
  echo "| --- | --: | --- | --: |"
  awk -F'\t' '{ print "| " $2 " | " $3 " | " $4 " | " $NF " |" }' "$folder/times.tsv"
} >"$folder/times.md"
"$closed" sweep $quick >"$folder/sweeps.md"
# The script saves beside itself; the quick run draws G2 alone.
sed "${quick:+s/^let forms = .*/let forms = [[\"g2\", octonion_form]]/}" benches/discovery_figures.sym >"$folder/figures.sym"
"$program" --quiet --threads 1 "$folder/figures.sym"
cat "$folder/table.md"
echo "figures, times and sweeps: $folder"
