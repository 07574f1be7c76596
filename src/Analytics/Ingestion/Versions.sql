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

-- What is compared with the capture services by the time of saving, and looked through for holes by the time of taking in;
-- both grow with the table.
create index if not exists record_versions_save_time on record_versions using brin (save_time) with (pages_per_range = 32, autosummarize = on);
create index if not exists record_versions_take_time on record_versions using brin (take_time) with (pages_per_range = 32, autosummarize = on);

-- All versions of participants, in the order of dossiers: what reads the whole study has nothing to sort.
create index if not exists record_versions_dossiers on record_versions (participant collate "C", record_id, version desc);
drop index if exists record_versions_participant;
