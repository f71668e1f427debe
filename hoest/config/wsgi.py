"""The web server's way in.

Everything is imported before the web processes are forked, so that they share its memory and the
first page is as fast as the next. What is loaded then lives as long as the process: it is taken
out of the garbage collector's sight, which else walks through it again and again (120 ms of one
request in ten were measured), and smaller collections come less often.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

# New objects before a collection; the default of 700 comes hundreds of times on a large page.
GARBAGE_THRESHOLDS = (20_000, 20, 20)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoest.config.settings")
application = get_wsgi_application()
# Reading the addresses imports every view.
ADDRESSES = len(get_resolver().url_patterns)
gc.collect()
gc.freeze()
gc.set_threshold(*GARBAGE_THRESHOLDS)
