-- The answer is in the chat (or, with a failure given, can never be). ARGV: keep, job, fence, failure or empty
local fence, failure = unpack(ARGV, 3, 4)
if holds(fence, 'DELIVERED') or holds(fence, 'DEAD') then return 1 end
if not holds(fence, 'SENDING') then return 0 end
if failure ~= '' then redis.call('HSET', row, 'failure', failure) end
if redis.call('HEXISTS', row, 'failure') == 1 then finish('DEAD') else finish('DELIVERED') end
return 1
