-- Run within Neovim: types a slip, takes the fix, undoes it, completes, asks.
local function say(text) io.stdout:write(text .. "\n") end
local function fail(why)
  say("failed: " .. why)
  vim.cmd("cquit")
end
local function await(what, condition)
  if not vim.wait(60000, condition, 20) then fail("no " .. what .. " in time") end
end

vim.cmd("edit processes/incident.md")
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = "clausebook",
  cmd = { vim.env.CLAUSEBOOK, "lsp", "--today", "2026-06-15" },
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(buffer, client)
await("server", function()
  local found = vim.lsp.get_client_by_id(client)
  return found and found.initialized
end)

local function find(words)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local column = line:find(words, 1, true)
    if column then return number, column, line end
  end
  fail(words .. " is nowhere")
end
local function type_over(words, other)
  local number, column = find(words)
  vim.api.nvim_buf_set_text(buffer, number - 1, column - 1, number - 1, column - 1 + #words, { other })
end
local function ask(method, number, column, more)
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  if number then params.position = { line = number - 1, character = column } end
  for key, value in pairs(more or {}) do params[key] = value end
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 60000)
  local answer = answers and answers[client] or fail("no answer to " .. method)
  if answer.err then fail(method .. ": " .. vim.inspect(answer.err)) end
  return answer.result
end

type_over("REG-ROL-01", "REG-ROL-O1")
local told
await("finding", function()
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    if one.code == "dangling-link" then told = one end
  end
  return told ~= nil
end)
say("dangling-link on line " .. (told.lnum + 1))

local place = { line = told.lnum, character = told.col }
local actions = ask("textDocument/codeAction", nil, nil, {
  range = { start = place, ["end"] = place },
  context = { diagnostics = {} },
})
say("offered: " .. actions[1].title)
vim.cmd("let &undolevels = &undolevels")
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
local _, _, line = find("See [[")
say("mended: " .. line)
vim.cmd("undo")
_, _, line = find("See [[")
say("undone: " .. line)

type_over("owner: incident-manager", "owner: inc")
local number, column = find("owner: inc")
local items = ask("textDocument/completion", number, column - 1 + #"owner: inc")
for _, item in ipairs(items) do
  if item.label:find("^inc") then say("completed: " .. item.textEdit.newText) end
end
type_over("owner: inc", "owner: incident-manager")

number, column = find("[[8.6.1]]")
local hover = ask("textDocument/hover", number, column + 2)
say("hover: " .. vim.split(hover.contents.value:gsub("\\", ""), "\n")[1])

number, column = find("owner: incident-manager")
local target = ask("textDocument/definition", number, column + 10)
say("definition: " .. target.uri:match("[^/]+$") .. " line " .. (target.range.start.line + 1))
vim.cmd("qall!")
