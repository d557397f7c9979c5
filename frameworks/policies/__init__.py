"""Whether, in pure functions: `wording` compares texts, `document` judges an edition that is to be imported.

No user, request, clock or database here; nor any HTML.
"""
