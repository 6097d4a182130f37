" `:Rapporteur` checks the records of the project and fills the quickfix list; so does every save of a file of a project that
" has a rapporteur.toml, unless `let g:rapporteur_on_save = 0`.

if exists('g:loaded_rapporteur')
  finish
endif
let g:loaded_rapporteur = 1

command! -bar Rapporteur call rapporteur#check(expand('%'))

function! s:saved(file) abort
  if get(g:, 'rapporteur_on_save', 1) && !empty(rapporteur#root(a:file))
    call rapporteur#check(a:file)
  endif
endfunction

augroup rapporteur
  autocmd!
  autocmd BufWritePost *.json,*.jsonl,*.ndjson,*.yaml,*.yml,rapporteur.toml call s:saved(expand('<afile>:p'))
  autocmd QuickFixCmdPost make if get(b:, 'current_compiler', get(g:, 'current_compiler', '')) ==# 'rapporteur'
        \ | call rapporteur#finish() | endif
augroup END
