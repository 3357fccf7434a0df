"""The words of wikitext: what a reader of the page sees of links, templates, entities and quotes."""

import re
from collections.abc import Iterable

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.wikicode import Wikicode

from bot.documents.wikitext.chunker import BREAK, HIDDEN_LINE, STRAY
from bot.documents.wikitext.templates import shown

__all__ = ["in_commas", "in_line", "parsed", "words"]

_NO_WORDS = re.compile(rf"'{{2,5}}|{STRAY}")  # bold, italics and stray brackets
_SWITCH = re.compile(r"__[A-Z]{3,30}__")
_PICTURE = re.compile(r"^\s*(?:file|image|category|media)\s*:", re.IGNORECASE)
_SPACE = re.compile(rf"[\s\u00a0{HIDDEN_LINE}{BREAK}]+")
_COMMAS = re.compile(rf"[,\s{HIDDEN_LINE}]*{BREAK}[\s{HIDDEN_LINE}{BREAK}]*")


def parsed(text: str) -> Wikicode:
    """The nodes of a chunk. Quotes stay text: bold and italics say nothing about a race."""
    return mwparserfromhell.parse(text, skip_style_tags=True)


def words(nodes: Iterable[Node]) -> str:
    """The text of nodes, still with their breaks; tables are left out."""
    return _NO_WORDS.sub("", "".join(_shown(node) for node in nodes))


def in_line(text: str) -> str:
    """A text on one line, with single spaces."""
    return _SPACE.sub(" ", _SWITCH.sub("", text)).strip()


def in_commas(text: str) -> str:
    """A text on one line, with a comma where it had a break."""
    return in_line(_COMMAS.sub(", ", text.strip(f" \t\n{HIDDEN_LINE}{BREAK}")))


def _shown(node: Node) -> str:
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Template):
        return _template(node)
    if isinstance(node, Wikilink):
        return _link(node)
    if isinstance(node, HTMLEntity):
        return _entity(node)
    if isinstance(node, ExternalLink):
        return words(node.title.nodes) if node.title else ""
    return words(node.contents.nodes) if isinstance(node, Tag) and node.tag != "table" and node.contents else ""


def _link(link: Wikilink) -> str:
    """A link as its label, or as its target; a picture or a category shows no words."""
    target = words(link.title.nodes)
    if _PICTURE.match(target):
        return ""
    return words(link.text.nodes) if link.text is not None else target.removeprefix(":")


def _template(template: Template) -> str:
    values = [words(one.value.nodes) for one in template.params if not one.showkey]
    named = {str(one.name).strip().lower(): words(one.value.nodes) for one in template.params if one.showkey}
    numbered = [named.pop(str(place)) for place in range(1, 1 + len(named)) if str(place) in named]
    return shown(words(template.name.nodes), [*numbered, *values], named)


def _entity(entity: HTMLEntity) -> str:
    """The character of &ndash; or &#8211;; nothing for one that cannot be seen or is none."""
    text = entity.normalize()
    return text if text.isprintable() or text.isspace() else ""
