-- Nothing of this job stays, but the bare digest that keeps a repeated update from becoming a new request.
-- ARGV: keep, job
local user, memory = read('user', 'memory')
if not user then return 0 end
drop_entry()
redis.call('ZREM', live, job)
give_back_shares()
redis.call('ZREM', ns .. ':jobs:' .. user, job)
redis.call('SREM', ns .. ':dirty', job)
if redis.call('GET', ns .. ':last:' .. memory) == job then redis.call('DEL', ns .. ':last:' .. memory) end
redis.call('DEL', row, ns .. ':progress:' .. job)
return 1
