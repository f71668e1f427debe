"""What the pages say of an experiment."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Experiment
from hoest.domain.portfolio.queries.experiments import breaches_of
from hoest.domain.portfolio.rules.experiments import Breach, ExperimentState
from hoest.foundation.clock import today
from hoest.ui import formats


def limit_in_words(row: Experiment) -> str:
    """Say how an experiment stands against its limits, as the rest of a sentence."""
    state, language = ExperimentState(row.state), get_language() or "da"
    if state is ExperimentState.STOPPED:
        return _("er stoppet")
    if state is ExperimentState.SCALED:
        return _("blev til et initiativ")
    past = breaches_of(row)
    if Breach.TIME in past and Breach.MONEY in past:
        return _("er over både tid og penge")
    if Breach.TIME in past:
        return _("skulle være slut %(day)s") % {"day": formats.long_date(row.limit_on, language)}
    if Breach.MONEY in past and row.spent_dkk is not None:
        return _("har brugt %(over)s mere end rammen") % {
            "over": formats.kroner(row.spent_dkk - row.limit_dkk, 0, language)
        }
    if row.starts_on > today():
        return _("begynder %(day)s") % {"day": formats.long_date(row.starts_on, language)}
    days = (row.limit_on - today()).days
    return ngettext("har %(days)s dag tilbage", "har %(days)s dage tilbage", days) % {"days": days}
