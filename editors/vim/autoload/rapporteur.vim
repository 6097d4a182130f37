" What the compiler and the plugin have in common.

" The program to run; `let g:rapporteur_program = '...'` names another.
function! rapporteur#program() abort
  return get(g:, 'rapporteur_program', 'rapporteur')
endfunction

" The folder of the nearest rapporteur.toml above a file or the working folder, or nothing. Paths in the output count from it.
function! rapporteur#root(file) abort
  let l:from = empty(a:file) ? getcwd() : fnamemodify(a:file, ':p:h')
  let l:before = ''
  while l:from !=# l:before
    if filereadable(l:from . '/rapporteur.toml')
      return l:from
    endif
    let l:before = l:from
    let l:from = fnamemodify(l:from, ':h')
  endwhile
  return ''
endfunction

" Within the value of 'makeprg', `%`, `#` and `!` stand for something else.
function! s:quoted(text) abort
  return escape(shellescape(a:text), '%#!')
endfunction

" The value of 'makeprg'. What `:make` names counts from the working folder, but the configuration is that of the file, and the
" paths in the output count from its folder, of which the output first says which it is.
function! rapporteur#make_program() abort
  let l:check = s:quoted(rapporteur#program()) . ' check --format concise --quiet --color never'
  let l:root = rapporteur#root(expand('%'))
  if empty(l:root)
    return l:check . ' $*'
  endif
  let l:config = s:quoted(l:root . '/rapporteur.toml')
  return '(echo ' . s:quoted('records of ' . l:root) . ' && ' . l:check . ' --config ' . l:config . ' $*)'
endfunction

" One line a finding, `path:line:column: severity[rule] message`; or a file that could not be read. Other lines stay as they
" are, so that a mistake in the configuration is seen.
function! rapporteur#error_format() abort
  return '%Drecords of %f,%f:%l:%c: %trror%m,%f:%l:%c: %tarning%m,%f:%l:%c: %tnfo%m,%f: not read: %m'
endfunction

" Rapporteur counts columns in characters, the quickfix list in bytes. The line that named the folder has done its part.
function! rapporteur#finish() abort
  let l:items = filter(getqflist(), {_, item -> item.valid || item.text !~# '^records of '})
  let l:texts = {}
  for l:item in l:items
    if !l:item.valid || l:item.col < 2
      continue
    endif
    let l:path = fnamemodify(bufname(l:item.bufnr), ':p')
    if !has_key(l:texts, l:path)
      let l:texts[l:path] = filereadable(l:path) ? readfile(l:path) : []
    endif
    let l:byte = byteidx(get(l:texts[l:path], l:item.lnum - 1, ''), l:item.col - 1)
    if l:byte >= 0
      let l:item.col = l:byte + 1
    endif
  endfor
  call setqflist([], 'r', {'items': l:items})
endfunction

" Checks the records of the project and fills the quickfix list, without leaving the place.
function! rapporteur#check(file) abort
  let l:root = rapporteur#root(a:file)
  let l:command = shellescape(rapporteur#program()) . ' check --format concise --quiet --color never'
  let l:lines = systemlist((empty(l:root) ? '' : 'cd ' . shellescape(l:root) . ' && ') . l:command . ' 2>&1')
  " 3 is nothing to check: an empty list is the answer.
  let l:lines = v:shell_error == 3 ? [] : l:lines
  let l:head = empty(l:root) ? [] : ['records of ' . l:root]
  call setqflist([], ' ', {'title': 'rapporteur', 'lines': l:head + l:lines, 'efm': rapporteur#error_format()})
  call rapporteur#finish()
endfunction
