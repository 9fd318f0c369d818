"""Which part of a page is the article, and which is the page's own: navigation, header, footer, widgets, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from healthlint.documents.html_tree import BLOCKS, HEADINGS, Element, Tree

FURNITURE, IGNORED, ARTICLE = "furniture", "ignored", "article"

_NEVER_READ = frozenset(
    "script style template noscript svg iframe form button select textarea object canvas video audio datalist del s "
    "strike map".split()
)
_FURNITURE_ROLES = frozenset("navigation banner contentinfo search menu menubar toolbar dialog alertdialog".split())
_CONTAINERS = frozenset("div section ul ol dl aside header footer p span table td form figure center".split())
_BACK = re.compile(r"#(?:cite_ref|fn-?ref|footnote-?ref|ref-?back|back)", re.IGNORECASE)  # from a note to its mark
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_OFF_SCREEN = re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{3,}", re.IGNORECASE)
_PAGE_PARTS = re.compile(
    r"(?:(?:site|page|main|top|bottom|global|primary|secondary|mobile|post|entry|blog|left|right)-)?(?:"
    r"nav|navbar|navigation|breadcrumbs?|crumbs|footer|sidebar|sidenav|masthead|topbar|pagination|pager|"
    r"comments?|comment-(?:respond|list|form|area|section)|comments-area|commentlist|respond|disqus-thread|"
    r"cookies?|cookie-(?:banner|notice|consent|bar)|newsletter|subscribe|widget|widget-area|widgets|"
    r"skip|skip-links?|skip-nav|skiplink|screen-reader-text|sr-only|visually-hidden|hidden|"
    r"toc|table-of-contents|on-this-page|ads?|advert|advertisement|ad-(?:container|unit|slot)|adsbygoogle|"
    r"popup|modal|print-header|jp-relatedposts|sharedaddy|related-(?:posts|articles|content|stories|links|reading)|"
    r"share|share-(?:buttons|bar|links)|sharing|social|social-(?:share|links|icons|media)|back-to-top|"
    r"mw-editsection|mw-jump-link|navbox|catlinks|cta|call-to-action|announcement-bar|template(?:preheader|footer|social)|"
    r"(?:tags?|labels|categor(?:y|ies)|terms|cat|tag)(?:-links?)?|elementor-location-(?:header|footer)|"
    r"(?:[a-z]{2,5}-block-)?(?:latest|recent|popular|related)-(?:posts|products|comments)(?:-widget)?|"
    r"(?:wp-block-)?post-(?:terms|tags|labels|comments(?:-link)?)|wp-block-buttons?|(?:customer-|product-|user-)?reviews|author-(?:profile|box|bio)|"
    r"[a-z-]{2,30}--(?:tags?|categor(?:y|ies)|labels|share|sharing|comments?|comment|related|pagination|pager|breadcrumbs?))"
    r"(?:-(?:bar|area|list|links?|wrapper|container|box|section|menu|nav|inner|block))?"
)
# A part whose name holds such a word is the page's if there is not much in it.
_WORDS_OF_PARTS = re.compile(
    r"(?:^|-)(?:cookies?|breadcrumbs?|shar(?:e|es|ing)|pagination|pager|newsletter|feeds|disqus|"
    r"(?:product|customer)-reviews?|spr-reviews?|author-profile|item-category|add-to-cart)(?:-|$)"
)
_LAYOUT = re.compile(r"(?:no|has|with|without|hide|show)-")
_MAYBE_PARTS = re.compile(
    r"(?:(?:site|main|page|top)-)?(?:menu|header|promo|banner|meta|links|nav-\w{1,20})|"
    r"(?:[a-z]{2,12}-)?related(?:-[a-z]{2,12})?|you-may-also-like|read-next|more-from"
)
_CONTENT = re.compile(
    r"(?:entry|post|article|page|main|body|single|blog-post)-?(?:content|body|text|main)|articlebody|"
    r"content|main|article|post|maincontent|content-(?:main|body|area|inner)|markdown-body|prose",
)
_LINES = HEADINGS | frozenset("p li td th dd dt a span b i em strong label figcaption caption summary".split())
_LITTLE = 600  # characters of text
_SHORT = 250  # characters of text: less than that with a furniture-like name is furniture
_TITLE_PART = 1500  # characters of text that a header around the title may have


def choose_content(tree: Tree) -> None:
    """Give elements their roles. Without an element of role 'article' all of the page is the article."""
    total = max(1, sum(element.text for element in tree.elements if element.parent is None))
    set_roles(tree, total)
    visible = _visible(tree.elements)
    root = _root(visible, total)
    if root:
        root.role = ARTICLE
        title = _title_part(visible, root)
        if title:
            title.role = ARTICLE


def set_roles(tree: Tree, total: int) -> None:
    """Mark what is not read and what is furniture by its own tag. `total`: characters of text in the page."""
    for element in tree.elements:
        if _is_ignored(element, total):
            element.role = IGNORED
        elif _is_furniture(element, total):
            element.role = IGNORED if _is_in_a_line(element) else FURNITURE


def _is_in_a_line(element: Element) -> bool:
    """Whether an element stands between words: its own would tear their sentence."""
    return element.name not in BLOCKS and element.parent is not None and element.parent.name in _LINES


def _is_ignored(element: Element, total: int) -> bool:
    if element.name == "a":
        return element.text <= 3 and bool(_BACK.match(element.attribute("href")))
    if element.name not in _NEVER_READ:
        return False
    if element.name == "form":  # some systems wrap the whole page in one
        return element.text < 0.3 * total and not element.headings
    return element.name != "button" or not _inside(element, HEADINGS | {"summary", "dt"})


def _inside(element: Element, names: frozenset[str], depth: int = 6) -> bool:
    outer = element.parent
    while outer and depth:
        if outer.name in names:
            return True
        outer, depth = outer.parent, depth - 1
    return False


def _is_furniture(element: Element, total: int) -> bool:
    name, attributes = element.name, element.attributes
    if name in ("html", "body", "main", "article", "head"):
        return False
    if name in ("nav", "menu"):
        return True
    if name == "footer":
        return not _inside(element, frozenset({"article", "blockquote", "section", "figure", "li"}))
    if not attributes or element.text > 0.5 * total:
        return name == "aside" and element.text <= 0.5 * total and _is_dense(element)
    if element.attribute("role").lower() in _FURNITURE_ROLES:
        return name != "header" or not element.headings
    return _is_hidden(element) or (name == "aside" and _is_dense(element)) or _is_named_furniture(element)


def _is_hidden(element: Element) -> bool:
    style = element.attribute("style")
    if style and (_HIDING.search(style) or _OFF_SCREEN.search(style)):
        return True
    return "hidden" in element.attributes or (
        element.attribute("aria-hidden").lower() == "true" and element.name not in ("i", "span", "b", "a")
    )


def _is_named_furniture(element: Element) -> bool:
    if element.name not in _CONTAINERS and element.name != "a":
        return False
    for name in _names(element):
        if _PAGE_PARTS.fullmatch(name):
            return True
        if _MAYBE_PARTS.fullmatch(name) and (_is_dense(element) and element.name != "a"):
            return True
        if element.text <= _LITTLE and _WORDS_OF_PARTS.search(name) and not _LAYOUT.match(name):
            return True
    return False


def _names(element: Element) -> Sequence[str]:
    """The words of an element's class and id."""
    names = f"{element.attribute('class')} {element.attribute('id')}".lower().replace("_", "-")
    return names.split()[:20]


