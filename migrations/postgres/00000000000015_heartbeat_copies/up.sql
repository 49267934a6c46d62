-- heartbeat_copies: ids of agents of the gateway's owner that we gave a heartbeat block of their own, as a JSON list; they
-- lose it when our agents leave.
ALTER TABLE gateways ADD COLUMN heartbeat_copies json;
