-- The holder lets go without blame (it is told to stop, or the platform asks for patience): back to waiting.
-- ARGV: keep, job, fence, delay (ms), sends allowed, failure if there were too many
local fence, delay, allowed, failure = unpack(ARGV, 3, 6)
local state, held, before, sends = read('state', 'fence', 'before', 'sends')
if held ~= fence then return 0 end
if state ~= 'FETCHING' and state ~= 'RUNNING' and state ~= 'SENDING' then return 0 end
if tonumber(delay) > 0 and redis.call('HINCRBY', row, 'sends', 1) >= tonumber(allowed) then
  redis.call('HSET', row, 'failure', failure)
  finish('DEAD')
  return 1
end
move(before)
wait(before, tonumber(delay))
return 1
