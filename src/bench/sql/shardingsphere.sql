-- Every value under AES in its column "..._cipher"; those that are searched, hashed as well in
-- "..._assisted". The rule in ShardingSphereLoader.java says the same.
drop table if exists cipher_residents;
create table cipher_residents (
  id bigint generated always as identity primary key,
  resident_id_cipher text not null,
  resident_id_assisted text not null,
  name_cipher text not null,
  name_assisted text not null,
  former_name_cipher text,
  sex_cipher text,
  date_of_birth_cipher text,
  date_of_birth_assisted text,
  ethnicity_cipher text,
  native_place_cipher text,
  address_cipher text,
  phone_cipher text,
  phone_assisted text,
  email_cipher text,
  occupation_cipher text,
  employer_cipher text,
  education_cipher text,
  marital_status_cipher text
);
create unique index on cipher_residents (resident_id_assisted);
create index on cipher_residents (phone_assisted);
create index on cipher_residents (name_assisted, date_of_birth_assisted);
