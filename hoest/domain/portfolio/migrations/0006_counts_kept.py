"""Keep the counts of users that were overwritten, as far as the history of the rows has them."""

from django.db import migrations

KEEP = """
  insert into portfolio_usecount
    (organisation_id, rollout_id, counted_on, users_in_use, planned_users, recorded_by_name,
     recorded_at)
  select organisation_id, rollout_id, counted_on, users_in_use, planned_users, '', pgh_created_at
    from (
      select e.organisation_id, e.pgh_obj_id as rollout_id, e.counted_on, e.users_in_use,
             e.planned_users, e.pgh_created_at,
             lag((e.counted_on, e.users_in_use)) over (
               partition by e.pgh_obj_id order by e.pgh_id) as former
        from portfolio_rolloutevent e
        join portfolio_rollout r on r.id = e.pgh_obj_id
       where e.users_in_use is not null and e.counted_on is not null) told
   where former is distinct from (counted_on, users_in_use)
   order by pgh_created_at
"""


class Migration(migrations.Migration):

    dependencies = [("portfolio", "0005_rollout_stages")]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
