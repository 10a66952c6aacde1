-- A row whose time is up: its worker vanished, or its queue entry did. ARGV: keep, job, losses allowed, sends allowed,
-- failure
local allowed, sends, failure = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local state, entry, queue, before = read('state', 'entry', 'queue', 'before')
if not state or state == 'DELIVERED' or state == 'DEAD' or state == 'CANCELLED' then
  redis.call('ZREM', live, job)
  return 'gone'
end
local due = redis.call('ZSCORE', live, job)
if due and tonumber(due) > now then return 'early' end
if state == 'FETCHING' or state == 'RUNNING' or state == 'SENDING' then
  redis.call('HSET', row, 'fence', redis.call('INCR', ns .. ':fence'))
  if state == 'SENDING' and redis.call('HINCRBY', row, 'sends', 1) >= sends then
    redis.call('HSET', row, 'failure', failure)
    finish('DEAD')
    return 'over'
  end
  if state ~= 'SENDING' and redis.call('HINCRBY', row, 'losses', 1) >= allowed then
    move('FAILED', 'failure', failure)
    wait('FAILED')
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
return 'enqueued'
