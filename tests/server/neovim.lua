-- What a person does in Neovim 0.7 or later, in a folder with the files of test_neovim.py. Ends with the exit code 1 and the
-- reason if something is not as it must be.

local PATIENCE = 20000 -- milliseconds

local function fail(reason)
  io.stderr:write(reason .. "\n")
  vim.cmd("cquit 1")
end

-- The diagnostics of a file, whether it is open or not: rule, line and byte, from 0.
local function shown(path)
  local buffer = vim.fn.bufnr(vim.fn.getcwd() .. "/" .. path)
  local lines = {}
  for _, one in ipairs(buffer == -1 and {} or vim.diagnostic.get(buffer)) do
    table.insert(lines, string.format("%s %d:%d-%d", one.code or one.user_data.lsp.code, one.lnum, one.col, one.end_col))
  end
  return table.concat(lines, ", ")
end

-- Waits until exactly these are shown.
local function await(what, wanted)
  local all = function()
    for path, lines in pairs(wanted) do
      if shown(path) ~= lines then
        return false
      end
    end
    return true
  end
  if not vim.wait(PATIENCE, all, 20) then
    for path, lines in pairs(wanted) do
      fail(string.format("%s: of %s `%s` is shown, and wanted is `%s`", what, path, shown(path), lines))
    end
  end
end

local function main()
  local ended
  vim.opt.runtimepath:prepend(vim.env.RAPPORTEUR_PLUGIN)
  require("rapporteur").setup({
    cmd = { vim.env.RAPPORTEUR, "server" },
    on_exit = function(code)
      ended = code
    end,
  })

  vim.cmd("edit event.json")
  local line = vim.api.nvim_buf_get_lines(0, 0, 1, true)[1]
  local from = line:find("evnt", 1, true) - 1
  local wrong = {
    ["event.json"] = string.format("unknown-kind 0:%d-%d", from, from + 4),
    ["programme.yaml"] = "ref-dangling 4:7-12",
  }
  local right = { ["event.json"] = "", ["programme.yaml"] = "" }
  await("opened", wrong)

  vim.api.nvim_buf_set_text(0, 0, from, 0, from + 4, { "event" })
  if vim.api.nvim_buf_get_lines(0, 0, 1, true)[1] ~= vim.env.RAPPORTEUR_RIGHT then
    fail("the text is not the one that is right")
  end
  await("corrected and not saved", right)
  -- The place moves with the characters before it, some of which take two units in UTF-16 and four bytes.
  vim.cmd("silent undo")
  local added = "\240\157\148\133\195\169"
  local name = line:find("orum", 1, true) - 1
  vim.api.nvim_buf_set_text(0, 0, name, 0, name, { added })
  wrong["event.json"] = string.format("unknown-kind 0:%d-%d", from + #added, from + #added + 4)
  await("made wrong again", wrong)

  vim.cmd("edit! programme.yaml")
  vim.lsp.stop_client(vim.lsp.get_active_clients())
  if not vim.wait(PATIENCE, function() return ended ~= nil end, 20) then
    fail("the server goes on after Neovim has asked it to shut down")
  end
  if ended ~= 0 then
    fail("the server ended with " .. ended)
  end
  io.stderr:write("done\n")
  vim.cmd("qall!")
end

local ok, reason = pcall(main)
if not ok then
  fail(reason)
end
