"""What Roman and Chinese numerals of clauses count."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ZH_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def roman_value(text: str) -> int | None:
    """Return what a roman numeral (up to 89) counts; None if it is none."""
    digits = [_ROMAN.get(character) for character in text.casefold()]
    values = [digit for digit in digits if digit is not None]
    if not values or len(values) != len(digits):
        return None
    total = 0
    for index, value in enumerate(values):
        following = values[index + 1] if index + 1 < len(values) else 0
        total += -value if value < following else value
    return total if total > 0 and _roman(total) == text.casefold() else None


def chinese_count(text: str) -> int | None:
    """Return what 十二 or 12 counts, below 1000; None if it is no such numeral."""
    if text.isascii() and text.isdigit():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
        elif character in _ZH_DIGITS:
            digit = _ZH_DIGITS[character]
        else:
            return None
    return total + digit or None


def _roman(number: int) -> str:
    parts = (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    )
    text = ""
    for value, letters in parts:
        while number >= value:
            text, number = text + letters, number - value
    return text
