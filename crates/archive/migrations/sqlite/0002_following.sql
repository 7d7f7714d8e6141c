-- What following a site for years needs: which part each listing plays, its rhythm, where it
-- moved, what stands in for it, and what each day brought.

-- 0 followed, 1 a witness (asked for what the others leave out), 2 a spare (asked when they fail).
ALTER TABLE listing ADD COLUMN role INTEGER NOT NULL DEFAULT 0;
-- What it was when it was last read: a word of `news::Form`.
ALTER TABLE listing ADD COLUMN form TEXT;
-- What is wrong, in a word for programs; `failing` has the words for people.
ALTER TABLE listing ADD COLUMN trouble TEXT;
-- When a visit last brought something new.
ALTER TABLE listing ADD COLUMN brought INTEGER;
-- How long an answer takes, in milliseconds, smoothed.
ALTER TABLE listing ADD COLUMN took INTEGER NOT NULL DEFAULT 0;
-- Its rhythm, in seconds: between two entries as a rule, over all that it names, and for how long
-- the site asks not to be asked again; and the time of its newest entry.
ALTER TABLE listing ADD COLUMN gap INTEGER;
ALTER TABLE listing ADD COLUMN span INTEGER;
ALTER TABLE listing ADD COLUMN wish INTEGER;
ALTER TABLE listing ADD COLUMN newest INTEGER;
-- Where it says that it lives from now on, and since when it says so; then where it lived before.
ALTER TABLE listing ADD COLUMN moving TEXT;
ALTER TABLE listing ADD COLUMN moving_since INTEGER;
ALTER TABLE listing ADD COLUMN formerly TEXT;
-- The listing that this one is followed in place of.
ALTER TABLE listing ADD COLUMN stands_in INTEGER REFERENCES listing (id);
-- The part that it had before it stood in.
ALTER TABLE listing ADD COLUMN before INTEGER;
-- When something in its place was last looked for.
ALTER TABLE listing ADD COLUMN looked INTEGER;
-- How many entries it announced first.
ALTER TABLE listing ADD COLUMN entries_len INTEGER NOT NULL DEFAULT 0;
UPDATE listing SET entries_len = (SELECT COUNT(*) FROM entry WHERE entry.listing = listing.id);

-- By which an item is known again that another listing of the source announces as well.
ALTER TABLE entry ADD COLUMN identity TEXT;
CREATE INDEX entry_by_identity ON entry (source, identity);
CREATE INDEX entry_by_listing ON entry (listing, first_seen);
DROP INDEX entry_of_listing;
CREATE INDEX capture_by_payload ON capture (address, payload);

-- What a day (UTC, counted from 1970) brought of a source, and what it cost the site.
CREATE TABLE day (
    source INTEGER NOT NULL REFERENCES source (id),
    day INTEGER NOT NULL,
    requests INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    entries_new INTEGER NOT NULL DEFAULT 0,
    -- Whether work was put off to the next day because enough was asked.
    held INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, day)
);
