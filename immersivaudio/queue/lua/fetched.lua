-- The bytes are in the store. ARGV: keep, job, fence, reference
local fence, ref = unpack(ARGV, 3, 4)
if holds(fence, 'QUEUED') then return 1 end
if not holds(fence, 'FETCHING') then return 0 end
move('QUEUED', 'ref', ref, 'sends', 0)
wait('QUEUED')
return 1
