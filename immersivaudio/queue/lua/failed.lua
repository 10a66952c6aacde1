-- A try failed: another one, or (after the last, or where another cannot help) a notice to the user.
-- ARGV: keep, job, fence, failure, tries allowed (0: this was the last)
local fence, failure, allowed = unpack(ARGV, 3, 5)
if holds(fence, 'FAILED') then return 'over' end
if not (holds(fence, 'RUNNING') or holds(fence, 'FETCHING')) then return 'lost' end
local failures = redis.call('HINCRBY', row, 'failures', 1)
if failures >= tonumber(allowed) then
  move('FAILED', 'failure', failure)
  wait('FAILED')
  return 'over'
end
local before = (read('before'))
move(before)
wait(before)
return 'again'
