"""Walk an XML tree by local names. Namespaces differ from version to version; meanings do not."""

from functools import lru_cache

from lxml.etree import _Element as Element


def find_all(parent: Element | None, path: str) -> list[Element]:
    """Return the elements at `path` ("A/B"), in document order; none below no parent."""
    return [] if parent is None else parent.findall(_any_namespace(path))


def find(parent: Element | None, path: str) -> Element | None:
    """Return the first element at `path`, None where there is none."""
    return None if parent is None else parent.find(_any_namespace(path))


def text_of(element: Element | None) -> str | None:
    """Return the text of the element and all in it, stripped; None where there is none."""
    return (
        None
        if element is None
        else "".join(part for part in element.itertext() if isinstance(part, str)).strip() or None
    )


def texts(parent: Element | None, path: str) -> list[str]:
    """Return the texts of the elements at `path` that have one."""
    return [text for element in find_all(parent, path) if (text := text_of(element)) is not None]


def first_text(parent: Element | None, path: str) -> str | None:
    """Return the first text at `path`, None where there is none."""
    return next(iter(texts(parent, path)), None)


def all_named(parent: Element | None, name: str) -> list[Element]:
    """Return the elements of the name at any depth, the parent among them, in document order."""
    return [] if parent is None else list(parent.iter(f"{{*}}{name}"))


def first_named(parent: Element | None, name: str) -> Element | None:
    """Return the first element of the name at any depth, None where there is none."""
    return next(iter(all_named(parent, name)), None)


def filled_in(parent: Element | None, name: str) -> str | None:
    """Return the first text of an element of the name at any depth, None where there is none."""
    found = map(text_of, all_named(parent, name))
    return next((text for text in found if text is not None), None)


@lru_cache(maxsize=512)
def _any_namespace(path: str) -> str:
    return "/".join(f"{{*}}{step}" for step in path.split("/"))
