"""Pictures of figures, drawn by matplotlib in a process of its own.

matplotlib takes 50 MiB and half a second to load: this way the bot has neither.
"""

import io
import logging
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from anyio import BrokenWorkerProcess, fail_after, to_process

_log = logging.getLogger(__name__)

_PATIENCE = 30.0  # seconds
_SIZE = (6.0, 2.2)  # inches
_DPI = 150
_BACKGROUND, _INK = "#2b2d31", "#dbdee1"  # to be read on Discord's light and dark ground
_MOST_TICKS = 6
# Of the colours that all people can tell apart: M. Okabe, K. Ito, "Color Universal Design", 2008.
_COLOURS = ("#009E73", "#E69F00", "#D55E00")


async def draw_bars(labels: Sequence[str], parts: Mapping[str, Sequence[int]]) -> bytes | None:
    """Stacked bars, one for each label, as a PNG; None where nothing can be drawn.

    `parts`: three, by their names, from the bottom up; each has a height for each label.
    """
    if find_spec("matplotlib") is None:  # the extra `plots`
        return None
    try:
        with fail_after(_PATIENCE):
            return await to_process.run_sync(_draw, labels, dict(parts), cancellable=True)
    except (BrokenWorkerProcess, OSError) as error:  # too late is an OSError, too
        _log.warning("A picture could not be drawn: %s", str(error) or type(error).__name__)
        return None


def _draw(labels: Sequence[str], parts: Mapping[str, Sequence[int]]) -> bytes:
    from matplotlib import figure, ticker  # noqa: PLC0415 -- optional, and 50 MiB: only the process that draws loads it

    page = figure.Figure(figsize=_SIZE, dpi=_DPI, facecolor=_BACKGROUND, layout="constrained")
    axes = page.subplots()
    places, base = range(len(labels)), [0] * len(labels)
    for (name, heights), colour in zip(parts.items(), _COLOURS, strict=True):
        axes.bar(places, heights, bottom=base, label=name, color=colour, width=0.9)
        base = [low + high for low, high in zip(base, heights, strict=True)]
    marked = places[:: -(-len(labels) // _MOST_TICKS)]
    axes.set_xticks(marked, [labels[at] for at in marked])
    axes.yaxis.set_major_locator(ticker.MaxNLocator(integer=True, nbins=4))
    axes.set_facecolor(_BACKGROUND)
    axes.tick_params(colors=_INK, length=0)
    axes.spines[:].set_visible(False)
    legend = {"ncols": len(parts), "frameon": False, "labelcolor": _INK, "borderaxespad": 0}
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), **legend)
    picture = io.BytesIO()
    page.savefig(picture)
    return picture.getvalue()
