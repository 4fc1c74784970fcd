"""Pages of WordPress sites, told by their classes; lists by the REST interface, else by these classes."""

from ingest.sites.site import Site

SITE = Site(
    name="WordPress",
    hosts=(),
    marks=("h1.entry-title", "meta[name=generator][content^=WordPress]"),
    title=("h1.entry-title", "h1.post-title"),
    body=(".entry-content",),
    date=("time.entry-date.published", "time.entry-date:not(.updated)", ".posted-on time"),
    author=(".author.vcard .fn", ".byline .author", "a[rel=author]"),
    items=("h2.entry-title a, h3.entry-title a", ".entry-title a[rel=bookmark]"),
    next=(".nav-links a.next", ".nav-previous a", "a.nextpostslink"),
    drop=(
        ("#respond, .comment-respond, #comments", "comment_form"),
        (".sharedaddy, .addtoany_share_save_container, .heateor_sss_sharing_container", "share"),
        (
            ".related-posts, .jp-relatedposts, .yarpp-related, .post-navigation, .rp4wp-related-posts",
            "related",
        ),
        ("aside", "aside"),
    ),
)
