"""Each formula against a value worked out by hand or printed in its source."""

import pytest

from fieldguide import formulas


def test_training_flop_of_chinchilla() -> None:
    assert formulas.training_flop(70e9, 1.4e12) == pytest.approx(5.88e23)


def test_inference_flop_is_twice_the_parameters() -> None:
    assert formulas.inference_flop(70e9) == 140e9


def test_memory_of_seventy_billion_at_sixteen_bits_is_140_gb() -> None:
    assert formulas.memory_bytes(70e9, 16) / 1e9 == 140


def test_cost_of_a_request() -> None:
    assert formulas.cost_per_million(2000, 0.15) + formulas.cost_per_million(500, 0.60) == pytest.approx(0.0006)


def test_softmax_sums_to_one_and_temperature_flattens() -> None:
    cold, warm = formulas.softmax([2, 1, 0], 0.5), formulas.softmax([2, 1, 0], 2)
    assert sum(cold) == pytest.approx(1)
    assert cold[0] == pytest.approx(0.8668, abs=1e-4)
    assert cold[0] > warm[0] > 1 / 3


def test_temperature_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="temperature"):
        formulas.softmax([1, 2], 0)


def test_each_tenfold_keeps_two_thirds_of_the_gain() -> None:
    assert formulas.gain_kept_per_tenfold(0.34, 0.28) == pytest.approx(70.2, abs=0.05)
    assert formulas.gain_kept_per_tenfold(0.3478, 0.3658) == pytest.approx(66.3, abs=0.05)


def test_the_rest() -> None:
    assert formulas.patches(224, 16) == 196
    assert formulas.share(1, 4) == 25
    assert formulas.ratio(175, 1.3) == pytest.approx(134.6, abs=0.05)
    assert formulas.growth_per_year(1, 8, 3) == pytest.approx(2)
    assert formulas.tokens_from_words(1000, 0.75) == pytest.approx(1333.3, abs=0.1)
    assert (formulas.product(2, 3), formulas.total(2, 3), formulas.difference(2, 3)) == (6, 5, -1)
