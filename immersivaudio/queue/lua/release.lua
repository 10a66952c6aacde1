-- The holder lets go without blame (it is told to stop, or the platform asks for patience): back to waiting.
-- ARGV: keep, job, fence, delay (ms), sends allowed, failure if there were too many
local fence, delay, allowed, failure = unpack(ARGV, 3, 6)
local FIRST, LONGEST = 100, 120000 -- ms
local state, held, before = read('state', 'fence', 'before')
if held ~= fence then return 0 end
if state ~= 'FETCHING' and state ~= 'RUNNING' and state ~= 'SENDING' then return 0 end
local pause = tonumber(delay)
if pause > 0 then -- each time twice as long, so that a platform may be away for most of an hour
  local sends = redis.call('HINCRBY', row, 'sends', 1)
  if sends >= tonumber(allowed) then
    give_up(failure)
    return 1
  end
  pause = math.max(pause, math.min(FIRST * 2 ^ sends, LONGEST))
end
move(before)
wait(before, pause)
return 1
