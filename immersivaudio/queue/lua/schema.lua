-- The layout of the rows, as the newest program that ever started on them knows it. ARGV: keep, '', ours
local ours = tonumber(ARGV[3])
local known = tonumber(redis.call('GET', ns .. ':schema') or '0')
if known < ours then redis.call('SET', ns .. ':schema', ours) end
return math.max(known, ours)
