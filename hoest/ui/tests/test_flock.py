"""How many birds an amount is: honest parts, a readable number, one scale for the picture."""

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hoest.ui.pictures.account import HarvestAccount, RungAmount
from hoest.ui.pictures.flock import MOST_BIRDS, MOST_PLACES, bird_scale, flock, places
from hoest.ui.pictures.palette import LAPSED, RUNG_CODES

amounts = st.one_of(
    st.just(Decimal(0)),
    st.decimals(min_value=Decimal("0.01"), max_value=10**13, places=2),
    st.integers(-(10**9), 10**9).map(Decimal),
)


@st.composite
def accounts(draw):
    codes = (*RUNG_CODES, LAPSED)
    return HarvestAccount(
        tuple(
            RungAmount(c, c, dkk=draw(amounts), count=draw(st.integers(0, 99)), promised_dkk=p)
            for c, p in zip(codes, draw(st.lists(amounts, min_size=7, max_size=7)), strict=True)
        )
    )


def one(dkk, promised=None) -> HarvestAccount:
    return HarvestAccount((RungAmount("promised", "På taget", dkk=dkk, promised_dkk=promised),))


@settings(deadline=None)
@given(accounts())
def test_a_picture_never_needs_more_than_forty_birds(account):
    birds, all_places = places(account, "dkk", bird_scale(account, "dkk"))
    assert birds <= MOST_BIRDS
    assert all_places <= MOST_PLACES


@settings(deadline=None)
@given(accounts())
def test_the_next_finer_scale_would_be_too_many_birds(account):
    scale = bird_scale(account, "dkk")
    assume(scale > 1)
    digit = int(str(scale)[0])
    finer = scale * {1: Decimal("0.5"), 2: Decimal("0.5"), 5: Decimal("0.4")}[digit]
    birds, all_places = places(account, "dkk", finer)
    assert birds > MOST_BIRDS or all_places > MOST_PLACES


@settings(deadline=None)
@given(accounts())
def test_birds_and_parts_of_birds_are_exactly_the_amount(account):
    scale = bird_scale(account, "dkk")
    for rung in account.ladder:
        birds = flock(rung, "dkk", scale)
        assert 0 <= birds.part < 1
        assert (birds.whole + birds.part) * scale == max(rung.amount("dkk"), 0)


def test_copenhagens_promise_is_twenty_five_birds_and_a_bit():
    account = one(252_148_000)
    assert bird_scale(account, "dkk") == 10_000_000
    birds = flock(account.rung("promised"), "dkk", Decimal(10_000_000))
    assert (birds.whole, birds.part, birds.outlined) == (25, Decimal("0.2148"), 0)


def test_what_is_no_longer_in_the_figure_is_outlined():
    birds = flock(one(3, promised=5).rung("promised"), "dkk", Decimal(1))
    assert (birds.drawn, birds.outlined) == (3, 2)


def test_a_promise_that_grew_has_no_outlines():
    assert flock(one(5, promised=3).rung("promised"), "dkk", Decimal(1)).outlined == 0


def test_a_loss_has_no_birds():
    assert flock(one(-5).rung("promised"), "dkk", Decimal(1)).places == 0


def test_a_given_scale_is_kept_while_the_picture_stays_readable():
    kept = HarvestAccount((RungAmount("owned", "Ejet", dkk=100),), scale_dkk=1)
    assert bird_scale(kept, "dkk") == 1
    too_fine = HarvestAccount((RungAmount("owned", "Ejet", dkk=10_000),), scale_dkk=1)
    assert bird_scale(too_fine, "dkk") == 500


def test_an_empty_account_still_has_a_scale():
    assert bird_scale(HarvestAccount(()), "dkk") == 1
