-- The language server of rapporteur in Neovim 0.7 and later:
--
--     require("rapporteur").setup()
--
-- It starts with the first JSON or YAML file of a project that has a rapporteur.toml, once a project. From Neovim 0.11 on,
-- `vim.lsp.enable("rapporteur")` does the same by lsp/rapporteur.lua.

local M = {}

local patterns = {
  "*.json", "*.jsonl", "*.ndjson", "*.yaml", "*.yml", "*.csv", "*.tsv", "rapporteur.toml", "rapporteur.baseline",
}

-- The folder of the nearest rapporteur.toml from a folder upwards, if there is one.
local function above(folder)
  local found = vim.fn.findfile("rapporteur.toml", vim.fn.fnameescape(folder) .. ";")
  return found ~= "" and vim.fn.fnamemodify(found, ":p:h") or nil
end

-- The folder of the project of a file. Some versions follow links: who stands in a project that links to a file works on that.
local function root(file)
  return above(vim.fn.fnamemodify(file, ":p:h")) or above(vim.fn.getcwd())
end

-- The clients by folder, for a Neovim that does not keep them so itself.
local clients = {}

local function attach(buffer, config)
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local id = clients[config.root_dir]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    clients[config.root_dir] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

-- `options` are those of `vim.lsp.start`, such as `cmd` for a program that lies elsewhere.
function M.setup(options)
  local group = vim.api.nvim_create_augroup("rapporteur_server", { clear = true })
  vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, {
    group = group,
    pattern = patterns,
    callback = function(event)
      local file = vim.api.nvim_buf_get_name(event.buf)
      local folder = vim.bo[event.buf].buftype == "" and root(file)
      if not folder then
        return
      end
      attach(event.buf, vim.tbl_extend("force", {
        name = "rapporteur",
        cmd = { "rapporteur", "server" },
        root_dir = folder,
      }, options or {}))
    end,
  })
end

return M
