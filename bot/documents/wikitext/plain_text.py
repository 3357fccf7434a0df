"""The words of wikitext: what a reader of the page sees of links, templates, entities and quotes."""

import re
from collections.abc import Iterable

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, HTMLEntity, Node, Tag, Template, Text, Wikilink
from mwparserfromhell.wikicode import Wikicode

from bot.documents.wikitext.marks import HIDDEN_LINE, LINE_BREAK, STRAY_BRACKET, without_marks
from bot.documents.wikitext.templates import template_text
from bot.language.patterns import Pattern

__all__ = ["comma_separated", "one_line", "parse_wikitext", "visible_text"]

_STYLE_MARKS = Pattern(rf"'{{2,5}}|{STRAY_BRACKET}")  # bold, italics and stray brackets
_MAGIC_WORD = Pattern(r"__[A-Z]{3,30}__")
_PICTURE = Pattern(r"^\s*(?:file|image|category|media)\s*:", re.IGNORECASE)
_SPACE = Pattern(rf"[\s\u00a0{HIDDEN_LINE}{LINE_BREAK}]+")
# The look-behind lets a run of commas and spaces be looked at once, and not again from each of its characters.
_BREAK_SEPARATOR = Pattern(rf"(?<![,\s{HIDDEN_LINE}])[,\s{HIDDEN_LINE}]*{LINE_BREAK}[\s{HIDDEN_LINE}{LINE_BREAK}]*")


def parse_wikitext(text: str) -> Wikicode:
    """The nodes of a chunk. Quotes stay text: bold and italics say nothing about a race."""
    return mwparserfromhell.parse(text, skip_style_tags=True)


def visible_text(nodes: Iterable[Node]) -> str:
    """The text of nodes, still with their breaks; tables are left out."""
    return _STYLE_MARKS.sub("", "".join(_node_text(node) for node in nodes))


def one_line(text: str) -> str:
    """A text on one line, with single spaces, and its marks resolved."""
    return _SPACE.sub(" ", without_marks(_MAGIC_WORD.sub("", text))).strip()


def comma_separated(text: str) -> str:
    """A text on one line, with a comma where it had a break."""
    return one_line(_BREAK_SEPARATOR.sub(", ", text.strip(f" \t\n{HIDDEN_LINE}{LINE_BREAK}")))


def _node_text(node: Node) -> str:
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Template):
        return _template_text(node)
    if isinstance(node, Wikilink):
        return _link_text(node)
    if isinstance(node, HTMLEntity):
        return _entity_text(node)
    if isinstance(node, ExternalLink):
        return visible_text(node.title.nodes) if node.title else ""
    return visible_text(node.contents.nodes) if isinstance(node, Tag) and node.tag != "table" and node.contents else ""


def _link_text(link: Wikilink) -> str:
    """A link as its label, or as its target; a picture or a category shows no words."""
    target = visible_text(link.title.nodes)
    if _PICTURE.match(target):
        return ""
    return visible_text(link.text.nodes) if link.text is not None else target.removeprefix(":")


def _template_text(template: Template) -> str:
    values = [visible_text(one.value.nodes) for one in template.params if not one.showkey]
    named_values = {
        str(one.name).strip().lower(): visible_text(one.value.nodes) for one in template.params if one.showkey
    }
    numbered_values = [
        named_values.pop(str(place)) for place in range(1, 1 + len(named_values)) if str(place) in named_values
    ]
    return template_text(visible_text(template.name.nodes), [*numbered_values, *values], named_values)


def _entity_text(entity: HTMLEntity) -> str:
    """The character of &ndash; or &#8211;; nothing for one that cannot be seen or is none."""
    text = entity.normalize()
    return text if text.isprintable() or text.isspace() else ""
