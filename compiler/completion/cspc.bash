# Completion of cspc for bash. Commands and options are those that cspc itself shows after --help.

_cspc_commands() {
    "${COMP_WORDS[0]}" help 2> /dev/null | awk 'NF == 0 { part++ } part == 1 && NF > 1 { print $1 }'
}

# _cspc_options [COMMAND]: from the first column; a `=` behind those that take a value so.
_cspc_options() {
    "${COMP_WORDS[0]}" ${1:+"$1"} --help 2> /dev/null | grep '^  -' | cut -c 1-20 |
        grep -oE -e ' --?[A-Za-z][A-Za-z-]*=?' | sed 's/^ //; s/^-W.*/-W/' | sort -u
}

_cspc_values() {
    case $1 in
    --emit) echo c ast machine dot ;;
    --color) echo always never auto ;;
    --error-format) echo gnu json ;;
    esac
}

# Files that end so, and folders on the way to them.
_cspc_files() {
    compopt -o filenames 2> /dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word" | grep -E "\.($1)\$"; compgen -d -- "$word")
}

# Whether the program stands in front of the cursor: what follows is its own.
_cspc_has_program() {
    local i
    for ((i = 2; i < COMP_CWORD; i++)); do [[ ${COMP_WORDS[i]} != *.csp ]] || return 0; done
    return 1
}

_cspc() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= options
    COMPREPLY=()
    [ "$COMP_CWORD" -eq 1 ] || command=$(_cspc_commands | grep -xF -e "${COMP_WORDS[1]}")
    # bash takes --emit=ast for three words.
    [ "$word" != = ] || word=
    [ "$before" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}
    if [ "$command" = run ] && _cspc_has_program; then
        mapfile -t COMPREPLY < <(compgen -f -W '--help --virtual-time --watch= --trace=' -- "$word")
        return
    fi
    case $before in
    --emit | --color | --error-format) mapfile -t COMPREPLY < <(compgen -W "$(_cspc_values "$before")" -- "$word"); return ;;
    -I | -L) mapfile -t COMPREPLY < <(compgen -d -- "$word"); compopt -o filenames 2> /dev/null; return ;;
    -o | -MF) mapfile -t COMPREPLY < <(compgen -f -- "$word"); compopt -o filenames 2> /dev/null; return ;;
    -D | -MT | -l) return ;;
    help) [ "$COMP_CWORD" -ne 2 ] || { mapfile -t COMPREPLY < <(compgen -W "$(_cspc_commands)" -- "$word"); return; } ;;
    esac
    case $word in
    -W*) mapfile -t COMPREPLY < <(compgen -W "$(echo -W{,no-}{unused,one-sided,alone,unreachable} -Werror)" -- "$word") ;;
    -*)
        options=$(_cspc_options "$command")
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2> /dev/null
        ;;
    *)
        case $command in
        run) _cspc_files 'csp|c|o|a|so' ;;
        trace) _cspc_files json ;;
        *) _cspc_files csp ;;
        esac
        [ "$COMP_CWORD" -ne 1 ] || mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W "$(_cspc_commands)" -- "$word")
        ;;
    esac
}

complete -F _cspc cspc
