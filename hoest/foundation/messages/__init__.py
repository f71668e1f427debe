"""Messages: what Høst writes to a person about, gathered in one mail a day at most.

What others use (the interface):

    from hoest.foundation.messages.actions import danish, queue, withdraw

    with danish():                                # mail is written in Danish, whoever acts
        queue(
            actor=actor,
            person_id=benefit.owner_id,
            kind="owner_asked",                   # a kind of content/messages.yaml
            subject=_("Vil du eje gevinsten »%(title)s«?") % {"title": benefit.title},
            sentence=_("Den ventes at give 1,2 mio. kr. om året. Svar ja eller nej."),
            address=reverse("benefits:answer", args=[benefit.pk]),
            key=f"owner:{benefit.pk}:{benefit.version}",
        )
    withdraw(actor=actor, key=f"owner:{benefit.pk}:{benefit.version}")   # no longer true

`queue` only writes a row in the caller's transaction: nothing is sent at once. Every hour the job
`messages.collect` gathers what waits for each person into a digest, when hours, days and her own
choice allow; at most one a day, which the database itself holds. The same `key` twice is once.
Who has an account gets links that sign her in (`actions/links.py`); others plain addresses.

Words: *message* one thing to tell one person · *digest* the mail of one day · *link* the way from
a mail to its page, used once · *rhythm* daily, weekly or never.
Source: docs/how-to/beskeder.md; threat model; reliability notes §2.2 and §3.5.
"""
