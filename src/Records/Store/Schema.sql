-- The record journal of one capture service. Run by the migration role, again at every start.
-- $role is the service's own role: it reads and adds, and cannot alter what was saved.

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
    previous_hash bytea not null,
    hash bytea not null,
    constraint journal_pkey primary key (record_id, version),
    constraint journal_request_id_key unique (client, request_id)
);

create unique index if not exists journal_natural_key on journal (natural_key) where version = 1 and natural_key is not null;
create index if not exists journal_cursor on journal (xid, seq);

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

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The journal is append-only.' using errcode = 'insufficient_privilege';
end $$;

create or replace trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function refuse_change();

revoke all on journal, records, relay_positions, derived_positions from public;
grant select, insert on journal to "$role";
grant select, insert, update on records, relay_positions, derived_positions to "$role";
