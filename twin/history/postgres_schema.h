// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace history {

/// The schema of history.h in PostgreSQL's words. Partitions are made as days begin. BRIN suits what arrives in
/// order of time; the btree of each sample partition serves curves.
constexpr const char* kPostgresSchema = R"sql(
CREATE SCHEMA IF NOT EXISTS alphacity;
CREATE TABLE IF NOT EXISTS alphacity.name (id BIGINT PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS alphacity.source (id BIGINT PRIMARY KEY, name TEXT NOT NULL, standard TEXT NOT NULL, endpoint TEXT NOT NULL,
  provenance BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS alphacity.journal (seq BIGINT NOT NULL, first_seq BIGINT NOT NULL, rx_first BIGINT NOT NULL,
  rx_last BIGINT NOT NULL, ev_first BIGINT NOT NULL, ev_last BIGINT NOT NULL, lag_first BIGINT, lag_last BIGINT, sample_first BIGINT NOT NULL,
  rows BIGINT NOT NULL, period BIGINT NOT NULL, data BYTEA NOT NULL, PRIMARY KEY (seq, rx_first)) PARTITION BY RANGE (rx_first);
CREATE INDEX IF NOT EXISTS journal_rx ON alphacity.journal (rx_first, rx_last, seq);
CREATE INDEX IF NOT EXISTS journal_lag ON alphacity.journal (lag_first, lag_last) WHERE lag_first IS NOT NULL;
CREATE TABLE IF NOT EXISTS alphacity.keyframe (seq BIGINT NOT NULL, rx BIGINT NOT NULL, begins BIGINT NOT NULL, data BYTEA NOT NULL,
  PRIMARY KEY (rx, seq)) PARTITION BY RANGE (rx);
CREATE INDEX IF NOT EXISTS keyframe_seq ON alphacity.keyframe (seq);
CREATE TABLE IF NOT EXISTS alphacity.sample (id BIGINT NOT NULL, entity BIGINT NOT NULL, property BIGINT NOT NULL, event BIGINT NOT NULL,
  received BIGINT NOT NULL, number DOUBLE PRECISION, text TEXT, unit BIGINT NOT NULL, source BIGINT NOT NULL, flags BIGINT NOT NULL)
  PARTITION BY RANGE (received);
CREATE INDEX IF NOT EXISTS sample_series ON alphacity.sample (entity, property, event);
CREATE INDEX IF NOT EXISTS sample_time ON alphacity.sample USING brin (received, id);
CREATE TABLE IF NOT EXISTS alphacity.event (seq BIGINT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, entity BIGINT NOT NULL,
  event BIGINT NOT NULL, received BIGINT NOT NULL, source BIGINT NOT NULL, severity BIGINT NOT NULL, x DOUBLE PRECISION,
  y DOUBLE PRECISION, z DOUBLE PRECISION, details TEXT NOT NULL, provenance BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS event_time ON alphacity.event (event);
CREATE TABLE IF NOT EXISTS alphacity.gap (first BIGINT NOT NULL, last BIGINT NOT NULL, rows BIGINT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (first, last, reason));
ALTER TABLE alphacity.journal ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE alphacity.keyframe ALTER COLUMN data SET STORAGE EXTERNAL;
DO $postgis$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'postgis')
    AND NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'alphacity' AND table_name = 'event' AND column_name = 'geom')
  THEN ALTER TABLE alphacity.event ADD COLUMN geom geometry(PointZ) GENERATED ALWAYS AS (ST_MakePoint(x, y, z)) STORED; END IF;
END $postgis$;
)sql";

}  // namespace history
