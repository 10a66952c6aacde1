-- An upload is no longer counted: it was ordered, given up or forgotten. Returns its reference, '' before it came,
-- false where it is not known (any more). ARGV: keep, id, '1' to release only what is overdue
local upload = ns .. ':upload:' .. job
local due = redis.call('ZSCORE', ns .. ':uploads', job)
if not due or (ARGV[3] == '1' and tonumber(due) > now) then return false end
local user, address, bytes, ref = unpack(redis.call('HMGET', upload, 'user', 'address', 'bytes', 'ref'))
redis.call('ZREM', ns .. ':uploads', job)
redis.call('DEL', upload)
if not user then return '' end
redis.call('SREM', ns .. ':uploads:of:' .. user, job)
local sums = ns .. ':uploads:bytes'
for _, name in ipairs({'user ' .. user, 'address ' .. address, 'all'}) do
  if redis.call('HINCRBY', sums, name, -tonumber(bytes)) <= 0 then redis.call('HDEL', sums, name) end
end
return ref or ''
