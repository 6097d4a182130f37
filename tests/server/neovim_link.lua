-- Opens a record in a folder that the project only links to. Ends with the exit code 1 if nothing is shown of it.

vim.opt.runtimepath:prepend(vim.env.RAPPORTEUR_PLUGIN)
require("rapporteur").setup({ cmd = { vim.env.RAPPORTEUR, "server" } })
vim.cmd("edit records/event.json")
local shown = vim.wait(20000, function()
  local all = vim.diagnostic.get(0)
  return #all == 1 and all[1].message:find("evnt", 1, true) ~= nil
end, 20)
io.stderr:write((shown and "done" or "not shown in " .. vim.api.nvim_buf_get_name(0)) .. "\n")
vim.cmd(shown and "qall!" or "cquit 1")
