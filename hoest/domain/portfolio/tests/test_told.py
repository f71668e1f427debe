"""The roll-out in sentences tells what the picture draws: every day and every count."""

import datetime as dt
from decimal import Decimal

import pytest

from hoest.domain.portfolio.web.delivery.drawn import Line, rollout_picture
from hoest.domain.portfolio.web.delivery.told import told_place

TODAY = dt.date(2026, 11, 22)
PLANNED = dt.date(2026, 10, 18)
COUNTS = [(dt.date(2026, 9, 1), Decimal("0.2")), (dt.date(2026, 11, 12), Decimal("0.52"))]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"planned_on": dt.date(2027, 6, 10)}, "Planlagt 10. juni 2027."),
        ({"planned_on": PLANNED}, "Planlagt 18. oktober 2026, det er 35 dage siden."),
        (
            {"planned_on": PLANNED, "expected_on": dt.date(2026, 12, 17)},
            "Planlagt 18. oktober 2026, det er 35 dage siden. Ventes nu 17. december 2026.",
        ),
        ({"live_on": dt.date(2026, 8, 14)}, "I drift 14. august 2026."),
        (
            {"planned_on": dt.date(2026, 8, 1), "live_on": dt.date(2026, 8, 14)},
            "I drift 14. august 2026, 13 dage senere end planlagt.",
        ),
        (
            {"live_on": dt.date(2026, 8, 14), "counts": COUNTS},
            "I drift 14. august 2026. Så mange bruger det: "
            "20 % 1. september 2026 og 52 % 12. november 2026.",
        ),
    ],
)
def test_a_place_is_told_with_its_days_and_counts(facts, said):
    assert told_place(Line("Nord", **facts), TODAY).replace("\xa0", " ") == said


def test_a_phone_reads_every_place_in_its_stage_and_no_key_to_a_drawing_it_has_not():
    lines = [
        Line("Nord", group="Første etape", planned_on=PLANNED),
        Line("<Syd>", group="Anden etape", planned_on=PLANNED),
    ]
    picture = rollout_picture(lines, TODAY)
    assert picture is not None
    narrow = str(picture.narrow)
    assert narrow.index("Første etape") < narrow.index("Nord") < narrow.index("Anden etape")
    assert "&lt;Syd&gt;" in narrow
    assert "<Syd>" not in narrow
    assert not picture.legend
    assert picture.wide_legend
