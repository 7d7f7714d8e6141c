-- How the keeper files what he follows: folders, feeds, and whatever else his outlines said.

CREATE TABLE outline (
    id INTEGER PRIMARY KEY,
    -- NULL: it stands in no folder.
    parent INTEGER REFERENCES outline (id),
    place INTEGER NOT NULL,
    -- NULL: a folder, or something that is not followed.
    listing INTEGER REFERENCES listing (id) ON DELETE SET NULL,
    element TEXT NOT NULL,
    -- JSON: pairs of name and value in their order.
    attributes TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX outline_of_parent ON outline (parent, place);
CREATE INDEX outline_of_listing ON outline (listing);

-- What the document of the last import said of itself.
CREATE TABLE outline_head (
    place INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    value TEXT NOT NULL
);

-- The namespaces of all imports, as declarations.
CREATE TABLE outline_namespace (
    place INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
);
