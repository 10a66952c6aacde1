-- The placeholder is written down once; who comes second is told which one counts. ARGV: keep, job, address
local known = (read('address'))
if known then return known end
if not (read('state')) then return false end
redis.call('HSET', row, 'address', ARGV[3])
redis.call('SADD', ns .. ':dirty', job)
return ARGV[3]
