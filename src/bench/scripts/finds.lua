-- For wrk: each connection asks for one resident after the other, drawn by chance from a file of ID
-- numbers. The token is in STRONGROOM_TOKEN. Prints one line of JSON.

local ids = {}

function init(arguments)
  for line in io.lines(arguments[1]) do
    ids[#ids + 1] = line
  end
  math.randomseed(os.time())
  wrk.method = "POST"
  wrk.path = "/v1/collections/residents/find"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. (os.getenv("STRONGROOM_TOKEN") or "")
end

function request()
  local id = ids[math.random(#ids)]
  return wrk.format(nil, nil, nil, '{"where":{"resident_id":"' .. id .. '"},"purpose":"identity-check"}')
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"answers":%d,"per_second":%.1f,"p50_ms":%.3f,"p99_ms":%.3f,"failed":%d}\n',
    summary.requests,
    summary.requests * 1e6 / summary.duration,
    latency:percentile(50) / 1000,
    latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
