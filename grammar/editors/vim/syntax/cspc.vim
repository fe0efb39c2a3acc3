" The words of cspc. tests/editors checks that they are those of grammar/csp.re.
if exists("b:current_syntax")
    finish
endif

syntax keyword cspcConcurrent par alt pri spawn poison close ended on sync after at when yield skip stop
syntax keyword cspcConditional if else switch case default
syntax keyword cspcRepeat for while
syntax keyword cspcStatement break continue return assert
syntax keyword cspcInclude import
syntax keyword cspcStorage const extern blocking ref
syntax keyword cspcStructure process channel barrier struct enum protocol type
syntax keyword cspcType void bool int8 uint8 int16 uint16 int32 int uint32 uint int64 uint64 float double char string time
syntax keyword cspcBoolean true false

" Keywords may name fields.
syntax match cspcField "\.\@<!\.\s*\h\w*"

syntax match cspcNumber "\<\d\%(_\?\d\)*\>"
syntax match cspcNumber "\<0[xX]\x\%(_\?\x\)*\>"
syntax match cspcNumber "\<0[bB][01]\%(_\?[01]\)*\>"
syntax match cspcFloat "\%(\<\d\%(_\?\d\)*\)\?\.\@<!\.\d\%(_\?\d\)*\%([eE][+-]\?\d\+\)\?\>"
syntax match cspcFloat "\<\d\%(_\?\d\)*[eE][+-]\?\d\+\>"
syntax match cspcTime "\<\d\%(_\?\d\)*\%(\.\d\%(_\?\d\)*\)\?\%(ns\|us\|ms\|s\|min\|h\)\>"

syntax match cspcCommunication "??\|[!?]=\@!"
syntax match cspcArrow "->"

syntax match cspcEscape "\\\%(x\x\x\|.\)" contained
syntax region cspcString start=+"+ skip=+\\.+ end=+"+ oneline contains=cspcEscape
syntax match cspcCharacter "'\%([^'\\]\|\\\%(x\x\x\|.\)\)*'" contains=cspcEscape

syntax keyword cspcTodo TODO FIXME XXX contained
syntax match cspcComment "//.*$" contains=cspcTodo,@Spell
syntax region cspcComment start="/\*" end="\*/" contains=cspcTodo,@Spell
syntax match cspcComment "\%^#!.*$"

highlight default link cspcConcurrent Keyword
highlight default link cspcConditional Conditional
highlight default link cspcRepeat Repeat
highlight default link cspcStatement Statement
highlight default link cspcInclude Include
highlight default link cspcStorage StorageClass
highlight default link cspcStructure Structure
highlight default link cspcType Type
highlight default link cspcBoolean Boolean
highlight default link cspcNumber Number
highlight default link cspcFloat Float
highlight default link cspcTime Number
highlight default link cspcCommunication Operator
highlight default link cspcArrow Operator
highlight default link cspcEscape SpecialChar
highlight default link cspcString String
highlight default link cspcCharacter Character
highlight default link cspcTodo Todo
highlight default link cspcComment Comment

let b:current_syntax = "cspc"
