-- One worker takes one waiting job and gets the fence: a number that only grows, and only the newest may write.
-- ARGV: keep, job, entry, verb, nonce, lease, newest version the worker reads, name of the worker
local entry, verb, nonce, lease = unpack(ARGV, 3, 6)
local TAKES = {
  fetch = {ACCEPTED = 'FETCHING'},
  render = {QUEUED = 'RUNNING'},
  generate = {PLANNED = 'RUNNING'},
  finish = {GENERATED = 'RUNNING'},
  deliver = {RENDERED = 'SENDING', FAILED = 'SENDING'},
}
local state, current, claim, version, tag = read('state', 'entry', 'claim', 'version', 'tag')
if not state then return false end
if claim ~= nonce then -- else: asked again, the answer was lost
  local to = TAKES[verb][state]
  if not to or current ~= entry or tonumber(version) > tonumber(ARGV[7]) then return false end
  redis.call('HSET', row, 'fence', next_fence(), 'claim', nonce, 'before', state, 'claimed', now,
    'holder', ARGV[8])
  move(to)
  drop_entry() -- arq has read it; what waits in the queue is only what nobody works on
  redis.call('ZADD', live, now + lease, job)
  if to == 'RUNNING' then
    local round = tonumber(redis.call('GET', ns .. ':round') or '0')
    redis.call('SET', ns .. ':round', math.max(round, tonumber(tag)))
  end
end
return redis.call('HGETALL', row)
