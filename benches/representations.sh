#!/usr/bin/env bash
# The table of weights and characters: for each case the bar, our time, and LiE's where LiE is installed.
#
#   benches/representations.sh       LIE_TIMEOUT=60 in the environment: seconds that LiE is given for a call
#
# Times are seconds of processor time on one thread, the least of five runs, each the first call of a fresh process. LiE's
# are those of its whole process less those of its start.
set -euo pipefail
cd "$(dirname "$0")/.."
export RAYON_NUM_THREADS=1
limit="${LIE_TIMEOUT:-60}"
bench="${1:-$(cargo bench --locked --bench representations --no-run 2>&1 | sed -n 's/.*Executable .*(\(.*\))/\1/p')}"
if command -v lie >/dev/null; then lie=yes; else lie=no; echo "LiE is not installed here: its column stays empty"; fi

least() { sort -n | head -1; }

# peer QUERY: user seconds of LiE for the query, the least of three runs.
peer() {
  local TIMEFORMAT=%U
  for _ in 1 2 3; do
    { time printf 'maxobjects 9999999\n%s\n' "$1" | timeout "$limit" lie >/dev/null 2>&1; } 2>&1 || true
  done | least
}

row() { printf '%-42s %8s %10s %8s  %s\n' "$@"; }

[ "$lie" = yes ] && start="$(peer 1)"
row "case (seconds of one thread)" bar ours terms "LiE"
"$bench" list | while IFS=$'\t' read -r name bar query; do
  found="$(for _ in 1 2 3 4 5; do "$bench" "$name"; done | least)"
  theirs=-
  if [ "$lie" = yes ] && [ "$query" != - ]; then
    theirs="$(awk -v t="$(peer "$query")" -v s="$start" 'BEGIN { d = t - s; printf "%.3f", d < 0 ? 0 : d }')"
  fi
  row "$name" "$bar" "$(cut -f1 <<<"$found")" "$(cut -f2 <<<"$found")" "$theirs"
done
