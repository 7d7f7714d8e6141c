-- A listing's standing request to a hub (WebSub): to be told at once when it changes.
CREATE TABLE subscription (
    id INTEGER PRIMARY KEY,
    -- NULL: its listing is followed no more.
    listing INTEGER REFERENCES listing (id) ON DELETE SET NULL,
    hub TEXT NOT NULL,
    -- Every hub that the listing names, JSON; `hub` is the one that is asked.
    hubs TEXT NOT NULL,
    topic TEXT NOT NULL,
    -- Where the hub was told to call; NULL before it was asked.
    callback TEXT,
    token TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    -- 0 asked (or about to be), 1 held, 2 refused, 3 ended.
    state INTEGER NOT NULL DEFAULT 0,
    asked INTEGER,
    lease_until INTEGER,
    -- How often the hubs were asked since one last agreed.
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    -- When something is to be done about it.
    due INTEGER NOT NULL,
    -- Until when another push makes nothing due.
    quiet_until INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX subscription_of_listing ON subscription (listing) WHERE state <> 3;
CREATE INDEX subscription_by_due ON subscription (due);

-- What a hub brought and nobody has read yet.
CREATE TABLE push (
    id INTEGER PRIMARY KEY,
    listing INTEGER NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
    capture INTEGER NOT NULL REFERENCES capture (id)
);
CREATE INDEX push_of_listing ON push (listing);
