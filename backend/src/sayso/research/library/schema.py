"""The tables of a library's index."""

FORMAT = 27
"""Goes up with every change to readers, passages or tables; an index of another format is built anew."""

SCHEMA = """
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS passages;
DROP TABLE IF EXISTS files;
DROP TABLE IF EXISTS state;
DROP TABLE IF EXISTS vocabulary;
DROP TABLE IF EXISTS encoded;
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  uri TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  digest TEXT NOT NULL,
  reason TEXT,            -- why it could not be read; then the rest is null
  title TEXT,
  date TEXT,              -- what it says of its own date
  language TEXT,
  text TEXT,
  notice TEXT             -- what is doubtful about it or missing from it
);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY,
  file INTEGER NOT NULL REFERENCES files (id),
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  heading TEXT,
  page INTEGER,
  lead TEXT,
  own BLOB NOT NULL,      -- its words and those above it, as numbers; see `research.analysis`
  above BLOB NOT NULL,
  vector BLOB NOT NULL
);
CREATE INDEX passages_of_file ON passages (file);
CREATE INDEX unreadable ON files (uri, reason) WHERE reason IS NOT NULL;
CREATE INDEX noticed ON files (uri, notice) WHERE notice IS NOT NULL;
-- Holds stems that are made outside, so that each language has its own.
CREATE VIRTUAL TABLE words USING fts5 (title, heading, text, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE vocabulary (number INTEGER PRIMARY KEY, word TEXT NOT NULL) WITHOUT ROWID;
-- Vectors by a model of the operator's own, see `research.library.encoding`.
CREATE TABLE encoded (passage INTEGER PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE state (
  version INTEGER NOT NULL,         -- goes up with every change
  model TEXT NOT NULL DEFAULT ''    -- that the vectors of `encoded` are of
);
INSERT INTO state (version) VALUES (1);
"""
