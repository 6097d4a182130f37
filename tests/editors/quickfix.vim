" What the quickfix list holds after each way to fill it. $PROJECT is the project, $OUT takes the answers.

function! Put(name, value) abort
  call writefile([json_encode(a:value)], $OUT . '/' . a:name)
endfunction

function! Rows() abort
  return map(getqflist(), {_, i -> [fnamemodify(bufname(i.bufnr), ':p'), i.lnum, i.col, i.type, i.valid, i.text]})
endfunction

" A list of something else.
function! Other() abort
  call setqflist([{'text': 'other'}], 'r')
endfunction

try
  edit ../records/forum.yaml
  compiler rapporteur
  silent make!
  call Put('make', Rows())
  call Other()
  silent make! %
  call Put('file', Rows())
  call Other()
  " The project is that of the file, wherever Vim stands.
  execute 'cd' fnameescape(fnamemodify($PROJECT, ':h'))
  silent make!
  call Put('above', Rows())
  call Other()
  silent make! %:S
  call Put('abovefile', Rows())
  call Other()
  cd -
  Rapporteur
  call Put('command', Rows())

  let g:rapporteur_on_save = 0
  call Other()
  silent write
  call Put('off', getqflist()[0].text ==# 'other' ? 'as it was' : Rows())
  let g:rapporteur_on_save = 1
  call Other()
  call setline(6, 'dateLine: Tuesday, 14 April 2026')
  silent write
  call Put('saved', Rows())

  " A program of another name is not found; what is said is shown, and nothing stops the save.
  call Other()
  execute 'edit' fnameescape($OUTSIDE . '/alone.yaml')
  call setline(1, 'kind: event')
  silent write
  call Put('outside', getqflist()[0].text ==# 'other' ? 'as it was' : Rows())

  edit ../rapporteur.toml
  call append(0, 'colour = "red"')
  silent write
  call Put('refused', Rows())
  1delete
  silent noautocmd write
catch
  call writefile([v:throwpoint, v:exception], '/dev/stderr')
  cquit!
endtry
qall!
