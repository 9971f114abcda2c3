#!/usr/bin/env bash
# The table of equivariant bases: for each case the rank, the bar, our time, and those of the published library (EMLP) and of
# numpy's singular values where Python has them.
#
#   benches/equivariant.sh [BENCH]     BENCH: the benchmark's program, made with cargo when it is not given
#
#   EMLP_TIMEOUT=300   seconds that EMLP is given for a case
#   PYTHON=python3     the Python that has numpy
#   EMLP_PYTHON        the one that has emlp, by default the same; EMLP_SETUP=FOLDER makes a virtual environment there from a
#                      Python 3.9 (in EMLP_BASE, by default python3.9), where pip can
#
# Times are seconds of processor time on one thread. Ours are the least of up to seven runs; EMLP's are those of the first
# solve in a process that has imported it and solved a small case, without the import.
set -euo pipefail
cd "$(dirname "$0")/.."
export RAYON_NUM_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export XLA_FLAGS=--xla_cpu_multi_thread_eigen=false JAX_PLATFORMS=cpu
limit="${EMLP_TIMEOUT:-300}"
python="${PYTHON:-python3}"
emlp_python="${EMLP_PYTHON:-$python}"
bench="${1:-$(cargo bench --locked --bench equivariant --no-run 2>&1 | sed -n 's/.*Executable .*(\(.*\))/\1/p')}"
[ -x "$bench" ] || { echo "the benchmark could not be made" >&2; exit 1; }
if [ -n "${EMLP_SETUP:-}" ]; then
  emlp_python="$EMLP_SETUP/bin/python"
  [ -x "$emlp_python" ] || {
    "${EMLP_BASE:-python3.9}" -m venv "$EMLP_SETUP" &&
      "$EMLP_SETUP/bin/pip" install -q 'jax[cpu]==0.4.13' objax==1.7.0 numpy==1.24.4 scipy==1.10.1 plum-dispatch==1.7.4 emlp==1.0.3
  } || echo "EMLP could not be installed in $EMLP_SETUP"
fi
if "$emlp_python" -c 'import emlp' 2>/dev/null; then emlp=yes; else emlp=no; echo "EMLP is not installed here: its column stays empty"; fi

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
    "SU(3) V^2->V^2 real") echo "RealSU(3) 2 2" ;;
    "SU(3) V^3->V^3 real") echo "RealSU(3) 3 3" ;;
    "SL(3) V^2->V^2") echo "SL(3) 2 2" ;;
    "GL(3) V^2->V^2") echo "GL(3) 2 2" ;;
    "SL(3) V^3->V^3") echo "SL(3) 3 3" ;;
    "GL(3) V^3->V^3") echo "GL(3) 3 3" ;;
  esac
}

# peer GROUP FROM TO: rank and processor seconds.
peer() {
  timeout "$limit" "$emlp_python" - "$@" 2>/dev/null <<'PYTHON' || echo "- -"
import sys, time, logging
import numpy as np
logging.disable(logging.CRITICAL)
import emlp.groups as groups
from emlp.reps import T

class RealSU(groups.Group):
    "SU(n) on R^2n, real parts first: EMLP's own is complex."
    def __init__(self, n):
        a = groups.SU(n).lie_algebra
        self.lie_algebra = np.concatenate([np.concatenate([a.real, -a.imag], 2), np.concatenate([a.imag, a.real], 2)], 1)
        super().__init__(2 * n)

groups.RealSU = RealSU
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

# A group by six random float generators on R^10: V^2 -> V has 1000 unknowns, V^3 -> V^3 has a million and no matrix of
# equations that numpy could hold.
if "$python" -c 'import numpy' 2>/dev/null; then
  "$python" - <<'PYTHON'
import resource, time
import numpy as np

random = np.random.default_rng(1)
generators = [a - a.T for a in random.standard_normal((6, 10, 10))]

def on_tensors(m, k=3, n=10):
    return sum(np.kron(np.kron(np.eye(n**l), m), np.eye(n ** (k - 1 - l))) for l in range(k))

start = time.process_time()
values = np.linalg.svd(np.vstack([on_tensors(m) for m in generators]), full_matrices=False)[1]
rank = int((values < 1e-9 * values[0]).sum())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"numpy, random floats on R^10, V^2->V: rank {rank}, {time.process_time() - start:.2f} s, {peak:.0f} MB at most")
PYTHON
  for case in "random floats on R^10, V^2->V" "random floats on R^10, V^3->V^3"; do
    peak="$("$python" -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' "$bench" "$case")"
    echo "ours, $case: $peak MB at most"
  done
else
  echo "numpy is not installed here"
fi

# The whole process, the start included.
program="${CARGO_TARGET_DIR:-target}/release/symmetra"
if [ -x "$program" ]; then
  TIMEFORMAT='whole process, basis of SO(3) V^2 -> V^2: %U s user'
  time "$program" -e 'rep V = vector(SO(3)); basis(V^2 -> V^2).rank' >/dev/null
fi
