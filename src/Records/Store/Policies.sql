-- Access per site, judged by the database itself for every row, whatever a statement says. The service names the sites at the
-- beginning of each transaction; where it names none there are no rows, and none can be added.

do $$
declare
    guarded text;
begin
    foreach guarded in array array['journal', 'records', 'redactions'] loop
        execute format('alter table %I enable row level security', guarded);
        -- The owner is judged as well.
        execute format('alter table %I force row level security', guarded);
        execute format('drop policy if exists sites on %1$I; drop policy if exists everything on %1$I; drop policy if exists redaction on %1$I', guarded);
        -- In a sub-select the setting is read once a statement, not once a row.
        execute format($policy$
            create policy sites on %I to "$service"
            using (site = any ((select nullif(current_setting('app.sites', true), '')::text[])::text[]))
            with check (site = any ((select nullif(current_setting('app.sites', true), '')::text[])::text[]))
            $policy$, guarded);
        execute format('create policy everything on %I for select to "$reader" using (true)', guarded);
        execute format('create policy redaction on %I to "$redactor" using (true) with check (true)', guarded);
    end loop;
end $$;

revoke all on audit_events from public;
grant select, insert on audit_events to "$service";
grant select on audit_events to "$reader";
