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

-- When it was replayed and taken in, or what it says was taken away; null while it is parked. From then on it has no body.
alter table parked_messages add column if not exists replay_time timestamptz;
update parked_messages set body = '' where replay_time is not null and length(body) > 0;

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

-- When its tables took the place of those before; it ends once every participant is to be looked at again.
alter table rebuilds add column if not exists swap_time timestamptz;
-- They grow while it runs.
update rebuilds set carried_count = coalesce(carried_count, 0), different_count = coalesce(different_count, 0) where carried_count is null;
alter table rebuilds alter carried_count set default 0, alter different_count set default 0;

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

-- Up to when everything that a service saved is known to have been taken in.
create table if not exists complete_times (
    service text primary key,
    complete_time timestamptz not null
);

-- Labelled instants of the data. Whoever made one was told that it stays as it is.
create table if not exists snapshots (
    snapshot_id bigint generated always as identity primary key,
    label text not null,
    as_of_time timestamptz not null,
    comment text not null,
    version_count bigint not null,
    create_time timestamptz not null default clock_timestamp(),
    actor text not null,
    client text not null,
    request_id uuid not null,
    request_hash bytea not null check (length(request_hash) = 32),
    constraint snapshots_request_id_key unique (client, request_id)
);
create unique index if not exists snapshots_label_key on snapshots (lower(label));

create or replace function refuse_snapshot_change() returns trigger language plpgsql as $$
begin
    raise exception 'A snapshot stays as it is.' using errcode = 'insufficient_privilege';
end $$;
create or replace trigger snapshots_stay before update or delete or truncate on snapshots
    for each statement execute function refuse_snapshot_change();
