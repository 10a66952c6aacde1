-- A request enters the job store and its queue in one step, or is known already, or is one too many.
-- ARGV: keep, job, digest of the key, user, request, version, memory, state, cap a user, cap in all
local digest, user, request, version, memory, state = unpack(ARGV, 3, 8)
local busy = ns .. ':busy:' .. user
local first = redis.call('GET', ns .. ':seen:' .. digest)
if first and first ~= job then return {'duplicate', first, redis.call('SCARD', busy)} end
if first then return {'accepted', job, redis.call('SCARD', busy)} end -- asked again: the answer was lost
local mine, all = redis.call('SCARD', busy), redis.call('ZCARD', live)
if mine >= tonumber(ARGV[9]) then -- rows that waited until they were forgotten are in nobody's way
  for _, other in ipairs(redis.call('SMEMBERS', busy)) do
    if redis.call('EXISTS', ns .. ':job:' .. other) == 0 then redis.call('SREM', busy, other) end
  end
  mine = redis.call('SCARD', busy)
end
if mine >= tonumber(ARGV[9]) then return {'user-full', '', mine} end
if all >= tonumber(ARGV[10]) then return {'full', '', all} end

redis.call('SET', ns .. ':seen:' .. digest, job, 'PX', keep)
redis.call('SADD', busy, job)
redis.call('ZADD', ns .. ':jobs:' .. user, now, job)
redis.call('PEXPIRE', ns .. ':jobs:' .. user, keep)
-- Start-time fair queueing: a user's next clip is one round after their last, and nobody starts in the past.
local round = tonumber(redis.call('GET', ns .. ':round') or '0')
local last = tonumber(redis.call('HGET', ns .. ':fair', user) or '0')
local tag = math.max(round, last) + 1
redis.call('HSET', ns .. ':fair', user, tag)
move(state, 'user', user, 'request', request, 'version', version, 'memory', memory, 'tag', tag,
  'failures', 0, 'losses', 0, 'sends', 0, 'created', now)
wait(state)
redis.call('HINCRBY', ns .. ':count', 'accepted', 1)
return {'accepted', job, mine + 1}
