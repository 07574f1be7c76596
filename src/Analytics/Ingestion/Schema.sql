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

-- When it was replayed and taken in; null while it is parked.
alter table parked_messages add column if not exists replay_time timestamptz;

-- Messages that consumers died of, while they are tried one by one: how many processes began one and did not end it.
create table if not exists quarantined_messages (
    digest bytea primary key,
    message_id text not null,
    attempts integer not null,
    process_id uuid not null,
    first_time timestamptz not null default clock_timestamp(),
    last_time timestamptz not null default clock_timestamp()
);

-- Each building of everything anew: when, and what came of it.
create table if not exists rebuilds (
    rebuild_id bigint generated always as identity primary key,
    start_time timestamptz not null default clock_timestamp(),
    expected_count bigint not null,
    end_time timestamptz,
    read_count bigint,
    carried_count bigint,
    different_count bigint
);

-- Participants of whom a version was taken in since they were last looked at over the records of several services. A database
-- from before has all of them to be looked at.
do $$
begin
    if to_regclass('cross_check_due') is null then
        create table cross_check_due (
            participant text primary key,
            first_time timestamptz not null default clock_timestamp(),
            last_time timestamptz not null default clock_timestamp()
        );
        insert into cross_check_due (participant) select distinct participant from record_versions where participant <> '';
    end if;
end $$;
