-- Bytes of an upload are counted before they come: by visitor, by address, and in all.
-- ARGV: keep, id, user, address, bytes, cap a visitor, cap an address, cap in all, life (ms)
local user, address, bytes = ARGV[3], ARGV[4], tonumber(ARGV[5])
local sums = ns .. ':uploads:bytes'
local caps = {{'user ' .. user, ARGV[6], 'visitor'}, {'address ' .. address, ARGV[7], 'address'}, {'all', ARGV[8], 'full'}}
for _, cap in ipairs(caps) do
  if tonumber(redis.call('HGET', sums, cap[1]) or '0') + bytes > tonumber(cap[2]) then return cap[3] end
end
for _, cap in ipairs(caps) do redis.call('HINCRBY', sums, cap[1], bytes) end
local upload = ns .. ':upload:' .. job
redis.call('HSET', upload, 'user', user, 'address', address, 'bytes', bytes)
redis.call('PEXPIRE', upload, keep)
redis.call('ZADD', ns .. ':uploads', now + tonumber(ARGV[9]), job)
redis.call('SADD', ns .. ':uploads:of:' .. user, job)
return 'ok'
