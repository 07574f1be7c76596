-- The audit trail for people with SQL: what each version changed, field by field. The forms lie in the journal as protobuf;
-- form_fields says how to read them, and the program fills it from its contract at every start.

create table if not exists form_fields (
    message text not null,
    number int not null,
    name text not null,
    -- Name of the field's type in protobuf, such as string or enum.
    type text not null,
    -- Full name of the message or enum; empty for other types.
    of_type text not null,
    repeated boolean not null,
    primary key (message, number)
);

create table if not exists form_enums (
    of_type text not null,
    number bigint not null,
    name text not null,
    primary key (of_type, number)
);

-- The full name of the message that the journal's content is.
create table if not exists form_root (
    only_row boolean primary key check (only_row),
    message text not null
);

-- One number of variable length, and where it ends.
create or replace function read_varint(bytes bytea, at int, out value bigint, out next int) language plpgsql immutable as $$
declare
    shift int := 0;
    part int;
begin
    value := 0;
    next := at;
    loop
        part := get_byte(bytes, next);
        value := value | ((part & 127)::bigint << shift);
        next := next + 1;
        exit when part < 128;
        shift := shift + 7;
    end loop;
end $$;

-- Eight bytes as an IEEE 754 number, without loss.
create or replace function read_double(bytes bytea, at int) returns double precision language plpgsql immutable as $$
declare
    bits bigint := 0;
    exponent int;
    fraction bigint;
begin
    for i in reverse 7..0 loop
        bits := (bits << 8) | get_byte(bytes, at + i);
    end loop;
    exponent := ((bits >> 52) & 2047)::int;
    fraction := bits & 4503599627370495;
    if exponent = 0 and fraction = 0 then
        return 0;
    end if;

    return (case when bits < 0 then -1 else 1 end)
        * (case when exponent = 0 then fraction else fraction | 4503599627370496 end)::double precision
        * power(2::double precision, greatest(exponent, 1) - 1075);
end $$;

-- Every field of a message with its value as JSON; inner fields have their path. Fields that the contract does not know are left out.
create or replace function read_fields(bytes bytea, of_message text, path text default '')
returns table (field text, value jsonb) language plpgsql stable strict as $$
#variable_conflict use_variable
declare
    at int := 0;
    tag bigint;
    number bigint;
    size bigint;
    stop int;
    known form_fields;
    counts jsonb := '{}';
    seconds bigint;
    nanos bigint;
begin
    while at < length(bytes) loop
        select v.value, v.next into tag, at from read_varint(bytes, at) v;
        select f.* into known from form_fields f where f.message = of_message and f.number = tag >> 3;
        if tag & 7 = 2 then
            select v.value, v.next into size, at from read_varint(bytes, at) v;
            stop := at + size::int;
        else
            stop := at + case tag & 7 when 1 then 8 when 5 then 4 else 1 end;
        end if;

        loop
            field := path || known.name;
            if known.repeated then
                field := field || '[' || coalesce(counts ->> known.name, '0') || ']';
                counts := jsonb_set(counts, array[known.name], to_jsonb(coalesce((counts ->> known.name)::int, 0) + 1));
            end if;

            if known.type in ('string', 'bytes') then
                value := case known.type when 'string' then to_jsonb(convert_from(substring(bytes from at + 1 for stop - at), 'UTF8'))
                    else to_jsonb(encode(substring(bytes from at + 1 for stop - at), 'base64')) end;
                at := stop;
            elsif known.of_type = 'google.protobuf.Timestamp' then
                select coalesce(max(case when t.field = 'seconds' then t.value::text::bigint end), 0), coalesce(max(case when t.field = 'nanos' then t.value::text::bigint end), 0)
                into seconds, nanos from read_fields(substring(bytes from at + 1 for stop - at), 'google.protobuf.Timestamp') t;
                value := to_jsonb(to_char('epoch'::timestamp + seconds * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS') || case nanos when 0 then '' else '.' || lpad(nanos::text, 9, '0') end || 'Z');
                at := stop;
            elsif known.type = 'message' then
                return query select t.field, t.value from read_fields(substring(bytes from at + 1 for stop - at), known.of_type, field || '.') t;
                at := stop;
                exit;
            elsif known.type = 'double' then
                value := to_jsonb(read_double(bytes, at));
                at := at + 8;
            elsif tag & 7 = 0 or (tag & 7 = 2 and known.message is not null) then
                select v.value, v.next into number, at from read_varint(bytes, at) v;
                value := case known.type when 'bool' then to_jsonb(number <> 0)
                    when 'enum' then to_jsonb(coalesce((select e.name from form_enums e where e.of_type = known.of_type and e.number = number), number::text))
                    else to_jsonb(number) end;
                stop := greatest(stop, at);
            else
                at := stop;
            end if;

            if known.message is not null then
                return next;
            end if;

            exit when at >= stop;
        end loop;
    end loop;
end $$;

create or replace view journal_changes with (security_invoker = true) as
select j.record_id, j.version, j.kind, j.participant, j.site, j.state, j.actor, j.client, j.reason, j.save_time, j.redaction is not null as redacted,
    c.field, c.old_value, c.new_value
from journal j
cross join form_root root
left join journal previous on previous.record_id = j.record_id and previous.version = j.version - 1
left join lateral (
    select coalesce(n.field, o.field) as field, o.value as old_value, n.value as new_value
    from read_fields(j.content, root.message) n full join read_fields(previous.content, root.message) o on o.field = n.field
    where n.value is distinct from o.value) c on true;

revoke all on form_fields, form_enums, form_root, journal_changes from public;
grant select on form_fields, form_enums, form_root, journal_changes to "$reader";
