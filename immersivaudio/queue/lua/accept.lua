-- A request enters the job store and its queue in one step, or is known already, or is one too many.
-- ARGV: keep, job, digest of the key, user, request, version, memory, state, account, platform,
--   caps of a user, of an account, of a frontend, and in all
local digest, user, request, version, memory, state, account, platform = unpack(ARGV, 3, 10)
local sets, names = busy_sets(user, account, platform), {'user-full', 'account-full', 'frontend-full'}
local first = redis.call('GET', ns .. ':seen:' .. digest)
if first then return {first == job and 'accepted' or 'duplicate', first, redis.call('SCARD', sets[1])} end -- asked again: the answer was lost
local mine = 0
for place, busy in ipairs(sets) do
  local cap, works = tonumber(ARGV[10 + place]), redis.call('SCARD', busy)
  if works >= cap then -- rows that waited until they were forgotten are in nobody's way
    for _, other in ipairs(redis.call('SMEMBERS', busy)) do
      if redis.call('EXISTS', ns .. ':job:' .. other) == 0 then redis.call('SREM', busy, other) end
    end
    works = redis.call('SCARD', busy)
  end
  if place == 1 then mine = works + 1 end
  if place == 3 then
    local all = redis.call('ZCARD', live)
    if all >= tonumber(ARGV[14]) then return {'full', '', all} end
  end
  if works >= cap then return {names[place], '', works} end
end
redis.call('SET', ns .. ':seen:' .. digest, job, 'PX', keep)
for _, busy in ipairs(sets) do redis.call('SADD', busy, job) end
redis.call('ZADD', ns .. ':jobs:' .. user, now, job)
redis.call('PEXPIRE', ns .. ':jobs:' .. user, keep)
-- Start-time fair queueing: an account's next clip is one round after its last, and none starts in the past.
local round = tonumber(redis.call('GET', ns .. ':round') or '0')
local last = tonumber(redis.call('HGET', ns .. ':fair', account) or '0')
local tag = math.max(round, last) + 1
redis.call('HSET', ns .. ':fair', account, tag)
move(state, 'user', user, 'account', account, 'platform', platform, 'request', request, 'version', version,
  'memory', memory, 'tag', tag, 'failures', 0, 'losses', 0, 'sends', 0, 'created', now)
wait(state)
redis.call('HINCRBY', ns .. ':count', 'accepted', 1)
return {'accepted', job, mine}
