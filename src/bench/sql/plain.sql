-- What a usual application keeps: the values themselves, a key of the table's own, and the three
-- searches that the collection "residents" declares.
drop table if exists residents;
create table residents (
  id bigint generated always as identity primary key,
  resident_id text not null,
  name text not null,
  former_name text,
  sex text,
  date_of_birth date,
  ethnicity text,
  native_place text,
  address text,
  phone text,
  email text,
  occupation text,
  employer text,
  education text,
  marital_status text
);
create unique index on residents (resident_id);
create index on residents (phone);
create index on residents (name, date_of_birth);
