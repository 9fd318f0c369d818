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


def is_social(target: str) -> bool:
    """Whether an address leads to a social network, a video site or a forum."""
    return bool(_SOCIAL.search(target.partition("//")[2] or target))


def is_shop(target: str) -> bool:
    """Whether an address leads to a shop or pays whoever refers a buyer."""
    return bool(_SHOP.search(target)) and not _PUBLIC.search(target)


def is_weak_target(target: str) -> bool:
    """Whether an address cannot serve as evidence for a claim."""
    return is_social(target) or is_shop(target)
