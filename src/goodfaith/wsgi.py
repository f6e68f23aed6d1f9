"""The WSGI application that the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
application = get_wsgi_application()
gc.freeze()  # what stands now stands for good: the collector need not walk it again and again
gc.set_threshold(20_000, 20, 20)
