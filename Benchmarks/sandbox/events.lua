-- Requests for wrk: one routing-status event each, of one agent after the other, each a change.
-- Arguments: a token, how many agents there are, a number that no other round has.

local token, agents, round
local count, second, stamp = 0, 0, ""

function init(arguments)
  token, agents, round = arguments[1], tonumber(arguments[2]), tonumber(arguments[3])
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. token
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  local now = os.time()
  if now ~= second then
    second, stamp = now, os.date("!%Y-%m-%dT%H:%M:%S.000Z", now)
  end
  local status = math.floor(count / agents) % 2 == 0 and "Interacting" or "Idle"
  local body = string.format(
    '{"userRoutingStatusEvents":[{"eventId":"%08x-0000-4000-8000-%012x","eventDateTime":"%s",'
      .. '"agentId":"00000000-0000-4000-8000-%012x","status":"%s"}]}',
    round, count, stamp, count % agents, status)
  count = count + 1
  return wrk.format(nil, nil, nil, body)
end
