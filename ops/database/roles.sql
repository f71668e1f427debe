-- Høst's roles on the operator's own PostgreSQL (15 or newer), made by hand by an administrator.
-- Connect to Høst's database as a superuser and give the four passwords:
--
--   psql "postgresql://admin@server/hoest" --file roles.sql \
--     --set owner_password=... --set app_password=... \
--     --set worker_password=... --set backup_password=...
--
-- Afterwards give Høst the four addresses: DATABASE_URL (hoest_owner), HOEST_APP_URL,
-- HOEST_WORKER_URL and HOEST_BACKUP_URL. The script can be repeated; it then sets the passwords.
-- The same roles are made by hoest/foundation/database/roles.py when DATABASE_URL may do it.

\set ON_ERROR_STOP on
BEGIN;

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['hoest_owner', 'hoest_app', 'hoest_worker', 'hoest_backup']) AS name
WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name)
\gexec

-- Owns the tables and migrates them. Policies bind it too: they are forced.
ALTER ROLE hoest_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT
  PASSWORD :'owner_password';

-- Serves people. Owns nothing, inherits nothing.
ALTER ROLE hoest_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT
  PASSWORD :'app_password';
ALTER ROLE hoest_app SET statement_timeout = '15s';
ALTER ROLE hoest_app SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE hoest_app SET lock_timeout = '5s';

-- Does the long work.
ALTER ROLE hoest_worker LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
  NOINHERIT PASSWORD :'worker_password';
ALTER ROLE hoest_worker SET statement_timeout = '10min';
ALTER ROLE hoest_worker SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE hoest_worker SET lock_timeout = '5s';

-- Reads everything for `hoest backup`, and writes nothing.
ALTER ROLE hoest_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS INHERIT
  PASSWORD :'backup_password';
GRANT pg_read_all_data TO hoest_backup;

SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO hoest_owner', current_database())
\gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO hoest_app, hoest_worker, hoest_backup',
  current_database()) \gexec
-- A temporary table could stand in the way of one that a function reads.
SELECT format('REVOKE TEMPORARY ON DATABASE %I FROM hoest_app, hoest_worker', current_database())
\gexec
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO hoest_owner WITH GRANT OPTION;
GRANT USAGE ON SCHEMA public TO hoest_app, hoest_worker, hoest_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE hoest_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO hoest_app, hoest_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE hoest_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO hoest_app, hoest_worker;

-- Optional gains; Høst works without them.
SELECT format('CREATE EXTENSION IF NOT EXISTS %I', name) FROM pg_available_extensions
WHERE name IN ('pg_trgm', 'unaccent', 'btree_gist')
\gexec

COMMIT;
