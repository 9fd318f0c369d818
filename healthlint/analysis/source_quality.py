"""Which addresses prove nothing: social posts, videos and forums, shops and referral links."""

from __future__ import annotations

import re

_START = r"(?:^|//|[./@])"
_END = r"(?:[/:?\#]|$)"
_SOCIAL = re.compile(
    rf"""{_START}(?:(?:facebook|fb|instagram|tiktok|twitter|x|threads|pinterest|reddit|quora|youtube|snapchat|tumblr|linkedin
    |telegram|discord|whatsapp|medium|substack|vimeo|rumble|truthsocial|weibo|vk|patreon|bitchute|odysee)\.com
    |fb\.me|t\.co|threads\.net|pinterest\.[a-z.]{{2,6}}|redd\.it|youtu\.be|lnkd\.in|t\.me|telegram\.(?:org|me)
    |discord\.gg|wa\.me|blogspot\.[a-z.]{{2,6}}|bsky\.app|mastodon\.social){_END}""",
    re.IGNORECASE | re.VERBOSE,
)
_SHOP = re.compile(
    rf"""{_START}(?:amazon\.[a-z.]{{2,6}}|amzn\.to|iherb\.com|ebay\.[a-z.]{{2,6}}|etsy\.com|walmart\.com|vitacost\.com|gnc\.com
    |hollandandbarrett\.com|aliexpress\.com|shopify\.com|myshopify\.com|shareasale\.com|clickbank\.net|linktr\.ee
    |bit\.ly){_END}
    |[?&](?:aff|affiliate|aff_id|affid|ref|refid|referral|tag|coupon|discount|promo|partner|rcode|utm_medium=affiliate)\b
    |/(?:shop|store|cart|checkout|buy|buy-now|products?|order|deals?){_END}
    |/collections/(?:all|[^/]{{1,60}}/products){_END}
    |//(?:shop|store|buy)\.
    |(?:^|//)(?:www\.)?[a-z0-9-]{{0,60}}(?:shop|store|[-]direct|pills|supplements|vitamins)[a-z0-9-]{{0,20}}\.[a-z]{{2,3}}(?:\.uk|\.au)?{_END}
    |(?:^|//)[a-z0-9.-]{{1,80}}\.(?:shop|store){_END}""",
    re.IGNORECASE | re.VERBOSE,
)
# Their addresses have '/products/' and '?ref=' in them, too, and they sell nothing.
_PUBLIC = re.compile(
    r"//[\w.-]{0,60}(?:\.gov|\.edu|\.int|\.mil|\.europa\.eu|nhs\.uk|\bdoi\.org|\.gov\.\w\w|\.ac\.\w\w"
    r"|\bmedicines\.(?:org\.uk|ie)|\bnice\.org\.uk|\bcochrane(?:library)?\.\w+|\bcanada\.ca|\bhpra\.ie|\bfass\.se|\bmedsafe\.\S+)(?:[/:?#]|$)",
    re.IGNORECASE,
)


# What sites call themselves that collect remedies and tips; a body's or a journal's address has no such words.
_FOLK = re.compile(
    r"(?:home|natural|naturales|natur|caseros|folk|kitchen|herbal|ancient|old)-?(?:remed|cure|healing|heilmittel)|remed(?:y|ies|ios)-"
    r"|-remed(?:y|ies|ios)|hausmittel|remedios|grand(?:ma|mother)|grann(?:y|ies)|abuela|health-?hacks|wellness-?hacks"
    r"|life-?hacks|biohack|miracle|detox|(?:health|doctor|healing|wellness|natural)-?secrets?|big-?pharma|superfoods?|clickbait"
)
_BODIES_OWN = (".gov", ".edu", ".int", ".mil", ".ac.uk", ".nhs.uk", ".gov.uk", ".org")


def is_folk(host: str) -> bool:
    """Whether a host calls itself a collection of home remedies or of tips, which nobody answers for."""
    return bool(_FOLK.search(host)) and not host.endswith(_BODIES_OWN)


def is_social(target: str) -> bool:
    """Whether an address leads to a social network, a video site or a forum."""
    return bool(_SOCIAL.search(target.partition("//")[2] or target))


def is_shop(target: str) -> bool:
    """Whether an address leads to a shop or pays whoever refers a buyer."""
    return bool(_SHOP.search(target)) and not _PUBLIC.search(target)


def is_weak_target(target: str) -> bool:
    """Whether an address cannot serve as evidence for a claim."""
    return is_social(target) or is_shop(target)
