-- Stands before every script: the clock, the names, and the few moves that all transitions are made of.
-- ARGV[1] is how long a row outlives its last change (ms), ARGV[2] the job.
local ns, keep, job = KEYS[1], tonumber(ARGV[1]), ARGV[2]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local row, live = ns .. ':job:' .. job, ns .. ':live'
local DAY = 86400000
local RECHECK = 10000 -- ms after which the sweeper looks whether a waiting row still has its queue entry

-- A number that only grows. It holds the time, so that a replica that became the primary before it heard of the last
-- ones does not give out one of them again.
local function next_fence()
  local last = tonumber(redis.call('GET', ns .. ':fence') or '0')
  local fence = string.format('%.0f', math.max(last + 1, time[1] * 1000000 + time[2]))
  redis.call('SET', ns .. ':fence', fence)
  return fence
end

local function read(...) return unpack(redis.call('HMGET', row, ...)) end

-- The last state of a job is the one entry of a stream: kept for who asks later, and a bell for who waits.
local function tell(state, stage, done)
  local stream = ns .. ':progress:' .. job
  redis.call('XADD', stream, 'MAXLEN', '1', '*', 'state', state, 'stage', stage or '', 'done', done or '0')
  redis.call('PEXPIRE', stream, keep)
  redis.call('SADD', ns .. ':dirty', job)
end

local function move(state, ...)
  redis.call('HSET', row, 'state', state, 'updated', now, ...)
  redis.call('PEXPIRE', row, keep)
  tell(state)
end

-- Writes an arq job, in arq's own format, under a fresh name: arq's memory of an earlier try cannot hold it back.
local function enqueue(queue_name, verb, score)
  local queue = ns .. ':queue:' .. queue_name
  local entry = string.format('%015d.%s', redis.call('INCR', ns .. ':sequence'), job)
  local request = cjson.encode({t = cjson.null, f = verb, a = {job, entry}, k = {}, et = now})
  redis.call('PSETEX', 'arq:job:' .. entry, DAY, request)
  redis.call('ZADD', queue, score, entry)
  redis.call('HSET', row, 'entry', entry, 'queue', queue)
  redis.call('ZADD', live, math.max(score, now) + RECHECK, job)
  redis.call('PUBLISH', queue, '')
end

local function drop_entry()
  local entry, queue = read('entry', 'queue')
  if entry and queue then
    redis.call('ZREM', queue, entry)
    redis.call('DEL', 'arq:job:' .. entry)
  end
end

-- What a state waits for: its queue, its verb, and when. Renders go in order of their fair tag, the rest by time;
-- what only needs to be put together goes before everything that has not begun. A delayed render is in no queue, whose
-- scores are no times: the sweeper enqueues it when it is due.
local function wait(state, delay)
  local by_tag = state == 'QUEUED' or state == 'PLANNED' or state == 'GENERATED'
  if by_tag and (delay or 0) > 0 then
    redis.call('HSET', row, 'rests', 1)
    redis.call('ZADD', live, now + delay, job)
  elseif state == 'QUEUED' then enqueue('render', 'render', tonumber((read('tag'))))
  elseif state == 'PLANNED' then enqueue('generate', 'generate', tonumber((read('tag'))))
  elseif state == 'GENERATED' then enqueue('render', 'finish', 0.5) -- tags begin at 1; to arq, 0 is no score
  elseif state == 'ACCEPTED' then enqueue('deliver', 'fetch', now + (delay or 0))
  else enqueue('deliver', 'deliver', now + (delay or 0)) end
end

-- Whose shares a job takes: its user's, its account's (an address of the page's visitors), its frontend's.
local function busy_sets(user, account, platform)
  return {ns .. ':busy:' .. user, ns .. ':busy:' .. account, ns .. ':busy:frontend ' .. platform}
end

-- It takes nobody's share any more; whoever has none in the works starts afresh.
local function give_back_shares()
  local user, account, platform = read('user', 'account', 'platform')
  account = account or user
  for _, busy in ipairs(busy_sets(user, account, platform or '')) do redis.call('SREM', busy, job) end
  if redis.call('SCARD', ns .. ':busy:' .. account) == 0 then redis.call('HDEL', ns .. ':fair', account) end
end

local function finish(state)
  move(state)
  redis.call('ZREM', live, job)
  give_back_shares()
  redis.call('HINCRBY', ns .. ':count', state, 1)
  -- What only the work needed goes now: rows are kept for days, and a stream alone takes 5 kB.
  redis.call('HDEL', row, 'entry', 'queue', 'claim', 'before', 'tag', 'holder', 'plan', 'tracks', 'rests')
  redis.call('PEXPIRE', ns .. ':progress:' .. job, 600000)
end

-- Only the holder of the current fence may move a job that is being worked on.
local function holds(fence, state)
  local current, held = read('state', 'fence')
  return current == state and held == fence
end

-- Nothing is left to try but to tell the user; where that was it already, it is over.
local function give_up(failure)
  if redis.call('HEXISTS', row, 'failure') == 1 then
    finish('DEAD')
    return
  end
  move('FAILED', 'failure', failure, 'sends', 0)
  wait('FAILED')
end
