-- The user changed their mind. Works until the answer is being sent. ARGV: keep, job, user
local state, user = read('state', 'user')
if not state or user ~= ARGV[3] then return '' end
if state == 'SENDING' or state == 'DELIVERED' or state == 'DEAD' or state == 'CANCELLED' then return state end
drop_entry()
finish('CANCELLED') -- whoever works on it finds, at the next renewal, that there is nothing to hold
return 'CANCELLED'
