"""First steps: five small steps on a person's own role, for her first visits.

What others use (the interface):

    from hoest.foundation.first_steps.queries import first_steps_for

    first_steps = first_steps_for(actor)      # at most three queries, however much there is
    {% include "first_steps/panel.html" %}    # with `first_steps` in the context

`first_steps_for(actor)` returns a `FirstSteps`, or None for somebody who is no person here (a
command, an import). The panel shows itself only while `first_steps.is_open`: not when the steps are
put away or all done. It is one quiet block with its own heading (h2), the present step's reason and
button, and "Gem til senere"; without JavaScript it is two small forms. The whole path stands on
`/hjaelp/foerste-skridt/` (`first_steps:path`).

A subject tells where a reader's own things are with `places.register("benefit", find)` in its
`AppConfig.ready`; `find(actor)` returns a `Place` or None with one query.

Why nothing is logged: learning is the learner's own. The state is read for nobody but herself, no
list or export has it, and "done" of an act is read from the log that stands there anyway.
Source: the product principles "Groups, not individuals" and "patience with learners".
"""
