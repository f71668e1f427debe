"""Lists: declared once (rows, table, filter, permission), shown as page, partial and files.

One declaration gives: the page, its part for htmx, a filter that reads as a sentence and works
without JavaScript, Danish search and order, pagination, saved views, CSV, XLSX and JSON, all with
the same permission; a teaching empty state; sentences at 360 px and a table from 768 px.

    # web/tables.py
    class BenefitTable(ListTable):
        title = Column(_("Gevinst"))                          # the first column is the link
        rung = RungColumn(_("Trin"), empty_values=())         # draws the small ladder
        initiative = Column(_("Initiativ"), accessor="initiative__title", wide=True)
        target = NumberColumn(_("Mål"), accessor="target_value", decimals=1, unit="timer")
        target_on = DateColumn(_("Måldato"), wide=True)       # wide: left out at 360 px
        benefit_type = CodeColumn(kind="benefit_type", wide=True)
        method = Column(_("Metode"), sheet=True)              # sheet: only in files and JSON

        def href(self, record): return reverse("benefits:benefit", args=[record.pk])
        def render_rung(self, record): ...   # own text on the page, value_rung: in sheets,
        def fact_rung(self, record): ...     # fact_rung: in JSON; all optional

    # web/filters.py: see `foundation.lists.filters`; names in braces are the choices
    class BenefitFilter(ListFilter):
        sentence = _("Vis {benefit_type} i {unit}, der nævner {q}")
        q = SearchFilter(fields=("title", "initiative__title"))
        benefit_type = WordFilter(any_word=_("alle gevinster"), label=_("Gevinsttype"),
                                  choices=lambda actor: content.choices("benefit_type"))
        unit = WordFilter(any_word=_("hele kommunen"), label=_("Enhed"),
                          choices=unit_choices, method="in_unit")
        def in_unit(self, rows, name, value): ...             # self.actor is there

    # web/lists.py
    class Benefits(ListPage):
        name, url_name = "benefits", "benefits:benefits"
        title, permission = _("Gevinster"), VIEW_BENEFITS
        table_class, filter_class = BenefitTable, BenefitFilter
        empty = Empty(_("Her kommer kommunens gevinster til at stå."), example=_("…"), why=_("…"))
        def rows(self, actor): return queries.visible_to(actor).select_related("initiative")
        def point(self, actor, total): ...                    # the page's one sentence
        def act(self, actor): ...                             # Act(label, url) or None

    # web/urls.py
    path("", Benefits.as_view(), name="benefits")

Addresses: `?q=…&unit=3&sort=-target_on&page=2&format=csv|xlsx|json`. Unknown values are ignored
with a message. Test it by inheriting `tests.support.contracts.ListContract`. A page that needs
more extends `lists/page.html` and sets `template_name`. Import the names from the modules
`columns`, `tables`, `filters` and `pages`.
"""
