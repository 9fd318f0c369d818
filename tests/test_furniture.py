"""Lines of the publishing system, and prose that looks like them; bylines and dates."""

from __future__ import annotations

import pytest

from healthlint.documents.furniture import is_furniture, tag_spans
from healthlint.documents.head_matter import is_byline, is_date

FURNITURE = """
Tags: baclofen, spasm
Tagged with: sleep
Keywords: sleep
Labels: Baclofen, Spasm
Category: Muscle Relaxant
Categories: Muscle, Nerve
Filed under: Pain
Posted in Health
Posted by admin in Heart Health | 0 Comments
This entry was posted in Pain and tagged baclofen.
Leave a Reply
Leave a Reply Cancel reply
Click to share on X (Opens in new window)
Copy link
Reply | Quote | Report post
- ENDS -
More on this story
2 thoughts on "Salt"
You are receiving this e-mail because you signed up.
Unsubscribe: https://example.org/u
Update your preferences
View this email in your browser
We use cookies to improve your experience.
Accept all cookies
Handbook, 6th edition. Page 31 of 88.
#salt #kidneys
LEAVE A COMMENT
Leave a comment below
Write a comment
Post Comment
Your email address will not be published. Required fields are marked *
Name *
Save my name, email, and website in this browser for the next time I comment.
Notify me of new posts by email.
Log in to reply
3 Comments
No comments yet
Comments are closed.
Previous post: Vitamin C
Next Post »
Next article
← Older posts
« Vitamin C and colds
Echinacea »
Related articles
You may also like
You might also like these posts:
You may also like: 5 foods for gout
Share this
Share this post
Share this article on Facebook
Share on Twitter
Share: Facebook Twitter
Email this article
Print this page
Like this article? Share it with a friend!
Follow us on Facebook
Subscribe to our newsletter for more tips
Sign up for our weekly newsletter
Read more
Continue reading →
Learn more »
Skip to content
Back to top
Home > Medications > Diabetes
Home / Blog / Zinc
All rights reserved.
© 2024 Healthvia
Copyright 2023 Wellness Inc.
(c) 2024 The Heart Page. All rights reserved.
(c) Vida Sana. All rights reserved
Powered by WordPress
Advertisement
Page 2 of 5
- 12 -
5 min read
""".strip().splitlines()

PROSE = """
Share this with your doctor before the next visit and ask what it means for you.
Share this with your doctor.
Share it with your pharmacist.
Share the plan with your family.
Email this to your doctor.
Print this and take it to your doctor.
Save this number.
Like the others, it can cause drowsiness.
Like it or not, side effects happen.
Like this one, most statins are taken at night.
Pin the chart to the fridge.
Category C means that animal studies showed harm.
Categories of evidence are graded A to D.
You may also like to ask about physiotherapy.
You may also be interested in a trial of the patch.
Label: 20 mg once a day
We baked cookies for the ward.
Update your preferences with the nurse before the day.
You get this message when the battery is low.
If this message shows on the pump, change the battery.
Read page 2 of 3 and sign it.
Labels: read them before you take anything.
Topic of the month
Read more about side effects below.
Learn More
Home remedies
Home/work balance
Posted doses may differ.
Write a comment in the diary each night.
Comments from patients
Related conditions
Page through the leaflet first.
Name your medicines.
Follow us to the clinic.
«It cured me», she said.
He said «it cured me»
(c) if you are pregnant
Copyright law does not apply.
Powered by batteries, the pump runs for days in a row without any attention at all.
This article was written by Jo Doe, RN.
More reading
Next, press the button.
Previous articles of ours said so.
""".strip().splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_what_the_publishing_system_leaves(line: str) -> None:
    assert is_furniture(line)
    assert is_furniture(f"  {line.upper()}  ")


@pytest.mark.parametrize("line", [*PROSE, "", "Tags: " + "a, " * 200])
def test_prose_that_looks_like_it(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("Tags: zinc, colds", ["zinc", "colds"]),
        ("Tags: zinc , colds;sleep | iron • tea", ["zinc", "colds", "sleep", "iron", "tea"]),
        ("  Post tags :  vitamin C,, ", ["vitamin C"]),
        ("Tagged with: zinc", ["zinc"]),
        ("Tags:", []),
        ("Zinc: tags, colds", []),
    ],
)
def test_tags(line: str, tags: list[str]) -> None:
    assert [line[start:end] for start, end in tag_spans(line)] == tags


@pytest.mark.parametrize(
    "line",
    [
        "By Jo Doe", "by Jo van Dam, RN", "By Dr. Jo Doe", "By the editors", "by the Healthvia team", "BY Jo Doe",
        "Written by Jo Doe", "Medically reviewed by Jo Doe, MD, on May 3, 2024", "Last updated: May 2024",
        "Published 6 November 2023; checked again 11 November 2024", "Updated on 3 May 2024", "Reviewed May 3, 2024",
        "Answered by Jo Doe", "Author: Jo Doe", "Source: FDA", "Photo: Jo Doe", "Reading time: 5 minutes",
        "Jo Doe, MD", "Siobhan de Burca-Roe, PharmD, clinical pharmacist", "Dr. Ada Byron", "Prof Al Roe",
        "May 2024", "3 May 2024", "May 3rd, 2024", "Friday, May 3, 2024", "2024-05-03", "03/05/2024",
    ],
)  # fmt: skip
def test_bylines(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By mouth", "By Mouth or by Injection", "Source of the Problem", "Date Rape Drugs", "Note on Dosing",
        "Image Tests", "Reviewed Evidence", "Published Studies on Zinc", "Dr. Smith's Advice", "May Cause Drowsiness",
        "2024 Update", "Zinc, MD Anderson and You", "Reading", "Updated Doses", "x" * 200,
    ],
)  # fmt: skip
def test_headings_that_look_like_bylines(line: str) -> None:
    assert not is_byline(line)


def test_dates_stand_alone() -> None:
    assert is_date("12 May 2023")
    assert is_date("May 2023 - second edition")
    assert not is_date("In May 2023 it was tested.")
