"""Server time of the page Tra cứu by interaction: `python bench/lookup.py STORE`.

Runs the page in this process, as the server would, without a browser. The first run of each interaction is left
out (it opens indexes and loads the encoder). Prints the median and the worst of wall and processor time in ms; on
a machine that others use the processor time is the one that says something.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus.store import Store
from index.lookup.catalogue import Catalogue
from index.lookup.numbers import NumberTable

ROOT = Path(__file__).resolve().parents[1]
_WORDS = ("giảm nghèo bền vững", "chuyển đổi số", "nong thon moi", "bảo hiểm xã hội", "học phí", "đất đai")
_TYPED = ("3", "30", "30/", "30/20", "30/2020", "nd 30", "nghị định 30", "04nq", "15/kh-ubnd", "luat dat")


def measure(name: str, actions: list[Callable[[], object]]) -> None:
    """Run the actions; tell the times of all but the first."""
    walls, cpus = [], []
    for act in actions:
        wall, cpu = perf_counter(), process_time()
        act()
        walls.append((perf_counter() - wall) * 1000)
        cpus.append((process_time() - cpu) * 1000)
    walls, cpus = walls[1:], cpus[1:]
    print(
        f"{name:34} wall {median(walls):5.0f} (worst {max(walls):5.0f})   processor {median(cpus):5.0f} "
        f"(worst {max(cpus):5.0f})"
    )


def main() -> None:
    """Measure each kind of interaction."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    folder = parser.parse_args().store.resolve()
    os.environ["CANCU_STORE"] = str(folder)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.run()
    app.switch_page("pages/tra_cuu.py")

    def visit(**parameters: str) -> Callable[[], object]:
        def act() -> None:
            for name in ("q", "loai", "nam", "xep", "p"):
                app.query_params.pop(name, None)
            for name, value in parameters.items():
                app.query_params[name] = value
            app.run()
            assert not app.exception

        return act

    words = _WORDS[0]
    with Store.open(folder, read_only=True) as store:
        state = store.state()
        print(f"{state.documents} documents, {state.passages} passages")
        table = NumberTable(Catalogue(store))
        measure("all documents, a facet chosen", [visit(nam=str(year)) for year in range(2019, 2027)])
        measure("new words", [visit(q=one) for one in _WORDS])
        measure(
            "the same words, a facet chosen", [visit(q=words, nam=str(year)) for year in range(2019, 2027)]
        )
        orders = ("moi-nhat", "cu-nhat", "tham-quyen")
        measure("the same words, another order", [visit(q=words, xep=one) for one in orders])
        measure("the next page", [visit(q=words, p=str(page)) for page in (1, 2, 1, 2)])
        measure("suggestions for what is typed", [lambda one=one: table.suggest(one) for one in _TYPED])


if __name__ == "__main__":
    main()
