-- The result is in the store; delivering it is a job of its own. ARGV: keep, job, fence, result
local fence, result = unpack(ARGV, 3, 4)
if holds(fence, 'RENDERED') then return 1 end
if not holds(fence, 'RUNNING') then return 0 end
move('RENDERED', 'result', result)
local memory = (read('memory'))
if memory ~= '' then redis.call('SET', ns .. ':last:' .. memory, job, 'PX', keep) end
wait('RENDERED')
return 1
