-- One attempt in a sliding window.
-- KEYS[1]: the attempts of one subject, a sorted set by time in milliseconds
-- ARGV: limit, window in milliseconds, a unique name for this attempt
-- Returns {1 when allowed, attempts left, milliseconds until an attempt leaves the window}
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local before = redis.call('ZCARD', KEYS[1])
if before < limit then
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], window)
  return { 1, limit - before - 1, 0 }
end

local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] or now
return { 0, 0, oldest + window - now }
