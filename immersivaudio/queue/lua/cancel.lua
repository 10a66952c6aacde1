-- The user changed their mind. Works until the answer is being sent. ARGV: keep, job, user
local state, user = read('state', 'user')
if not state or user ~= ARGV[3] then return '' end
if state == 'SENDING' or state == 'DELIVERED' or state == 'DEAD' or state == 'CANCELLED' then return state end
drop_entry()
redis.call('HSET', row, 'fence', redis.call('INCR', ns .. ':fence')) -- whoever works on it holds nothing now
finish('CANCELLED')
return 'CANCELLED'
