"""What fuzzing found, or began with. pytest gives each to its target on every run."""

SEEDS: dict[str, tuple[bytes, ...]] = {
    "text": (
        b"",
        b"\x81",
        b"\xff\xff<@",
        b"<<@1>@1>",
        "2ꮒ".encode(),
        b"what is an LLM?",
        "ﷺ".encode() * 200,
        b"\xed\xa0\x80 surrogate",
        "İıſKÅ".encode(),  # letters that grow, or change, when their case is folded
        b"<@1> a@b.example https://c.example `x` 12345",
        "e\u0301\u200b\u202e\u0000".encode(),
    ),
    "custom-ids": (b"", b":", b"faq:", b"faqdesk:save:", b"faq:no:1:a.b:x", b"::::::", b"\xff\x00"),
    "loader": (
        b"",
        b"\xff\xfe",
        b"entries: []",
        b"a: &a [*a, *a]",
        b"!!python/name:os.system x: 1",
        b"title: 'x\n",
        b"? {[a]: b}\n: c",
        b"title: a\ntitle: b\nentries: {a: 1}\n",
        b"%YAML 2.0\n---\n...\n---\n",
        b"\xef\xbb\xbftitle: x",
        b"k: |\n\t x\r\n\x85y\xe2\x80\xa8",
        b"[" * 300,
    ),
    "editor": (
        b"",
        b"x\x00q\x01a",
        b"entries:\n- {id: data-llm}\n\x00q\x01p\x01a",
        b"\x00\x01\x01",
        b'\x00"quoted" \\ #\x01- a: b\x01```\n',
    ),
    "imports": (
        b"",
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        b"id,question\n1",
        b"\xef\xbb\xbfid;",
    ),
}
