-- Opens the document that MIRAGE_DOCUMENT names, makes a number false, saves it, reads what is told,
-- applies the first fix and writes what came of it into the file that MIRAGE_REPORT names.

local told = {}

local function wait_for(what, is_so)
  if not vim.wait(60000, is_so, 20) then
    error("waited in vain for " .. what)
  end
end

local function diagnostics()
  return vim.diagnostic.get(0)
end

local ok, problem = pcall(function()
  vim.cmd("edit " .. vim.fn.fnameescape(os.getenv("MIRAGE_DOCUMENT")))
  wait_for("the client", function()
    return #vim.lsp.buf_get_clients(0) > 0
  end)
  vim.cmd("silent %s/" .. os.getenv("MIRAGE_TRUE") .. "/" .. os.getenv("MIRAGE_FALSE") .. "/")
  vim.cmd("silent write")
  wait_for("a diagnostic", function()
    return #diagnostics() == 1
  end)
  local found = diagnostics()[1]
  told.line, told.code, told.message = found.lnum, found.code, found.message
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
  vim.lsp.buf.hover()
  vim.ui.select = function(items, options, choose)
    local shown = vim.tbl_map(options.format_item or tostring, items)
    told.actions = table.concat(shown, "\n")
    choose(items[1])
  end
  vim.lsp.buf.code_action()
  wait_for("the fix", function()
    return #diagnostics() == 0
  end)
  vim.cmd("silent write")
  -- Neither opening it again nor another document starts another server.
  vim.cmd("edit!")
  vim.cmd("edit " .. vim.fn.fnameescape(vim.fn.expand("%:p:h") .. "/faq.md"))
  wait_for("the client of another document", function()
    return #vim.lsp.buf_get_clients(0) > 0
  end)
  told.servers = #vim.lsp.get_active_clients()
end)

told.problem = not ok and tostring(problem) or nil
local report = io.open(os.getenv("MIRAGE_REPORT"), "w")
report:write(vim.fn.json_encode(told))
report:close()
vim.cmd("qall!")