def _is_dense(element: Element) -> bool:
    """Whether it is made of links rather than prose."""
    return element.linked >= 0.5 * element.text and not (element.text > 2000 and element.paragraphs > 3)


def _visible(elements: Iterable[Element]) -> list[Element]:
    """The elements that lie in nothing that is ignored or furniture."""
    shut: set[Element] = set()
    visible = []
    for element in elements:
        if element.role or element.parent in shut:
            shut.add(element)
        else:
            visible.append(element)
    return visible


def _root(visible: Sequence[Element], total: int) -> Element | None:
    """The element that holds the article: `main`, the longest `article` in it, or one that is named so."""
    mains = [element for element in visible if element.name == "main" or element.attribute("role") == "main"]
    main = max(mains, key=lambda element: element.text, default=None)
    if main and main.text < 0.15 * total:
        main = None
    articles = [element for element in visible if element.name == "article" and (not main or _within(element, main))]
    article = max(articles, key=lambda element: element.text, default=None)
    if article and article.text >= 0.5 * (main.text if main else 0.4 * total):
        return article
    if main:
        return main
    return _named_root(visible, total)


def _named_root(visible: Sequence[Element], total: int) -> Element | None:
    """The element that is named as content and holds most of the page, without what is only links around it."""
    named = [
        element
        for element in visible
        if element.name in ("div", "section", "td") and any(map(_CONTENT.fullmatch, _names(element)))
    ]
    root = max(named, key=lambda element: element.text, default=None)
    if root is None or root.text < 0.3 * total:
        return None
    for inner in named:
        around = root.text - inner.text
        links_around = root.linked - inner.linked >= 0.4 * max(around, _SHORT)
        if links_around and _within(inner, root) and inner.text >= 0.25 * root.text:
            root = inner
    return root


def _within(inner: Element, outer: Element) -> bool:
    return outer.tag.start < inner.tag.start < outer.end


def _title_part(visible: Sequence[Element], root: Element) -> Element | None:
    """The header that holds the article's title if the title stands before its content, or the title alone."""
    titles = [element for element in visible if element.name == "h1" and element.text]
    if any(_within(title, root) for title in titles):
        return None
    before = [title for title in titles if title.tag.start < root.tag.start and not _leads_home(title)]
    if not before:
        return None
    part = before[-1]
    while part.parent and part.parent.text <= _TITLE_PART and not _within(root, part.parent):
        if part.parent.name not in ("header", "div", "section", "hgroup"):
            break
        part = part.parent
    return part


def _leads_home(title: Element) -> bool:
    """Whether a heading is the site's name: all of it is a link."""
    return title.linked >= title.text
