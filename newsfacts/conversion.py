"""Unit conversion by pint. pint is imported, and its registry built, only when a quantity is converted."""

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint


@cache
def _registry() -> "pint.UnitRegistry[Any]":
    import pint

    return pint.UnitRegistry(non_int_type=Decimal)


def convert(value: Decimal, source: str, target: str) -> Decimal:
    """`value`, given in the pint expression `source`, in the pint expression `target`.

    Raises ValueError when either is unknown to pint or they measure different things.

    >>> convert(Decimal("1.5"), "km", "m")
    Decimal('1500')
    """
    import pint

    try:
        quantity = _registry().Quantity(value, source).to(target)
    except (pint.UndefinedUnitError, pint.DimensionalityError, pint.DefinitionSyntaxError) as error:
        raise ValueError(f"cannot convert {source} to {target}: {error}; name a unit of the same dimension") from error
    return Decimal(f"{Decimal(quantity.magnitude).normalize():f}")
