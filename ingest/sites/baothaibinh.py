"""baothaibinh.com.vn, since 2025 baohungyen.vn: addresses only; its lists print "dd.mm.yyyy | HH:MM PM".

No page of it was seen: the selectors are those of the general reading, and the date is that beside the title.
"""

from ingest.sites.site import Site

SITE = Site(name="baothaibinh.com.vn", hosts=("baothaibinh.com.vn", "baohungyen.vn"))
