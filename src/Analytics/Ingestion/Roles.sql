-- Who may do what. Run by the migration role, again at every start. $service is the role that the service runs as: it owns what a
-- rebuild puts another in the place of, and reads and adds audit events, which stay the migration role's.
do $$
declare
    one record;
begin
    execute format('grant create on database %I to "$service"', current_database());
    grant usage, create on schema public to "$service";
    for one in select nspname from pg_namespace where nspname in ('rebuild', 'before_rebuild') and nspowner <> '"$service"'::regrole loop
        execute format('alter schema %I owner to "$service"', one.nspname);
    end loop;

    -- Those of a database from before as well.
    for one in
        select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'rebuild', 'before_rebuild') and c.relkind = 'r' and c.relowner <> '"$service"'::regrole
            and c.oid <> 'public.audit_events'::regclass
    loop
        execute format('alter table %s owner to "$service"', one.name);
    end loop;
end $$;

revoke all on audit_events from public;
grant select, insert on audit_events to "$service";
