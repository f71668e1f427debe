-- The catalog gate: one row per breach of the tenancy rules, read from the system catalogs.
-- Runs in the tests and at every start. Parameters: the runtime roles, and the policies as
-- PostgreSQL writes them. Exceptions, each with a reason, are in gate.py. Source: reliability
-- notes, section 3.4.
with t as (
  select c.oid, c.relname, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    exists(select 1 from pg_attribute a where a.attrelid = c.oid
           and a.attname = 'organisation_id' and not a.attisdropped) as owned
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p')
), runtime as (
  select oid, rolname from pg_roles where rolname = any(%(roles)s)
)
select 'table without enabled and forced row-level security' as breach, relname as object
  from t where not (enabled and forced)
union all
select 'row-level security without a policy', relname from t
  where enabled and not exists(select 1 from pg_policy p where p.polrelid = t.oid)
union all
select 'policy that does not test the organisation', t.relname || '.' || p.polname
  from t join pg_policy p on p.polrelid = t.oid
  where owned and not (t.relname = any(%(shared)s) and p.polname = 'shared' and p.polcmd = 'r'
    and pg_get_expr(p.polqual, p.polrelid) = 'true') and (
    coalesce(pg_get_expr(p.polqual, p.polrelid), %(tenant)s)
      not in (%(tenant)s, case when t.relname = %(membership)s then %(own)s
                        when t.relname = any(%(public_tables)s) then %(public)s
                        else %(tenant)s end)
    or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), %(tenant)s) <> %(tenant)s)
union all
select 'public table that can be changed from outside', t.relname || '.' || wanted.verb::text
  from t cross join (values ('w'::"char"), ('d'::"char")) as wanted(verb)
  where t.relname = any(%(public_tables)s) and not exists(
    select 1 from pg_policy p where p.polrelid = t.oid and not p.polpermissive
      and p.polcmd = wanted.verb and pg_get_expr(p.polqual, p.polrelid) = %(tenant)s)
union all
select 'policy without check on writing', t.relname || '.' || p.polname
  from t join pg_policy p on p.polrelid = t.oid
  where owned and p.polcmd in ('*', 'a', 'w') and p.polwithcheck is null
union all
select 'more than one permissive policy', relname from t
  where (select count(*) from pg_policy p where p.polrelid = t.oid and p.polpermissive
    and not (t.relname = any(%(shared)s) and p.polname = 'shared')) > 1
union all
select 'organisation_id may be null', t.relname
  from t join pg_attribute a on a.attrelid = t.oid and a.attname = 'organisation_id'
  where not a.attnotnull
union all
select 'view without security_invoker', c.relname
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'v'
    and not coalesce('security_invoker=true' = any(c.reloptions), false)
    and not exists(select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
union all
select 'materialised view that a runtime role may read', c.relname
  from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join runtime r
  where n.nspname = 'public' and c.relkind = 'm' and has_table_privilege(r.oid, c.oid, 'select')
union all
select 'security definer function that a runtime role may call', p.proname
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace cross join runtime r
  where n.nspname = 'public' and p.prosecdef and has_function_privilege(r.oid, p.oid, 'execute')
union all
select 'the door of the demo is open to a runtime role', p.oid::regprocedure::text
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace cross join runtime r
  where n.nspname = 'public' and p.proname = 'hoest_remove_demo'
    and has_function_privilege(r.oid, p.oid, 'execute')
union all
select 'runtime role may change or remove a municipality', c.oid::regclass::text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join runtime r
  where n.nspname = 'public' and c.relname = 'organisations_organisation'
    and (has_any_column_privilege(r.oid, c.oid, 'update')
         or has_table_privilege(r.oid, c.oid, 'delete'))
union all
select 'foreign key between owned tables without organisation_id', c.conname
  from pg_constraint c join t a on a.oid = c.conrelid join t b on b.oid = c.confrelid
  where c.contype = 'f' and a.owned and b.owned
    and not exists(select 1 from pg_attribute x where x.attrelid = c.conrelid
                   and x.attname = 'organisation_id' and x.attnum = any(c.conkey))
union all
select 'unique index without organisation_id', i.indexrelid::regclass::text
  from pg_index i join t on t.oid = i.indrelid
  where t.owned and i.indisunique and not i.indisprimary
    and not exists(select 1 from pg_attribute x where x.attrelid = t.oid
                   and x.attname = 'organisation_id' and x.attnum = any(i.indkey))
union all
select 'runtime role may truncate, reference or add triggers', relname
  from t cross join runtime r
  where has_table_privilege(r.oid, t.oid, 'truncate')
     or has_table_privilege(r.oid, t.oid, 'references')
     or has_table_privilege(r.oid, t.oid, 'trigger')
union all
select 'runtime role owns', c.relname from pg_class c join runtime r on r.oid = c.relowner
union all
select 'runtime role is superuser, bypasses policies or makes roles', rolname from pg_roles
  where rolname = any(%(roles)s) and (rolsuper or rolbypassrls or rolcreaterole)
union all
select 'runtime role is a member of', r.rolname
  from pg_auth_members m join pg_roles r on r.oid = m.roleid join runtime u on u.oid = m.member
order by 1, 2
