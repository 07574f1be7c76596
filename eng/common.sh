# Sourced by the scripts beside it: where the repository is, how they speak, how they show progress.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# One compiler for all projects, not one for each: it halves the time of a build. It ends by itself when nothing asks it for long.
export UseSharedCompilation=true

say() { printf '%s\n' "$*" >&2; }

# One sentence, and the end.
fail() {
  say "$*"
  exit 1
}

# The comment at the head of a script is its help.
show_help() {
  sed -n '3,/^$/ s/^# \{0,1\}//p' "$0"
  exit 0
}

# What dotnet answers when it is asked which SDK this repository gets: a version, or why there is none.
dotnet_answer() { (cd "$root" && exec dotnet --version) 2>&1; }

need_dotnet() {
  local answer how='install it as https://learn.microsoft.com/dotnet/core/install/linux says'
  command -v dotnet > /dev/null || fail "The .NET SDK 10 is missing: $how, and see that dotnet is on the PATH."
  answer=$(dotnet_answer) || fail "$answer"$'\n'"The .NET SDK 10 is missing or does not run, as it says above: $how."
}

# The SDK asks for the ICU library where this is not set; the platform does without, so a machine that lacks it need not have it.
if command -v dotnet > /dev/null && [[ $(dotnet_answer) = *missing-libicu* ]]; then
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
fi

# step TITLE COMMAND...: runs a command quietly and shows that time passes; shows all it wrote when it fails.
step() {
  local title=$1 log started seconds shown=0 running never code=0
  shift
  log=$(mktemp)
  # A read of what never comes waits without a process of its own, which sleep is: five a second for an hour are a minute of work.
  exec {never}<> <(:)
  started=$SECONDS
  "$@" < /dev/null > "$log" 2>&1 &
  running=$!
  step_process=$running
  [ -t 2 ] || say "$title ..."
  while kill -0 "$running" 2> /dev/null; do
    seconds=$((SECONDS - started))
    if [ -t 2 ]; then
      printf '\r%s ... %s s ' "$title" "$seconds" >&2
    elif [ $((seconds - shown)) -ge 20 ]; then
      shown=$seconds
      say "$title ... $seconds s"
    fi
    read -rt 0.2 -u "$never" || true
  done
  exec {never}>&-
  wait "$running" || code=$?
  step_process=
  [ ! -t 2 ] || printf '\r\033[K' >&2
  if [ "$code" = 0 ]; then
    say "$title: done in $((SECONDS - started)) s"
  else
    cat "$log" >&2
    say "$title: failed after $((SECONDS - started)) s"
  fi
  rm -f "$log"
  return "$code"
}
