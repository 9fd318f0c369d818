"""Which addresses prove nothing: social posts, videos and forums, shops and referral links."""

from __future__ import annotations

import re

_SOCIAL = re.compile(
    r"""(?:^|[./@])(?:facebook|fb|instagram|tiktok|twitter|x|threads|pinterest|reddit|quora|youtube|youtu|snapchat|tumblr
    |linkedin|telegram|t|discord|whatsapp|medium|blogspot|substack|vimeo|rumble|truthsocial|weibo|vk)
    \.(?:com|be|me|org|gg|net)(?:[/:?\#]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_SHOP = re.compile(
    r"""(?:^|[./])(?:amazon\.[a-z.]{2,6}|amzn\.to|iherb\.com|ebay\.[a-z.]{2,6}|etsy\.com|walmart\.com|vitacost\.com|gnc\.com
    |hollandandbarrett\.com|aliexpress\.com|shopify\.com|myshopify\.com|shareasale\.com|clickbank\.net|linktr\.ee|bit\.ly)(?:[/:?\#]|$)
    |[?&](?:aff|affiliate|aff_id|affid|ref|refid|referral|tag|coupon|discount|promo|partner|rcode|utm_medium=affiliate)\b=?
    |/(?:shop|store|cart|checkout|buy|buy-now|products?|collections|order|deals?)(?:[/?\#]|$)
    |//(?:shop|store|buy)\.""",
    re.IGNORECASE | re.VERBOSE,
)


def is_social(target: str) -> bool:
    """Whether an address leads to a social network, a video site or a forum."""
    return bool(_SOCIAL.search(target.partition("//")[2] or target))


def is_shop(target: str) -> bool:
    """Whether an address leads to a shop or pays whoever refers a buyer."""
    return bool(_SHOP.search(target))


def is_weak_target(target: str) -> bool:
    """Whether an address cannot serve as evidence for a claim."""
    return is_social(target) or is_shop(target)
