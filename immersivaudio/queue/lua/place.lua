-- The placeholder is written down once; who comes second is told which one counts. ARGV: keep, job, address
local known = (read('address'))
if known then return known end
if not (read('state')) then return false end
redis.call('HSET', row, 'address', ARGV[3])
local at = cjson.decode(ARGV[3])
if at.message ~= '' then -- whoever replies to this message means this job
  redis.call('SET', table.concat({ns, 'message', at.platform, at.chat, at.message}, ':'), job, 'PX', keep)
end
redis.call('SADD', ns .. ':dirty', job)
return ARGV[3]
