-- The record is sealed by the application, which searches by keyed hashes (HMAC-SHA-256).
drop table if exists sealed_residents;
create table sealed_residents (
  id bigint generated always as identity primary key,
  resident_id_hash bytea not null,
  phone_hash bytea,
  name_birth_hash bytea,
  sealed bytea not null
);
create unique index on sealed_residents (resident_id_hash);
create index on sealed_residents (phone_hash);
create index on sealed_residents (name_birth_hash);

-- Who was shown whom; a row is committed before an answer is given.
create table if not exists audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  purpose text not null,
  about bigint not null
);
