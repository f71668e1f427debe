"""Acts on stages and their places that several tests share."""

from hoest.domain.portfolio import actions
from hoest.domain.portfolio.actions import stages
from hoest.domain.portfolio.rules.stages import StageDecision
from hoest.foundation.clock import today


def take_in(manager, stage, rows, **more):
    fields = {
        "name": stage.name,
        "starts_on": stage.starts_on,
        "ends_on": stage.ends_on,
        "to_learn": stage.to_learn,
        "rollouts": rows,
        **more,
    }
    return stages.change_stage(
        actor=manager, stage_id=stage.pk, version=stage.version, fields=fields
    )


def go_live(manager, row, live_on=None, **more):
    row.refresh_from_db()
    return actions.change_rollout(
        actor=manager,
        rollout_id=row.pk,
        version=row.version,
        fields={"live_on": live_on or today(), **more},
    )


def learn(manager, stage):
    return stages.learn_from_stage(
        actor=manager,
        stage_id=stage.pk,
        version=stage.version,
        learnt="To timer var for lidt",
        skipped_because="",
        decision=StageDecision.GO_ON,
        note="",
    )
