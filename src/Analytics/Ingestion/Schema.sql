-- Every version of every record, as the capture services sent it.
create table if not exists record_versions (
    record_id uuid not null,
    version integer not null check (version > 0),
    service text not null,
    kind text not null,
    participant text not null,
    site text not null,
    origin smallint not null,
    state smallint not null,
    save_time timestamptz not null,
    take_time timestamptz not null default clock_timestamp(),
    hash bytea not null check (length(hash) = 32),
    content bytea not null,
    primary key (record_id, version)
);

-- How far each service's feed has been read.
create table if not exists feed_positions (
    service text primary key,
    resume_token text not null
);

-- Messages that could not be used: why, and all that is needed to take them in later.
create table if not exists parked_messages (
    parked_id bigint generated always as identity primary key,
    digest bytea not null unique,
    source text not null,
    properties json not null,
    body bytea not null,
    reason text not null,
    first_time timestamptz not null default clock_timestamp(),
    last_time timestamptz not null default clock_timestamp(),
    attempts integer not null default 1
);
