-- The diagnostics of the language server for a record, saved and not. $PROJECT is the project, $OUT takes the answers, $SAVED and
-- $UNSAVED are how many diagnostics there will be.

local function put(name, value)
  vim.fn.writefile({ vim.fn.json_encode(value) }, vim.env.OUT .. "/" .. name)
end

local function shown(count)
  vim.wait(30000, function()
    return #vim.diagnostic.get(0) == tonumber(count)
  end, 20)
  return vim.tbl_map(function(one)
    return { one.lnum + 1, one.col + 1, one.severity, one.message }
  end, vim.diagnostic.get(0))
end

local done, problem = pcall(function()
  vim.cmd("edit ../records/forum.yaml")
  put("saved", shown(vim.env.SAVED))
  vim.api.nvim_buf_set_lines(0, 5, 6, true, { "dateLine: Tuesday, 14 April 2026" })
  put("unsaved", shown(vim.env.UNSAVED))
  vim.cmd("silent edit! " .. vim.fn.fnameescape("../records/été 2.json"))
  vim.wait(200)
  put("clients", #vim.lsp.get_active_clients())
end)
if not done then
  io.stderr:write(problem .. "\n")
  vim.cmd("cquit!")
end
vim.cmd("qall!")
