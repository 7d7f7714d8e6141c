-- Of which source a picture is: the first of whose articles it was fetched for.
ALTER TABLE picture_use ADD COLUMN source INTEGER REFERENCES source (id);
CREATE INDEX picture_use_of_source ON picture_use (source, digest);
-- Pictures alone are looked for by source and state; NULLs of other kinds stay out.
CREATE INDEX errand_of_picture ON errand (source, ended) WHERE kind = 2;
