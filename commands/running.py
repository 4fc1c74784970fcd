"""The page on this machine and the state of the installation: `app`, `doctor`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from commands.console import DONE, FAILED, CommandGroup, print_json
from settings import Settings

_PAGE = Path(__file__).parents[1] / "app.py"


def add_running(add: CommandGroup) -> None:
    """Register the commands of this module."""
    app = add("app", run_app, "mở trang Căn Cứ trên máy này")
    app.add_argument("--port", type=int, default=8501, metavar="CỔNG")
    app.add_argument("--host", default="127.0.0.1", metavar="ĐỊA_CHỈ")
    add("doctor", run_doctor, "kiểm tra phiên bản, mô hình, kho và chỉ mục")


def run_app(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the page on this machine."""
    import os
    import subprocess

    address = f"http://{options.host}:{options.port}"
    print(f"Căn Cứ đang chạy tại {address} (kho: {settings.store}). Nhấn Ctrl+C để dừng.", flush=True)
    command = [sys.executable, "-m", "streamlit", "run", str(_PAGE)]
    flags = {
        "server.port": options.port,
        "server.address": options.host,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "server.fileWatcherType": "none",
    }
    command += [f"--{name}={value}" for name, value in flags.items()]
    environment = {**os.environ, "CANCU_STORE": str(settings.store), "CANCU_CACHE": str(settings.cache)}
    if settings.model:
        environment["CANCU_MODEL"] = settings.model
    if os.name == "posix":
        os.execve(sys.executable, command, environment)  # so that a signal to this process reaches the server
    return subprocess.call(command, env=environment)


def run_doctor(options: argparse.Namespace, settings: Settings) -> int:
    """Check versions, model, store and index; every failing check says what to do."""
    from doctor import examine

    checks = examine(settings)
    if options.json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            print(f"[{'ổn' if check.ok else 'LỖI'}] {check.name}: {check.message}")
            if check.remedy:
                print(f"       → {check.remedy}")
    return DONE if all(check.ok for check in checks) else FAILED
