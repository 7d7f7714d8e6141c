-- Times are milliseconds since 1970, digests 32 bytes, addresses and stamps text (JSON where
-- they have parts). Never edited once released: what changes later is a file of its own.

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    site TEXT NOT NULL,
    language TEXT,
    added INTEGER NOT NULL
);

CREATE TABLE listing (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    address TEXT NOT NULL UNIQUE,
    added INTEGER NOT NULL,
    visited INTEGER,
    well INTEGER,
    failing TEXT,
    failing_since INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX listing_of_source ON listing (source);

-- A WARC file; what lies behind `bytes_len` was never acknowledged.
CREATE TABLE capture_file (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    bytes_len INTEGER NOT NULL,
    -- The warcinfo record at its start, as stored.
    info_len INTEGER NOT NULL,
    info_digest BLOB NOT NULL
);

-- An exchange: a request record at `start`, its response or revisit record at `response`.
CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES capture_file (id),
    start INTEGER NOT NULL,
    response INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    -- Of the bytes from `start` to `finish` as they are stored.
    stored BLOB NOT NULL,
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    payload BLOB,
    -- The capture that holds the payload, where this one is a revisit.
    original INTEGER REFERENCES capture (id)
);
CREATE INDEX capture_of_address ON capture (address, at);

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    pressmark TEXT NOT NULL UNIQUE,
    identity TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    first_seen INTEGER NOT NULL,
    checked INTEGER NOT NULL,
    gone INTEGER,
    failing TEXT,
    -- What follows is taken from the newest revision.
    newest INTEGER REFERENCES revision (id),
    whole INTEGER NOT NULL DEFAULT 0,
    revisions_len INTEGER NOT NULL DEFAULT 0,
    revised INTEGER NOT NULL DEFAULT 0,
    headline TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',
    language TEXT,
    published INTEGER,
    lead TEXT,
    -- The place in time by which lists are ordered.
    place INTEGER NOT NULL
);
CREATE INDEX article_by_place ON article (place, id);
CREATE INDEX article_of_source ON article (source, place, id);
CREATE INDEX article_first_seen ON article (source, first_seen);

-- Where an article was found (`seen` 1) or says that it lives (`seen` 0).
CREATE TABLE alias (
    identity TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id),
    seen INTEGER NOT NULL
);
CREATE INDEX alias_of_article ON alias (article);

-- Only ever grows; a row never changes.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id),
    number INTEGER NOT NULL,
    captured INTEGER NOT NULL,
    -- 1: read from a page or an import; 0: made of a listing's words.
    whole INTEGER NOT NULL,
    -- Of the JSON in `text` before it was compressed (zstd).
    digest BLOB NOT NULL,
    payload BLOB,
    capture INTEGER REFERENCES capture (id),
    origin TEXT,
    headline TEXT NOT NULL,
    notes TEXT NOT NULL,
    text BLOB NOT NULL,
    UNIQUE (article, number)
);

-- The newest text in small letters, for searching.
CREATE TABLE words (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    text TEXT NOT NULL
);

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source (id),
    -- The listing that announced it first.
    listing INTEGER NOT NULL REFERENCES listing (id),
    guid TEXT NOT NULL,
    address TEXT,
    title TEXT NOT NULL,
    published TEXT,
    updated TEXT,
    first_seen INTEGER NOT NULL,
    -- When the listing said what stands here.
    said INTEGER NOT NULL,
    -- The listing's own words as an article, JSON compressed (zstd).
    words BLOB,
    article INTEGER REFERENCES article (id),
    failing TEXT,
    UNIQUE (source, guid)
);
CREATE INDEX entry_of_article ON entry (article);
CREATE INDEX entry_of_listing ON entry (listing);
CREATE INDEX entry_first_seen ON entry (source, first_seen);

-- Which entries a listing names in its newest state.
CREATE TABLE standing (
    listing INTEGER NOT NULL REFERENCES listing (id),
    entry INTEGER NOT NULL REFERENCES entry (id),
    PRIMARY KEY (listing, entry)
);
CREATE INDEX standing_of_entry ON standing (entry);

CREATE TABLE picture (
    digest BLOB PRIMARY KEY,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes_len INTEGER NOT NULL
);

-- Which picture was found at an address.
CREATE TABLE picture_use (
    identity TEXT PRIMARY KEY,
    digest BLOB NOT NULL REFERENCES picture (digest),
    capture INTEGER REFERENCES capture (id)
);
CREATE INDEX picture_use_of_digest ON picture_use (digest);

-- One thing to be fetched: exactly one of `listing`, `entry`, `picture` is set.
CREATE TABLE errand (
    id INTEGER PRIMARY KEY,
    -- 0 listing, 1 page, 2 picture: the order in which a host is asked.
    kind INTEGER NOT NULL,
    listing INTEGER UNIQUE REFERENCES listing (id),
    entry INTEGER UNIQUE REFERENCES entry (id),
    -- The identity of the picture's address.
    picture TEXT UNIQUE,
    address TEXT NOT NULL,
    also TEXT NOT NULL DEFAULT '[]',
    host TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    -- NULL: nothing to do until somebody asks.
    due INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    failing TEXT,
    -- Never again, whoever asks: gone or refused.
    ended INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    last_modified TEXT
);
CREATE INDEX errand_by_host ON errand (host, kind, due);
CREATE INDEX errand_by_due ON errand (due);
