# shellcheck shell=bash
# Steps of a run, each with its result, its seconds and the counts of its tests; sourced by .ci/run.
# Every step is told when it begins and when it ends, and `finish` tells all of them again in one table.
STEPS=$(mktemp -d)
# The names of all tests and steps that failed; a line each.
export TEST_FAILURES=$STEPS/failures
: >"$TEST_FAILURES"

# Runs a command as a step. What its tests count goes into the step's own file of TEST_COUNTS.
step() {
  local started=$SECONDS
  echo "=== $*"
  TEST_COUNTS=$(counts_of "$*") "$@"
  ended $? $((SECONDS - started)) "$*"
}

# Begins a command as a step while others run, of low priority: what it says is shown by `await`.
begin() {
  local id
  id=$STEPS/$(file_of "$*")
  echo "=== $* : begun, shown when it is awaited"
  (
    started=$SECONDS
    # A session of its own: it can be ended with all that it has started.
    TEST_COUNTS=$(counts_of "$*") setsid nice -n 14 "$@" >"$id.log" 2>&1 &
    echo $! >"$id.session"
    wait $!
    echo "$? $((SECONDS - started))" >"$id.result"
  ) &
  echo $! >"$id.job"
}

# Waits for a step that was begun, and shows it.
await() {
  local id code seconds waited=$SECONDS
  id=$STEPS/$(file_of "$*")
  wait "$(cat "$id.job")"
  echo "=== $* (begun before; waited for: $((SECONDS - waited)) s)"
  cat "$id.log"
  # Without a result its shell was killed.
  read -r code seconds 2>/dev/null <"$id.result" || { code=1 seconds=0; }
  ended "$code" "$seconds" "$*"
}

# Ends what was begun and nobody has awaited.
stop_begun() {
  local session
  for session in "$STEPS"/*.session; do
    [[ -f $session && ! -f ${session%.session}.result ]] || continue
    kill -- "-$(cat "$session")" 2>/dev/null || true
  done
}

# Says what failed, shows the table, and ends with `N passed, N failed, N skipped`.
# Fails unless every step passed, and tests were run.
finish() {
  local passed failed skipped steps
  read -r passed failed skipped < <(
    cat "$STEPS"/*.counts 2>/dev/null | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }'
  )
  steps=$(grep -c '^step: ' "$TEST_FAILURES")
  # A step that failed without a failing test (formatting, types, a crash) counts as one.
  ((steps == 0 || failed > 0)) || failed=$steps
  table
  sed 's/^/failed: /' "$TEST_FAILURES"
  echo "$passed passed, $failed failed, $skipped skipped"
  ((steps == 0 && failed == 0 && passed > 0))
}

ended() { # CODE SECONDS NAME
  local result=passed
  if (($1 != 0)); then
    result=FAILED
    echo "step: $3" >>"$TEST_FAILURES"
  fi
  echo "=== $3 : $result ($2 s)"
  echo "$2 $result $3" >>"$STEPS/ended"
  return "$1"
}

# Seconds of each step, and of each suite of tests in it with its counts.
table() {
  local seconds result name
  printf '%8s %8s %8s %8s  %s\n' seconds passed failed skipped 'step, and its suites'
  while read -r seconds result name; do
    printf '%8s %26s  %s\n' "$seconds" "$([[ $result == passed ]] || echo "$result")" "$name"
    [[ -f $(counts_of "$name") ]] || continue
    awk '{ name = $5; for (at = 6; at <= NF; at += 1) name = name " " $at
           printf "%8s %8s %8s %8s    %s\n", $4, $1, $2, $3, name }' "$(counts_of "$name")"
  done <"$STEPS/ended"
  printf '%8s %26s  %s\n' "$SECONDS" '' 'all of it'
}

counts_of() { echo "$STEPS/$(file_of "$1").counts"; }
file_of() { tr -c 'A-Za-z0-9' '_' <<<"$1"; }
