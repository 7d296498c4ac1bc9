# shellcheck shell=bash
# Starting, watching and ending the lab's servers by name; sourced. A server's id is kept in $RUN/NAME.pid.

# Whether a server runs. The command line tells it from a stranger who got its id after a crash or a reboot.
is_running() { # NAME
  local pid
  pid=$(cat "$RUN/$1.pid" 2>/dev/null) && grep -qzF -- "$LAB_HOME/" "/proc/$pid/cmdline" 2>/dev/null
}

# Starts a server unless it runs: a process group of its own, none of the caller's environment, output in $LOG/NAME.log.
start() { # NAME COMMAND...
  local name=$1
  shift
  is_running "$name" && return
  setsid nice -n 3 env -i PATH="$BIN:$PATH" HOME="$DATA" "$@" >>"$LOG/$name.log" 2>&1 </dev/null 9>&- &
  echo $! >"$RUN/$name.pid"
  # Until it has become that program it is not known as ours.
  until is_running "$name" || [[ ! -e /proc/$! ]]; do sleep 0.01; done
}

# Waits until a command succeeds while a server runs, at most two minutes.
wait_for() { # NAME COMMAND...
  local name=$1 deadline=$((SECONDS + 120))
  shift
  until "$@" >/dev/null 2>&1; do
    is_running "$name" || { tail -n 5 "$LOG/$name.log" >&2 && die "$name ended at its start; its log: $LOG/$name.log"; }
    ((SECONDS < deadline)) || die "$name is not ready after 120 s; its log: $LOG/$name.log"
    sleep 0.1
  done
  say "$name ready"
}

# Waits until no process is left of those given, at most so many seconds.
wait_gone() { # SECONDS PID...
  local deadline=$((SECONDS + $1)) pid
  shift
  for pid in "$@"; do
    while [[ -e /proc/$pid ]] && ((SECONDS < deadline)); do sleep 0.1; done
  done
}

# Ends servers together: asked first, then made to.
stop() { # SECONDS NAME...
  local seconds=$1 name pids=()
  shift
  for name in "$@"; do
    is_running "$name" && pids+=("$(<"$RUN/$name.pid")")
  done
  if ((${#pids[@]} > 0)); then
    kill "${pids[@]}" 2>/dev/null || true
    wait_gone "$seconds" "${pids[@]}"
    kill -KILL "${pids[@]}" 2>/dev/null || true
    wait_gone 10 "${pids[@]}"
  fi
  for name in "$@"; do rm -f "$RUN/$name.pid"; done
}
