-- An upload lives on; with a reference, its bytes have come. ARGV: keep, id, reference or '', life (ms)
if redis.call('ZSCORE', ns .. ':uploads', job) == false then return 0 end
if ARGV[3] ~= '' then redis.call('HSET', ns .. ':upload:' .. job, 'ref', ARGV[3]) end
redis.call('ZADD', ns .. ':uploads', now + tonumber(ARGV[4]), job)
return 1
