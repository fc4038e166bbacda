import io
import logging
import warnings

import pytest

from bot import logs

pytestmark = pytest.mark.usefixtures("logging_as_before")

PASTED = "MTIz.a.token"


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


def test_a_secret_is_in_no_message_argument_or_traceback(stream: io.StringIO) -> None:
    logs.set_up("INFO", PASTED, stream=stream)
    logger = logging.getLogger("bot.somewhere")
    logger.info("token %s", PASTED)
    try:
        int(PASTED)
    except ValueError:
        logger.exception("failed with %r", {"token": PASTED})
    assert PASTED not in stream.getvalue()
    assert stream.getvalue().count("[secret]") == 3
    assert "ValueError" in stream.getvalue()


def test_no_secret_takes_nothing_out(stream: io.StringIO) -> None:
    logs.set_up("INFO", "", stream=stream)
    logging.getLogger("bot").info("plain")
    assert stream.getvalue().endswith("INFO    bot: plain\n")


def test_the_level_holds_for_the_bot_but_discord_py_never_tells_details(
    stream: io.StringIO,
) -> None:
    logs.set_up("DEBUG", stream=stream)
    chatty = ("discord.client", "watchfiles.main")
    for name in ("bot.x", "discord.gateway", "discord.webhook.async_", *chatty):
        logging.getLogger(name).debug("detail of %s", name)
        logging.getLogger(name).info("news of %s", name)
    told = stream.getvalue()
    assert "detail of bot.x" in told
    assert told.count("detail") == 1
    assert "news of discord.gateway" in told
    assert not any(f"news of {name}" in told for name in chatty)


def test_a_quiet_level_quietens_all(stream: io.StringIO) -> None:
    logs.set_up("ERROR", stream=stream)
    for name in ("bot", "discord", "watchfiles"):
        logging.getLogger(name).warning("hm")
    assert stream.getvalue() == ""


def test_setting_up_again_replaces_the_set_up_before(stream: io.StringIO) -> None:
    logs.set_up("INFO", stream=io.StringIO())
    logs.set_up("INFO", stream=stream)
    logging.getLogger("bot").info("once")
    assert stream.getvalue().count("once") == 1


def test_warnings_of_libraries_are_logged(stream: io.StringIO) -> None:
    logs.set_up("INFO", stream=stream)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("old thing", stacklevel=1)
    assert "old thing" in stream.getvalue()
