#!/usr/bin/env bash
# The table of equivariant bases: for each case the rank, the bar, our time, and the published library's (EMLP) where Python
# has it.
#
#   benches/equivariant.sh       EMLP_TIMEOUT=300 in the environment: seconds that EMLP is given for a case
#
# Times are seconds of processor time on one thread. Ours are the least of up to seven runs; EMLP's are those of the first
# solve in a process that has imported it and solved a small case, without the import.
set -euo pipefail
cd "$(dirname "$0")/.."
export RAYON_NUM_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export XLA_FLAGS=--xla_cpu_multi_thread_eigen=false JAX_PLATFORMS=cpu
limit="${EMLP_TIMEOUT:-300}"
bench="${1:-$(cargo bench --locked --bench equivariant --no-run 2>&1 | sed -n 's/.*Executable .*(\(.*\))/\1/p')}"
if python3 -c 'import emlp' 2>/dev/null; then emlp=yes; else emlp=no; echo "EMLP is not installed here: its column stays empty"; fi

# What EMLP is asked for a case: group, then input and output representation.
query() {
  case "$1" in
    "S(100) V->V") echo "S(100) 1 1" ;;
    "S(10) V^2->V^2") echo "S(10) 2 2" ;;
    "Rubik V->V") echo "RubiksCube() 1 1" ;;
    "SO(3) V^3->V^3 orthonormal") echo "SO(3) 3 3" ;;
    "SO(3) V^4->V^4 orthonormal") echo "SO(3) 4 4" ;;
    "O(5) V^3->V^3") echo "O(5) 3 3" ;;
    "SO(1,3) V^2->V^2") echo "SO13p() 2 2" ;;
    "SO(1,3) V^3->V^3") echo "SO13p() 3 3" ;;
    "Sp(4) V^2->V^2") echo "Sp(2) 2 2" ;;
    "Sp(4) V^3->V^3") echo "Sp(2) 3 3" ;;
    "SL(3) V^3->V^3") echo "SL(3) 3 3" ;;
    "GL(3) V^3->V^3") echo "GL(3) 3 3" ;;
  esac
}

# peer GROUP FROM TO: rank and processor seconds.
peer() {
  timeout "$limit" python3 - "$@" 2>/dev/null <<'PYTHON' || echo "- -"
import sys, time, logging
logging.disable(logging.CRITICAL)
import emlp.groups as groups
from emlp.reps import T
group = eval("groups." + sys.argv[1])
(T(1)(groups.Z(3)) >> T(1)(groups.Z(3))).equivariant_basis()
start = time.process_time()
basis = (T(int(sys.argv[2]))(group) >> T(int(sys.argv[3]))(group)).equivariant_basis()
print(basis.shape[-1], f"{time.process_time() - start:.3f}")
PYTHON
}

row() { printf '%-38s %6s %8s %10s %6s %10s\n' "$@"; }

row "case (seconds of one thread)" rank bar ours EMLP rank
"$bench" | while IFS=$'\t' read -r name rank bar ours note; do
  theirs="- -"
  asked="$(query "$name")"
  # shellcheck disable=SC2086
  if [ "$emlp" = yes ] && [ -n "$asked" ]; then theirs="$(peer $asked)"; fi
  row "$name" "${rank:0:6}" "$bar" "$ours$note" "${theirs#* }" "${theirs% *}"
done
