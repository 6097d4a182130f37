-- For `vim.lsp.enable("rapporteur")`, which Neovim has from 0.11 on.
return {
  cmd = { "rapporteur", "server" },
  filetypes = { "json", "jsonl", "yaml", "csv", "tsv", "toml" },
  root_markers = { "rapporteur.toml" },
  workspace_required = true,
}
