# What scripts of tests say of a command. Sourced by them, in the folder where they work; they end with `summary`.

passed=0
failed=0

fail() {
    echo "--- $1"
    head -c 500 err
    echo
    failed=$((failed + 1))
}

# expect NAME STATUS TEXT COMMAND…: the command ends with that status and says the text on standard error; no text:
# nothing. 128 and more would be a signal.
expect() {
    local name=$1 status=$2 text=$3 got
    shift 3
    "$@" > out 2> err
    got=$?
    if [ $got -ne "$status" ]; then
        fail "$name: exit status $got, not $status"
    elif [ -z "$text" ] && [ -s err ]; then
        fail "$name: says something"
    elif ! grep -qF -e "$text" err && [ -n "$text" ]; then
        fail "$name: does not say '$text'"
    else
        passed=$((passed + 1))
    fi
}

# prints NAME TEXT COMMAND…: the command ends with status 0 and prints the text to standard output, no more.
prints() {
    local name=$1 text=$2 got
    shift 2
    "$@" > out 2> err
    got=$?
    if [ $got -ne 0 ]; then
        fail "$name: exit status $got"
    elif [ "$(cat out)" != "$text" ]; then
        fail "$name: prints '$(head -c 500 out)', not '$text'"
    else
        passed=$((passed + 1))
    fi
}

absent() { # expect's counterpart for files
    if [ -e "$2" ]; then fail "$1: leaves $2"; else passed=$((passed + 1)); fi
}

summary() {
    echo "$passed passed, $failed failed"
    [ $failed -eq 0 ]
}
