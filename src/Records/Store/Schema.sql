-- The record journal of one capture service. Run by the migration role, again at every start.
-- $service is the service's own role: it reads and adds, and cannot alter what was saved. $reader reads the
-- rows of all sites. $redactor owns the one function that takes away what a version says.

create table if not exists schema_version (
    only_row boolean primary key check (only_row),
    version int not null
);

create table if not exists journal (
    -- Order within the table; only together with xid a cursor, since it becomes visible out of order.
    seq bigint generated always as identity,
    xid xid8 not null default pg_current_xact_id(),
    record_id uuid not null,
    version int not null check (version >= 1),
    kind text not null,
    participant text not null,
    site text not null,
    origin smallint not null,
    state smallint not null,
    -- What there may be one of: the first version holds it for ever.
    natural_key text,
    -- The record without its header, as protobuf.
    content bytea not null,
    -- A header with nothing but findings, as protobuf.
    findings bytea not null,
    actor text not null,
    client text not null,
    request_id uuid not null,
    request_hash bytea not null,
    reason text not null,
    save_time timestamptz not null check (save_time between '1900-01-01' and '2200-01-01'),
    salt bytea not null,
    content_hash bytea not null,
    -- Keyed hash of the content hash, with a key that no database holds: the service saved this.
    seal bytea not null default '',
    previous_hash bytea not null,
    hash bytea not null,
    constraint journal_pkey primary key (record_id, version),
    constraint journal_request_id_key unique (client, request_id)
);

do $$ begin
    -- A journal that was begun before versions were sealed.
    if not exists (select from pg_attribute where attrelid = 'journal'::regclass and attname = 'seal') then
        alter table journal add column seal bytea not null default '';
    end if;
end $$;

create unique index if not exists journal_natural_key on journal (natural_key) where version = 1 and natural_key is not null;
create index if not exists journal_cursor on journal (xid, seq);
create index if not exists journal_save_time on journal using brin (save_time) with (pages_per_range = 16, autosummarize = on);

-- Who took away what the version said, why and when, as protobuf; null while it says what was saved.
alter table journal add column if not exists redaction bytea;

-- The latest version of each record, with the form as JSON for people with SQL.
create table if not exists records (
    record_id uuid primary key,
    version int not null,
    kind text not null,
    participant text not null,
    site text not null,
    origin smallint not null,
    state smallint not null,
    natural_key text,
    form jsonb not null,
    hash bytea not null,
    save_time timestamptz not null
);

create index if not exists records_participant on records (site, participant, record_id);
-- Data queries are few among the records: whether somebody has any, and the oldest first.
create index if not exists records_asked on records (site, participant) where kind = 'data_query';
create index if not exists records_queries on records (record_id) where kind = 'data_query';
-- What is to be reported is little among the records.
create index if not exists records_reporting on records (record_id) where kind = 'reporting_clock';

-- How far the journal has been published.
create table if not exists relay_positions (
    exchange text primary key,
    xid xid8 not null,
    seq bigint not null
);

-- How far the journal has been derived from, by kind and rules.
create table if not exists derived_positions (
    derivation text primary key,
    xid xid8 not null,
    seq bigint not null
);

-- How far the feed of another service has been derived from.
create table if not exists feed_positions (
    service text primary key,
    resume_token text not null
);

-- Versions whose content was taken away. Their places among those of the journal tell followers about it.
create table if not exists redactions (
    seq bigint not null default nextval(pg_get_serial_sequence('journal', 'seq')),
    xid xid8 not null default pg_current_xact_id(),
    record_id uuid not null,
    version int not null,
    site text not null,
    client text not null,
    request_id uuid not null,
    constraint redactions_pkey primary key (record_id, version),
    constraint redactions_request_id_key unique (client, request_id)
);

create index if not exists redactions_cursor on redactions (xid, seq);

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    -- The one change that is permitted, of the columns that its role may touch.
    if tg_op = 'UPDATE' and current_user = '$redactor' then
        return null;
    end if;

    raise exception 'The journal is append-only.' using errcode = 'insufficient_privilege';
end $$;

create or replace trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function refuse_change();
create or replace trigger redactions_append_only before update or delete or truncate on redactions
    for each statement execute function refuse_change();

-- Takes away what a version says: the form gives way to an empty one, and its hashes stay. False when that was done before.
create or replace function redact_version(
    of_record uuid, of_version int, empty_content bytea, empty_form jsonb, notice bytea, by_client text, by_request uuid)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
    of_site text;
begin
    update journal set content = empty_content, redaction = notice
    where record_id = of_record and version = of_version and redaction is null returning site into of_site;
    if not found then
        return false;
    end if;

    insert into redactions (record_id, version, site, client, request_id) values (of_record, of_version, of_site, by_client, by_request);
    update records set form = empty_form where record_id = of_record and version = of_version;
    return true;
end $$;

alter function redact_version owner to "$redactor";

-- How long the oldest transaction that writes has been open, anywhere on the server: nothing newer is certain. Others' transactions show to their owners alone.
create or replace function horizon_age(out transactions bigint, out seconds double precision)
language sql security definer set search_path = pg_catalog as $$
    select coalesce(max(age(backend_xid)), 0), coalesce(extract(epoch from max(now() - xact_start) filter (where backend_xid is not null)), 0)::double precision
    from pg_stat_activity
$$;

-- Before this instant nothing more will be saved: a save takes its lock on the journal before it reads the clock, and lets go of it after
-- its rows can be seen. A statement after this one sees them all.
create or replace function settled_time() returns timestamptz
language plpgsql security definer set search_path = pg_catalog as $$
declare
    read_time timestamptz;
    oldest_time timestamptz;
begin
    read_time = clock_timestamp();
    select min(a.xact_start) into oldest_time
    from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'relation' and l.mode = 'RowExclusiveLock' and l.relation = 'public.journal'::regclass
        and l.database = (select oid from pg_database where datname = current_database());
    return least(read_time, oldest_time);
end $$;

revoke all on journal, records, relay_positions, derived_positions, feed_positions, redactions, schema_version from public;
revoke all on function redact_version from public;
grant usage on schema public to "$redactor";
grant select on schema_version to "$service", "$reader";
grant select, insert on journal to "$service";
grant select, insert, update on records to "$service";
grant select on redactions to "$service";
grant execute on function redact_version to "$service";
grant select on journal, records, redactions to "$reader";
grant select, insert, update on relay_positions, derived_positions, feed_positions to "$reader";
grant select, update (content, redaction) on journal to "$redactor";
grant select, update (form) on records to "$redactor";
grant select, insert on redactions to "$redactor";
do $$ begin
    execute format('grant usage on sequence %s to "$redactor"', pg_get_serial_sequence('journal', 'seq'));
end $$;
