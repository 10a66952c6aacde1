-- The holder is alive: its lease starts again. 0: it holds nothing any more and must stop.
-- ARGV: keep, job, fence, lease, stage (or empty), done
local fence, lease, stage, done = unpack(ARGV, 3, 6)
local state, held = read('state', 'fence')
if held ~= fence or not (state == 'FETCHING' or state == 'RUNNING' or state == 'SENDING') then return 0 end
redis.call('ZADD', live, now + lease, job)
if stage ~= '' then tell(state, stage, done) end
return 1
