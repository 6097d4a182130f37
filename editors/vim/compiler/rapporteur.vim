" Vim compiler file: `:compiler rapporteur`, then `:make` fills the quickfix list with what is found in the records of the
" project; `:make %` names a file or folder to report on. Works in Neovim too.

if exists('g:current_compiler')
  finish
endif
let g:current_compiler = 'rapporteur'

let s:cpo = &cpo
set cpo&vim

if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif

" Blanks, bars, quotes and backslashes end a value or begin something else.
execute 'CompilerSet makeprg=' . escape(rapporteur#make_program(), ' |"\')
execute 'CompilerSet errorformat=' . escape(rapporteur#error_format(), ' |"\')

let &cpo = s:cpo
unlet s:cpo
