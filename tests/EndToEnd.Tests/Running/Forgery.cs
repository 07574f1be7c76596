namespace Equecel.EndToEnd.Tests.Running;

/// <summary>What somebody can do who has a superuser's rights and has read how the hashes are made.</summary>
internal static class Forgery
{
    /// <summary>Lets the session's statements past every trigger, and makes the hashes as the service does.</summary>
    public const string Tools = """
        set session_replication_role = replica;
        create or replace function pg_temp.field(b bytea) returns bytea language sql as $$ select int4send(length(b)) || b $$;
        create or replace function pg_temp.field(t text) returns bytea language sql as $$ select pg_temp.field(convert_to(t, 'UTF8')) $$;
        create or replace function pg_temp.content_hash(j journal) returns bytea language sql as $$
            select sha256('\x01'::bytea || uuid_send(j.record_id) || uuid_send(j.request_id) || int4send(j.version) || int2send(j.origin) || int2send(j.state)
                || pg_temp.field(j.salt) || pg_temp.field(j.kind) || pg_temp.field(j.participant) || pg_temp.field(j.site) || pg_temp.field(coalesce(j.natural_key, ''))
                || pg_temp.field(j.content) || pg_temp.field(j.findings) || pg_temp.field(j.actor) || pg_temp.field(j.client) || pg_temp.field(j.reason)) $$;
        create or replace function pg_temp.request_hash(j journal) returns bytea language sql as $$
            select sha256('\x01'::bytea || int4send(j.version - 1) || int2send(j.origin) || int2send(j.state)
                || pg_temp.field(case when j.version = 1 then '' else j.record_id::text end) || pg_temp.field(j.reason) || pg_temp.field(j.participant)
                || pg_temp.field(case when j.state = 2 then ''::bytea else j.content end)) $$;
        create or replace function pg_temp.chain(j journal) returns bytea language sql as $$
            select sha256(j.previous_hash || j.content_hash || int8send((extract(epoch from j.save_time) * 1000000)::bigint)) $$;
        create or replace function pg_temp.recompute(record uuid) returns void language plpgsql as $$
        declare before bytea := ''; at int;
        begin
            for at in select version from journal where record_id = record order by version loop
                update journal j set content_hash = pg_temp.content_hash(j), request_hash = pg_temp.request_hash(j), previous_hash = before where record_id = record and version = at;
                update journal j set hash = pg_temp.chain(j) where record_id = record and version = at returning hash into before;
            end loop;
            update records r set hash = before, save_time = j.save_time, state = j.state, version = j.version
                from journal j where r.record_id = record and j.record_id = record and j.version = at;
        end $$;

        """;
}
