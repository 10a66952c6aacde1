-- One step of several is done, another queue does the next. ARGV: keep, job, fence, new state, plan, tracks or empty
local fence, state, plan, tracks = unpack(ARGV, 3, 6)
if holds(fence, state) then return 1 end
if not holds(fence, 'RUNNING') then return 0 end
move(state, 'plan', plan, 'tracks', tracks)
wait(state)
return 1
