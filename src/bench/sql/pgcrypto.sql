-- The record is sealed by the server, which is sent key and values.
create extension if not exists pgcrypto;
drop table if exists pgcrypto_residents;
create table pgcrypto_residents (
  id bigint generated always as identity primary key,
  resident_id_hash bytea not null,
  phone_hash bytea,
  name_birth_hash bytea,
  sealed bytea not null
);
create unique index on pgcrypto_residents (resident_id_hash);
create index on pgcrypto_residents (phone_hash);
create index on pgcrypto_residents (name_birth_hash);
