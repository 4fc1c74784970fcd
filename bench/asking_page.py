"""Server time of each interaction of the page Hỏi đáp, over a store: what one rerun of the script costs.

    python bench/asking_page.py STORE

Prints a line of each interaction: the median and the worst of the runs, in milliseconds, and the CPU time, which
a busy machine leaves as it is. The page runs in this
process as in a test (Streamlit's AppTest), so that no browser and no network are in the figures.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
QUESTIONS = (
    "Nghị quyết nào về xây dựng nông thôn mới?",
    "Văn bản nào về phòng, chống ma túy đến năm 2030?",
    "Kế hoạch nào về chuyển đổi số của doanh nghiệp nhỏ và vừa?",
    "Quyết định 99/QĐ-UBND của tỉnh Lào Cai quy định gì?",
    "Chỉ thị nào về bảo vệ bí mật nhà nước?",
    "Quy định nào về chữ ký số chuyên dùng công vụ?",
)


def main(store: str) -> None:
    """Measure and print."""
    os.environ["CANCU_STORE"] = store
    os.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.run()
    app.query_params["q"] = QUESTIONS[0]
    app.run()  # opens the index and loads the model
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout
    print(f"commit {commit.strip()}, load {os.getloadavg()[0]:.1f}")
    asked = iter(QUESTIONS[1:])

    def ask(within: dict[str, str]) -> None:
        app.query_params.clear()
        app.query_params.update({"q": next(asked), **within})
        app.run()

    def follow(words: str) -> None:
        app.query_params.clear()
        app.query_params["q"] = QUESTIONS[0]
        app.run()
        app.text_input(key="next").set_value(words)

    told("a new question", lambda: ask({}), runs=5)
    asked = iter(QUESTIONS[1:])
    told("a new question within a province", lambda: ask({"tinh": "Hà Nội"}), runs=5)
    asked = iter(QUESTIONS[1:])
    told("a new question, what has ended left out", lambda: ask({"hieu_luc": "chua-het"}), runs=5)
    told("the same again (any other button)", app.run)
    follow("Ai ký?")
    told("a follow-up", next(b for b in app.button if b.label == "Hỏi tiếp").click().run, runs=1)


def told(name: str, act: Callable[[], object], *, runs: int = RUNS) -> None:
    """Time some runs and print them."""
    wall, cpu = [], []
    for _ in range(runs):
        begun, worked = time.perf_counter(), time.process_time()
        act()
        wall.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    print(
        f"{name}: median {statistics.median(wall):.0f} ms, worst {max(wall):.0f} ms; "
        f"CPU median {statistics.median(cpu):.0f} ms"
    )


if __name__ == "__main__":
    main(sys.argv[1])
