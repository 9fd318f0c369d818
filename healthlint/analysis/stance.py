"""How a writer stands to what a sentence says: asserted, or negated, doubted, asked, quoted, refuted, conditional.

Cues in a window before the words, as in NegEx (Chapman and others 2001): on its gold standard a short list of cues
reaches a precision of .89 and a recall of .96, so no model is needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from healthlint.analysis import Analysis, Sentence
from healthlint.documents.document import Kind

_QUESTION = re.compile(r"\?[\"'”’)*_]*(?:\s?\[[^\[\]]{0,40}\])?\s*$")  # 'Does it work? [2]', not '[citation?]'
_NEGATION = re.compile(
    r"""\b(?:not|no|never|nor|neither|none|nothing|nobody|cannot|can't|without|hardly|scarcely|barely|seldom
    |unlikely|lacks?|lacking|fail(?:s|ed)?\ to|rather\ than|instead\ of|far\ from|too\ (?:early|soon)
    |refuse[sd]?|den(?:y|ies|ied)|rule[sd]?\ out|disprove[dns]?|debunk(?:s|ed)?|absence\ of
    |little\ (?:or\ no\ )?evidence
    |insufficient|limited\ evidence|myth|false(?:ly)?|untrue|wrong(?:ly)?|beware|avoid|stop\ short\ of
    |nor\ can)\b|n[’']t\b""",
    re.IGNORECASE | re.VERBOSE,
)
# 'not only', 'no doubt', 'no wonder' affirm; a negated negation ('nothing short of a miracle') affirms, too
_AFFIRMING = re.compile(
    r"""(?:\bnot|n[’']t)\ (?:only|just|merely|simply|to\ mention|surprising(?:ly)?|worry|fret)\b
    | \b(?:no|without(?:\ an?y?)?)\ (?:doubt|question|wonder|denying|surprise|mistake|matter|less|need\ to\ worry)\b
    | \bwithout\ (?:any\ )?(?:further\ )?(?:delay|hesitation|fail|ado)\b
    | \bnothing\ (?:short\ of|less\ than|but)\b | \bnone\ other\ than\b
    | \b(?:no|not\ an?)\ (?:joke|laughing\ matter|trifle|small\ matter|picnic)\b
    | \bnever\ (?:fails?\ to|mind)\b | \bwhy\ not\b
    | \b(?:nobody|no\ one|none|cannot|can[’']t|hard\ to|impossible\ to)\ (?:can\ |could\ )?(?:deny|doubt|dispute)\b
    | \b(?:people|you|they|many|most|few|doctors|patients|pharmacists)\ (?:may\ |will\ |would\ |do\ |did\ )?
      (?:not|\w*n[’']t)\ (?:know|realise|realize|tell\ you|believe\ how|want\ you\ to\ know)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DOUBT = re.compile(
    r"""\b(?:whether|unclear|unknown|not\ (?:yet\ )?(?:known|clear|proven)|uncertain
    |no\ (?:\w+\ ){0,2}(?:evidence|proof|studies|study|trials?|data|research)
    |(?:may|might|could|would)(?:\ (?:also|well|help|not|even|be|have|possibly|still))*
    |possibl[ey]|perhaps|potential(?:ly)?|seems?|appears?|thought|believed|hoped?|claims?|claimed|claiming
    |supposed(?:ly)?
    |alleged(?:ly)?|so-called|suspect(?:s|ed)?|promised?|promises|marketed|advertised|touted|hyped|said\ to\ be
    |question(?:s|ed)?|doubt(?:s|ful|ed)?|debate[ds]?|argued\ over|controversial|mixed|inconclusive|weak
    |(?:some|many|people|folk|they|it\ is|it[’']s)\ (?:often\ |sometimes\ |still\ |also\ )?
     (?:say|said|tell|think|believe|claim|rumou?red)
    |(?:whoever|(?:anyone|anybody|those|people|sites|shops)\ (?:who|that))\ (?:tell|say|claim|promise|insist|swear)s?
    |low[- ](?:quality|certainty)
    |more\ research|further\ research|too\ small|preliminary|theor(?:y|etically)|in\ theory)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|until|whether|in case|depending|provided|as long as|once|when|until)\b", re.IGNORECASE
)
_PURPOSE = re.compile(
    r"\b(?:to|for|and) (?:help )?(?:ensur(?:e|ing)|make sure|making sure|secur(?:e|ing)|keep(?:ing)?"
    r"|maintain(?:ing)?|achiev(?:e|ing)|promot(?:e|ing)|optimi[sz](?:e|ing))\b"
    r"|\b(?:so that|in order to|in order for|to see (?:if|whether)|to find out|to check|to know"
    r"|to learn|to decide|to determine|to test|aim(?:s|ed)? to|designed to|goal|needed to"
    r"|intended to|meant to)\b",
    re.IGNORECASE,
)
_CLAUSE_BREAK = re.compile(
    r"""[;:—–] | \.\s | \b(?:but|however|although|though|because)\b
    | ,\s+(?:but|yet|so|and|while|although|though|which|who)\b
    | \band\s+(?=(?:is|are|was|were|it|they|has|have|can|will)\b)""",
    re.VERBOSE,
)
# What stands before the main clause: 'When taken daily, ...', 'It may sound odd, it ...'
# What comes of taking it as told is no condition: 'If you take one a day you will never have a cold again.'
_TIME_CLAUSE = re.compile(
    r"\W*(?:(?:when|whenever|once|as)\b[^,]*,|(?:if|when|once) (?:you|they|people|we)(?:['’]ve| have)? "
    r"(?:take|use|drink|eat|apply|swallow|follow|stick (?:to|with)|get used to|learned to|wear|start)\b[^,]*?"
    r"(?:,|\b(?=(?:you|it|they|your|there)\b)))",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"\W*(?:even\ )?(?:if|when|whenever|once|although|though|while|because|since|as|until|unless|unlike)\b[^,]*,"
    r"|.*,\s+(?=(?:it|they|this|these|those|he|she|we|you|there)\b)",
    re.IGNORECASE,
)
_DENIED_BEHIND = re.compile(
    r"""\b(?:is|are|was|were|has\ been|have\ been)\s(?:\w+\s){0,2}
      (?:myths?|false|untrue|wrong|nonsense|not\ true|disproved|disproven|debunked|refuted|unfounded|incorrect
      |misconception)(?=\W*$|[.,;!)])
    | ,?\s(?:or\ )?so\ (?:people|they|some|it\ is|the\ story)\b
    | \bbut\ (?:it|they|this|that)\ ?(?:(?:does|do|did|is|are|can|will)\ not|\w+n[’']t|cannot)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTES = re.compile(r"\"[^\"\n]{1,400}\"|“[^”\n]{1,400}”|‘[^’\n]{1,300}’(?!\w)|(?<!\w)'[^'\n]{3,300}'(?!\w)")
_WHOLE_QUOTE = re.compile(r"\s*(?:[-*•]\s*)?(?:\*\*|\*|_)?[\"“‘']")
_REFUTATION = re.compile(
    r"""\s*+(?:fact|truth|reality|answer|a)?\s*+[:.–—-]?\s*+["'“‘(]?(?:
      (?:no|not|nope|never|nobody|no\ one|false|wrong|untrue|nonsense|hardly|sadly|unfortunately|alas|sorry|in\ fact
      |actually|really|which\ doctors)\b
    | (?:it|that|this|they|these|he|she|you|we|there|nobody|no\ one|none|nothing|neither)\b[^.?!]{0,60}?
        \b(?:not|\w+n[’']t|no|never|false|wrong|untrue|myth|nobody|cannot|unproven|can|do|does|is|are)\b[.,;!\ ]
    | (?:please\ (?:don|do\ not|never)|ask|beware
    |prove\ it|good\ for\ what|if\ only|if\ a\ thing|more\ is\ not|natural\ does\ not|not\ true
    |one\ study)\b
    | (?:there\ is|there[’']s|we\ (?:know|have\ seen|have\ found|found)|i\ (?:know|have\ seen|have\ found
    |found))\s(?:of\ )?(?:no|not|never|none)\b
    | (?:a|the|this)\ (?:\w+\ ){0,2}(?:myth|misconception|misunderstanding|half-truth|old\ wives)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What a layman said within earshot: 'Somebody behind me told her that it cures everything'.
_HEARSAY = re.compile(
    r"""\b(?:somebody|someone|some\ people|people|others|(?:a|an|one|another|the|my|her|his)\s(?:\w+\s)?(?:man|woman
    |lady|gentleman|customer|neighbou?r|friend|cousin|colleague|stranger|visitor|post|video|advert|headline|label))
    \b[^.?!]{0,40}?\b(?:said|told|claimed|swore|insisted|assured|promised|says|claims|swears|insists|assures|promises)\b
    |,\s(?:they|some|people)\s(?:say|claim|swear),
    |^\W*you\s(?:will|may|might|must)(?:\s(?:well|also|often))?\shave\s(?:heard|read|seen|been\stold)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# What rejects it, where more than a pronoun that opens the next sentence is wanted.
_REJECTION = re.compile(
    r"""\W*(?:but\s|and\syet\s)?(?:(?:no|wrong|false|nonsense|rubbish|not\s(?:so|quite|true|exactly))\b
    |(?:neither|none|both|all)\s(?:of\s)?(?:them|those|these|it|this|that|is|are|was|were)\b[^.?!]{0,20}
     \b(?:right|true|correct|so|wrong|mistaken|false)\b
    |(?:he|she|they|it|that|this)\s(?:(?:is|was|are|were)\s(?:both\s)?(?:wrong|mistaken|untrue|false|not\s(?:so|true|right))
     |(?:isn[’']t|wasn[’']t|weren[’']t|aren[’']t|does\snot|doesn[’']t|cannot|can[’']t)\b)
    |it\sis\s(?:not\sknown|unknown|unclear|a\s(?:story|myth|tale|fable|rumou?r))\b)""",
    re.IGNORECASE | re.VERBOSE,
)
# What rejects the whole of a quotation, wherever a sentence says so.
_REJECTS_ALL = re.compile(
    r"\b(?:none|not (?:one|a (?:single )?word)|nothing|neither|hardly (?:any|a word)|no part) of "
    r"(?:them|this|that|it|those|these|the(?:se)? \w+)\b[^.?!,]{0,30}"
    r"\b(?:stands?|holds?|true|right|correct|survives?|proven|shown|backed|supported)\b"
    r"|\b(?:does|do|did|will|would|can) ?(?:not|n[’']t) (?:stand|hold) up\b"
    r"|\b(?:every|each) (?:word|part|bit|piece|claim|one)\b[^.?!,]{0,40}\b(?:wrong|false|untrue|misleading|nonsense)\b",
    re.IGNORECASE,
)
_UNPROVEN = re.compile(
    r"\b(?:whether|no (?:good |real )?(?:evidence|proof|trials?|stud(?:y|ies))"
    r"|(?:nobody|no one) (?:has|knows)"
    r"|(?:not|never) (?:been )?(?:properly )?(?:shown|proven|proved|tested))\b",
    re.IGNORECASE,
)
_MYTH = re.compile(
    r"\b(?:myths?|misconceptions?|fallac(?:y|ies)|old wives|rumou?rs?|hearsay|tall tales|fact or fiction|fact check|"
    r"(?<!our )(?:people|customers|patients|readers|visitors|neighbou?rs|friends|the internet"
    r"|social media)\b.{0,25}\b(?:say|says|said|told|tell|tells|believe|claim|read|heard|hear|swear(?! by)"
    r"|ask)|"
    r"(?:you|i|we) (?:(?:may|might|will|have|often|sometimes|still|probably|[a-z]+ve) ){0,3}"
    r"(?:hear|heard|read)\b|labels? (?:say|promise)"
    r"|debunk\w*|untrue|false claims?)\b",
    re.IGNORECASE,
)
_MYTH_LABEL = re.compile(
    r"\s*(?:\*\*|\*|_)?(?:the )?(?:myth|claim|fiction|misconception|rumou?r|belief"
    r"|false|wrong|untrue|not true|legend|fable|fairy ?tale|hearsay)\b\s*(?:no\.?\s*)?#?\d{0,2}\s*[:.–—-]",
    re.IGNORECASE,
)
# A sentence that says no more than that the one before it is wrong.
_DENIAL = re.compile(
    r"""(?:but\ |and\ yet\ )?(?:
      (?:no(?=\W*$|[,;:!–—-]|\ (?:it|they|that|he|she|you|we|not|such)\b)|wrong|false|nonsense|not\ so|not\ true|untrue
      |rubbish)\b[^.?!]{0,20}
    | (?:it|that|this|they|these)(?:\ (?:do(?:es)?|did|is|are|was|will|can|could)\ not|\ \w+n[’']t|\ cannot|[’']s\ not)
      (?:\ (?:true|so|the\ case|right|correct|do\ that|do\ so))?
    | (?:it|that|this)(?:\ (?:one|idea|claim|belief))?(?:\ is|[’']s)\ (?:simply\ |just\ )?(?:an?\ )?
      (?:myth|false|untrue|wrong|nonsense|old\ wives[’']?\ tale)
    )[.!\s]*""",
    re.IGNORECASE | re.VERBOSE,
)
# What a reader wants to know of all that he has told: 'Is she right?', 'Should I?'
_ASKS_ABOUT = re.compile(
    r"""\W*(?:and\s|so\s|but\s)?(?:
      (?:is|are|was|were)\s(?:she|he|it|this|that|they|there)\s(?:\w+\s){0,2}(?:right|true|truth|safe|wrong|ok|okay|wise|sensible
        |sense|idea|correct|anything|something)\b
    | (?:should|may|can|could|must|shall)\s(?:i|we|he|she|they)\b
    | what\s(?:do|would)\syou\s(?:think|say|make|advise|recommend)\b
    | what\s(?:should|can|shall)\s(?:i|we|he|she|they)\b
    | (?:do|would)\syou\s(?:agree|think|recommend|advise)\b
    | (?:any|is\sthere\sany)\s(?:thoughts|truth|harm|risk|danger)\b)[^?]*\?""",
    re.IGNORECASE | re.VERBOSE,
)
_SPEAKS_OF_ITSELF = re.compile(r"\b(?:I|my|me|our|us)\b")  # a letter, and not a shop that asks 'What is there to lose?'
# What tells whose words a quotation was: '"..." So runs a post with two million views.'
_ASCRIBES = re.compile(
    r"\W*(?:so|thus|that is how|that[’']s how|that is what|that[’']s what) (?:\w+ ){0,4}"
    r"(?:runs?|goes|reads?|says?|said|claims?|claimed|promises?|promised|begins?|tells?)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\bnothing of the (?:kind|sort)\b|\bno such thing\W*$", re.IGNORECASE)
_DENIES_ITSELF = re.compile(
    rf"^\W*(?:it|this|that|they|these|those)\b[^,.;]{{0,30}}(?:{_DENIES.pattern})", re.IGNORECASE
)
_ANSWERS = re.compile(
    r"\W*(?:yes|yep|yup|sure|of course|absolutely|certainly|definitely|indeed|no|nope|it|they|you|we|go)\b",
    re.IGNORECASE,
)
_ANSWER_LABEL = re.compile(r"\b(?:fact|truth|reality|answer)\b\s*[:.–—-]", re.IGNORECASE)
_WINDOW = 90
_LAST = 3  # sentences of a letter, among which is what it asks
_LOOK_BACK = 2000  # characters in which the answer to a labelled myth is looked for


@lru_cache(maxsize=16_384)  # asked by many rules
def is_question(text: str) -> bool:
    """Whether a sentence asks."""
    return bool(_QUESTION.search(text))


def is_negated(text: str, at: int) -> bool:
    """Whether what stands at offset `at` of a sentence is negated in its own clause."""
    return _has_cue(_NEGATION, _clause_before(text, at))


def is_doubted(text: str, at: int) -> bool:
    """Whether what stands at offset `at` is hedged, called unknown or wrong, or only reported as said or hoped."""
    return _has_cue(_DOUBT, _clause_before(text, at)) or bool(_DENIED_BEHIND.search(text, at, at + _WINDOW))


def is_conditional(text: str, at: int) -> bool:
    """Whether what stands at offset `at` depends on an 'if' or 'when' of its own clause."""
    return bool(_CONDITION.search(_clause_before(text, at, _TIME_CLAUSE)))


def is_purpose(text: str, at: int) -> bool:
    """Whether what stands at offset `at` is what something is meant for: 'to ensure safe and effective treatment'."""
    return bool(_PURPOSE.search(_clause_before(text, at)[-60:]))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` stands in quotation marks inside a longer sentence."""
    quotes = _quotes(text)
    at = bisect_left(quotes, start, key=lambda quote: quote[0]) - 1  # the last that begins before it
    return at >= 0 and end < quotes[at][1] and quotes[at][1] - quotes[at][0] < len(text.strip())


@lru_cache(maxsize=8)  # once for all that is asked of a text
def _quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of what stands in quotation marks, in order."""
    return tuple(match.span() for match in _QUOTES.finditer(text))


def opens_with_quote(text: str) -> bool:
    """Whether a sentence is a quotation from its start on."""
    return bool(_WHOLE_QUOTE.match(text))


def is_quotation(text: str) -> bool:
    """Whether a sentence is nothing but a quotation: '"Zero side effects."'"""
    return opens_with_quote(text) and text.rstrip().endswith(('"', "”", "’", "'"))


def refutes(text: str) -> bool:
    """Whether a sentence rejects what was said right before it: 'No.', 'It does not.', 'There is no proof.'"""
    return bool(_REFUTATION.match(text))


def is_refuted(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence is a myth or a quoted opinion that the article rejects at once.

    The rejection follows in the block, in the next cell of the table row, or in the next block; a section headed as
    myths holds nothing but such opinions in its quotations. Or the sentence is of a letter that asks whether it is so.
    """
    if _is_asked_about(analysis, sentence):
        return True
    if _MYTH_LABEL.match(analysis.block_of(sentence).text) and not _has_answer_before(analysis, sentence):
        return True
    if _DENIES_ITSELF.search(sentence.text):
        return True
    following = next_sentence(analysis, sentence)
    asked = following is not None and bool(_ASKS_ABOUT.match(following.text))
    is_ascribed = following is not None and is_quotation(sentence.text) and bool(_ASCRIBES.match(following.text))
    if following and (asked or is_ascribed):
        following = next_sentence(analysis, following)
    if following and _DENIAL.fullmatch(following.text):
        return True
    answered = following is not None and (refutes(following.text) or bool(_DENIES.search(following.text)))
    quoted = asked or opens_with_quote(sentence.text) or analysis.block_of(sentence).quoted
    if following and _REJECTION.match(following.text) and _HEARSAY.search(sentence.text):
        return True
    is_apart = is_quotation(sentence.text) or analysis.block_of(sentence).quoted
    if following and is_apart and _REJECTS_ALL.search(following.text):
        return True
    if following and is_quotation(sentence.text) and _is_left_unproven(analysis, sentence, following):
        return True
    if in_myth_section(analysis, sentence):
        return quoted or answered
    return (quoted or is_question(sentence.text)) and answered


def _is_asked_about(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence stands in a letter that ends with a question about all of it, which is answered below."""
    is_last = sentence.block + 1 >= len(analysis.document.blocks)
    if is_last or not _SPEAKS_OF_ITSELF.search(analysis.block_of(sentence).text):
        return False
    last = [other for other in analysis.sentences_of(sentence.block)[-_LAST:] if other.start > sentence.start]
    for at, other in enumerate(last, 1):
        if _ASKS_ABOUT.match(other.text):
            return not any(_ANSWERS.match(after.text) for after in last[at:])
    return False


def _is_left_unproven(analysis: Analysis, sentence: Sentence, following: Sentence) -> bool:
    """Whether one of the two sentences behind a quotation, in its block, says that nothing shows it."""
    if following.block != sentence.block:
        return False
    own, at = analysis.sentences_of(sentence.block), analysis.place_of(following)
    return any(_UNPROVEN.search(other.text) for other in own[at : at + 2])


def _has_answer_before(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the answer to a labelled myth has begun before this sentence of the same block."""
    text, start = analysis.block_of(sentence).text, max(1, sentence.start - _LOOK_BACK)
    if _ANSWER_LABEL.search(text, start, sentence.start) or _ANSWER_LABEL.match(sentence.text):
        return True
    own = analysis.sentences_of(sentence.block)
    first = bisect_left(own, start, key=lambda other: other.start)
    return any(refutes(other.text) for other in own[first : analysis.place_of(sentence)])


def question_before(analysis: Analysis, sentence: Sentence) -> Sentence | None:
    """The question right before a sentence, in its block or, if that begins with it, at the end of the one before."""
    place = analysis.place_of(sentence)
    if place:
        before = analysis.sentences_of(sentence.block)[place - 1]
    else:
        others = analysis.sentences_of(sentence.block - 1) if sentence.block else ()
        if not others:
            return None
        before = others[-1]
    return before if is_question(before.text) else None


def next_sentence(analysis: Analysis, sentence: Sentence) -> Sentence | None:
    """The sentence after this one: in its block, else the first of the next cell of its row or of the next block."""
    own = analysis.sentences_of(sentence.block)
    at = analysis.place_of(sentence) + 1
    if at < len(own):
        return own[at]
    block = analysis.block_of(sentence)
    for index in range(sentence.block + 1, min(sentence.block + 4, len(analysis.document.blocks))):
        following = analysis.document.blocks[index]
        if block.kind is Kind.CELL and following.group != block.group:
            return None
        if sentences := analysis.sentences_of(index):
            return sentences[0]
    return None


def in_myth_section(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the section's heading, or the head of the table column, says that opinions of others are listed."""
    heading = analysis.heading_of(sentence.block)
    return bool(heading and _speaks_of_myths(heading.text))


@lru_cache(maxsize=256)  # asked of each sentence below a heading
def _speaks_of_myths(heading: str) -> bool:
    return bool(_MYTH.search(heading))


def _clause_before(text: str, at: int, opening: re.Pattern[str] = _OTHER_CLAUSE) -> str:
    """The words of the clause before offset `at`, some fifteen at most, without a clause that opens it."""
    start = max(0, at - _WINDOW)
    window = text[start : at + 8]  # with the first word behind it, which may open a clause
    breaks = [start + match.end() for match in _CLAUSE_BREAK.finditer(window) if start + match.end() <= at]
    start = breaks[-1] if breaks else start
    opened = opening.match(text, start, at + 8)
    return text[opened.end() if opened and opened.end() <= at else start : at]


def _has_cue(cue: re.Pattern[str], clause: str) -> bool:
    """Whether a clause holds a cue that is not part of an affirmation."""
    affirmed = [match.span() for match in _AFFIRMING.finditer(clause)]
    return any(not any(start <= match.start() < end for start, end in affirmed) for match in cue.finditer(clause))
