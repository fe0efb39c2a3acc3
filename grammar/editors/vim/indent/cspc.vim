" C's indentation does, less what is special to C.
if exists("b:did_indent")
    finish
endif
let b:did_indent = 1

setlocal cindent
setlocal cinoptions=:0,l1,(0,Ws,L0,#s
setlocal cinkeys=0{,0},0),0],!^F,o,O,e
let b:undo_indent = "setlocal cindent< cinoptions< cinkeys<"
