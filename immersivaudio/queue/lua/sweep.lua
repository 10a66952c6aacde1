-- A row whose time is up: its worker vanished, or its queue entry did.
-- ARGV: keep, job, tries allowed, losses allowed, sends allowed, failure
local tries, most, sends, failure = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]

-- Whether a worker vanished that did not hold this job, since the first one vanished that did.
local function others_vanish(since, own)
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', ns .. ':vanished', since, '+inf')) do
    if not string.find(own, name, 1, true) then return true end
  end
  return false
end

-- A worker vanished under the job. If others vanish as well it is the weather, and much is forgiven. If nobody
-- vanishes but those who hold this job, it is the job, and it has as many tries as any other that fails.
local function one_too_many()
  local holder, claimed, since, own = read('holder', 'claimed', 'suspect', 'holders')
  since, own = since or claimed, (own or '') .. ' ' .. holder
  redis.call('HSET', row, 'suspect', since, 'holders', own)
  redis.call('ZADD', ns .. ':vanished', now, holder)
  redis.call('ZREMRANGEBYSCORE', ns .. ':vanished', 0, now - DAY)
  local losses = redis.call('HINCRBY', row, 'losses', 1)
  local all = losses + tonumber((read('failures')))
  return losses >= most or (all >= tries and not others_vanish(since, own))
end

local state, entry, queue, before = read('state', 'entry', 'queue', 'before')
if not state or state == 'DELIVERED' or state == 'DEAD' or state == 'CANCELLED' then
  redis.call('ZREM', live, job)
  return 'gone'
end
local due = redis.call('ZSCORE', live, job)
if due and tonumber(due) > now then return 'early' end
if state == 'FETCHING' or state == 'RUNNING' or state == 'SENDING' then
  redis.call('HSET', row, 'fence', next_fence())
  if state == 'SENDING' and redis.call('HINCRBY', row, 'sends', 1) >= sends then
    give_up(failure)
    return 'over'
  end
  if state ~= 'SENDING' and one_too_many() then
    give_up(failure)
    return 'over'
  end
  move(before)
  wait(before)
  return 'lost'
end
if redis.call('ZSCORE', queue, entry) and redis.call('EXISTS', 'arq:job:' .. entry) == 1 then
  redis.call('ZADD', live, now + RECHECK, job)
  return 'waits'
end
drop_entry()
wait(state)
return redis.call('HDEL', row, 'rests') == 1 and 'due' or 'enqueued'
