-- What happened beside the saves: who was refused, who read whose records, what was exported. Chained by hashes, one event after the other.

create table if not exists audit_events (
    number bigint primary key check (number >= 1),
    kind smallint not null,
    event_time timestamptz not null,
    actor text not null,
    client text not null,
    method text not null,
    subject text not null,
    detail text not null,
    -- How often the same happened in short succession.
    count bigint not null check (count >= 1),
    hash bytea not null
);

create index if not exists audit_events_time on audit_events using brin (event_time);

create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is only ever added to.' using errcode = 'insufficient_privilege';
end $$;

create or replace trigger audit_events_append_only before update or delete or truncate on audit_events
    for each statement execute function refuse_audit_change();
