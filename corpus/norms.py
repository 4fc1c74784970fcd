"""Types of documents whose text lays down norms: what they say is neither reached nor aimed at by anybody."""

NORMATIVE_TYPES = frozenset(
    {
        "Luật",
        "Bộ luật",
        "Pháp lệnh",
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Quy định",
        "Quy chế",
        "Hướng dẫn",
        "Văn bản hợp nhất",
        "Điều lệ",
    }
)
