"""What the file of sources says, as the file of a crawl knows it: start points, and rules that changed."""

from __future__ import annotations

import json
import sqlite3
from urllib.parse import parse_qsl, urlsplit

from w3lib.url import add_or_replace_parameters

from ingest.crawl.settling import marks
from ingest.sources import Source, Start, StartKind
from ingest.web.addresses import canonical_url

# What was changed last comes first, and without its text, which is read from the page itself.
# Source: WordPress REST API Handbook, "Posts" and "Global Parameters".
_WORDPRESS = {
    "per_page": "100",
    "orderby": "modified",
    "order": "desc",
    "_fields": "link,title,date,date_gmt,modified_gmt",
}


def start_url(start: Start) -> str:
    """The address that a start point is fetched at first."""
    url = start.url.replace("{page}", str(start.first_page))
    if start.kind is StartKind.WORDPRESS:
        given = dict(parse_qsl(urlsplit(url).query))
        url = add_or_replace_parameters(url, {**_WORDPRESS, **given})
    return canonical_url(url) or url


def drop_old_starts(db: sqlite3.Connection, source: Source) -> None:
    """Take lists out of the queue whose start point the source no longer has."""
    starts = [start.url for start in source.starts]
    db.execute(
        "UPDATE pages SET queued = 0, due_at = NULL WHERE source = ? AND role = 'list' "
        f"AND (queued OR due_at IS NOT NULL) AND start NOT IN ({marks(starts)})",
        [source.name, *starts],
    )


def requeue_lists_of_new_rules(db: sqlite3.Connection, source: Source) -> None:
    """Where the rules of a source changed, have its lists read anew, known or not, changed or not.

    What is allowed now stands on lists that were read under the old rules.
    """
    rules = json.dumps([sorted(source.all_hosts()), source.allow, source.deny, source.depth, source.site])
    known = db.execute("SELECT rules FROM rules WHERE source = ?", (source.name,)).fetchone()
    if known is not None and known["rules"] == rules:
        return
    db.execute(
        "INSERT INTO rules (source, rules) VALUES (?, ?) "
        "ON CONFLICT (source) DO UPDATE SET rules = excluded.rules",
        (source.name, rules),
    )
    if known is not None:
        starts = [start.url for start in source.starts]
        db.execute(
            "UPDATE pages SET queued = 1, rank = 0, attempts = 0, not_before = 0, etag = NULL, "
            "last_modified = NULL WHERE source = ? AND role = 'list' AND state = 'listed' "
            f"AND start IN ({marks(starts)})",
            [source.name, *starts],
        )
